"""Who is the source of a statement?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from onrecord.errors import TextError
from onrecord.record.span import Span, Spans
from onrecord.record.words import check_score, check_word

SourceKind: TypeAlias = Literal["name", "role", "pronoun", "group", "anonymous", "document", "outlet", "none"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
"""How the text names a source; *none* where it names nobody ("it was stated that")."""

NO_REASON = "no reason given"
"""Why an attribution is unresolved, where the input does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Somebody else whom the words may mean.

    Attributes:
        actor_id: The actor.
        score: How likely, in [0, 1]; None if not scored.

    Raises:
        TextError: OR-202, a score outside [0, 1].
    """

    actor_id: str
    score: float | None = None

    def __post_init__(self) -> None:
        check_score(self.score, what="an alternative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who the source of a statement is: the words that name it, and the actor they resolve to.

    Attributes:
        statement_id: The statement.
        mention: The words that name the source; None where the text names nobody.
        source_kind: How they name it; None if nobody has looked.
        actor_id: The actor; None means unresolved, which is an answer and never "nobody".
        reason: Why there is no actor; None exactly if there is one.
        evidence: The words that decide ("President of Ukraine Volodymyr Zelenskyy", for a later "he").
        score: How likely the actor is right, in [0, 1]; None if not scored.
        alternatives: Who else was weighed, best first.

    Raises:
        TextError: OR-202, a word that the codebook does not know, a score outside [0, 1], or an actor with a
            reason for having none (or neither).
    """

    statement_id: str
    mention: Span | None
    source_kind: SourceKind | None
    actor_id: str | None
    reason: str | None = None
    evidence: Spans = ()
    score: float | None = None
    alternatives: tuple[Alternative, ...] = ()

    def __post_init__(self) -> None:
        if self.source_kind is not None:
            check_word(self.source_kind, SOURCE_KINDS, what="source_kind")
        check_score(self.score, what=f"attribution of {self.statement_id}")
        if (self.actor_id is None) == (not self.reason):
            raise TextError(
                "OR-202",
                f"attribution of {self.statement_id}: either an actor, or a reason why there is none",
            )
