"""Which words of a statement count when it is compared with another?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

from onrecord.connect.tables import rows

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*", re.UNICODE)
"""A number with its separators, or letters with the marks inside them."""

STOP = frozenset(
    """a an the this that these those and or but nor so yet if then than as at by for from in into of off on onto out
    over to up with about after against again all also am any are be been before being between both can could did do
    does doing down during each few further had has have having he her here hers herself him himself his how i is it
    its itself just may me might more most much must my myself no not now once only other our ours ourselves own per
    same shall she should some such their theirs them themselves there they through too under until upon us very was
    we were what when where whether which while who whom whose why will within without would you your yours said say
    says tell told according one two it's i'm we're don't didn't doesn't isn't aren't won't wouldn't can't cannot
    neither either ever never none nothing nobody yes else even still already well get got go going let make made
    think thing mr mrs ms dr new way lot mean really because since however though although unless
    been upon among amid around""".split()
)
"""Words that every text has; they never make two statements alike."""

NEGATIONS = frozenset(
    """no not never none neither nor nobody nothing nowhere without cannot can't won't don't doesn't didn't isn't aren't
    wasn't weren't hasn't haven't hadn't wouldn't shouldn't couldn't mustn't ain't hardly barely""".split()
)
"""Words that turn a proposition round."""

_BREAKS = frozenset('.!?:\n“”"«»„‘')
"""Marks behind which a capital says nothing."""

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NEAR = 4
"""Words between a number and what it counts."""
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
_LARGE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_APPROXIMATE = frozenset("about around nearly almost roughly some least most more less fewer over under".split())
_ENDINGS = ("ations", "ation", "ments", "ment", "nesses", "ness", "ors", "or", "ions", "ion", "ly", "ity")
_NATION = re.compile(r"(?:ians?|ans?|ns?|ese|ish|is?)$")
_MOST_FREQUENT = 12.0


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    Attributes:
        start: First code point.
        end: One past the last.
        form: The word in lower case, with straight apostrophes and without a possessive ending.
        stem: What its inflected and derived forms share.
        name: Whether it is written like a name: with a capital that does not merely begin a sentence.
    """

    start: int
    end: int
    form: str
    stem: str
    name: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a text gives.

    Attributes:
        start: First code point.
        value: The number.
        unit: Stem of the content word that follows it; empty if none does.
        units: Stems of the content words near it, or what those count: what the number counts is one of them.
        approximate: Whether the text says that it is not exact.
    """

    start: int
    value: float
    unit: str
    units: frozenset[str]
    approximate: bool


def tokens(text: str) -> Iterator[Token]:
    """What are the words of `text`, in order?"""
    begins = True
    last = 0
    for found in TOKEN.finditer(text):
        start, end = found.span()
        begins = (begins and start == 0) or not _BREAKS.isdisjoint(text[last:start])
        form = _form(found[0])
        capital = found[0][0].isupper()
        name = (
            capital
            and len(form) > 1
            and (not begins or found[0].isupper() or stem(form) not in _document_frequencies())
        )
        yield Token(start, end, form, stem(form), name and form not in STOP)
        begins = False
        last = end


@lru_cache(maxsize=65536)
def _form(word: str) -> str:
    form = word.casefold().replace("’", "'")
    return form[:-2] if form.endswith("'s") else form


@lru_cache(maxsize=65536)
def stem(form: str) -> str:
    """What do the inflected and derived forms of a word share? Cut by a few endings, in the manner of Porter (1980).

    >>> stem("negotiators"), stem("negotiating"), stem("met")
    ('negotiat', 'negotiat', 'meet')
    """
    form = _irregular().get(form, form)
    if len(form) <= 3 or not form.isalpha():
        return form
    form = _without_inflection(form)
    for ending in _ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= 4:
            form = form[: -len(ending)]
            break
    if form.endswith("e") and len(form) > 3:
        form = form[:-1]
    return form[:-1] + "i" if form.endswith("y") else form


def _without_inflection(form: str) -> str:
    if form.endswith("ies") and len(form) > 4:
        form = form[:-3] + "y"
    elif form.endswith(("sses", "shes", "ches", "xes", "zes")):
        form = form[:-2]
    elif form.endswith("s") and not form.endswith(("ss", "us", "is")):
        form = form[:-1]
    for ending in ("ied", "ing", "ed"):
        bare = form[: -len(ending)]
        if form.endswith(ending) and len(bare) >= 3 and any(v in bare for v in "aeiouy"):
            if ending == "ied":
                return bare + "y"
            return bare[:-1] if bare[-1] == bare[-2] and bare[-1] not in "lsz" else bare
    return form


@cache
def _irregular() -> Mapping[str, str]:
    return {row[0]: row[1] for row in rows("irregular.csv")}


@cache
def _document_frequencies() -> Mapping[str, float]:
    return {word: float(value) for word, value in rows("rarity.csv")}


def rarity(word: str) -> float:
    """How telling is a stem? ``ln(documents / documents that hold it)`` of a news corpus, in [0, 12].

    A word that the corpus does not know counts as rare, not as unique: it may be a slip of the pen.
    """
    return _document_frequencies().get(word, _UNKNOWN)


_UNKNOWN = 8.5


def name_key(form: str) -> str:
    """What do the name of a country and of its people share? "Galdia", "Galdian" and "Galdians" give "gald"."""
    return bare if len(bare := _NATION.sub("", form.rstrip("'"))) >= 4 else form


def numbers(words: list[Token]) -> Iterator[Number]:
    """Which numbers do `words` give, and what do they count?"""
    at, last = 0, -NEAR
    things: frozenset[str] = frozenset()
    while at < len(words):
        value, length = _number(words, at)
        # "One" is an article more often than a number.
        if value is None or (value == 1.0 and length == 1 and words[at].form == "one"):
            at += 1
            continue
        near = [*words[max(0, at - NEAR) : at], *words[at + length : at + length + NEAR]]
        units = measured(t.stem for t in near if t.form not in STOP and not t.form[0].isdigit())
        # "The number of dead at five guards and two civilians": the second counts what the first does.
        things = counted(units) or (things if at - last < NEAR else frozenset())
        yield Number(
            words[at].start,
            value,
            next((t.stem for t in words[at + length : at + length + 3] if t.form not in STOP), ""),
            units | things,
            any(t.form in _APPROXIMATE for t in words[max(0, at - 2) : at]),
        )
        at += length
        last = at


def measured(stems: Iterable[str]) -> frozenset[str]:
    """What do these words count? Killed, bodies and the toll count the dead; most words stand for themselves."""
    table = _measured()
    return frozenset(table.get(one, one) for one in stems)


@cache
def _measured() -> Mapping[str, str]:
    return {stem(word): f"#{thing}" for thing, *words in rows("measured.csv") for word in words}


def counted(units: Iterable[str]) -> frozenset[str]:
    """Those of `units` that many words stand for."""
    return frozenset(unit for unit in units if unit[0] == "#")


def _number(words: list[Token], at: int) -> tuple[float | None, int]:
    """The number that begins at `at` and how many words it takes."""
    form = words[at].form
    if form[0].isdigit():
        value = _digits(form)
        if at + 1 < len(words) and (factor := _LARGE.get(words[at + 1].form)):
            return value * factor, 2
        return value, 1
    if form not in _SMALL and not (form in ("a", *_LARGE) and at + 1 < len(words) and form in _LARGE):
        parts = form.split("-")
        if len(parts) == 2 and parts[0] in _TENS and parts[1] in _SMALL:
            return float(_SMALL[parts[0]] + _SMALL[parts[1]]), 1
        return None, 1
    total, current, length = 0.0, 0.0, 0
    for token in words[at:]:
        if token.form in _SMALL:
            current += _SMALL[token.form]
        elif token.form in _LARGE:
            current = max(current, 1.0) * _LARGE[token.form]
            if _LARGE[token.form] >= 1_000:
                total, current = total + current, 0.0
        elif token.form != "and" or not length:
            break
        length += 1
    while length > 1 and words[at + length - 1].form == "and":
        length -= 1
    return total + current, length


def _digits(form: str) -> float:
    bare = form.replace(",", "")
    return float(bare) if bare.count(".") <= 1 else float(bare.replace(".", ""))


def information(counts: Mapping[str, int], documents: int) -> dict[str, float]:
    """The rarity of each stem, from the number of documents that hold it."""
    return {word: min(_MOST_FREQUENT, log(documents / count)) for word, count in counts.items()}
