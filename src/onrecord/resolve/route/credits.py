"""From which agency does an article say it comes, at its head or foot?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.record.span import Span
from onrecord.resolve.page.bylines import BYLINE, NAME, ends
from onrecord.resolve.page.phrases import is_day
from onrecord.resolve.route.media import Media, Medium

_PERSON = r"[A-Z][\w.'’-]*(?:[ ](?:de|van|von|al|bin|[A-Z][\w.'’-]*)){1,4}"
_SLASH = re.compile(rf"^[ \t*_]*(?P<agency>{NAME})[ ]?/[ ]?{NAME}[ \t*_.]*$", re.MULTILINE)
_DATELINE = re.compile(
    rf"^[ \t*_]*+(?:(?:[A-Z][\w'’-]*+|\d{{1,2}}(?:st|nd|rd|th)?)(?:[ ,.-]++|/(?![A-Z]+/))){{1,9}}"
    rf"(?:\((?P<round>{NAME}|[A-Z]{{2,}})\)|/(?P<slash>{NAME})/|\[(?P<square>{NAME})\])[ .]*(?:[-–—:.]|$)",
    re.MULTILINE,
)
_BARE = re.compile(rf"^[ \t*_]*\((?P<agency>{NAME})\)[ ]*[-–—:]", re.MULTILINE)
_FOOT = re.compile(
    rf"(?:[Ww]ith (?:additional |further )?(?:reporting|material|files|reports|contributions?) (?:by|from)"
    rf"|[Aa]dditional (?:reporting|material) (?:by|from)"
    rf"|(?:^|[\n(*_])[ *_]*(?:[Ss]ources?|[Cc]redits?|[Vv]ia|[Oo]riginal)[ ]?:"
    rf"|(?:[Tt]his|[Tt]he) (?:article|story|report|text|piece)[^.\n]{{0,40}}?"
    rf"(?:published|appeared|provided|supplied|produced|written)[^.\n]{{0,20}}? (?:by|in|on)"
    rf"|[Cc]opyright[ ](?:©[ ])?(?:\d{{4}}[ ])?|©[ ](?:\d{{4}}[ ])?|(?:[Cc]ompiled|[Aa]dapted) from)[ ]*(?:the[ ])?"
    rf"(?P<agency>{NAME}(?:(?:,|[ ]and)[ ]+(?:the[ ])?{NAME})*)"
)
_TAIL = re.compile(rf"(?:[-–—(]|[(])[ ]?(?P<agency>{NAME})[)]?[ .*_]*\Z")
_PART = re.compile(r"[A-Z][\w&'’-]*(?:\.\w+)*(?:[ ](?:of|the|de|[A-Z][\w&'’-]*(?:\.\w+)*|\d+)){0,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A line that says from which agency the text comes.

    Attributes:
        medium: The agency.
        evidence: The line, or the part of it that says so.
    """

    medium: Medium
    evidence: Span


def agency_credits(text: str, media: Media) -> tuple[Credit, ...]:
    """From which agencies, other than the outlet itself, does the article say it comes?

    Sorted by where they stand. An agency counts once.
    """
    found: dict[str, Credit] = {}
    for evidence, name, sure in sorted(_candidates(text), key=lambda item: item[0]):
        if is_day(name.of(text)):
            continue
        medium = media.read(name, "full" if sure else "none")
        if medium is None or medium.name is None or medium.own:
            continue
        found.setdefault(medium.name.of(text).casefold(), Credit(medium=medium, evidence=evidence))
    return tuple(found.values())


def _candidates(text: str) -> Iterator[tuple[Span, Span, bool]]:
    """(the line, the name in it, whether the form alone makes it an agency's)."""
    (start, stop), (foot, end) = ends(text)
    for found in _DATELINE.finditer(text, start, stop):
        group = next(name for name in ("round", "slash", "square") if found[name])
        yield Span(found.start(), found.end()), Span(*found.span(group)), True
    for found in _BARE.finditer(text, start, stop):
        yield Span(found.start(), found.end()), Span(*found.span("agency")), True
    for found in _SLASH.finditer(text, start, stop):
        yield Span(found.start(), found.end()), Span(*found.span("agency")), True
    for low, high in {(start, stop), (foot, end)}:
        for found in BYLINE.finditer(text, low, high):
            line = Span(found.start("who"), found.end("agency") if found["agency"] else found.end("who"))
            if found["agency"]:
                yield line, Span(*found.span("agency")), True
            for part in _PART.finditer(text, *found.span("who")):
                # One word alone is no person's name: "By Interline".
                yield line, Span(part.start(), part.end()), " " not in part[0]
    for found in _FOOT.finditer(text, foot, end):
        for part in _PART.finditer(text, *found.span("agency")):
            yield Span(found.start(), found.end()), Span(part.start(), part.end()), " " not in part[0]
    tail = _TAIL.search(text, max(foot, end - 80), end)
    if tail is not None:
        yield Span(tail.start(), tail.end()), Span(*tail.span("agency")), False
