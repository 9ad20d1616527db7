"""A worker process: loads the stages once, and takes shards from its supervisor until there are no more.

Pickled messages come on standard input and go to what was standard output; what
libraries print goes to standard error. The supervisor can end it at any time: nothing of a shard is seen before it is
whole.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Literal, cast

from onrecord.archive.gauge import Gauge
from onrecord.archive.job import Job, ShardResult
from onrecord.archive.plan import Shard
from onrecord.archive.work import ShardWork
from onrecord.errors import ModelError, OnRecordError
from onrecord.record.run import Method
from onrecord.run.contract import Reads

_LENGTH = struct.Struct("<Q")
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True, slots=True)
class Start:
    """The first message: what to do, and where to tell how far it is."""

    job: Job
    descriptor: int
    path: tuple[str, ...]
    parent: int


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to take through the stages, or some of its records to read one at a time."""

    shard: Shard
    blamed: dict[int, tuple[str, str]]
    one_by_one: bool = False
    probe: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a message.

    Attributes:
        kind: *ready* (the stages are loaded), *done*, *error* (nothing more can be done), *fault* (of the program).
        method: Of the stages.
        result: The finished shard; None after a probe.
        error: The error.
        fault: The fault's last line.
    """

    kind: Literal["ready", "done", "error", "fault"]
    method: Method | None = None
    result: ShardResult | None = None
    error: OnRecordError | None = None
    fault: str | None = None


def send(stream: IO[bytes], message: object) -> None:
    """One message with its length before it."""
    data = pickle.dumps(message)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> object:
    """The next message.

    Raises:
        EOFError: The other side is gone.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    size = _LENGTH.unpack(head)[0]
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)


def load_stages(job: Job) -> Reads:
    """The stages that the job names.

    Raises:
        ModelError: OR-301 missing, OR-302 damaged, OR-303 not loadable.
        InputError: The user's table of actors cannot be read.
    """
    module, _, name = job.loader.partition(":")
    found: object = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return cast("Callable[..., Reads]", found)(job.model, threads=job.threads, actors=job.actors)


def main() -> None:
    """Work until the supervisor is gone."""
    inbox, outbox = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Ctrl-C goes to the whole group; the supervisor decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start = cast("Start", receive(inbox))
    _die_with(start.parent)
    sys.path[:] = [*start.path]
    gauge = Gauge(start.descriptor)
    try:
        stages = load_stages(start.job)
    except OnRecordError as error:
        send(outbox, Answer("error", error=error))
        return
    send(outbox, Answer("ready", method=stages.method))
    with contextlib.suppress(EOFError, BrokenPipeError):
        while (task := receive(inbox)) is not None:
            send(outbox, _answer(start.job, cast("Task", task), stages, gauge))


def _answer(job: Job, task: Task, stages: Reads, gauge: Gauge) -> Answer:
    work = ShardWork(job, task.shard, stages, gauge, task.blamed)
    try:
        if task.probe is not None:
            work.probe(*task.probe)
            return Answer("done")
        return Answer("done", result=work.run(one_by_one=task.one_by_one))
    except OnRecordError as error:
        return Answer("error", error=error)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a document sets off must not end the whole run
        traceback.print_exc()
        return Answer("fault", fault=type(error).__name__)


def _die_with(parent: int) -> None:
    """End when the supervisor ends, however that happens."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        raise ModelError("OR-303", "the supervisor of this worker is gone")
