"""Which documents do the filters of a search let through?

Every filter is a condition of SQL. Those that let little through, an outlet and a short time, are also words
of the index (``facets``), so that a common word does not have to be looked at in every other outlet first.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TypeAlias

from onrecord.errors import InputError, UsageError
from onrecord.record.document import Published
from onrecord.record.position import ACTS, Act
from onrecord.record.statement import KINDS, Kind
from onrecord.store.words import folded, months_expression, outlets_expression

Parameters: TypeAlias = list[str | int]

_MOST_OUTLETS = 20
_MOST_MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a search asks for.

    Attributes:
        query: Words, see :func:`onrecord.store.words.expression`; blank for everything that passes the
            filters.
        source: Words that must stand in the source.
        outlet: An outlet's name, or a part of it; case and accents do not count. An outlet of exactly this
            name excludes those that merely contain it.
        since: Earliest publication, ISO 8601, to the minute at most, in the local time of whoever published.
            A document whose own date is less precise is found if it may fit; one without a date is not found.
        until: Latest publication, likewise; ``2026-03`` means to the end of that March.
        kind: The form of the statement.
        actor: An actor's id, or words of a name; see :func:`onrecord.store.actors.actors_named`.
        act: What is done by saying it.
        newest: Whether what was published last comes first, also where words are looked for.
        divided: Of how many of the first hits to say how they divide; 0 for none.
        limit: Hits on a page, at least 1.
        offset: Hits to leave out before.

    Raises:
        UsageError: OR-001, a filter makes no sense.
    """

    query: str
    source: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    kind: Kind | None = None
    actor: str | None = None
    act: Act | None = None
    newest: bool = False
    divided: int = 0
    limit: int = 20
    offset: int = 0

    def __post_init__(self) -> None:
        if self.limit < 1 or self.offset < 0:
            raise UsageError("OR-001", f"a page of {self.limit} hits from {self.offset} on cannot be shown")
        if self.kind is not None and self.kind not in KINDS:
            raise UsageError("OR-001", f"kind must be one of {', '.join(KINDS)}, not {self.kind!r}")
        if self.act is not None and self.act not in ACTS:
            raise UsageError("OR-001", f"act must be one of {', '.join(ACTS)}, not {self.act!r}")
        since, until = moment(self.since), moment(self.until)
        if since and until:
            common = min(len(since), len(until))
            if since[:common] > until[:common]:
                raise UsageError("OR-001", f"since {self.since} is after until {self.until}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The filters of a search, for SQL.

    Attributes:
        conditions: Conditions on ``document AS d``.
        values: Their parameters.
        facets: Expressions of FTS5 that let through at least what the conditions do.
    """

    conditions: tuple[str, ...]
    values: tuple[str, ...]
    facets: tuple[str, ...]


def filters(connection: sqlite3.Connection, asked: Asked) -> Filters:
    """The filters on documents that `asked` names."""
    conditions: list[str] = []
    values: list[str] = []
    facets: list[str] = []
    if asked.outlet is not None:
        names = outlets_named(connection, asked.outlet)
        # The sign + keeps SQLite from collecting an outlet's documents first, to sort them all for one page.
        conditions.append(f"+d.outlet IN ({', '.join('?' * len(names))})")
        values += names
        if 0 < len(names) <= _MOST_OUTLETS:
            facets.append(outlets_expression(names))
    since, until = moment(asked.since), moment(asked.until)
    for bound, sign in ((since, ">="), (until, "<=")):
        if bound is not None:
            # Both sides are cut to what both state: 2026 may be in 2026-03, and 2026-03-04 is.
            conditions.append(
                f"replace(substr(+d.published, 1, {len(bound)}), ' ', 'T') {sign} substr(?, 1, length(d.published))"
            )
            values.append(bound)
    if since or until:
        facets += _months(connection, since, until)
    return Filters(conditions=tuple(conditions), values=tuple(values), facets=tuple(facets))


def moment(value: str | None) -> str | None:
    """A date of a filter as ``YYYY[-MM[-DD[THH:MM]]]``.

    Raises:
        UsageError: OR-001, it is not a date.
    """
    if value is None:
        return None
    try:
        return Published.from_iso(value).value[:16].replace(" ", "T")
    except InputError as error:
        raise UsageError("OR-001", error.message, hint="Give a date like 2026, 2026-03 or 2026-03-04.") from error


def _months(connection: sqlite3.Connection, since: str | None, until: str | None) -> list[str]:
    """The facets of a time, if it is short enough for them to be worth it."""
    oldest, newest = connection.execute(
        "SELECT (SELECT min(published) FROM document), (SELECT max(published) FROM document)"
    ).fetchone()
    since, until = max(since or "", oldest or ""), min(until or "9999", newest or "")
    try:
        first = int(since[:4]), int(since[5:7] or 1)
        last = int(until[:4]), int(until[5:7] or 12)
    except ValueError:
        return []  # a document's date is not one; the conditions see to it
    if first > last or (last[0] - first[0]) * 12 + last[1] - first[1] >= _MOST_MONTHS:
        return []
    return [months_expression(first, last)]


def outlets_named(connection: sqlite3.Connection, wanted: str) -> list[str]:
    """The outlets of the ledger that `wanted` names: those of exactly this name, or else those that contain
    it."""
    # Hops from one outlet to the next in the index, instead of reading every document's.
    rows = connection.execute(
        "WITH RECURSIVE o(name) AS (SELECT min(outlet) FROM document UNION ALL "
        "SELECT (SELECT min(outlet) FROM document WHERE outlet > o.name) FROM o WHERE o.name IS NOT NULL) "
        "SELECT name FROM o WHERE name IS NOT NULL"
    ).fetchall()
    names = [str(name) for (name,) in rows]
    sought = folded(wanted)
    same = [name for name in names if folded(name) == sought]
    return same or [name for name in names if sought in folded(name)]
