"""Typed access to a JSON object that somebody else wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from onrecord.errors import InputError, TextError
from onrecord.record.span import Span, Spans, as_spans
from onrecord.record.words import not_a_word

Word = TypeVar("Word", bound=str)


class Fields:
    """The fields of one JSON object: asked for by name and type, and refused with the place where it went
    wrong.

    A field that is missing and one that is null mean the same: unknown.
    """

    __slots__ = ("_values", "at")

    def __init__(self, obj: object, *, at: str) -> None:
        if not isinstance(obj, Mapping):
            raise InputError("OR-106", f"{at} is not a JSON object")
        self._values: Mapping[object, object] = obj
        self.at = at

    def text(self, key: str) -> str:
        """The string under `key`.

        Raises:
            InputError: OR-106, it is missing or not a string.
        """
        value = self.text_or_none(key)
        if value is None:
            raise InputError("OR-106", f"{self.at} lacks the string `{key}`")
        return value

    def text_or_none(self, key: str) -> str | None:
        """The string under `key`, or None.

        Raises:
            InputError: OR-106, it is not a string.
        """
        value = self._values.get(key)
        if value is None or isinstance(value, str):
            return value
        raise self._wrong(key, "a string")

    def word(self, key: str, allowed: tuple[Word, ...]) -> Word:
        """Which of the words `allowed` stands under `key`?

        Raises:
            InputError: OR-106, it is missing or not a string.
            TextError: OR-202, it is none of them.
        """
        value = self.text(key)
        for word in allowed:
            if word == value:
                return word
        raise TextError("OR-202", not_a_word(value, allowed, what=f"`{key}` of {self.at}"))

    def word_or_none(self, key: str, allowed: tuple[Word, ...]) -> Word | None:
        """Which of the words `allowed` stands under `key`, if anything does? Raises as :meth:`word` does."""
        return self.word(key, allowed) if self.has(key) else None

    def int_or_none(self, key: str) -> int | None:
        """The integer under `key`, or None.

        Raises:
            InputError: OR-106, it is not an integer.
        """
        value = self._values.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self._wrong(key, "an integer")

    def number_or_none(self, key: str) -> float | None:
        """The number under `key`, or None.

        Raises:
            InputError: OR-106, it is not a number.
        """
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        raise self._wrong(key, "a number")

    def flag_or_none(self, key: str) -> bool | None:
        """The true or false under `key`, or None.

        Raises:
            InputError: OR-106, it is neither.
        """
        value = self._values.get(key)
        if value is None or isinstance(value, bool):
            return value
        raise self._wrong(key, "true or false")

    def items(self, key: str) -> list[object]:
        """The list under `key`; empty if it is missing.

        Raises:
            InputError: OR-106, it is not a list.
        """
        value = self._values.get(key)
        if value is None:
            return []
        if isinstance(value, list | tuple):
            return list(value)
        raise self._wrong(key, "a list")

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of strings under `key`; empty if it is missing.

        Raises:
            InputError: OR-106, it is not a list of strings.
        """
        found = []
        for value in self.items(key):
            if not isinstance(value, str):
                raise self._wrong(key, "a list of strings")
            found.append(value)
        return tuple(found)

    def inner(self, key: str) -> Fields | None:
        """The JSON object under `key`, or None.

        Raises:
            InputError: OR-106, it is not an object.
        """
        value = self._values.get(key)
        return None if value is None else Fields(value, at=f"`{key}` of {self.at}")

    def inners(self, key: str) -> list[Fields]:
        """The list of JSON objects under `key`; empty if it is missing.

        Raises:
            InputError: OR-106, it is not a list of objects.
        """
        return [
            Fields(value, at=f"`{key}` {number} of {self.at}") for number, value in enumerate(self.items(key), start=1)
        ]

    def span(self, key: str, *, of: str) -> Span:
        """The span under `key`, checked against the text `of`.

        Raises:
            TextError: OR-201, see :func:`read_span`.
        """
        return read_span(self._values.get(key), text=of, at=f"`{key}` of {self.at}")

    def span_or_none(self, key: str, *, of: str) -> Span | None:
        """The span under `key`, checked against the text `of`; or None.

        Raises:
            TextError: OR-201, see :func:`read_span`.
        """
        return None if self._values.get(key) is None else self.span(key, of=of)

    def spans(self, key: str, *, of: str | None) -> Spans:
        """The spans under `key`, sorted; checked against the text `of` if that is known.

        Raises:
            TextError: OR-201, see :func:`read_span`; or two of them overlap.
        """
        at = f"`{key}` of {self.at}"
        found = [read_span(value, text=of, at=at) for value in self.items(key)]
        return as_spans((span.start, span.end) for span in found)

    def has(self, key: str) -> bool:
        """Is there anything but null under `key`?"""
        return self._values.get(key) is not None

    def spells_out(self, key: str) -> bool:
        """Is `key` there at all, be it with null?"""
        return key in self._values

    def _wrong(self, key: str, wanted: str) -> InputError:
        return InputError("OR-106", f"`{key}` of {self.at} must be {wanted}")


def read_span(value: object, *, text: str | None, at: str) -> Span:
    """The span that a JSON value gives: ``[start, end]``, or ``{"start": …, "end": …, "text": …}``.

    Raises:
        TextError: OR-201, it is neither, it is empty, it ends outside `text`, or `text` reads otherwise
            there.
    """
    words: object = None
    if isinstance(value, Mapping):
        words = value.get("text")
        value = [value.get("start"), value.get("end")]
    if not isinstance(value, list | tuple) or len(value) != 2 or not all(type(part) is int for part in value):
        raise TextError("OR-201", f"{at}: a span must be two integers, not {value!r}")
    start, end = value
    if not 0 <= start < end:
        raise TextError("OR-201", f"{at}: a span must have 0 <= start < end, not [{start}, {end})")
    span = Span(start, end)
    if text is None:
        return span
    if end > len(text):
        raise TextError("OR-201", f"{at}: span [{start}, {end}) ends outside a text of {len(text)} code points")
    if words is not None and words != text[start:end]:
        raise TextError("OR-201", f"{at}: span [{start}, {end}) reads {text[start:end]!r}, but {words!r} was recorded")
    return span
