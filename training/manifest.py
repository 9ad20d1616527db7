"""What a model folder says of itself: name, licence, sha256 of every file, weights of the score."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from onrecord.extract.score import INTERCEPT

NAME, LICENCE = (
    "onrecord-tagger-3",
    "Apache-2.0 (encoder: MiniLM-L6, Apache-2.0; see the model card for the training data)",
)
KEPT_OUT = {"manifest.json", "MODEL_CARD.md"}
UNCALIBRATED = {INTERCEPT: 5.0}
"""With these everything found is above the least score."""


def write_manifest(folder: Path, calibration: dict[str, float]) -> None:
    """Write ``manifest.json`` for the files that are in `folder`."""
    files = {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir()) if p.name not in KEPT_OUT
    }
    table = {"name": NAME, "licence": LICENCE, "files": files, "calibration": calibration}
    (folder / "manifest.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
