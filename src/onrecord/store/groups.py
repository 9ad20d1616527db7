"""Which actors are one?

Two are joined by a person's merge, by a person who accepts that they are the same, or by a machine's proposal
that is sure enough; a person who rejects that they are the same keeps them apart, whoever else would join
them. People are heard first, the last word before earlier ones, then the proposals, the surest first; what
would join two groups that are kept apart is passed over. So any order of decisions has one outcome, and
taking a decision back restores what was.

The outcome is the table ``actor_group``. It is derived: :func:`regroup` makes it again from the decisions and
proposals, for the actors that a change touches or for all.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.store.counting import add_up

MERGED_INTO = "merged into"
SAME_AS = "same as "
"""A decision's field: these words and an actor's id."""
HOLDS_FROM = 0.9
"""A proposal with this score, or without any, joins two actors at once; others wait for a person."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says of two actors.

    Attributes:
        number: The decision's place in the order in which they were made.
        left: The id of the actor that is merged, or of one of the two.
        right: The id of the actor that it is merged into, or of the other.
        joins: Whether they are one.
        merges: Whether the left one is merged into the right one, which then stands for both.
    """

    number: int
    left: str
    right: str
    joins: bool
    merges: bool


def answers(connection: sqlite3.Connection) -> list[Answer]:
    """What people say of pairs of actors and have not taken back, the last word first."""
    rows = connection.execute(
        "SELECT n, subject, field, after, verdict FROM current_decision "
        "WHERE (field = ?1 AND verdict = 'corrected') "
        "OR (field >= ?2 AND field < ?2 || char(1114111) AND verdict IN ('accepted', 'rejected')) ORDER BY n DESC",
        (MERGED_INTO, SAME_AS),
    )
    return [
        Answer(number, subject, json.loads(after), joins=True, merges=True)
        if field == MERGED_INTO
        else Answer(number, subject, field.removeprefix(SAME_AS), joins=verdict == "accepted", merges=False)
        for number, subject, field, after, verdict in rows
    ]


def proposing_method(connection: sqlite3.Connection) -> str | None:
    """The method that proposed last which actors are one; the proposals of others do not count any more."""
    row = connection.execute(
        "SELECT u.method_id FROM run AS u WHERE EXISTS (SELECT 1 FROM actor_link AS l WHERE l.run_id = u.id) "
        "ORDER BY u.started DESC LIMIT 1"
    ).fetchone()
    return None if row is None else str(row[0])


def proposals(
    connection: sqlite3.Connection, method: str | None, actor: str | None = None
) -> list[tuple[float, str, str]]:
    """The proposals of a method that hold, of one actor or all: (score, left, right), the surest first."""
    where = "" if actor is None else "AND (left_id = ?3 OR right_id = ?3)"
    rows = connection.execute(
        "SELECT coalesce(score, 1.0), left_id, right_id FROM actor_link "
        f"WHERE method_id = ?1 AND coalesce(score, 1.0) >= ?2 {where}",
        (method, HOLDS_FROM) if actor is None else (method, HOLDS_FROM, actor),
    ).fetchall()
    return sorted(rows, key=_surest)


def _surest(proposal: tuple[float, str, str]) -> tuple[float, str, str]:
    score, left, right = proposal
    return -score, left, right


def neighbours(connection: sqlite3.Connection, actor: str) -> tuple[str, ...]:
    """With whom is this actor joined directly, by a person or by a proposal that holds?"""
    pairs = [(each.left, each.right) for each in answers(connection) if each.joins and actor in (each.left, each.right)]
    method = proposing_method(connection)
    pairs += [(left, right) for _, left, right in proposals(connection, method, actor)]
    group = set(members(connection, representative(connection, actor)))
    others = dict.fromkeys(right if left == actor else left for left, right in pairs)
    return tuple(other for other in others if other in group)


def representative(connection: sqlite3.Connection, actor: str) -> str:
    """Which actor stands for this one? Itself, if nobody joined it to another."""
    row = connection.execute("SELECT representative_id FROM actor_group WHERE actor_id = ?", (actor,)).fetchone()
    return str(row[0])


def members(connection: sqlite3.Connection, actor: str) -> tuple[str, ...]:
    """For which actors does this representative stand, itself among them?"""
    rows = connection.execute(
        "SELECT actor_id FROM actor_group WHERE representative_id = ? ORDER BY actor_id", (actor,)
    )
    return tuple(identifier for (identifier,) in rows)


def regroup(connection: sqlite3.Connection, touched: Iterable[str] | None = None) -> None:
    """Writes anew which actors are one.

    Args:
        connection: The ledger, in a transaction.
        touched: The actors of which something was decided or proposed; None for all.
    """
    said, method = answers(connection), proposing_method(connection)
    if touched is None:
        around = {identifier for (identifier,) in connection.execute("SELECT actor_id FROM actor_group")}
        proposed = proposals(connection, method)
    else:
        around, proposed = _around(connection, touched, said, method)
    said = [each for each in said if each.left in around and each.right in around]
    sets = _Sets(around)
    for each in said:
        if each.joins:
            sets.join(each.left, each.right)
        else:
            sets.keep_apart(each.left, each.right)
    for _, left, right in proposed:
        sets.join(left, right)
    changes = [
        (chosen, actor) for group in sets.groups() for chosen in (_chosen(connection, group, said),) for actor in group
    ]
    connection.executemany(
        "UPDATE actor_group SET representative_id = ?1 WHERE actor_id = ?2 AND representative_id <> ?1", changes
    )
    add_up(connection, around)


def _around(
    connection: sqlite3.Connection, touched: Iterable[str], said: Sequence[Answer], method: str | None
) -> tuple[set[str], list[tuple[float, str, str]]]:
    """All actors that may be, or were, one with these, and the proposals between them."""
    joined: dict[str, set[str]] = {}
    for each in said:
        if each.joins:
            joined.setdefault(each.left, set()).add(each.right)
            joined.setdefault(each.right, set()).add(each.left)
    found: set[str] = set()
    proposed: set[tuple[float, str, str]] = set()
    queue = list(touched)
    while queue:
        actor = queue.pop()
        if actor in found:
            continue
        found.add(actor)
        queue += joined.get(actor, ())
        queue += members(connection, representative(connection, actor))
        for proposal in proposals(connection, method, actor):
            proposed.add(proposal)
            queue += proposal[1:]
    return found, sorted(proposed, key=_surest)


def _chosen(connection: sqlite3.Connection, group: Sequence[str], said: Sequence[Answer]) -> str:
    """Who stands for a group: whom people merged others into, else one that a list knows, else the first to come."""
    if len(group) == 1:
        return group[0]
    inside = set(group)
    merges = [each for each in said if each.merges and each.left in inside and each.right in inside]
    targets = {each.right for each in merges} - {each.left for each in merges}

    def key(actor: str) -> tuple[bool, bool, int]:
        first, listed = connection.execute(
            "SELECT min(n), max(external_ids <> '[]') FROM actor WHERE id = ?", (actor,)
        ).fetchone()
        return actor not in targets, not listed, first

    return min(group, key=key)


class _Sets:
    """Disjoint sets of actors, some of which must not be joined."""

    def __init__(self, actors: Iterable[str]) -> None:
        self._parents = {actor: actor for actor in actors}
        self._apart: dict[str, set[str]] = {}

    def _root(self, actor: str) -> str:
        while self._parents[actor] != actor:
            self._parents[actor] = self._parents[self._parents[actor]]
            actor = self._parents[actor]
        return actor

    def join(self, left: str, right: str) -> None:
        """Joins the sets of both, unless they are kept apart."""
        one, other = self._root(left), self._root(right)
        if one == other or other in self._apart.get(one, ()):
            return
        self._parents[one] = other
        for third in self._apart.pop(one, set()):
            self._apart[third].discard(one)
            self.keep_apart(third, other)

    def keep_apart(self, left: str, right: str) -> None:
        """Keeps the sets of both apart from now on, unless they are one already."""
        one, other = self._root(left), self._root(right)
        if one != other:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def groups(self) -> Iterator[list[str]]:
        """The sets."""
        found: dict[str, list[str]] = {}
        for actor in self._parents:
            found.setdefault(self._root(actor), []).append(actor)
        return iter(found.values())
