"""Which classes do the words of a statement belong to?

Two lists: *forces* are what a cue can do ("deny", "rule out", "his denial"), *signs* what the content can hold
("must", "never", "ready to"). Phrases are written in basic forms; fillers between their words do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.position.tables import rows
from onrecord.position.words import Words, lemma

FILLERS = frozenset(
    "a an the this that these those his her their its our my your 's also again already just still then later since "
    "do does did first even too both all once yet now ever very quite so rather merely only further".split()
)
"""Words that may stand within a phrase without being part of it; so may adverbs in -ly."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a list, found in a text.

    Attributes:
        phrase: The phrase, in basic forms.
        kind: Its class.
        at: Indices of its words in :class:`Words`, in order.
    """

    phrase: str
    kind: str
    at: tuple[int, ...]


@dataclass(slots=True)
class _Node:
    """Where the phrases go on that begin alike, and the classes of the one that ends here."""

    onward: dict[str, _Node] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()


class Lexicon:
    """Phrases with their classes."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """Use `entries`: phrases in basic forms, each with its class; a phrase may have several."""
        self._root = _Node()
        for phrase, kind in entries:
            node = self._root
            for part in map(lemma, phrase.split()):
                node = node.onward.setdefault(part, _Node())
            if kind not in node.kinds:
                node.kinds = (*node.kinds, kind)

    def find(self, words: Words, among: Sequence[int]) -> Iterator[Hit]:
        """Which phrases stand among the words with the indices `among`, sorted?

        Yields:
            At each place the longest phrase, once for each of its classes.
        """
        for place, index in enumerate(among):
            node = self._root.onward.get(words.lemmas[index])
            if node is not None:
                at, kinds = _longest(node, words, among, place)
                phrase = " ".join(words.lemmas[i] for i in at)
                yield from (Hit(phrase, kind, at) for kind in kinds)


def _longest(node: _Node, words: Words, among: Sequence[int], place: int) -> tuple[tuple[int, ...], tuple[str, ...]]:
    at: tuple[int, ...] = (among[place],)
    found = (at, node.kinds)
    for index in among[place + 1 :]:
        onward = node.onward.get(words.lemmas[index])
        if onward is not None:
            node, at = onward, (*at, index)
            if node.kinds:
                found = (at, node.kinds)
        elif not node.onward or not _is_filler(words.lower[index]):
            break
    return found


@cache
def forces() -> Lexicon:
    """What cues can do."""
    return Lexicon((row[0], row[1]) for row in rows("forces.csv"))


@cache
def _ranks() -> dict[str, int]:
    return {kind: number for number, kind in enumerate(dict.fromkeys(row[1] for row in rows("forces.csv")))}


def rank(force: str) -> int:
    """Where a cue has several forces, the one of the lowest rank counts: in the order of ``forces.csv``."""
    return _ranks()[force]


@cache
def signs() -> Lexicon:
    """What contents can hold."""
    return Lexicon((row[0], row[1]) for row in rows("signs.csv"))


def _is_filler(word: str) -> bool:
    return word in FILLERS or (word.endswith("ly") and len(word) > 4)
