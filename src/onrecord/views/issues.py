"""Which issues does a ledger hold, and who speaks on them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.record.bearing import Side
from onrecord.record.issue import Issue
from onrecord.store import IssueEntry, Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLine:
    """An issue as it stands in a list.

    Attributes:
        entry: The issue, how many statements bear on it, and what was merged into it.
        sides: How many statements are on each side, most first; reprints are not folded here.
        actors: Names of those who speak on it, those with most statements first.
        first: The day of the earliest document with such a statement, ISO 8601 cut to what is known; None if unknown.
        last: That of the latest.
    """

    entry: IssueEntry
    sides: Mapping[Side, int]
    actors: tuple[str, ...]
    first: str | None
    last: str | None

    @property
    def issue(self) -> Issue:
        """The issue, under the label to show."""
        return self.entry.issue


def list_issues(ledger: Ledger, *, rejected: bool = False) -> tuple[IssueLine, ...]:
    """Every issue of the ledger, those first on which most statements bear.

    Args:
        ledger: An open ledger.
        rejected: Whether to include issues that a person rejected.
    """
    return tuple(_line(ledger, entry) for entry in ledger.issues.all(rejected=rejected))


def _line(ledger: Ledger, entry: IssueEntry) -> IssueLine:
    sides: Counter[Side] = Counter()
    actors: Counter[str] = Counter()
    days: list[str] = []
    bearings = ledger.issues.bearings(entry.issue.id)
    sides.update(each.bearing.side for each in bearings)
    for _, actor, published in ledger.issues.speaking(each.bearing.statement_id for each in bearings):
        if actor is not None:
            actors[actor] += 1
        if published is not None:
            days.append(published[:10])
    return IssueLine(
        entry=entry,
        sides=dict(sides.most_common()),
        actors=tuple(name for name, _ in sorted(actors.items(), key=lambda pair: (-pair[1], pair[0]))),
        first=min(days, default=None),
        last=max(days, default=None),
    )
