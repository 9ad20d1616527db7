"""How is a noun phrase built: whose, what, of whom, and by what name?"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.span import Span
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.words import (
    BODY_HEADS,
    DETERMINERS,
    DOCUMENT_HEADS,
    GROUP_HEADS,
    OUTLET_NOUNS,
    POSSESSIVES,
    RELATIVE,
    ROLE_HEADS,
    TITLES,
)

_PREPOSITIONS = frozenset(
    "of for at in on with from to by about near inside within close familiar briefed involved there here among"
    " across against around under over between based including himself herself itself themselves said speaking"
    " interviewed working documenting published opposed".split()
)
_HEADS = frozenset().union(ROLE_HEADS, BODY_HEADS, GROUP_HEADS, TITLES, DOCUMENT_HEADS, OUTLET_NOUNS)
_OUTSIDE = frozenset("“”\"„«»‘’'([*_•")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominal:
    """A noun phrase in its parts; ranges are of tokens of the page.

    Attributes:
        tokens: The whole phrase.
        determiner: "the", "a", "his"…, in lower case; empty if there is none.
        possessor: Whose, without the ending ("Delvia" in "Delvia's ombudswoman"); None if no name or noun.
        core: The words from behind determiner and possessor up to the head.
        head: The head in lower case; empty if the phrase has no noun.
        preposition: What follows the head ("of"); empty if nothing does.
        complement: What follows the preposition.
        tail: The segments after commas, each a range.
        relative: Whether a clause with "who" or "which" follows.
    """

    tokens: range
    determiner: str
    possessor: range | None
    core: range
    head: str
    preposition: str
    complement: range | None
    tail: tuple[range, ...]
    relative: bool

    def lows(self, page: Page) -> tuple[str, ...]:
        """The words of the core in lower case."""
        return tuple(page.tokens[i].low for i in self.core if page.tokens[i].word)

    def span(self, page: Page) -> Span:
        """Where the phrase stands."""
        return Span(page.tokens[self.tokens[0]].start, page.tokens[self.tokens[-1]].end)


def parse(page: Page, tokens: range) -> Nominal | None:
    """What are the parts of the noun phrase that `tokens` hold? None if they hold no word."""
    tokens = _trimmed(page, tokens)
    if not tokens:
        return None
    segments, relative = _segments(page, tokens)
    main = segments[0]
    first, end = main[0], main[-1] + 1
    determiner = ""
    low = page.tokens[first].low
    if low in DETERMINERS or low in POSSESSIVES:
        determiner = low
        if first + 1 < end and page.tokens[first + 1].low not in _PREPOSITIONS:
            first += 1
    possessor = None
    for index in range(end - 2, first, -1):
        if _possessive(page, index) and not any(page.tokens[k].low in _PREPOSITIONS for k in range(first, index)):
            possessor = range(first, index)
            first = index + 1
            break
    cut = next((i for i in range(first + 1, end) if page.tokens[i].low in _PREPOSITIONS), end)
    core = _trimmed(page, range(first, cut))
    preposition = page.tokens[cut].low if cut < end else ""
    complement = range(cut + 1, end) if cut + 1 < end else None
    return Nominal(
        tokens=tokens,
        determiner=determiner,
        possessor=possessor,
        core=core,
        head=_head(page, core),
        preposition=preposition,
        complement=complement,
        tail=tuple(segments[1:]),
        relative=relative,
    )


def _possessive(page: Page, index: int) -> bool:
    token = page.tokens[index]
    return token.low == "'s" or (token.text in "’'" and page.tokens[index - 1].low.endswith("s"))


def _trimmed(page: Page, tokens: range) -> range:
    first, end = tokens.start, tokens.stop
    while first < end and not page.tokens[first].word:
        first += 1
    while end > first and not page.tokens[end - 1].word:
        end -= 1
    return range(first, end)


def _segments(page: Page, tokens: range) -> tuple[list[range], bool]:
    """The pieces between commas, dashes and brackets; whether a relative clause was cut off."""
    pieces: list[range] = []
    relative = False
    start = tokens.start
    for index in tokens:
        if index < start:
            continue
        token = page.tokens[index]
        if token.text == "(":
            closing = next((i for i in tokens if i > index and page.tokens[i].text == ")"), tokens.stop - 1)
            pieces.append(range(start, index))
            start = closing + 1
            continue
        if token.low in RELATIVE and index > tokens.start and token.low != "that":
            pieces.append(range(start, index))
            relative = True
            start = tokens.stop
            break
        if token.text in ",()–—;" and index > start:
            pieces.append(range(start, index))
            start = index + 1
    if start < tokens.stop:
        pieces.append(range(start, tokens.stop))
    kept = [piece for piece in (_trimmed(page, p) for p in pieces) if piece]
    return (kept or [tokens]), relative


def _head(page: Page, core: range) -> str:
    """The last word that is a noun of our lists, or else the last word."""
    words = [page.tokens[i].low for i in core if page.tokens[i].word]
    if not words:
        return ""
    if page.tokens[core[-1]].capital and words[-1] not in BODY_HEADS | ROLE_HEADS | GROUP_HEADS:
        return words[-1]
    for word in reversed(words):
        if word in _HEADS:
            return word
    return words[-1]
