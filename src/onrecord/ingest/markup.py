"""What does a piece of markup say, as plain paragraphs?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements that stand apart from the text around them, in HTML and in trafilatura's own XML.
BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "code", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head"),
        *("header", "hr", "html", "item", "li", "list", "main", "nav", "ol", "p", "pre", "quote", "row"),
        *("section", "summary", "table", "tr", "ul"),
    )
)
BREAKS = frozenset(("br", "lb"))
CELLS = frozenset(("cell", "td", "th"))
UNREAD = frozenset(
    ("iframe", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title")
)

LINE_BREAK = "\u2028"
"""Marks a line break inside a paragraph until the white space around it is settled."""

_SPACES = re.compile(r"[ \t\r\n\f]+")


def text_of_fragment(markup: str) -> str:
    """What does this piece of HTML say?

    Paragraphs are kept apart by an empty line; markup and scripts are gone.

    Args:
        markup: Part of an HTML page, as feeds hold it. It need not be well-formed.

    >>> text_of_fragment("<p>He said &laquo;<b>no</b>&raquo;.</p><p>She<br>left.</p>")
    'He said «no».\\n\\nShe\\nleft.'
    """
    if "<" not in markup and "&" not in markup:
        return paragraphs_text([_plain(markup)])
    # Not the standard library's parser: on broken markup it takes time that grows with the square of the
    # length.
    from lxml.html import HTMLParser, document_fromstring

    page = f"<html><body><div>{markup}</div></body></html>".encode("utf-8", "replace")
    return paragraphs_text(
        paragraphs_of(document_fromstring(page, parser=HTMLParser(encoding="utf-8", huge_tree=True)))
    )


def paragraphs_text(paragraphs: list[str]) -> str:
    """One text of these paragraphs, with an empty line between them and their white space as pages show it.

    :data:`LINE_BREAK` stands for a break inside a paragraph (``<br>``).
    """
    shown = (_paragraph(paragraph) for paragraph in paragraphs)
    return "\n\n".join(paragraph for paragraph in shown if paragraph)


def paragraphs_of(root: _Element) -> list[str]:
    """The paragraphs of a tree of HTML or of trafilatura's XML, raw, for :func:`paragraphs_text`."""
    found: list[str] = []
    parts: list[str] = []

    def flush() -> None:
        if parts:
            found.append("".join(parts))
            parts.clear()

    def enter(element: _Element) -> None:
        if element.tag in BLOCKS:
            flush()
        elif element.tag in BREAKS:
            parts.append(LINE_BREAK)
        parts.append(_plain(element.text))

    def leave(element: _Element) -> None:
        if element.tag in BLOCKS:
            flush()
        elif element.tag in CELLS:
            parts.append(" ")
        if element is not root:
            parts.append(_plain(element.tail))

    # Not recursive: pages are nested as deeply as their makers like.
    todo: list[tuple[_Element, bool]] = [(root, False)]
    while todo:
        element, entered = todo.pop()
        if entered:
            leave(element)
            continue
        todo.append((element, True))
        # The tags of comments and processing instructions are no strings.
        if isinstance(element.tag, str) and element.tag not in UNREAD:
            enter(element)
            todo.extend((child, False) for child in reversed(element))
    flush()
    return [paragraph for paragraph in found if paragraph.strip(LINE_BREAK + " \t\r\n\f")]


def _plain(text: str | None) -> str:
    return (text or "").replace(LINE_BREAK, " ")


def _paragraph(raw: str) -> str:
    lines = (_SPACES.sub(" ", line).strip(" ") for line in raw.split(LINE_BREAK))
    return "\n".join(lines).strip("\n")
