"""Where, when and to whom was each statement said?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.record.reading import Reading
from onrecord.record.setting import Occasion, Setting
from onrecord.record.span import Span, Spans
from onrecord.record.statement import Statement
from onrecord.resolve.route.carriers import Carried, Carriers
from onrecord.resolve.route.days import Day, days
from onrecord.resolve.route.frame import SPOKEN, Frame

if TYPE_CHECKING:
    from onrecord.resolve.cast import Cast

_NEAR = 60
"""How far from the cue, in code points, a day may stand to be the day of saying."""
_OCCASIONS: dict[str, Occasion] = {"interview": "interview", "air": "broadcast"}


def find(reading: Reading, cast: Cast, carriers: Carriers | None = None) -> tuple[Setting, ...]:
    """Where, when and to whom was each statement said, as far as the text says?

    Args:
        reading: The document, its statements and their attributions.
        cast: Who is who in it.
        carriers: Through whom the words passed, if that is worked out already.

    Returns:
        At most one setting for each statement, in the order of the statements; none where the text says nothing.
    """
    carriers = carriers or Carriers(reading, cast)
    found: dict[str, Setting] = {}
    speakers = {attribution.statement_id: attribution.actor_id for attribution in reading.attributions}
    for stmt in reading.statements:
        setting = _setting(reading, cast, stmt, carriers.of(stmt))
        outer = found.get(stmt.within) if stmt.within else None
        if setting == Setting(statement_id=stmt.id):
            # "I believe" inside a quotation was said where the quotation was.
            same = stmt.within is not None and speakers.get(stmt.id) == speakers.get(stmt.within) is not None
            if outer is None or not same:
                continue
            setting = replace(outer, statement_id=stmt.id)
        found[stmt.id] = setting
    return tuple(found.values())


def _setting(reading: Reading, cast: Cast, stmt: Statement, carried: Carried) -> Setting:
    scene = carried.scene
    occasion, spans, addressee = scene.occasion, scene.spans, scene.addressee
    spoken = next((frame for frame in carried.frames if frame.turn in SPOKEN), None)
    if spoken is not None:
        occasion, spans = _of_frame(spoken, occasion, spans)
        if addressee is None and spoken.turn != "air" and spoken.medium is not None:
            addressee = spoken.medium.mention
    day = _day(reading, stmt, carried)
    actor = cast.resolve(addressee).actor if addressee is not None else None
    return Setting(
        statement_id=stmt.id,
        occasion=occasion,
        occasion_spans=spans,
        addressee=addressee,
        addressee_id=actor.id if actor else None,
        place=scene.place,
        said=day.span if day else None,
        said_on=day.iso if day else None,
    )


def _of_frame(frame: Frame, occasion: Occasion | None, spans: Spans) -> tuple[Occasion | None, Spans]:
    """The occasion that an interview or a broadcast is, unless the sentence names a closer one."""
    if occasion is not None and frame.turn != "interview":
        return occasion, spans
    named = _OCCASIONS.get(frame.turn)
    return (named, (frame.span,)) if named else (occasion, spans)


def _day(reading: Reading, stmt: Statement, carried: Carried) -> Day | None:
    """The day that stands nearest the cue, outside of what was said."""
    sentence = carried.sentence
    if sentence is None or not stmt.cue:
        return None
    near: list[tuple[int, Day]] = []
    for day in days(sentence.of(reading.document.text), reading.document.published):
        span = Span(day.span.start + sentence.start, day.span.end + sentence.start)
        if any(one.start < span.end and span.start < one.end for one in (*stmt.content, *stmt.source)):
            continue
        distance = min(max(cue.start - span.end, span.start - cue.end, 0) for cue in stmt.cue)
        if distance <= _NEAR:
            near.append((distance, replace(day, span=span)))
    return min(near, key=lambda pair: pair[0])[1] if near else None
