"""Where a statement's parts begin and end, as the codebook has it.

Quotation marks belong to the content, an introducing colon to the cue; the comma or full stop after indirect words, a
source or a cue belongs to nobody, but for the comma that closes an apposition ("Ada Bell, the minister,").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.extract.found import Found
from onrecord.extract.section import Bool
from onrecord.extract.tags import Stretch
from onrecord.text.abbreviations import NEVER_LAST, SELDOM_LAST, SELDOM_LAST_CAPITAL

_STOPS = frozenset(", ; : - – — ― …".split())
_PAIRED = frozenset(", - – —".split())
_OPENING, _CLOSING = frozenset("“ „ « ( [".split()), frozenset("” » ) ]".split())
"""Single marks are left out: they may be apostrophes."""
_MARKS = frozenset('“ ” „ « » "'.split())
_SENTENCE_ENDS = frozenset('. ? ! ” "'.split())


def tidied(item: Found, words: Sequence[str], first: Bool) -> Found:
    """`item` without stray stops at the edges of its parts, and with the marks that belong to its content.

    Args:
        item: A statement.
        words: What each word of the section is, as printed.
        first: Whether a word begins a paragraph, bool (words,).
    """
    if item.spoken:
        return item
    return replace(
        item,
        content=tuple(_content(part, words, first, own=item.own >= 0.5) for part in item.content),
        cue=item.cue and _bare(item.cue, words, kept=":"),
        source=item.source and _bare(item.source, words, kept=""),
    )


def _bare(part: Stretch, words: Sequence[str], *, kept: str) -> Stretch:
    """A source or a cue without stops at its ends; `kept` may stay."""
    start, end = part.start, part.end
    while start < end and words[start] in (_STOPS | _CLOSING) - {kept}:
        start += 1
    while start < end and (words[end - 1] in (_STOPS | _OPENING) - {kept} or _full_stop(words, end - 1)):
        if _closes_apposition(words, start, end):
            break
        end -= 1
    return replace(part, start=start, end=end) if start < end else part


def _content(part: Stretch, words: Sequence[str], first: Bool, *, own: bool) -> Stretch:
    """A content with its marks and without stops; `own` words and whole sentences keep their full stop."""
    start, end = part.start, part.end
    while start < end and words[start] in _STOPS | _CLOSING:
        start += 1
    while start < end and words[end - 1] in (_STOPS - {"…"}) | _OPENING:
        if _closes_apposition(words, start, end):
            break
        end -= 1
    if start == end:
        return part
    whole = start == 0 or bool(first[start]) or words[start - 1] in _SENTENCE_ENDS
    if not own and not whole and end - start > 1 and _full_stop(words, end - 1):
        end -= 1
    inside = words[start:end]
    if end < len(words) and not first[end] and _open(inside, words[end]):
        end += 1
    if start and not first[start] and _closed(inside, words[start - 1]):
        start -= 1
    return replace(part, start=start, end=end)


def _closes_apposition(words: Sequence[str], start: int, end: int) -> bool:
    """Is the last word the second comma, or the second dash, of a pair? Before a quotation mark it is none."""
    quoted = end < len(words) and words[end] in _MARKS
    return not quoted and words[end - 1] in _PAIRED and words[end - 1] in words[start : end - 1]


def _full_stop(words: Sequence[str], at: int) -> bool:
    """Is this a full stop that ends no abbreviation and no initial?"""
    if words[at] != "." or at == 0:
        return False
    before = words[at - 1]
    known = before in SELDOM_LAST_CAPITAL or before.casefold() in NEVER_LAST or before.casefold() in SELDOM_LAST
    return len(before) > 1 and not known


def _open(inside: Sequence[str], mark: str) -> bool:
    """Does `mark` close what was opened inside?"""
    if mark == '"':
        return inside.count(mark) % 2 == 1
    return mark in _CLOSING and sum(w in _OPENING for w in inside) > sum(w in _CLOSING for w in inside)


def _closed(inside: Sequence[str], mark: str) -> bool:
    """Was `mark` opened for what closes inside?"""
    if mark == '"':
        return inside.count(mark) % 2 == 1
    return mark in _OPENING and sum(w in _CLOSING for w in inside) > sum(w in _OPENING for w in inside)
