"""Who is it that a name, a role or a place may mean?

The table is one SQLite file inside the package, opened read-only; nothing is loaded before it is asked for. Every
answer is a tuple of candidates, the likeliest first, each with the reason why it is there: choosing is up to the
resolver, which knows the article.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path

from onrecord.errors import ModelError
from onrecord.record.actor import ACTOR_KINDS, ExternalId
from onrecord.record.ids import sha256_hex
from onrecord.resolve.table.compile import SURNAME_FIRST
from onrecord.resolve.table.listed import HOWS, DatedRole, How, Listed, Match
from onrecord.resolve.table.names import DIFFERENT, NameMatch, person_name, same_person, same_word
from onrecord.resolve.table.offices import SOLE, office, splits
from onrecord.resolve.table.sounds import fold, sounds
from onrecord.resolve.table.terms import Term, in_office

SHIPPED = Path(__file__).parents[1] / "data" / "actors.sqlite"
"""The table that comes with onrecord."""

LIMIT = 24
"""How many candidates an answer holds at most: 'Al Thani' alone has more."""

_FALL_BACK = {
    "president": (("office", "president"), ("chief", "state")),
    "prime minister": (("office", "prime minister"), ("chief", "government")),
    "chancellor": (("office", "chancellor"), ("chief", "government")),
    "head of state": (("chief", "state"), ("office", "president"), ("office", "king"), ("office", "queen")),
    "head of government": (("chief", "government"), ("office", "prime minister"), ("office", "chancellor")),
    "leader": (("chief", "government"), ("chief", "state")),
    "head": tuple(
        ("office", name)
        for name in ("director", "secretary general", "director general", "managing director", "president")
    ),
    "minister of foreign affairs": (("office", "minister of foreign affairs"), ("office", "secretary of state")),
}
"""By which columns an office is looked up, one after the other until somebody is found."""

_HOME = {"pope": "VA"}
"""Offices that name no country because there is only one."""

_LONGEST_ABBREVIATION = 4
"""Up to this length a word in capitals is no surname: "MAP" is not Mr Mapp."""

_PLACES: tuple[How, ...] = ("name", "demonym", "metonym", "capital")
"""What a place is likeliest to mean first: "Brussels" is the European Union before it is Belgium."""

_ASKED = 4096
"""Names whose answers are remembered: an article asks for the same ones again and again, and so do its neighbours."""
_SURE = 0.8
"""From which strength on the user's answer stands alone."""

_ROLE = "t.text, r.office, r.chief, r.country, r.start, r.end, r.first_seen, r.last_seen"


class ActorTable:
    """The people, organisations, states and outlets that onrecord knows by name.

    >>> table = ActorTable.open()
    >>> [found.label for found in table.holder("president", "France", date(2016, 3, 10))]
    ['François Hollande']
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None) -> None:
        self._connection = connection
        self._path = path
        self._over: ActorTable | None = None
        self._replaced: frozenset[str] = frozenset()
        self._asked: dict[str, tuple[Listed, ...]] = {}

    @classmethod
    def open(cls, path: Path | None = None) -> ActorTable:
        """Open the table at `path`, the shipped one if None.

        Raises:
            ModelError: OR-301 there is no such file, OR-302 it is not a table of actors.
        """
        path = path if path is not None else SHIPPED
        if not path.is_file():
            raise ModelError("OR-301", f"no table of actors at {path}")
        try:
            where = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(where, uri=True, check_same_thread=False)
            connection.execute("SELECT row FROM actor LIMIT 1")
        except sqlite3.Error as error:
            raise ModelError("OR-302", f"{path} is not a table of actors: {error}") from error
        return cls(connection, path)

    def under(self, over: ActorTable, replaced: frozenset[str]) -> ActorTable:
        """This table with another one that comes first.

        Args:
            over: The table that comes first, the user's (see :func:`onrecord.resolve.table.users.read_user_actors`).
            replaced: Ids of this table that it speaks for.
        """
        table = ActorTable(self._connection, self._path)
        table._over, table._replaced = over, replaced
        return table

    @cached_property
    def sha256(self) -> str:
        """sha256 of the file, to record which table a run used; empty for a table in memory."""
        return sha256_hex(self._path.read_bytes()) if self._path is not None else ""

    def find(self, name: str) -> tuple[Listed, ...]:
        """Whom or what may `name` mean?

        Case, accents and alphabet do not count; titles before a person's name are left out. Exact names come first;
        without one, the same full name in another spelling; a surname alone gives everybody who bears it, with
        ``match.partial``. Ties are broken by salience.
        """
        if name not in self._asked:
            if len(self._asked) >= _ASKED:
                self._asked.clear()
            self._asked[name] = self._find(name)
        return self._asked[name]

    def _find(self, name: str) -> tuple[Listed, ...]:
        whole = fold(name)
        if not whole:
            return ()
        found = self._exact(name, whole)
        person = person_name(name)
        if not found and person.titles and person.given:
            found = self._exact(person.text, fold(person.text))
        if not found and person.surname and not _abbreviation(name):
            found = self._by_surname(person.text, partial=person.partial)
        return self._with_over(_ranked(self._listed(found)), self._over.find(name) if self._over else ())

    def holder(self, role: str, jurisdiction: str | None, on: date | None) -> tuple[Listed, ...]:
        """Who held `role` in `jurisdiction` on the day `on`?

        Args:
            role: An office in any wording ("foreign secretary"), or with its country or body ("French president").
            jurisdiction: A country or body by name, demonym or id; None if the role says it, or for "the Pope".
            on: The day; None takes everybody who ever held it.

        Returns:
            Holders, the surest first; ``match.strength`` says how sure the dates are (see :func:`terms.in_office`), and
            ``match.role`` which term it is. Empty if the office, the place or the holder is unknown.
        """
        title = office(role)
        if title is not None and jurisdiction is not None:
            return self._holder(title, jurisdiction, on)
        if title in _HOME:
            return self._holder(title, _HOME[title], on)
        for what, whose in splits(role):
            for named in filter(None, (office(what), title)):
                if found := self._holder(named, jurisdiction or whose, on):
                    return found
        return ()

    def place(self, name: str) -> tuple[Listed, ...]:
        """What may `name` stand for: a state by its name, people, or capital, or whom a metonym ("the Kremlin") means?

        States come before their parts (Georgia, the state of the US); ``match.how`` says by what each was found.
        """
        rows = self._named(name, "a.kind = ? OR n.how = ?", ACTOR_KINDS.index("state"), HOWS.index("metonym"))
        rows = [row for row in rows if row[2] in _PLACES]
        rows.sort(key=lambda row: (_PLACES.index(row[2]), row[0]))
        found = _once((actor, Match(text=text, how=how, strength=1.0)) for actor, text, how in rows)
        listed = sorted(self._listed(found), key=lambda one: one.kind == "state" and bool(one.type))
        return self._with_over(tuple(listed), self._over.place(name) if self._over else ())

    def outlet(self, name: str) -> tuple[Listed, ...]:
        """Which outlet goes by this name or has this address?"""
        address = name.strip().lower().partition("://")[2] or name.strip().lower()
        host = address.partition("/")[0].removeprefix("www.")
        asked = [name]
        if "." in host and " " not in host:
            parts = host.split(".")
            asked += [".".join(parts[at:]) for at in range(len(parts) - 1)]
        found: tuple[Listed, ...] = ()
        for one in asked:
            rows = self._named(one, "a.kind = ?", ACTOR_KINDS.index("outlet"))
            if rows:
                matches = ((actor, Match(text=text, how=how, strength=1.0)) for actor, text, how in rows)
                found = _ranked(self._listed(_once(matches)))
                break
        return self._with_over(found, self._over.outlet(name) if self._over else ())

    def by_id(self, table_id: str) -> Listed | None:
        """The entry with this table id, if there is one."""
        if self._over is not None and (over := self._over.by_id(table_id)) is not None:
            return over
        row = self._connection.execute("SELECT row, label FROM actor WHERE id = ?", (table_id,)).fetchone()
        if row is None:
            return None
        return self._listed([(row[0], Match(text=row[1], how="name", strength=1.0))])[0]

    def ids(self) -> frozenset[str]:
        """The table ids of all entries."""
        return frozenset(table_id for (table_id,) in self._connection.execute("SELECT id FROM actor"))

    def jurisdictions(self, name: str) -> tuple[str, ...]:
        """Under which codes and ids are the offices of this country or body kept, the likeliest first?"""
        places = self.place(name)
        states = [one.country for one in places if one.country and one.kind == "state" and not one.type]
        bodies = [one.id for one in self.find(name) if not one.match.partial and one.kind != "person"]
        return tuple(dict.fromkeys([*states, *bodies, *(one.id for one in places)]))

    def _with_over(self, own: tuple[Listed, ...], over: tuple[Listed, ...]) -> tuple[Listed, ...]:
        """Both answers as one: what the table that comes first is sure of stands alone."""
        if any(not one.match.partial and one.match.strength >= _SURE for one in over):
            return over
        spoken_for = self._replaced | {one.id for one in over}
        both = [*over, *(one for one in own if one.id not in spoken_for)]
        return tuple(sorted(both, key=lambda one: one.match.partial)) if over else tuple(both)

    def _holder(self, title: str, jurisdiction: str, on: date | None) -> tuple[Listed, ...]:
        codes = dict.fromkeys([jurisdiction, *self.jurisdictions(jurisdiction)])
        over = self._over._held(title, codes, on) if self._over else ()
        return self._with_over(self._held(title, codes, on), over)

    def _held(self, title: str, codes: Iterable[str], on: date | None) -> tuple[Listed, ...]:
        """The holders by the first code and column that are sure of one, or else by the first that know any."""
        doubtful: list[tuple[int, Match]] = []
        for code in codes:
            for column, value in _FALL_BACK.get(title, (("office", title),)):
                terms = self._terms(column, value, code)
                sole = value in SOLE or column == "chief"
                covering = [(term, 0.5) for term in terms] if on is None else in_office(terms, on, sole=sole)
                found = [
                    (term.holder, Match(text=term.role.title, how="role", strength=strength, role=term.role))
                    for term, strength in covering
                ]
                if any(match.strength >= _SURE for _, match in found):
                    return tuple(self._listed(_once(found)))
                doubtful = doubtful or found
        return tuple(self._listed(_once(doubtful)))

    def _named(self, name: str, where: str, *values: object) -> list[tuple[int, str, How]]:
        """The entries with this name: row, the name as listed, and what sort of name it is."""
        key = fold(name)
        rows = self._connection.execute(
            "SELECT n.actor, CASE n.text WHEN '' THEN a.label ELSE n.text END, n.how"
            " FROM name n JOIN actor a ON a.row = n.actor"
            f" WHERE n.fold IN (?, ?) AND ({where})",
            (key, key.removeprefix("the "), *values),
        )
        return [(actor, text, HOWS[how]) for actor, text, how in rows if _same_case(name, text)]

    def _exact(self, name: str, key: str) -> list[tuple[int, Match]]:
        rows = self._named(name, "n.how != ?", HOWS.index("demonym")) if key else []
        rows.sort(key=lambda row: (HOWS.index(row[2]), row[0]))
        return _once((actor, Match(text=text, how=how, strength=1.0)) for actor, text, how in rows)

    def _by_surname(self, name: str, *, partial: bool) -> list[tuple[int, Match]]:
        person = person_name(name)
        keys = sounds("".join(person.surname)) | sounds(person.surname[-1])
        if not partial:
            keys |= sounds(person.given[0])
        rows = self._connection.execute(
            "SELECT DISTINCT s.actor, a.label, a.country FROM surname s JOIN actor a ON a.row = s.actor"
            f" WHERE s.key IN ({','.join('?' * len(keys))})",
            sorted(keys),
        )
        found: list[tuple[int, Match]] = []
        for actor, label, country in rows.fetchall():
            match, text = same_person(name, label), label
            if partial and country in SURNAME_FIRST:
                match = max(match, _as_first_word(name, label), key=lambda one: one.strength)
            if match.strength < 0.5:
                for other in self._names(actor):
                    again = same_person(name, other)
                    if again.strength > match.strength:
                        match, text = again, other
            if match.strength and (partial or match.fit != "partial"):
                how: How = "surname" if partial else "spelling"
                found.append((actor, Match(text=text, how=how, strength=match.strength, partial=partial)))
        return found

    def _names(self, row: int) -> list[str]:
        rows = self._connection.execute("SELECT text FROM name WHERE actor = ? AND text != '' ORDER BY text", (row,))
        return [text for (text,) in rows]

    def _terms(self, column: str, value: str, code: str) -> list[Term]:
        rows = self._connection.execute(
            f"SELECT r.actor, {_ROLE} FROM role r JOIN title t ON t.row = r.title"
            f" WHERE r.country = ? AND r.{column} IN (?, ?)",
            (code, value, "both"),
        )
        return [Term(holder=row[0], role=_role(row[1:])) for row in rows]

    def _listed(self, found: Iterable[tuple[int, Match]]) -> list[Listed]:
        return [self._entry(row, match) for row, match in found]

    def _entry(self, row: int, match: Match) -> Listed:
        one = self._connection.execute(
            "SELECT id, kind, label, country, wikidata, type, salience, needs_review FROM actor WHERE row = ?", (row,)
        ).fetchone()
        roles = self._connection.execute(
            f"SELECT {_ROLE} FROM role r JOIN title t ON t.row = r.title WHERE r.actor = ? ORDER BY r.number", (row,)
        )
        return Listed(
            id=one[0],
            kind=ACTOR_KINDS[one[1]],
            label=one[2],
            country=one[3],
            type=one[5] or "",
            names=tuple(dict.fromkeys([one[2], *self._names(row)])),
            roles=tuple(_role(role) for role in roles),
            external_ids=(ExternalId(scheme="wikidata", value=one[4]),) if one[4] else (),
            salience=one[6] / 100,
            needs_review=bool(one[7]),
            match=match,
        )


def _role(row: tuple[str | None, ...]) -> DatedRole:
    title, named, chief, country, start, end, first_seen, last_seen = row
    return DatedRole(
        title=title or "",
        office=named,
        chief=chief,
        jurisdiction=country,
        start=start,
        end=end,
        first_seen=first_seen,
        last_seen=last_seen,
    )


def _as_first_word(surname: str, name: str) -> NameMatch:
    """Is `surname` the first word of a name that begins with the surname: Xi, Xi Jinping?"""
    fit = same_word(surname, name.split(maxsplit=1)[0])
    return NameMatch(fit="partial", strength=0.5 * fit) if fit else DIFFERENT


def _once(found: Iterable[tuple[int, Match]]) -> list[tuple[int, Match]]:
    """Each entry with the first reason for it."""
    best: dict[int, Match] = {}
    for actor, match in found:
        best.setdefault(actor, match)
    return list(best.items())


def _ranked(found: Iterable[Listed]) -> tuple[Listed, ...]:
    return tuple(sorted(found, key=_rank)[:LIMIT])


def _rank(one: Listed) -> tuple[float, bool, float, str]:
    """Of bodies the one that is called so comes before those that are also called so."""
    aside = one.kind != "person" and fold(one.match.text) != fold(one.label)
    return -one.match.strength, aside, -one.salience, one.id


def _abbreviation(name: str) -> bool:
    return len(name) <= _LONGEST_ABBREVIATION and name.isalpha() and name.isupper()


def _same_case(asked: str, listed: str) -> bool:
    """Is an abbreviation asked for in capitals? "us" is no state, "Who" no organisation; "Nato" passes."""
    letters = [letter for letter in listed if letter.isalpha()]
    if len(letters) > 4 or not all(letter.isupper() for letter in letters):
        return True
    given = [letter for letter in asked if letter.isalpha()]
    return all(letter.isupper() for letter in given) or (len(letters) == 4 and given[0].isupper())
