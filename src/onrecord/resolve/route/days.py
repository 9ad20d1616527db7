"""On which day was something said, by the words of the text and the day it was published?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.record.document import Published
from onrecord.record.span import Span

_WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTHS = tuple("january february march april may june july august september october november december".split())
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_PART = r"(?:\s(?:morning|afternoon|evening|night))?"
_DAY = re.compile(
    rf"(?P<lead>\b(?:[Oo]n|[Ll]ate|[Ee]arly|[Ll]ast|[Nn]ext|[Tt]his|[Bb]y|[Uu]ntil|[Ss]ince|[Bb]efore|[Aa]fter|[Ii]n)\s)*"
    rf"\b(?:(?P<weekday>{_WEEKDAY})(?:,?\s(?P<wmonth>{_MONTH})\s(?P<wday>\d{{1,2}})(?!\d))?"
    rf"|(?P<month>{_MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<year>\d{{4}}))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{_MONTH})(?:,?\s(?P<year2>\d{{4}}))?"
    rf"|(?P<yesterday>[Yy]esterday)|(?P<today>[Tt]oday|[Tt]onight|[Tt]his\s(?:morning|afternoon|evening))"
    rf"|(?P<vague>(?<=[Ll]ast\s)(?:week|month|year|night|weekend|spring|summer|autumn|winter)"
    rf"|(?<=[Ee]arlier\s)this\s(?:week|month|year)|(?:a|two|three|four|five|several)\s(?:days?|weeks?|months?|years?)\sago"
    rf"|(?:earlier|later)\sin\sthe\s(?:day|week))"
    rf"|(?<=[Ii]n\s)(?P<month3>January|February|March|April|May|June|July|August|September|October|November|December)"
    rf"\b(?!['’])(?:\s(?P<year3>\d{{4}}))?)(?P<part>{_PART})"
)
_HINT = re.compile(r"day|\b[Tt]onight|[Tt]his\s[mae]|[Ll]ast\s|\bago\b|the\sweek|this\s|\d|\b[Ii]n\s[JFMASOND]")
_AHEAD = frozenset({"next", "by", "until", "since", "before", "after"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day that the text names.

    Attributes:
        span: The words ("on Tuesday").
        iso: The day or month, ISO 8601 cut to what is known; None if it cannot be worked out.
    """

    span: Span
    iso: str | None


def days(text: str, published: Published | None) -> tuple[Day, ...]:
    """Which days up to its publication does this text name? Offsets are into `text`.

    A weekday is the last one of that name up to the day of publication; a day without a year, the last one of that
    date. Days ahead ("next Monday", "by Friday") are left out.

    >>> days("said on Tuesday", Published(value="2026-03-06", precision="day"))[0].iso
    '2026-03-03'
    """
    on = _day(published)
    if _HINT.search(text) is None:
        return ()
    found = []
    for match in _DAY.finditer(text):
        lead = (match["lead"] or "").strip().casefold()
        if lead in _AHEAD:
            continue
        start = match.start("lead") if match["lead"] else match.start()
        found.append(Day(span=Span(start, match.end()), iso=_iso(match, lead, on)))
    return tuple(found)


def _day(published: Published | None) -> date | None:
    if published is None or published.precision in ("year", "month"):
        return None
    return date.fromisoformat(published.value[:10])


def _iso(match: re.Match[str], lead: str, on: date | None) -> str | None:
    if match["month3"]:
        return _month_only(match["month3"], match["year3"], on)
    month = match["month"] or match["month2"] or match["wmonth"]
    if month:
        return _dated(
            _number(month), int(match["day"] or match["day2"] or match["wday"]), match["year"] or match["year2"], on
        )
    if on is None or match["vague"]:
        return None
    if match["today"]:
        return on.isoformat()
    if match["yesterday"]:
        return (on - timedelta(days=1)).isoformat()
    back = (on.weekday() - _WEEKDAYS.index(match["weekday"].casefold())) % 7
    return (on - timedelta(days=back or (7 if lead == "last" else 0))).isoformat()


def _number(month: str) -> int:
    return 1 + next(k for k, name in enumerate(_MONTHS) if name.startswith(month.rstrip(".").casefold()[:3]))


def _dated(month: int, day: int, year: str | None, on: date | None) -> str | None:
    if year is None and on is None:
        return None
    try:
        found = date(int(year) if year else on.year if on else 0, month, day)
        if year is None and on is not None and found > on:
            found = found.replace(year=found.year - 1)
    except ValueError:
        return None
    return found.isoformat()


def _month_only(month: str, year: str | None, on: date | None) -> str | None:
    number = _number(month)
    if year is not None:
        return f"{year}-{number:02d}"
    if on is None:
        return None
    return f"{on.year - (number > on.month)}-{number:02d}"
