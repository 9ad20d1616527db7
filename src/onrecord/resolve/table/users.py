"""Whom does the user's own list know, and which of its rows cannot be used?

A list of actors is a CSV file with a header; commas, semicolons or tabs stand between the cells. ``id`` and ``name``
must be there, the other columns may be:

=============  =========================================================================================
id             any text that stays the same; an id of onrecord's table replaces that entry
name           the name to show
kind           person (the default), organisation, state, outlet, group
aliases        other names, with ``|`` between them; an outlet's addresses too
role           offices held, with ``|`` between them
jurisdiction   for each role a country (two letters or name) or body
start, end     for each role the first and last day, ISO 8601 cut to what is known
country        two-letter code of the actor's country
wikidata       Wikidata id
same_as        id of another row, or of the table: the two are one actor, shown as the other row says
=============  =========================================================================================

Rows that cannot be used are reported and the others kept. The list is compiled into a temporary database, so that a
million rows need no more memory than a few; a long one is kept compiled for the next run (see ``cached``).
"""

from __future__ import annotations

import csv
import hashlib
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from onrecord.errors import InputError
from onrecord.record.actor import ACTOR_KINDS
from onrecord.resolve.table import cached
from onrecord.resolve.table.compile import write_entries
from onrecord.resolve.table.entries import Entry, EntryName, EntryRole
from onrecord.resolve.table.listed import How
from onrecord.resolve.table.offices import office
from onrecord.resolve.table.table import ActorTable
from onrecord.resolve.table.terms import first_day, last_day

REQUIRED = ("id", "name")
COLUMNS = (*REQUIRED, "kind", "aliases", "role", "jurisdiction", "start", "end", "country", "wikidata", "same_as")
LAYER = "user"
_SALIENCE = 10.0
_ADDRESS = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")
_COUNTRY = re.compile(r"^[A-Z]{2}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class UserActors:
    """A user's list, ready to be asked.

    Attributes:
        table: The actors of the list alone.
        replaced: Ids of the shipped table that the list speaks for.
        problems: What was wrong, in the order of the lines: OR-114 to OR-117.
        rows: How many rows there were.
        kept: How many actors they made.
        sha256: Which file it was.
    """

    table: ActorTable
    replaced: frozenset[str]
    problems: tuple[InputError, ...]
    rows: int
    kept: int
    sha256: str

    def over(self, shipped: ActorTable) -> ActorTable:
        """The shipped table with this list before it."""
        return shipped.under(self.table, self.replaced)


def read_user_actors(path: Path, shipped: ActorTable | None = None) -> UserActors:
    """Read the list at `path`.

    Args:
        path: A CSV file, UTF-8.
        shipped: The table whose entries the list may name or replace.

    Raises:
        InputError: OR-101 the file cannot be read, OR-104 it is not UTF-8, OR-113 a column is missing.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        kept_at = None
        if path.stat().st_size >= cached.LARGE:
            kept_at = cached.place(path, digest, shipped.sha256 if shipped is not None else "")
            known = cached.load(kept_at)
            if known is not None:
                table, counts, replaced, problems = known
                return UserActors(
                    table=ActorTable(table), replaced=replaced, problems=problems, sha256=digest,
                    rows=counts["rows"], kept=counts["kept"],
                )  # fmt: skip
        reader = _Reader(path, shipped)
        connection = sqlite3.connect("", check_same_thread=False)
        kept = write_entries(connection, reader.entries(), {LAYER: "the user's own"})
    except OSError as error:
        raise InputError("OR-101", f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError("OR-104", f"{path} is not UTF-8: {error.reason}") from error
    replaced = frozenset(reader.replaced)
    problems = tuple(error for _, error in sorted(reader.problems, key=lambda pair: pair[0]))
    if kept_at is not None:
        counts = {"rows": reader.rows, "kept": kept}
        cached.keep(kept_at, connection, counts=counts, replaced=replaced, problems=problems)
    return UserActors(
        table=ActorTable(connection), replaced=replaced, problems=problems, rows=reader.rows, kept=kept, sha256=digest
    )


class _Row(NamedTuple):
    """How many cells a row has, and those of :data:`COLUMNS`."""

    cells: int
    id: str
    name: str
    kind: str
    aliases: str
    role: str
    jurisdiction: str
    start: str
    end: str
    country: str
    wikidata: str
    same_as: str


@dataclass(slots=True, kw_only=True)
class _Merge:
    """Rows that say of themselves that they are another, and the rows that they point to."""

    target: dict[str, tuple[str, int]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)


class _Reader:
    """Reads the rows of one list, once to learn the ids, once to make entries."""

    def __init__(self, path: Path, shipped: ActorTable | None) -> None:
        self._path = path
        self._shipped = shipped
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header = lines.readline()
        self._delimiter = max(",;\t", key=header.count)
        names = next(csv.reader([header.rstrip("\r\n")], delimiter=self._delimiter), [])
        self._column = {name.strip().casefold(): at for at, name in enumerate(names)}
        missing = [name for name in REQUIRED if name not in self._column]
        if missing:
            raise InputError("OR-113", f"{path}: no column {', '.join(missing)}; there are {', '.join(names)}")
        self._width = len(names)
        self._shipped_ids = shipped.ids() if shipped is not None else frozenset()
        self._ids: dict[str, int] = {}
        self._merge = _Merge()
        self.replaced: set[str] = set()
        self.problems: list[tuple[int, InputError]] = []
        self.rows = 0

    def entries(self) -> Iterator[Entry]:
        """Every actor of the list, each once."""
        self._find_merges()
        joined = set(self._merge.target) | {root for root, _ in self._merge.target.values()}
        for line, row in self._lines():
            self.rows += 1
            entry = self._entry(line, row)
            if entry is None:
                continue
            if entry.id in joined:
                self._merge.entries[entry.id] = entry
            else:
                yield self._over_shipped(entry, entry.wikidata)
        yield from self._merged()

    def _lines(self) -> Iterator[tuple[int, _Row]]:
        """Every row that is not empty, with the line on which it begins."""
        order = [self._column.get(name, self._width) for name in COLUMNS]
        empty = [""] * (self._width + 1)
        with self._path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, delimiter=self._delimiter)
            next(reader)
            before = reader.line_num
            for cells in reader:
                line, before = before + 1, reader.line_num
                if any(cells):
                    padded = cells + empty[len(cells) :] if len(cells) <= self._width else [*cells[: self._width], ""]
                    yield line, _Row(len(cells), *[padded[at].strip() for at in order])

    def _report(self, code: str, line: int, message: str) -> None:
        self.problems.append((line, InputError(code, f"{self._path}, line {line}: {message}")))

    def _find_merges(self) -> None:
        """Follow every same_as to its end; who goes round in a circle stays alone."""
        if "same_as" not in self._column:
            return
        target: dict[str, tuple[str, int]] = {}
        ids: set[str] = set()
        for line, row in self._lines():
            if row.id and row.id not in ids:
                ids.add(row.id)
                if row.same_as:
                    target[row.id] = (row.same_as, line)
        for own, (_, line) in target.items():
            seen, at = [own], own
            while at in target and target[at][0] not in seen:
                at = target[at][0]
                seen.append(at)
            if at in target:
                circle = seen[seen.index(target[at][0]) :]
                if own in circle:
                    self._report("OR-115", line, f"same_as goes in a circle: {' -> '.join([*circle, circle[0]])}")
            elif at in ids or at in self._shipped_ids:
                self._merge.target[own] = (at, line)
            else:
                self._report("OR-117", line, f"same_as names {at!r}, which neither this list nor the table has")

    def _entry(self, line: int, row: _Row) -> Entry | None:
        """The actor of one row; None if the row cannot be used."""
        kind = row.kind.casefold() or "person"
        if row.cells > self._width:
            self._report("OR-117", line, f"{row.cells} cells under {self._width} columns; quote a cell with a comma")
        elif not row.id or not row.name:
            self._report("OR-117", line, f"no {'id' if not row.id else 'name'}")
        elif row.id in self._ids:
            self._report("OR-114", line, f"id {row.id!r} again; line {self._ids[row.id]} has it and was kept")
        elif kind not in ACTOR_KINDS:
            self._report("OR-117", line, f"kind must be one of {', '.join(ACTOR_KINDS)}; not {kind!r}")
        else:
            self._ids[row.id] = line
            texts = [row.name, *filter(None, map(str.strip, row.aliases.split("|")))] if row.aliases else [row.name]
            return Entry(
                id=row.id,
                kind=ACTOR_KINDS[ACTOR_KINDS.index(kind)],
                label=row.name,
                country=row.country.upper(),
                wikidata=row.wikidata,
                salience=_SALIENCE,
                names={EntryName(text=text, how=_how(text), layer=LAYER) for text in texts},
                roles=set(self._roles(line, row)) if row.role else set(),
            )
        return None

    def _roles(self, line: int, row: _Row) -> Iterator[EntryRole]:
        columns = [[cell.strip() for cell in text.split("|")] for text in (row.jurisdiction, row.start, row.end)]
        for at, title in enumerate(row.role.split("|")):
            where, start, end = [column[at] if at < len(column) else "" for column in columns]
            if (start or end) and (wrong := _wrong_dates(start, end)):
                self._report("OR-116", line, f"role {title.strip()!r}: {wrong}; the role was left out")
            elif title.strip():
                yield EntryRole(
                    title=title.strip(),
                    office=office(title) or "",
                    jurisdiction=self._code(where or row.country),
                    start=start,
                    end=end,
                    layer=LAYER,
                )

    def _code(self, where: str) -> str:
        """The code of a country, or the id of a body, that a cell names."""
        if not where or _COUNTRY.match(where) or self._shipped is None:
            return where
        found = self._shipped.jurisdictions(where)
        return found[0] if found else where

    def _merged(self) -> Iterator[Entry]:
        """The actors that several rows, or a row and the table, tell of."""
        rows = self._merge.entries
        roots: dict[str, list[Entry]] = {}
        for own, (root, _) in self._merge.target.items():
            if own in rows:
                roots.setdefault(root, []).append(rows[own])
        for own, entry in rows.items():
            if own not in self._merge.target:
                roots.setdefault(own, [])
                yield self._over_shipped(_joined(entry, roots.pop(own)), entry.wikidata)
        for root, members in roots.items():
            yield self._over_shipped(_joined(replace(members[0], id=root), members[1:]), root)

    def _over_shipped(self, entry: Entry, other_id: str) -> Entry:
        """The entry with the names and roles that the shipped table has for it, under the shipped id if it has one."""
        for table_id in dict.fromkeys((entry.id, other_id)):
            if table_id not in self._shipped_ids or self._shipped is None:
                continue
            if (found := self._shipped.by_id(table_id)) is not None:
                self.replaced.add(found.id)
                held = {role.office for role in entry.roles}
                names = {EntryName(text=text, how=_how(text), layer=LAYER) for text in found.names}
                roles = {
                    EntryRole(
                        title=role.title,
                        office=role.office or "",
                        chief=role.chief or "",
                        jurisdiction=role.jurisdiction or "",
                        start=role.start or "",
                        end=role.end or "",
                        first_seen=role.first_seen or "",
                        last_seen=role.last_seen or "",
                        layer=LAYER,
                    )
                    for role in found.roles
                    if role.office is None or role.office not in held
                }
                country = entry.country or found.country or ""
                wikidata = entry.wikidata or next((one.value for one in found.external_ids), "")
                entry = replace(entry, id=found.id, country=country, wikidata=wikidata)
                entry = replace(entry, names=entry.names | names, roles=entry.roles | roles)
        return entry


def _joined(entry: Entry, others: list[Entry]) -> Entry:
    """One actor of several rows, shown as the first says."""
    names = set().union(entry.names, *(one.names for one in others))
    roles = set().union(entry.roles, *(one.roles for one in others))
    wikidata = next((one.wikidata for one in (entry, *others) if one.wikidata), "")
    return replace(entry, names=names, roles=roles, wikidata=wikidata)


def _how(text: str) -> How:
    return "domain" if "." in text and _ADDRESS.match(text) and text.islower() else "name"


@lru_cache(maxsize=4096)
def _wrong_dates(start: str, end: str) -> str | None:
    """What is wrong with the dates of a role, if anything?"""
    for date in filter(None, (start, end)):
        if first_day(date) is None:
            return f"{date!r} is no date (write 2024, 2024-05 or 2024-05-31)"
    first, last = first_day(start), last_day(end)
    return f"it ends ({end}) before it begins ({start})" if first and last and last < first else None
