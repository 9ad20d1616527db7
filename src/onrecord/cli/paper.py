"""Where commands write for people: wrapped and in colours on a terminal, plain and stable on a pipe.

A command hands over lines made of pieces (see :mod:`onrecord.export.wording`). On a terminal that shows colours
each piece has the style of its look, long lines are wrapped, and what stands beside a label keeps clear of it.
Elsewhere a line is one line of letters, so that `grep` and `diff` work.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from onrecord.cli.streams import Sink, is_terminal
from onrecord.export.wording import Line, Look, Piece, plain_line

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

MAX_WIDTH = 96
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


class Paper:
    """Writes lines to stdout.

    Attributes:
        coloured: Whether it is a terminal that shows colours, and the user wants them.
        width: Columns to write in; None where lines are not wrapped.
    """

    def __init__(self, *, plain: bool = False) -> None:
        self.coloured = colours(sys.stdout, plain=plain)
        self._sink = Sink(sys.stdout.buffer)
        self._console: Console | None = console_on(sys.stdout) if self.coloured else None
        self.width = None if self._console is None else self._console.width

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


def console_on(stream: TextIO) -> Console:
    """A console that prints what it is given, at most :data:`MAX_WIDTH` columns wide."""
    from rich.console import Console

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, MAX_WIDTH)
    return console
