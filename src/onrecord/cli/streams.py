"""What goes to stdout, what goes to stderr, and how a file comes to be there only when it is whole."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import InputError, OnRecordError
from onrecord.export.visible import visible


class Stopped(Exception):  # noqa: N818 - a person stopped the work; that is no error
    """The work was stopped half-way; the message says what was kept."""


def note(line: str) -> None:
    """Tell the user something that is not data."""
    tell(f"onrecord: {line}")


def show_error(error: OnRecordError, *, as_json: bool, hint: bool = True) -> None:
    """Show an error on stderr, as a line and its hint or as one JSON object."""
    if as_json:
        tell(dumps({"error": error_to_json(error)}))
    else:
        note(f"error {error.code}: {visible(error.message)}" + (f"\nhint: {error.hint}" if hint else ""))


def error_to_json(error: OnRecordError) -> dict[str, object]:
    """The JSON form of an error: code, message, hint."""
    return {"code": error.code, "message": error.message, "hint": error.hint}


def tell(line: str) -> None:
    """Write a line to stderr as it is."""
    # stderr may be closed or full; what cannot be said must not hide the exit code.
    try:
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - the one place that speaks to the user
    except (OSError, ValueError):
        return


def dumps(value: object, *, indent: int | None = None) -> str:
    """JSON text of `value`, readable where it can be: letters stay letters unless UTF-8 cannot carry them."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # Lone surrogates travel as \uD800 escapes and read back as they were.
        return json.dumps(value, ensure_ascii=True, indent=indent, allow_nan=False)
    return text


class Sink:
    """Where data is written, one text at a time.

    Attributes:
        stream: The bytes below, for writers of other formats.
        size: Bytes written by :meth:`write` up to the last text that was written whole.
    """

    def __init__(self, stream: BinaryIO, path: Path | None = None) -> None:
        self.stream = stream
        self._path = path
        self.size = 0

    def write(self, text: str) -> None:
        """Write `text` as UTF-8 and pass it on at once, so that the next program in the pipe can work.

        Raises:
            InputError: OR-110, the file cannot be written.
        """
        data = text.encode("utf-8", errors="replace")
        try:
            self.stream.write(data)
        except OSError as error:
            raise self._told(error) from error
        self.flush()
        self.size += len(data)

    def flush(self) -> None:
        """Pass on what was written.

        Raises:
            InputError: OR-110, the file cannot be written.
        """
        try:
            self.stream.flush()
        except OSError as error:
            raise self._told(error) from error

    def _told(self, error: OSError) -> Exception:
        # On stdout, a closed pipe must stay what it is: the reader has had enough.
        return error if self._path is None else _unwritable(self._path, error)

    def write_json(self, value: object, *, indent: int | None = None) -> None:
        """Write `value` as JSON and a line end."""
        self.write(dumps(value, indent=indent) + "\n")


@contextmanager
def open_sink(path: str | None) -> Iterator[Sink]:
    """A place for data: stdout for None and ``-``, else a file that appears when it is whole.

    If the work is stopped or fails after something was written, the file that was there before stays as it
    was, and what was finished is left beside it under the same name with ``.partial``.

    Raises:
        InputError: OR-110, the file cannot be written.
    """
    if path is None or path == "-":
        yield Sink(sys.stdout.buffer)
        return
    target = Path(path)
    try:
        special = target.exists() and not stat.S_ISREG(target.stat().st_mode)
        if special:
            # A device or a named pipe is written to, not replaced by a file.
            with target.open("wb") as stream:
                yield Sink(stream, target)
            return
    except OSError as error:
        raise _unwritable(target, error) from error
    with _whole_file(target.resolve()) as sink:
        yield sink


@contextmanager
def _whole_file(target: Path) -> Iterator[Sink]:
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    try:
        stream = draft.open("xb")
    except OSError as error:
        raise _unwritable(target, error) from error
    sink = Sink(stream, target)
    try:
        yield sink
        os.fsync(stream.fileno())
        stream.close()
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        draft.replace(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        # After a full disk the stream still holds bytes that it cannot write.
        with suppress(OSError):
            stream.close()
        if draft.exists():
            _keep_finished(draft, target, sink.size)


def _keep_finished(draft: Path, target: Path, size: int) -> None:
    with suppress(OSError):
        if size:
            os.truncate(draft, size)
            draft.replace(partial_path(target))
        else:
            draft.unlink()


def partial_path(target: Path) -> Path:
    """Where the finished part of `target` is left if the work does not come to its end."""
    return target.with_name(target.name + ".partial")


def _unwritable(target: Path, error: OSError) -> InputError:
    return InputError("OR-110", f"{target}: {error.strerror or error}")


def quiet_stdout() -> None:
    """Let nothing more be written to a stdout that nobody reads."""
    try:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())
        os.close(sink)
    except (OSError, ValueError):
        return


def is_terminal(stream: object) -> bool:
    """Is this stream a terminal that a person looks at?"""
    isatty = getattr(stream, "isatty", None)
    try:
        return bool(isatty and isatty()) and os.environ.get("TERM") != "dumb"
    except ValueError:
        return False
