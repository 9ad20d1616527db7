"""What did people decide? Decisions are only ever added; taking one back is an entry of its own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from onrecord.errors import StoreError, UsageError
from onrecord.record.attribution import SOURCE_KINDS
from onrecord.record.bearing import SIDES
from onrecord.record.decision import Decision, Verdict, decision_id
from onrecord.record.link import LINK_KINDS, SCOPES
from onrecord.record.position import ACTS, CERTAINTIES, POLARITIES
from onrecord.record.statement import KINDS
from onrecord.store.counting import recounted
from onrecord.store.groups import MERGED_INTO, SAME_AS, answers, neighbours, regroup
from onrecord.store.ids import Subject, full_id, subject_of
from onrecord.store.nouns import Withdrawal
from onrecord.store.respan import SPANNED, spans_said
from onrecord.store.rows import DECISION_COLUMNS, decision_of
from onrecord.store.values import storable

Holds: TypeAlias = tuple[str, ...] | Literal["actor", "issue", "text", "spans"]
"""What a field can say: one of these words, an actor's or issue's id, any text, or stretches of the document's text."""

BEARS = "bears "
"""A decision's field: this word and a statement's id; of an issue, whether the statement bears on it."""

FIELDS: Mapping[Subject, Mapping[str, Holds]] = {
    "statement": {
        "kind": KINDS,
        "content": "spans",
        "cue": "spans",
        "source": "spans",
        "actor": "actor",
        "source_kind": SOURCE_KINDS,
        "act": ACTS,
        "polarity": POLARITIES,
        "certainty": CERTAINTIES,
    },
    "document": {},
    "actor": {"name": "text", MERGED_INTO: "actor"},
    "link": {"kind": LINK_KINDS, "scope": SCOPES},
    "issue": {"label": "text", MERGED_INTO: "issue"},
}
"""The fields that a person can correct, by what the decision is about."""


def _decided(what: str, column: str, name: str | None = None) -> str:
    return (
        f"(SELECT x.{column} FROM decided_{what} AS x "
        f"WHERE x.reading_id = o.reading_id AND x.statement_id = o.statement_id) AS {name or column}"
    )


_SAYS: Mapping[Subject, str] = {
    "statement": f"""
        SELECT o.kind, w.content, w.cue, w.source,
          {_decided("attribution", "actor_id", "actor")}, {_decided("attribution", "source_kind")},
          {_decided("position", "act")}, {_decided("position", "polarity")}, {_decided("position", "certainty")}
        FROM last_observation AS o JOIN decided_spans AS w ON w.n = o.n WHERE o.statement_id = ?1""",
    "actor": f"""
        SELECT a.name,
          (SELECT json_extract(f.value, '$') FROM field_decision AS f
           WHERE f.subject = ?1 AND f.field = '{MERGED_INTO}') AS "{MERGED_INTO}"
        FROM last_actor AS a WHERE a.actor_id = ?1""",
    "link": """
        SELECT coalesce(c.kind, l.kind) AS kind, coalesce(c.scope, l.scope) AS scope
        FROM link AS l LEFT JOIN current_link AS c ON c.link_id = l.id WHERE l.id = ?1 ORDER BY l.n DESC LIMIT 1""",
    "issue": f"""
        SELECT i.label, i.merged_into AS "{MERGED_INTO}" FROM current_issue AS i WHERE i.issue_id = ?1""",
}
_COLUMNS = ", ".join(DECISION_COLUMNS)


def now() -> str:
    """The time, ISO 8601 in UTC with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def record_decision(
    connection: sqlite3.Connection,
    beginning: str,
    verdict: Verdict,
    *,
    by: str,
    field: str | None,
    after: str | None,
    note: str | None,
) -> Decision:
    """Adds one decision about the entry whose id begins so. Call it inside a transaction.

    Raises:
        UsageError: OR-001, the words cannot be recorded, or the entry has no such field or the field no such
            value.
        TextError: OR-202, the verdict is not a word of the codebook, or nobody decides, or the correction is
            not one.
        StoreError: OR-407, there is no such entry; OR-410, an actor or issue would be merged into itself.
    """
    for text in (by, field, after, note):
        if text is not None and text != storable(text):
            raise UsageError("OR-001", "a decision cannot hold NUL or half of a surrogate pair")
    kind, subject = subject_of(connection, beginning)
    before, said = None, None
    if field is not None and kind == "actor" and field.startswith(SAME_AS):
        field = _checked_pair(connection, subject, field, verdict)
    elif field is not None and kind == "issue" and field.startswith(BEARS):
        field = BEARS + full_id(connection, "statement", field.removeprefix(BEARS))
        if verdict == "corrected":
            said = _checked_value(connection, "side", SIDES, after)
    elif field is not None:
        holds = _checked_field(kind, field, verdict)
        before = _said(connection, kind, subject, field)
        if verdict == "corrected" and holds == "spans":
            said = spans_said(connection, subject, field, after)
        elif verdict == "corrected":
            said = _checked_value(connection, field, holds, after)
            if field == MERGED_INTO:
                _check_merge(connection, kind, subject, json.loads(said or "null"))
    standing = standing_decision(connection, subject, field)
    at, supersedes = now(), standing.id if standing else None
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
    with recounted(connection, _counting(kind, subject)):
        connection.execute(f"INSERT INTO decision ({_COLUMNS}) VALUES ({', '.join('?' * len(values))})", values)
    _follow(connection, kind, made)
    return made


def _checked_field(kind: Subject, field: str, verdict: Verdict) -> Holds:
    """What can this field say?"""
    if field not in FIELDS[kind]:
        known = ", ".join(FIELDS[kind]) or "none"
        article = "an" if kind[0] in "ai" else "a"
        raise UsageError("OR-001", f"{article} {kind} has no field {field!r} that can be decided; it has: {known}")
    if verdict == "rejected" or (field == MERGED_INTO and verdict == "accepted"):
        raise UsageError(
            "OR-001",
            f"a field is corrected, not {verdict}",
            hint="Say what is right; for an actor, none is an answer.",
        )
    return FIELDS[kind][field]


def _checked_value(connection: sqlite3.Connection, field: str, holds: Holds, after: str | None) -> str | None:
    """What the field says from now on, as JSON; None if nothing was given, which the noun refuses."""
    if holds in ("actor", "issue"):
        if after is None:
            return "null" if field == "actor" else None
        return json.dumps(full_id(connection, holds, after))
    if after is None:
        return None
    if holds != "text" and after not in holds:
        raise UsageError("OR-001", f"{field} must be one of {', '.join(holds)}, not {after!r}")
    if not after.strip():
        raise UsageError("OR-001", f"{field} cannot be empty")
    return json.dumps(after, ensure_ascii=False)


def _checked_pair(connection: sqlite3.Connection, subject: str, field: str, verdict: Verdict) -> str:
    """The field of the question whether two actors are one, with the other's whole id."""
    other = full_id(connection, "actor", field.removeprefix(SAME_AS))
    if verdict == "corrected":
        raise UsageError("OR-001", "whether two actors are the same is accepted or rejected")
    if other == subject:
        raise UsageError("OR-001", f"actor {subject} is the same as itself")
    return SAME_AS + other


def _check_merge(connection: sqlite3.Connection, kind: Subject, merged: str, into: str | None) -> None:
    targets = {each.left: each.right for each in answers(connection) if each.merges}
    seen = set()
    while into is not None and into not in seen:
        if into == merged:
            raise StoreError("OR-410", f"{kind} {merged} would be merged into itself")
        seen.add(into)
        into = targets.get(into)


def _counting(kind: Subject, subject: str) -> tuple[str, ...]:
    """The statements that may be somebody else's, or nobody's, by a decision about this subject."""
    return (subject,) if kind == "statement" else ()


def _follow(connection: sqlite3.Connection, kind: Subject, decision: Decision) -> None:
    """Draws the consequences of a decision, made or taken back, for which actors are one."""
    if kind == "actor" and decision.field is not None and decision.field != "name":
        merged = json.loads(decision.after) if decision.after is not None else None
        other = merged or decision.field.removeprefix(SAME_AS)
        touched = {decision.subject} if other == MERGED_INTO else {decision.subject, other}
        regroup(connection, touched)


def _said(connection: sqlite3.Connection, kind: Subject, subject: str, field: str) -> str | None:
    """What the current record says in that field, as JSON."""
    cursor = connection.execute(_SAYS[kind], (subject,))
    names = [column[0] for column in cursor.description]
    row = cursor.fetchone()
    if row is None:
        return None
    said = dict(zip(names, row, strict=True))[field]
    return str(said) if kind == "statement" and field in SPANNED else json.dumps(said, ensure_ascii=False)


def split_actor(
    connection: sqlite3.Connection, beginning: str, other: str | None, *, by: str, note: str | None
) -> tuple[Decision, ...]:
    """Decides that an actor is not the same as another one, or as any that it is joined with directly.

    Raises:
        StoreError: OR-407, there is no such actor.
        UsageError: OR-001, it is joined with nobody.
    """
    actor = full_id(connection, "actor", beginning)
    others = neighbours(connection, actor) if other is None else (full_id(connection, "actor", other),)
    if not others:
        raise UsageError("OR-001", f"actor {actor} is joined with no other")
    return tuple(
        record_decision(connection, actor, "rejected", by=by, field=SAME_AS + each, after=None, note=note)
        for each in others
    )


def withdraw_decision(connection: sqlite3.Connection, identifier: str, *, by: str, note: str | None) -> Decision:
    """Takes one decision back and says which it was. Call it inside a transaction.

    Raises:
        UsageError: OR-001, it was taken back before, or nobody takes it back.
        StoreError: OR-407, there is no such decision.
    """
    if not by or any(text is not None and text != storable(text) for text in (by, note)):
        raise UsageError("OR-001", "somebody must take a decision back, in words without NUL or half a surrogate pair")
    identifier = full_id(connection, "decision", identifier)
    if connection.execute("SELECT 1 FROM withdrawal WHERE decision_id = ?", (identifier,)).fetchone():
        raise UsageError("OR-001", f"decision {identifier} was taken back before", hint="Decide again instead.")
    row = connection.execute(f"SELECT {_COLUMNS} FROM decision WHERE id = ?", (identifier,)).fetchone()
    decision = decision_of(row)
    kind, _ = subject_of(connection, decision.subject)
    with recounted(connection, _counting(kind, decision.subject)):
        connection.execute(
            "INSERT INTO withdrawal (decision_id, by, at, note) VALUES (?, ?, ?, ?)", (identifier, by, now(), note)
        )
    _follow(connection, kind, decision)
    return decision


def standing_decision(connection: sqlite3.Connection, subject: str, field: str | None) -> Decision | None:
    """The last decision about that field of `subject` that was not taken back."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM current_decision WHERE subject = ? AND field IS ?", (subject, field)
    ).fetchone()
    return decision_of(row) if row else None


def withdrawals(connection: sqlite3.Connection) -> dict[str, Withdrawal]:
    """Which decisions were taken back, and by whom?"""
    rows = connection.execute("SELECT decision_id, by, at, note FROM withdrawal ORDER BY n")
    return {
        identifier: Withdrawal(decision_id=identifier, by=by, at=at, note=note) for identifier, by, at, note in rows
    }


def all_decisions(
    connection: sqlite3.Connection, subject: str | None, *, standing: bool = False
) -> tuple[Decision, ...]:
    """Every decision, in the order in which they were made.

    Args:
        connection: The ledger.
        subject: The id of what they are about; None for anything.
        standing: Whether to leave out those that were superseded or taken back.
    """
    where = "" if subject is None else "WHERE subject = ?"
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM {'current_decision' if standing else 'decision'} {where} ORDER BY n",
        () if subject is None else (subject,),
    ).fetchall()
    return tuple(decision_of(row) for row in rows)
