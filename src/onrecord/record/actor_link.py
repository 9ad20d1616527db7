"""Are two actors one?"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import TextError
from onrecord.record.words import check_score


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorLink:
    """A machine's proposal that two actors are one: the same person in two articles, under two spellings.

    Attributes:
        left: The id of one.
        right: The id of the other.
        score: How likely they are one, in [0, 1]; None if not scored.
        why: One sentence that names the evidence.

    Raises:
        TextError: OR-202, both are the same, or a score outside [0, 1].
    """

    left: str
    right: str
    score: float | None = None
    why: str | None = None

    def __post_init__(self) -> None:
        check_score(self.score, what=f"the link of actor {self.left}")
        if self.left == self.right:
            raise TextError("OR-202", f"actor {self.left} is linked to itself")
