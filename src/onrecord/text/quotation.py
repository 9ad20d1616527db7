"""Which stretches of a text stand in quotation marks, or in the other forms that newspapers give to a quotation?

Found by form alone: whether somebody is quoted, and who, is for ``extract`` to say. Marks are paired paragraph by
paragraph with a stack, so that an odd mark costs at most its own paragraph; time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.record.span import Span

Form: TypeAlias = Literal["marks", "dash", "block"]

_OPENERS = {
    "“": "”",
    "„": "“",
    "«": "»",
    "‘": "’",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‚": "‘",
    "»": "«",
    "”": "”",
    "``": "''",
}
_ASCII = {'"', "'"}
_MARK = re.compile(r"``|''|[“”„«»‘’‹›「」『』‚\"']")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_CLOSERS: dict[str, frozenset[str]] = {
    "“": frozenset("”"),
    "„": frozenset("“”"),
    "«": frozenset("»"),
    "»": frozenset("«»"),
    "‘": frozenset("’"),
    "‚": frozenset("‘’"),
    "‹": frozenset("›"),
    "「": frozenset("」"),
    "『": frozenset("』"),
    "”": frozenset("”"),
    "``": frozenset({"''", '"'}),
    '"': frozenset({'"', "''"}),
    "'": frozenset("'"),
}
_SINGLE = frozenset("‘’'‚")
_LOOK_AHEAD = 3000
_TRIES = 40
"""How far a single mark looks for its partner, in code points and in marks; keeps the time linear."""

_DASH_TAIL = re.compile(r"(?<=\S)\s+[-–—]\s+(?=[^\W\d_A-Z])[^.!?\n]{2,120}[.!?]?\s*$")
_DASH_HEAD = re.compile(r"\s*[-–—]\s+(?=\S)")
_DASH_BREAK = re.compile(r"\s+[-–—]\s+")
_BLOCK_HEAD = re.compile(r"\s*>\s?(?=\S)")


_FEW = 0.25
"""Up to which share of a line in marks the line may still be a dash or block quotation with marks inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One stretch that has the form of a quotation.

    Attributes:
        span: The stretch with its marks; code points, half-open.
        form: *marks* (in quotation marks), *dash* (a line that begins with a dash, or ends in a dash and an
            attribution), *block* (a line set off by ``>``).
        level: 0 for an outer quotation, 1 for one inside it, and so on.
        closed: False if the closing mark is missing, as at the end of each paragraph but the last of a long quotation.
    """

    span: Span
    form: Form
    level: int
    closed: bool


def find_quotations(text: str) -> list[Quotation]:
    """Which stretches of `text` have the form of a quotation?

    Returns:
        Quotations sorted by start, outer before inner, properly nested. A *dash* or *block* quotation may hold a few
        words in marks.

    >>> [q.span.of("He said “no”.") for q in find_quotations("He said “no”.")]
    ['“no”']
    """
    out: list[Quotation] = []
    for line in _LINE.finditer(text):
        marked = list(_pair_marks(text, line.start(), line.end()))
        out += marked
        if sum(q.span.end - q.span.start for q in marked if q.level == 0) < _FEW * (line.end() - line.start()):
            out += [
                q for q in _unmarked(text, line.start(), line.end()) if not any(_cross(q.span, m.span) for m in marked)
            ]
    out.sort(key=lambda q: (q.span.start, -q.span.end))
    return out


def _cross(outer: Span, inner: Span) -> bool:
    """Do the two overlap without the first holding the second?"""
    return (
        inner.start < outer.end
        and outer.start < inner.end
        and not (outer.start <= inner.start and inner.end <= outer.end)
    )


def _pair_marks(text: str, begin: int, end: int) -> Iterator[Quotation]:
    """Pair the marks of one line with a stack."""
    stack: list[tuple[str, int]] = []
    seen = False
    for found in _MARK.finditer(text, begin, end):
        mark, at, after = found.group(), found.start(), found.end()
        before_char = text[at - 1] if at > begin else " "
        after_char = text[after] if after < end else " "
        if mark in _SINGLE and before_char.isalnum() and after_char.isalnum():
            continue  # an apostrophe
        depth = _closes(stack, mark, before_char, after_char)
        if depth is not None and not (mark in _SINGLE and _is_possessive(text, at, end, stack[depth][0])):
            # Marks opened inside and never closed are dropped: they were apostrophes or inches.
            opened = stack[depth]
            del stack[depth:]
            yield Quotation(span=Span(opened[1], after), form="marks", level=depth, closed=True)
        elif _opens(text, mark, at, after, end, before_char, after_char):
            stack.append((mark, at))
        elif mark in "”»“" and not stack and not seen and at > begin:
            yield Quotation(span=Span(begin, after), form="marks", level=0, closed=True)  # the opening mark was lost
        seen = True
    # Only the outermost unclosed mark counts, and only if it is one that cannot be an apostrophe.
    for depth, (mark, at) in enumerate(stack):
        if mark not in _SINGLE:
            yield Quotation(span=Span(at, end), form="marks", level=depth, closed=False)
            break


def _closes(stack: list[tuple[str, int]], mark: str, before_char: str, after_char: str) -> int | None:
    """Which open mark of the stack, if any, does `mark` close? Its index."""
    if before_char.isspace() and after_char.isalnum() and mark not in ("”", "»"):
        return None  # has the position of an opening mark
    for depth in range(len(stack) - 1, max(-1, len(stack) - 5), -1):
        if mark in _CLOSERS[stack[depth][0]]:
            return depth
    return None


def _opens(text: str, mark: str, at: int, after: int, end: int, before_char: str, after_char: str) -> bool:
    """May `mark` open a quotation here?"""
    if mark == "''" or (after_char.isspace() and mark != "«"):
        return False  # the French put a space inside their marks, nobody else does
    left_free = not before_char.isalnum() and before_char not in ".,;!?…%)"
    if mark in _ASCII or mark in ("”", "»", "‘"):
        if not left_free:
            return False
        if mark in ("'", "‘"):
            return _has_partner(text, mark, after, end)
        return True
    return mark in _OPENERS and mark != "’"


def _has_partner(text: str, mark: str, after: int, end: int) -> bool:
    """Does a closing single mark follow, or is this an apostrophe as in ’90s?"""
    wanted = "’" if mark == "‘" else "'"
    stop = min(end, after + _LOOK_AHEAD)
    at = text.find(wanted, after, stop)
    for _ in range(_TRIES):
        if at == -1:
            break
        follows = text[at + 1] if at + 1 < end else " "
        if not follows.isalnum() and not text[at - 1].isspace():
            return True
        at = text.find(wanted, at + 1, stop)
    return False


def _is_possessive(text: str, at: int, end: int, opened: str) -> bool:
    """Is this single mark the apostrophe of a plural ("workers’ rights") while the quotation goes on?"""
    if opened not in _SINGLE or text[at - 1].lower() != "s" or at + 1 >= end or not text[at + 1].isspace():
        return False
    nxt = text.find(text[at], at + 1, min(end, at + 400))
    while nxt != -1:
        follows = text[nxt + 1] if nxt + 1 < end else " "
        if not follows.isalnum():
            return text[nxt - 1] in ".,!?…" or text[nxt - 1].isalnum()
        nxt = text.find(text[at], nxt + 1, min(end, at + 400))
    return False


def _unmarked(text: str, begin: int, end: int) -> Iterator[Quotation]:
    """Dash and block quotations of a line that has few marks."""
    block = _BLOCK_HEAD.match(text, begin, end)
    if block:
        yield Quotation(span=Span(block.end(), end), form="block", level=0, closed=True)
        return
    head = _DASH_HEAD.match(text, begin, end)
    if head:
        # "— Yes, — said Anna. — But not now." : every other stretch between dashes is the speaker's.
        cuts = [head.end(), *(p for m in _DASH_BREAK.finditer(text, head.end(), end) for p in m.span()), end]
        for left, right in zip(cuts[0::4], cuts[1::4], strict=False):
            if left < right:
                yield Quotation(span=Span(left, right), form="dash", level=0, closed=True)
        return
    # The tail is short, so only the end of the line is looked at.
    tail = _DASH_TAIL.search(text, max(begin, end - 200), end)
    if tail and tail.start() > begin:
        yield Quotation(span=Span(begin, tail.start()), form="dash", level=0, closed=True)
