"""In which language is a text? With py3langid: 4 MB, 139 languages, no network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LOOKED_AT = 2000
"""Code points of a text that are looked at."""
SURE = 0.9
"""From this on a document may be left out for its language."""


@dataclass(frozen=True, slots=True)
class Detected:
    """What language a text seems to be in.

    Attributes:
        code: ISO 639-1.
        score: How sure that is, in [0, 1].
    """

    code: str
    score: float

    @property
    def sure(self) -> bool:
        """Is it sure enough to leave a document out for it?"""
        return self.score >= SURE


def detect(text: str) -> Detected:
    """Which language is `text` in, to judge by its beginning?"""
    code, score = _identifier().classify(text[:LOOKED_AT].encode("utf-8", "replace").decode("utf-8"))
    return Detected(str(code), round(float(score), 4))


def detector_name() -> str:
    """The library and its version, for the configuration of a run."""
    from importlib.metadata import version

    return f"py3langid {version('py3langid')}"


@cache
def _identifier() -> LanguageIdentifier:
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError as error:
        raise UsageError(
            "OR-003",
            "detecting languages needs py3langid, which is not installed",
            hint="pip install 'onrecord[archive]'; or process everything with --languages all",
        ) from error
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
