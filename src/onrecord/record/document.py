"""One published text, with where it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from onrecord.errors import InputError
from onrecord.record.ids import content_id

OriginKind: TypeAlias = Literal["file", "stdin", "url", "jsonl", "feed", "memory", "warc", "parquet"]
ORIGIN_KINDS: tuple[OriginKind, ...] = get_args(OriginKind)
Precision: TypeAlias = Literal["year", "month", "day", "minute", "second"]

_ISO = re.compile(
    r"(?P<year>\d{4})(?P<month>-\d\d)?(?P<day>-\d\d)?"
    r"(?:[T ](?P<minute>\d\d:\d\d)(?P<second>:\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When a document was published, and how exactly we know it.

    Attributes:
        value: ISO 8601, cut to the precision: ``2026``, ``2026-03``, ``2026-03-04``,
            ``2026-03-04T10:15+02:00``.
        precision: The smallest unit that `value` states.
    """

    value: str
    precision: Precision

    @classmethod
    def from_iso(cls, value: str) -> Published:
        """When is that? The precision is the smallest unit that `value` states.

        Raises:
            InputError: OR-106, `value` is not a date or time in ISO 8601.

        >>> Published.from_iso("2026-03")
        Published(value='2026-03', precision='month')
        """
        found = _ISO.fullmatch(value)
        if found is None:
            raise InputError("OR-106", f"{value!r} is not a date or time in ISO 8601")
        whole = value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value
        try:
            # A leap second is a time, though not one of the standard library's.
            datetime.fromisoformat(whole.replace(":60", ":59") if found["second"] else whole)
        except ValueError as error:
            raise InputError("OR-106", f"{value!r} is not a date or time in ISO 8601: {error}") from error
        return cls(value=value, precision=_precision(found))


def _precision(found: re.Match[str]) -> Precision:
    if found["second"]:
        return "second"
    if found["minute"]:
        return "minute"
    if found["day"]:
        return "day"
    return "month" if found["month"] else "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the bytes of a document came from.

    Attributes:
        kind: The sort of place.
        path: File path or address; None for stdin and memory.
        record: Which record of the file, counted from 1 (line of a JSON Lines file, entry of a feed); None if
            the file is one document.
        byte_offset: Where in the file the record begins, in bytes; None if the file is one document.
        digest: sha256 of the raw bytes of the record, hexadecimal.
        note: What the input itself says of where the text comes from ("Wikinews, CC BY 2.5"), kept as it
            stands.
    """

    kind: OriginKind
    path: str | None = None
    record: int | None = None
    byte_offset: int | None = None
    digest: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Which reader made the text from the bytes."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One published text with where it came from.

    Two documents with the same text, outlet, address and publication date are one: their ids are equal.

    Attributes:
        id: ``d`` and 16 hexadecimal digits, see :func:`document_id`.
        external_id: The id that the input gave to the document, if any. The public JSON form shows it as
            ``id``.
        text: The text that every span of the record points into.
        url: Canonical address.
        title: Headline, if the input gives it apart from the text.
        outlet: Who published it, as the input states it.
        published: When.
        retrieved: When the bytes were fetched, ISO 8601 with UTC offset; None if nobody fetched them.
        language: BCP 47 code as stated by the input; None if unknown.
        origin: Where the bytes came from.
        reader: What turned the bytes into text.
        story: The input's own grouping of documents, if any.
    """

    id: str
    text: str
    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: Published | None = None
    retrieved: str | None = None
    language: str | None = None
    story: str | None = None
    origin: Origin
    reader: Reader


def document_id(text: str, *, url: str | None, outlet: str | None, published: str | None) -> str:
    """The id of a document: a hash of what makes it that document.

    The same bytes read from two files are one document; a reprint by another outlet is another one.
    """
    return content_id("d", text, url, outlet, published)
