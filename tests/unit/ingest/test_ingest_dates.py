"""Dates keep the precision that they state."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.ingest.dates import find_published, parse_published
from onrecord.record.document import Published


@pytest.mark.parametrize(
    ("value", "shown", "precision"),
    [
        ("2026", "2026", "year"),
        ("2026-03", "2026-03", "month"),
        (" 2026-03-04 ", "2026-03-04", "day"),
        ("2026-03-04T10:15", "2026-03-04T10:15", "minute"),
        ("2026-03-04 10:15:09", "2026-03-04T10:15:09", "second"),
        ("2026-03-04t10:15z", "2026-03-04T10:15Z", "minute"),
        ("2026-03-04T10:15:09.123456+0200", "2026-03-04T10:15:09+02:00", "second"),
        ("2026-03-04T10:15:09-05", "2026-03-04T10:15:09-05:00", "second"),
    ],
)
def test_precision(value: str, shown: str, precision: str) -> None:
    found = parse_published(value)
    assert (found.value, found.precision) == (shown, precision)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "2026-13",
        "2026-02-30",
        "26-03-04",
        "2026-03-04T25:00",
        "04.03.2026",
        "2026-3-4",
        "0000",
        "2" * 5000,
        "2026-03-04T10:15+99:00",
        "٢٠٢٦",
    ],
)
def test_what_is_no_date(value: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_published(value)
    assert caught.value.code == "OR-106"
    assert len(caught.value.message) < 200


@given(st.datetimes(timezones=st.timezones() | st.none()))
def test_whatever_python_writes_is_read_and_reads_back(moment: dt.datetime) -> None:
    try:
        found = parse_published(moment.isoformat())
    except InputError:
        # Local mean times of long ago have seconds in their offset.
        assert moment.utcoffset() is not None
        assert moment.utcoffset() % dt.timedelta(minutes=1)  # type: ignore[operator]
        return
    assert found == Published.from_iso(found.value)
    assert dt.datetime.fromisoformat(found.value) == moment.replace(microsecond=0)


@given(st.lists(st.text() | st.none(), max_size=4))
def test_finding_never_fails(values: list[str | None]) -> None:
    found = find_published(*values)
    assert found is None or Published.from_iso(found.value) == found


def test_mail_dates() -> None:
    assert find_published(None, "", "Wed, 04 Mar 2026 10:15:00 GMT") == Published.from_iso("2026-03-04T10:15:00+00:00")
    assert find_published("4 Mar 2026") == Published.from_iso("2026-03-04")
