"""How do actors lie in the ledger, and who are they once people were heard?"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import cast

from onrecord.record.actor import Actor, ActorKind, ExternalId, Role
from onrecord.record.ids import content_id
from onrecord.store.groups import representative
from onrecord.store.nouns import ActorEntry, OpenSource
from onrecord.store.values import Row, Value, exact_values, parsed, sql_values, storable
from onrecord.store.words import expression, folded, segmented

COLUMNS = ("id", "name", "kind", "names", "external_ids", "roles", "exact")
_INSERT = f"INSERT INTO actor ({', '.join(COLUMNS)}, form) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
_LIKE_AN_ID = re.compile("a[0-9a-f]{3,16}")


def write_actors(connection: sqlite3.Connection, reading_id: int, actors: Sequence[Actor]) -> None:
    """Records which actors a reading names, in its order, and what it says of them."""
    numbers = [_number(connection, actor) for actor in actors]
    connection.executemany(
        "INSERT INTO reading_actor (reading_id, ordinal, actor_n) VALUES (?, ?, ?)",
        ((reading_id, ordinal, number) for ordinal, number in enumerate(numbers)),
    )


def _number(connection: sqlite3.Connection, actor: Actor) -> int:
    """The row that says this of the actor; made if nobody has said it before."""
    external_ids = [[entry.scheme, entry.value] for entry in actor.external_ids]
    roles = [[role.title, role.start, role.end] for role in actor.roles]
    form = content_id("f", actor.id, actor.name, actor.kind, list(actor.names), external_ids, roles)
    known = connection.execute("SELECT n FROM actor WHERE form = ?", (form,)).fetchone()
    if known is not None:
        return int(known[0])
    made = connection.execute(_INSERT, (*_row(actor), form)).lastrowid
    assert made is not None
    words = " ; ".join(segmented(name) for name in (actor.name, *actor.names))
    connection.execute("INSERT INTO actor_fts (rowid, names) VALUES (?, ?)", (made, words))
    connection.execute("INSERT OR IGNORE INTO actor_group (actor_id, representative_id) VALUES (?1, ?1)", (actor.id,))
    return made


def _row(actor: Actor) -> Row:
    values: dict[str, Value] = {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "names": json.dumps(actor.names),
        "external_ids": json.dumps([{"scheme": entry.scheme, "value": entry.value} for entry in actor.external_ids]),
        "roles": json.dumps([{"title": role.title, "start": role.start, "end": role.end} for role in actor.roles]),
    }
    stored = sql_values(values)
    return tuple(stored[name] for name in COLUMNS)


def actor_of(row: Sequence[Value]) -> Actor:
    """The actor that a row says, in the order of :data:`COLUMNS`."""
    values = exact_values(dict(zip(COLUMNS, row, strict=True)))
    return Actor(
        id=cast(str, values["id"]),
        name=cast(str, values["name"]),
        kind=cast(ActorKind, values["kind"]),
        names=tuple(parsed(values["names"])),
        external_ids=tuple(
            ExternalId(scheme=entry["scheme"], value=entry["value"]) for entry in parsed(values["external_ids"])
        ),
        roles=tuple(
            Role(title=role["title"], start=role["start"], end=role["end"]) for role in parsed(values["roles"])
        ),
    )


def actors_of(
    connection: sqlite3.Connection, reading_id: int, named: Collection[str], *, listed: bool
) -> tuple[Actor, ...]:
    """The actors that a reading lists, as they are now, and then those of `named` that it does not list.

    Args:
        connection: The ledger.
        reading_id: The reading.
        named: Ids of representatives.
        listed: Whether to give all that the reading lists, or only those of `named`.
    """
    forms = _listed(connection, [reading_id], None if listed else named).get(reading_id, {})
    current = _Current(connection, [*forms, *named])
    return tuple(current.actor(chosen, forms.get(chosen)) for chosen in dict.fromkeys([*forms, *named]))


def actors_by_reading(
    connection: sqlite3.Connection, named: Mapping[int, Collection[str]]
) -> dict[int, dict[str, Actor]]:
    """The actors that are named by some readings, as they are now: by the reading's number, by their ids.

    Args:
        connection: The ledger.
        named: Ids of representatives, by the number of the reading.
    """
    everybody = list(dict.fromkeys(chosen for each in named.values() for chosen in each))
    forms = _listed(connection, list(named), everybody)
    current = _Current(connection, everybody)
    return {
        reading: {chosen: current.actor(chosen, forms.get(reading, {}).get(chosen)) for chosen in each}
        for reading, each in named.items()
    }


def actors_now(connection: sqlite3.Connection, chosen: Sequence[str]) -> dict[str, Actor]:
    """Who these representatives are, by their ids, with every name that is known of them."""
    current = _Current(connection, chosen)
    return {each: current.actor(each) for each in chosen}


def _listed(
    connection: sqlite3.Connection, readings: Sequence[int], named: Collection[str] | None
) -> dict[int, dict[str, Actor]]:
    """What each reading says of the actors that it lists, by their representatives; of all, or of `named`."""
    # The numbers of their forms are gathered first: a reading lists many others.
    only = (
        ""
        if named is None
        else "WHERE r.actor_n IN (SELECT f.n FROM json_each(?2) AS c CROSS JOIN actor_group AS m "
        "ON m.representative_id = c.value CROSS JOIN actor AS f ON f.id = m.actor_id)"
    )
    rows = connection.execute(
        f"SELECT r.reading_id, g.representative_id, {', '.join(f'a.{name}' for name in COLUMNS)} "
        "FROM json_each(?1) AS j CROSS JOIN reading_actor AS r ON r.reading_id = j.value "
        "CROSS JOIN actor AS a ON a.n = r.actor_n CROSS JOIN actor_group AS g ON g.actor_id = a.id "
        f"{only} ORDER BY r.reading_id, r.ordinal",
        (json.dumps(readings),) if named is None else (json.dumps(readings), json.dumps(list(named))),
    )
    found: dict[int, dict[str, Actor]] = {}
    for reading, chosen, *row in rows:
        those = found.setdefault(reading, {})
        if chosen not in those:
            those[chosen] = actor_of(row)
    return found


class _Current:
    """Who are these representatives, once those who are one are taken together and people's names are heard?"""

    def __init__(self, connection: sqlite3.Connection, chosen: Iterable[str]) -> None:
        self._connection = connection
        self._ids = ids = json.dumps(list(dict.fromkeys(chosen)))
        self._members: dict[str, list[str]] = {}
        for representative_id, actor in connection.execute(
            "SELECT g.representative_id, g.actor_id FROM json_each(?) AS j "
            "CROSS JOIN actor_group AS g ON g.representative_id = j.value ORDER BY g.actor_id",
            (ids,),
        ):
            self._members.setdefault(representative_id, []).append(actor)
        self._names = {
            subject: cast(str, json.loads(value))
            for subject, value in connection.execute(
                "SELECT f.subject, f.value FROM json_each(?) AS j "
                "CROSS JOIN field_decision AS f ON f.subject = j.value AND f.field = 'name'",
                (ids,),
            )
        }
        self._joined: dict[str, Actor] = {}

    def members(self, chosen: str) -> tuple[str, ...]:
        """For whom does it stand, itself among them?"""
        return tuple(self._members[chosen])

    def actor(self, chosen: str, form: Actor | None = None) -> Actor:
        """Who is it?

        Args:
            chosen: The id of a representative.
            form: What to say of it if nobody joined it to others; None for all that was ever said.
        """
        if form is not None and self._members[chosen] == [form.id]:
            return self._called(chosen, [form])
        if chosen not in self._joined:
            self._joined[chosen] = self._called(chosen, self._forms[chosen])
        return self._joined[chosen]

    @cached_property
    def _forms(self) -> dict[str, list[Actor]]:
        """What was said of each and of those that are one with it, the last word about the representative first."""
        found: dict[str, list[Actor]] = {}
        for representative_id, *row in self._connection.execute(
            f"SELECT m.representative_id, {', '.join(f'a.{name}' for name in COLUMNS)} FROM json_each(?) AS j "
            "CROSS JOIN actor_group AS m ON m.representative_id = j.value CROSS JOIN actor AS a ON a.id = m.actor_id "
            "ORDER BY m.actor_id <> m.representative_id, m.actor_id, a.n DESC",
            (self._ids,),
        ):
            found.setdefault(representative_id, []).append(actor_of(row))
        return found

    def _called(self, chosen: str, forms: Sequence[Actor]) -> Actor:
        last = forms[0]
        name = self._names.get(chosen, last.name)
        if len(forms) == 1 and name == last.name:
            return last
        names = dict.fromkeys(spelling for each in forms for spelling in (each.name, *each.names))
        names.pop(name, None)
        return Actor(
            id=last.id,
            name=name,
            kind=last.kind,
            names=tuple(names),
            external_ids=tuple(dict.fromkeys(entry for each in forms for entry in each.external_ids)),
            roles=last.roles,
        )


def actor_entry(connection: sqlite3.Connection, identifier: str) -> ActorEntry:
    """The entry of the actor that stands for this one, and for others if they are one."""
    (entry,) = _actor_entries(connection, [representative(connection, identifier)])
    return entry


def actor_entries(
    connection: sqlite3.Connection, name: str | None, *, limit: int | None = None, offset: int = 0
) -> Iterator[ActorEntry]:
    """The actors of whom most is on record first; all, or those whom `name` may mean.

    Args:
        connection: The ledger.
        name: Words of a name; None for everybody.
        limit: How many; None for all of them.
        offset: How many to leave out before.
    """
    if name is not None:
        found = _actor_entries(connection, actors_named(connection, name))
        chosen = sorted(found, key=lambda each: (-each.n_statements, each.actor.name, each.actor.id))
        yield from chosen[offset : None if limit is None else offset + limit]
        return
    rows = connection.execute(
        "SELECT actor_id, n_statements FROM actor_group WHERE representative_id = actor_id "
        "ORDER BY n_statements DESC, actor_id LIMIT ? OFFSET ?",
        (-1 if limit is None else limit, offset),
    ).fetchall()
    # Among those of whom equally much is, a page shows the names in order; which page they are on depends on their ids.
    for _, equal in groupby(rows, key=lambda row: row[1]):
        found = _actor_entries(connection, [identifier for identifier, _ in equal])
        yield from sorted(found, key=lambda each: (each.actor.name, each.actor.id))


def _actor_entries(connection: sqlite3.Connection, chosen: Sequence[str]) -> list[ActorEntry]:
    """The entries of these representatives."""
    current = _Current(connection, chosen)
    counts = dict(
        connection.execute(
            "SELECT g.actor_id, g.n_statements FROM json_each(?) AS j "
            "CROSS JOIN actor_group AS g ON g.actor_id = j.value",
            (json.dumps(list(chosen)),),
        ).fetchall()
    )
    return [
        ActorEntry(actor=current.actor(each), joined=current.members(each), n_statements=counts[each])
        for each in chosen
    ]


def actors_named(connection: sqlite3.Connection, name: str) -> list[str]:
    """Whom may `name` mean? The ids of those that have exactly this name, or else of those that have its words.

    Case and accents do not count, and names that people gave count like any other.
    """
    match = expression(name, columns="names")
    if match is None:
        return []
    wanted = folded(name)
    found: dict[str, bool] = {}
    rows = connection.execute(
        "SELECT g.representative_id, a.name, a.names FROM actor_fts AS f JOIN actor AS a ON a.n = f.rowid "
        "JOIN actor_group AS g ON g.actor_id = a.id WHERE actor_fts MATCH ?",
        (match,),
    )
    for identifier, shown, others in rows:
        exact = wanted in (folded(shown), *map(folded, json.loads(others)))
        found[identifier] = found.get(identifier, False) or exact
    words = wanted.split()
    for identifier, value in connection.execute(
        "SELECT g.representative_id, f.value FROM field_decision AS f JOIN actor_group AS g ON g.actor_id = f.subject "
        "WHERE f.field = 'name'"
    ):
        given = folded(json.loads(value))
        if all(word in given.split() for word in words):
            found[identifier] = found.get(identifier, False) or given == wanted
    return [identifier for identifier, exact in found.items() if exact] or list(found)


def actors_meant(connection: sqlite3.Connection, wanted: str) -> list[str]:
    """The representatives that an id, the beginning of one, or a name means; empty if it means nobody."""
    row = connection.execute(
        "SELECT representative_id FROM actor_group WHERE actor_id = ?", (storable(wanted),)
    ).fetchone()
    if row is not None:
        return [str(row[0])]
    if _LIKE_AN_ID.fullmatch(wanted):
        rows = connection.execute(
            "SELECT DISTINCT representative_id FROM actor_group WHERE actor_id >= ?1 AND actor_id < ?1 || 'g' LIMIT 2",
            (wanted,),
        ).fetchall()
        if len(rows) == 1:
            return [str(rows[0][0])]
    return actors_named(connection, wanted)


def open_sources(connection: sqlite3.Connection) -> list[OpenSource]:
    """The sources that are not resolved, by reason and by how the text names them, the most frequent first."""
    rows = connection.execute(
        "SELECT a.reason, a.source_kind, count(*) FROM current_observation AS o "
        "JOIN decided_attribution AS a ON a.reading_id = o.reading_id AND a.statement_id = o.statement_id "
        "WHERE a.actor_id IS NULL AND o.verdict IS NOT 'rejected' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
    )
    return [OpenSource(reason=reason, source_kind=kind, n_statements=count) for reason, kind, count in rows]
