"""Progress bars for an archive, one for each worker's shard and one for all; and the closing lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from onrecord.cli.streams import is_terminal
from onrecord.cli.work import reasons
from onrecord.export.visible import counted, visible

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from onrecord.archive.driver import Snapshot
    from onrecord.archive.report import Report

MOST_BARS = 16
"""Workers that get a bar of their own."""
NAME = 28


class Bars:
    """Shows how far an archive is, on stderr, where a person looks at it.

    Args:
        show: Whether to show anything.
    """

    def __init__(self, *, show: bool) -> None:
        self._show = show and is_terminal(sys.stderr)
        self._bar: Bar | None = None
        self._total: TaskID | None = None
        self._own: list[TaskID] = []

    def __enter__(self) -> Bars:
        if self._show:
            self._bar = _bar()
            self._bar.start()
            self._total = self._bar.add_task("all", total=None, facts="loading")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, now: Snapshot) -> None:
        """Show this state of the work."""
        if self._bar is None or self._total is None:
            return
        while len(self._own) < min(len(now.busy), MOST_BARS):
            self._own.append(self._bar.add_task("", total=1, facts=""))
        for place, task in enumerate(self._own):
            if place >= len(now.busy):
                self._bar.update(task, visible=False)
                continue
            shard, levels = now.busy[place].shard, now.busy[place].levels
            facts = f"{levels.finished:,} documents  {levels.statements:,} statements"
            name = f"shard {shard.number} {visible(Path(shard.path).name)}"
            self._bar.update(
                task, description=name[:NAME], total=shard.size, completed=levels.position, facts=facts, visible=True
            )
        seconds = max(now.seconds, 1e-9)
        failed = f"  {now.failed:,} failed" if now.failed else ""
        left = now.seconds_left
        facts = (
            f"{now.done:,} of {counted(now.shards, 'shard')}  {now.documents:,} documents"
            f"  {now.documents / seconds:,.1f} documents/s  {now.words / seconds:,.0f} words/s"
            f"  {now.statements:,} statements{failed}  {clock(left)} left"
        )
        self._bar.update(self._total, total=now.size, completed=now.size_done, facts=facts)


def clock(seconds: float | None) -> str:
    """A time as people read it: 45 s, 12 min, 3 h 10 min, 4 days.

    >>> clock(11400)
    '3 h 10 min'
    """
    if seconds is None:
        return "?"
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes / 60 / 24:.1f} days"


def closing_lines(report: Report, out: Path) -> Iterator[str]:
    """What is said when an archive is done."""
    counts = report.counts
    yield (
        f"read {counts.read:,} = kept {counts.kept:,} + skipped {reasons(counts.skipped)}"
        f" + failed {reasons(counts.failed)}; {counted(counts.statements, 'statement')},"
        f" {counted(counts.words, 'word')}"
    )
    resumed = f", {report.resumed:,} of them finished before" if report.resumed else ""
    yield (
        f"{counted(report.shards, 'shard')}{resumed}; {clock(report.seconds)},"
        f" {report.documents_per_s:,.1f} documents/s, {report.words_per_s:,.0f} words/s"
        f" with {counted(report.workers, 'worker')}"
    )
    if report.deaths:
        yield f"a worker was replaced {counted(report.deaths, 'time')}"
    if report.repeated:
        yield f"{counted(report.repeated, 'document')} came in several shards; the views show each once"
    for message in report.given_up:
        yield f"given up: {visible(message)}; the same command tries it again"
    if counts.failed:
        yield f"what failed, and why: {out / 'quarantine.jsonl'}"
    yield f'the report is {out / "report.md"}; ask with `onrecord query {out} "SQL"`'


def _bar() -> Bar:
    from rich import progress
    from rich.console import Console

    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(bar_width=24),
        progress.TextColumn("{task.fields[facts]}"),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=True,
    )
