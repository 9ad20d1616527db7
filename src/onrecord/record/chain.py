"""By which steps did the words reach the page?"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import TextError
from onrecord.record.actor import ACTOR_KINDS, ActorKind
from onrecord.record.span import Span, Spans
from onrecord.record.words import check_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymity:
    """How a text describes a source that it does not name ("two officials briefed on the talks").

    Attributes:
        position: What the source is or does ("officials briefed on the talks").
        side: Whose ("the ministry"); None if the text does not say.
        count: How many there are, at least 1; None likewise.
        condition: On what terms it spoke ("on condition of anonymity because …").
    """

    position: Span | None = None
    side: Span | None = None
    count: int | None = None
    condition: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step by which words reached the page.

    "Police told Reuters that the driver fled" has the hops police, Reuters, and the outlet that printed it.

    Attributes:
        mention: Where this source is named in ``Document.text``; None when the step is implied (the outlet
            itself).
        actor_id: The resolved actor. None means unresolved, never "nobody".
        kind: What the source is.
        named: Whether the text names it.
        act: What it did: said, told, wrote, stated, interview, reported, cited, published, confirmed…
        evidence: The words that show the step ("in an interview with Polish media"); empty where it is
            implied.
        on_behalf_of: The actor for whom it speaks (a spokesman's minister); None if for itself or not said.
        anonymity: How the text describes it, if it is not named.

    Raises:
        TextError: OR-202, no act, or a kind that is not one of ``ACTOR_KINDS``.
    """

    mention: Span | None
    actor_id: str | None
    kind: ActorKind
    named: bool
    act: str
    evidence: Spans = ()
    on_behalf_of: str | None = None
    anonymity: Anonymity | None = None

    def __post_init__(self) -> None:
        check_word(self.kind, ACTOR_KINDS, what="kind of a hop")
        if not self.act:
            raise TextError("OR-202", "a hop has no act")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The hops by which a statement reached the page.

    Attributes:
        statement_id: The statement.
        hops: Hop 0 is nearest the words, the last one is the outlet that printed them; never empty.

    Raises:
        TextError: OR-202, there is no hop.
    """

    statement_id: str
    hops: tuple[Hop, ...]

    def __post_init__(self) -> None:
        if not self.hops:
            raise TextError("OR-202", f"the chain of statement {self.statement_id} has no hop")

    @property
    def origin(self) -> Hop:
        """Who is nearest the words?"""
        return self.hops[0]

    @property
    def distance(self) -> int:
        """How many hops lie between the origin and the reader? 1 where the outlet itself heard the words."""
        return len(self.hops) - 1

    @property
    def unnamed(self) -> bool:
        """Is anyone in the chain not named?"""
        return not all(hop.named for hop in self.hops)
