"""Which statement bears on which issue, and which side does it take there?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from onrecord.record.position import Act, Polarity, Position
from onrecord.record.span import Spans
from onrecord.record.words import check_score, check_word

Side: TypeAlias = Literal[
    "affirms",
    "denies",
    "states",
    "for",
    "against",
    "demands",
    "offers",
    "promises",
    "declines",
    "asks",
    "warns",
    "threatens",
    "unclear",
]
SIDES: tuple[Side, ...] = get_args(Side)
"""What a statement does on an issue: *affirms* or *denies* that it is so; *states* something where yes or no is no
answer; is *for* or *against* it; *unclear* where it bears on the issue, but its words do not say which side it
takes."""

_BY_ACT: dict[Act, tuple[Side, Side]] = {
    "asserts": ("affirms", "denies"),
    "confirms": ("affirms", "denies"),
    "agrees": ("affirms", "denies"),
    "predicts": ("affirms", "denies"),
    "believes": ("affirms", "denies"),
    "intends": ("for", "against"),
    "praises": ("for", "against"),
    "criticises": ("against", "for"),
    "denies": ("denies", "affirms"),
    "declines": ("declines", "declines"),
    "demands": ("demands", "against"),
    "offers": ("offers", "declines"),
    "promises": ("promises", "against"),
    "asks": ("asks", "asks"),
    "warns": ("warns", "warns"),
    "threatens": ("threatens", "threatens"),
}
_TURNED: dict[Side, Side] = {
    "affirms": "denies",
    "denies": "affirms",
    "for": "against",
    "against": "for",
    "demands": "against",
    "promises": "against",
    "offers": "against",
}


def side_of(position: Position | None, *, turned: bool = False) -> Side:
    """Which side does a statement take on a question, by its act and polarity alone?

    "We are not holding talks" asserts a negative: its side on "are there talks?" is *denies*, as that of "X denied
    that there are talks".

    Args:
        position: What the statement does; None if nobody has looked.
        turned: Whether it speaks of the opposite of what the question asks for ("is the truce broken?" and "it holds").
    """
    if position is None or position.act is None:
        return "unclear"
    side = by_act(position.act, position.polarity)
    return _TURNED.get(side, side) if turned else side


def by_act(act: Act, polarity: Polarity | None) -> Side:
    """The side of an act whose content has this polarity."""
    return _BY_ACT[act][polarity == "negative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """That a statement bears on an issue, and on which side.

    Attributes:
        issue_id: The issue.
        statement_id: The statement.
        side: What it does there.
        score: How likely it bears on the issue, in [0, 1]; None if not scored.
        evidence: The words of its document that decide.

    Raises:
        TextError: OR-202, a word that the codebook does not know, or a score outside [0, 1].
    """

    issue_id: str
    statement_id: str
    side: Side
    score: float | None = None
    evidence: Spans = ()

    def __post_init__(self) -> None:
        check_word(self.side, SIDES, what="side")
        check_score(self.score, what=f"bearing of {self.statement_id}")
