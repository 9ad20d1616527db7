"""When was it published, and how exactly do we know it?"""

from __future__ import annotations

import re

from onrecord.errors import InputError
from onrecord.record.document import Published

_LOOSE = re.compile(
    r"(?P<date>\d{4}(?:-\d\d){0,2})"
    r"(?:[Tt ](?P<time>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)? ?(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)


def parse_published(value: str) -> Published:
    """What time does this ISO 8601 date state, and how exactly?

    ``2026``, ``2026-03``, ``2026-03-04``, ``2026-03-04T10:15``, ``2026-03-04T10:15:30+02:00`` and the same
    with a space for the T are understood. Different spellings of one time come out the same: fractions of a
    second are dropped, so that a document keeps its id.

    Raises:
        InputError: OR-106, it is no such date, or no day of the calendar.

    >>> parse_published("2026-03-04 10:15z")
    Published(value='2026-03-04T10:15Z', precision='minute')
    """
    match = _LOOSE.fullmatch(value.strip())
    if match is None:
        raise _no_date(value)
    time, zone = match["time"], (match["zone"] or "").upper()
    if zone not in ("", "Z"):
        zone = f"{zone[:3]}:{zone[3:].lstrip(':') or '00'}"
    try:
        return Published.from_iso(match["date"] + (f"T{time}{zone}" if time else ""))
    except InputError:
        raise _no_date(value) from None


def find_published(*values: str | None) -> Published | None:
    """The first of these values that states a date: ISO 8601, or as mail and RSS write it. None if none does.

    >>> find_published("yesterday", "Wed, 04 Mar 2026 10:15:00 +0200")
    Published(value='2026-03-04T10:15:00+02:00', precision='second')
    """
    from email.utils import parsedate_to_datetime

    for value in values:
        if not value:
            continue
        try:
            return parse_published(value)
        except InputError:
            pass
        try:
            # Mail dates must have a time; feeds also print the day alone.
            moment = parsedate_to_datetime(value if ":" in value else f"{value} 00:00 +0000")
        except (ValueError, IndexError, TypeError, OverflowError):
            continue
        if ":" not in value:
            return parse_published(moment.date().isoformat())
        return parse_published(moment.isoformat(timespec="seconds"))
    return None


def _no_date(value: str) -> InputError:
    shown = value if len(value) <= 40 else value[:37] + "..."
    return InputError(
        "OR-106",
        f"{shown!r} is not a date",
        hint="Write dates as 2026, 2026-03, 2026-03-04 or 2026-03-04T10:15+02:00, or leave them out.",
    )
