"""What the tagger learns of statements inside contents, and the paragraphs that are put into somebody's mouth."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from training.inner import SURE, add_found, mark_inner
from training.inside import places
from training.labelled import CONTENT, CUE, NONE, ROLE1, ROLE2, SOURCE, UNKNOWN, from_row
from training.parts import alone, attribution_sizes
from training.styles import augment, joined, wrap

TEXT = "Anna Roth said that the guards had promised to leave. She added that it rained."


def span(words: str) -> list[int]:
    at = TEXT.index(words)
    return [at, at + len(words)]


ROW = {
    "text": TEXT,
    "attributions": [
        {
            "source": [span("Anna Roth")],
            "cue": [span("said")],
            "content": [span("that the guards had promised to leave")],
        },
        {"source": [span("She")], "cue": [span("added")], "content": [span("that it rained")]},
    ],
}
FOUND = {
    "source": [span("the guards")],
    "cue": [span("had promised")],
    "content": [span("to leave")],
    "score": SURE,
}


def role(lab: np.ndarray, words: str, column: int) -> set[int]:
    return set(lab[slice(*span(words)), column].tolist())


def test_what_was_found_inside_is_marked_and_an_empty_content_has_none() -> None:
    lab = add_found(from_row(ROW), ROW, [FOUND]).labels
    assert role(lab, "the guards", ROLE2) == {SOURCE}
    assert role(lab, "had promised", ROLE2) == {CUE}
    assert role(lab, "to leave", ROLE2) == {CONTENT}
    assert role(lab, "that it rained", ROLE2) == {NONE}


def test_what_is_unsure_stays_unknown() -> None:
    lab = add_found(from_row(ROW), ROW, [{**FOUND, "score": SURE - 0.1}]).labels
    assert role(lab, "the guards had promised to leave", ROLE2) == {UNKNOWN}


def test_marks_and_the_conjunction_are_left_out_and_gaps_become_a_space() -> None:
    text = "“We will go,” he said, “if they stay.”"
    spans = [(0, 13), (23, len(text))]
    where = places(text, spans)
    assert "".join(text[k] if k >= 0 else " " for k in where) == "We will go,” “if they stay."
    assert places("that it rained", [(0, 14)])[0] == 5


def test_an_indirect_statement_within_an_indirect_one() -> None:
    rng, sizes = random.Random(1), attribution_sizes(from_row(ROW))
    par = from_row(ROW)[: TEXT.index(" She")]
    assert alone(par, sizes) is not None
    for _ in range(20):
        out = wrap(par, 99, rng, {}, told=True)
        inner = out.labels[:, ROLE2]
        assert {SOURCE, CUE, CONTENT} <= set(inner.tolist())
        assert (out.labels[inner == CUE, ROLE1] == CONTENT).all()


def test_two_verbs_of_one_source() -> None:
    article = from_row(ROW)
    sizes = attribution_sizes(article)
    cut = TEXT.index(" She") + 1
    first, second = alone(article[: cut - 1], sizes), alone(article[cut:], sizes)
    assert first is not None and second is not None
    shared: dict[int, int] = {}
    out = joined(first, second, 7, random.Random(2), shared)
    assert out is not None and shared == {7: first.k}
    assert " and " in out.text and out.text.endswith(" that it rained.")


@given(st.integers(0, 2**32))
def test_every_style_labels_every_code_point(seed: int) -> None:
    out = augment(from_row(ROW), random.Random(seed), plain_share=0.0)
    assert len(out.labels) == len(out.text)
    marked = mark_inner(out, random.Random(seed))
    inside = marked.labels[:, ROLE2] > NONE
    assert (marked.labels[inside, ROLE1] == CONTENT).all()
