"""The two calls that do the main job: :func:`read` one document, :func:`read_all` of many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import UsageError
from onrecord.record.reading import Reading

if TYPE_CHECKING:
    from onrecord.ingest import Failure, Item
    from onrecord.run import Stages

_FILE_NAME = re.compile(r"[^\n]*\.(txt|html?|xhtml|jsonl|ndjson|rss|atom|xml)(\.gz)?", re.IGNORECASE)


def read(text_or_path: str | Path, *, stages: Stages | None = None) -> Reading:
    """Who says what in this text, file or page?

    Args:
        text_or_path: A :class:`~pathlib.Path` is a file. So is a string that names one, that ends like one
            (``.txt``, ``.html``, …) or that holds no white space; one that begins with ``http://`` or
            ``https://`` and holds no white space is an address, and the network is called. Every other string
            is the text itself.
        stages: What reads it; None is the shipped stages, loaded at the first call and kept.

    Returns:
        The document with its statements. All spans are code points of ``document.text``.

    Raises:
        InputError: The file or text cannot be read (OR-1xx).
        ModelError: The model is missing or damaged (OR-3xx).
        UsageError: OR-001, the file holds several documents: use :func:`read_all`.
    """
    from onrecord.ingest import Failure, Skip

    found: Reading | None = None
    chosen = stages if stages is not None else _shipped()
    for item in _items(text_or_path):
        if isinstance(item, Failure):
            raise item.error
        if isinstance(item, Skip):
            continue
        if found is not None:
            raise UsageError("OR-001", f"{text_or_path} holds several documents", hint="Use onrecord.read_all for it.")
        found = chosen.read(item)
    if found is None:
        raise UsageError("OR-001", f"{text_or_path} holds no document")
    return found


def read_all(paths: str | Path | Iterable[str | Path], *, stages: Stages | None = None) -> Iterator[Reading | Failure]:
    """Who says what in these files, folders and addresses?

    Args:
        paths: One or several; a folder is read with all folders in it, ``-`` is standard input, and a string
            that begins with ``http://`` or ``https://`` is fetched.
        stages: What reads it; None is the shipped stages, loaded at the first call and kept.

    Returns:
        A lazy iterator in the order of the input, in bounded memory. What cannot be read is a
        :class:`~onrecord.ingest.Failure` in its place. The same document twice is read once.

    Raises:
        ModelError: The model is missing or damaged (OR-3xx).
    """
    from onrecord.ingest import read_paths
    from onrecord.run import read_stream

    targets = [paths] if isinstance(paths, str | Path) else paths
    return read_stream(read_paths(targets), stages if stages is not None else _shipped())


def _items(text_or_path: str | Path) -> Iterator[Item]:
    from onrecord.ingest import read_path, read_paths, read_text

    if isinstance(text_or_path, Path):
        return read_path(text_or_path)
    if _names_a_place(text_or_path):
        return read_paths([text_or_path])
    return iter([read_text(text_or_path)])


def _names_a_place(value: str) -> bool:
    if not value or "\n" in value:
        return False
    if not any(letter.isspace() for letter in value) or _FILE_NAME.fullmatch(value):
        # A word that names no file is more likely a mistyped path than an article; it is not read as one.
        return True
    try:
        return Path(value).is_file()
    except (OSError, ValueError):
        return False


@cache
def _shipped() -> Stages:
    from onrecord.run import Stages

    return Stages.load()
