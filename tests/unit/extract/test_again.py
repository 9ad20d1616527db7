"""What somebody told that another one said, wants or refuses is a statement of that other one, inside the first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from onrecord.extract import Extractor
from onrecord.extract.again import _placed
from onrecord.extract.found import Found
from onrecord.extract.tags import Stretch
from onrecord.ingest import read_text


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor.load() as loaded:
        yield loaded


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The shipping minister said on Monday that insurers refuse to cover voyages through the strait.",
            "insurers",
            "refuse",
            "to cover voyages through the strait",
        ),
        (
            "Two officials said that Prime Minister Ada Bell is considering a commission on fuel prices.",
            "Prime Minister Ada Bell",
            "is considering",
            "a commission on fuel prices",
        ),
        (
            "The spokesman told the radio that the governor has promised to rebuild the bridge before winter.",
            "the governor",
            "has promised",
            "to rebuild the bridge before winter",
        ),
    ],
)
def test_what_another_says_inside_told_words(
    extractor: Extractor, text: str, source: str, cue: str, content: str
) -> None:
    statements = extractor.extract(read_text(text))
    outer = next(s for s in statements if s.within is None)
    (inner,) = (s for s in statements if s.within is not None)
    assert inner.within == outer.id
    printed = [" … ".join(text[p.start : p.end] for p in part) for part in (inner.source, inner.cue, inner.content)]
    assert printed == [source, cue, content]


def test_told_words_without_another_speaker_hold_no_statement(extractor: Extractor) -> None:
    statements = extractor.extract(read_text("The minister said on Monday that the bridge over the Sava was closed."))
    assert [s.within for s in statements] == [None]


def test_words_that_stand_apart_are_put_back_where_they_stand() -> None:
    """Read alone, the two stretches of a content are neighbours; in the text they are two again."""
    rows = np.array([4, 5, 6, 11, 12, 13])
    item = Found((Stretch(2, 6),), Stretch(1, 2), Stretch(0, 1), 0, 0.0, {"inner": 0.0})
    placed = _placed(item, rows)
    assert placed is not None
    assert placed.content == (Stretch(6, 7), Stretch(11, 14))
    assert (placed.source, placed.cue, placed.level) == (Stretch(4, 5), Stretch(5, 6), 1)
    torn = Found((Stretch(4, 6),), Stretch(2, 4), None, 0, 0.0, {})
    assert _placed(torn, rows) is None
