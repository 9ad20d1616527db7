"""Which turns of phrase say to which outlet, or on which, something was said?

"told Radio Orla", "in an interview with the weekly Der Anker", "on the air of Channel Five", "told the host".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.record.span import Span
from onrecord.resolve.page.phrases import noun_phrase
from onrecord.resolve.page.words import GROUP_HEADS, ROLE_HEADS
from onrecord.resolve.route.frame import Frame, Turn
from onrecord.resolve.route.media import Media, Medium, Trust

_WHEN = (
    r"(?:(?:earlier|late|on|last|this|that|which|was|the|same|day|week|month|weekend|morning|afternoon|evening|night"
    r"|yesterday|today|live|exclusively|first|published|broadcast|aired|recorded|released|conducted|taped|given|carried"
    r"|posted|printed|shared|leaked|seen|obtained|reviewed|shown|uploaded|made|sent|\w+day|\d{1,2}"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December))\s+){0,7}"
)
_ASKED = r"interviews?|conversation|appearance|talk|discussion|broadcast|edition|episode|segment|programme|program"
_WRITTEN = (
    r"op-ed|column|commentary|essay|article|remarks|comments?|statement|letter|e-?mail|message|video|recording|speech"
    r"|audio|footage|clip|reply|answer|note"
)
TOLD = re.compile(
    r"\b(?:told|tells?|telling|(?:spoke|spoken|speaking|speaks|talked|talking)\s+(?:\w+ly\s+)?(?:to|with|on)"
    r"|(?:confirmed|said|explained|added|revealed|denied|replied|complained|wrote)\s+(?:\w+ly\s+)?to)\s+(?=\S)",
    re.IGNORECASE,
)
INTERVIEW = re.compile(
    rf"\b(?:in|during|on|for|gave|giving|gives|from|via)\s+(?:an?|the|his|her|their|its|this|that|another|one|recent"
    rf"|separate|exclusive)?\s*(?P<before>(?:(?!{_ASKED}|{_WRITTEN})[\w’'.-]+\s+){{0,5}}?)"
    rf"(?:(?P<asked>{_ASKED})|{_WRITTEN})\b(?P<gap>\s+{_WHEN}(?:with|to|for|on|in|by|of)\s+)?",
    re.IGNORECASE,
)
INTERVIEWED = re.compile(r"\b(?:interviewed|quizzed|questioned)\s+(?:\w+\s+)?(?:by|on)\s+", re.IGNORECASE)
AIR = re.compile(r"\b(?:(?:live\s+)?(?:on|over)\s+(?:the\s+)?(?:air(?:waves)?\s+of|waves\s+of)\s+)", re.IGNORECASE)
ON = re.compile(
    r"\b(?:on|appearing\s+on|over|writing\s+in|wr(?:ites?|ote|itten)\s+in)\s+(?:\w+day['’]s\s+)?(?=\S)", re.IGNORECASE
)
_ON_HEADS = re.compile(
    r"\b(?:television|tv|radio|channel|station|show|podcast|(?:news|talk|radio|television|tv|morning)\s(?:programme|program))\Z",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"[“\"„«‘](?:[A-Z][\w’']*|of|the|and|with|for|in|a|\d+)(?:\s(?:[A-Z][\w’']*|of|the|and|with|for|in|a|\d+))+[,.]?[”\"“»’]\Z"
)
_HOST = re.compile(
    r"(?:the\s+|its\s+|their\s+|his\s+|her\s+)?(?:[a-z’'-]+\s+){0,3}?(?:co-)?"
    r"(?:host|hosts|anchor|anchors|presenter|presenters|interviewer|moderator)\b"
    r"(?:\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3})?"
)
_STAFF = frozenset("correspondent correspondents reporter reporters journalist journalists editor columnist".split())
_NEXT = re.compile(r"\s+([a-z]+)")
_HOSTED = re.compile(
    r"(?:['’]s?\s+(?:(?:co-)?(?:host|anchor|presenter|moderator)\s+)?|\s+(?:co-)?(?:host|anchor|presenter|moderator)\s+)"
    r"(?P<who>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){1,4})"
)
_WITH = re.compile(r"\s+with\s+(?:[a-z-]+\s){0,2}(?P<who>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){1,3})")
_OF = re.compile(r",?\s+(?:of|from)\s+")
_LINKED = re.compile(r",?\s+(?:of|from|for|on|with)\s+")
_PRINTED = re.compile(r"published|printed|broadcast|aired|posted|carried", re.IGNORECASE)


def told(text: str, media: Media, found: re.Match[str], sentence: Span) -> Iterator[Frame]:
    """The outlet, or the host of one, whom somebody told something."""
    end = sentence.end
    host = _HOST.match(text, found.end(), end)
    if host is not None:
        yield Frame(turn="host", span=Span(found.start(), host.end()), person=Span(found.end(), host.end()))
        return
    phrase = noun_phrase(text, found.end(), end)
    if phrase is None:
        return
    medium = media.at(found.end(), end, _told_trust(text, phrase, end))
    if medium is None:
        yield from _told_of(text, media, found.start(), phrase, end)
        return
    yield Frame(turn="told", span=Span(found.start(), medium.mention.end), medium=medium)
    hosted = _HOSTED.match(text, medium.name.end, end) if medium.name else None
    if hosted is not None:
        yield Frame(turn="host", span=Span(found.start(), hosted.end()), person=Span(*hosted.span("who")))


def _told_trust(text: str, phrase: Span, end: int) -> Trust:
    """In "told Velian lawmakers" the name only says whose they are; in "told a Norpress reporter" it is an outlet."""
    after = _NEXT.match(text, phrase.end, end)
    if after is None or _HOST.match(after[1]) or after[1] in _STAFF:
        return "some"
    return "none" if after[1] in GROUP_HEADS | ROLE_HEADS else "some"


def _told_of(text: str, media: Media, start: int, phrase: Span, end: int) -> Iterator[Frame]:
    """ "told Chris Moor of Radio Orla"."""
    linked = _OF.search(text, phrase.start, phrase.end) or _OF.match(text, phrase.end, end)
    medium = media.at(linked.end(), end, "none") if linked else None
    if linked and medium and medium.name and linked.start() > phrase.start:
        yield Frame(turn="host", span=Span(start, linked.start()), person=Span(phrase.start, linked.start()))
        yield Frame(turn="air", span=Span(linked.start(), medium.mention.end), medium=medium)


def interview(text: str, media: Media, found: re.Match[str], sentence: Span) -> Iterator[Frame]:
    """The outlet that somebody gave an interview or wrote a text to."""
    end = sentence.end
    turn: Turn = "interview" if found["asked"] else "text"
    if re.search(r"(?:\A|\s)[A-Z]", found["before"].strip()):
        medium = media.at(found.start("before"), found.end("before"), "none")
        if medium is not None:
            yield Frame(turn=turn, span=Span(found.start(), found.end()), medium=medium)
            return
    if found["gap"] is None:
        return
    medium = media.at(found.end(), end, _interview_trust(found)) or _beside(text, media, found.end(), end)
    if medium is not None:
        asked = _WITH.match(text, medium.mention.end, end)
        yield Frame(
            turn=turn,
            span=Span(found.start(), medium.mention.end),
            medium=medium,
            person=Span(*asked.span("who")) if asked else None,
        )


def _interview_trust(found: re.Match[str]) -> Trust:
    """An interview "in Amherst" says where it was; one "published in Kosmos", or "with Kosmos", says by whom."""
    if found["gap"].split()[-1].casefold() == "in":
        return "full" if _PRINTED.search(found["gap"]) else "none"
    return "full" if found["asked"] else "some"


def _beside(text: str, media: Media, start: int, end: int) -> Medium | None:
    """The outlet of whoever asked: "with the commentator Ante Grol on WRBC radio"."""
    person = noun_phrase(text, start, end)
    linked = _LINKED.match(text, person.end, end) if person else None
    return media.at(linked.end(), end, "none") if linked else None


def on(text: str, media: Media, found: re.Match[str], sentence: Span) -> Iterator[Frame]:
    """The outlet or programme on which something was said, or in which it was written."""
    medium = media.at(found.end(), sentence.end, "none")
    if medium is None:
        title = noun_phrase(text, found.end(), sentence.end)
        if title is None or not _TITLE.match(title.of(text)):
            return
        medium = media.read(title, "full")
    elif medium.name is None and not _ON_HEADS.search(medium.mention.of(text)):
        return
    if medium is not None:
        yield Frame(turn="air", span=Span(found.start(), medium.mention.end), medium=medium)
