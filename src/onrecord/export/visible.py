"""How is a text from outside shown without letting it command the terminal or break the page?"""

from __future__ import annotations

from onrecord.record.span import Spans

_REPLACED: dict[int, str] = {
    # An escape sequence in an article must not reach the terminal: it is shown as letters.
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
    ord("\r"): " ",
    0x7F: "␡",
    **dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
}


def visible(text: str) -> str:
    """`text` with every control character and lone surrogate replaced by one visible letter.

    Tabs and line ends stay; a carriage return becomes a space. The length does not change: offsets hold.

    >>> visible("a\\x1b[2Jb")
    'a␛[2Jb'
    """
    return text.translate(_REPLACED)


def counted(number: int, noun: str) -> str:
    """A number and its noun.

    >>> counted(1, "statement"), counted(1200, "statement")
    ('1 statement', '1,200 statements')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def quote(text: str, spans: Spans, *, limit: int | None = None) -> str:
    """The words of `text` at `spans`, on one line; stretches are joined with an ellipsis.

    Args:
        text: The text of the document.
        spans: Stretches of it.
        limit: Cut at the last space before this many letters, and show an ellipsis there; None shows all.
    """
    line = " … ".join(" ".join(visible(span.of(text)).split()) for span in spans)
    if limit is None or len(line) <= limit:
        return line
    return (line[:limit].rsplit(" ", 1)[0] or line[:limit]).rstrip(" ,;:—–-") + "…"
