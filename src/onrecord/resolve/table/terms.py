"""Who of those that ever held an office held it on a given day?

Lists know the start of a term more often than its end, and a day on which somebody was seen in office is not the
day on which they left. A term without an end is taken to last until the next holder of the same office begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from onrecord.resolve.table.listed import DatedRole

_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
FRESH = timedelta(days=400)
"""How long before or after a sighting a holder is still likely to be in office, if nobody is known to have followed."""

_BEGUN, _LATER = 0.8, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One holder's time in an office.

    Attributes:
        holder: Number of the actor, so that terms of one holder are not taken for successors of each other.
        role: The role with its dates.
    """

    holder: int
    role: DatedRole


@lru_cache(maxsize=4096)
def first_day(text: str | None) -> date | None:
    """The earliest day that an ISO 8601 date cut to year or month may mean; None if there is none."""
    found = _DATE.match(text or "")
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def last_day(text: str | None) -> date | None:
    """The latest day that an ISO 8601 date cut to year or month may mean; None if there is none."""
    first = first_day(text)
    if first is None or text is None or len(text) == 10:
        return first
    if len(text) == 7:
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(month=12, day=31)


def in_office(terms: Sequence[Term], on: date, *, sole: bool) -> list[tuple[Term, float]]:
    """Which of `terms` cover the day `on`, and how surely?

    Args:
        terms: Everybody's terms in one office.
        on: The day.
        sole: Whether one person holds the office at a time, so that a later holder ends the term before.

    Returns:
        Pairs of a term and its strength in [0, 1], the surest first: 1.0 the dates say so, 0.8 begun, not known to be
        over and nobody followed, 0.6 seen in office before and nobody followed, 0.4 the last sighting is old, 0.3 first
        seen up to a year later.
    """
    found = [(term, strength) for term in terms if (strength := _strength(term, terms, on, sole=sole))]
    best: dict[int, tuple[Term, float]] = {}
    for term, strength in found:
        if term.holder not in best or best[term.holder][1] < strength:
            best[term.holder] = (term, strength)
    if sole and any(strength >= _BEGUN for _, strength in best.values()):
        # Somebody is known to have begun: those whose beginning nobody knows are from other times.
        best = {holder: pair for holder, pair in best.items() if pair[1] >= _BEGUN}
    return sorted(best.values(), key=lambda pair: (-pair[1], -_ordinal(pair[0]), pair[0].holder))


def _ordinal(term: Term) -> int:
    begun = first_day(term.role.start) or first_day(term.role.first_seen)
    return begun.toordinal() if begun else 0


def _strength(term: Term, terms: Sequence[Term], on: date, *, sole: bool) -> float:
    role = term.role
    start, end = first_day(role.start), last_day(role.end)
    first_seen, last_seen = first_day(role.first_seen), last_day(role.last_seen)
    if (start and on < start) or (end and on > end):
        return 0.0
    if start and end:
        return 1.0
    known = start or first_seen or last_seen
    if sole and known and _followed(term, terms, known, on):
        return 0.0
    begun = start or first_seen
    if last_seen and on <= last_seen and begun and begun <= on:
        return 1.0 if start else 0.9
    if known and on < known:
        return _LATER if known - on < FRESH else 0.0
    if last_seen and on - last_seen > FRESH:
        return 0.4
    return _BEGUN if start else 0.6 if last_seen else 0.3 if end else 0.0


def _followed(term: Term, terms: Sequence[Term], known: date, on: date) -> bool:
    """Did somebody else begin after this term was known to run, and by the day `on`?"""
    for other in terms:
        if other.holder != term.holder:
            later = first_day(other.role.start) or first_day(other.role.first_seen)
            if later and known < later <= on:
                return True
    return False
