"""Which words decide how two statements stand to each other?"""

from __future__ import annotations

from functools import lru_cache

from onrecord.connect.claim import Claim
from onrecord.connect.pair import QUOTED_RUN, compare_numbers, longest_run, opposed_words
from onrecord.connect.words import NEGATIONS, Token, tokens
from onrecord.record.link import LinkKind
from onrecord.record.span import Span, Spans

MOST_WORDS = 4
LONGEST_QUOTE = 14


def evidence(kind: LinkKind, later: Claim, earlier: Claim) -> tuple[str, Spans, Spans]:
    """One sentence that names the deciding words, and where they stand in each document."""
    mine, theirs = list(_tokens(later.text)), list(_tokens(earlier.text))
    i, j, length = longest_run(later.forms, earlier.forms) if kind in ("same words", "re-report") else (0, 0, 0)
    if length >= QUOTED_RUN:
        quote = later.text[mine[i].start : mine[min(length, LONGEST_QUOTE) + i - 1].end]
        verb = "quote" if kind == "same words" else "say"
        left, right = mine[i : i + length], theirs[j : j + length]
        return f"both {verb} “{quote}”", _run(later, left), _run(earlier, right)
    shared = sorted(later.words.keys() & earlier.words.keys(), key=lambda w: (-later.words[w], w))[:MOST_WORDS]
    left, right = _deciding(later, earlier, mine), _deciding(earlier, later, theirs)
    alike = _quoted(_first(later, mine, shared))
    parts = [f"both on {alike}" if alike else "on one matter"]
    if kind in ("conflicts", "denies", "changes") and (left or right):
        parts.append(f"{_quoted(left) or 'no such word'} against {_quoted(right) or 'no such word'}")
    if kind in ("repeats", "changes", "same words", "re-report") and later.source.names:
        parts.append("the same speaker")
    return (
        "; ".join(parts),
        _spans(later, left + _first(later, mine, shared)),
        _spans(earlier, right + _first(earlier, theirs, shared)),
    )


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(tokens(text))


def _deciding(mine: Claim, theirs: Claim, words: list[Token]) -> list[Token]:
    """The words of one that turn it against the other: negations, opposed words, other numbers."""
    opposed = opposed_words(mine, theirs)
    found = [t for t in words if (t.form in NEGATIONS and not theirs.negations) or t.stem in opposed]
    if compare_numbers(mine.numbers, theirs.numbers)[1]:
        starts = {number.start for number in mine.numbers}
        found += [token for token in words if _in_document(mine, token).start in starts]
    return sorted(set(found), key=lambda t: t.start)[:MOST_WORDS]


def _first(claim: Claim, words: list[Token], stems: list[str]) -> list[Token]:
    """Where each of `stems` first stands."""
    found: dict[str, Token] = {}
    for token in words:
        for stem in stems:
            if stem not in found and (token.stem == stem or token.form.startswith(stem)):
                found[stem] = token
    return sorted(set(found.values()), key=lambda t: t.start)


def _quoted(words: list[Token]) -> str:
    return ", ".join(f"“{form}”" for form in dict.fromkeys(token.form for token in words))


def _run(claim: Claim, words: list[Token]) -> Spans:
    return _spans(claim, words, joined=True)


def _spans(claim: Claim, words: list[Token], *, joined: bool = False) -> Spans:
    """Where `words` of the joined content stand in the document; one span for each stretch if they are a run."""
    spans: list[Span] = []
    for token in sorted(set(words), key=lambda t: t.start):
        span = _in_document(claim, token)
        if spans and (joined and span.start - spans[-1].end < 10 and _same_stretch(claim, spans[-1], span)):
            spans[-1] = Span(spans[-1].start, span.end)
        elif not spans or span.start >= spans[-1].end:
            spans.append(span)
    return tuple(spans)


def _in_document(claim: Claim, token: Token) -> Span:
    offset = 0
    for stretch in claim.content:
        length = stretch.end - stretch.start
        if token.start < offset + length:
            start = stretch.start + token.start - offset
            return Span(start, min(stretch.end, start + token.end - token.start))
        # The stretches were joined by one space.
        offset += length + 1
    raise AssertionError(f"{claim.name}: a word outside its content")


def _same_stretch(claim: Claim, a: Span, b: Span) -> bool:
    return any(stretch.start <= a.start and b.end <= stretch.end for stretch in claim.content)
