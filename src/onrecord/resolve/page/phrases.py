"""Which words of a clause name somebody, read from where a preposition or a verb leaves off?"""

from __future__ import annotations

import re

from onrecord.record.span import Span

_TOKEN = re.compile(r"[^\S\n]*+([^\W_][^\W_.]*+(?:['’&/.-][^\W_]+)*+\.?)")
_QUOTED = re.compile(r"[^\S\n]*+([“\"„«‘][^“”\"„«»\n]{1,60}?[,.]?[”\"“»’])")
_DETERMINERS = frozenset(
    "a an the this these those its his her their our your my some several many most two three four five six seven"
    " eight nine ten one both another other other's all".split()
)
_STOPS = frozenset(
    "about above across after against ahead along although am among and around as asked asking at are be because been"
    " before behind being between but by can could did do does during each earlier either even ever every except for"
    " from had has have having he how however i if in instead into is it last later may might must neither never next"
    " no nobody nor not nothing now of on once only onto or out outside over per quoted said say saying says shall she"
    " should since so soon such telling than that the then there they through throughout till to today tomorrow"
    " tonight too toward towards under unless until up upon via was we were what when where whether which while who"
    " whom whose why will with within without would yesterday you"
    " told tells wrote writes reported reports stated states added adds noted notes announced announces claimed claims"
    " insisted insists explained confirmed denied warned argued stressed emphasized".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september"
    " october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_INSIDE = frozenset("of and the am de der den des del della di du la le el al for in am auf und y et e da do".split())
"""Small words that a name may hold between two capitals ("Voice of Korva")."""
_TITLE_BEGINS = re.compile(r"[“\"„«‘][A-Z0-9]")
_LONGEST = 12
_POSSESSIVE = re.compile(r"['’]s?\Z")


def noun_phrase(text: str, start: int, end: int) -> Span | None:
    """Which noun phrase begins at `start`?

    By form alone: it goes on until a stop, a small word, or the end of a name, whichever comes first. A quoted
    title after a possessive or the word for a medium belongs to it ("Balta's “Morning Hour”").

    Args:
        text: The whole text.
        start: Where to begin, in code points; white space is passed over.
        end: Where the clause ends.

    >>> noun_phrase("told the daily Die Lage on Monday", 4, 33).of("told the daily Die Lage on Monday")
    'the daily Die Lage'
    """
    first = last = None
    before = ""
    at = start
    for number in range(_LONGEST):
        found = _TOKEN.match(text, at, end)
        if found is None:
            entitled = first is None or is_possessive(before) or is_medium_word(before)
            title = _QUOTED.match(text, at, end) if entitled else None
            # A quotation may follow the word for a medium as well: "told a show ‘nobody came’".
            if title is not None and (first is None or _TITLE_BEGINS.match(title[1])):
                first = title.start(1) if first is None else first
                last = title.end(1)
            break
        word = found[1]
        if not _belongs(text, word, before, number, found.end(), end):
            break
        if first is None:
            first = found.start(1)
        at = found.end()
        last = at - (word[-1] == "." and not _abbreviated(word))
        before = word
        if word[-1] == "." and not _abbreviated(word):
            break
    return Span(first, last) if first is not None and last is not None and last > first else None


def _abbreviated(word: str) -> bool:
    return "." in word[:-1] or word in {"St.", "Mr.", "Mrs.", "Ms.", "Dr.", "Gen.", "Sen.", "Rep.", "Gov.", "Lt."}


def _belongs(text: str, word: str, before: str, number: int, at: int, end: int) -> bool:
    lowered = _POSSESSIVE.sub("", word.casefold().rstrip("."))
    if lowered in _DAYS and word[0].isupper():
        return False
    if number == 0:
        return lowered in _DETERMINERS or lowered not in _STOPS
    if not word[0].isupper() and not word[0].isdigit():
        if lowered in _INSIDE and before[:1].isupper():
            following = _TOKEN.match(text, at, end)
            return following is not None and following[1][0].isupper() and following[1].casefold() not in _DAYS
        # After a name its phrase is over: "told Polna Gazeta officials had left".
        if before[:1].isupper() and before.casefold() not in _DETERMINERS and not is_possessive(before):
            return is_medium_word(lowered)
        if is_medium_word(before) and not is_medium_word(lowered):
            return False
        return lowered not in _STOPS and (lowered not in _DETERMINERS or before.casefold() in {"all", "both"})
    return True


def is_possessive(word: str) -> bool:
    """Does the word end like one that owns what follows ("CBS's", "parents'")?"""
    return word.endswith(("'s", "’s", "s'", "s’"))


def is_determiner(word: str) -> bool:
    """Is this an article, a demonstrative, a possessive or a small number?"""
    return word.casefold() in _DETERMINERS


def is_day(word: str) -> bool:
    """Is this the name of a weekday or a month?"""
    return word.casefold() in _DAYS and word[:1].isupper()


MEDIUM_WORDS = frozenset(
    "media medium outlet outlets television tv radio channel channels station stations broadcaster broadcasters"
    " newspaper newspapers paper papers daily dailies weekly weeklies tabloid tabloids magazine magazines journal"
    " journals agency agencies newswire newswires wire portal portals website websites site blog edition publication"
    " publications press programme programmes program programs show podcast podcasts network networks"
    " newscast newsroom fm".split()
)
"""Common nouns for those who print and broadcast."""


def is_medium_word(word: str) -> bool:
    """Is this a common noun for those who print and broadcast?"""
    return word.casefold() in MEDIUM_WORDS
