"""An HTML page is one document: the text of its article, without menus, adverts and comments.

The text is what trafilatura takes for the article, its paragraphs kept apart by an empty line. The headline
becomes ``Document.title`` and is not repeated in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from onrecord.errors import InputError
from onrecord.ingest.dates import find_published
from onrecord.ingest.encoding import wrong_encoding
from onrecord.ingest.html_meta import decode_page, language, published
from onrecord.ingest.items import Failure, Item
from onrecord.ingest.markup import paragraphs_of, paragraphs_text
from onrecord.ingest.source import Source
from onrecord.record.document import Document, Origin, Reader, document_id

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document as Extracted

READER_VERSION = "1"
LEAST_PARAGRAPH = 25
"""A page whose longest paragraph is shorter, in code points, holds menus and buttons but no article."""
MENU_LINES, MENU_LINE = 8, 200
"""The headline is looked for in so many paragraphs, and not after one that is longer."""

REPLACED = "\ufffd"

# Comments are bounded, so that a page of ends without a start does not take forever.
_PAGE_END = re.compile(
    rb"</html\s*>(?=(?:\s|<!--(?:(?!-->).){0,500}-->)*+<(?:!doctype\s|html[\s>]|\?xml))",
    re.IGNORECASE | re.DOTALL,
)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def read_html(data: bytes, source: Source) -> Iterator[Item]:
    """Which documents do these bytes hold? One, or several if several whole pages follow one another.

    Raises:
        InputError: The only page cannot be read: OR-102 empty, OR-103 binary, OR-104 encoding, OR-107 no
            article.
    """
    starts = [0, *(match.end() for match in _PAGE_END.finditer(data))]
    if len(starts) == 1:
        yield _page(data, source.origin(data), source)
        return
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), start=1):
        part = data[start:end]
        origin = source.origin(part, record=number, byte_offset=start)
        try:
            yield _page(part, origin, source)
        except InputError as error:
            yield Failure(origin=origin, error=error)


@cache
def reader() -> Reader:
    """The reader, with the version of the library that decides what the article is."""
    from importlib.metadata import version

    return Reader(name="html", version=f"{READER_VERSION} (trafilatura {version('trafilatura')})")


def _page(data: bytes, origin: Origin, source: Source) -> Document:
    """The document of one page.

    Raises:
        InputError: OR-102 empty, OR-103 binary, OR-104 encoding, OR-107 no article.
    """
    markup, damaged = decode_page(data, encoding=source.encoding, charset=source.charset, place=source.place)
    tree, found = _extracted(markup, source)
    title = _line(found.title)
    text = paragraphs_text(_without_headline(paragraphs_of(found.body), title))
    if max((len(paragraph) for paragraph in text.split("\n")), default=0) < LEAST_PARAGRAPH:
        raise _no_article(source)
    if damaged and (REPLACED in text or REPLACED in (title or "")):
        raise wrong_encoding(data, source.place)
    date = published(tree) or find_published(found.date)
    outlet = _line(found.sitename)
    url = _line(found.url) or (source.path if source.origin_kind == "url" else None)
    return Document(
        id=document_id(text, url=url, outlet=outlet, published=None if date is None else date.value),
        text=text,
        url=url,
        title=title,
        outlet=outlet,
        published=date,
        retrieved=source.retrieved,
        language=language(tree),
        origin=origin,
        reader=reader(),
    )


def _extracted(markup: str, source: Source) -> tuple[HtmlElement, Extracted]:
    """The page's tree and what trafilatura makes of it.

    Raises:
        InputError: OR-107, it finds no article or gives up.
    """
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction, load_html
    from trafilatura.settings import Document as Extracted

    try:
        declaration = _DECLARATION.match(markup)
        tree = load_html(markup if declaration is None else markup[declaration.end() :])
        if tree is None:
            raise _no_article(source)
        found = bare_extraction(
            tree,
            url=source.path if source.origin_kind == "url" else None,
            include_comments=False,
            include_formatting=False,
            with_metadata=True,
            # Only dates that the page states, and a fixed bound, so that the outcome does not depend on
            # today.
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "max_date": "2100-12-31",
            },
        )
    # What a third-party parser raises on hostile markup; anything else is a fault worth seeing.
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        LxmlError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise InputError(
            "OR-107", f"{source.place}: the page could not be analysed ({type(error).__name__})"
        ) from error
    if not isinstance(found, Extracted) or found.body is None:
        raise _no_article(source)
    return tree, found


def _no_article(source: Source) -> InputError:
    return InputError("OR-107", f"{source.place}: the page holds no article text")


def _line(value: object) -> str | None:
    """A value of the metadata on one line; None if it says nothing."""
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _without_headline(paragraphs: list[str], title: str | None) -> list[str]:
    """The paragraphs without those that print the headline, at the top or after a menu's short lines."""
    kept: list[str] = []
    for place, paragraph in enumerate(paragraphs):
        if title is None or len(paragraph) > MENU_LINE or place >= MENU_LINES:
            return kept + paragraphs[place:]
        if not _same_headline(paragraph, title):
            kept.append(paragraph)
    return kept


def _same_headline(paragraph: str, title: str) -> bool:
    """Does the paragraph print the headline?

    The title may go on with the outlet: "Talks go on | The Daily".
    """
    first, whole = (" ".join(part.casefold().split()) for part in (paragraph, title))
    rest = whole.removeprefix(first)
    return first == whole or (bool(first) and rest != whole and re.match(r" ?[|–—\-·•:»] ", rest) is not None)
