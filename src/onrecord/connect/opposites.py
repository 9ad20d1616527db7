"""Which words turn a statement round when they stand in it in place of others?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from onrecord.connect.tables import rows
from onrecord.connect.words import stem


def opposites_of(words: Collection[str]) -> frozenset[str]:
    """Which stems are opposed to one of `words`, and are not among them?"""
    table = _opposites()
    return frozenset(other for word in words for other in table.get(word, ()) if other not in words)


@cache
def _opposites() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for a, b, *_ in rows("opposites.csv"):
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    for a, b in rows("opposites_news.csv"):
        found.setdefault(stem(a), set()).add(stem(b))
        found.setdefault(stem(b), set()).add(stem(a))
    return {word: frozenset(others) for word, others in found.items()}
