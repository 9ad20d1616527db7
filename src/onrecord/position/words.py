"""Which words does a text have, and what are their basic forms?

English verbs are led back to their infinitive by rule and by a list of irregular ones; a word that no rule fits is
its own basic form. Good enough to look words up in a lexicon, and for nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.position.tables import rows
from onrecord.record.span import Span

_WORD = re.compile(r"[^\W_]+(?:[-.&'’][^\W_]+)*|[^\w\s]|_")
_CLITIC = re.compile(r"(?:n't|'(?:s|re|ve|ll|d|m))$")


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks of one text, in order.

    Attributes:
        starts: Where each begins, in code points.
        ends: Where each ends.
        lower: Each in lower case; a typographic apostrophe is a plain one.
        lemmas: Each in its basic form.
        capital: Whether each begins with a capital letter.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    lower: Sequence[str]
    lemmas: Sequence[str]
    capital: Sequence[bool]

    def inside(self, span: Span) -> range:
        """Which of the words lie in `span`, at least in part?"""
        return range(bisect_left(self.ends, span.start + 1), bisect_left(self.starts, span.end))

    def span(self, first: int, last: int) -> Span:
        """From which character to which do the words `first` to `last` reach, the last one included?"""
        return Span(self.starts[first], self.ends[last])


def find_words(text: str) -> Words:
    """Which words and marks does `text` have? What is joined by an apostrophe ("don't", "she's") is two words.

    >>> find_words("They don't lie.").lemmas
    ['they', 'do', 'not', 'lie', '.']
    """
    starts, ends, lower = [], [], []
    for found in _WORD.finditer(text):
        start, end = found.span()
        word = found[0].lower()
        if ("'" in word or "’" in word) and len(word) == end - start:
            word = word.replace("’", "'")
            clitic = _CLITIC.search(word)
            if clitic is not None and clitic.start() > 0:
                cut = clitic.start()
                starts.append(start)
                ends.append(start + cut)
                lower.append(word[:cut])
                start, word = start + cut, word[cut:]
        starts.append(start)
        ends.append(end)
        lower.append(word)
    capital = [text[start].isupper() for start in starts]
    return Words(starts, ends, lower, [lemma(word) for word in lower], capital)


_REMEMBERED = 1 << 16
"""How many words' basic forms are kept at hand: more than an article has, and no more than a long run may hold."""
_NO_VERBS = frozenset({"not", "be", "can", "will"})
"""Words of the irregular list that cannot be the main verb of a clause, or say nothing as one."""


@cache
def _irregular() -> dict[str, str]:
    return {form: base for base, forms in rows("irregular.csv") for form in forms.split()}


@cache
def _bases() -> frozenset[str]:
    listed = {word for name in ("forces.csv", "signs.csv") for row in rows(name) for word in row[0].split()}
    # An adjective of the lists ("disappointed") must not hide the verb that it comes from.
    listed = {word for word in listed if not word.endswith(("ed", "ing"))}
    return frozenset(listed | {base for base, *_ in rows("verbs.csv")} | set(_irregular().values()))


def is_verb(word: str) -> bool:
    """Is `word`, given in lower case, the basic form of a common verb?"""
    return word in _verbs() or (word.startswith("re") and word[2:] in _verbs())


@cache
def _verbs() -> frozenset[str]:
    return frozenset({base for base, *_ in rows("verbs.csv")} | set(_irregular().values())) - _NO_VERBS


@lru_cache(maxsize=_REMEMBERED)
def lemma(word: str) -> str:
    """What is the basic form of `word`, given in lower case?

    >>> [lemma(word) for word in ("denied", "urging", "planned", "says", "told", "agreed", "pledges")]
    ['deny', 'urge', 'plan', 'say', 'tell', 'agree', 'pledge']
    """
    known = _irregular().get(word)
    if known is not None:
        return known
    if len(word) < 4 or not word.isalpha():
        return word
    return next((base for base in _candidates(word) if base in _bases() or is_verb(base)), word)


def _candidates(word: str) -> Iterator[str]:
    """What `word` can be a form of, the likeliest first."""
    if not word.endswith(("ed", "ing")):
        yield word
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            yield stem + "e"
            yield stem
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
