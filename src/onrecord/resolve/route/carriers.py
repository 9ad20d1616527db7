"""Through whom did the words of each statement pass, by the turns of phrase around it?

A turn of phrase belongs to the statement whose cue or source it stands with.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.record.reading import Reading
from onrecord.record.span import Span, Spans
from onrecord.record.statement import Statement
from onrecord.resolve.route.frame import SPOKEN, Frame
from onrecord.resolve.route.inherited import Turn, inherited
from onrecord.resolve.route.media import Media
from onrecord.resolve.route.occasions import Scene, scene
from onrecord.resolve.route.turns import frames
from onrecord.text.sentences import sentences

if TYPE_CHECKING:
    from onrecord.resolve.cast import Cast

_NEAR = 12
"""How far behind a source, in code points, a verb of telling may stand that is its own."""
_CLAUSE = re.compile(r";|\n")
_RELATIVE = re.compile(r"(?:who|which|whom|that)\Z", re.IGNORECASE)
_LABEL = re.compile(r"\s*[:–—-]\s*\Z")
_JOINED = re.compile(r"\W{0,3}(?:\s?(?:a copy of )?which (?:was|were|has been|have been) )?")
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What the text around a statement says of how it travelled.

    Attributes:
        frames: The turns of phrase.
        inherited: The one of them that is an interview named elsewhere in the article; None if none is.
        scene: On what occasion, to whom and where.
        sentence: The sentence of its cue or source; None if it has neither.
    """

    frames: tuple[Frame, ...]
    inherited: Frame | None
    scene: Scene
    sentence: Span | None


class Carriers:
    """Through whom the words of one article's statements passed.

    Attributes:
        media: The outlets that the article speaks of.
    """

    def __init__(self, reading: Reading, cast: Cast) -> None:
        doc = reading.document
        text = self._text = doc.text
        statements = self._statements = reading.statements
        self._attributions = {attribution.statement_id: attribution for attribution in reading.attributions}
        self.media = Media(text, cast, doc.outlet)
        self._sentences = sentences(text)
        self._starts = [sentence.start for sentence in self._sentences]
        self._paragraphs = [0, *(found.end() for found in _PARAGRAPH.finditer(text))]
        self._places = {stmt.id: self._find_sentence(stmt) for stmt in statements}
        self._beside: dict[int, list[Statement]] = {}
        for stmt in statements:
            if place := self._places[stmt.id]:
                self._beside.setdefault(place.start, []).append(stmt)
        self._direct: dict[str, list[Frame]] = {stmt.id: [] for stmt in statements}
        self._scenes = {stmt.id: self._scene(stmt) for stmt in statements}
        self._own()
        self._inherited = inherited(self._turns(), self._paragraph)

    def of(self, stmt: Statement) -> Carried:
        """Through whom did this statement pass?"""
        given = self._inherited.get(stmt.id)
        return Carried(
            frames=(*self._direct[stmt.id], *((given,) if given else ())),
            inherited=given,
            scene=self._scenes[stmt.id],
            sentence=self._sentence(stmt),
        )

    def _sentence(self, stmt: Statement) -> Span | None:
        return self._places[stmt.id]

    def _find_sentence(self, stmt: Statement) -> Span | None:
        """The sentences that its cue and source stand in, as one stretch."""
        spans = stmt.cue or stmt.source
        if not spans:
            return None
        low = self._sentences[max(0, bisect_right(self._starts, spans[0].start) - 1)]
        high = self._sentences[max(0, bisect_right(self._starts, spans[-1].end - 1) - 1)]
        return Span(low.start, high.end)

    def _scene(self, stmt: Statement) -> Scene:
        sentence = self._sentence(stmt)
        if sentence is None:
            return Scene()
        low, high = sentence.start, sentence.end
        shown = self._text[low:high]
        for span in (*stmt.content, *self._said_beside(stmt)):
            start, end = max(span.start, low) - low, min(span.end, high) - low
            if start < end:
                shown = shown[:start] + "\x00" * (end - start) + shown[end:]
        cue = tuple(Span(span.start - low, span.end - low) for span in stmt.cue)
        return _moved(scene(shown, cue), low)

    def _said_beside(self, stmt: Statement) -> Spans:
        """What others say in its sentence, and how: "Some reported that …, and others even tweeted about it"."""
        place = self._places[stmt.id]
        others = self._beside.get(place.start, ()) if place else ()
        apart = [one for one in others if one.source and stmt.source and one.source != stmt.source]
        apart = [one for one in apart if not any(_covers(one.content, span) for span in stmt.cue)]
        return tuple(span for one in apart for span in (*one.content, *one.cue) if not _touch(stmt.cue, span))

    def _own(self) -> None:
        """Gives each turn of phrase to the statements whose words it carried."""
        inside: dict[Span, list[Statement]] = {}
        for stmt in self._statements:
            sentence = self._sentence(stmt)
            if sentence is not None:
                for one in self._between(sentence):
                    inside.setdefault(one, []).append(stmt)
        for sentence, stmts in inside.items():
            for frame in frames(self._text, self.media, sentence):
                for stmt in self._owners(frame, stmts):
                    self._direct[stmt.id].append(frame)

    def _between(self, stretch: Span) -> Sequence[Span]:
        first = max(0, bisect_right(self._starts, stretch.start) - 1)
        last = bisect_right(self._starts, stretch.end - 1)
        return self._sentences[first:last]

    def _owners(self, frame: Frame, stmts: Sequence[Statement]) -> list[Statement]:
        """Whose words did this turn of phrase carry, of the statements of its sentence?"""
        able = [stmt for stmt in stmts if not _covers(stmt.content, frame.span) and self._joined(stmt, frame)]
        medium = frame.medium
        if medium is not None and frame.turn != "source":
            able = [stmt for stmt in able if not _equal(self._source(stmt), medium.mention, medium.name)]
        if frame.turn == "citing" and frame.cited is not None:
            return [stmt for stmt in able if _touch(self._source(stmt), frame.cited)]
        if frame.turn == "relay":
            return [stmt for stmt in able if stmt.within is None or stmt.within not in {one.id for one in stmts}]
        if frame.turn == "source":
            return [stmt for stmt in able if _touch(stmt.source, frame.span)]
        if frame.turn in {"published", "obtained"}:
            return [stmt for stmt in able if self._stands_at(stmt.source, frame.span) or _touch(stmt.cue, frame.span)]
        if frame.turn in {"told", "host"}:
            able = [stmt for stmt in able if self._tells(stmt, frame.span)]
        if not able:
            return []
        best = min(able, key=lambda stmt: (_distance(stmt.cue or stmt.source, frame.span), stmt.within is not None))
        if best.source and _RELATIVE.search(best.source[0].of(self._text)):
            return [best]
        actor = self._speaker(best)
        return [
            stmt
            for stmt in able
            if stmt is best or (actor is not None and self._speaker(stmt) == actor and not self._relative(stmt))
        ]

    def _tells(self, stmt: Statement, frame: Span) -> bool:
        """Is it the source of the statement that tells, and not somebody else in its sentence ("as he told BTV")?"""
        verb = frame.of(self._text).split()[0].casefold()
        if verb.endswith("ing") or not stmt.source or _touch(stmt.cue, frame) or _covers(stmt.source, frame):
            return True
        return any(0 <= frame.start - span.end <= _NEAR for span in stmt.source)

    def _relative(self, stmt: Statement) -> bool:
        return bool(stmt.source) and _RELATIVE.search(stmt.source[0].of(self._text)) is not None

    def _source(self, stmt: Statement) -> Spans:
        """The words that name its source, which may be others than those that the statement names."""
        attribution = self._attributions.get(stmt.id)
        return (attribution.mention,) if attribution and attribution.mention else stmt.source

    def _speaker(self, stmt: Statement) -> str | None:
        attribution = self._attributions.get(stmt.id)
        return attribution.actor_id if attribution else None

    def _joined(self, stmt: Statement, frame: Frame) -> bool:
        """Do no semicolon and no end of a line part the two?"""
        spans = stmt.cue or stmt.source
        near = min(spans, key=lambda span: _distance((span,), frame.span))
        low, high = sorted((near, frame.span))
        return low.end >= high.start or _CLAUSE.search(self._text, low.end, high.start) is None

    def _stands_at(self, source: Spans, frame: Span) -> bool:
        """Does the turn of phrase stand in the source, or right behind it?"""
        return any(
            span.start <= frame.start < span.end
            or (span.end <= frame.start and _JOINED.fullmatch(self._text, span.end, frame.start))
            for span in source
        )

    def _paragraph(self, at: int) -> int:
        return bisect_right(self._paragraphs, at) - 1

    def _turns(self) -> list[Turn]:
        """What each statement of the outermost level contributes, in the order of the text."""
        outer = [stmt for stmt in self._statements if stmt.within is None]
        outer.sort(key=lambda stmt: (stmt.cue or stmt.source or stmt.content)[0].start)
        return [
            Turn(
                statement_id=stmt.id,
                speaker=self._speaker(stmt),
                frame=next((frame for frame in self._direct[stmt.id] if frame.turn in SPOKEN), None),
                lasting=not self._relative(stmt),
                labelled=self._labelled(stmt),
                elsewhere=self._elsewhere(stmt) or self._relative(stmt),
            )
            for stmt in outer
        ]

    def _labelled(self, stmt: Statement) -> bool:
        """Does a transcript mark it with the name of who speaks ("PENCE:")?"""
        label = any(_LABEL.match(span.of(self._text)) for span in stmt.cue)
        return label and bool(stmt.source) and stmt.source[0].of(self._text).isupper()

    def _elsewhere(self, stmt: Statement) -> bool:
        """Does its own sentence name another occasion, or an earlier time?"""
        found = self._scenes[stmt.id]
        if found.occasion not in {None, "interview", "broadcast"}:
            return True
        if found.addressee is not None and not any(frame.turn == "host" for frame in self._direct[stmt.id]):
            return True
        return any(span.of(self._text).casefold().startswith("had ") for span in stmt.cue)


def _moved(found: Scene, by: int) -> Scene:
    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return Scene(
        occasion=found.occasion,
        spans=tuple(moved(span) for span in found.spans),
        addressee=moved(found.addressee) if found.addressee else None,
        place=moved(found.place) if found.place else None,
    )


def _covers(spans: Spans, span: Span) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in spans)


def _touch(spans: Spans, span: Span) -> bool:
    return any(one.start < span.end and span.start < one.end for one in spans)


def _equal(spans: Spans, mention: Span, name: Span | None) -> bool:
    """Is the source just this outlet, and not somebody whom the outlet's name describes?"""
    return any(mention.start - 5 <= one.start < mention.end or one == name for one in spans)


def _distance(spans: Spans, span: Span) -> int:
    return min(max(one.start - span.end, span.start - one.end, 0) for one in spans)
