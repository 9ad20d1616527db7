"""Where do I find what could not be read? One line of JSON for each failure."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.ingest import Failure


def failure_to_json(failure: Failure) -> dict[str, object]:
    """The public JSON form of a failure.

    ``path``, ``record`` and ``byte_offset`` tell where (null where that makes no sense), ``digest`` is the
    sha256 of the bytes or null if none were read; ``code``, ``message`` and ``hint`` tell why.
    """
    origin, error = failure.origin, failure.error
    return {
        "path": origin.path,
        "record": origin.record,
        "byte_offset": origin.byte_offset,
        "digest": origin.digest or None,
        "code": error.code,
        "message": error.message,
        "hint": error.hint,
    }


class Quarantine:
    """A JSON Lines file of failures, whole lines only.

    Raises:
        InputError: OR-110, the file cannot be written.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        try:
            # Without a buffer, which would be written once more, and fail once more, when it is closed.
            self._file: BinaryIO = self.path.open("wb", buffering=0)
        except (OSError, ValueError) as error:
            raise self._unwritable(error) from None

    def write(self, failure: Failure) -> None:
        """Adds one failure; it is in the file when this returns."""
        line = json.dumps(failure_to_json(failure)).encode("ascii") + b"\n"
        try:
            while line:
                line = line[self._file.write(line) :]
        except OSError as error:
            raise self._unwritable(error) from None

    def close(self) -> None:
        """Closes the file."""
        try:
            self._file.close()
        except OSError as error:
            raise self._unwritable(error) from None

    def __enter__(self) -> Quarantine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _unwritable(self, error: OSError | ValueError) -> InputError:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return InputError("OR-110", f"cannot write {self.path}: {why}")
