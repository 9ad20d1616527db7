"""When was it published, and how exactly do we know it?"""

from __future__ import annotations

import datetime as dt
import re

from onrecord.errors import InputError
from onrecord.record.document import Precision, Published

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[Tt ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r" ?(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.ASCII,
)


def parse_published(value: str) -> Published:
    """What time does this ISO 8601 date state, and how exactly?

    ``2026``, ``2026-03``, ``2026-03-04``, ``2026-03-04T10:15``, ``2026-03-04T10:15:30+02:00`` and the same
    with a space for the T are understood; fractions of a second are dropped.

    Raises:
        InputError: OR-106, it is no such date, or no day of the calendar.

    >>> parse_published("2026-03-04 10:15Z")
    Published(value='2026-03-04T10:15Z', precision='minute')
    """
    match = _ISO.fullmatch(value.strip())
    if match is None:
        raise _no_date(value)
    part = match.groupdict()
    second = int(part["second"] or 0)
    try:
        dt.date(int(part["year"]), int(part["month"] or 1), int(part["day"] or 1))
        # A leap second is a time, though not one of the standard library's.
        dt.time(int(part["hour"] or 0), int(part["minute"] or 0), 59 if second == 60 else second)
    except ValueError:
        raise _no_date(value) from None
    if part["month"] is None:
        return Published(value=part["year"], precision="year")
    if part["day"] is None:
        return Published(value=f"{part['year']}-{part['month']}", precision="month")
    day = f"{part['year']}-{part['month']}-{part['day']}"
    if part["hour"] is None:
        return Published(value=day, precision="day")
    precision: Precision = "minute" if part["second"] is None else "second"
    time = f"{part['hour']}:{part['minute']}" + ("" if part["second"] is None else f":{part['second']}")
    return Published(value=f"{day}T{time}{_zone(part['zone'], value)}", precision=precision)


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
            moment = parsedate_to_datetime(value)
        except (ValueError, IndexError, TypeError, OverflowError):
            continue
        if ":" not in value:
            return Published(value=moment.date().isoformat(), precision="day")
        return parse_published(moment.isoformat(timespec="seconds"))
    return None


def _zone(zone: str | None, value: str) -> str:
    if zone is None:
        return ""
    if zone in "Zz":
        return "Z"
    hours, minutes = zone[1:3], zone[3:].lstrip(":") or "00"
    if int(hours) > 23 or int(minutes) > 59:
        raise _no_date(value)
    return f"{zone[0]}{hours}:{minutes}"


def _no_date(value: str) -> InputError:
    shown = value if len(value) <= 40 else value[:37] + "..."
    return InputError(
        "OR-106",
        f"{shown!r} is not a date",
        hint="Write dates as 2026, 2026-03, 2026-03-04 or 2026-03-04T10:15+02:00, or leave them out.",
    )
