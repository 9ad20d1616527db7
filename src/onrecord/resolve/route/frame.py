"""What does a turn of phrase say of how words were carried?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.record.span import Span
from onrecord.resolve.route.media import Medium

Turn: TypeAlias = Literal[
    "told", "interview", "air", "text", "published", "obtained", "relay", "citing", "source", "host", "handed",
]  # fmt: skip
"""How words were carried: *told* to an outlet, said in an *interview* with one, on the *air* of one or in a *text* or
recording that one printed or got; by a source that one *published* or *obtained*; by one that *relay*-s them, is
*citing* their source or whose own *source* it is; told to the *host* of a programme; *handed* on by a lawyer or whoever
gives out the text."""

SPOKEN: frozenset[Turn] = frozenset({"told", "interview", "air", "text"})
"""Turns that say on what occasion the speaker spoke, which may be that of other statements too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One turn of phrase that says how words were carried.

    Attributes:
        turn: Which turn.
        span: Its words.
        medium: The outlet that it names; None where it names none, as for a host.
        person: The host who asked, or whoever hands the words on, if the text names one.
        cited: Whom the outlet cites, for *citing*.
    """

    turn: Turn
    span: Span
    medium: Medium | None = None
    person: Span | None = None
    cited: Span | None = None
