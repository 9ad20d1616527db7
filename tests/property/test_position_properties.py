"""Positions of any reading, however odd: one for each statement, on its own words, the same wherever it stands."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from onrecord.position import Positioner
from onrecord.position.factuality import LEAST, MOST, factuality
from onrecord.position.words import find_words
from onrecord.record import Position, Reading, Span
from onrecord.record.codec import reading_from_line, reading_to_line
from strategies import readings, texts

POSITIONER = Positioner.load()


def spans_of(position: Position) -> list[Span]:
    both = [span for c in position.conditions for span in (c.what, c.requirement)]
    return [*position.evidence, *both, *([position.target] if position.target else [])]


@given(readings(judged=False))
def test_one_position_for_each_statement_on_words_of_the_text(reading: Reading) -> None:
    found = POSITIONER.position(reading)
    assert [p.statement_id for p in found.positions] == [s.id for s in reading.statements]
    assert replace(found, positions=()) == reading
    for position in found.positions:
        assert position.act and position.polarity and position.certainty
        assert position.score is not None and 0.0 <= position.score <= 1.0
        assert all(span.of(reading.document.text).strip() for span in spans_of(position))
        assert list(position.evidence) == sorted(position.evidence)


@given(readings(judged=False))
def test_positions_survive_the_public_form(reading: Reading) -> None:
    found = POSITIONER.position(reading)
    assert reading_from_line(reading_to_line(found)).positions == found.positions


@given(readings(judged=False), st.text("ab ", max_size=12))
def test_a_paragraph_before_moves_the_spans_and_nothing_else(reading: Reading, before: str) -> None:
    # Lines of one paragraph may be one sentence, so the text begins a paragraph of its own.
    shift = f"A{before}.\n\n"
    if not reading.document.text[:1].isupper():
        return
    moved = replace(
        reading,
        document=replace(reading.document, text=shift + reading.document.text),
        statements=tuple(
            replace(s, **{k: tuple(x.shifted(len(shift)) for x in getattr(s, k)) for k in ("content", "cue", "source")})
            for s in reading.statements
        ),
    )
    for here, there in zip(POSITIONER.position(reading).positions, POSITIONER.position(moved).positions, strict=True):
        assert [span.shifted(len(shift)) for span in spans_of(here)] == spans_of(there)
        assert (here.act, here.polarity, here.certainty, here.score) == (
            there.act,
            there.polarity,
            there.certainty,
            there.score,
        )


@given(texts())
def test_words_are_the_text_without_white_space(text: str) -> None:
    words = find_words(text)
    covered = "".join(text[a:b] for a, b in zip(words.starts, words.ends, strict=True))
    assert covered == "".join(text.split())
    assert list(words.starts) == sorted(words.starts)


@given(texts(min_size=1), st.data())
def test_factuality_is_in_its_range(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert LEAST <= factuality(text, span) <= MOST
