"""The least that every figure of accuracy must reach; floors may only rise.

ONRECORD_RAISE_FLOORS=1 python -m pytest tests/quality      # raise them to what is measured now

A figure that may not grow (a share of wrong answers) is entered as what is left of 100.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

FLOORS = Path(__file__).with_name("floors.json")
SHARED = Path(__file__).parents[3] / "shared"
SLACK = {"polnear": 1.0, "example": 25.0}
"""Points by which another processor's int8 arithmetic may fall below the floor, by the first word of a figure's name:
less where thousands of things are counted, more where one of them is worth ten points."""
OTHERS = 2.5
"""... and below the floors of all other figures, where one thing counted is worth up to a point."""


def scorer(name: str) -> ModuleType:
    """A scorer of the shared tools."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def floors() -> dict[str, dict[str, float]]:
    """The floors by section."""
    out: dict[str, dict[str, float]] = json.loads(FLOORS.read_text("utf-8"))
    return out


def check(section: str, measured: Mapping[str, float], *, slack: float | None = None) -> None:
    """Prints what was measured, in points, beside its floors, and fails if anything fell."""
    table = floors()
    old = table.get(section, {})
    print(f"\n{section} (points; floor)")
    for name, value in measured.items():
        print(f"  {name:70} {value:6.2f}  {old.get(name, '')}")
    if os.environ.get("ONRECORD_RAISE_FLOORS"):
        raised = {name: round(max(value, old.get(name, value)), 2) for name, value in measured.items()}
        FLOORS.write_text(json.dumps(table | {section: raised}, indent=1) + "\n", encoding="utf-8")
        return
    assert old, f"no floors for {section}: run with ONRECORD_RAISE_FLOORS=1 once"

    def least(name: str) -> float:
        return old[name] - (SLACK.get(name.split(maxsplit=1)[0], OTHERS) if slack is None else slack)

    below = {name: (measured.get(name), old[name]) for name in old if measured.get(name, 0.0) < least(name)}
    assert not below
