"""What is the main clause of a sentence: who is its subject, is it negative, a question, an order?

There is no parser here. A clause is cut at conjunctions and marks, its predicate is the first word that can be a
finite verb, and what stands before that is the subject. That is right often enough to tell what is said of whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.position.words import Words, is_verb

Shape: TypeAlias = Literal["finite", "infinitive", "gerund", "order", "subjunctive", "object", "noun"]

MARKS = frozenset("\"“”„«»‘’'`()[]*")
DISCOURSE = frozenset(
    "well look see so and but yes no oh okay ok now that then frankly obviously honestly listen".split()
)
MODALS = frozenset("will would can could may might must shall should 'll 'd wo ca cannot need ought".split())
AUXILIARIES = MODALS | frozenset("am is are was were be has have had do does did 're 've 'm ai".split())
_OPENING = frozenset(
    "if when unless although though while before after until because since as once whereas even".split()
)
_CUTS = frozenset(
    "because who whom whose which although though while unless if when until before after where whereas so than".split()
)
_RELATIVES = frozenset({"who", "which"})
_PREPOSITIONS = frozenset("contrary despite unlike according in on at with for under by during amid following".split())
_SPLICED = frozenset("i we you he she it they there this".split())
_NO_SUBJECT = frozenset(
    "the a an this these those his her their its our my your of in on at to for by with from about into over under and "
    "or as no any some every each not very more most".split()
)
_SAID_OF = frozenset("i we you they he she it there that this what who everyone everybody nobody somebody".split())
_NO_ORDER = frozenset(
    "be have can will may might must need work report plan offer demand deal threat mark miss love like".split()
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The main clause of a sentence, as indices of words.

    Attributes:
        words: All its words but marks.
        subject: The words before its predicate; empty if there is none.
        modal: Its modal verb in lower case, or empty.
        verb: Its main verb, None if none was found.
        shape: What form it has; *noun* if nothing in it can be a predicate.
    """

    words: tuple[int, ...]
    subject: tuple[int, ...]
    modal: str
    verb: int | None
    shape: Shape


def read_clause(sentence: Sequence[int], words: Words) -> Clause:
    """What is the main clause of `sentence`?

    Args:
        sentence: Indices of the words of one sentence.
        words: The words of the text.
    """
    clause = _main(sentence, words)
    lower = [words.lower[i] for i in clause]
    whole = tuple(clause)
    if not lower:
        return Clause(whole, (), "", None, "noun")
    if lower[0] == "to" or lower[:2] in (["not", "to"], ["never", "to"]):
        return Clause(whole, (), "", _verb(clause, lower.index("to") + 1, words), "infinitive")
    if _is_order(clause, words):
        return Clause(whole, (), "", clause[0], "order")
    if lower[0].endswith("ing") and is_verb(words.lemmas[clause[0]]):
        return Clause(whole, (), "", clause[0], "gerund")
    at = _predicate(clause, words)
    if (
        "to" in lower[1:8]
        and (at is None or lower.index("to") < at)
        and _follows_verb(clause, lower.index("to"), words)
    ):
        # "the alliance to act": what somebody is wanted to do.
        return Clause(whole, tuple(clause[: lower.index("to")]), "", clause[lower.index("to") + 1], "object")
    if at is None:
        return Clause(whole, (), "", None, "noun")
    modal = lower[at] if lower[at] in MODALS else ""
    shape: Shape = "subjunctive" if lower[at] == "be" and at > 0 else "finite"
    return Clause(whole, tuple(clause[:at]), modal, _verb(clause, at, words), shape)


def _main(sentence: Sequence[int], words: Words) -> list[int]:
    kept = [i for i in sentence if words.lower[i] not in MARKS]
    lower = [words.lower[i] for i in kept]
    begin = 0
    while begin < len(lower) and (lower[begin] == "," or _is_opener(lower, begin)):
        begin += 1
    if lower[begin : begin + 1] == ["to"] and "," in lower[begin : begin + 5]:
        # "To be frank, the city …"
        after = lower.index(",", begin) + 1
        begin = after if after < len(lower) and lower[after] in _SPLICED | {"the"} else begin
    if begin < len(lower) and lower[begin] in _PREPOSITIONS:
        # "Contrary to what was said, the tower …"
        comma = next((k for k in range(begin + 2, len(lower)) if lower[k] == ","), None)
        if comma is not None and any(word in AUXILIARIES for word in lower[comma:]):
            begin = comma + 1
    if begin < len(lower) and lower[begin] in _OPENING:
        comma = next((k for k in range(begin + 2, len(lower)) if lower[k] == ","), None)
        if comma is not None and len(lower) - comma > 3:
            begin = comma + 1
    kept = _without_relative(kept[begin:], words)
    lower = [words.lower[i] for i in kept]
    for k in range(1, len(lower)):
        if lower[k] in ";:–—" or (lower[k] in _CUTS and k > 1) or (lower[k] == "but" and k > 3):
            return kept[:k]
        if lower[k] == "," and k > 2:
            following = lower[k + 1 + (lower[k + 1 : k + 2] in (["and"], ["so"])) :][:1]
            if following and following[0] in _SPLICED:
                return kept[:k]
    return kept


def _without_relative(kept: list[int], words: Words) -> list[int]:
    """The clause without a relative clause inside its subject ("The men [who came] on Friday did not leave")."""
    lower = [words.lower[i] for i in kept]
    relative = next((k for k, word in enumerate(lower) if k and word in _RELATIVES), None)
    if relative is None or any(word in AUXILIARIES for word in lower[:relative]):
        return kept
    own = _predicate(kept[relative:], words)
    if own is None:
        return kept
    own += relative
    # Auxiliaries in a row are one predicate.
    after = next((k for k in range(own + 1, len(lower)) if lower[k] not in AUXILIARIES | {"not", "n't"}), len(lower))
    main = _predicate(kept[after:], words)
    return kept if main is None else kept[:relative] + kept[after + main :]


def _is_opener(lower: Sequence[str], at: int) -> bool:
    return lower[at] in DISCOURSE and (lower[at] != "no" or lower[at + 1 : at + 2] in (["."], [","]))


def _is_order(clause: Sequence[int], words: Words) -> bool:
    lemmas = [words.lemmas[i] for i in clause[:3]]
    if lemmas[0] == "do":
        return lemmas[1:2] in (["n't"], ["not"])
    first, second = words.lower[clause[0]], words.lower[clause[1]] if len(clause) > 1 else ""
    if first != lemmas[0] or not is_verb(first) or first in _NO_ORDER:
        return False
    return second not in {"of", "and", "is", "are"} and not _has_aux(clause[1:4], words)


def _has_aux(indices: Sequence[int], words: Words) -> bool:
    return any(words.lower[i] in AUXILIARIES for i in indices)


def _predicate(clause: Sequence[int], words: Words) -> int | None:
    before = ""
    for k, index in enumerate(clause):
        word = words.lower[index]
        if word in AUXILIARIES or (word == "'s" and before in _SAID_OF):
            return k
        # A capital inside a sentence is a name's ("the United States").
        if (
            k
            and not words.capital[index]
            and before not in _NO_SUBJECT
            and _is_finite(word, words.lemmas[index], before)
        ):
            return k
        before = word
    return None


def _is_finite(word: str, lemma: str, before: str) -> bool:
    if not is_verb(lemma) or word.endswith("ing"):
        return False
    return word != lemma or before in _SAID_OF


def _verb(clause: Sequence[int], at: int, words: Words) -> int | None:
    for index in clause[at:]:
        word = words.lower[index]
        if word not in AUXILIARIES and is_verb(words.lemmas[index]):
            return index
    return clause[at] if at < len(clause) else None


def _follows_verb(clause: Sequence[int], at: int, words: Words) -> bool:
    following = clause[at + 1 : at + 3]
    return bool(following) and any(words.lower[i] == "be" or is_verb(words.lower[i]) for i in following[:1])
