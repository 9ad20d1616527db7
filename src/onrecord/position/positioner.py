"""What does every statement of a reading do, how far does its source commit to it, and on what condition?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from onrecord.position.conditions import Found, find_conditions
from onrecord.position.facts import OPINION, Facts, facts_of, force_of
from onrecord.position.frame import Frame, frame_of, spans_of
from onrecord.position.judge import Judgement, judge
from onrecord.position.lexicon import Hit
from onrecord.position.scoring import score_of
from onrecord.position.tables import word_sets
from onrecord.position.target import target_of
from onrecord.position.words import Words, find_words
from onrecord.record.position import Condition, Position
from onrecord.record.reading import Reading
from onrecord.record.statement import Statement
from onrecord.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class _Case:
    """One statement with all that was seen in it."""

    stmt: Statement
    frame: Frame
    force: Hit | None
    conditions: tuple[Found, ...]
    facts: Facts


class Positioner:
    """Gives every statement its position. Holds nothing that changes; may be shared between threads."""

    @classmethod
    def load(cls) -> Positioner:
        """A positioner with the shipped lists."""
        return cls()

    def position(self, reading: Reading) -> Reading:
        """What does each statement of `reading` do, and on what condition?

        Returns:
            The reading with one position for every statement, in the order of the statements. Issues are left to a
            later stage.
        """
        words = find_words(reading.document.text)
        return replace(reading, positions=tuple(_position(case, words) for case in _cases(reading, words)))

    def judgements(self, reading: Reading) -> Iterator[tuple[Judgement, Facts, str | None]]:
        """What do the rules say of each statement, of which facts, with which force of its cue? For training."""
        for case in _cases(reading, find_words(reading.document.text)):
            force = case.force.kind if case.force else None
            yield judge(case.facts, force), case.facts, force


def _cases(reading: Reading, words: Words) -> Iterator[_Case]:
    bounds = sentences(reading.document.text)
    frames = {stmt.id: frame_of(stmt, words, bounds) for stmt in reading.statements}
    inner, told = _inner_words(reading, frames, words)
    for stmt in reading.statements:
        frame, not_own, held = frames[stmt.id], told.get(stmt.id, frozenset()), inner.get(stmt.id, frozenset())
        force, _ = force_of(frame, words)
        conditions = tuple(
            found
            for sentence in frame.content
            for found in find_conditions(sentence, words, force=force.kind if force else None)
            if held.isdisjoint(found.marker)
        )
        facts = facts_of(
            frame,
            words,
            kind=stmt.kind,
            nested=stmt.within is not None,
            conditions=[found.relation for found in conditions],
            inner=not_own,
        )
        yield _Case(stmt, frame, force, conditions, facts)


def _inner_words(
    reading: Reading, frames: Mapping[str, Frame], words: Words
) -> tuple[Mapping[str, Set[int]], Mapping[str, Set[int]]]:
    """For each statement that contains others: the words of those, and the words that it does not say itself.

    "I think P" in a speaker's own words says P, if less firmly; "I said P" only tells of it.
    """
    inner: dict[str, set[int]] = {}
    told: dict[str, set[int]] = {}
    for stmt in reading.statements:
        if stmt.within is not None:
            frame = frames[stmt.id]
            own = {*frame.cue, *frame.source, *(i for sentence in frame.content for i in sentence)}
            inner.setdefault(stmt.within, set()).update(own)
            force, _ = force_of(frame, words)
            speaks = not {words.lower[i] for i in frame.source}.isdisjoint(word_sets()["first person"])
            if not (speaks and force is not None and force.kind in OPINION):
                told.setdefault(stmt.within, set()).update(own)
    return inner, told


def _position(case: _Case, words: Words) -> Position:
    force = case.force.kind if case.force else None
    found = judge(case.facts, force)
    by_cue = case.force is not None and f"cue {force}" in found.by
    target = target_of(case.frame, words, found.act, case.force if by_cue else None)
    return Position(
        statement_id=case.stmt.id,
        act=found.act,
        polarity=found.polarity,
        certainty=found.certainty,
        conditions=tuple(
            Condition(relation=c.relation, what=words.span(*c.what), requirement=words.span(*c.requirement))
            for c in case.conditions
        ),
        target=words.span(*target) if target else None,
        evidence=spans_of([i for name in (*found.by, *found.also) for i in case.facts.get(name, ())], words),
        score=score_of(found, case.facts, force),
    )
