"""How do actors lie in the ledger, and who are they once people were heard?"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import cast

from onrecord.record.actor import Actor, ActorKind, ExternalId, Role
from onrecord.record.ids import content_id
from onrecord.store.groups import members, representative
from onrecord.store.nouns import ActorEntry, OpenSource
from onrecord.store.values import Row, Value, exact_values, sql_values, storable
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
        names=tuple(json.loads(cast(str, values["names"]))),
        external_ids=tuple(
            ExternalId(scheme=entry["scheme"], value=entry["value"])
            for entry in json.loads(cast(str, values["external_ids"]))
        ),
        roles=tuple(
            Role(title=role["title"], start=role["start"], end=role["end"])
            for role in json.loads(cast(str, values["roles"]))
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
    found: dict[str, Actor] = {}
    rows = connection.execute(
        f"SELECT g.representative_id, {', '.join(f'a.{name}' for name in COLUMNS)} "
        "FROM reading_actor AS r JOIN actor AS a ON a.n = r.actor_n JOIN actor_group AS g ON g.actor_id = a.id "
        "WHERE r.reading_id = ? ORDER BY r.ordinal",
        (reading_id,),
    ).fetchall()
    for chosen, *row in rows:
        if chosen not in found and (listed or chosen in named):
            found[chosen] = current_actor(connection, chosen, actor_of(row))
    for chosen in named:
        if chosen not in found:
            found[chosen] = current_actor(connection, chosen)
    return tuple(found.values())


def current_actor(connection: sqlite3.Connection, chosen: str, form: Actor | None = None) -> Actor:
    """Who is it, once those who are one are taken together and people's names for them are heard?

    Args:
        connection: The ledger.
        chosen: The id of a representative.
        form: What to say of it if nobody joined it to others; None for all that was ever said.
    """
    joined = members(connection, chosen)
    forms = [form] if form is not None and joined == (form.id,) else _forms(connection, chosen, joined)
    renamed = connection.execute(
        "SELECT value FROM field_decision WHERE subject = ? AND field = 'name'", (chosen,)
    ).fetchone()
    last = forms[0]
    name = last.name if renamed is None else cast(str, json.loads(renamed[0]))
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


def _forms(connection: sqlite3.Connection, chosen: str, joined: Sequence[str]) -> list[Actor]:
    """What was said of these actors, the last word about the representative first."""
    forms: list[Actor] = []
    for member in sorted(joined, key=lambda each: (each != chosen, each)):
        rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM actor WHERE id = ? ORDER BY n DESC", (member,))
        forms += [actor_of(row) for row in rows]
    return forms


def actor_entry(connection: sqlite3.Connection, identifier: str) -> ActorEntry:
    """The entry of the actor that stands for this one, and for others if they are one."""
    chosen = representative(connection, identifier)
    (count,) = connection.execute("SELECT n_statements FROM current_actor WHERE actor_id = ?", (chosen,)).fetchone()
    return _entry(connection, chosen, count)


def actor_entries(connection: sqlite3.Connection, name: str | None) -> Iterator[ActorEntry]:
    """The actors of whom most is on record first; all, or those whom `name` may mean."""
    if name is None:
        rows = connection.execute(
            "SELECT actor_id, n_statements FROM current_actor ORDER BY n_statements DESC, name, actor_id"
        ).fetchall()
        for identifier, count in rows:
            yield _entry(connection, identifier, count)
        return
    found = [actor_entry(connection, identifier) for identifier in actors_named(connection, name)]
    yield from sorted(found, key=lambda each: (-each.n_statements, each.actor.name, each.actor.id))


def _entry(connection: sqlite3.Connection, identifier: str, count: int) -> ActorEntry:
    return ActorEntry(
        actor=current_actor(connection, identifier), joined=members(connection, identifier), n_statements=count
    )


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
