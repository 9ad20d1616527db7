"""What a model folder holds, and whether its files are the ones that were published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import ModelError

SHIPPED = Path(__file__).parent / "tagger"
"""The folder of the model that comes with onrecord."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A model folder whose files have been checked.

    Attributes:
        folder: Where the files are.
        name: Name of the model.
        licence: Licence of the weights.
        files: sha256 of each file by its name.
        calibration: Weights of the score, by feature (see ``extract.score``).
    """

    folder: Path
    name: str
    licence: str
    files: Mapping[str, str]
    calibration: Mapping[str, float]

    def path(self, name: str) -> Path:
        """Where the file `name` is."""
        return self.folder / name


def read_manifest(folder: Path | None = None) -> Manifest:
    """Which model is in `folder` (the shipped one if None), and are its files whole?

    Raises:
        ModelError: OR-301 the manifest or a file is missing, OR-302 a file's sha256 differs or the manifest is damaged.
    """
    folder = folder if folder is not None else SHIPPED
    try:
        table = json.loads((folder / "manifest.json").read_text("utf-8"))
        manifest = Manifest(
            folder=folder,
            name=str(table["name"]),
            licence=str(table["licence"]),
            files={str(k): str(v) for k, v in table["files"].items()},
            calibration={str(k): float(v) for k, v in table["calibration"].items()},
        )
    except FileNotFoundError as error:
        raise ModelError("OR-301", f"no model manifest in {folder}") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError("OR-302", f"the model manifest in {folder} cannot be read: {error}") from error
    for name, wanted in manifest.files.items():
        try:
            with manifest.path(name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelError("OR-301", f"the model file {name} is missing from {folder}") from error
        if found != wanted:
            raise ModelError(
                "OR-302",
                f"the model file {name} in {folder} has the sha256 {found[:12]}…, not {wanted[:12]}…",
            )
    return manifest
