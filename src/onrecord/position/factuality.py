"""How certain does a text make it that something happened?

A linear model over the words about the event, in the manner of Lee, Artzi, Choi and Zettlemoyer (2015): the event's own
form, its neighbours, the auxiliaries, negations and conjunctions of the clause to its left, and the verb that governs
it. Features are hashed; their weights are learned by ``training/factuality.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from onrecord.position.clauses import AUXILIARIES
from onrecord.position.words import Words, find_words, is_verb
from onrecord.record.span import Span

LEAST, MOST = -3.0, 3.0
_WEIGHTS = Path(__file__).with_name("data") / "factuality.npz"
_NEGATORS = frozenset("not n't never no neither nor nobody none nothing without hardly".split())
_JOINTS = frozenset("to if that whether when unless until before because who which after while for without".split())
_SKELETON = AUXILIARIES | _NEGATORS | {"to", "that", "if", "been", "being"}
_HEDGES = frozenset("if may might could would should will n't not ? said reportedly allegedly probably likely".split())
_STOPS = frozenset(';.:!?"“”„«»')
_LEFT, _RIGHT, _CLAUSE = 4, 3, 20


def factuality(text: str, span: Span) -> float:
    """How certain does `text` make the event at `span`?

    Args:
        text: The sentence, or a longer text.
        span: The word or words that name the event, in code points, half-open.

    Returns:
        3 if it certainly happened or holds, 0 if that is open, -3 if it certainly did not, by the author of the text.

    Raises:
        TextError: OR-201, the span ends outside the text.

    >>> factuality("The bridge did not collapse.", Span(19, 27)) < 0
    True
    """
    span.of(text)
    words = find_words(text)
    target = words.inside(span)
    return score(words, target) if target else 0.0


def score(words: Words, target: Sequence[int]) -> float:
    """How certain do `words` make the event that the words with the indices `target` name? In [-3, 3]."""
    weights, bias = _model()
    places = {crc32(name.encode("utf-8", "surrogatepass")) % len(weights) for name in features(words, target)}
    value = bias + float(weights[list(places)].sum())
    return min(MOST, max(LEAST, value))


@cache
def _model() -> tuple[NDArray[np.float32], float]:
    with np.load(_WEIGHTS) as data:
        return data["weights"].astype(np.float32) * float(data["step"]), float(data["bias"])


def features(words: Words, target: Sequence[int]) -> Iterator[str]:
    """What is to be seen about the event? Names of features; one may come twice.

    Args:
        words: The words of a text.
        target: Indices of the words that name the event, in order, at least one.
    """
    lower = words.lower
    left = [lower[i] for i in range(max(0, target[0] - 2 * _CLAUSE), target[0])][::-1]
    right = [lower[i] for i in range(target[-1] + 1, min(len(lower), target[-1] + 1 + 2 * _CLAUSE))]
    head = target[-1] if len(target) < 4 else target[0]
    form = _form(lower[head], words.lemmas[head])
    yield from (f"w {lower[head]}", f"l {words.lemmas[head]}", f"f {form}")
    yield from _neighbours(left, right, form)
    clause: list[int] = []
    for i in range(target[0] - 1, max(-1, target[0] - 1 - _CLAUSE), -1):
        if lower[i] in _STOPS:
            break
        clause.append(i)
    yield from _clause(words, clause, form)
    yield from (f"S {w}" for w in [*left[_CLAUSE:], *right] if w in _HEDGES)
    if "?" in right:
        yield "?"


def _form(word: str, lemma: str) -> str:
    ending = next((e for e in ("ed", "ing") if word.endswith(e)), None)
    ending = ending or ("base" if word == lemma else "s" if word.endswith("s") else "irregular")
    return ("v" if is_verb(lemma) else "n") + ending


def _neighbours(left: Sequence[str], right: Sequence[str], form: str) -> Iterator[str]:
    before = [*left[:_LEFT], *["<"] * (_LEFT - len(left))]
    after = [*right[:_RIGHT], *[">"] * (_RIGHT - len(right))]
    for k, word in enumerate(before):
        yield f"L{k} {word}"
        yield f"L {word}"
        if k < 2:
            yield f"L{k} {word} {form}"
    yield from (f"R{k} {word}" for k, word in enumerate(after))
    two = f"{before[1]} {before[0]}"
    yield from (f"LL {two}", f"LL {two} {form}", f"LLL {before[2]} {two}", f"LR {before[0]} {after[0]}")


def _clause(words: Words, clause: Sequence[int], form: str) -> Iterator[str]:
    lower = [words.lower[i] for i in clause]
    governed = False
    for distance, (index, word) in enumerate(zip(clause, lower, strict=True)):
        near = "0" if distance < 3 else "1" if distance < 7 else "2"
        if word in AUXILIARIES or word in _NEGATORS or word in _JOINTS:
            yield from (f"C{near} {word}", f"C {word}")
        elif is_verb(words.lemmas[index]):
            verb = words.lemmas[index]
            yield from (f"V{near} {verb}", f"V {verb}")
            if not governed:
                governed = True
                between = [w for w in lower[:distance] if w in _SKELETON][::-1]
                before = [w for w in lower[distance + 1 : distance + 4] if w in _SKELETON][::-1]
                yield from (f"G {verb}", f"G {verb} {form}", f"GB {verb} {' '.join(between[:3])}")
                yield f"GP {verb} {' '.join(before)}"
    bones = [w for w in lower[:8] if w in _SKELETON or w == ","][::-1]
    yield from (f"B {' '.join(bones[-4:])}", f"B3 {' '.join(bones[-3:])} {form}", f"B2 {' '.join(bones[-2:])} {form}")
    if not _NEGATORS.isdisjoint(lower[:4]):
        yield from ("not near", f"not near {form}")
    if not _NEGATORS.isdisjoint(lower[:10]):
        yield "not far"
    yield f"D {min(len(clause) // 4, 5)}"
