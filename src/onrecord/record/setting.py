"""Where, when and to whom was it said?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from onrecord.record.span import Span, Spans
from onrecord.record.words import check_word

Occasion: TypeAlias = Literal[
    "interview", "press conference", "briefing", "speech", "hearing", "talks", "call", "statement", "post", "letter",
    "report", "broadcast",
]  # fmt: skip
OCCASIONS: tuple[Occasion, ...] = get_args(Occasion)
"""On what occasion something can be said; *statement* is a text that the speaker handed out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where, when and to whom a statement was said, as far as the text says.

    Attributes:
        statement_id: The statement.
        occasion: On what occasion; None if the text does not say.
        occasion_spans: The words that say so ("in an interview with Polish media").
        addressee: To whom ("reporters"); None likewise.
        addressee_id: The actor addressed; None if unresolved.
        place: Where ("in Kyiv").
        said: When, in the text's own words ("on Tuesday").
        said_on: The same as a date, ISO 8601 cut to what is known; None if it cannot be worked out.

    Raises:
        TextError: OR-202, an occasion that is not one of :data:`OCCASIONS`.
    """

    statement_id: str
    occasion: Occasion | None = None
    occasion_spans: Spans = ()
    addressee: Span | None = None
    addressee_id: str | None = None
    place: Span | None = None
    said: Span | None = None
    said_on: str | None = None

    def __post_init__(self) -> None:
        if self.occasion is not None:
            check_word(self.occasion, OCCASIONS, what="occasion of a setting")
