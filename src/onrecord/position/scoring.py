"""How likely are the act and the polarity of a position right?"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from onrecord.position.facts import NEUTRAL, Facts
from onrecord.position.judge import Judgement

_WEIGHTS = Path(__file__).with_name("data") / "score.json"


def score_of(found: Judgement, facts: Facts, force: str | None) -> float:
    """How likely is it that both act and polarity are right? In [0, 1]; of those at 0.8, four in five are right."""
    weights = _weights()
    total = sum(weights.get(name, 0.0) for name in reasons(found, facts, force))
    return round(1.0 / (1.0 + math.exp(-total)), 4)


def reasons(found: Judgement, facts: Facts, force: str | None) -> Iterator[str]:
    """What speaks for a judgement and against it; names that ``training/position.py`` weighs."""
    yield "always"
    how = "by cue" if force is not None and force not in NEUTRAL else "by content" if _decides(found) else "by default"
    yield how
    yield f"{how}, {found.act}"
    yield f"{found.polarity}"
    for name in ("nested", "holds another", "form direct", "form mixed", "length short", "length long", "condition"):
        if name in facts:
            yield name
    if "cue none" in facts:
        yield "cue none"


def _decides(found: Judgement) -> bool:
    return any(not name.startswith("cue ") for name in found.by)


@cache
def _weights() -> Mapping[str, float]:
    loaded: dict[str, float] = json.loads(_WEIGHTS.read_text("utf-8"))
    return loaded
