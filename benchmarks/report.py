"""Where a benchmark leaves its figures."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path


def report(result: Mapping[str, object], out: Path | None) -> None:
    """Print the figures as JSON, and write them to `out` if it is given."""
    text = json.dumps(result, indent=1, ensure_ascii=False)
    sys.stdout.write(text + "\n")
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text + "\n", encoding="utf-8")
