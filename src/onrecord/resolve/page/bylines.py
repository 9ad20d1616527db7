"""Where does an article name who wrote it?"""

from __future__ import annotations

import re

from onrecord.record.span import Span

HEAD_CHARS, FOOT_CHARS = 400, 500
"""How far the head and the foot of a text reach, in code points, to the end of a line up to twice as far."""
NAME = r"[A-Z][\w&.'’-]*(?:[ ](?:of|the|and|de|[A-Z][\w&.'’-]*|\d+)){0,5}"
"""The form of a name in a line at the head or foot."""
BYLINE = re.compile(
    rf"^[ \t*_]*(?:[Bb][Yy]|[Ff]rom|[Ww]ords by)[ ]+(?P<who>{NAME}(?:(?:,|[ ]and)[ ]+{NAME})*)"
    rf"(?:[ ]*(?:[,|/•·–—-]|[ ]for|[ ]in)[ ]+(?P<agency>{NAME}))?[ \t*_.]*$",
    re.MULTILINE,
)
"""A line that names who wrote the article, and perhaps for whom."""
_REPORTS = re.compile(r"\s+(?:reports?|has\sthis\sreport|writes)\b")


def bylines(text: str) -> tuple[Span, ...]:
    """Where does the article name who wrote it?"""
    found = {
        Span(line.start("who"), line.end("who"))
        for low, high in ends(text)
        for line in BYLINE.finditer(text, low, high)
    }
    return tuple(sorted(found))


def is_byline(text: str, mention: Span, lines: tuple[Span, ...]) -> bool:
    """Do these words name who wrote the article, in its byline, or where the text says "Anna Kolm reports"?"""
    if any(line.start <= mention.start < line.end for line in lines):
        return True
    name = mention.of(text)
    own = " " in name and any(name in line.of(text) for line in lines)
    return own and _REPORTS.match(text, mention.end) is not None


def ends(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The head and the foot of the text, cut at the ends of lines that are not too long."""
    head = text.find("\n", min(len(text), HEAD_CHARS), 2 * HEAD_CHARS)
    foot = text.rfind("\n", max(0, len(text) - 2 * FOOT_CHARS), max(0, len(text) - FOOT_CHARS))
    return (0, min(len(text), HEAD_CHARS) if head < 0 else head), (
        max(foot + 1, len(text) - 2 * FOOT_CHARS, 0),
        len(text),
    )
