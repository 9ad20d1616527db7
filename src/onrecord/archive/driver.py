"""From inputs to a folder of parts: plan, hand out, resume, account for everything."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from onrecord.archive.job import (
    QUARANTINE,
    Job,
    ShardResult,
    agree,
    done_shards,
    failures_path,
    opened,
    write_run,
)
from onrecord.archive.parts import part_path, unwritable, write_whole
from onrecord.archive.plan import Shard, plan_shards
from onrecord.archive.pool import Busy, Executor, Pool
from onrecord.archive.repeats import count_repeats
from onrecord.archive.report import Report, examples_of, sizes_of, summed, write_report
from onrecord.archive.schema import TABLES
from onrecord.archive.supervise import Worker, check_system
from onrecord.errors import ArchiveError
from onrecord.record.flat import counts_to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """How far the work is.

    Attributes:
        shards: All of them.
        done: Those that are finished.
        size: How much input there is, bytes and rows together.
        size_done: How much of it is behind us, the workers' own progress included.
        size_before: How much of that earlier runs had done.
        documents: Documents of this run so far, of every fate.
        words: Words of this run so far.
        statements: Statements of this run so far.
        failed: Failures of this run so far.
        seconds: Since this run began.
        busy: What the workers are at.
    """

    shards: int
    done: int
    size: int
    size_done: int
    size_before: int
    documents: int
    words: int
    statements: int
    failed: int
    seconds: float
    busy: tuple[Busy, ...]

    @property
    def seconds_left(self) -> float | None:
        """How long it will take at this speed; None if nothing is done yet."""
        done = self.size_done - self.size_before
        return (self.size - self.size_done) * self.seconds / done if done > 0 else None


def process(
    job: Job,
    *,
    workers: int = 1,
    ray: str | None = None,
    progress: Callable[[Snapshot], None] | None = None,
    metrics: Path | None = None,
) -> Report:
    """Read an archive into a folder of Parquet parts, or go on where that was stopped.

    The parts are the same bytes for any number of workers, on one machine or a cluster, stopped in between or not.

    Args:
        job: What is to be done.
        workers: Worker processes.
        ray: Address of a Ray cluster; None for this machine.
        progress: Told a few times a second how far the work is.
        metrics: A file that is kept up to date in the text format of Prometheus.

    Returns:
        The account, which is also in ``report.json`` and ``report.md``.

    Raises:
        ArchiveError: OR-501 the folder holds a run of another configuration, or the input has changed; OR-502 it
            holds something else; OR-503 another process works on it.
        ModelError: There is no model to read with.
        InputError: OR-110, the output cannot be written.
        UsageError: OR-003, a library is missing.
    """
    check_system(job)
    with opened(job), closing(_executor(job, workers, ray)) as executor:
        configuration = job.configuration(executor.method())
        agree(job, configuration)
        run = _Run(job, executor, workers, progress, metrics)
        report = run.finish()
        counts = counts_to_json(report.counts) | {"repeated": report.repeated, "shards": report.shards}
        if not report.given_up:
            write_run(job.out, configuration, counts=counts)
        write_report(job.out, report)
        return report


def begin(job: Job) -> list[Shard]:
    """Which shards are left to do? For schedulers of your own (docs/process.md shows Spark).

    Give each to :func:`work_on`, anywhere where the paths of `job` lead to the same files; then call :func:`process`,
    which finds them finished and writes the account.

    Raises:
        OnRecordError: As :func:`process`.
    """
    check_system(job)
    with opened(job), closing(Pool(job, 1)) as executor:
        agree(job, job.configuration(executor.method()))
        shards = list(plan_shards(job.inputs, job.shard_bytes))
        finished = finished_shards(job, shards)
        return [shard for shard in shards if shard.number not in finished]


def work_on(job: Job, shards: Iterable[Shard]) -> None:
    """Finish these shards with one supervised worker process, which is started and ended here.

    Raises:
        OnRecordError: A shard cannot be finished.
    """
    with closing(Worker(job)) as worker:
        for shard in shards:
            worker.run(shard)


def finished_shards(job: Job, shards: Iterable[Shard]) -> dict[int, ShardResult]:
    """Those of these shards that are finished, by number.

    Raises:
        ArchiveError: OR-501, the input of one has changed since.
    """
    plan = {shard.number: shard for shard in shards}
    found: dict[int, ShardResult] = {}
    for result in done_shards(job.out):
        shard = plan.get(result.number)
        # Through JSON and back, as the marker went.
        if shard is None or json.loads(json.dumps(shard.identity())) != result.identity:
            path = shard.path if shard is not None else "its file"
            raise ArchiveError("OR-501", f"the input of shard {result.number} has changed since it was read: {path}")
        if all(part_path(job.out, table, result.number).is_file() for table in TABLES):
            found[result.number] = result
    return found


def _executor(job: Job, workers: int, ray: str | None) -> Executor:
    if ray is None:
        return Pool(job, workers)
    from onrecord.archive.cluster import RayPool

    return RayPool(job, workers, ray)


class _Run:
    """One call of :func:`process`."""

    def __init__(
        self,
        job: Job,
        executor: Executor,
        workers: int,
        progress: Callable[[Snapshot], None] | None,
        metrics: Path | None,
    ) -> None:
        self._job, self._executor, self._workers = job, executor, workers
        self._progress, self._metrics = progress, metrics
        self._began = time.monotonic()
        self._told = 0.0
        self._shards = list(plan_shards(job.inputs, job.shard_bytes))
        self._before = finished_shards(job, self._shards)
        self._new: dict[int, ShardResult] = {}
        self._given_up: list[str] = []

    def finish(self) -> Report:
        """Do what is left, and account for all of it."""
        left = iter([shard for shard in self._shards if shard.number not in self._before])
        for result in self._executor.results(left):
            if isinstance(result, ShardResult):
                self._new[result.number] = result
            elif result is not None:
                self._given_up.append(result.message)
            self._tell()
        self._tell(at_once=True)
        numbers = sorted(self._before.keys() | self._new.keys())
        _join_quarantine(self._job.out, numbers)
        repeated = count_repeats(self._job.out, numbers)
        report = self._report(numbers, repeated)
        self._write_metrics(report)
        return report

    def _report(self, numbers: list[int], repeated: int) -> Report:
        results = {**self._before, **self._new}
        languages: Counter[str] = Counter()
        for result in results.values():
            languages.update(result.languages)
        return Report(
            counts=summed(results.values()),
            shards=len(self._shards),
            resumed=len(self._before),
            given_up=tuple(self._given_up),
            repeated=repeated,
            languages=dict(languages.most_common()),
            seconds=time.monotonic() - self._began,
            new=summed(self._new.values()),
            bytes_text=sum(result.bytes_in for result in results.values()),
            bytes_out=sizes_of(self._job.out, numbers),
            deaths=self._executor.deaths,
            workers=self._workers,
            examples=examples_of(self._job.out, numbers),
        )

    def _tell(self, *, at_once: bool = False) -> None:
        if self._progress is None and self._metrics is None:
            return
        snapshot = self._snapshot()
        if self._progress is not None:
            self._progress(snapshot)
        if self._metrics is not None and (at_once or time.monotonic() - self._told > 5):
            self._told = time.monotonic()
            self._write_metrics(self._report([], 0))

    def _snapshot(self) -> Snapshot:
        busy = tuple(self._executor.busy())
        live = [one.levels for one in busy]
        new = summed(self._new.values())
        sizes = {shard.number: shard.size for shard in self._shards}
        before = sum(sizes[number] for number in self._before)
        return Snapshot(
            shards=len(self._shards),
            done=len(self._before) + len(self._new),
            size=sum(sizes.values()),
            size_done=before + sum(sizes[number] for number in self._new) + sum(one.position for one in live),
            size_before=before,
            documents=new.read + sum(one.finished for one in live),
            words=new.words + sum(one.words for one in live),
            statements=new.statements + sum(one.statements for one in live),
            failed=sum(new.failed.values()) + sum(one.failed for one in live),
            seconds=time.monotonic() - self._began,
            busy=busy,
        )

    def _write_metrics(self, report: Report) -> None:
        if self._metrics is None:
            return
        try:
            write_whole(self._metrics, report.to_prometheus().encode("utf-8"))
        except OSError as error:
            raise unwritable(self._metrics, error) from error


def _join_quarantine(out: Path, numbers: list[int]) -> None:
    """One file of all failures, in the order of the shards."""
    target = out / QUARANTINE
    draft = target.with_name(f".{QUARANTINE}.{os.getpid()}.draft")
    try:
        with draft.open("wb") as whole:
            for number in numbers:
                with failures_path(out, number).open("rb") as own:
                    shutil.copyfileobj(own, whole)
        draft.replace(target)
    except OSError as error:
        raise unwritable(target, error) from error
