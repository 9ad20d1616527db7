"""How do the pairs stand that look as if they bore on one proposition, when they are read closely?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from onrecord.connect.claim import Claim
from onrecord.connect.heads import READ, Floats, Heads, Likely, load_heads
from onrecord.connect.pair import Comparison

if TYPE_CHECKING:
    from onrecord.models.pairs import PairSession

PROMISING = 0.01
"""Pairs that bear on one proposition less likely than this, at a first glance, are not read closely."""

MOST_READ = 30
"""So many pairs of a statement are read closely, the most promising first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A statement and an earlier one, compared and read.

    Attributes:
        earlier: The earlier statement.
        comparison: In what respects they are alike and opposed.
        likely: What is likely of them.
        same: How likely the earlier one says the same; None if they were not read closely.
        narrower: How likely it says something narrower; None likewise.
        broader: How likely it says something broader; None likewise.
        contrary: How likely it says the contrary; None likewise.
    """

    earlier: Claim
    comparison: Comparison
    likely: Likely
    same: float | None
    narrower: float | None
    broader: float | None
    contrary: float | None


class CloseReader:
    """Reads pairs of statements closely.

    Args:
        heads: What follows from the features.
        session: The neural comparison; None if the heads do not need it.
    """

    def __init__(self, heads: Heads, session: PairSession | None) -> None:
        self._heads, self._session = heads, session

    @classmethod
    def load(cls, folder: Path | None = None) -> CloseReader:
        """The heads that come with onrecord, with the pair model in `folder` (the one that came with onrecord if None).

        Raises:
            ModelError: OR-301, the pair model is missing; OR-302, it or a table is damaged; OR-303, it does not run.
        """
        heads = load_heads()
        if not heads.reads:
            return cls(heads, None)
        from onrecord.models.pairs import PairSession

        return cls(heads, PairSession(folder))

    def read(self, later: Claim, pairs: Sequence[tuple[Claim, Comparison]]) -> list[Pair]:
        """How do the promising ones of `pairs` (an earlier statement and its comparison) stand to `later`?"""
        if not pairs:
            return []
        values = np.array([comparison for _, comparison in pairs], dtype=np.float64)
        chance = self._heads.promising(values)
        best = np.argsort(-chance, kind="stable")[:MOST_READ]
        chosen = best[chance[best] >= PROMISING].tolist()
        if not chosen:
            return []
        texts = [(later.said, pairs[k][0].said) for k in chosen]
        read = None if self._session is None else self._session.compare(texts)
        likely = self._heads.likely(with_read(values[chosen], read))
        return [
            Pair(
                earlier=pairs[k][0],
                comparison=pairs[k][1],
                likely=one,
                same=None if read is None else float(read[at, 0]),
                narrower=None if read is None else float(read[at, 1]),
                broader=None if read is None else float(read[at, 2]),
                contrary=None if read is None else float(read[at, 3]),
            )
            for at, (k, one) in enumerate(zip(chosen, likely, strict=True))
        ]

    def close(self) -> None:
        """Let the pair model go."""
        if self._session is not None:
            self._session.close()


def with_read(values: Floats, read: np.ndarray | None) -> Floats:
    """Features of pairs with what the neural comparison says of them: float64 (pairs, COLUMNS).

    Args:
        values: float64 (pairs, FEATURES).
        read: float32 (pairs, OUTPUTS of the pair model); None if they were not read.
    """
    if read is None:
        return np.hstack([values, np.zeros((len(values), len(READ)))])
    return np.column_stack([values, read[:, :3].sum(1), read[:, 3], read[:, 5]])
