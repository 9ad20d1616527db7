"""On what occasion, to whom and where does a sentence say that something was said?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.record.setting import Occasion
from onrecord.record.span import Span, Spans
from onrecord.resolve.page.phrases import noun_phrase

_A = (
    r"(?:an?|the|his|her|their|its|this|that|another|one|two|three|several|joint|open|[A-Z]\w+['’]s)\s+"
    r"(?:[\w’'-]+\s+){0,4}?"
)
_SITES = (
    r"Telegram|Twitter|X|Facebook|Instagram|TikTok|YouTube|LinkedIn|Truth\sSocial|WhatsApp|Threads|Mastodon|Bluesky"
    r"|VKontakte|Weibo|WeChat|Reddit|Viber|(?:his|her|its|their)\s(?:blog|channel|page|account|feed|website|site)|social\s(?:media|networks?)"
)
_WORDS: tuple[tuple[Occasion, str, str], ...] = (
    # occasion, words without which it cannot be, how it is said
    (
        "press conference",
        "conference briefing",
        rf"\b(?:(?:[Aa]t|[Ii]n|[Dd]uring|to|told)\s+(?:{_A})?)(?:press|news)\s(?:conference|briefing)s?\b"
        r"|\b(?:press|news)\sconference\b",
    ),
    (
        "interview",
        "interview",
        rf"\b(?:[Ii]n|[Dd]uring|gave|giving|for|to)\s+(?:{_A})?interviews?\b|\binterviewed\sby\b",
    ),
    (
        "broadcast",
        "broadcast edition episode air television radio",
        rf"\b[Oo]n\s+(?:{_A})?(?:broadcast|edition|episode|air)\sof\b"
        r"|\b(?:live\s)?on\s(?:the\s)?(?:air(?:\sof)?|state\stelevision|national\stelevision|television|the\sradio)\b",
    ),
    ("briefing", "briefing", rf"\b(?:[Aa]t|[Ii]n|[Dd]uring|told)\s+(?:{_A})?briefings?\b"),
    (
        "post",
        "on tweet post thread message",
        rf"\b[Oo]n\s(?:{_SITES})(?![\w’'-])"
        rf"|\b(?:[Ii]n|via)\s+(?:{_A})?(?:tweets?|posts?|thread|blog\spost|video\smessage)\b"
        r"|\b(?:tweeted|tweets|retweeted|posted\s(?:on|to|a))\b",
    ),
    ("letter", "letter mail memo", rf"\b(?:[Ii]n|by)\s+(?:{_A})?(?:letters?|e-?mails?|memo(?:randum)?)\b"),
    (
        "statement",
        "statement communiqu release declaration",
        rf"\b(?:[Ii]n|by|via)\s+(?:{_A})?(?:statements?|communiqu[eé]|press\srelease|news\srelease|release|declaration)\b",
    ),
    (
        "speech",
        "speech address rally sermon lecture keynote remarks speaking",
        rf"\b(?:[Ii]n|[Dd]uring|at|told|to)\s+(?:{_A})?(?:speech|address|rally|sermon|lecture|keynote|remarks\sto)\b"
        r"|\b(?:[Aa]ddressing|[Ss]peaking\s(?:at|in|before|to)\s(?:a|the)\s(?:rally|crowd|assembly|parliament))\b",
    ),
    (
        "hearing",
        "hearing court trial inquiry tribunal testi",
        rf"\b(?:[Aa]t|[Ii]n|[Dd]uring|told)\s+(?:{_A})?(?:hearings?|court|trial|inquiry|tribunal|testimony)\b"
        r"|\btestified\b",
    ),
    (
        "call",
        "phone call",
        rf"\b(?:[Ii]n|[Dd]uring|by|over)\s+(?:{_A})?(?:(?:tele)?phone(?:\s(?:call|conversation|interview))?|calls?)\b",
    ),
    (
        "talks",
        "talks meeting negotiations summit",
        rf"\b(?:[Aa]t|[Dd]uring|[Ii]n|after|following)\s+(?:{_A})?(?:talks|meeting|negotiations|summit)\b",
    ),
    (
        "report",
        "report study paper survey document note",
        rf"\b[Ii]n\s+(?:{_A})?(?:report|study|paper|survey|document|note)\b",
    ),
)
_PATTERNS = tuple((occasion, tuple(words.split()), re.compile(pattern)) for occasion, words, pattern in _WORDS)
_ADDRESSED = re.compile(
    r"\b(?:told|tells?|telling|assured|informed|(?:spoke|speaking|talked|talking)\s+(?:\w+ly\s+)?(?:to|with|before)"
    r"|addressing|asked\sby|(?:said|explained|confirmed|wrote|complained|replied|promised|announced)\sto)\s+(?=\S)"
)
_PLACE = re.compile(
    r"\s(?:[Ii]n|[Aa]t|from|outside|near)\s(?P<place>(?:the\s(?:\w+\s){0,3}?"
    r"(?:city|town|village|capital|port|district|region)\s(?:of\s)?)?"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"[A-Z][\w’'-]*(?:\s(?:(?:of|del|de|la|al)\s)?[A-Z][\w’'-]*)*)"
)
_BETWEEN = re.compile(
    r"(?:\s(?:earlier|late|early|on|last|this|\w+day|yesterday|today|morning|evening|afternoon|night))*\Z"
)
_ME = frozenset("me us you him her them it himself herself themselves".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a sentence says of how something was said. Offsets are into that sentence.

    Attributes:
        occasion: On what occasion; None if it does not say.
        spans: The words that say so.
        addressee: To whom; None likewise.
        place: Where; None likewise.
    """

    occasion: Occasion | None = None
    spans: Spans = ()
    addressee: Span | None = None
    place: Span | None = None


def scene(sentence: str, cue: Spans) -> Scene:
    """On what occasion, to whom and where was it said, as far as this sentence says?

    Args:
        sentence: The sentence, with what was said blanked out, so that nothing is taken from inside a quotation.
        cue: The words that attribute, as offsets into the sentence.
    """
    occasion: Occasion | None = None
    spans: Spans = ()
    lowered = sentence.casefold()
    for kind, words, pattern in _PATTERNS:
        found = pattern.search(sentence) if any(word in lowered for word in words) else None
        if found is not None:
            occasion, spans = kind, (Span(found.start(), found.end()),)
            break
    addressee = _addressee(sentence, spans)
    anchors = [span.end for span in (*cue, *spans, *((addressee,) if addressee else ()))]
    return Scene(occasion=occasion, spans=spans, addressee=addressee, place=_place(sentence, anchors))


def _addressee(sentence: str, occasion: Spans) -> Span | None:
    for found in _ADDRESSED.finditer(sentence):
        phrase = noun_phrase(sentence, found.end(), len(sentence))
        if phrase is None or phrase.of(sentence).casefold() in _ME:
            continue
        if any(one.start < phrase.end and phrase.start < one.end for one in occasion):
            continue
        return phrase
    return None


def _place(sentence: str, anchors: list[int]) -> Span | None:
    """A place right behind the words for the occasion, the addressee or the act of saying."""
    for found in _PLACE.finditer(sentence):
        for anchor in anchors:
            if anchor <= found.start() and _BETWEEN.match(sentence[anchor : found.start()]):
                return Span(found.start("place"), found.end("place"))
    return None
