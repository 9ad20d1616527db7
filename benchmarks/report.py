"""Where a benchmark leaves its figures."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def report(result: dict[str, object], out: Path | None) -> None:
    """Print the figures as JSON, and write them to `out` if it is given."""
    text = json.dumps(result, indent=1)
    sys.stdout.write(text + "\n")
    if out:
        out.write_text(text + "\n", encoding="utf-8")
