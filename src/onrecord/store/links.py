"""How do links lie in the ledger: between statements, and between actors?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import cast

from onrecord.errors import StoreError, TextError
from onrecord.record.actor_link import ActorLink
from onrecord.record.link import Link, LinkKind, Scope
from onrecord.store.decisions import standing_decision
from onrecord.store.groups import proposing_method, regroup
from onrecord.store.nouns import LinkEntry
from onrecord.store.values import Value, exact_values, flag_of, spans_of, spans_text, sql_values

_COLUMNS = (
    "id",
    "kind",
    "left_id",
    "right_id",
    "scope",
    "opposite",
    "same_time",
    "independent",
    "why",
    "left_evidence",
    "right_evidence",
    "score",
    "story",
    "exact",
)
_SHOWN = {"id": "link_id", "left_evidence": "left_evidence_spans", "right_evidence": "right_evidence_spans"}
_SELECT = (
    f"SELECT n, {', '.join(_SHOWN.get(name, name) for name in _COLUMNS)}, run_id, method_id, withdrawn, decision "
    "FROM current_link"
)
_STANDING = (
    f"SELECT n, {', '.join(_COLUMNS)} FROM link AS l WHERE l.method_id = ?1 "
    "AND NOT EXISTS (SELECT 1 FROM link_end AS e WHERE e.link_n = l.n)"
)
_FIRST = 60
_AT_ONCE = 500
_BECOMES: Mapping[LinkKind, frozenset[LinkKind]] = {
    "agrees": frozenset({"repeats"}),
    "repeats": frozenset({"agrees"}),
    "conflicts": frozenset({"changes"}),
    "denies": frozenset({"changes"}),
    "changes": frozenset({"conflicts"}),
}
"""What a link may turn into where actors are joined or kept apart, see the view ``followed_link``."""
_WEAK = (
    "l.score < :least OR (:least > 0 AND l.score IS NOT NULL AND (l.left_evidence = '[]' OR l.right_evidence = '[]'))"
)
_DECIDED = "EXISTS (SELECT 1 FROM decision AS d WHERE d.subject = link_id)"


def write_links(
    connection: sqlite3.Connection, run_id: str, method_id: str, links: Iterable[Link], withdrawn: Iterable[str] = ()
) -> tuple[int, int]:
    """Records links between statements of the ledger, and which no longer hold. How many are new, how many ended?

    A link that is on record already is left as it is; one that holds on other grounds than before replaces the earlier
    one, which counts neither as new nor as ended.

    Raises:
        StoreError: OR-407, a statement is not there.
        TextError: OR-201, evidence does not lie in the text.
    """
    names = (*_COLUMNS, "run_id", "method_id")
    insert = f"INSERT INTO link ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    end = "INSERT INTO link_end (link_n, run_id) VALUES (?, ?)"
    lengths: dict[str, int] = {}
    new = ended = 0
    for link in links:
        for place, evidence in ((link.left, link.left_evidence), (link.right, link.right_evidence)):
            if place not in lengths:
                lengths[place] = _length(connection, place)
            if any(span.end > lengths[place] for span in evidence):
                raise TextError("OR-201", f"link {link.id}: evidence ends outside the text of statement {place}")
        row = _row(link)
        before = connection.execute(f"{_STANDING} AND l.id = ?2", (method_id, link.id)).fetchone()
        if before is not None:
            if before[1:] == row:
                continue
            connection.execute(end, (before[0], run_id))
        connection.execute(insert, (*row, run_id, method_id))
        new += before is None
    # Only now: what is withdrawn may not be known before all links were found.
    for identifier in withdrawn:
        row = connection.execute(f"{_STANDING} AND l.id = ?2", (method_id, identifier)).fetchone()
        if row is not None:
            connection.execute(end, (row[0], run_id))
            ended += 1
    return new, ended


def standing_links(connection: sqlite3.Connection, method_id: str) -> Iterator[Link]:
    """What does this method say of all it has linked so far, whatever people decided?"""
    query = f"{_STANDING} AND l.n > ?2 ORDER BY l.n LIMIT {_AT_ONCE}"
    after = 0
    while rows := connection.execute(query, (method_id, after)).fetchall():
        after = rows[-1][0]
        for row in rows:
            yield _link_of(row[1:])


def outlined_links(connection: sqlite3.Connection, method_id: str) -> Iterator[Link]:
    """The same without the words that decide and what goes with them: enough to go on linking from."""
    rows = connection.execute(
        "SELECT l.id, l.kind, l.left_id, l.right_id, l.scope, l.score FROM link AS l WHERE l.method_id = ? "
        "AND NOT EXISTS (SELECT 1 FROM link_end AS e WHERE e.link_n = l.n)",
        (method_id,),
    )
    for identifier, kind, left, right, scope, score in rows.fetchall():
        yield Link(id=identifier, kind=kind, left=left, right=right, scope=scope, score=score)


def _length(connection: sqlite3.Connection, statement_id: str) -> int:
    row = connection.execute(
        "SELECT d.text FROM statement AS s JOIN document AS d ON d.id = s.document_id WHERE s.id = ?",
        (statement_id,),
    ).fetchone()
    if row is None:
        raise StoreError("OR-407", f"the ledger has no statement {statement_id!r}")
    return len(row[0])


def _row(link: Link) -> tuple[Value, ...]:
    values: dict[str, Value] = {
        "id": link.id,
        "kind": link.kind,
        "left_id": link.left,
        "right_id": link.right,
        "scope": link.scope,
        "opposite": link.opposite,
        "same_time": link.same_time,
        "independent": link.independent,
        "why": link.why,
        "left_evidence": spans_text(link.left_evidence),
        "right_evidence": spans_text(link.right_evidence),
        "score": None if link.score is None else float(link.score),
        "story": link.story,
    }
    stored = sql_values(values)
    return tuple(stored[name] for name in _COLUMNS)


def write_linked(connection: sqlite3.Connection, run_id: str, method_id: str, documents: Iterable[str]) -> None:
    """Records that a method has compared these documents, as they were read last, with those before them."""
    connection.executemany(
        "INSERT OR IGNORE INTO linking (reading_id, method_id, run_id) "
        "SELECT max(id), ?2, ?3 FROM reading WHERE document_id = ?1 GROUP BY document_id",
        ((document, method_id, run_id) for document in documents),
    )


def unlinked(connection: sqlite3.Connection, method_id: str) -> list[str]:
    """The documents, in the order of arrival, whose latest reading this method has not compared with others."""
    rows = connection.execute(
        "SELECT d.id FROM document AS d WHERE NOT EXISTS (SELECT 1 FROM linking AS k WHERE k.method_id = ? "
        "AND k.reading_id = (SELECT max(r.id) FROM reading AS r WHERE r.document_id = d.id)) ORDER BY d.n",
        (method_id,),
    )
    return [identifier for (identifier,) in rows]


def current_links(
    connection: sqlite3.Connection,
    *,
    statement_id: str | None,
    kinds: Collection[LinkKind] | None,
    rejected: bool,
    least: float = 0.0,
    after: int = 0,
) -> Iterator[LinkEntry]:
    """The links of the current record, of one statement or all, in the order in which they were found.

    Args:
        connection: The ledger.
        after: The number of a link: only those found after it.
        statement_id: One of the ends; None for all.
        kinds: Of these kinds, as corrected; None for all.
        rejected: Whether to include what a person rejected.
        least: Leave out those with a lower score, and those that no words on both sides explain, that nobody decided
            about.
    """
    conditions, values = ["n > :after"], {"left": statement_id, "least": least}
    if statement_id is not None:
        conditions.append("(left_id = :left OR right_id = :left)")
    if kinds is not None:
        # What was found is looked at first: it costs nothing, and few links become another kind.
        origins = {*kinds, *(kind for kind, others in _BECOMES.items() if others & set(kinds))}
        conditions.append(f"(found_kind IN ({_listed(origins)}) OR {_DECIDED})")
        conditions.append(f"kind IN ({_listed(kinds)})")
    if least > 0:
        explained = "left_evidence_spans <> '[]' AND right_evidence_spans <> '[]'"
        conditions.append(f"((score >= :least AND {explained}) OR score IS NULL OR {_DECIDED})")
    if not rejected:
        conditions.append("decision IS NOT 'rejected'")
    query = f"{_SELECT} WHERE {' AND '.join(conditions)} ORDER BY n LIMIT :limit"
    # A page at a time: a query left open would keep the write-ahead log from being cleared. Small ones first: who
    # shows a page of links asks for no more.
    some = _FIRST
    while rows := connection.execute(query, {**values, "after": after, "limit": some}).fetchall():
        after, some = rows[-1][0], min(2 * some, _AT_ONCE)
        for row in rows:
            yield _entry(connection, row)


def links_among(connection: sqlite3.Connection, statements: Collection[str]) -> list[LinkEntry]:
    """The links of the current record both of whose ends are among these statements, not rejected, in their order."""
    # The signs + keep SQLite from going through all links in their order, and from looking up the other end too.
    rows = connection.execute(
        f"{_SELECT} WHERE left_id IN (SELECT value FROM json_each(?1)) "
        "AND +right_id IN (SELECT value FROM json_each(?1)) AND decision IS NOT 'rejected' ORDER BY +n",
        (json.dumps(list(statements)),),
    ).fetchall()
    return [_entry(connection, row) for row in rows]


def _listed(kinds: Iterable[LinkKind]) -> str:
    return ", ".join(f"'{kind}'" for kind in sorted(kinds))


def one_origin(
    connection: sqlite3.Connection, *, least: float, below: bool = False, of: Collection[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Which statements go back to one utterance, whatever became of them since?

    Args:
        connection: The ledger.
        least: Leave out links with a lower score, unless a person kept them.
        below: Those with a lower score instead, unless a person decided about them.
        of: Only those with one of these statements as an end; None for all.
    """
    kinds = _listed(("same words", "re-report"))
    weak = f"({_WEAK})"
    sure = weak if below else f"(NOT {weak} OR l.score IS NULL)"
    undecided = "NOT EXISTS (SELECT 1 FROM decision AS d WHERE d.subject = l.id)"
    found = f"SELECT l.left_id, l.right_id FROM standing_link AS l WHERE l.kind IN ({kinds}) AND {sure} AND {undecided}"
    if of is None:
        yield from connection.execute(found, {"least": least}).fetchall()
    else:
        for statement in of:
            query = f"{found} AND (l.left_id = :end OR l.right_id = :end)"
            yield from connection.execute(query, {"least": least, "end": statement}).fetchall()
    if not below:
        # People decide about few links: all of them are looked at.
        decided = (
            "SELECT left_id, right_id FROM current_link WHERE link_id IN (SELECT subject FROM decision) "
            f"AND kind IN ({kinds}) AND (decision IN ('accepted', 'corrected') OR decision IS NULL)"
        )
        for left, right in connection.execute(decided).fetchall():
            if of is None or left in of or right in of:
                yield left, right


def weaker_links(connection: sqlite3.Connection, kinds: Collection[LinkKind], least: float) -> int:
    """How many links of these kinds, as they were found, have a lower score or no words to explain them?"""
    (number,) = connection.execute(
        f"SELECT count(*) FROM standing_link AS l WHERE l.kind IN ({_listed(kinds)}) AND ({_WEAK}) "
        "AND NOT EXISTS (SELECT 1 FROM decision AS d WHERE d.subject = l.id)",
        {"least": least},
    ).fetchone()
    return int(number)


def speakers(connection: sqlite3.Connection, statements: Iterable[str]) -> dict[str, str | None]:
    """Who said these statements? None where that is open, or the text names nobody."""
    query = (
        "SELECT p.actor_id, (SELECT h.named FROM hop AS h JOIN last_observation AS o ON o.reading_id = h.reading_id "
        "AND o.statement_id = h.statement_id WHERE h.statement_id = ?1 AND h.position = 0) "
        "FROM speaker AS p WHERE p.statement_id = ?1"
    )
    found: dict[str, str | None] = {}
    for statement in statements:
        actor, named = connection.execute(query, (statement,)).fetchone()
        found[statement] = None if named == 0 else cast("str | None", actor)
    return found


def link_by_id(connection: sqlite3.Connection, identifier: str) -> LinkEntry:
    """The link with exactly this id, if it is in the current record.

    Raises:
        StoreError: OR-407, it is not.
    """
    row = connection.execute(f"{_SELECT} WHERE link_id = ?", (identifier,)).fetchone()
    if row is None:
        raise StoreError("OR-407", f"link {identifier} is not in the current record any more")
    return _entry(connection, row)


def _entry(connection: sqlite3.Connection, row: Sequence[Value]) -> LinkEntry:
    number, *found, run_id, method_id, withdrawn, verdict = row
    link = _link_of(found)
    return LinkEntry(
        number=cast(int, number),
        link=link,
        run_id=cast(str, run_id),
        method_id=cast(str, method_id),
        withdrawn=bool(withdrawn),
        decision=standing_decision(connection, link.id, None) if verdict is not None else None,
    )


def _link_of(row: Sequence[Value]) -> Link:
    values = exact_values(dict(zip(_COLUMNS, row, strict=True)))
    return Link(
        id=cast(str, values["id"]),
        kind=cast(LinkKind, values["kind"]),
        left=cast(str, values["left_id"]),
        right=cast(str, values["right_id"]),
        scope=cast("Scope | None", values["scope"]),
        opposite=flag_of(values["opposite"]),
        same_time=flag_of(values["same_time"]),
        independent=flag_of(values["independent"]),
        why=cast("str | None", values["why"]),
        left_evidence=spans_of(values["left_evidence"]),
        right_evidence=spans_of(values["right_evidence"]),
        score=cast("float | None", values["score"]),
        story=cast("str | None", values["story"]),
    )


def write_actor_links(connection: sqlite3.Connection, run_id: str, method_id: str, links: Iterable[ActorLink]) -> int:
    """Records proposals that actors are one, and draws their consequences. How many were new?

    Raises:
        StoreError: OR-407, an actor is not there.
    """
    before = proposing_method(connection)
    touched: set[str] = set()
    new = 0
    for link in links:
        for end in (link.left, link.right):
            if not connection.execute("SELECT 1 FROM actor_group WHERE actor_id = ?", (end,)).fetchone():
                raise StoreError("OR-407", f"the ledger has no actor {end!r}")
        stored = sql_values({"why": link.why})
        left, right = sorted((link.left, link.right))
        score = None if link.score is None else float(link.score)
        new += connection.execute(
            "INSERT OR IGNORE INTO actor_link (run_id, method_id, left_id, right_id, score, why, exact) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (run_id, method_id, left, right, score, stored["why"], stored["exact"]),
        ).rowcount
        touched |= {left, right}
    regroup(connection, touched if before in (None, proposing_method(connection)) else None)
    return new


def actor_links(connection: sqlite3.Connection, actor: str | None) -> list[ActorLink]:
    """The proposals of the method that proposed last, of one actor or all, those that wait for a person too."""
    where = "" if actor is None else "AND (left_id = :actor OR right_id = :actor)"
    rows = connection.execute(
        f"SELECT left_id, right_id, score, why, exact FROM actor_link WHERE method_id = :method {where} ORDER BY n",
        {"method": proposing_method(connection), "actor": actor},
    ).fetchall()
    return [
        ActorLink(
            left=left,
            right=right,
            score=score,
            why=cast("str | None", exact_values({"why": why, "exact": exact})["why"]),
        )
        for left, right, score, why, exact in rows
    ]
