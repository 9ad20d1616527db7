"""What does a question ask for: about whom, on what matter, and is it answered by yes or no?"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.connect.words import NEGATIONS, STOP, Token, name_key, rarity, stem, tokens

_OPEN = frozenset("who whom whose what which when where why how".split())
_ASKING = _OPEN | frozenset(
    """is are was were be been being am do does did done have has had having will would shall should can could may might
    must need hold holds holding held take takes taking taken many much there true happen happens happening question
    issue whether about""".split()
)
"""Words that ask, or that every question has; they are not its matter."""

_COMPOUND = re.compile(r"(?<=[^\W\d_])[-–](?=[A-ZÀ-ÞА-Я])")
_LEAST = 1.0
_OPENING = 2
"""Words in which a question says that yes or no is no answer: "on what terms"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, cut down to what statements are compared with.

    Attributes:
        text: The question.
        matter: Weight of each content word by stem, names left out.
        beside: For each of these stems, those of the words that name the same matter.
        names: Keys of the names in it.
        closed: Whether yes or no is an answer.
        negative: Whether it asks whether something is not so.
    """

    text: str
    matter: Mapping[str, float]
    beside: Mapping[str, frozenset[str]]
    names: frozenset[str]
    closed: bool
    negative: bool


def parse(text: str) -> Question:
    """What does `text`, a question or a label in any form, ask for?"""
    found = list(tokens(_COMPOUND.sub(" ", text)))
    first = next((t for t in found if t.form not in {"and", "but", "so"}), None)
    names = frozenset(name_key(t.form) for t in found if t.name)
    matter = {t.stem: max(_LEAST, rarity(t.stem)) for t in found if _is_matter(t, first)}
    if not matter:
        # "What happened?" keeps its verb; of "Velmora?" the name is all there is to look for.
        plain = (t for t in found if t.form not in STOP | _ASKING and not t.name and not t.form[0].isdigit())
        matter = {t.stem: _LEAST for t in plain} or dict.fromkeys(sorted(names), _LEAST)
    return Question(
        text=text,
        matter=matter,
        beside={word: beside(word) for word in matter},
        names=names,
        closed=text.rstrip().endswith("?") and not any(t.form in _OPEN for t in found[:_OPENING]),
        negative=any(t.form in NEGATIONS for t in found),
    )


def _is_matter(token: Token, first: Token | None) -> bool:
    plain = not token.name and token.form not in STOP and token.form not in _ASKING and not token.form[0].isdigit()
    return plain and len(token.form) > 1 and not (token is first and token.form in _ASKING)


def beside(word: str) -> frozenset[str]:
    """The stems of words that name the same matter as the stem `word`, itself left out."""
    return _concepts().get(word, frozenset())


@cache
def _concepts() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    text = files("onrecord.issues").joinpath("data/concepts.csv").read_text("utf-8")
    for row in csv.reader(line for line in text.splitlines() if line and line[0] != "#"):
        stems = {stem(part) for words in row for part in words.split()}
        for each in stems:
            found.setdefault(each, set()).update(stems - {each})
    return {word: frozenset(others) for word, others in found.items()}
