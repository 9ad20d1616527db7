"""Plain tables for the terminal and for pipes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def layout(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """The rows as lines with aligned columns, the head above them; ends with a line end.

    Args:
        head: Names of the columns; empty for none.
        rows: Cells, as many in each row as there are columns.
        right: Columns, counted from 0, that are aligned to the right.

    >>> print(layout(("a", "n"), [("x", "1"), ("yy", "10")], right=[1]), end="")
    a    n
    x    1
    yy  10
    """
    lines = [head, *rows] if head else list(rows)
    columns = len(lines[0]) if lines else 0
    widths = [max(width(line[i]) for line in lines) for i in range(columns)]
    return "".join(_line(line, widths, right) + "\n" for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = [
        " " * (full - width(cell)) + cell if i in right else cell + " " * (full - width(cell))
        for i, (cell, full) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()


def width(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) != 0 for letter in text)
