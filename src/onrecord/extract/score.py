"""How likely is a statement right? A logistic model over what the decoder saw, fitted on held-out articles."""

from __future__ import annotations

import math
from collections.abc import Mapping

INTERCEPT = "intercept"


def probability(evidence: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The score of a statement, in [0, 1], rounded to four digits.

    Args:
        evidence: What the decoder noted, by name (``decode.Found.evidence``).
        weights: A weight for each name and an intercept (Platt 1999, with several inputs).
    """
    total = weights.get(INTERCEPT, 0.0) + sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 4)
