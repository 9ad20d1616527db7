"""Workers on a Ray cluster: one actor for each, and in each actor the same supervised process as on one machine.

So a document that kills its process kills no actor, limits hold everywhere, and the bytes that come out are the same.
Input and output must lie where every node finds them under the same path.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.archive.job import Job, ShardResult
from onrecord.archive.plan import Shard
from onrecord.archive.pool import Busy
from onrecord.archive.supervise import Worker
from onrecord.errors import ArchiveError, OnRecordError, UsageError
from onrecord.record.run import Method

TICK_S = 1.0
LOCAL = "local"
"""The address that stands for a cluster of this machine alone, started for the run."""
ATTEMPTS = 4
"""So often a shard is given to another actor when its node is lost."""


class RayPool:
    """So many workers on a cluster. Close it after use.

    Args:
        job: What is to be done.
        workers: How many; with an autoscaling cluster this is what it grows to.
        address: Of the cluster (``auto``, ``ray://host:port``), or ``local``.

    Raises:
        UsageError: OR-003, ray is not installed; OR-001, there is no cluster at that address.
    """

    def __init__(self, job: Job, workers: int, address: str) -> None:
        try:
            import ray
        except ImportError as error:
            raise UsageError(
                "OR-003", "--ray needs ray, which is not installed", hint="pip install 'onrecord[ray]'"
            ) from error
        self._ray = ray
        self._job = job
        self._ours = not ray.is_initialized()
        if self._ours:
            place = {"num_cpus": workers * job.threads} if address == LOCAL else {"address": address}
            try:
                ray.init(**place, log_to_driver=False, include_dashboard=False, configure_logging=False)
            except (ConnectionError, RuntimeError, ValueError) as error:
                raise UsageError("OR-001", f"no Ray cluster at {address}: {error}") from error
        self._kind: Any = ray.remote(num_cpus=job.threads, max_restarts=-1, max_task_retries=0)(_Actor)
        self._actors: list[Any] = [self._kind.remote(job) for _ in range(workers)]
        self._deaths = 0
        self._at: dict[Any, tuple[Any, Shard, int]] = {}

    def method(self) -> Method:
        """The method of the stages, which the first actor loads.

        Raises:
            ModelError: They cannot be loaded.
        """
        method: Method = self._unwrapped(self._actors[0].method.remote())
        return method

    def results(self, shards: Iterator[Shard]) -> Iterator[ShardResult | ArchiveError | None]:
        """The shards as they are finished or given up, in any order; None about once a second."""
        for actor in self._actors:
            self._next(actor, shards)
        while self._at:
            ready, _ = self._ray.wait(list(self._at), timeout=TICK_S)
            if not ready:
                yield None
                continue
            actor, shard, attempt = self._at.pop(ready[0])
            try:
                result: ShardResult | ArchiveError = self._unwrapped(ready[0])
            except ArchiveError as error:
                result = error
            except self._ray.exceptions.RayActorError as error:
                # The node is gone; Ray starts the actor again where there is room.
                self._deaths += 1
                if attempt < ATTEMPTS:
                    self._at[actor.run.remote(shard)] = (actor, shard, attempt + 1)
                    continue
                result = ArchiveError("OR-508", f"shard {shard.number} ({shard.path}) was given up: {error}")
            self._next(actor, shards)
            yield result

    def _next(self, actor: Any, shards: Iterator[Shard]) -> None:
        if (shard := next(shards, None)) is not None:
            self._at[actor.run.remote(shard)] = (actor, shard, 1)

    def _unwrapped(self, reference: Any) -> Any:
        try:
            return self._ray.get(reference)
        except self._ray.exceptions.RayTaskError as error:
            cause = error.cause
            if isinstance(cause, OnRecordError):
                raise cause from None
            raise

    def busy(self) -> list[Busy]:
        """Nothing: how far a shard is stays on its node."""
        return []

    @property
    def deaths(self) -> int:
        """How often actors were lost."""
        return self._deaths

    def close(self) -> None:
        """Let the actors go, and the cluster if it was started for this run."""
        for actor in self._actors:
            self._ray.kill(actor)
        if self._ours:
            self._ray.shutdown()


class _Actor:
    """A worker on some node."""

    def __init__(self, job: Job) -> None:
        self._worker = Worker(job)

    def method(self) -> Method:
        return self._worker.method()

    def run(self, shard: Shard) -> ShardResult:
        return self._worker.run(shard)
