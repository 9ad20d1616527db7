"""One cue may carry what is told and what is quoted after it; a cue without a source takes one to spare."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.extract.forms import Forms
from onrecord.extract.layout import (
    B_CONTENT,
    DISTANCES,
    I_CONTENT,
    OWN_WORDS,
    POINTER_WIDTH,
    POINTERS,
    ROLE_TAGS,
    STEPS,
    TAGS,
)
from onrecord.extract.link import Linker, Parts, Pull, log_softmax
from onrecord.extract.section import Section
from onrecord.extract.tags import Stretch
from onrecord.models.session import PointerBiases


def linker(text: str, *, own: list[Stretch], parts: Parts, breaks: list[int] | None = None) -> Linker:
    """Of paragraphs whose contents the tagger is sure of; every pointer points to what there is."""
    words = tuple(text.split())
    size = len(words)
    tags = np.zeros((size, TAGS), dtype=np.float32)
    tags[:, OWN_WORDS] = -9.0
    for content in parts.contents:
        tags[content.start : content.end, [B_CONTENT, I_CONTENT]] = 9.0
    for part in own:
        tags[part.start : part.end, OWN_WORDS] = 9.0
    first = np.zeros(size, dtype=bool)
    first[[0, *(breaks or [])]] = True
    section = Section(
        tags=tags,
        vectors=np.zeros((size, len(POINTERS), 2, POINTER_WIDTH), dtype=np.float32),
        place=np.arange(size),
        first=first,
        dash=np.zeros(size, dtype=bool),
        forms=Forms(words=words),
    )
    biases = PointerBiases(
        null=np.full(len(POINTERS), -9.0, dtype=np.float32),
        distance=np.zeros((len(POINTERS), DISTANCES), dtype=np.float32),
        step=np.zeros((len(POINTERS), STEPS), dtype=np.float32),
    )
    return Linker(section, Pull(biases), 0, log_softmax(tags[:, : len(ROLE_TAGS)]), parts)


@pytest.mark.parametrize(
    ("text", "told", "quoted", "count"),
    [
        # in a sentence of its own, after what is told
        ("The plan was dead , Bell said . “ Nobody will miss it . ”", (0, 4), (8, 15), 2),
        # in the same sentence
        ("The plan is dead , Bell said , “ a farce ”", (0, 4), (8, 12), 1),
        # before it
        ("“ It is dead . ” Bell said . The plan goes on", (9, 13), (0, 6), 1),
        # what is told has words in marks too
        ("The plan was “ dead ” , Bell said . “ Nobody will miss it . ”", (0, 6), (10, 17), 1),
    ],
)
def test_told_and_quoted(text: str, told: tuple[int, int], quoted: tuple[int, int], count: int) -> None:
    at = text.split().index("said")
    own = Stretch(*quoted)
    parts = Parts(
        sources=[Stretch(at - 1, at)],
        cues=[Stretch(at, at + 1)],
        contents=sorted([Stretch(*told), own], key=lambda s: s.start),
    )
    found = linker(text, own=[own], parts=parts).link()
    assert len(found) == count
    assert all(item.cue == Stretch(at, at + 1) and item.source == Stretch(at - 1, at) for item in found)
    assert sorted(part.start for item in found for part in item.content) == sorted([told[0], quoted[0]])


def test_a_source_to_spare_is_for_cues_without_one() -> None:
    text = "Bell said it was late and Tal said it was early"
    cues, contents = [Stretch(1, 2), Stretch(7, 8)], [Stretch(2, 5), Stretch(8, 11)]
    bell, tal = Stretch(0, 1), Stretch(6, 7)
    only = Parts(sources=[], cues=cues[1:], contents=contents[1:], spare=[tal])
    assert [item.source for item in linker(text, own=[], parts=only).link()] == [tal]
    both = Parts(sources=[bell], cues=cues[:1], contents=contents[:1], spare=[tal])
    assert [item.source for item in linker(text, own=[], parts=both).link()] == [bell]


@pytest.mark.parametrize(("breaks", "own", "count"), [([], False, 2), ([9], False, 1), ([9], True, 2)])
def test_what_is_told_in_another_paragraph_is_another_matter(breaks: list[int], own: bool, count: int) -> None:
    text = "Bell said the plan was dead and gone . the harbour is full"
    near, far = Stretch(2, 8), Stretch(9, 13)
    parts = Parts(sources=[Stretch(0, 1)], cues=[Stretch(1, 2)], contents=[near, far])
    (found,) = linker(text, own=[near, far] if own else [], parts=parts, breaks=breaks).link()
    assert found.content == (near, far)[:count]
