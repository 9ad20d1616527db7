"""How likely is each relation between two statements, given what was compared?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from onrecord.connect.pair import FEATURES
from onrecord.errors import ModelError

Floats: TypeAlias = npt.NDArray[np.float64]

Relation: TypeAlias = Literal["origin", "alike", "opposed", "answers"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
"""Origin: one utterance. Alike: one proposition, told alike, on another occasion or by another. Opposed: one
proposition, told otherwise. Answers: a reaction."""


@dataclass(frozen=True, slots=True)
class Likely:
    """What is likely of two statements.

    Attributes:
        bears: That they bear on one proposition at all, in [0, 1].
        relations: How they do, if so; these sum to 1.
    """

    bears: float
    relations: dict[Relation, float]


READ = ("alike", "contrary", "told")
"""What the neural comparison adds: that one tells the same as the other, or more of it; the contrary; that both tell of
one act of reporting."""

COLUMNS = (*FEATURES, *READ)
"""The features of a pair of statements."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Logistic regressions over the respects in which two statements were compared; bias first, then weights.

    Several, because they are learned from different pairs: whether two statements bear on one proposition from all that
    could, how they do from those that do.

    Attributes:
        might: float64 (1 + FEATURES,): whether they might bear on one proposition, before they are read closely.
        bears: float64 (1 + COLUMNS,): whether they do.
        relations: float64 (relations, 1 + COLUMNS): how.
    """

    might: Floats
    bears: Floats
    relations: Floats

    @property
    def reads(self) -> bool:
        """Do they need the neural comparison?"""
        return bool(self.bears[-len(READ) :].any() or self.relations[:, -len(READ) :].any())

    def promising(self, values: Floats) -> Floats:
        """How likely does each pair bear on one proposition, at a first glance?

        Args:
            values: float64 (pairs, FEATURES).
        """
        return _sigmoid(values @ self.might[1:] + self.might[0])

    def likely(self, values: Floats) -> list[Likely]:
        """What is likely of each pair?

        Args:
            values: float64 (pairs, COLUMNS).
        """
        bears = _sigmoid(values @ self.bears[1:] + self.bears[0])
        logits = values @ self.relations[:, 1:].T + self.relations[:, 0]
        powers = np.exp(logits - logits.max(1, keepdims=True))
        shares = powers / powers.sum(1, keepdims=True)
        return [
            Likely(chance, dict(zip(RELATIONS, row, strict=True)))
            for chance, row in zip(bears.tolist(), shares.tolist(), strict=True)
        ]


def _sigmoid(logits: Floats) -> Floats:
    likely: Floats = 1 / (1 + np.exp(-logits))
    return likely


@cache
def load_heads() -> Heads:
    """The heads that come with onrecord.

    Raises:
        ModelError: OR-302, the table does not fit the features.
    """
    table = json.loads(files("onrecord.connect").joinpath("data/heads.json").read_text("utf-8"))
    try:
        return Heads(
            might=np.array([table["might"][f] for f in ("bias", *FEATURES)], dtype=np.float64),
            bears=np.array([table["bears"][f] for f in ("bias", *COLUMNS)], dtype=np.float64),
            relations=np.array([[table[r][f] for f in ("bias", *COLUMNS)] for r in RELATIONS], dtype=np.float64),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError("OR-302", f"the table of link weights does not fit: {error!r}") from error


def heads_to_json(heads: Heads) -> dict[str, dict[str, float]]:
    """How are heads written, for :func:`load_heads` to read?"""
    table = {"might": heads.might, "bears": heads.bears, **dict(zip(RELATIONS, heads.relations, strict=True))}
    return {
        name: {f: round(float(w), 4) for f, w in zip(("bias", *COLUMNS), row, strict=False)}
        for name, row in table.items()
    }
