"""A worker process that is watched: it may die, hang or swell, and its shard is finished all the same.

When a worker dies in a shard, the records that it held are read again one at a time by a new one. The one that kills
that one too is to blame: it goes to the quarantine, and the shard is done again without it. If none does, it was no
document's fault, and the shard is simply done again.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, cast

from onrecord.archive.child import Answer, Start, Task, receive, send
from onrecord.archive.gauge import Gauge, Levels
from onrecord.archive.job import ANY_LANGUAGE, Job, ShardResult
from onrecord.archive.libraries import need
from onrecord.archive.plan import Shard
from onrecord.errors import ArchiveError, ModelError, UsageError
from onrecord.record.run import Method

POLL_S = 0.1
LOADING_S = 600.0
"""A worker that has not loaded the stages after so long never will."""
DEATHS = 6
"""A shard whose worker died so often for no document's fault is given up."""
CAREFUL = 2
"""After so many of these deaths the shard is read one document at a time."""


class Died(Exception):  # noqa: N818 - told between this module's functions alone
    """The worker is gone, or was ended.

    Attributes:
        code: Which error that is, should a document be to blame.
        message: Likewise.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class Worker:
    """A supervised worker process; a dead one is replaced. Belongs to one thread.

    Attributes:
        gauge: What it is doing.
        deaths: How often it died or was ended.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self.gauge = Gauge()
        self.deaths = 0
        self.stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the worker
        self._method: Method | None = None

    def method(self) -> Method:
        """The method of the stages; loads them.

        Raises:
            ModelError: They cannot be loaded.
        """
        self._running()
        assert self._method is not None
        return self._method

    def run(self, shard: Shard) -> ShardResult:
        """Finish a shard, whatever its documents do.

        Raises:
            ArchiveError: OR-508, its worker died too often.
            InputError: OR-110, the parts cannot be written.
            ModelError: There is no model to read with.
        """
        blamed: dict[int, tuple[str, str]] = {}
        unexplained = 0
        while True:
            careful = unexplained >= CAREFUL
            self.gauge.reset()
            try:
                answer = self._ask(Task(shard, blamed, one_by_one=careful))
            except Died as death:
                levels = self.gauge.read()
                guilty = self._guilty(shard, blamed, levels)
                if guilty is not None:
                    blamed[guilty[0]] = guilty[1]
                    continue
                unexplained += 1
                if unexplained >= DEATHS:
                    raise ArchiveError(
                        "OR-508", f"shard {shard.number} ({shard.path}) was given up: {death.message}"
                    ) from None
            else:
                assert answer.result is not None
                return answer.result

    def _guilty(
        self, shard: Shard, blamed: dict[int, tuple[str, str]], levels: Levels
    ) -> tuple[int, tuple[str, str]] | None:
        """Which of the records that were open kills a worker by itself, and how?"""
        if levels.taken < 0:
            return None
        self.gauge.reset()
        try:
            self._ask(Task(shard, blamed, probe=(levels.oldest, levels.taken)))
        except Died as death:
            guilty = self.gauge.read().taken
            return None if guilty < 0 else (guilty, (death.code, death.message))
        return None

    def _ask(self, task: Task) -> Answer:
        """Give the worker something to do, and watch it.

        Raises:
            Died: It is gone.
            OnRecordError: It says that nothing can be done.
        """
        process = self._running()
        assert process.stdin is not None
        try:
            send(process.stdin, task)
        except OSError:
            raise self._died() from None
        answer = self._answer(process, self._job.time_limit_s)
        if answer.kind == "error":
            assert answer.error is not None
            raise answer.error
        if answer.kind == "fault":
            # What the fault left behind in the stages is not known: a new process knows nothing of it.
            self._end()
            raise Died("OR-507", f"a fault of onrecord while the document was read ({answer.fault})")
        return answer

    def _answer(self, process: subprocess.Popen[bytes], limit_s: float) -> Answer:
        assert process.stdout is not None
        beat, since = -1, time.monotonic()
        while not select.select([process.stdout], [], [], POLL_S)[0]:
            if self.stopping.is_set():
                self._end()
                raise KeyboardInterrupt
            now = self.gauge.read()
            if now.beat != beat:
                beat, since = now.beat, time.monotonic()
            # Before the first document there are libraries to load, which is no document's fault.
            elif time.monotonic() - since > (limit_s if now.taken >= 0 else LOADING_S):
                self._end()
                raise Died("OR-504", f"reading the document took longer than {limit_s:g} s")
            if resident_mb(process.pid) > self._job.memory_limit_mb:
                self._end()
                raise Died("OR-505", f"reading the document took more than {self._job.memory_limit_mb} MB of memory")
        try:
            return cast("Answer", receive(process.stdout))
        except EOFError:
            raise self._died() from None

    def _died(self) -> Died:
        process = self._process
        code = process.wait() if process is not None else 0
        self._end()
        why = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return Died("OR-506", f"the process that read the document died ({why})")

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, started if there is none.

        Raises:
            ModelError: OR-303, it does not come up; or what it says of its model.
        """
        if self._process is not None and self._process.poll() is None:
            return self._process
        for _ in range(3):
            process = self._start()
            try:
                answer = self._answer(process, LOADING_S)
            except Died:
                continue
            if answer.error is not None:
                self._end()
                raise answer.error
            self._method = answer.method
            return process
        raise ModelError("OR-303", f"a worker does not start: {self._last_words() or 'it says nothing'}")

    def _start(self) -> subprocess.Popen[bytes]:
        self._end()
        self._said.seek(0)
        self._said.truncate()
        # One thread pool of ours is enough: those of libraries would fight over the same processors.
        environment = os.environ | {
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "TOKENIZERS_PARALLELISM": "false",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", "from onrecord.archive.child import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            pass_fds=(self.gauge.descriptor,),
            env=environment | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        self._process = process
        self.gauge.reset()
        assert process.stdin is not None
        start = Start(self._job, self.gauge.descriptor, tuple(sys.path), os.getpid())
        with contextlib.suppress(OSError):  # it may be gone already; asking for its answer tells so
            send(process.stdin, start)
        return process

    def _end(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        self.deaths += process.poll() is not None or not self.stopping.is_set()
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                continue

    def _last_words(self) -> str:
        self._said.seek(0)
        lines = self._said.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""

    def close(self) -> None:
        """End the process and let its memory go."""
        self.stopping.set()
        self._end()
        self._said.close()
        self.gauge.close()


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MB; 0 where the system does not say."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def check_system(job: Job) -> None:
    """Can this be done here?

    Raises:
        UsageError: OR-001, not on this system, or the output lies in the input; OR-003, a library is missing.
    """
    if os.name != "posix":
        raise UsageError("OR-001", "`onrecord process` needs Linux or another POSIX system")
    for given in job.inputs:
        # Not `Path.is_dir`: what may not be looked at is told when it is read.
        if os.path.isdir(given) and job.out.resolve().is_relative_to(Path(given).resolve()):  # noqa: PTH112
            raise UsageError("OR-001", f"{job.out} lies in {given}, which is read", hint="Choose a folder beside it.")
    detector = () if ANY_LANGUAGE in job.languages else ("py3langid",)
    need("pyarrow", "duckdb", *detector, what="`onrecord process`")
