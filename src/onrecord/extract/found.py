"""A statement as the decoder finds it, in words of a section."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.extract.tags import Stretch


@dataclass(frozen=True, slots=True)
class Found:
    """A statement in words of its section.

    Attributes:
        content: Its stretches, in order.
        cue: Its cue, or None.
        source: Its source, or None.
        level: 0 for an outer statement, 1 for one inside it.
        own: How likely each content is the speaker's own words, mean over words, in [0, 1].
        evidence: What its score is computed from, by name.
        spoken: Whether the form of the text alone says that these are somebody's own words.
    """

    content: tuple[Stretch, ...]
    cue: Stretch | None
    source: Stretch | None
    level: int
    own: float
    evidence: dict[str, float]
    spoken: bool = False
