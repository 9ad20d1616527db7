"""``onrecord flow``: the stages that a document goes through."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from onrecord.cli.options import json_option
from onrecord.cli.streams import Sink
from onrecord.cli.tables import layout
from onrecord.flow import STAGES


@click.command("flow")
@json_option("Print the table as a JSON array.")
def command(*, as_json: bool) -> None:
    """Print the stages that a document goes through.

    Each stage reads what an earlier one wrote. The room is the folder of the package that holds it.
    """
    sink = Sink(sys.stdout.buffer)
    if as_json:
        sink.write_json([asdict(stage) for stage in STAGES], indent=2)
        return
    rows = [(s.name, ", ".join(s.reads), ", ".join(s.writes), f"onrecord.{s.room}", s.does) for s in STAGES]
    sink.write(layout(("stage", "reads", "writes", "room", "what it does"), rows))
