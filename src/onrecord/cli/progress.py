"""A progress bar for long work: on stderr, and only where a person looks at it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from onrecord.cli.streams import is_terminal
from onrecord.record.run import Counts

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress:
    """Shows documents, statements and words with their rates while the work goes on.

    Args:
        show: Whether to show a bar at all; it is shown on a terminal only.
        targets: The files that are read; from them the number of documents to expect is found, if it can be.
        total: The number of documents to expect, if it is known.
    """

    def __init__(self, *, show: bool, targets: tuple[str, ...] = (), total: int | None = None) -> None:
        self._show = show and is_terminal(sys.stderr)
        self._targets = targets
        self._total = total
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        """Time since the start, in seconds."""
        return time.monotonic() - self._started

    def __enter__(self) -> Progress:
        if self._show:
            self._bar = _bar()
            self._bar.start()
            self._task = self._bar.add_task("", total=self._total or expected(self._targets), facts="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, counts: Counts) -> None:
        """Show these counts."""
        if self._bar is None or self._task is None:
            return
        seconds = max(self.seconds, 1e-9)
        facts = (
            f"{counts.read:,} documents  {counts.read / seconds:,.1f} documents/s  "
            f"{counts.words / seconds:,.0f} words/s  {counts.statements:,} statements"
        )
        self._bar.update(self._task, completed=counts.read, facts=facts)


def expected(targets: tuple[str, ...]) -> int | None:
    """How many documents will come of these targets? None if that takes reading more than lines."""
    total = 0
    for target in targets:
        path = Path(target)
        try:
            if path.suffix == ".jsonl" and path.is_file():
                with path.open("rb") as stream:
                    total += sum(not line.isspace() for line in stream)
            elif path.suffix in (".txt", ".html", ".htm") and path.is_file():
                total += 1
            else:
                return None
        except OSError:
            return None
    return total or None


def _bar() -> Bar:
    from rich import progress
    from rich.console import Console

    return progress.Progress(
        progress.SpinnerColumn(),
        progress.BarColumn(bar_width=24),
        progress.TextColumn("{task.fields[facts]}"),
        progress.TimeElapsedColumn(),
        progress.TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        # A failure written to stderr meanwhile is printed above the bar; stdout is data and left alone.
        redirect_stdout=False,
        redirect_stderr=True,
    )
