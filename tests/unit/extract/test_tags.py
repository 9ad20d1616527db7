"""The best tags obey BIO and are the best ones that do."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.layout import B_CONTENT, I_CONTENT, ROLE_TAGS
from onrecord.extract.tags import best_tags, stretches

_INSIDE_OF = {2: (1, 2), 4: (3, 4), 6: (5, 6)}


def _allowed(tags: tuple[int, ...]) -> bool:
    if tags[0] in (2, 4):
        return False
    return all(b not in _INSIDE_OF or a in _INSIDE_OF[b] for a, b in itertools.pairwise(tags))


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_viterbi_equals_trying_everything(length: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(length, len(ROLE_TAGS))).astype(np.float32)
    found = tuple(best_tags(scores, np.array([0, length])).tolist())
    every = itertools.product(range(len(ROLE_TAGS)), repeat=length)
    best = max((t for t in every if _allowed(t)), key=lambda t: sum(float(scores[k, x]) for k, x in enumerate(t)))
    assert found == best


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(0, 2**32 - 1))
def test_paragraphs_do_not_disturb_each_other(lengths: list[int], seed: int) -> None:
    bounds = np.cumsum([0, *lengths])
    scores = np.random.default_rng(seed).normal(size=(int(bounds[-1]), len(ROLE_TAGS))).astype(np.float32)
    together = best_tags(scores, bounds)
    for begin, end in itertools.pairwise(bounds.tolist()):
        assert together[begin:end].tolist() == best_tags(scores[begin:end], np.array([0, end - begin])).tolist()


def test_a_content_may_go_on_from_the_paragraph_before() -> None:
    tags = np.array([5, 6, 6, 6, 0, 5])
    first = np.array([True, False, True, False, False, False])
    parts = stretches(tags, B_CONTENT, I_CONTENT, first)
    assert [(p.start, p.end, p.goes_on) for p in parts] == [(0, 2, False), (2, 4, True), (5, 6, False)]
