"""How are entries laid down in the file that :class:`onrecord.resolve.table.table.ActorTable` reads?

One SQLite file: ``actor`` holds what there is to show, ``name`` finds it by a folded name, ``surname`` by the sounds
of a person's surname, ``role`` by an office in a country or body. ``layer`` names the list and the licence of every
name and role.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from onrecord.record.actor import ACTOR_KINDS
from onrecord.resolve.table.entries import Entry
from onrecord.resolve.table.listed import HOWS
from onrecord.resolve.table.names import surnames_of
from onrecord.resolve.table.sounds import LATIN_READINGS, fold, sounds

SCHEMA = """
CREATE TABLE layer (row INTEGER PRIMARY KEY, name TEXT NOT NULL, licence TEXT NOT NULL);
CREATE TABLE actor (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, kind INTEGER NOT NULL, label TEXT NOT NULL, country TEXT,
    wikidata TEXT, type TEXT, salience INTEGER NOT NULL, -- in hundredths
    needs_review INTEGER NOT NULL
);
CREATE TABLE name (
    fold TEXT NOT NULL, actor INTEGER NOT NULL, how INTEGER NOT NULL, text TEXT NOT NULL, -- empty: the actor's label
    layer INTEGER NOT NULL, PRIMARY KEY (fold, actor, how, text)
) WITHOUT ROWID;
CREATE TABLE surname (key TEXT NOT NULL, actor INTEGER NOT NULL, PRIMARY KEY (key, actor)) WITHOUT ROWID;
CREATE TABLE title (row INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE role (
    actor INTEGER NOT NULL, number INTEGER NOT NULL, title INTEGER NOT NULL, office TEXT, chief TEXT, country TEXT,
    start TEXT, end TEXT, first_seen TEXT, last_seen TEXT, layer INTEGER NOT NULL, PRIMARY KEY (actor, number)
) WITHOUT ROWID;
"""
_STAGES = """
CREATE TEMP TABLE name_row (fold, actor, how, text, layer);
CREATE TEMP TABLE surname_row (key, actor);
"""
_SORTED = """
INSERT OR IGNORE INTO name SELECT * FROM name_row ORDER BY 1, 2, 3, 4, 5;
INSERT OR IGNORE INTO surname SELECT * FROM surname_row ORDER BY 1, 2;
DROP TABLE name_row;
DROP TABLE surname_row;
"""
INDEXES = """
CREATE INDEX actor_id ON actor (id);
CREATE INDEX name_actor ON name (actor);
CREATE INDEX role_office ON role (country, office) WHERE office IS NOT NULL;
CREATE INDEX role_chief ON role (country, chief) WHERE chief IS NOT NULL;
"""
_COLUMNS = {"actor": 9, "name_row": 5, "surname_row": 2, "role": 11}
_BATCH = 10_000
SURNAME_FIRST = frozenset({"CN", "KP", "KR", "TW", "HK", "VN", "HU", "MO", "SG"})
"""Countries whose names begin with the surname, at least when they are told at home."""
_READING_OF = {
    **dict.fromkeys(("DE", "AT", "CH"), "de"),
    **dict.fromkeys(("CZ", "SK", "SI", "HR", "RS", "BA", "ME"), "cs"),
    **dict.fromkeys(("ES", "MX", "AR", "CO", "CL", "PE", "VE"), "es"),
    "PL": "pl", "FR": "fr", "HU": "hu", "IT": "it", "TR": "tr",
}  # fmt: skip


def write_entries(connection: sqlite3.Connection, entries: Iterable[Entry], layers: Mapping[str, str]) -> int:
    """Write `entries` into an empty database; how many were there?

    Args:
        connection: Where to write.
        entries: What to write; rows are numbered in this order.
        layers: The licence of each layer.
    """
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA + _STAGES)
    number_of = {name: row for row, name in enumerate(sorted(layers), 1)}
    connection.executemany("INSERT INTO layer VALUES (?,?,?)", [(row, n, layers[n]) for n, row in number_of.items()])
    writer = _Writer(connection, number_of)
    for entry in entries:
        writer.add(entry)
    writer.close()
    connection.executescript(INDEXES)
    connection.commit()
    return writer.row


class _Writer:
    """Gathers rows and writes them many at a time."""

    def __init__(self, connection: sqlite3.Connection, layers: Mapping[str, int]) -> None:
        self._connection = connection
        self._layers = layers
        self._titles: dict[str, int] = {}
        self._rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _COLUMNS}
        self._heard: dict[tuple[str, str], frozenset[str]] = {}
        self.row = 0

    def add(self, entry: Entry) -> None:
        """Take one entry."""
        self.row += 1
        row, rows = self.row, self._rows
        what = (entry.id, ACTOR_KINDS.index(entry.kind), entry.label)
        where = (entry.country or None, entry.wikidata or None, entry.type or None)
        rows["actor"].append((row, *what, *where, round(100 * entry.salience), int(entry.needs_review)))
        for name in entry.names:
            if key := fold(name.text):
                text = "" if name.text == entry.label else name.text
                rows["name_row"].append((key, row, HOWS.index(name.how), text, self._layers[name.layer]))
        if entry.kind == "person":
            rows["surname_row"] += [(key, row) for key in self._surname_keys(entry)]
        for number, role in enumerate(sorted(entry.roles) if len(entry.roles) > 1 else entry.roles):
            title = self._titles.setdefault(role.title, len(self._titles) + 1)
            dates = (role.start or None, role.end or None, role.first_seen or None, role.last_seen or None)
            where = (role.office or None, role.chief or None, role.jurisdiction or None)
            rows["role"].append((row, number, title, *where, *dates, self._layers[role.layer]))
        if row % _BATCH == 0:
            self._flush()

    def close(self) -> None:
        """Write what is left, and put the names in the order in which they are looked up."""
        self._flush()
        titles = ((row, text) for text, row in self._titles.items())
        self._connection.executemany("INSERT INTO title VALUES (?,?)", titles)
        # To sort first is many times faster than to insert each name at its place.
        self._connection.executescript(_SORTED)

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            self._connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * _COLUMNS[table])})", rows)
            rows.clear()

    def _surname_keys(self, entry: Entry) -> Iterator[str]:
        """Under which sounds can the surname of a person be looked up?"""
        home = _READING_OF.get(entry.country, "en")
        done = set()
        for name in entry.names:
            if " " not in name.text:
                continue
            for surname in surnames_of(name.text, surname_first=entry.country in SURNAME_FIRST):
                for reading in ("en", home, name.language):
                    if (surname, reading) not in done and reading in LATIN_READINGS:
                        done.add((surname, reading))
                        known = self._heard.get((surname, reading))
                        if known is None:
                            known = self._heard[surname, reading] = sounds(surname.replace(" ", ""), reading)
                        yield from known
