"""A reading as rows of the tables, and back. What comes back is what went in, but for the mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

from onrecord.archive.language import Detected
from onrecord.archive.schema import COLUMNS, Table
from onrecord.record.actor import Actor, ExternalId, Role
from onrecord.record.attribution import Alternative, Attribution
from onrecord.record.chain import Anonymity, Chain, Hop
from onrecord.record.codec import reading_from_line, reading_to_line
from onrecord.record.flat import document_of, document_values
from onrecord.record.issue import Issue
from onrecord.record.position import Condition, Position
from onrecord.record.reading import Reading
from onrecord.record.setting import Setting
from onrecord.record.span import Span, Spans
from onrecord.record.statement import Statement
from onrecord.run.tally import count_words
from onrecord.store.nouns import joined

Row: TypeAlias = dict[str, Any]
"""One row, by column. Arrow's own rows are no narrower."""
Rows: TypeAlias = dict[Table, list[Row]]
_NUMBERS = ("int32", "int64", "float64", "flag", "span", "spans", "anonymity")
_WORDED = {
    table: tuple(name for name, (kind, _) in columns.items() if kind not in _NUMBERS)
    for table, columns in COLUMNS.items()
}
"""The columns of each table that hold strings."""


def rows_of(reading: Reading, *, shard: int, number: int, detected: Detected | None) -> Rows:
    """The rows of one document.

    Args:
        reading: The document and what was found in it.
        shard: The number of the shard.
        number: The document's place among those kept of the shard.
        detected: Its language, if it was looked for.

    Raises:
        TextError: OR-201, a text holds a surrogate pair as two code points.
    """
    text = reading.document.text
    names = {actor.id: actor.name for actor in reading.actors}
    labels = {issue.id: issue.label for issue in reading.issues}
    attributions = {each.statement_id: each for each in reading.attributions}
    settings = {each.statement_id: each for each in reading.settings}
    rows: Rows = {
        "documents": [_document(reading, number, detected)],
        "statements": [
            _statement(stmt, k, text, attributions.get(stmt.id), settings.get(stmt.id), names)
            for k, stmt in enumerate(reading.statements)
        ],
        "hops": [
            _hop(hop, k, chain.statement_id, reading, names)
            for chain in reading.chains
            for k, hop in enumerate(chain.hops)
        ],
        "positions": [_position(position, reading, labels) for position in reading.positions],
        "conditions": [
            _condition(condition, k, position.statement_id, reading)
            for position in reading.positions
            for k, condition in enumerate(position.conditions)
        ],
    }
    for row in (row for found in rows.values() for row in found):
        row["shard"] = shard
    if not all(_writable([row[name] for name in _WORDED[table]]) for table, found in rows.items() for row in found):
        exact = reading_to_line(reading)
        rows = cast("Rows", clean(rows))
        rows["documents"][0]["exact"] = exact
    return rows


def _document(reading: Reading, number: int, detected: Detected | None) -> Row:
    doc = reading.document
    return {
        **document_values(doc),
        "number": number,
        "detected_language": detected.code if detected else None,
        "detected_score": detected.score if detected else None,
        "words": count_words(doc.text),
        "statements": len(reading.statements),
        "actors": [_actor(actor) for actor in reading.actors],
        "issues": [
            {name: getattr(issue, name) for name in ("id", "label", "question", "made_by", "parent")}
            for issue in reading.issues
        ],
        "exact": None,
    }


def _actor(actor: Actor) -> Row:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "names": list(actor.names),
        "external_ids": [{"scheme": each.scheme, "value": each.value} for each in actor.external_ids],
        "roles": [{"title": role.title, "start": role.start, "end": role.end} for role in actor.roles],
    }


def _statement(
    stmt: Statement,
    number: int,
    text: str,
    attribution: Attribution | None,
    setting: Setting | None,
    names: Mapping[str, str],
) -> Row:
    return {
        "id": stmt.id,
        "document_id": stmt.document_id,
        "number": number,
        "kind": stmt.kind,
        "content": _spans(stmt.content),
        "cue": _spans(stmt.cue),
        "source": _spans(stmt.source),
        "within": stmt.within,
        "score": stmt.score,
        "content_text": joined(stmt.content, text),
        "cue_text": joined(stmt.cue, text),
        "source_text": joined(stmt.source, text),
        "attributed": attribution is not None,
        "source_kind": attribution.source_kind if attribution else None,
        "mention": _span(attribution.mention) if attribution else None,
        "actor_id": attribution.actor_id if attribution else None,
        "actor": names.get(attribution.actor_id or "") if attribution else None,
        "reason": attribution.reason if attribution else None,
        "evidence": _spans(attribution.evidence) if attribution else [],
        "actor_score": attribution.score if attribution else None,
        "alternatives": [{"actor_id": each.actor_id, "score": each.score} for each in attribution.alternatives]
        if attribution
        else [],
        "setting": _setting(setting) if setting else None,
    }


def _setting(setting: Setting) -> Row:
    return {
        "occasion": setting.occasion,
        "occasion_spans": _spans(setting.occasion_spans),
        "addressee": _span(setting.addressee),
        "addressee_id": setting.addressee_id,
        "place": _span(setting.place),
        "said": _span(setting.said),
        "said_on": setting.said_on,
    }


def _hop(hop: Hop, position: int, statement_id: str, reading: Reading, names: Mapping[str, str]) -> Row:
    hidden = hop.anonymity
    return {
        "document_id": reading.document.id,
        "statement_id": statement_id,
        "position": position,
        "mention": _span(hop.mention),
        "mention_text": hop.mention.of(reading.document.text) if hop.mention else None,
        "actor_id": hop.actor_id,
        "actor": names.get(hop.actor_id or ""),
        "kind": hop.kind,
        "named": hop.named,
        "act": hop.act,
        "evidence": _spans(hop.evidence),
        "on_behalf_of": hop.on_behalf_of,
        "anonymity": {
            "position": _span(hidden.position),
            "side": _span(hidden.side),
            "count": hidden.count,
            "condition": _span(hidden.condition),
        }
        if hidden
        else None,
    }


def _position(position: Position, reading: Reading, labels: Mapping[str, str]) -> Row:
    return {
        "document_id": reading.document.id,
        "statement_id": position.statement_id,
        "act": position.act,
        "polarity": position.polarity,
        "certainty": position.certainty,
        "issue_id": position.issue_id,
        "issue": labels.get(position.issue_id or ""),
        "target": _span(position.target),
        "target_text": position.target.of(reading.document.text) if position.target else None,
        "evidence": _spans(position.evidence),
        "score": position.score,
    }


def _condition(condition: Condition, number: int, statement_id: str, reading: Reading) -> Row:
    return {
        "document_id": reading.document.id,
        "statement_id": statement_id,
        "number": number,
        "relation": condition.relation,
        "what": _span(condition.what),
        "requirement": _span(condition.requirement),
        "what_text": condition.what.of(reading.document.text),
        "requirement_text": condition.requirement.of(reading.document.text),
    }


def _span(span: Span | None) -> Row | None:
    return None if span is None else {"start": span.start, "end": span.end}


def _spans(spans: Spans) -> list[Row]:
    return [{"start": span.start, "end": span.end} for span in spans]


def _writable(value: object) -> bool:
    """Can Arrow hold all strings in it?"""
    if isinstance(value, str):
        if value.isascii():
            return True
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            return False
        return True
    if isinstance(value, dict):
        return all(_writable(each) for each in value.values())
    return all(_writable(each) for each in value) if isinstance(value, list) else True


def clean(value: object) -> object:
    """The same with U+FFFD for halves of surrogate pairs, so that offsets stay."""
    if isinstance(value, str):
        return value if _writable(value) else "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    if isinstance(value, dict):
        return {key: clean(each) for key, each in value.items()}
    return [clean(each) for each in value] if isinstance(value, list) else value


# And back


def reading_of(
    document: Row,
    statements: Sequence[Row],
    hops: Sequence[Row],
    positions: Sequence[Row],
    conditions: Sequence[Row],
) -> Reading:
    """The reading that these rows were made of; each table's rows in the order in which they were written."""
    if document["exact"] is not None:
        return reading_from_line(document["exact"])
    chains: dict[str, list[Hop]] = {}
    for row in hops:
        chains.setdefault(row["statement_id"], []).append(_hop_of(row))
    required: dict[str, list[Condition]] = {}
    for row in conditions:
        condition = Condition(
            relation=row["relation"], what=Span(**row["what"]), requirement=Span(**row["requirement"])
        )
        required.setdefault(row["statement_id"], []).append(condition)
    return Reading(
        document=document_of(document),
        statements=tuple(_statement_of(row) for row in statements),
        attributions=tuple(_attribution_of(row) for row in statements if row["attributed"]),
        chains=tuple(Chain(statement_id=name, hops=tuple(found)) for name, found in chains.items()),
        positions=tuple(_position_of(row, tuple(required.get(row["statement_id"], ()))) for row in positions),
        actors=tuple(_actor_of(row) for row in document["actors"]),
        issues=tuple(Issue(**row) for row in document["issues"]),
        settings=tuple(_setting_of(row) for row in statements if row["setting"] is not None),
    )


def _actor_of(row: Row) -> Actor:
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        names=tuple(row["names"]),
        external_ids=tuple(ExternalId(**each) for each in row["external_ids"]),
        roles=tuple(Role(**each) for each in row["roles"]),
    )


def _statement_of(row: Row) -> Statement:
    return Statement(
        id=row["id"],
        document_id=row["document_id"],
        kind=row["kind"],
        content=_spans_of(row["content"]),
        cue=_spans_of(row["cue"]),
        source=_spans_of(row["source"]),
        within=row["within"],
        score=row["score"],
    )


def _attribution_of(row: Row) -> Attribution:
    return Attribution(
        statement_id=row["id"],
        mention=_span_of(row["mention"]),
        source_kind=row["source_kind"],
        actor_id=row["actor_id"],
        reason=row["reason"],
        evidence=_spans_of(row["evidence"]),
        score=row["actor_score"],
        alternatives=tuple(Alternative(**each) for each in row["alternatives"]),
    )


def _setting_of(row: Row) -> Setting:
    setting = row["setting"]
    return Setting(
        statement_id=row["id"],
        occasion=setting["occasion"],
        occasion_spans=_spans_of(setting["occasion_spans"]),
        addressee=_span_of(setting["addressee"]),
        addressee_id=setting["addressee_id"],
        place=_span_of(setting["place"]),
        said=_span_of(setting["said"]),
        said_on=setting["said_on"],
    )


def _hop_of(row: Row) -> Hop:
    hidden = row["anonymity"]
    return Hop(
        mention=_span_of(row["mention"]),
        actor_id=row["actor_id"],
        kind=row["kind"],
        named=row["named"],
        act=row["act"],
        evidence=_spans_of(row["evidence"]),
        on_behalf_of=row["on_behalf_of"],
        anonymity=Anonymity(
            position=_span_of(hidden["position"]),
            side=_span_of(hidden["side"]),
            count=hidden["count"],
            condition=_span_of(hidden["condition"]),
        )
        if hidden is not None
        else None,
    )


def _position_of(row: Row, conditions: tuple[Condition, ...]) -> Position:
    return Position(
        statement_id=row["statement_id"],
        act=row["act"],
        polarity=row["polarity"],
        certainty=row["certainty"],
        issue_id=row["issue_id"],
        conditions=conditions,
        target=_span_of(row["target"]),
        evidence=_spans_of(row["evidence"]),
        score=row["score"],
    )


def _span_of(value: Row | None) -> Span | None:
    return None if value is None else Span(value["start"], value["end"])


def _spans_of(values: Sequence[Row]) -> Spans:
    return tuple(Span(value["start"], value["end"]) for value in values)
