"""Options that several commands share, so that the same word means the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def json_option(text: str) -> Callable[[F], F]:
    """``--json``: the result for a program; errors become JSON objects on stderr."""
    text += " Errors become JSON objects on stderr."
    return click.option("--json", "as_json", is_flag=True, help=text)


def least_option(default: float) -> Callable[[F], F]:
    """``--least SCORE``: how sure a link must be to be shown."""
    return click.option(
        "--least",
        type=click.FloatRange(0, 1),
        metavar="SCORE",
        default=default,
        show_default=True,
        help="Only links with at least this score and words that explain them, or kept by a person; 0 for all.",
    )


def output_option() -> Callable[[F], F]:
    """``-o FILE``: where the data goes."""
    text = "Write to FILE, which appears when it is whole; - is stdout."
    return click.option("-o", "--output", metavar="FILE", default="-", show_default=True, help=text)


def input_options(function: F) -> F:
    """Options of every command that reads documents."""
    encoding = click.option(
        "--encoding", metavar="NAME", help="Encoding of the input, for instance cp1251; found out by default."
    )
    return encoding(model_options(function))


def model_options(function: F) -> F:
    """Options of every command that runs the model."""
    threads = click.option(
        "--threads", type=click.IntRange(min=1), metavar="N", help="Processor threads to use; all by default."
    )
    model = click.option(
        "--model",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="Use the model in FOLDER instead of the one in the package.",
    )
    actors = click.option(
        "--actors",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Your own list of actors (CSV, see docs/actors.md); it overrides the one in the package.",
    )
    return threads(model(actors(function)))


def failure_options(function: F) -> F:
    """Options that say what becomes of input that cannot be read."""
    allow = click.option("--allow-failures", is_flag=True, help="End with 0 although some items failed.")
    quarantine = click.option(
        "--quarantine", metavar="FILE", help="Write each failed item and its error to FILE (JSON Lines)."
    )
    return allow(quarantine(function))
