"""Offset maps and the normalised text's map: there and back again, on any text."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import TextError
from onrecord.record import Span
from onrecord.text.normalise import normalise
from onrecord.text.offsets import OffsetMap, Unit
from onrecord.text.sentences import sentences
from strategies import spans, texts

# Longer than one block of the index.
LONG = st.tuples(texts(min_size=1), st.integers(1, 40)).map(lambda case: case[0] * case[1])
WITH_SPAN = LONG.flatmap(lambda text: st.tuples(st.just(text), spans(text)))
CODEC = {"utf16": "utf-16-le", "utf8": "utf-8"}


def units(text: str, unit: Unit) -> int:
    return len(text.encode(CODEC[unit], "surrogatepass")) // (2 if unit == "utf16" else 1)


@given(WITH_SPAN, st.sampled_from(["utf16", "utf8"]))
def test_offsets_count_what_stands_before_and_go_there_and_back(case: tuple[str, Span], unit: Unit) -> None:
    text, span = case
    offsets = OffsetMap(text)
    there = offsets.span_to(unit, span)
    assert there.start == units(text[: span.start], unit)
    assert there.end - there.start == units(span.of(text), unit)
    assert offsets.span_from(unit, there) == span
    forward, back = (offsets.to_utf16, offsets.from_utf16) if unit == "utf16" else (offsets.to_utf8, offsets.from_utf8)
    assert [back(forward(at)) for at in (0, span.start, len(text))] == [0, span.start, len(text)]


@given(LONG, st.sampled_from(["utf16", "utf8"]), st.data())
def test_an_offset_inside_a_character_or_outside_the_text_is_refused(
    text: str, unit: Unit, data: st.DataObject
) -> None:
    offsets = OffsetMap(text)
    back = offsets.from_utf16 if unit == "utf16" else offsets.from_utf8
    at = data.draw(st.integers(-3, units(text, unit) + 3))
    whole = {units(text[:n], unit): n for n in range(len(text) + 1)}
    if at in whole:
        assert back(at) == whole[at]
    else:
        with pytest.raises(TextError) as caught:
            back(at)
        assert caught.value.code == "OR-201"


@given(texts(), st.booleans())
def test_a_normalised_text_is_free_of_accidents_and_stays_as_it_is(text: str, nfc: bool) -> None:
    made = normalise(text, nfc=nfc).text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\xa0\xad\u200b\u2028\ufeff\ud800-\udfff]", made)
    assert normalise(made, nfc=nfc).text == made
    made.encode("utf-8")
    if nfc:
        assert unicodedata.is_normalized("NFC", made)


@given(texts(surrogates=False))
def test_composing_is_what_unicode_calls_it(text: str) -> None:
    plain = normalise(text).text
    assert normalise(text, nfc=True).text == unicodedata.normalize("NFC", plain)


@given(WITH_SPAN, st.booleans())
def test_a_normalised_span_comes_from_a_stretch_that_reads_the_same(case: tuple[str, Span], nfc: bool) -> None:
    text, _ = case
    made = normalise(text, nfc=nfc)
    for start in range(0, min(len(made.text), 60)):
        for end in range(start + 1, min(len(made.text), start + 5) + 1):
            span = Span(start, end)
            original = made.to_original(span)
            assert original.end <= len(text)
            # Tight: what was left out beside it is not part of it.
            assert normalise(text[original.start]).text
            assert normalise(text[original.end - 1]).text
            again = made.to_normalised(original)
            # Letters that were composed are never cut, so the way back may be wider.
            assert again is not None
            assert again.start <= start
            assert again.end >= end
            if not nfc:
                assert again == span
                assert normalise(original.of(text)).text == span.of(made.text)


@given(WITH_SPAN, st.booleans())
def test_every_original_span_lies_within_the_way_back_of_its_normalised_one(case: tuple[str, Span], nfc: bool) -> None:
    text, span = case
    made = normalise(text, nfc=nfc)
    there = made.to_normalised(span)
    if there is None:
        assert normalise(span.of(text)).text == ""
        return
    back = made.to_original(there)
    # What the way back leaves off at the ends has no normalised form.
    for left_off in (text[span.start : back.start], text[back.end : span.end]):
        assert normalise(left_off).text == ""


@given(WITH_SPAN)
def test_normalised_spans_of_whole_stretches_follow_each_other(case: tuple[str, Span]) -> None:
    text, _ = case
    made = normalise(text, nfc=True)
    last = 0
    for at in range(min(len(made.text), 80)):
        original = made.to_original(Span(at, at + 1))
        assert original.start >= last or made.to_original(Span(at - 1, at)) == original
        last = original.end


@given(texts())
def test_sentences_cover_all_that_is_no_white_space(text: str) -> None:
    found = sentences(text)
    covered = set()
    last = 0
    for span in found:
        words = span.of(text)
        assert words == words.strip() != ""
        assert span.start >= last
        last = span.end
        covered.update(range(span.start, span.end))
    assert all(char.isspace() for at, char in enumerate(text) if at not in covered)


@given(texts(), texts())
def test_a_paragraph_splits_alike_wherever_it_stands(before: str, text: str) -> None:
    alone = [span.of(text) for span in sentences(text)]
    together = sentences(before + "\n\n" + text)
    shift = len(before) + 2
    assert [span.of(text) for s in together if s.start >= shift for span in [s.shifted(-shift)]] == alone
