"""Which rows does one of this room's data files have?"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data")


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/<name>``, without the header; fields are parted by commas and hold none."""
    lines = (_DATA / name).read_text("utf-8").splitlines()
    return tuple(tuple(line.split(",")) for line in lines[1:])


@cache
def word_sets() -> dict[str, frozenset[str]]:
    """The sets of words of ``sets.csv``, by name."""
    return {name: frozenset(words.split()) for name, words in rows("sets.csv")}
