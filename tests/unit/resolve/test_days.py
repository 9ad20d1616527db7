"""Is a day worked out from the words of the text and the day of publication?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Published
from onrecord.resolve.route.days import days

WEDNESDAY = Published(value="2031-05-14", precision="day")
CASES = (
    ("on Tuesday", "2031-05-13"),
    ("on Wednesday", "2031-05-14"),
    ("last Wednesday", "2031-05-07"),
    ("Thursday morning", "2031-05-08"),
    ("late Sunday night", "2031-05-11"),
    ("yesterday", "2031-05-13"),
    ("today", "2031-05-14"),
    ("this morning", "2031-05-14"),
    ("on May 3", "2031-05-03"),
    ("on May 3rd, 2030", "2030-05-03"),
    ("on Sept. 9", "2030-09-09"),
    ("on 29 February 2028", "2028-02-29"),
    ("on 31 April", None),
    ("on Friday, May 9", "2031-05-09"),
    ("in March", "2031-03"),
    ("in December", "2030-12"),
    ("in December 2024", "2024-12"),
    ("last week", None),
    ("two days ago", None),
)


@pytest.mark.parametrize(("words", "want"), CASES)
def test_a_day_in_words(words: str, want: str | None) -> None:
    (found,) = days(f"She said {words} that it was over.", WEDNESDAY)
    assert found.iso == want


@pytest.mark.parametrize(
    "words", ["next Monday", "by Friday", "until Sunday", "in Marching order", "in May's words", "two"]
)
def test_days_ahead_and_other_words_are_none(words: str) -> None:
    assert days(f"She said {words} it would be over.", WEDNESDAY) == ()


@given(published=st.dates(min_value=date(1990, 1, 8)), ahead=st.integers(min_value=0, max_value=6))
def test_a_weekday_lies_in_the_week_up_to_publication(published: date, ahead: int) -> None:
    name = (date(2024, 1, 1) + timedelta(days=ahead)).strftime("%A")
    (found,) = days(f"He spoke on {name}.", Published(value=published.isoformat(), precision="day"))
    assert found.iso is not None
    day = date.fromisoformat(found.iso)
    assert day.weekday() == ahead
    assert timedelta(0) <= published - day <= timedelta(days=6)
