"""Numbers that a worker writes and its supervisor reads, in shared memory: they outlive the worker."""

from __future__ import annotations

import mmap
import os
import tempfile
from dataclasses import dataclass

FIELDS = ("oldest", "taken", "finished", "statements", "words", "failed", "position", "beat")


@dataclass(frozen=True, slots=True)
class Levels:
    """What a worker is doing in its shard.

    Attributes:
        oldest: The first record that was begun and is not finished, counted from 0.
        taken: The record that was begun last; -1 for none.
        finished: Records that are done with, whatever became of them.
        statements: Statements found.
        words: Words read.
        failed: Records that failed.
        position: How far in the shard it is, in the measure of ``Shard.size``.
        beat: Changes with every step, so that a worker that hangs can be told.
    """

    oldest: int
    taken: int
    finished: int
    statements: int
    words: int
    failed: int
    position: int
    beat: int


class Gauge:
    """The numbers, on one page of a file without a name."""

    def __init__(self, descriptor: int | None = None) -> None:
        """A new page, or the one behind a descriptor that was handed on.

        Args:
            descriptor: The descriptor; None for a new page.
        """
        if descriptor is None:
            with tempfile.TemporaryFile() as file:
                self.descriptor = os.dup(file.fileno())
            os.ftruncate(self.descriptor, mmap.PAGESIZE)
        else:
            self.descriptor = descriptor
        self._map = mmap.mmap(self.descriptor, mmap.PAGESIZE)
        self._cells = memoryview(self._map).cast("q")
        if descriptor is None:
            self.reset()

    def reset(self) -> None:
        """Nothing begun."""
        self.set(oldest=0, taken=-1, finished=0, statements=0, words=0, failed=0, position=0)

    def set(self, **values: int) -> None:
        """Write some of the numbers."""
        for name, value in values.items():
            self._cells[FIELDS.index(name)] = value
        self._cells[FIELDS.index("beat")] += 1

    def read(self) -> Levels:
        """The numbers as they are."""
        return Levels(*self._cells[: len(FIELDS)])

    def close(self) -> None:
        """Let the page go."""
        self._cells.release()
        self._map.close()
        os.close(self.descriptor)
