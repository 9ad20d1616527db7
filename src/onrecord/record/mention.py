"""Where does a text speak of somebody or something, and of whom may it be speaking again?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from onrecord.record.span import Span
from onrecord.record.words import check_score, check_word

MentionKind: TypeAlias = Literal["person", "organisation", "place", "other"]
MENTION_KINDS: tuple[MentionKind, ...] = get_args(MentionKind)
"""What a mention can speak of; states and cities are places until they are resolved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Antecedent:
    """An earlier mention that may be of the same one.

    Attributes:
        mention: Its number in ``Reading.mentions``.
        score: How likely it is the one, in [0, 1].

    Raises:
        TextError: OR-202, a score outside [0, 1].
    """

    mention: int
    score: float

    def __post_init__(self) -> None:
        check_score(self.score, what="an antecedent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that speak of somebody or something: a name, a role, a pronoun.

    Attributes:
        span: The words, with what describes them ("the president of Ukraine").
        kind: What they speak of.
        score: How likely they are a mention at all, in [0, 1].
        new: How likely nobody before in the text is meant, in [0, 1].
        antecedents: Earlier mentions that may be of the same one, best first; their scores and `new` sum to at
            most 1.

    Raises:
        TextError: OR-202, a word that the codebook does not know, or a score outside [0, 1].
    """

    span: Span
    kind: MentionKind
    score: float
    new: float
    antecedents: tuple[Antecedent, ...] = ()

    def __post_init__(self) -> None:
        check_word(self.kind, MENTION_KINDS, what="kind of a mention")
        check_score(self.score, what="a mention")
        check_score(self.new, what="a mention's newness")
