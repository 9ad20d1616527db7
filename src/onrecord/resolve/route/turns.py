"""Which turns of phrase in an article say by whom, and for whom, words were carried?

Each is found by its own words, wherever it stands; whose words it carries is for ``carriers`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from onrecord.record.span import Span
from onrecord.resolve.route import relays, spoken
from onrecord.resolve.route.frame import SPOKEN, Frame, Turn
from onrecord.resolve.route.media import Media, Trust

_Read: TypeAlias = Callable[[str, Media, re.Match[str], Span], Iterator[Frame]]

_PLAIN: tuple[tuple[Turn, re.Pattern[str], Trust], ...] = (
    ("interview", spoken.INTERVIEWED, "some"),
    ("air", spoken.AIR, "full"),
    ("published", relays.PUBLISHED, "some"),
    ("obtained", relays.OBTAINED, "some"),
    ("relay", relays.ACCORDING, "none"),
)
"""Turns whose outlet follows the words."""
_SPECIAL: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (spoken.TOLD, spoken.told),
    (spoken.INTERVIEW, spoken.interview),
    (spoken.ON, spoken.on),
    (relays.RELAY, relays.relay),
    (relays.CITING, relays.citing),
    (relays.HANDED, relays.handed),
    (relays.SOURCE, relays.source),
)


def frames(text: str, media: Media, sentence: Span) -> tuple[Frame, ...]:
    """Which turns of phrase in this sentence say how words were carried?

    Of two that overlap, the one that names an outlet stays, or else the earlier one.
    """
    kept: list[Frame] = []
    for frame in sorted(_all(text, media, sentence), key=_rank):
        if not any(_overlap(frame, one) for one in kept):
            kept.append(frame)
    return tuple(kept)


def _all(text: str, media: Media, sentence: Span) -> Iterator[Frame]:
    for turn, pattern, trust in _PLAIN:
        for found in pattern.finditer(text, sentence.start, sentence.end):
            medium = media.at(found.end(), sentence.end, trust)
            if medium is not None:
                yield Frame(turn=turn, span=Span(found.start(), medium.mention.end), medium=medium)
    for pattern, read in _SPECIAL:
        for found in pattern.finditer(text, sentence.start, sentence.end):
            yield from read(text, media, found, sentence)


def _rank(frame: Frame) -> tuple[bool, bool, int, int]:
    unnamed = frame.medium is not None and frame.medium.name is None
    return (unnamed, frame.turn in {"published", "obtained"}, frame.span.start, -frame.span.end)


def _overlap(left: Frame, right: Frame) -> bool:
    carried = SPOKEN | {"published", "obtained"}
    alike = left.turn == right.turn or (left.turn in carried and right.turn in carried)
    return alike and left.span.start < right.span.end and right.span.start < left.span.end
