"""Which turns of phrase say by whom words were carried on?

"Velinform reports", "Norpress, citing two officials", "a memo seen by Radio Orla", "in a statement released by the
hospital", "a Bloomberg source".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.record.span import Span
from onrecord.resolve.page.phrases import noun_phrase
from onrecord.resolve.route.frame import Frame
from onrecord.resolve.route.media import Media, Medium, Trust

PUBLISHED = re.compile(
    r"\b(?:published|carried|printed|broadcast|aired|posted|appeared|appearing|reported|quoted|cited|relayed)\s+"
    r"(?:as\s+\w+ing\s+)?(?:(?:on|this|last)\s+\w+\s+|yesterday\s+|today\s+|\w+day\s+)?(?:by|in|on)\s+"
)
OBTAINED = re.compile(
    r"\b(?:obtained|seen|reviewed|leaked|provided|shown|shared|read|viewed|handed|passed|verified|disclosed|released)\s+"
    r"(?:\w+ly\s+)?(?:by|to|with)\s+"
)
HANDED = re.compile(
    r"\b(?:(?:through|via)\s+(?=(?:his|her|their|its|an?)\s+(?:\w+\s){0,2}?(?:lawyers?|attorneys?|spokes\w+|interpreter|translator"
    r"|representative|agent|publicist|aide|family|solicitor)\b)"
    r"|(?:statement|letter|note|message|recording|text|video|remarks|comments)\s+(?:that\swas\s|which\swas\s)?"
    r"(?:released|distributed|issued|provided|circulated|handed\sout|given\sout|read\sout|passed\son|published|posted)\s"
    r"(?:\w+day\s|on\s\w+\s)?by\s+(?!his\b|her\b|their\b|its\b))"
)
ACCORDING = re.compile(r"\b[Aa]ccording\s+to\s+(?=\S)")
RELAY = re.compile(
    r"\b(?P<verb>reports?|reported|writes|wrote|informs?|informed|transmits?|transmitted|relays|relayed|conveys|conveyed"
    r"|says|said|notes|noted|adds|added|announced|announces|revealed|reveals|disclosed|broadcast|carried)\b"
)
CITING = re.compile(
    r"\b(?:citing|quoting|quoted|quotes|cites|cited|with\s+reference\s+to|attributing\s+\w+\s+to|(?:was|were)\s+told\s+by"
    r"|(?:was|were)\s+informed\s+by|learn(?:ed|t)\s+from|heard\s+from"
    r"|has(?=\s+(?:an?|one|two|three|several)\s+[“\"‘„]?(?:\w+\s){0,3}?(?:sources?|officials?|witness\w*|diplomats?|aides?)\b))\s+",
    re.IGNORECASE,
)
SOURCE = re.compile(
    r"(?P<who>[A-Z][\w&’'-]*(?:\s[A-Z][\w&’'-]*){0,5}?)(?:['’]s?)?\s(?:own\s|anonymous\s|unnamed\s)?"
    r"(?:sources?|interlocutors?|informants?|correspondents?|reporters?)\b"
)
_APPOSED = re.compile(r",\s(?P<name>[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){1,4})(?=,|\.|\Z)")
_STRONG = re.compile(r"(?:report|inform|transmit|relay|convey)")
_BY = re.compile(r"\s+(?:by\s+)?")
_CLAUSE = re.compile(r"[,;—–()“”\"„«»\n]|[:.](?=\s)|\s-\s")
_BREAKS = ";:."
_ANOTHER = re.compile(r"\b(?:we|I|he|she|they|who|this (?:news)?paper)\b")
_LEAD = re.compile(
    r"[\W\d_]*(?:(?:and|but|as|earlier|later|meanwhile|according\s+to|.{0,40}?\bwith|(?:an?|the|its)\s(?:\w+\s)?"
    r"(?:report|article|story|account|investigation|dispatch|piece)\s(?:by|in|from|for|of))\s+)?",
    re.IGNORECASE,
)
_LEFT_EDGE = re.compile(
    r"(?:[,;:—–(“”\"„«»‘’\n]|\s-\s|\b[Aa]s\b|\bwhich\b|\band\b|\bbut\b|\bthat\b|\A|(?<=[.!?])\s)\s*"
)
_ADVERBS = re.compile(r"\s+(?:(?:has|had|have|also|first|later|earlier|meanwhile|then|now|previously)\s+)*\Z")
_FAR = 80
"""How far before a verb, in code points, its outlet may begin."""
_FARTHEST = 300
"""The same for who cites, with clauses between."""


def relay(text: str, media: Media, found: re.Match[str], sentence: Span) -> Iterator[Frame]:
    """An outlet before the verb ("Velinform reports"), or after it at the end of a clause (", reports UNN")."""
    trust: Trust = "some" if _STRONG.match(found[0]) else "none"
    edges = _LEFT_EDGE.finditer(text, max(sentence.start, found.start() - _FAR), found.start())
    edge = max((one.end() for one in edges), default=sentence.start)
    phrase = noun_phrase(text, edge, found.start())
    medium = media.read(phrase, trust) if phrase else None
    if phrase and medium and _ADVERBS.match(text, phrase.end, found.start()) and (medium.name or trust == "some"):
        yield Frame(turn="relay", span=Span(medium.mention.start, found.end()), medium=medium)
        return
    behind = text[max(sentence.start, found.start() - 12) : found.start()].rstrip()
    at = _BY.match(text, found.end(), sentence.end)
    if trust == "some" and at is not None and behind.endswith((",", "-", "–", "—", "”", '"', " as", "“", "»")):
        medium = media.at(at.end(), sentence.end, trust)
        if medium is not None and medium.name is not None:
            yield Frame(turn="relay", span=Span(found.start(), medium.mention.end), medium=medium)


def citing(text: str, media: Media, found: re.Match[str], sentence: Span) -> Iterator[Frame]:
    """An outlet that cites somebody: "Norpress, citing two officials, wrote", "Norpress was told by two officials"."""
    cited = noun_phrase(text, found.end(), sentence.end)
    if cited is None:
        return
    start = max(sentence.start, found.start() - _FARTHEST)
    medium = _subject(text, media, start, found.start()) or _behind(text, media, cited.end, sentence)
    if medium is not None:
        span = Span(min(medium.mention.start, found.start()), cited.end)
        yield Frame(turn="citing", span=span, medium=medium, cited=cited)


def _subject(text: str, media: Media, start: int, end: int) -> Medium | None:
    """The outlet that a clause before the verb is about, the last one if there are several."""
    medium = None
    at = start
    for piece in [*_CLAUSE.finditer(text, start, end), None]:
        stop = end if piece is None else piece.start()
        lead = _LEAD.match(text, at, stop)
        phrase = noun_phrase(text, lead.end() if lead else at, stop)
        got = media.read(phrase, "full") if phrase else None
        if got is not None and got.name is not None:
            medium = got
        elif _ANOTHER.search(text, at, stop) or (piece is not None and piece[0] in _BREAKS):
            medium = None
        at = stop if piece is None else piece.end()
    return medium


def _behind(text: str, media: Media, start: int, sentence: Span) -> Medium | None:
    """The outlet that reports right after whom it cites: "With reference to two officials, Norpress writes"."""
    comma = text.find(",", start, sentence.end)
    phrase = noun_phrase(text, comma + 1, sentence.end) if comma >= 0 else None
    verb = RELAY.match(text, phrase.end + 1, sentence.end) if phrase and phrase.end < sentence.end else None
    medium = media.read(phrase, "full") if phrase and verb else None
    return medium if medium is not None and medium.name is not None else None


def handed(text: str, media: Media, found: re.Match[str], sentence: Span) -> Iterator[Frame]:
    """Whoever hands the words on, if it is no outlet: "through her lawyer, Tomas Kell"."""
    phrase = noun_phrase(text, found.end(), sentence.end)
    if phrase is not None and media.read(phrase, "some") is None:
        named = _APPOSED.match(text, phrase.end, sentence.end)
        phrase = Span(phrase.start, named.end("name")) if named else phrase
        yield Frame(turn="handed", span=Span(found.start(), phrase.end), person=phrase)


def source(text: str, media: Media, found: re.Match[str], sentence: Span) -> Iterator[Frame]:
    """The outlet whose own source speaks: "a Bloomberg source"."""
    medium = media.read(Span(*found.span("who")), "none")
    if medium is not None:
        yield Frame(turn="source", span=Span(found.start(), found.end()), medium=medium)
