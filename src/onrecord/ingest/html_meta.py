"""What does an HTML page state about itself: its encoding, date, language and outlet?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.errors import InputError, UsageError
from onrecord.ingest.dates import find_published
from onrecord.ingest.encoding import binary_format, byte_order_mark, check_encoding, decode
from onrecord.record.document import Published

if TYPE_CHECKING:
    from lxml.html import HtmlElement

META_BYTES = 4096

# What pages name is not always what they mean; the right-hand sides are what browsers take.
LABELS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-mac-cyrillic": "mac-cyrillic",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}
STATEFUL = ("iso2022", "hz", "utf-7")

_META_CHARSET = re.compile(rb"<meta[^>]{1,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{1,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)

DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "article_date_original",
    "parsely-pub-date",
    "publication_date",
    "publish_date",
    "publishdate",
    "pubdate",
    "sailthru.date",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.issued",
    "dc.date.created",
    "dc.date",
    "date",
)


def decode_page(data: bytes, *, encoding: str | None, charset: str | None, place: str) -> tuple[str, bool]:
    """The text of a page, markup and all, and whether some bytes of it could not be decoded (then U+FFFD
    stands there).

    A byte order mark or the user decides; else what the sender or the page itself names, though UTF-8 comes
    before any single-byte encoding, since many pages name one out of habit and other text is practically
    never valid UTF-8.

    Raises:
        InputError: OR-102 empty, OR-103 binary, OR-104 the encoding is neither named nor UTF-8.
    """
    stated = _known(charset) or _stated_encoding(data)
    if encoding is not None or stated is None or byte_order_mark(data) is not None:
        return decode(data, encoding=encoding, place=place), False
    kind = binary_format(data)
    if kind is not None:
        raise InputError("OR-103", f"{place} is {kind}, not an HTML page")
    names = (stated,) if stated.startswith(STATEFUL) else ("utf-8", stated)
    for name in names:
        try:
            return data.decode(name), False
        except UnicodeError:
            continue
    return data.decode(stated, "replace"), True


def published(tree: HtmlElement) -> Published | None:
    """When was the page published, as its markup states it? None if it does not."""
    stated: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content")
        if content:
            stated.setdefault(name.strip().lower(), content)
    times = (
        time.get("datetime")
        for time in tree.iter("time")
        if time.get("itemprop") == "datePublished" or "pubdate" in time.attrib
    )
    return find_published(*(stated.get(name) for name in DATE_NAMES), *_linked_data_dates(tree), *times)


def language(tree: HtmlElement) -> str | None:
    """The BCP 47 code that the page states, or None."""
    candidates = [
        tree.get("lang"),
        tree.get("xml:lang"),
        tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
    ]
    for meta in tree.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "content-language" or meta.get("property") == "og:locale":
            candidates.append(meta.get("content"))
    for candidate in candidates:
        code = (candidate or "").strip().replace("_", "-")
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", code):
            return code
    return None


def _stated_encoding(data: bytes) -> str | None:
    head = data[:META_BYTES]
    match = _XML_ENCODING.match(head) or _META_CHARSET.search(head)
    return None if match is None else _known(match[1].decode("ascii", "replace"))


def _known(label: str | None) -> str | None:
    """The Python name of an encoding as pages name it; None if there is none of this name."""
    if not label:
        return None
    try:
        return check_encoding(LABELS.get(label.strip().lower(), label.strip()))
    except UsageError:
        return None


def _linked_data_dates(tree: HtmlElement) -> Iterator[str]:
    """The dates of publication in the page's JSON-LD, those of articles only."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            todo: list[object] = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while todo:
            node = todo.pop(0)
            if isinstance(node, list):
                todo.extend(node)
            elif isinstance(node, dict):
                date = node.get("datePublished")
                if isinstance(date, str) and re.search(r"Article|Posting|Report|WebPage", str(node.get("@type"))):
                    yield date
                todo.extend(value for key, value in node.items() if key in ("@graph", "mainEntity", "mainEntityOfPage"))
