"""The book-keeping of a command that goes through documents: failures, progress, counts and the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from onrecord.cli.progress import Progress
from onrecord.cli.streams import Stopped, dumps, note, show_error, tell
from onrecord.errors import EXIT_OK, EXIT_SOME_FAILED, OnRecordError
from onrecord.export.visible import counted
from onrecord.record.flat import counts_to_json
from onrecord.record.run import Counts

if TYPE_CHECKING:
    from onrecord.ingest import Failure
    from onrecord.run import Quarantine

SHOWN_FAILURES = 20
"""Failures shown one by one; the others are counted, and all of them go to the quarantine."""


class Work:
    """What became of the documents of this command?

    Used as a context: at its end the counts are told on stderr, and when it is stopped, what was kept. The
    run tells it of failures and of progress.

    Args:
        as_json: Whether messages on stderr are JSON objects.
        allow_failures: Whether to end with 0 although some items failed.
        quarantine: A file for the items that failed, or None.
        bar: Whether to show a progress bar.
        targets: What is read, for the time left.
        brief: Say nothing at the end if there was one document only.
        silent: Say nothing at the end, since the command prints the counts itself.
        kept_where: What to say of the documents kept when the work is stopped.
    """

    def __init__(
        self,
        *,
        as_json: bool,
        allow_failures: bool,
        quarantine: str | None,
        bar: bool = True,
        targets: tuple[str, ...] = (),
        brief: bool = False,
        silent: bool = False,
        kept_where: Callable[[Counts], str] | None = None,
    ) -> None:
        self.counts = Counts()
        self._as_json = as_json
        self._allow_failures = allow_failures
        self._quarantine_path = quarantine
        self._quarantine: Quarantine | None = None
        self._brief = brief
        self._silent = silent
        self._kept_where = kept_where
        self._bar = Progress(show=bar and not as_json, targets=targets)
        self._stack = ExitStack()
        self._shown: Counter[str] = Counter()
        self._first_error: OnRecordError | None = None

    def __enter__(self) -> Work:
        if self._quarantine_path is not None:
            from onrecord.run import Quarantine

            self._quarantine = self._stack.enter_context(Quarantine(self._quarantine_path))
        self._stack.enter_context(self._bar)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)
        stopped = kind is not None and issubclass(kind, KeyboardInterrupt)
        if stopped or (kind is None and not self._silent):
            self._tell_counts()
        if stopped:
            raise Stopped(self._kept_where(self.counts) if self._kept_where else "") from error

    @property
    def exit_code(self) -> int:
        """0; or 1 if some items failed; or the code of the first error if nothing but failures came in."""
        if self._first_error is None:
            return EXIT_OK
        if not self.counts.kept and not self.counts.skipped:
            return self._first_error.exit_code
        return EXIT_OK if self._allow_failures else EXIT_SOME_FAILED

    def progress(self, counts: Counts) -> None:
        """The counts so far."""
        self.counts = counts
        self._bar.show(counts)

    def write(self, failure: Failure) -> None:
        """One more item could not be read."""
        error = failure.error
        self._first_error = self._first_error or error
        if self._quarantine is not None:
            self._quarantine.write(failure)
        shown = sum(self._shown.values())
        if shown < SHOWN_FAILURES:
            show_error(error, as_json=self._as_json, hint=error.code not in self._shown)
        elif shown == SHOWN_FAILURES:
            note("further failures are counted, not shown; --quarantine FILE keeps all of them")
        self._shown[error.code] += 1

    def _tell_counts(self) -> None:
        counts = self.counts
        if self._as_json:
            tell(dumps({"counts": counts_to_json(counts), "seconds": round(self._bar.seconds, 3)}))
        elif not (self._brief and counts.read == 1):
            note(counts_line(counts, self._bar.seconds))


def counts_line(counts: Counts, seconds: float) -> str:
    """The counts as a sum that adds up, by reason, and how long it took."""
    line = (
        f"read {counts.read:,} = kept {counts.kept:,} + skipped {reasons(counts.skipped)}"
        f" + failed {reasons(counts.failed)}; {counted(counts.statements, 'statement')},"
        f" {counted(counts.words, 'word')} in {seconds:,.1f} s"
    )
    if counts.kept and seconds > 0:
        line += f" ({counts.kept / seconds:,.1f} documents/s, {counts.words / seconds:,.0f} words/s)"
    return line


def reasons(counts: Mapping[str, int]) -> str:
    """How many in all, and for which reasons: ``3 (OR-101: 1, OR-102: 2)``."""
    each = ", ".join(f"{reason}: {number:,}" for reason, number in sorted(counts.items()))
    return f"{sum(counts.values()):,}" + (f" ({each})" if each else "")
