"""Is a clause negative, and by which words?"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.position.clauses import AUXILIARIES, Clause
from onrecord.position.lexicon import Hit
from onrecord.position.words import Words, is_verb

_NOT = frozenset({"not", "n't", "cannot"})
_NOBODY = frozenset("no nobody none nothing neither nor nowhere never hardly scarcely".split())
_WITHIN = 3
"""How many words may stand between the two halves of a double negation."""


def negators_of(clause: Clause, hits: Sequence[Hit], words: Words) -> tuple[int, ...]:
    """Which words make the main proposition of `clause` negative? None if it is positive.

    A negation in a contrast ("one table, not two"), in a second predicate or below the main verb ("warned them not
    to come") does not count, and two that meet cancel each other ("never refused").

    Args:
        clause: The clause.
        hits: The signs found in it.
        words: The words of the text.
    """
    off = {i for hit in hits if hit.kind == "no negator" for i in hit.at}
    plain = [i for i in clause.words if words.lower[i] in _NOT | _NOBODY and i not in off and _counts(i, clause, words)]
    other = [hit.at for hit in hits if hit.kind == "negator" and len(hit.at) >= 1 and off.isdisjoint(hit.at)]
    verbal = [at for at in other if words.lower[at[0]] not in _NOT | _NOBODY and not _second(at[0], clause, words)]
    if plain and verbal and 0 < verbal[0][0] - plain[0] <= _WITHIN:
        return ()
    return (*plain, *(i for at in verbal for i in at))


def _counts(index: int, clause: Clause, words: Words) -> bool:
    place = clause.words.index(index)
    before = words.lower[clause.words[place - 1]] if place else ""
    word = words.lower[index]
    if _second(index, clause, words):
        return False
    if clause.shape == "object":
        return word in _NOBODY or index == clause.subject[-1]
    if clause.shape in {"infinitive", "noun", "gerund", "order"}:
        return before != ","
    if index in clause.subject:
        following = words.lower[clause.words[place + 1]] if place + 1 < len(clause.words) else ""
        return word != "not" or (not following.endswith("ing") and following != "to")
    if word == "not":
        return before != "," and any(
            words.lower[i] in AUXILIARIES or words.lower[i] == "'s" for i in clause.words[max(0, place - 3) : place]
        )
    return before not in {",", "and"} or word == "never"


def _second(index: int, clause: Clause, words: Words) -> bool:
    """Does the word stand in a second predicate, after one that is positive?"""
    start = len(clause.subject) + 1
    place = clause.words.index(index)
    lower = [words.lower[i] for i in clause.words[:place]]
    joined = next((k for k in range(start, place) if lower[k] in {"and", "but", "or", ","}), None)
    if joined is None or clause.shape == "noun":
        return False
    return any(
        w in AUXILIARIES or is_verb(words.lemmas[clause.words[joined + k]]) for k, w in enumerate(lower[joined:])
    )
