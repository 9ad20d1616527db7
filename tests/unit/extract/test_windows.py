"""Windows cover a document whatever its length."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.windows import plan_windows


@given(st.integers(0, 20_000), st.integers(8, 512), st.data())
def test_every_piece_is_kept_once_and_seen_whole(pieces: int, size: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, size // 2))
    windows = list(plan_windows(pieces, size=size, overlap=overlap))
    kept = [k for w in windows for k in range(w.keep_start, w.keep_end)]
    assert kept == list(range(pieces))
    for w in windows:
        assert 0 <= w.start <= w.keep_start < w.keep_end <= w.end <= pieces
        assert w.end - w.start <= size
    for left, right in pairwise(windows):
        assert left.end - right.start >= overlap


def test_a_short_document_is_one_window() -> None:
    assert [(w.start, w.end) for w in plan_windows(512)] == [(0, 512)]
    assert list(plan_windows(0)) == []
