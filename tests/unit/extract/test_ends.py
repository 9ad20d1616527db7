"""The end of a content moves to where most speaks for it, never into another stretch or another paragraph."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.ends import KINDS, MEASURES, PLACES, REACH, Weights, kinds_of, possible_ends, with_ends
from onrecord.extract.forms import Forms
from onrecord.extract.found import Found
from onrecord.extract.layout import I_CONTENT, POINTER_WIDTH, POINTERS, TAGS
from onrecord.extract.section import Section
from onrecord.extract.tags import Stretch


def section(words: list[str], *, content: float = 0.0, first: tuple[int, ...] = (0,)) -> Section:
    """A section whose words are all as likely to be content."""
    tags = np.zeros((len(words), TAGS), dtype=np.float32)
    tags[:, I_CONTENT] = content
    firsts = np.zeros(len(words), dtype=bool)
    firsts[list(first)] = True
    return Section(
        tags=tags,
        vectors=np.zeros((len(words), len(POINTERS), 2, POINTER_WIDTH), dtype=np.float32),
        place=np.arange(len(words)),
        first=firsts,
        dash=np.zeros(len(words), dtype=bool),
        forms=Forms(words=tuple(words)),
    )


def weights(*, stay: float = 0.0, **given_weights: float) -> Weights:
    """Weights that are zero but for measures (``odds=1.0``) and kinds by place (``next_preposition=1.0``)."""
    measures = np.array([given_weights.get(name.replace(" ", "_"), 0.0) for name in MEASURES])
    kinds = np.array([[given_weights.get(f"{p}_{k}".replace(" ", "_"), 0.0) for k in KINDS] for p in PLACES])
    return Weights(measures=measures, kinds=kinds, stay=stay)


def found(start: int, end: int, *, cue: tuple[int, int] | None = None, spoken: bool = False) -> Found:
    return Found((Stretch(start, end),), cue and Stretch(*cue), None, 0, 0.0, {}, spoken=spoken)


SENTENCE = "He said he would never yield on Wednesday .".split()


def end_of(item: Found, with_weights: Weights, words: list[str] = SENTENCE, **view: object) -> int:
    (out,) = with_ends(section(words, **view), [item], with_weights)  # type: ignore[arg-type]
    return out.content[0].end


def test_nothing_moves_without_a_reason() -> None:
    assert end_of(found(2, 8, cue=(1, 2)), weights(stay=1.0)) == 8


def test_an_adjunct_is_left_to_the_saying() -> None:
    assert end_of(found(2, 8, cue=(1, 2)), weights(next_preposition=2.0, stay=1.0)) == 6


def test_the_tagger_pulls_the_end_to_what_it_takes_for_content() -> None:
    assert end_of(found(2, 6, cue=(1, 2)), weights(odds=1.0), content=6.0) == 8


def test_a_turn_of_a_conversation_stays_whole() -> None:
    assert end_of(found(2, 8, spoken=True), weights(next_preposition=2.0)) == 8


def test_no_end_reaches_into_the_next_paragraph_or_another_part() -> None:
    words = ["word"] * 40
    view = section(words, content=6.0, first=(0, 12))
    items = [found(0, 3, cue=(7, 8)), found(14, 15), found(16, 18)]
    out = with_ends(view, items, weights(odds=1.0))
    assert [item.content[0].end for item in out] == [7, 16, min(18 + REACH, 40)]


def test_kinds() -> None:
    assert [KINDS[k] for k in kinds_of(["that", "Velmora", "3", "§", "yield", "On", "“", "."])] == [
        "that",
        "name",
        "number",
        "sign",
        "word",
        "preposition",
        "opening mark",
        "stop",
    ]


def test_a_section_without_contents_has_no_choices() -> None:
    assert possible_ends(section(SENTENCE), []) is None
    assert possible_ends(section([".", "“"]), [found(0, 2)]) is None


_WORDS = st.lists(st.sampled_from(["a", "that", "Velmora", ",", ".", "“", "”", "on", "7"]), min_size=2, max_size=60)


@settings(max_examples=100, deadline=None)
@given(_WORDS, st.data())
def test_contents_stay_apart_and_end_in_a_word(words: list[str], data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(words)), min_size=2, max_size=6, unique=True).map(sorted))
    items = [found(a, b) for a, b in zip(cuts[0::2], cuts[1::2], strict=False)]
    firsts = data.draw(st.lists(st.integers(0, len(words) - 1), max_size=3))
    view = section(words, first=(0, *firsts))
    rng = np.random.default_rng(data.draw(st.integers(0, 9)))
    random = Weights(
        measures=rng.normal(size=len(MEASURES)), kinds=rng.normal(size=(len(PLACES), len(KINDS))), stay=0.0
    )
    out = with_ends(view, items, random)
    for item, before, following in zip(out, items, [*items[1:], None], strict=True):
        part = item.content[0]
        assert part.start == before.content[0].start < part.end <= len(words)
        assert part.end == before.content[0].end or words[part.end - 1][0].isalnum()
        assert following is None or part.end <= following.content[0].start
    alone = [with_ends(view, [item], random)[0] for item in items[-1:]]
    assert alone == out[-1:]
