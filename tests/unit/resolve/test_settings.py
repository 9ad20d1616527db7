"""Do settings say where, when and to whom something was said, and nothing that the text does not say?"""

from __future__ import annotations

from pathlib import Path

import pytest

from casts import article
from onrecord.record import Setting
from onrecord.resolve.route import settings

BLOCKS = [
    block.split("\n")
    for block in Path(__file__).with_name("settings.txt").read_text(encoding="utf-8").strip().split("\n\n")[1:]
]
CASES = [(marked.replace("¶", "\n\n"), line) for marked, line in BLOCKS]


def line(setting: Setting, text: str) -> str:
    """A setting as the file writes it."""
    spans = " … ".join(span.of(text) for span in setting.occasion_spans)
    parts = (
        setting.occasion,
        spans,
        setting.addressee and setting.addressee.of(text),
        setting.place and setting.place.of(text),
        setting.said and setting.said.of(text),
        setting.said_on,
    )
    return " | ".join(part or "-" for part in parts)


@pytest.mark.parametrize(("marked", "want"), CASES, ids=[line for _, line in CASES])
def test_the_setting_of_a_statement(marked: str, want: str) -> None:
    reading, cast = article(marked)
    last = reading.statements[-1].id
    found = {setting.statement_id: setting for setting in settings.find(reading, cast)}
    assert line(found.get(last, Setting(statement_id=last)), reading.document.text) == want


def test_without_a_day_of_publication_no_weekday_is_worked_out() -> None:
    marked = "<s1=Dora Vel>Vel</s1> <c1>said</c1> on Monday that <q1>nobody slept</q1>."
    for published in (None, "2031", "2031-05"):
        reading, cast = article(marked, published=published)
        (found,) = settings.find(reading, cast)
        assert found.said is not None
        assert found.said.of(reading.document.text) == "on Monday"
        assert found.said_on is None


def test_the_outlet_spoken_to_is_an_actor() -> None:
    reading, cast = article("<s1=Dora Vel>Vel</s1> <c1>told</c1> Radio Orla <q1>nobody slept</q1>.")
    (found,) = settings.find(reading, cast)
    assert {actor.id: actor.name for actor in cast.everybody()}[found.addressee_id or ""] == "Radio Orla"
