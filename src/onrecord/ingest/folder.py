"""Which files of a folder are to be read?"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import InputError
from onrecord.ingest.items import Failure, Skip
from onrecord.ingest.sniff import kind_of_name
from onrecord.record.document import Origin

UNKNOWN_KIND = "unknown kind of file"
NOT_A_FILE = "not a regular file"
LINKED_FOLDER = "a link to a folder"


def files_of(folder: Path) -> Iterator[Path | Failure | Skip]:
    """Which files lie in this folder and the folders in it, in the order of their names?

    Hidden files and folders (``.git``, ``.DS_Store``) are passed over without a word. Everything else is
    accounted
    for: a file with a suffix that onrecord does not read is a Skip, and so is a link to a folder, since it
    may lead back up; a folder that may not be listed is a Failure. Files without any suffix are read.
    """
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(origin=bare_origin(str(folder)), error=cannot_read(str(folder), error))
        return
    for entry in found:
        path = Path(entry.path)
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from files_of(path)
                continue
            mode = entry.stat().st_mode
        except OSError as error:
            yield Failure(origin=bare_origin(entry.path), error=cannot_read(entry.path, error))
            continue
        if stat.S_ISDIR(mode):
            yield _skip(entry.path, LINKED_FOLDER)
        elif not stat.S_ISREG(mode):
            yield _skip(entry.path, NOT_A_FILE)
        elif path.suffix and kind_of_name(entry.name) is None:
            yield _skip(entry.path, UNKNOWN_KIND)
        else:
            yield path


def bare_origin(path: str | None) -> Origin:
    """The origin of something whose bytes could not be read."""
    return Origin(kind="file", path=path, digest="")


def shown(path: str) -> str:
    """The path as messages name it: escaped if it holds line ends, control characters or bytes that are no
    text."""
    return path if path.isprintable() else repr(path)


def cannot_read(path: str, error: OSError | ValueError) -> InputError:
    """The error OR-101 for what the system said about this path."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError("OR-101", f"cannot read {shown(path)}: {why}")


def _skip(path: str, reason: str) -> Skip:
    return Skip(origin=bare_origin(path), reason=reason)
