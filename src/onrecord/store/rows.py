"""How do documents, statements, runs and decisions lie in the rows of the ledger?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import cast

from onrecord.record import flat
from onrecord.record.decision import Decision, Verdict
from onrecord.record.document import Document
from onrecord.record.run import Counts, Method, Run
from onrecord.record.statement import Kind, Statement
from onrecord.store.values import Row, Value, exact_values, spans_of, sql_values

DOCUMENT_COLUMNS = (
    "id",
    "external_id",
    "url",
    "title",
    "outlet",
    "published",
    "published_precision",
    "retrieved",
    "language",
    "story",
    "origin_kind",
    "origin_path",
    "origin_record",
    "origin_byte_offset",
    "origin_digest",
    "origin_note",
    "reader_name",
    "reader_version",
    "exact",
    "text",
)
DECISION_COLUMNS = ("id", "subject", "field", "before", "after", "verdict", "by", "at", "note", "supersedes")
RUN_COLUMNS = ("id", "method", "started", "finished", "cpu", "counts")


def document_row(doc: Document) -> Row:
    """A row of ``document``, in the order of :data:`DOCUMENT_COLUMNS`."""
    stored = sql_values(flat.document_values(doc))
    return tuple(stored[name] for name in DOCUMENT_COLUMNS)


def document_of(row: Sequence[Value]) -> Document:
    """The document that :func:`document_row` made the row from, exactly."""
    return flat.document_of(exact_values(dict(zip(DOCUMENT_COLUMNS, row, strict=True))))


STATEMENT_COLUMNS = ("statement_id", "document_id", "kind", "content", "cue", "source", "within", "score")


def statement_of(row: Sequence[Value]) -> Statement:
    """A statement from its identity and one observation, in the order of :data:`STATEMENT_COLUMNS`."""
    identifier, document, kind, content, cue, source, within, score = row
    return Statement(
        id=cast(str, identifier),
        document_id=cast(str, document),
        kind=cast(Kind, kind),
        content=spans_of(content),
        cue=spans_of(cue),
        source=spans_of(source),
        within=cast("str | None", within),
        score=cast(float, score),
    )


def method_text(method: Method) -> str:
    """A method as the JSON of ``run.method``."""
    return json.dumps(
        {"version": method.version, "models": dict(method.models), "settings": dict(method.settings)},
        sort_keys=True,
    )


def counts_text(counts: Counts) -> str:
    """Counts as the JSON of ``run.counts``."""
    return json.dumps(
        {
            "kept": counts.kept,
            "skipped": dict(counts.skipped),
            "failed": dict(counts.failed),
            "statements": counts.statements,
            "words": counts.words,
        }
    )


def run_of(row: Sequence[Value]) -> Run:
    """A run from its row, in the order of :data:`RUN_COLUMNS`."""
    identifier, method, started, finished, cpu, counts = row
    parsed: Mapping[str, object] = json.loads(cast(str, method))
    counted: Mapping[str, object] = json.loads(cast(str, counts))
    return Run(
        id=cast(str, identifier),
        method=Method(
            version=cast(str, parsed["version"]),
            models=cast("dict[str, str]", parsed["models"]),
            settings=cast("dict[str, str]", parsed["settings"]),
        ),
        started=cast(str, started),
        finished=cast("str | None", finished),
        cpu=tuple(json.loads(cast(str, cpu))),
        counts=Counts(
            kept=cast(int, counted["kept"]),
            skipped=cast("dict[str, int]", counted["skipped"]),
            failed=cast("dict[str, int]", counted["failed"]),
            statements=cast(int, counted["statements"]),
            words=cast(int, counted["words"]),
        ),
    )


def decision_of(row: Sequence[Value]) -> Decision:
    """A decision from its row, in the order of :data:`DECISION_COLUMNS`."""
    identifier, subject, field, before, after, verdict, by, at, note, supersedes = (cast("str | None", v) for v in row)
    return Decision(
        id=cast(str, identifier),
        subject=cast(str, subject),
        field=field,
        before=before,
        after=after,
        verdict=cast(Verdict, verdict),
        by=cast(str, by),
        at=cast(str, at),
        note=note,
        supersedes=supersedes,
    )
