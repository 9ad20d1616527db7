"""A label before the colon of a line is a source, unless it is the outlet's own."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.extract.found import Found
from onrecord.extract.label import with_label
from onrecord.extract.tags import Stretch


def label(line: str, *, cue: str = ":", source: Stretch | None = None) -> str | None:
    """What names the source of what stands after the cue, in a line after another one."""
    words = tuple(f"Before . {line}".split())
    first = np.zeros(len(words), dtype=bool)
    first[[0, 2]] = True
    at = words.index(cue)
    item = Found((Stretch(at + 1, len(words)),), Stretch(at, at + 1), source, 0, 0.1, {})
    found = with_label(item, words, first).source
    return None if found is None else " ".join(words[found.start : found.end])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Poll : most want a vote", "Poll"),
        ("Ada Bell : we shall stay", "Ada Bell"),
        ("Osk ’ s harbour master : no ships", "Osk ’ s harbour master"),
        ("Correction : the ship was blue", None),
        ("In short , Bell : no ships", None),
        ("There is one way that is left : a vote", None),
        ("the plan : a vote", None),
        (": a vote", None),
    ],
)
def test_label(line: str, expected: str | None) -> None:
    assert label(line) == expected


def test_another_cue_or_source_stays() -> None:
    assert label("Poll shows : most", cue="shows") is None
    assert label("Poll : most", source=Stretch(0, 1)) == "Before"
