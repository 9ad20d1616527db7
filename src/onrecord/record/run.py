"""One execution over documents, and the counts that must add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.record.ids import content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What decides the outcome of a run: the same method on the same document gives the same statements.

    Attributes:
        version: Version of onrecord.
        models: Name of each model and the sha256 of its file.
        settings: Settings that change the outcome, as strings.
    """

    version: str
    models: Mapping[str, str]
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """``m`` and a hash of the method."""
        return content_id(
            "m",
            self.version,
            [list(pair) for pair in sorted(self.models.items())],
            [list(pair) for pair in sorted(self.settings.items())],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of the documents of a run: ``read = kept + skipped + failed``, always.

    Attributes:
        kept: Documents whose statements were recorded (none found counts as kept).
        skipped: Documents left out on purpose, by reason ("already in the ledger", "same document twice").
        failed: Inputs that could not be read or processed, by error code.
        statements: Statements recorded.
        words: Words read in the kept documents.
    """

    kept: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    failed: Mapping[str, int] = field(default_factory=dict)
    statements: int = 0
    words: int = 0

    @property
    def read(self) -> int:
        """Everything that came in: kept + skipped + failed."""
        return self.kept + sum(self.skipped.values()) + sum(self.failed.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution.

    Attributes:
        id: ``r`` and a hash of the method and the start.
        method: What decided the outcome.
        started: ISO 8601 in UTC, with microseconds.
        finished: ISO 8601 in UTC; None while it goes on, or if it was killed.
        cpu: Features of the processor that may change the last digits of a score ("avx512_vnni").
        counts: What became of the documents.
    """

    id: str
    method: Method
    started: str
    finished: str | None
    cpu: tuple[str, ...]
    counts: Counts
