"""What does a statement do, on which question, and on what condition?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from onrecord.record.span import Span, Spans
from onrecord.record.words import check_score, check_word

Act: TypeAlias = Literal[
    "asserts",
    "denies",
    "confirms",
    "declines",
    "asks",
    "demands",
    "offers",
    "promises",
    "threatens",
    "warns",
    "predicts",
    "believes",
    "intends",
    "praises",
    "criticises",
    "agrees",
]
Polarity: TypeAlias = Literal["positive", "negative"]
Certainty: TypeAlias = Literal["certain", "probable", "possible"]
Relation: TypeAlias = Literal[
    "before", "after", "only if", "unless", "not without", "in exchange for", "until", "when", "if"
]
ACTS: tuple[Act, ...] = get_args(Act)
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
RELATIONS: tuple[Relation, ...] = get_args(Relation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must be so, and for what.

    "Before Ukraine sits down at the negotiating table, it needs security guarantees": relation *before*, what
    "Ukraine sits down at the negotiating table", requirement "security guarantees".

    Attributes:
        relation: How the two hang together.
        what: What the requirement is for.
        requirement: What is required; without its negation in *unless* and *not without*.

    Raises:
        TextError: OR-202, the relation is not one of :data:`RELATIONS`.
    """

    relation: Relation
    what: Span
    requirement: Span

    def __post_init__(self) -> None:
        check_word(self.relation, RELATIONS, what="relation of a condition")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What one statement does, on which issue, and on what conditions.

    Attributes:
        statement_id: The statement.
        act: What is done by saying it; None if nobody has looked.
        polarity: That of the content's main proposition; None likewise.
        certainty: How far the source commits to it; None likewise.
        issue_id: The question that it answers; None if it answers none that is known.
        conditions: What must be so.
        target: Whom or what the act is directed at (who is criticised, what is denied); None if the text does
            not say.
        evidence: The words that decide act, polarity and certainty ("has never denied").
        score: How likely act and polarity are right, in [0, 1]; None if not scored.

    Raises:
        TextError: OR-202, a word that the codebook does not know, or a score outside [0, 1].
    """

    statement_id: str
    act: Act | None
    polarity: Polarity | None
    certainty: Certainty | None
    issue_id: str | None = None
    conditions: tuple[Condition, ...] = ()
    target: Span | None = None
    evidence: Spans = ()
    score: float | None = None

    def __post_init__(self) -> None:
        if self.act is not None:
            check_word(self.act, ACTS, what="act")
        if self.polarity is not None:
            check_word(self.polarity, POLARITIES, what="polarity")
        if self.certainty is not None:
            check_word(self.certainty, CERTAINTIES, what="certainty")
        check_score(self.score, what=f"position of {self.statement_id}")
