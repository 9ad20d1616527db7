"""Worker processes on this machine, each with a session of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from onrecord.archive.gauge import Levels
from onrecord.archive.job import Job, ShardResult
from onrecord.archive.plan import Shard
from onrecord.archive.supervise import Worker
from onrecord.errors import ArchiveError
from onrecord.record.run import Method

TICK_S = 0.25


@dataclass(frozen=True, slots=True)
class Busy:
    """What one worker is at."""

    shard: Shard
    levels: Levels


class Executor(Protocol):
    """Takes shards to workers, wherever these are."""

    def method(self) -> Method:
        """The method of the stages, which are loaded for it."""
        ...

    def results(self, shards: Iterator[Shard]) -> Iterator[ShardResult | ArchiveError | None]:
        """The shards as they are finished or given up, in any order; None now and then, for the progress."""
        ...

    def busy(self) -> list[Busy]:
        """What the workers are at, as far as it is known."""
        ...

    @property
    def deaths(self) -> int:
        """How often workers died or were ended."""
        ...

    def close(self) -> None:
        """End the workers."""
        ...


class Pool:
    """So many worker processes on this machine. Close it after use."""

    def __init__(self, job: Job, workers: int) -> None:
        self._workers = [Worker(job) for _ in range(workers)]
        self._at: list[Shard | None] = [None] * workers
        self._threads: list[threading.Thread] = []
        self._results: queue.Queue[ShardResult | ArchiveError | BaseException | None] = queue.Queue()
        self._turn = threading.Lock()
        self._stop = threading.Event()

    def method(self) -> Method:
        """The method of the stages, which the first worker loads.

        Raises:
            ModelError: They cannot be loaded.
        """
        return self._workers[0].method()

    def results(self, shards: Iterator[Shard]) -> Iterator[ShardResult | ArchiveError | None]:
        """The shards as they are finished or given up, in any order; None a few times a second.

        Raises:
            OnRecordError: The run cannot go on: no model, no space.
        """
        self._threads = [
            threading.Thread(target=self._work, args=(k, shards), name=f"worker {k}", daemon=True)
            for k in range(len(self._workers))
        ]
        for thread in self._threads:
            thread.start()
        running = len(self._threads)
        while running:
            try:
                result = self._results.get(timeout=TICK_S)
            except queue.Empty:
                yield None
                continue
            if result is None:
                running -= 1
            elif isinstance(result, ShardResult | ArchiveError):
                yield result
            else:
                raise result

    def _work(self, k: int, shards: Iterator[Shard]) -> None:
        try:
            while not self._stop.is_set():
                with self._turn:
                    shard = next(shards, None)
                if shard is None:
                    break
                self._at[k] = shard
                try:
                    result: ShardResult | ArchiveError = self._workers[k].run(shard)
                except ArchiveError as error:
                    result = error
                self._at[k] = None
                self._results.put(result)
            self._results.put(None)
        except BaseException as error:  # noqa: BLE001 - it is raised again where the results are awaited
            self._results.put(error)

    def busy(self) -> list[Busy]:
        """What the workers are at."""
        pairs = zip(self._at, self._workers, strict=True)
        return [Busy(shard, worker.gauge.read()) for shard, worker in pairs if shard is not None]

    @property
    def deaths(self) -> int:
        """How often workers died or were ended."""
        return sum(worker.deaths for worker in self._workers)

    def close(self) -> None:
        """End the workers; what they had not finished is done again by the next run."""
        self._stop.set()
        for worker in self._workers:
            worker.stopping.set()
        for thread in self._threads:
            thread.join()
        for worker in self._workers:
            worker.close()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
