"""An RSS or Atom feed is one document per entry that holds text.

Feeds differ in what they print: whole articles, summaries, or headlines alone. An entry's longest text
counts; an entry without any is a :class:`~onrecord.ingest.items.Skip`. A feed that is not well-formed is read
as far as it can be, and a Failure (OR-109) after its entries says so, since some may be missing.

The origin of an entry has its number in ``record`` and the digest of the whole feed; entries have no bytes of
their own once the XML is resolved.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Protocol, cast

from onrecord.errors import InputError, UsageError
from onrecord.ingest.dates import find_published
from onrecord.ingest.encoding import binary_format, decode
from onrecord.ingest.items import Failure, Item, Skip
from onrecord.ingest.markup import text_of_fragment
from onrecord.ingest.source import Source
from onrecord.record.document import Document, Origin, Reader, document_id

READER_VERSION = "1"
NO_TEXT = "feed entry without text"

_ENCODING = re.compile(r"(\s*<\?xml[^>]{0,200}?)\sencoding\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[a-z]+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_STATED = re.compile(rb"\s*<\?xml[^>]{1,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)


class _Parsed(Protocol):
    """What feedparser hands back, as far as it is used here."""

    bozo: object
    version: str
    entries: list[Mapping[str, object]]
    feed: Mapping[str, object]

    def get(self, key: str, default: object = None, /) -> object: ...


def read_feed(data: bytes, source: Source) -> Iterator[Item]:
    """Which documents does this feed hold?

    Raises:
        InputError: OR-102 it has no entries, OR-103 binary, OR-104 encoding, OR-109 it is no feed.
    """
    kind = binary_format(data)
    if kind is not None:
        raise InputError("OR-103", f"{source.place} is {kind}, not a feed")
    stated = _STATED.match(data)
    name = source.encoding or source.charset or (stated[1].decode("ascii") if stated else None)
    text = decode_feed(data, name, source)
    if _has_nested_entities(text):
        raise InputError("OR-109", f"{source.place} defines entities by other entities, which may grow without end")
    parsed = _parsed(text, source)
    trouble = parsed.get("bozo_exception")
    if not parsed.version or (trouble and not parsed.entries):
        why = f": {trouble}" if trouble else ""
        raise InputError("OR-109", f"{source.place} is not an RSS or Atom feed{why}")
    if not parsed.entries:
        raise InputError("OR-102", f"{source.place} is a feed without entries")
    whole = source.origin(data)
    for number, entry in enumerate(parsed.entries, start=1):
        origin = Origin(kind="feed", path=source.path, record=number, digest=whole.digest)
        doc = _document(entry, parsed.feed, origin, source)
        yield Skip(origin=origin, reason=NO_TEXT) if doc is None else doc
    if trouble:
        yield Failure(
            origin=whole,
            error=InputError(
                "OR-109",
                f"{source.place} is not well-formed, entries may be missing after the "
                f"{len(parsed.entries)} that were read: {trouble}",
            ),
        )


def decode_feed(data: bytes, name: str | None, source: Source) -> str:
    """The feed as text, without the encoding in its XML declaration, which the text no longer has.

    Raises:
        InputError: OR-102 empty, OR-103 binary, OR-104 encoding.
    """
    try:
        text = decode(data, encoding=name, place=source.place)
    except UsageError:
        # An encoding that nobody knows is often a slip of the pen in a file that is UTF-8.
        text = decode(data, place=source.place)
    declaration = _ENCODING.match(text)
    return text if declaration is None else declaration[1] + text[declaration.end() :]


def _has_nested_entities(text: str) -> bool:
    """Does the feed's own document type define entities by others?

    A few lines can grow to gigabytes by that.
    """
    root = _ROOT.search(text)
    declared = (text if root is None else text[: root.start()]).partition("<!ENTITY")[2]
    return "&" in declared.replace("&#", "")


@cache
def reader() -> Reader:
    """The reader, with the version of the library that parses the feed."""
    from importlib.metadata import version

    return Reader(name="feed", version=f"{READER_VERSION} (feedparser {version('feedparser')})")


def _parsed(text: str, source: Source) -> _Parsed:
    """What feedparser makes of the feed.

    Raises:
        InputError: OR-109, it gives up.
    """
    import feedparser

    try:
        # A stream, since feedparser opens strings that look like addresses or paths.
        stream = io.BytesIO(text.encode("utf-8", "surrogatepass"))
        return cast("_Parsed", feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False))
    # What a third-party parser raises on hostile markup; anything else is a fault worth seeing.
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise InputError(
            "OR-109", f"{source.place}: the feed could not be analysed ({type(error).__name__})"
        ) from error


def _document(
    entry: Mapping[str, object], feed: Mapping[str, object], origin: Origin, source: Source
) -> Document | None:
    """The document of one entry; None if it holds no text."""
    text = _text(entry)
    if not text:
        return None
    # An entry that is only ever updated was published then, for all that the feed says.
    date = find_published(_string(entry, "published"), _string(entry, "updated") if "updated" in entry else None)
    url, outlet = _address(entry), _line(feed.get("title_detail"))
    return Document(
        id=document_id(text, url=url, outlet=outlet, published=None if date is None else date.value),
        text=text,
        external_id=_string(entry, "id"),
        url=url,
        title=_line(entry.get("title_detail")),
        outlet=outlet,
        published=date,
        retrieved=source.retrieved,
        language=_language(entry, feed),
        origin=origin,
        reader=reader(),
    )


def _text(entry: Mapping[str, object]) -> str:
    """The longest text that the entry prints."""
    contents = entry.get("content")
    candidates = [entry.get("summary_detail"), *(contents if isinstance(contents, list) else ())]
    return max((_detail_text(detail) for detail in candidates), key=len, default="")


def _detail_text(detail: object) -> str:
    if not isinstance(detail, Mapping):
        return ""
    value, kind = detail.get("value"), detail.get("type")
    if not isinstance(value, str):
        return ""
    return value.strip() if kind == "text/plain" else text_of_fragment(value)


def _language(entry: Mapping[str, object], feed: Mapping[str, object]) -> str | None:
    details = [
        detail for detail in (entry.get("summary_detail"), entry.get("title_detail")) if isinstance(detail, Mapping)
    ]
    return next((found for detail in details if (found := _string(detail, "language"))), None) or _string(
        feed, "language"
    )


def _address(entry: Mapping[str, object]) -> str | None:
    """The page of the entry; an id that feedparser puts in its place is none."""
    link = _string(entry, "link")
    return link if link is not None and link.lower().startswith(("http://", "https://")) else None


def _line(detail: object) -> str | None:
    """A headline without markup, on one line."""
    return " ".join(_detail_text(detail).split()) or None


def _string(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    return (value.strip() or None) if isinstance(value, str) else None
