"""``onrecord demo``: a ledger of the shipped stories, to try things on."""

from __future__ import annotations

import importlib
from importlib.resources import files
from pathlib import Path

import click

from onrecord.cli.options import json_option
from onrecord.cli.streams import note

STEPS = (("adding", ("{ledger}", "{stories}")), ("linking", ("{ledger}",)), ("issues", ("find", "{ledger}")))
"""The commands that make it, by their modules, with their arguments."""


@click.command("demo")
@click.argument("ledger", type=click.Path(path_type=Path), default="demo.ledger")
@click.option("--open", "open_browser", is_flag=True, help="Open the reading room on it in the browser.")
@json_option("Print what each of the three commands did as a JSON object.")
@click.pass_context
def command(ctx: click.Context, *, ledger: Path, open_browser: bool, as_json: bool) -> None:
    """Make LEDGER of the stories that came with onrecord: read them, link them, find their issues.

    LEDGER is demo.ledger if none is named. The stories are constructed; no outlet printed them. A second time adds
    nothing. It is `onrecord add`, `link` and `issue find`, one after another.
    """
    words = {"ledger": str(ledger), "stories": str(files("onrecord.demo").joinpath("stories.jsonl"))}
    told = ["--json"] if as_json else []
    for module, arguments in STEPS:
        _run(ctx, module, [*(each.format(**words) for each in arguments), *told])
    if open_browser:
        _run(ctx, "serving", [str(ledger), "--open", *told])
    elif not as_json:
        note(f"Open the reading room on it:  onrecord serve {ledger} --open")


def _run(ctx: click.Context, module: str, arguments: list[str]) -> None:
    step: click.Command = importlib.import_module(f"onrecord.cli.{module}").command
    with step.make_context(step.name, arguments, parent=ctx) as made:
        step.invoke(made)
