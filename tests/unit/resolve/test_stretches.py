"""Do the indexes of stretches answer as asking each stretch would?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Span
from onrecord.resolve.page.stretches import Cover, Stretches

spans = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 3000), st.integers(1, 1500))


@given(st.lists(spans, max_size=20), spans)
def test_around_is_every_stretch_that_holds_it_in_order(held: list[Span], asked: Span) -> None:
    found = Stretches((span, number) for number, span in enumerate(held)).around(asked)
    assert [n for _, n in found] == [
        n for n, span in enumerate(held) if span.start <= asked.start and asked.end <= span.end
    ]


@given(st.lists(spans, max_size=20), st.integers(0, 5000))
def test_cover_holds_what_any_stretch_holds(held: list[Span], position: int) -> None:
    assert Cover(held).holds(position) == any(span.start <= position < span.end for span in held)
