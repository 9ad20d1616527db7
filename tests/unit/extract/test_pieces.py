"""What the tagger is told of a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.pieces import (
    CASE_DIGITS,
    CASE_LOWER,
    CASE_NONE,
    CASE_TITLE,
    CASE_UPPER,
    GAP_LINE,
    GAP_NONE,
    GAP_PARAGRAPH,
    GAP_SPACE,
    QUOTE_CLOSE,
    QUOTE_IN,
    QUOTE_OPEN,
    QUOTE_OUT,
    cut_pieces,
)
from onrecord.models.session import TaggerSession
from strategies import texts


@pytest.fixture(scope="module")
def session() -> TaggerSession:
    return TaggerSession()


@settings(max_examples=60, deadline=None)
@given(text=texts())
def test_pieces_are_in_order_and_inside_the_text(session: TaggerSession, text: str) -> None:
    pieces = cut_pieces(text, session.tokenizer)
    assert all(0 <= s < e <= len(text) for s, e in zip(pieces.starts, pieces.ends, strict=True))
    assert all(a <= b for a, b in zip(pieces.starts[:-1], pieces.starts[1:], strict=True))
    # A Hangul syllable is cut into its letters, which share one code point; words never share one.
    heads = [k for k in range(1, len(pieces)) if pieces.head[k]]
    assert all(pieces.ends[k - 1] <= pieces.starts[k] for k in heads)
    assert pieces.features.shape == (3, len(pieces))


def test_features_of_a_sentence(session: TaggerSession) -> None:
    text = "NATO said: “Yes.”\nHe left 2\r\n\r\nBye"
    pieces = cut_pieces(text, session.tokenizer)
    seen = {text[s:e]: row for s, e, row in zip(pieces.starts, pieces.ends, pieces.features.T.tolist(), strict=True)}
    assert seen["NATO"] == [CASE_UPPER, QUOTE_OUT, GAP_PARAGRAPH]
    assert seen["said"] == [CASE_LOWER, QUOTE_OUT, GAP_SPACE]
    assert seen["“"] == [CASE_NONE, QUOTE_OPEN, GAP_SPACE]
    assert seen["Yes"] == [CASE_TITLE, QUOTE_IN, GAP_NONE]
    assert seen["”"] == [CASE_NONE, QUOTE_CLOSE, GAP_NONE]
    assert seen["He"] == [CASE_TITLE, QUOTE_OUT, GAP_LINE]
    assert seen["2"] == [CASE_DIGITS, QUOTE_OUT, GAP_SPACE]
    assert seen["Bye"] == [CASE_TITLE, QUOTE_OUT, GAP_PARAGRAPH]


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 300))
def test_long_texts_are_cut_like_short_ones(session: TaggerSession, times: int) -> None:
    sentence = "Anna said that talks in Kyiv had failed. "
    pieces = cut_pieces(sentence * times, session.tokenizer)
    one = cut_pieces(sentence, session.tokenizer)
    assert len(pieces) == times * len(one)
