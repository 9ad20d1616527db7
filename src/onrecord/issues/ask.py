"""Which statements bear on a question, and which side does each take?

A question is compared with every statement in a few plain respects: which of its words stand in the statement, beside
it or elsewhere in its document, whether its names do, and whether the statement shares the words of those that fit
best. How likely a statement bears on it follows from these by a logistic regression.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.resources import files
from math import exp, log

from onrecord.connect.claim import Claim
from onrecord.connect.opposites import opposites_of
from onrecord.connect.words import NEGATIONS, stem, tokens
from onrecord.issues.corpus import Corpus, Scene, key_of
from onrecord.issues.question import Question
from onrecord.record.bearing import Bearing, Side, side_of
from onrecord.record.position import Position
from onrecord.record.span import Span, Spans
from onrecord.text.sentences import sentences

LEAST = 0.15
"""A statement that bears on a question less likely than this is left out."""

_FIRST = 15
"""Statements that fit best at a first glance; the words that come back in them are looked for too."""
_FITS = 0.5
_COMMON = 6
_BEFORE = 400
"""Code points before a statement in which words that decide are looked for, where it has none of its own."""
_MOST_WORDS = 6
_SUBJECT = 4
_GOVERNED = 3
_PLAIN_SIDES = frozenset({"affirms", "denies", "for", "against"})
_THAT_THERE_IS = frozenset({"the", "these", "those", "our", "their", "this"})
_BEING = frozenset(map(stem, "exist exists happen happened place held hold underway way begun started planned".split()))
_WEIGHTS = (1.0, 0.8, 0.6, 0.35, 0.15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Respects:
    """In what respects a statement was compared with a question; each a share in [0, 1], or a flag.

    Attributes:
        own: Weighted share of the question's matter whose words the statement has.
        beside: Share of which it has other words for the same matter.
        near: Share of which its sentence or the one before has either.
        title: Share that only the title of its document has.
        document: Share that only the rest of its document has.
        names: Share of the question's names in it, near it, or among those for whom its source stands.
        names_document: Share of them that only the rest of its document has.
        nameless: Flag: the question names nobody.
        common: How much it shares of the words that come back in the statements that fit best.
        common_near: How much of these words stand near it.
        short: Flag: it has hardly a content word of its own ("no comment").
    """

    own: float
    beside: float
    near: float
    title: float
    document: float
    names: float
    names_document: float
    nameless: float
    common: float
    common_near: float
    short: float


RESPECTS = tuple(field.name for field in fields(Respects))


@cache
def _weights() -> Mapping[str, float]:
    found: Mapping[str, float] = json.loads(files("onrecord.issues").joinpath("data/bears.json").read_text("utf-8"))
    return found


def ask(question: Question, issue_id: str, corpus: Corpus, *, least: float = LEAST) -> tuple[Bearing, ...]:
    """Which statements of `corpus` bear on `question`, the likeliest first?

    Args:
        question: The question.
        issue_id: The issue that it belongs to.
        corpus: The statements.
        least: The score from which a statement counts, in [0, 1]. Of those at 0.3, about four in ten are given just
            this issue by a person who may give each statement one only; most others are on the same story.
    """
    found = []
    for (scene, claim), respects in zip(corpus.claims(), respects_of(question, corpus), strict=True):
        score = score_of(respects)
        if score >= least and (respects.own or respects.beside or respects.near):
            found.append(
                Bearing(
                    issue_id=issue_id,
                    statement_id=claim.id,
                    side=_side(question, scene, claim),
                    score=round(score, 4),
                    evidence=_evidence(question, scene, claim),
                )
            )
    return tuple(sorted(found, key=lambda bearing: (-(bearing.score or 0.0), bearing.statement_id)))


def score_of(respects: Respects) -> float:
    """How likely does a statement bear on a question, compared in these respects? In [0, 1]."""
    weights = _weights()
    total = weights["bias"] + sum(
        weights[name] * value for name, value in zip(RESPECTS, astuple(respects), strict=True)
    )
    return 1 / (1 + exp(-total))


def respects_of(question: Question, corpus: Corpus) -> list[Respects]:
    """How does each statement of `corpus` compare with `question`, in its order?"""
    firsts = [(scene, claim, _first_look(question, scene, claim)) for scene, claim in corpus.claims()]
    glances = [_glance(first, nameless=not question.names) for _, _, first in firsts]
    best = sorted((k for k in range(len(firsts)) if glances[k] >= _FITS), key=lambda k: -glances[k])[:_FIRST]
    common = _common(question, corpus, [(firsts[k][1], glances[k]) for k in best])
    total = sum(sorted(common.values(), reverse=True)[:_COMMON]) / 2 or 1.0
    return [
        Respects(
            own=first[0],
            beside=first[1],
            near=first[2],
            title=first[3],
            document=first[4],
            names=first[5],
            names_document=first[6],
            nameless=float(not question.names),
            common=min(1.0, sum(common.get(word, 0.0) for word in claim.words) / total),
            common_near=min(1.0, sum(common.get(w, 0.0) for w in claim.around if w not in claim.words) / total),
            short=float(len(claim.words) < 3),
        )
        for _, claim, first in firsts
    ]


def _first_look(question: Question, scene: Scene, claim: Claim) -> tuple[float, ...]:
    """Shares of the matter by where its words stand, then of the names."""
    shares = [0.0] * len(_WEIGHTS)
    total = sum(question.matter.values()) or 1.0
    for word, weight in question.matter.items():
        either = question.beside[word] | {word}
        at = _place(word, either, scene, claim)
        if at is not None:
            shares[at] += weight / total
    if not question.names:
        return (*shares, 0.0, 0.0)
    here = {
        name
        for name in question.names
        if name in claim.words
        or name in claim.source.side
        or name in claim.source.names
        or (name in claim.around and name not in scene.title)
    }
    there = (question.names - here) & scene.whole
    return (*shares, len(here) / len(question.names), len(there) / len(question.names))


def _place(word: str, either: Collection[str], scene: Scene, claim: Claim) -> int | None:
    if word in claim.words:
        return 0
    if any(each in claim.words for each in either):
        return 1
    if any(each in claim.around and each not in scene.title for each in either):
        return 2
    if any(each in scene.title for each in either):
        return 3
    return 4 if any(each in scene.whole for each in either) else None


def _glance(first: Sequence[float], *, nameless: bool) -> float:
    matter = sum(weight * share for weight, share in zip(_WEIGHTS, first, strict=False))
    return matter if nameless else matter * (first[-2] + 0.8 * first[-1])


def _common(question: Question, corpus: Corpus, best: Sequence[tuple[Claim, float]]) -> dict[str, float]:
    """Words that come back in the statements that fit best, and how much more often than elsewhere."""
    total = sum(weight for _, weight in best) or 1.0
    share: dict[str, float] = defaultdict(float)
    holders: Counter[str] = Counter()
    for claim, weight in best:
        for word in claim.words:
            share[word] += weight / total
            holders[word] += 1
    found = {}
    for word, part in share.items():
        elsewhere = (corpus.held_by[word] + 1) / (corpus.n_statements or 1)
        if holders[word] >= 2 and word not in question.names and part > elsewhere:
            found[word] = log(part / elsewhere) * part
    return found


def _side(question: Question, scene: Scene, claim: Claim) -> Side:
    """Which side does a statement take, as far as its own words say?"""
    position = scene.positions.get(claim.id)
    mine = claim.words.keys() & _matter(question)
    # "It stays" and "will it leave?": the opposite of a word of the question, without the word itself.
    opposed = {
        word for word in question.matter if word not in claim.words and opposites_of({word}) & claim.words.keys()
    }
    turned = question.negative != bool(opposed)
    side = side_of(position, turned=turned)
    if side == "affirms" and not turned and _negated_later(claim, _matter(question)):
        side = "denies"
    if side == "against" and position is not None and position.act == "demands" and position.conditions:
        # "No talks without Ukraine" does not reject talks.
        return "demands"
    if side == "denies" and not turned and _taken_for_granted(claim, _matter(question)):
        return "unclear"
    if side in _PLAIN_SIDES and position is not None and _only_required(question, scene, claim, position):
        return "unclear"
    if side in ("affirms", "denies") and not (mine or opposed) and (position is None or position.act != "denies"):
        # It stands beside the matter; whether its own proposition is the question's is not said.
        return "unclear"
    return "states" if side == "affirms" and not question.closed else side


def _only_required(question: Question, scene: Scene, claim: Claim, position: Position) -> bool:
    """Does the matter stand in what a condition requires, and nowhere else: "no troops before a ceasefire"?"""
    required = [condition.requirement for condition in position.conditions]
    found = _words(_matter(question), scene.text, claim.content) if required else []
    return bool(found) and all(any(r.start <= w.start and w.end <= r.end for r in required) for w in found)


def _negated_later(claim: Claim, matter: Collection[str]) -> bool:
    """Is the matter first named after the opening sentence, and negated there: "We have read it. There are no talks"?

    What a statement does is told of its main proposition, which is not always the one that is asked about.
    """
    spans = sentences(claim.text)
    for place, span in enumerate(spans):
        words = list(tokens(span.of(claim.text)))
        named = [at for at, token in enumerate(words) if key_of(token) in matter]
        if named:
            before = words[max(0, named[0] - _GOVERNED) : named[0]]
            return place > 0 and any(token.form in NEGATIONS for token in before)
    return False


def _taken_for_granted(claim: Claim, matter: Collection[str]) -> bool:
    """Does a denial speak of the matter as of something that there is: "the talks do not touch on territory"?"""
    words = list(tokens(claim.text))
    if not words or words[0].form not in _THAT_THERE_IS:
        return False
    named = [at for at, token in enumerate(words) if key_of(token) in matter]
    return bool(named) and named[-1] < _SUBJECT and not any(token.stem in _BEING for token in words)


def _matter(question: Question) -> frozenset[str]:
    return frozenset(question.matter).union(*question.beside.values())


def _evidence(question: Question, scene: Scene, claim: Claim) -> Spans:
    """The words that decide: those of the question's matter and names in the statement, or else shortly before it; and
    those that decide what the statement does."""
    wanted = _matter(question) | question.names
    found = _words(wanted, scene.text, claim.content)
    if not found:
        start = claim.content[0].start
        before = _words(wanted, scene.text, (Span(max(0, start - _BEFORE), start),)) if start else []
        found = before[-_MOST_WORDS:]
    position = scene.positions.get(claim.id)
    spans = {*found[:_MOST_WORDS], *(position.evidence if position is not None else ())}
    out: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return tuple(out)


def _words(wanted: Collection[str], text: str, spans: Spans) -> list[Span]:
    return [
        Span(span.start + token.start, span.start + token.end)
        for span in spans
        for token in tokens(span.of(text))
        if key_of(token) in wanted
    ]
