"""Where commands write for people: wrapped and in colours on a terminal, plain and stable on a pipe.

A command hands over lines made of pieces (see :mod:`onrecord.export.wording`). On a terminal that shows colours
each piece has the style of its look, long lines are wrapped, and what stands beside a label keeps clear of it.
Elsewhere a line is one line of letters, so that `grep` and `diff` work.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from onrecord.cli.streams import Sink, is_terminal
from onrecord.export.wording import Line, Look, Piece, plain_line

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

MAX_WIDTH = 96
WIDE = 120
"""Columns from which on two texts are shown beside each other."""
MAX_WIDE = 176
# The sixteen named colours follow the theme of the terminal, light or dark.
LOOKS: dict[Look, str] = {
    "actor": "bold magenta",
    "open": "italic red",
    "unnamed": "italic magenta",
    "word": "",
    "quote": "",
    "soft": "dim",
    "title": "bold",
    "direct": "yellow",
    "indirect": "cyan",
    "mixed": "green",
    "cue": "italic",
    "found": "bold reverse",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A line on its place.

    Attributes:
        indent: Columns to leave free before it.
        label: What stands before it; empty for nothing.
        line: What it says.
    """

    indent: int
    label: str
    line: Line


class Paper:
    """Writes lines to stdout.

    Attributes:
        coloured: Whether it is a terminal that shows colours, and the user wants them.
        width: Columns to write in; None where lines are not wrapped.
        wide: Whether there is room for two texts beside each other.
    """

    def __init__(self, *, plain: bool = False, wide: bool = False) -> None:
        """Args: whether the user wants no colours, and whether what is written can stand in two columns."""
        self.coloured = colours(sys.stdout, plain=plain)
        self._sink = Sink(sys.stdout.buffer)
        self._console: Console | None = None
        if self.coloured:
            self._console = console_on(sys.stdout, at_most=MAX_WIDE if wide else MAX_WIDTH)
        self.width = None if self._console is None else self._console.width
        self.wide = wide and self.width is not None and self.width >= WIDE

    def line(self, *pieces: Piece, label: Line = (), indent: int = 0, width: int = 0) -> None:
        """Write a line.

        Args:
            pieces: What it says; nothing makes it empty.
            label: What stands before it.
            indent: Columns to leave free before both.
            width: Columns that the label takes on a terminal at least, so that lines below each other begin alike.
        """
        if self._console is None:
            before = plain_line(label)
            before = f"{before:<{width}} " if before else ""
            self._sink.write(f"{' ' * indent}{before}{plain_line(pieces)}".rstrip() + "\n")
            return
        from rich.padding import Padding

        text = styled(pieces)
        self._console.print(Padding(_beside(styled(label), text, width) if label else text, (0, 0, 0, indent)))

    def columns(self, *columns: Sequence[Placed]) -> None:
        """Write lines in columns beside each other, each line with its label and its place; where it is wide only."""
        from rich.console import Group
        from rich.padding import Padding
        from rich.table import Table

        assert self._console is not None
        grid = Table.grid(expand=True, padding=(0, 3, 0, 0))
        for _ in columns:
            grid.add_column(ratio=1)
        cells = []
        for lines in columns:
            shown: list[RenderableType] = []
            for placed in lines:
                text = styled(placed.line)
                label = styled((Piece(placed.label, "soft"),))
                content = _beside(label, text, 0) if placed.label else text
                shown.append(Padding(content, (0, 0, 0, placed.indent)))
            cells.append(Group(*shown))
        grid.add_row(*cells)
        self._console.print(grid)

    def text(self, text: Text) -> None:
        """Write a text that has its styles; on a terminal only."""
        assert self._console is not None
        self._console.print(text)

    def raw(self, text: str) -> None:
        """Write letters as they are, on a pipe."""
        self._sink.write(text)


def styled(line: Line) -> Text:
    """The line with its looks, for a terminal that shows colours."""
    from rich.text import Text

    return Text.assemble(*((piece.text, LOOKS[piece.look]) for piece in line))


def _beside(label: Text, text: Text, width: int) -> RenderableType:
    from rich.table import Table

    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(min_width=width, no_wrap=True)
    grid.add_column()
    grid.add_row(label, text)
    return grid


def colours(stream: TextIO, *, plain: bool) -> bool:
    """Does `stream` show colours, and does the user want them? NO_COLOR and ``--plain`` say no."""
    return is_terminal(stream) and not plain and not os.environ.get("NO_COLOR")


def console_on(stream: TextIO, *, at_most: int = MAX_WIDTH) -> Console:
    """A console that prints what it is given, so many columns wide at most."""
    from rich.console import Console

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, at_most)
    return console
