"""Offsets and normalisation: worked cases, and that time stays linear."""

import time
from collections.abc import Callable

import pytest

from onrecord.errors import TextError
from onrecord.record import Span
from onrecord.text.normalise import normalise
from onrecord.text.offsets import OffsetMap
from onrecord.text.sentences import sentences


def test_an_emoji_moves_what_follows_by_one_unit_and_three_bytes() -> None:
    offsets = OffsetMap("a😀b")
    assert offsets.span_to("utf16", Span(2, 3)) == Span(3, 4)
    assert offsets.span_to("utf8", Span(2, 3)) == Span(5, 6)


def test_a_lone_surrogate_is_one_unit_and_three_bytes() -> None:
    offsets = OffsetMap("\ud800x")
    assert offsets.to_utf16(1) == 1
    assert offsets.to_utf8(1) == 3


def test_half_an_emoji_has_no_code_point() -> None:
    with pytest.raises(TextError, match="inside a character"):
        OffsetMap("😀").from_utf16(1)


def test_an_empty_text_has_one_offset() -> None:
    assert OffsetMap("").to_utf8(0) == OffsetMap("").from_utf16(0) == 0


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("a\r\nb\rc\x0cd\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("a\xa0b\u202fc\td\u3000e", "a b c d e"),
        ("\ufeffa\x00b\u200bc\xadd\u202ee", "abcde"),
        ("\x93Yes\x94 \x97 he said\x85", "“Yes” — he said…"),
        ("a\ud800\udfff", "a\ufffd\ufffd"),
        ("नहीं\u200d👩\u200d👧", "नहीं\u200d👩\u200d👧"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_what_normalising_makes_of_it(text: str, made: str) -> None:
    assert normalise(text).text == made


def test_composing_maps_a_letter_to_its_parts() -> None:
    made = normalise("cafe\u0301 \u1112\u1161\u11ab", nfc=True)
    assert made.text == "café 한"
    assert made.to_original(Span(3, 4)) == Span(3, 5)
    assert made.to_original(Span(5, 6)) == Span(6, 9)
    assert made.to_normalised(Span(4, 5)) == Span(3, 4)


def test_a_span_does_not_take_in_what_was_left_out_beside_it() -> None:
    made = normalise("\ufeff\ufeff“a”\u200b\r\n")
    assert made.to_original(Span(0, 3)) == Span(2, 5)
    assert made.to_normalised(Span(0, 2)) is None


def test_a_span_outside_the_normalised_text_is_refused() -> None:
    with pytest.raises(TextError):
        normalise("a\r\n").to_original(Span(0, 3))


HOSTILE = {
    "one line": "word ",
    "cyrillic": "слово ",
    "crlf": "a\r\n",
    "nul": "a\x00",
    "marks": "e\u0301\u0323",
    "only marks": "\u0301\u0323",
    "stops": ".",
    "abbreviations": "a. ",
    "numbers": "am 3. Oktober ",
    "quotes": '."',
    "spaces": " ",
    "lines": "word\n",
    "footnotes": ". [1]",
    "emoji": "😀.",
}


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize(
    "work",
    [lambda text: normalise(text, nfc=True), sentences, lambda text: OffsetMap(text).to_utf8(len(text))],
    ids=["normalise", "sentences", "offsets"],
)
def test_time_is_linear(work: Callable[[str], object], unit: str) -> None:
    def seconds(size: int) -> float:
        text = HOSTILE[unit] * (size // len(HOSTILE[unit]))
        start = time.process_time()
        work(text)
        return time.process_time() - start

    seconds(1000)
    # Eight times the text takes eight times as long; 64 times as long would be the square.
    assert seconds(160_000) < 25 * max(seconds(20_000), 0.002)
