"""Why do sources of a ledger have no actor?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.record.attribution import SourceKind
from onrecord.store import OpenSource

_QUOTED = re.compile(r"“[^”]*”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """One reason why sources have no actor.

    Attributes:
        reason: The reason; words from the text in it are replaced by “…”.
        n_statements: Statements of which it is said.
        by_kind: How many of these name their source in which way; None stands for those of which nobody has looked.
    """

    reason: str
    n_statements: int
    by_kind: Mapping[SourceKind | None, int]


def unresolved(found: Iterable[OpenSource]) -> tuple[Unresolved, ...]:
    """Which reasons are there, and how often? The most frequent comes first.

    Reasons that differ in the words that they quote, or in whom they name after a colon, are one.
    """
    counts: dict[str, Counter[SourceKind | None]] = {}
    for each in found:
        reason = _QUOTED.sub("“…”", each.reason).partition(":")[0]
        counts.setdefault(reason, Counter())[each.source_kind] += each.n_statements
    reasons = [
        Unresolved(reason=reason, n_statements=kinds.total(), by_kind=dict(kinds.most_common()))
        for reason, kinds in counts.items()
    ]
    return tuple(sorted(reasons, key=lambda each: (-each.n_statements, each.reason)))
