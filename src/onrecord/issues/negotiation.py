"""What do the words of a statement say of a negotiation: where, by which channel, at which level, on what, how far?

Everything found is a stretch of the text. What the words do not say is not found.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal, TypeAlias, get_args

from onrecord.connect.words import STOP, Token, stem, tokens
from onrecord.issues.question import beside
from onrecord.record.span import Span
from onrecord.text.sentences import sentences

Role: TypeAlias = Literal["mediator", "host", "guarantor", "observer"]
Status: TypeAlias = Literal[
    "mooted", "proposed", "accepted", "scheduled", "held", "denied", "postponed", "collapsed", "signed"
]
STATUSES: tuple[Status, ...] = get_args(Status)
"""How far a negotiation got, in the order in which it gets there."""

What: TypeAlias = Literal["venue", "channel", "level", "agenda", "third party", "status"]

_TALKS = frozenset(
    {"talk", "negotiat", "meet", "round", "delegat", "summit", "dialogu", "contact", "mediat", "session"}
)
_OUTCOMES = frozenset(
    map(stem, "agreement deal accord truce ceasefire peace settlement exchange treaty pact swap".split())
)
_ON = frozenset("on about over regarding concerning".split())
_DISCUSS = frozenset("discuss discussed discussing negotiate negotiating".split())
_SPEAKING = frozenset({"talk", "talking", "talked", "meet", "met"})
_BETWEEN = 3
_SITTING = frozenset({("sit", "down"), ("sits", "down"), ("sat", "down"), ("sitting", "down"), ("the", "table")})
_PLACED = frozenset({"in", "at"})
_TIMES = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday christmas easter ramadan""".split()
)
_AGENDA = 14
_FEWEST = 2
_REACH = 5
_ENDS = frozenset(".;:!?—–()")
_CUT = frozenset("who which that when where while but because although if unless after before until said says".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One thing that a text says of a negotiation.

    Attributes:
        what: Of which sort it is.
        value: The codebook's word for a channel, level or status; else the words of the text.
        role: Of a third party, which; else None.
        words: Where the deciding words stand.
    """

    what: What
    value: str
    role: Role | None
    words: Span


def about_talks(text: str) -> bool:
    """Does `text` speak of a negotiation at all?"""
    words = list(tokens(text))
    return any(map(_is_talk, words)) or any(pair in _SITTING for pair in pairwise(token.form for token in words))


def about_outcome(text: str) -> bool:
    """Does `text` speak of what a negotiation is to bring: an agreement, a ceasefire, peace, an exchange?"""
    return any(not token.name and token.stem in _OUTCOMES for token in tokens(text))


def read_negotiation(text: str, offset: int, *, matter: Collection[str] = ()) -> Iterator[Find]:
    """What do those sentences of `text` say of a negotiation that speak of one?

    Args:
        text: The words of a statement, or a stretch of them.
        offset: Where they begin in the document.
        matter: Stems of what the negotiation is called besides ("exchange", "ceasefire").
    """
    for sentence in sentences(text):
        within = sentence.of(text)
        words = list(tokens(within))
        if not any(_is_talk(token) or (not token.name and token.stem in matter) for token in words):
            continue
        start = offset + sentence.start
        for found in (
            *_listed(words),
            *_venues(words, within),
            *_agenda(words, within),
            *_third_parties(words, within),
        ):
            what, value, role, span = found
            yield Find(what=what, value=value, role=role, words=Span(start + span.start, start + span.end))


_Found: TypeAlias = tuple[What, str, "Role | None", Span]


@cache
def _phrases() -> Mapping[str, Sequence[tuple[tuple[str, ...], str, str]]]:
    """By their first words: the words of a phrase, its field and what it says; the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    text = files("onrecord.issues").joinpath("data/negotiation.csv").read_text("utf-8")
    for field, says, phrase in csv.reader(line for line in text.splitlines() if line and line[0] != "#"):
        parts = tuple(phrase.split())
        found.setdefault(parts[0], []).append((parts, field, says))
    return {first: sorted(rows, key=lambda row: (-len(row[0]), row)) for first, rows in found.items()}


def _matches(words: Sequence[Token], fields: frozenset[str]) -> Iterator[tuple[int, int, str, str]]:
    """Where phrases of these fields stand: first and last word, field, what it says."""
    for at, token in enumerate(words):
        for parts, field, says in _phrases().get(token.form, ()):
            if field in fields and tuple(word.form for word in words[at : at + len(parts)]) == parts:
                yield at, at + len(parts) - 1, field, says
                break


def _listed(words: Sequence[Token]) -> Iterator[_Found]:
    fields: tuple[What, ...] = ("channel", "level", "status")
    for field in fields:
        for first, last, _, says in _matches(words, frozenset({field})):
            if says:
                yield field, says, None, Span(words[first].start, words[last].end)


def _is_talk(token: Token) -> bool:
    return token.stem in _TALKS or (not token.name and token.stem in beside("talk"))


def _venues(words: Sequence[Token], text: str) -> Iterator[_Found]:
    """Places named after "in" or "at"."""
    for at, token in enumerate(words[:-1]):
        if token.form not in _PLACED:
            continue
        run = _name_at(words, at + 1, text)
        # What is written in capitals alone is a body: "in NATO".
        if (
            run
            and not text[run[0].start : run[0].end].isupper()
            and run[0].form not in _TIMES
            and not run[0].form[0].isdigit()
        ):
            yield "venue", text[run[0].start : run[-1].end], None, Span(token.start, run[-1].end)


def _name_at(words: Sequence[Token], at: int, text: str) -> list[Token]:
    """The name that begins at a word, "the" left out; empty if there is none."""
    if at < len(words) and words[at].form == "the":
        at += 1
    run: list[Token] = []
    for token in words[at:]:
        if not token.name or (run and text[run[-1].end : token.start] != " "):
            break
        run.append(token)
    return run


def _agenda(words: Sequence[Token], text: str) -> Iterator[_Found]:
    """What talks are on: what follows "talks on", "negotiations about" or "to discuss"."""
    for at, token in enumerate(words[:-1]):
        before = words[max(0, at - _BETWEEN) : at]
        after_talks = token.form in _ON and any(_is_talk(each) and each.form not in _SPEAKING for each in before)
        if not (after_talks or token.form in _DISCUSS):
            continue
        run = _stretch(words, at + 1, text)
        content = [each for each in run if each.form not in STOP]
        if len(content) >= _FEWEST and not (content[0].form in _TIMES or content[0].form[0].isdigit()):
            yield "agenda", text[run[0].start : run[-1].end], None, Span(token.start, run[-1].end)


def _stretch(words: Sequence[Token], begin: int, text: str) -> list[Token]:
    """The words from `begin` to the end of their phrase."""
    run: list[Token] = []
    for token in words[begin : begin + _AGENDA]:
        between = text[run[-1].end : token.start] if run else ""
        if any(mark in _ENDS for mark in between) or "," in between or (run and token.form in _CUT):
            break
        run.append(token)
    while run and run[-1].form in STOP:
        run.pop()
    return run


def _third_parties(words: Sequence[Token], text: str) -> Iterator[_Found]:
    """Who stands beside the parties: a name near a word for what a third party does."""
    roles: Mapping[str, Role] = {
        "mediator": "mediator",
        "host": "host",
        "guarantor": "guarantor",
        "observer": "observer",
    }
    for first, last, _, says in _matches(words, frozenset({"role"})):
        if words[first].form == "through":
            # "through Qatari officials": the name and what it belongs to.
            run = _after_through(words, last + 1, text)
        else:
            run = _name_near(words, first, last, text)
        if run:
            low, high = min(run[0].start, words[first].start), max(run[-1].end, words[last].end)
            yield "third party", text[run[0].start : run[-1].end], roles[says], Span(low, high)


def _after_through(words: Sequence[Token], at: int, text: str) -> list[Token]:
    run = _name_at(words, at, text)
    if not run:
        return []
    place = words.index(run[-1]) + 1
    while place < len(words) and text[run[-1].end : words[place].start] == " " and words[place].form not in STOP:
        run.append(words[place])
        place += 1
        if len(run) > _REACH:
            break
    return run


def _owner(words: Sequence[Token], begin: int, text: str) -> list[Token]:
    """What is "in" or "of" the name that begins at a word: "the nuclear agency in Vienna"."""
    if begin < 2 or words[begin - 1].form not in {"in", "of"}:
        return []
    first = begin - 1
    while first and text[words[first - 1].end : words[first].start] == " " and words[first - 1].form not in STOP:
        first -= 1
    return list(words[first:begin]) if first < begin - 1 else []


def _name_near(words: Sequence[Token], first: int, last: int, text: str) -> list[Token]:
    """The name shortly before a word, or else "by" and a name right after it."""
    if last + 1 < len(words) and words[last + 1].form in {"by", "from"}:
        return _name_at(words, last + 2, text)
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if any(mark in _ENDS for mark in text[words[at].end : words[at + 1].start]):
            break
        if words[at].name:
            begin = at
            while begin and words[begin - 1].name and text[words[begin - 1].end : words[begin].start] == " ":
                begin -= 1
            return [*_owner(words, begin, text), *_name_at(words, begin, text)]
    return []
