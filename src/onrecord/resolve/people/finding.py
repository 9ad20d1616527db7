"""Who of the cast may be meant, before it becomes a resolution?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.record.span import Spans
from onrecord.resolve.people.members import Member
from onrecord.resolve.people.resolution import NOBODY_FITS

_KEPT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Who may be meant by a mention.

    Attributes:
        ranked: Members with how likely each is, best first.
        reason: Why nobody is, if nobody is.
        named: Whether the text names the source itself, and not only for whom it speaks.
        evidence: The words that decide.
    """

    ranked: tuple[tuple[Member, float], ...] = ()
    reason: str = NOBODY_FITS
    named: bool = True
    evidence: Spans = ()


def weighed(weights: Iterable[tuple[Member, float]], *, most: float = 0.95, reason: str = NOBODY_FITS) -> Finding:
    """The finding that weights of members make: each by its share of the whole, `most` at most."""
    ranked = sorted(weights, key=lambda pair: (-pair[1], pair[0].number))
    total = sum(weight for _, weight in ranked) or 1.0
    return Finding(ranked=tuple((m, min(most, w / total)) for m, w in ranked[:_KEPT]), reason=reason)


def single(member: Member, score: float, *, named: bool = True) -> Finding:
    """The finding of one member."""
    return Finding(ranked=((member, score),), named=named)
