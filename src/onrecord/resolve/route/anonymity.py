"""How does a text describe a source that it does not name?"""

from __future__ import annotations

import re

from onrecord.record.chain import Anonymity
from onrecord.record.span import Span

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "another": 1, "two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_PEOPLE = (
    r"(?:officials?|sources?|persons?|people|diplomats?|aides?|advis[eo]rs?|insiders?|interlocutors?|ministers?"
    r"|lawmakers?|officers?|spokes(?:man|woman|person|men|women|people|persons)|executives?|employees?|staffers?|members?"
    r"|representatives?|experts?|analysts?|witness(?:es)?|residents?|soldiers?|commanders?|doctors?|nurses?|investigators?"
    r"|colleagues?|friends?|relatives?|lawyers?|negotiators?|mediators?|critics?|readers?|reporters?|researchers?"
    r"|scientists?|observers?|envoys?|politicians?|deput(?:y|ies)|secretar(?:y|ies)|bankers?|traders?|investors?"
    r"|neighbou?rs?|workers?|prosecutors?|judges?|police(?:man|men)?|guards?|women|woman|men|man|parents?|teachers?)"
)
_HEAD = re.compile(rf"\b{_PEOPLE}\b", re.IGNORECASE)
_COUNT = re.compile(
    r"\A[“\"‘„]?(?P<word>an?|one|another|two|both|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})\b",
    re.IGNORECASE,
)
_SOME = re.compile(r"(?:the|some|several|many|most|other|few)\b", re.IGNORECASE)
_ONE_OF = re.compile(
    r"\A(?:one|a\ssecond|a\sthird|a\sfourth|the\sother|the\ssecond|the\sthird|the\sfourth)\b", re.IGNORECASE
)
_OF_THEM = re.compile(
    r"\A(?:one|two|three|four|five|some|several|most|a\s\w+|the\s\w+)\sof\s(?:the|these|those)?\s*", re.I
)
_SIDE = re.compile(
    r"\b(?:(?:from|in|at|of|for|within|inside|close\sto|near)\s|on\s(?=the\s\w+\sside\b))"
    r"(?P<side>(?:(?:the|its|his|her|their|both|four|two|all)\s)?(?!(?:condition|anonymity)\b)"
    r"[^\s,.;“”\"]+(?:\s(?!(?:who|which|that|because|briefed|familiar|with|on)\b)[^\s,.;“”\"]+){0,5})"
)
_DEMONYM = re.compile(
    rf"\b(?P<side>(?!(?:One|Two|Three|Four|Five|Some|Several|Both|The|A|An|Many|Senior|Top)\b)"
    rf"[A-Z]\w+(?:['’]s)?(?:\s[A-Z]\w+(?:['’]s)?){{0,3}})\s(?:[a-z-]+\s){{0,3}}{_PEOPLE}\b"
)
_CONDITION = re.compile(
    r"\b(?:(?:who\s(?:\w+\s){0,2})?(?:spoke|speaking|spoken|talked|agreed\sto\s\w+|said)\s(?:\w+\s){0,2}?on\s(?:the\s)?condition"
    r"|on\s(?:the\s)?condition\s(?:of|that)"
    r"|(?:who\s)?(?:(?:has|have|had)\s)?(?:asked|asking|requested|requesting|demanded|insisted|wished|preferred|wanted|declined|refused)"
    r"\s(?:\w+\s){0,2}?(?:not\sto\sbe|to\sbe|anonymity|to\sremain|to\sgive)"
    r"|(?:who\s)?(?:was|were|is|are|being)?\s?(?:granted|given|guaranteed)\sanonymity"
    r"|(?:who\s)?(?:was|were|is|are)\snot\sauthori[sz]ed\sto)"
    r"[^,.;“”\"\n]*",
    re.IGNORECASE,
)
_CONDITION_WORD = re.compile(r"anonym|identif|named|names?\b|quoted|condition|authori|credited", re.IGNORECASE)


def describe(text: str, mention: Span, sentence: Span | None) -> Anonymity:
    """How does the text describe the unnamed source that these words mention?

    Args:
        text: The whole text.
        mention: The words ("two officials briefed on the talks, who spoke on condition of anonymity").
        sentence: The sentence around them, where the condition may stand as well; None to look no further.
    """
    words = mention.of(text)
    condition = _condition(text, mention) or (_condition(text, sentence) if sentence else None)
    stop = condition.start if condition and mention.start < condition.start < mention.end else mention.end
    position = _trimmed(text, mention.start, stop)
    return Anonymity(
        position=_position(text, position) if position else None,
        side=_side(text, position) if position else None,
        count=_count(words),
        condition=condition,
    )


def _condition(text: str, within: Span) -> Span | None:
    for found in _CONDITION.finditer(text, within.start, within.end):
        if _CONDITION_WORD.search(found[0]):
            return _trimmed(text, found.start(), found.end())
    return None


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–-"):
        end -= 1
    while start < end and (text[start].isspace() or text[start] in ",;:—–-"):
        start += 1
    return Span(start, end) if start < end else None


def _position(text: str, mention: Span) -> Span | None:
    """What the source is or does, without how many there are: "officials briefed on the talks"."""
    words = mention.of(text)
    if not _HEAD.search(words):
        return None
    count = _OF_THEM.match(words) or _COUNT.match(words) or _SOME.match(words)
    return _trimmed(text, mention.start + (count.end() if count else 0), mention.end)


def _side(text: str, mention: Span) -> Span | None:
    words = mention.of(text)
    ahead = _OF_THEM.match(words)
    skipped = ahead.end() if ahead else 0
    found = _DEMONYM.search(words) or _SIDE.search(words, skipped)
    if found is None:
        return None
    return _trimmed(text, mention.start + found.start("side"), mention.start + found.end("side"))


def _count(words: str) -> int | None:
    if _ONE_OF.match(words):
        return 1
    found = _COUNT.match(words)
    if found is None:
        return None
    word = found["word"].casefold()
    if word.isdecimal():
        return int(word) or None
    return _NUMBERS[word]
