"""What does a piece of HTML say, as plain paragraphs?"""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *(
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "html",
        ),
        *("li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tr", "ul"),
    )
)
UNREAD = frozenset(
    ("script", "style", "template", "noscript", "svg", "iframe", "object", "textarea", "select")
)

_SPACES = re.compile(r"[ \t\r\n\f]+")

LINE_BREAK = "\u2028"
"""Marks a line break inside a paragraph until the white space around it is settled."""


def paragraphs_text(paragraphs: list[str]) -> str:
    """One text of these paragraphs, with an empty line between them and their white space as HTML shows it.

    :data:`LINE_BREAK` stands for a break inside a paragraph (``<br>``).
    """
    shown = (_paragraph(paragraph) for paragraph in paragraphs)
    return "\n\n".join(paragraph for paragraph in shown if paragraph)


def _paragraph(raw: str) -> str:
    lines = (_SPACES.sub(" ", line).strip(" ") for line in raw.split(LINE_BREAK))
    return "\n".join(lines).strip("\n")


def text_of_fragment(markup: str) -> str:
    """What does this piece of HTML say?

    Paragraphs are kept apart by an empty line; markup and scripts are gone.

    Args:
        markup: Part of an HTML page, as feeds hold it. It need not be well-formed.

    >>> text_of_fragment("<p>He said &laquo;<b>no</b>&raquo;.</p><p>She<br>left.</p>")
    'He said «no».\\n\\nShe\\nleft.'
    """
    parser = _Paragraphs()
    parser.feed(markup)
    parser.close()
    return paragraphs_text(parser.paragraphs)


class _Paragraphs(HTMLParser):
    """Collects the text between block elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = [""]
        self._parts: list[str] = []
        self._unread: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread is None and tag in UNREAD:
            self._unread = tag
        elif tag == "br":
            self._parts.append(LINE_BREAK)
        elif tag in BLOCKS:
            self._flush()
        elif tag in ("td", "th"):
            self._parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in UNREAD:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unread:
            self._unread = None
        elif tag in BLOCKS:
            self._flush()

    def handle_data(self, data: str) -> None:
        if self._unread is None:
            self._parts.append(data.replace(LINE_BREAK, " "))

    def close(self) -> None:
        super().close()
        self._flush()

    def _flush(self) -> None:
        self.paragraphs.append("".join(self._parts))
        self._parts.clear()
