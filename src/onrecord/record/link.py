"""How do two statements stand to each other?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from onrecord.record.ids import content_id
from onrecord.record.span import Spans
from onrecord.record.words import check_score, check_word

LinkKind: TypeAlias = Literal[
    "same words", "re-report", "agrees", "repeats", "conflicts", "denies", "changes", "answers", "unrelated"
]
Scope: TypeAlias = Literal["same", "narrower", "broader", "unclear"]
LINK_KINDS: tuple[LinkKind, ...] = get_args(LinkKind)
SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A typed relation between two statements, with the answers that it rests on.

    Attributes:
        id: ``l`` and 16 hexadecimal digits, see :func:`link_id`.
        kind: How they stand to each other.
        left: The later or reacting statement: its id, or ``DOCUMENT/STATEMENT`` where ids are those of a
            file.
        right: The other one, likewise.
        scope: What the right proposition is, compared with the left one; None where the question does not
            arise.
        opposite: Whether act and polarity of the two are opposed; None if nobody has looked.
        same_time: Whether they speak of the same time; None likewise.
        independent: Whether they go back to different origins; None likewise.
        why: One sentence that names the deciding words.
        left_evidence: The deciding words in the left statement's document.
        right_evidence: The deciding words in the right statement's document.
        score: How likely the kind is right, in [0, 1]; None if not scored.
        story: The input's own grouping of the documents, if any.

    Raises:
        TextError: OR-202, a word that the codebook does not know, or a score outside [0, 1].
    """

    id: str
    kind: LinkKind
    left: str
    right: str
    scope: Scope | None = None
    opposite: bool | None = None
    same_time: bool | None = None
    independent: bool | None = None
    why: str | None = None
    left_evidence: Spans = ()
    right_evidence: Spans = ()
    score: float | None = None
    story: str | None = None

    def __post_init__(self) -> None:
        check_word(self.kind, LINK_KINDS, what="kind of a link")
        if self.scope is not None:
            check_word(self.scope, SCOPES, what="scope of a link")
        check_score(self.score, what=f"link {self.id}")


def link_id(*, kind: LinkKind, left: str, right: str) -> str:
    """The id of a link: a hash of its kind and its two ends."""
    return content_id("l", kind, left, right)
