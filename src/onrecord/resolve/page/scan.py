"""Which capitalised words of a page stand together as a name?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from onrecord.record.span import Span
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.words import (
    BODY_HEADS,
    CALENDAR,
    GROUP_HEADS,
    MONTH_NAMES,
    OPENERS,
    PARTICLES,
    PRONOUNS,
    ROLE_HEADS,
    TITLES,
)

_JOINS = frozenset({"of", "for", "on", "and", "to", "at"})
_TITLE_CASE = 0.7
"""From which share of capitalised words a line counts as set in title case."""
_DOTTED = TITLES | frozenset("st jr sr co inc ltd corp vs no".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Capitalised words that stand together.

    Attributes:
        first: Index of the first token.
        last: One past the index of the last.
        span: Where they stand.
        words: The words, without marks.
        possessive: Whether a possessive ending follows.
        headline: Whether it stands in a line set in title case.
        sure: False for a single word that may be capitalised only because it begins a sentence or stands in a
            headline.
    """

    first: int
    last: int
    span: Span
    words: tuple[str, ...]
    possessive: bool
    sure: bool
    headline: bool = False

    @property
    def lows(self) -> tuple[str, ...]:
        """The words in lower case."""
        return tuple(word.lower() for word in self.words)

    @property
    def text(self) -> str:
        """The words, one space apart."""
        return " ".join(self.words)


def find_chunks(page: Page) -> list[Chunk]:
    """Which runs of capitalised words does the page have, in order?

    A name's small words ("van der") belong to the run; "of" and "and" do not, except inside the name of a body
    ("International Committee of the Red Cross").
    """
    inner = _inner_capitals(page)
    shouted = _title_case(page)
    chunks: list[Chunk] = []
    index = 0
    while index < len(page.tokens):
        if not _begins(page, index, inner):
            index += 1
            continue
        end = _extend(page, index)
        chunk = _chunk(page, index, end, inner, shouted)
        if chunk is not None:
            chunks.append(chunk)
        index = max(end, index + 1)
    return chunks


def _inner_capitals(page: Page) -> Counter[str]:
    """How often does a word have a capital where no sentence begins, less how often it has none?"""
    count: Counter[str] = Counter()
    for index, token in enumerate(page.tokens):
        if token.word:
            if not token.capital:
                count[token.low] -= 1
            elif not page.opens_sentence(index):
                count[token.low] += 1
    return count


def _title_case(page: Page) -> list[tuple[int, int]]:
    """Token ranges of lines that are set in title case or capitals."""
    found = []
    starts = [*sorted(page.breaks), len(page.tokens)]
    for first, last in pairwise(starts):
        words = [t for t in page.tokens[first:last] if t.word and t.text.isalpha()]
        long = [t for t in words if len(t.text) > 3]
        ends = next((t.text for t in reversed(page.tokens[first:last]) if t.text not in '*_”"'), "")
        if 3 < len(words) <= 30 and long:
            share = sum(t.capital for t in long) / len(long)
            if share >= _TITLE_CASE and (ends not in ".!?" or (share == 1 and not first)):
                found.append((first, last))
    return found


def _is_name_word(page: Page, index: int) -> bool:
    token = page.tokens[index]
    if not token.word or token.text.isdigit() or token.low.startswith("i'"):
        return False
    if token.capital:
        if token.text.isupper() and 1 < len(token.text) < 5:
            return token.low not in CALENDAR
        if token.low in MONTH_NAMES:
            return _is_given_name(page, index)
        return token.low not in PRONOUNS and token.low not in OPENERS and token.low not in CALENDAR
    return token.low.startswith(("al-", "el-")) and len(token.text) > 4 and token.text[3].isupper()


def _is_given_name(page: Page, index: int) -> bool:
    """Is a month's name somebody's given name here ("April Sands", "Jan van der Meulen")?"""
    if index + 1 >= len(page.tokens) or index + 1 in page.breaks:
        return False
    ahead, before = page.tokens[index + 1], page.tokens[index - 1].low if index else ""
    named = ahead.low in PARTICLES or (ahead.capital and ahead.low not in CALENDAR | OPENERS | PRONOUNS)
    return named and before not in ("in", "of", "since", "by", "until", "last", "this", "from")


def _begins(page: Page, index: int, inner: Counter[str]) -> bool:
    if not _is_name_word(page, index):
        return False
    low = page.tokens[index].low
    if low in PARTICLES and page.tokens[index].capital and index + 1 < len(page.tokens):
        return page.tokens[index + 1].low in PARTICLES or _is_name_word(page, index + 1)
    shouted = page.tokens[index].text.isupper() and len(low) > 1
    if not page.opens_sentence(index) or low in TITLES or shouted:
        return True
    following = index + 1 < len(page.tokens) and _is_name_word(page, index + 1) and index + 1 not in page.breaks
    # "Earlier Halvek …": the first word belongs to the sentence, not to the name.
    return inner[low] >= 0 or (following and low in ROLE_HEADS | BODY_HEADS)


def _extend(page: Page, first: int) -> int:
    """One past the last token of the run that begins at `first`."""
    tokens, end = page.tokens, first + 1
    while end < len(tokens) and end not in page.breaks:
        token, before = tokens[end], tokens[end - 1]
        if token.text == "." and token.start == before.end and (len(before.text) == 1 or before.low in _DOTTED):
            if before.low in ("inc", "ltd", "co", "corp", "jr", "sr") or end + 1 >= len(tokens):
                break
            if not (_is_name_word(page, end + 1) or tokens[end + 1].low in PARTICLES):
                break
            end += 1
        elif _is_name_word(page, end):
            end += 1
        elif token.low in PARTICLES or token.text == "&":
            ahead = end + 1
            while ahead < len(tokens) and tokens[ahead].low in PARTICLES:
                ahead += 1
            if ahead >= len(tokens) or ahead in page.breaks or not _is_name_word(page, ahead):
                break
            end = ahead + 1
        else:
            break
    return end


def _chunk(page: Page, first: int, last: int, inner: Counter[str], shouted: list[tuple[int, int]]) -> Chunk | None:
    words = tuple(t.text for t in page.tokens[first:last] if t.word or t.text == "&")
    opens = page.opens_sentence(first)
    headline = any(a <= first < b for a, b in shouted)
    single = len(words) == 1
    possessive = last < len(page.tokens) and (
        page.tokens[last].low == "'s" or (words[-1].endswith("s") and page.tokens[last].text in "’'")
    )
    # "Velia's army": what owns something is a name, unless it is a word for people.
    owns = possessive and words[0].lower() not in GROUP_HEADS | ROLE_HEADS | BODY_HEADS
    sure = not (headline or (opens and single and not owns)) or inner[words[0].lower()] > 0
    return Chunk(
        first=first,
        last=last,
        span=Span(page.tokens[first].start, page.tokens[last - 1].end),
        words=words,
        possessive=possessive,
        sure=sure,
        headline=headline,
    )


def join_bodies(page: Page, chunks: list[Chunk]) -> list[Chunk]:
    """Put together the names of bodies that "of", "for" or "and" runs through, in order."""
    out: list[Chunk] = []
    for chunk in chunks:
        if out and _joins(page, out[-1], chunk):
            out.append(_joined(page, out.pop(), chunk))
        else:
            out.append(chunk)
    return out


def _joined(page: Page, left: Chunk, right: Chunk) -> Chunk:
    return Chunk(
        first=left.first,
        last=right.last,
        span=Span(left.span.start, right.span.end),
        words=tuple(t.text for t in page.tokens[left.first : right.last] if t.word),
        possessive=right.possessive,
        sure=left.sure or right.sure,
    )


def _joins(page: Page, left: Chunk, right: Chunk) -> bool:
    between = [t.low for t in page.tokens[left.last : right.first]]
    if not between or between[0] not in _JOINS or between[1:] not in ([], ["the"]) or left.possessive:
        return False
    if any(index in page.breaks for index in range(left.last, right.first + 1)):
        return False
    if left.lows[-1] in ROLE_HEADS and left.lows[-1] not in BODY_HEADS:
        return False
    if between[0] == "and":
        return left.lows[0] in BODY_HEADS and len(left.words) > 2
    if between[0] in ("to", "at"):
        return False
    return any(low in BODY_HEADS for low in left.lows)
