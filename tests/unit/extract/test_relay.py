"""Who was cited is no statement; what was cited as a reason is one."""

from __future__ import annotations

import pytest

from onrecord.extract.found import Found
from onrecord.extract.relay import names_who_is_cited
from onrecord.extract.tags import Stretch


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("citing", "its own interlocutors", True),
        ("quoting", "two people familiar with the talks", True),
        ("citing", "the cost of the war", False),
        ("citing", "people ’ s right to know", False),
        ("cites", "an official report", False),
        ("said , citing", "officials", False),
    ],
)
def test_relay(cue: str, content: str, expected: bool) -> None:
    words = [*cue.split(), *content.split()]
    cut = len(cue.split())
    item = Found((Stretch(cut, len(words)),), Stretch(0, cut), None, 0, 0.1, {})
    assert names_who_is_cited(item, words) is expected
