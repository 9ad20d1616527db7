"""Which words name the source, where a statement has none, or too few or too many of them?

The statement itself stays as it was found; its attribution mentions the words that are found here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.record.span import Span
from onrecord.record.statement import Statement
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.words import (
    BODY_HEADS,
    CALENDAR,
    GROUP_HEADS,
    OPENERS,
    PARTICLES,
    POSSESSIVES,
    PRONOUNS,
    ROLE_HEADS,
    SAYING,
    TITLES,
)

_HEADS = ROLE_HEADS | GROUP_HEADS | BODY_HEADS
_AUXILIARIES = frozenset(
    "has have had is are was were be been being will would could may might must can should also later earlier then now"
    " already still again repeatedly once first just only even reportedly privately publicly previously recently long"
    " never not to do does did".split()
)
_PASSIVE = frozenset("is are was were be been being".split())
_THINKING = frozenset("believe think fear hope want expect feel oppose support doubt consider saying telling".split())
_DETERMINERS = frozenset({"the", "a", "an", "both", "some", "two", "three", "four", "several", "many"}) | POSSESSIVES
_SPEAKS = frozenset("he she they we i who".split())
_LONGEST = 7
"""How many words the name or role that is looked for may have."""
_MARKS = frozenset('“”"„«»‘')
_DASHES = frozenset("-–—")
_CLOSE = 3
"""Over how many code points a signature may stand away from its quotation."""


def mended(page: Page, statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements, each with the words that name its source, where others than its own do.

    - The extractor may have left them in the content ("Recipients, said Mauer, must …"), or have passed them over
      beside the cue ("After the case closed Steve Jobs extended …"), before the colon of a quotation
      ("Karel Voss, the president, on Telegram: “…”") or behind its dash.
    - A source may hold the end of a dateline ("ATA) - Secretary …"), or stop at an owner ("Obama" of "Obama's adviser
      James Jones").
    """
    return tuple(_mended(page, stmt) for stmt in statements)


def _mended(page: Page, stmt: Statement) -> Statement:
    found = _shorter(page, stmt.source[0]) if stmt.source else _missed(page, stmt)
    if found is None and len(stmt.source) == 1:
        found = _owned(page, stmt)
    return stmt if found is None else replace(stmt, source=(found, *stmt.source[1:]))


def _shorter(page: Page, source: Span) -> Span | None:
    """The source behind a bracket that closes before any opens."""
    words = source.of(page.text)
    closing, opening = words.find(")"), words.find("(")
    if not 0 <= closing < len(words) - 1 or 0 <= opening < closing:
        return None
    tokens = page.inside(Span(source.start + closing + 1, source.end))
    first = next((i for i in tokens if page.tokens[i].word), None)
    return Span(page.tokens[first].start, source.end) if first is not None else None


def _owned(page: Page, stmt: Statement) -> Span | None:
    """The source with the role that it owns, and who holds that."""
    source = stmt.source[0]
    inside = page.inside(source)
    tokens = page.tokens
    if not inside or not tokens[inside.start].capital:
        return None
    at = inside.stop - 1 if tokens[inside.stop - 1].low == "'s" else inside.stop
    if at >= len(tokens) or at in page.breaks or tokens[at].low != "'s":
        return None
    limit = min((span.start for span in (*stmt.content, *stmt.cue) if span.start >= source.end), default=source.end)
    stop = page.at(limit)
    head = next((i for i in range(at + 1, min(stop, at + 1 + _LONGEST)) if not _plain(page, i)), stop)
    roles = [i for i in range(at + 1, head) if tokens[i].low in ROLE_HEADS]
    if not roles:
        return None
    end = roles[-1] + 1
    while end < stop and end not in page.breaks and _named(page, end):
        end += 1
    return Span(source.start, tokens[end - 1].end)


def _plain(page: Page, index: int) -> bool:
    token = page.tokens[index]
    return token.word and index not in page.breaks and token.low not in OPENERS | SAYING


def _missed(page: Page, stmt: Statement) -> Span | None:
    """The source of a statement that was found without one."""
    if stmt.cue:
        if _is_spoken_of(page, stmt):
            return None
        return _in_content(page, stmt) or _before_cue(page, stmt) or _behind_cue(page, stmt)
    if stmt.kind != "direct":
        return None
    return _before_colon(page, stmt) or _signed(page, stmt)


def _is_spoken_of(page: Page, stmt: Statement) -> bool:
    """Is the subject who is spoken of, and not who speaks ("is said to favour", "appears to be")?"""
    lows = [page.tokens[i].low for span in stmt.cue for i in page.inside(span)]
    seeming = any(low.startswith(("appear", "seem", "likely")) for low in lows)
    return seeming or (any(low in _PASSIVE for low in lows) and lows[-1] not in _THINKING)


def _in_content(page: Page, stmt: Statement) -> Span | None:
    """A short piece of the content that touches the cue, and is a name or a role."""
    if len(stmt.content) < 2:
        return None
    for piece in stmt.content:
        words = piece.of(page.text)
        if len(words.split()) > _LONGEST or _MARKS & set(words):
            continue
        inside = page.inside(piece)
        for cue in stmt.cue:
            behind = cue.end <= piece.start and not page.text[cue.end : piece.start].strip()
            ahead = piece.end <= cue.start and not page.text[piece.end : cue.start].strip()
            names = any(page.tokens[i].capital or page.tokens[i].low in _HEADS for i in inside)
            if names and ((behind and _ends_clause(page, inside.stop)) or ahead):
                return piece
    return None


def _ends_clause(page: Page, index: int) -> bool:
    return index >= len(page.tokens) or index in page.breaks or page.tokens[index].text in ",.;:"


def _before_cue(page: Page, stmt: Statement) -> Span | None:
    """The name or role that ends right before the cue."""
    stop = page.at(stmt.cue[0].start)
    floor = max((page.at(span.end) for span in stmt.content if span.end <= stmt.cue[0].start), default=0)
    floor = max(floor, page.at(page.sentence_start(stmt.cue[0].start)))
    while stop > floor and stop not in page.breaks and page.tokens[stop - 1].low in _AUXILIARIES:
        stop -= 1
        if page.tokens[stop].low in _PASSIVE:
            # "Saar is said to favour …": he is who is spoken of.
            return None
    if stop <= floor or stop in page.breaks:
        return None
    last = page.tokens[stop - 1]
    if last.low in _SPEAKS:
        return Span(last.start, last.end)
    if last.low == "there" and stop - 1 > floor and page.tokens[stop - 2].low in _HEADS:
        officials = _role(page, floor, stop - 1)
        return Span(officials.start, last.end) if officials is not None else None
    if _named(page, stop - 1):
        return _capitals(page, floor, stop)
    return _role(page, floor, stop) if last.low in _HEADS else None


def _behind_cue(page: Page, stmt: Statement) -> Span | None:
    """The name right behind a verb of saying, up to the end of the clause ("…, said Mauer, …")."""
    first = page.at(stmt.cue[-1].end)
    if page.tokens[first - 1].low not in SAYING or first >= len(page.tokens) or first in page.breaks:
        return None
    limit = min((page.at(s.start) for s in stmt.content if s.start >= stmt.cue[-1].end), default=len(page.tokens))
    stop = first
    while (
        stop < limit and stop - first < _LONGEST and _named(page, stop) and (stop == first or stop not in page.breaks)
    ):
        stop += 1
    if stop == first or not _ends_clause(page, stop):
        return None
    return Span(page.tokens[first].start, page.tokens[stop - 1].end)


def _before_colon(page: Page, stmt: Statement) -> Span | None:
    """Who is named first in the words before the colon that opens a quotation."""
    before = page.at(stmt.content[0].start)
    while before and page.tokens[before - 1].text in _MARKS:
        before -= 1
    if not before or page.tokens[before - 1].text != ":":
        return None
    first = page.at(page.sentence_start(page.tokens[before - 1].start))
    while first < before and not page.tokens[first].text[0].isalpha():
        first += 1
    stop = first
    while stop < before - 1 and stop - first < _LONGEST and (_named(page, stop) or page.tokens[stop].low in TITLES):
        stop += 1
    if stop > first:
        return Span(page.tokens[first].start, page.tokens[stop - 1].end)
    if page.tokens[first].low not in _DETERMINERS:
        return None
    head = next((i for i in range(first, min(before, first + _LONGEST)) if page.tokens[i].low in ROLE_HEADS), None)
    return Span(page.tokens[first].start, page.tokens[head].end) if head is not None else None


def _signed(page: Page, stmt: Statement) -> Span | None:
    """The name behind a dash that follows a quotation, alone in its line ("“…” – Shimon Peres")."""
    dash = page.at(stmt.content[-1].end)
    while dash < len(page.tokens) and page.tokens[dash].text in _MARKS:
        dash += 1
    if dash >= len(page.tokens) or page.tokens[dash].text not in _DASHES:
        return None
    if page.tokens[dash].start - stmt.content[-1].end > _CLOSE:
        return None
    stop = dash + 1
    while stop < len(page.tokens) and stop - dash <= _LONGEST and stop not in page.breaks and _named(page, stop):
        stop += 1
    if stop < dash + 3 or (stop < len(page.tokens) and stop not in page.breaks and page.tokens[stop].text != ","):
        return None
    return Span(page.tokens[dash + 1].start, page.tokens[stop - 1].end)


def _named(page: Page, index: int) -> bool:
    """Can the word be part of a name?"""
    token = page.tokens[index]
    if token.low in PARTICLES:
        return index + 1 < len(page.tokens) and page.tokens[index + 1].capital
    if not token.word or not token.capital or token.text.isdigit():
        return False
    return token.low not in CALENDAR and token.low not in OPENERS and token.low not in PRONOUNS


def _capitals(page: Page, floor: int, stop: int) -> Span:
    """The run of capitals that ends at `stop`, the role before it and its article included."""
    first = stop - 1
    while first > floor and first not in page.breaks and stop - first < _LONGEST and _named(page, first - 1):
        first -= 1
    return Span(page.tokens[first].start, page.tokens[stop - 1].end)


def _role(page: Page, floor: int, stop: int) -> Span | None:
    """The role or body that ends at `stop`, from its article or the beginning of its clause on."""
    first = stop - 1
    while first > floor and first not in page.breaks and stop - first < _LONGEST:
        before = page.tokens[first - 1]
        if before.low in _DETERMINERS:
            return Span(before.start, page.tokens[stop - 1].end)
        if not before.word or before.low in OPENERS | SAYING:
            return None
        first -= 1
    opens = first == floor or first in page.breaks
    return Span(page.tokens[first].start, page.tokens[stop - 1].end) if opens else None
