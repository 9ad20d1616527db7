"""One row per statement of the current record: every attribute, for spreadsheets and data frames."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.record.chain import Hop
from onrecord.record.flat import document_values
from onrecord.record.span import Span, Spans
from onrecord.store import Entries, Entry

Type: TypeAlias = Literal["text", "integer", "number", "flag", "spans"]
Cell: TypeAlias = str | int | float | bool | Spans | None

_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the table: its name, the type of its values and what it says."""

    name: str
    type: Type
    says: str


_COLUMNS: tuple[tuple[str, Type, str], ...] = (
    ("statement_id", "text", "id of the statement"),
    ("kind", "text", "direct, indirect or mixed, as corrected"),
    ("score", "number", "how likely the statement is right, 0 to 1"),
    ("source", "text", "the words that name who it comes from; empty if the text names nobody"),
    ("cue", "text", "the words that attribute it"),
    ("content", "text", "the words or the thought; stretches are joined by ' … '"),
    ("content_start", "integer", "where the content begins in the document, code points from 0"),
    ("content_end", "integer", "where the content ends, one past its last code point"),
    ("content_spans", "spans", "every stretch of the content, code points, half-open"),
    ("cue_spans", "spans", "every stretch of the cue"),
    ("source_spans", "spans", "every stretch of the source"),
    ("within", "text", "id of the enclosing statement"),
    ("actor", "text", "who said it, as people decided; empty if that is open"),
    ("actor_id", "text", "id of the actor"),
    ("actor_kind", "text", "person, organisation, state, outlet, group, document or unknown"),
    ("actor_reason", "text", "why there is no actor"),
    ("actor_score", "number", "how likely the actor is right, 0 to 1; 1 where a person decided"),
    ("source_kind", "text", "how the text names the source: name, role, pronoun, group, anonymous …"),
    ("chain", "text", "by which steps it reached the page, nearest the words first: JSON"),
    ("n_hops", "integer", "steps in the chain, the outlet included"),
    ("unnamed", "flag", "whether anyone in the chain is not named"),
    ("occasion", "text", "on what occasion it was said: interview, briefing, post …"),
    ("addressee", "text", "the words that say to whom"),
    ("place", "text", "the words that say where"),
    ("said", "text", "the words that say when"),
    ("said_on", "text", "the same as a date, ISO 8601 cut to what is known"),
    ("act", "text", "what is done by saying it: asserts, denies, demands …"),
    ("polarity", "text", "positive or negative"),
    ("certainty", "text", "certain, probable or possible"),
    ("conditions", "text", "what must be so, and for what: JSON"),
    ("target", "text", "whom or what the act is directed at"),
    ("issue", "text", "the question that it answers"),
    ("position_score", "number", "how likely act and polarity are right, 0 to 1"),
    ("decision", "text", "what a person decided about it: accepted, rejected, unsure"),
    ("decided_by", "text", "who"),
    ("decided_at", "text", "when, ISO 8601"),
    ("decision_note", "text", "why"),
    ("in_latest_reading", "flag", "whether the latest reading of the document found it"),
    ("document_id", "text", "id of the document"),
    ("external_id", "text", "the id that the input gave the document"),
    ("outlet", "text", "who published it"),
    ("published", "text", "when, ISO 8601 cut to its precision"),
    ("published_precision", "text", "year, month, day, minute or second"),
    ("title", "text", "headline"),
    ("url", "text", "canonical address"),
    ("language", "text", "BCP 47 code"),
    ("story", "text", "the input's own grouping of documents"),
    ("retrieved", "text", "when it was fetched, ISO 8601"),
    ("origin_kind", "text", "the sort of place the document came from"),
    ("origin_path", "text", "file path or address"),
    ("origin_record", "integer", "which record of the file, from 1"),
    ("origin_byte_offset", "integer", "where in the file the record begins"),
    ("origin_digest", "text", "sha256 of the raw bytes"),
    ("origin_note", "text", "what the input itself says of where the text comes from"),
    ("reader_name", "text", "which reader made the text from the bytes"),
    ("reader_version", "text", "its version"),
    ("run_id", "text", "the run that found the statement"),
    ("method_id", "text", "the method of that run"),
)

COLUMNS = tuple(Column(name=name, type=kind, says=says) for name, kind, says in _COLUMNS)
"""The columns, in their order."""


def rows(records: Iterable[Entries]) -> Iterator[tuple[Cell, ...]]:
    """The rows of the table, in the order of :data:`COLUMNS`.

    NUL and lone surrogates, which neither CSV nor Parquet can carry, are U+FFFD there, one for one; JSON
    Lines keeps them. Everything else is exact.
    """
    for found in records:
        for entry in found.entries:
            cells = {**document_values(entry.document), **_statement(entry), **_account(entry), **_position(entry)}
            yield tuple(_printable(cells[column.name]) for column in COLUMNS)


def _printable(cell: Cell) -> Cell:
    return _printable_text(cell) if isinstance(cell, str) else cell


def _printable_text(text: str) -> str:
    return _UNPRINTABLE.sub("�", text)


def _statement(entry: Entry) -> dict[str, Cell]:
    stmt, decision = entry.statement, entry.decision
    return {
        "statement_id": stmt.id,
        "document_id": stmt.document_id,
        "kind": stmt.kind,
        "score": stmt.score,
        "source": entry.source,
        "cue": entry.cue,
        "content": entry.content,
        "content_start": stmt.content[0].start,
        "content_end": stmt.content[-1].end,
        "content_spans": stmt.content,
        "cue_spans": stmt.cue,
        "source_spans": stmt.source,
        "within": stmt.within,
        "decision": decision.verdict if decision else None,
        "decided_by": decision.by if decision else None,
        "decided_at": decision.at if decision else None,
        "decision_note": decision.note if decision else None,
        "in_latest_reading": entry.in_latest_reading,
        "run_id": entry.run_id,
        "method_id": entry.method_id,
    }


def _account(entry: Entry) -> dict[str, Cell]:
    """Who said it, by which steps it came, and in which setting."""
    who, chain, setting, actor = entry.attribution, entry.chain, entry.setting, entry.actor
    return {
        "actor": actor.name if actor else None,
        "actor_id": actor.id if actor else None,
        "actor_kind": actor.kind if actor else None,
        "actor_reason": who.reason if who else None,
        "actor_score": who.score if who else None,
        "source_kind": who.source_kind if who else None,
        "chain": _json([_hop(entry, hop) for hop in chain.hops]) if chain else None,
        "n_hops": len(chain.hops) if chain else None,
        "unnamed": chain.unnamed if chain else None,
        "occasion": setting.occasion if setting else None,
        "addressee": _words(entry, setting.addressee) if setting else None,
        "place": _words(entry, setting.place) if setting else None,
        "said": _words(entry, setting.said) if setting else None,
        "said_on": setting.said_on if setting else None,
    }


def _hop(entry: Entry, hop: Hop) -> dict[str, object]:
    actor, principal = entry.named(hop.actor_id), entry.named(hop.on_behalf_of)
    return {
        "mention": _words(entry, hop.mention),
        "actor": actor.name if actor else None,
        "actor_id": hop.actor_id,
        "kind": hop.kind,
        "named": hop.named,
        "act": hop.act,
        "on_behalf_of": principal.name if principal else None,
    }


def _position(entry: Entry) -> dict[str, Cell]:
    """What is done by saying it, on which issue and on what conditions."""
    position = entry.position
    if position is None:
        return dict.fromkeys(("act", "polarity", "certainty", "conditions", "target", "issue", "position_score"))
    conditions = [
        {
            "relation": condition.relation,
            "what": _words(entry, condition.what),
            "requirement": _words(entry, condition.requirement),
        }
        for condition in position.conditions
    ]
    return {
        "act": position.act,
        "polarity": position.polarity,
        "certainty": position.certainty,
        "conditions": _json(conditions) if conditions else None,
        "target": _words(entry, position.target),
        "issue": entry.issue.label if entry.issue else None,
        "position_score": position.score,
    }


def _words(entry: Entry, span: Span | None) -> str | None:
    return None if span is None else _printable_text(span.of(entry.document.text))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
