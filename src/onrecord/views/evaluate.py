"""How far do the statements that were found agree with those that people annotated?

Statements are matched one to one where their contents share at least half of their words. Beside that, the
words of all contents, of all sources and of all cues are compared, whatever statement they belong to.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.span import Spans
from onrecord.record.statement import KINDS, Kind

_WORD = re.compile(r"\w+")
MATCH = 0.5
"""Share of words that two contents (Jaccard) or two sources (F1) must have in common to be the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A statement as a person marked it; `kind` is None where the annotation does not say."""

    kind: Kind | None
    content: Spans
    cue: Spans
    source: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A document with the statements that a person found in it.

    Attributes:
        document: The document.
        annotations: Its statements, each with content.
        outermost_only: The annotation leaves out statements within others, so what is found within others is
            left out as well.
        without_content: Annotations left out because they mark no content.
    """

    document: Document
    annotations: tuple[Annotation, ...]
    outermost_only: bool
    without_content: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two sets agree.

    Attributes:
        right_found: Of what was found, how many are right.
        found: How many were found.
        right_gold: Of what people marked, how many were found.
        gold: How many people marked.
    """

    right_found: int
    found: int
    right_gold: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right, in [0, 1]; 0 if nothing was found."""
        return self.right_found / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what people marked that was found, in [0, 1]; 0 if there is nothing."""
        return self.right_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in [0, 1]."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The figures of an evaluation.

    Attributes:
        documents: Documents compared.
        without_content: Annotations left out because they mark no content.
        statements: Statements whose contents share half of their words, matched one to one.
        attributions: Of these, the ones whose sources agree too (F1 of their words at least one half, or both
            empty).
        by_kind: Statements again: recall over what people marked as this kind, precision over what was found
            as this kind. A kind that nobody marked is left out.
        source: Words of the sources, over matched statements.
        content_words: Words in any content.
        source_words: Words in any source.
        cue_words: Words in any cue.
    """

    documents: int
    without_content: int
    statements: Agreement
    attributions: Agreement
    by_kind: Mapping[Kind, Agreement]
    source: Agreement
    content_words: Agreement
    source_words: Agreement
    cue_words: Agreement


@dataclass(slots=True)
class _Tally:
    right_found: int = 0
    found: int = 0
    right_gold: int = 0
    gold: int = 0

    def add(self, right_found: int, found: int, right_gold: int, gold: int) -> None:
        self.right_found += right_found
        self.found += found
        self.right_gold += right_gold
        self.gold += gold

    def add_sets(self, found: frozenset[int], gold: frozenset[int]) -> None:
        both = len(found & gold)
        self.add(both, len(found), both, len(gold))

    def close(self) -> Agreement:
        return Agreement(right_found=self.right_found, found=self.found, right_gold=self.right_gold, gold=self.gold)


@dataclass(frozen=True, slots=True)
class _Words:
    """A statement as sets of words, each word being its place in the text."""

    kind: Kind | None
    content: frozenset[int]
    cue: frozenset[int]
    source: frozenset[int]


class WordIndex:
    """Which words of a text do spans touch? Words are counted from 0."""

    def __init__(self, text: str) -> None:
        bounds = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in bounds]
        self._ends = [end for _, end in bounds]

    def touched(self, spans: Spans) -> frozenset[int]:
        """The words of which any part lies in `spans`."""
        words: set[int] = set()
        for span in spans:
            words.update(range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)))
        return frozenset(words)


@dataclass(slots=True)
class _Board:
    documents: int = 0
    without_content: int = 0
    statements: _Tally = field(default_factory=_Tally)
    attributions: _Tally = field(default_factory=_Tally)
    by_kind: dict[Kind, _Tally] = field(default_factory=lambda: {kind: _Tally() for kind in KINDS})
    source: _Tally = field(default_factory=_Tally)
    content_words: _Tally = field(default_factory=_Tally)
    source_words: _Tally = field(default_factory=_Tally)
    cue_words: _Tally = field(default_factory=_Tally)


def evaluate(pairs: Iterable[tuple[Gold, Reading]]) -> Evaluation:
    """How far do these readings agree with the annotations of the same documents?"""
    board = _Board()
    for gold, reading in pairs:
        _count(board, gold, reading)
    return Evaluation(
        documents=board.documents,
        without_content=board.without_content,
        statements=board.statements.close(),
        attributions=board.attributions.close(),
        by_kind={kind: tally.close() for kind, tally in board.by_kind.items() if tally.gold},
        source=board.source.close(),
        content_words=board.content_words.close(),
        source_words=board.source_words.close(),
        cue_words=board.cue_words.close(),
    )


def _count(board: _Board, gold: Gold, reading: Reading) -> None:
    index = WordIndex(gold.document.text)
    marked = [_words(index, each) for each in gold.annotations]
    kept = [stmt for stmt in reading.statements if not (gold.outermost_only and stmt.within)]
    found = [_words(index, Annotation(kind=s.kind, content=s.content, cue=s.cue, source=s.source)) for s in kept]
    board.documents += 1
    board.without_content += gold.without_content
    pairs = _match(marked, found, with_source=False)
    board.statements.add(len(pairs), len(found), len(pairs), len(marked))
    both = len(_match(marked, found, with_source=True))
    board.attributions.add(both, len(found), both, len(marked))
    hit_gold, hit_found = {g for g, _ in pairs}, {f for _, f in pairs}
    for kind, tally in board.by_kind.items():
        of_gold = {i for i, words in enumerate(marked) if words.kind == kind}
        of_found = {i for i, words in enumerate(found) if words.kind == kind}
        tally.add(len(of_found & hit_found), len(of_found), len(of_gold & hit_gold), len(of_gold))
    for g, f in pairs:
        board.source.add_sets(found[f].source, marked[g].source)
    empty: frozenset[int] = frozenset()
    board.content_words.add_sets(empty.union(*(w.content for w in found)), empty.union(*(w.content for w in marked)))
    board.source_words.add_sets(empty.union(*(w.source for w in found)), empty.union(*(w.source for w in marked)))
    board.cue_words.add_sets(empty.union(*(w.cue for w in found)), empty.union(*(w.cue for w in marked)))


def _words(index: WordIndex, each: Annotation) -> _Words:
    return _Words(each.kind, index.touched(each.content), index.touched(each.cue), index.touched(each.source))


def _match(gold: list[_Words], found: list[_Words], *, with_source: bool) -> list[tuple[int, int]]:
    """Pairs (place in `gold`, place in `found`), one to one, the most similar first."""
    by_word: dict[int, list[int]] = {}
    for f, words in enumerate(found):
        for word in words.content:
            by_word.setdefault(word, []).append(f)
    candidates = []
    for g, words in enumerate(gold):
        for f in {f for word in words.content for f in by_word.get(word, ())}:
            similar = _similarity(words, found[f], with_source=with_source)
            if similar is not None:
                candidates.append((-similar, g, f))
    candidates.sort()
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, g, f in candidates:
        if g not in used_gold and f not in used_found:
            used_gold.add(g)
            used_found.add(f)
            pairs.append((g, f))
    return pairs


def _similarity(left: _Words, right: _Words, *, with_source: bool) -> float | None:
    jaccard = len(left.content & right.content) / len(left.content | right.content)
    if jaccard < MATCH:
        return None
    if not with_source:
        return jaccard
    total = len(left.source) + len(right.source)
    agreement = 2 * len(left.source & right.source) / total if total else 1.0
    return jaccard + agreement if agreement >= MATCH else None
