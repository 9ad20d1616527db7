"""What did people decide? Decisions are only ever added; taking one back is an entry of its own."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime

from onrecord.errors import StoreError, UsageError
from onrecord.record.decision import Decision, Verdict, decision_id
from onrecord.record.statement import KINDS
from onrecord.store.rows import DECISION_COLUMNS, decision_of, storable

_COLUMNS = ", ".join(DECISION_COLUMNS)


def now() -> str:
    """The time, ISO 8601 in UTC with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def record_decision(
    connection: sqlite3.Connection,
    subject: str,
    verdict: Verdict,
    *,
    by: str,
    field: str | None,
    after: str | None,
    note: str | None,
) -> Decision:
    """Adds one decision about an entry that exists. Call it inside a transaction.

    Raises:
        UsageError: OR-001, the words cannot be recorded, or the field has no such value.
        TextError: OR-202, the verdict is not a word of the codebook, or nobody decides, or the correction is
            not one.
        StoreError: OR-407, there is no such entry.
    """
    for text in (by, field, after, note):
        if text is not None and text != storable(text):
            raise UsageError("OR-001", "a decision cannot hold NUL or half of a surrogate pair")
    if field == "kind" and verdict == "corrected" and after not in KINDS:
        raise UsageError("OR-001", f"a statement's kind must be one of {', '.join(KINDS)}, not {after!r}")
    before = _said(connection, subject, field) if field is not None else None
    standing = standing_decision(connection, subject, field)
    at = now()
    said = None if after is None else json.dumps(after, ensure_ascii=False)
    supersedes = standing.id if standing else None
    made = Decision(
        id=decision_id(subject=subject, field=field, after=said, verdict=verdict, by=by, at=at, supersedes=supersedes),
        subject=subject,
        field=field,
        before=before,
        after=said,
        verdict=verdict,
        by=by,
        at=at,
        note=note,
        supersedes=supersedes,
    )
    values = tuple(getattr(made, name) for name in DECISION_COLUMNS)
    connection.execute(f"INSERT INTO decision ({_COLUMNS}) VALUES ({', '.join('?' * len(values))})", values)
    return made


def _said(connection: sqlite3.Connection, subject: str, field: str) -> str | None:
    """What the current record says in that field, as JSON; None if it has no such field."""
    if field != "kind":
        return None
    row = connection.execute("SELECT kind FROM last_observation WHERE statement_id = ?", (subject,)).fetchone()
    return None if row is None else json.dumps(row[0])


def withdraw_decision(connection: sqlite3.Connection, identifier: str, *, by: str, note: str | None) -> None:
    """Takes one decision back. Call it inside a transaction.

    Raises:
        UsageError: OR-001, it was taken back before, or nobody takes it back.
        StoreError: OR-407, there is no such decision.
    """
    if not by or any(text is not None and text != storable(text) for text in (by, note)):
        raise UsageError("OR-001", "somebody must take a decision back, in words without NUL or half a surrogate pair")
    if connection.execute("SELECT 1 FROM decision WHERE id = ?", (identifier,)).fetchone() is None:
        raise StoreError("OR-407", f"the ledger has no decision {identifier}")
    if connection.execute("SELECT 1 FROM withdrawal WHERE decision_id = ?", (identifier,)).fetchone():
        raise UsageError("OR-001", f"decision {identifier} was taken back before", hint="Decide again instead.")
    connection.execute(
        "INSERT INTO withdrawal (decision_id, by, at, note) VALUES (?, ?, ?, ?)",
        (identifier, by, now(), note),
    )


def standing_decision(connection: sqlite3.Connection, subject: str, field: str | None) -> Decision | None:
    """The last decision about that field of `subject` that was not taken back."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM current_decision WHERE subject = ? AND field IS ?", (subject, field)
    ).fetchone()
    return decision_of(row) if row else None


def all_decisions(connection: sqlite3.Connection, subject: str | None) -> tuple[Decision, ...]:
    """Every decision, in the order in which they were made; about one subject, or about all."""
    where = "" if subject is None else "WHERE subject = ?"
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM decision {where} ORDER BY n", () if subject is None else (subject,)
    ).fetchall()
    return tuple(decision_of(row) for row in rows)
