"""Who was spoken of, and who spoke, when?"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, TypeAlias

from onrecord.record.span import Span
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.stretches import Cover
from onrecord.resolve.page.words import PLACE_PREPOSITIONS
from onrecord.resolve.people.members import Member, Members

Part: TypeAlias = Literal["speaker", "subject", "object", "possessor"]

# The weights were chosen on the pronouns of GUM's news, interviews and lives, and on those of our own gold.
_WEIGHT: dict[Part, float] = {"speaker": 1.6, "subject": 1.2, "object": 0.6, "possessor": 0.7}
_FADE = 0.6
"""By what a mention loses weight from sentence to sentence."""
_REACH = 60
"""Over how many sentences a mention is remembered at all."""
_QUOTED = 0.2
"""What a mention inside a quotation is worth outside of it."""
_ECHO = 0.6
"""What the mentions before the weightiest one add."""
_SAME = 0.85
"""What a mention in the sentence itself is worth."""


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One place at which a member was spoken of, or spoke."""

    position: int
    sentence: int
    number: int
    part: Part = field(compare=False)
    member: Member = field(compare=False)
    quoted: bool = field(compare=False)
    span: Span = field(compare=False)


class Discourse:
    """What the reader of an article has in mind at each place of it."""

    def __init__(self, page: Page, members: Members, sources: list[Span], outer: list[Span]) -> None:
        self._page = page
        self.events: list[Event] = []
        self._spoke: list[Event] = []
        seen: set[int] = set()
        speaking, outside = Cover(sources), Cover(outer)
        for named, member in members.named:
            span = named.chunk.span
            sentence = page.sentence(span.start)
            quoted = page.quoted(span.start)
            part: Part = "object"
            if speaking.holds(span.start):
                part = "possessor" if named.chunk.possessive else "speaker"
                # Whoever is said to speak stands outside the quotation, however its marks are paired.
                quoted = quoted and not outside.holds(span.start)
            elif named.chunk.possessive:
                part = "possessor"
            elif sentence not in seen and not self._after_preposition(named.title, named.chunk.first):
                part = "subject"
            if part == "subject" and not quoted:
                seen.add(sentence)
            insort(self.events, Event(span.start, sentence, member.number, part, member, quoted, span))

        standing = {named.chunk.span for named, _ in members.named}
        for member in members.all:
            for span in member.spans if member.organ else ():
                if span not in standing:
                    self.note(member, span, "object", quoted=page.quoted(span.start))

    def _after_preposition(self, title: range, first: int) -> bool:
        start = title.start if title else first
        before = self._page.tokens[start - 1].low if start else ""
        return before in PLACE_PREPOSITIONS | {"of", "by", "with", "for", "about", "on", "against"}

    def note(self, member: Member, span: Span, part: Part, *, quoted: bool) -> None:
        """Note that `member` is meant at `span`, by whatever words."""
        sentence = self._page.sentence(span.start)
        event = Event(span.start, sentence, member.number, part, member, quoted, span)
        insort(self.events, event)
        if part == "speaker" and not quoted:
            insort(self._spoke, event)

    def last_speaker(self, position: int) -> Member | None:
        """Who spoke last before `position`, outside of quotations?"""
        at = bisect_left(self._spoke, position, key=lambda event: event.position) - 1
        return self._spoke[at].member if at >= 0 else None

    def salience(self, position: int, *, quoted: bool) -> dict[Member, tuple[float, Span]]:
        """How present is each member to the reader at `position`, and by which mention?"""
        here = self._page.sentence(position)
        out: dict[Member, tuple[float, Span]] = {}
        first = bisect_left(self.events, here - _REACH, key=lambda event: event.sentence)
        for event in islice(self.events, first, bisect_left(self.events, position, key=lambda event: event.position)):
            weight = _WEIGHT[event.part] * _FADE ** (here - event.sentence)
            if event.quoted and not quoted:
                weight *= _QUOTED
            if event.sentence == here:
                weight *= _SAME
            known = out.get(event.member)
            best, span = known if known is not None else (0.0, event.span)
            if weight >= best:
                out[event.member] = (weight + _ECHO * best, event.span)
            else:
                out[event.member] = (best + _ECHO * weight, span)
        return out
