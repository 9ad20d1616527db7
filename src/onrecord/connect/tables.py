"""What do the tables of this stage say?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of a table without a heading; lines that begin with ``#`` are remarks."""
    text = files("onrecord.connect").joinpath(f"data/{name}").read_text("utf-8")
    for row in csv.reader(line for line in text.splitlines() if line and line[0] != "#"):
        yield tuple(row)
