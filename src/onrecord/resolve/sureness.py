"""How likely is an answer right?

Logistic regression over what is known of an answer: how sure the rule was that gave it, by what sort of words the
source is named, how far the next best is behind, and how sure it is that there is a statement at all. The weights are
fitted on annotated articles by ``training/sureness.py`` and kept in ``data/sureness.json``, one set for answers that
give an actor and one for those that leave it open.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from onrecord.record.statement import Statement
from onrecord.resolve.people.resolution import Resolution

WEIGHTS = Path(__file__).parent / "data" / "sureness.json"
"""The weights that come with onrecord."""
CONSTANT = "constant"
"""The feature that is always 1."""
_LEAST, _MOST = 0.02, 0.98
_UNSCORED = 0.9
"""How sure it is that there is a statement where nobody says: one that a person marked."""
_CERTAIN = 0.9


def features(stmt: Statement, resolution: Resolution, *, mended: bool) -> dict[str, float]:
    """What is known of an answer, by name; a feature that is 0 may be missing.

    Args:
        stmt: The statement.
        resolution: Who its source was found to be.
        mended: Whether its source stood elsewhere than where the statement has it.
    """
    second = resolution.candidates[1].score if len(resolution.candidates) > 1 else 0.0
    out = {
        CONSTANT: 1.0,
        "rule": _logit(resolution.score),
        "certain rule": float(resolution.score >= _CERTAIN),
        "statement": _logit(_UNSCORED if stmt.score is None else stmt.score),
        "second best": second,
        resolution.source_kind: 1.0,
    }
    if stmt.within is not None:
        out["inner"] = 1.0
        out[f"inner {resolution.source_kind}"] = 1.0
    if mended:
        out["mended"] = 1.0
    if resolution.actor is not None and resolution.actor.external_ids:
        out["listed"] = 1.0
    if resolution.actor is not None and not resolution.named:
        out["unnamed"] = 1.0
    return out


def sureness(stmt: Statement, resolution: Resolution, *, mended: bool) -> float:
    """How likely the answer is right, in [0, 1]: that it is this actor, or that nobody can be said."""
    weights = _weights()["given" if resolution.actor is not None else "open"]
    total = sum(weights.get(name, 0.0) * value for name, value in features(stmt, resolution, mended=mended).items())
    return min(_MOST, max(_LEAST, 1.0 / (1.0 + math.exp(-total))))


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return found


def _logit(share: float) -> float:
    share = min(_MOST, max(_LEAST, share))
    return math.log(share / (1.0 - share))
