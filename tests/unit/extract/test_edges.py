"""Parts of statements begin and end as the codebook has it, and lose no word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.edges import tidied
from onrecord.extract.found import Found
from onrecord.extract.tags import Stretch


def found(content: tuple[int, int], cue: tuple[int, int] | None, source: tuple[int, int] | None, own: float) -> Found:
    return Found((Stretch(*content),), cue and Stretch(*cue), source and Stretch(*source), 0, own, {})


def parts(sentence: str, content: str, cue: str, source: str, own: float) -> tuple[str, str, str]:
    """The parts of a statement after tidying; each is given as it stands in the sentence."""
    words = sentence.split()

    def place(part: str) -> tuple[int, int]:
        k = f" {sentence} ".index(f" {part} ")
        begin = len(sentence[:k].split())
        return begin, begin + len(part.split())

    first = np.zeros(len(words), dtype=bool)
    first[0] = True
    out = tidied(found(place(content), place(cue), place(source), own), words, first)
    spans = (out.content[0], out.cue, out.source)
    a, b, c = (" ".join(words[s.start : s.end]) for s in spans if s is not None)
    return a, b, c


@pytest.mark.parametrize(
    ("sentence", "given_parts", "own", "expected"),
    [
        (
            "They know the formula , „ silence first , “ he said .",
            ("the formula , „ silence first ,", "know", "They"),
            0.0,
            ("the formula , „ silence first", "know", "They"),
        ),
        (
            "The Russian Federation , he said , would never yield .",
            ("would never yield .", "said ,", "The Russian Federation ,"),
            0.1,
            ("would never yield", "said", "The Russian Federation"),
        ),
        (
            "Ada Bell , the minister , said : “ We will not yield . ” Then",
            ("We will not yield . ”", "said :", "Ada Bell , the minister ,"),
            1.0,
            ("“ We will not yield . ”", "said :", "Ada Bell , the minister ,"),
        ),
        (
            "We will not yield . - said S . D .",
            ("We will not yield . -", "said", "S . D ."),
            1.0,
            ("We will not yield .", "said", "S . D ."),
        ),
    ],
)
def test_stops_and_marks(
    sentence: str, given_parts: tuple[str, str, str], own: float, expected: tuple[str, ...]
) -> None:
    assert parts(sentence, *given_parts, own) == expected


_WORDS = st.lists(
    st.sampled_from(["a", "was", ",", ".", "“", "”", '"', ":", "-", "’", "(", ")"]), min_size=3, max_size=20
)


@settings(max_examples=100, deadline=None)
@given(_WORDS, st.data())
def test_no_lettered_word_is_lost_or_won(words: list[str], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(words)), min_size=2, max_size=2, unique=True)))
    own = data.draw(st.sampled_from([0.0, 1.0]))
    first = np.array(data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words))))
    item = found((cuts[0], cuts[1]), (cuts[0], cuts[1]), (cuts[0], cuts[1]), own)
    out = tidied(item, words, first)
    for before, after in ((item.content[0], out.content[0]), (item.cue, out.cue), (item.source, out.source)):
        assert before is not None and after is not None
        assert 0 <= after.start < after.end <= len(words)
        kept, given_words = set(range(after.start, after.end)), set(range(before.start, before.end))
        assert all(not words[k].isalnum() for k in kept ^ given_words)
    assert tidied(out, words, first).source == out.source
