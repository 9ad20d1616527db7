"""``onrecord trace``: why the record says what it says."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.options import json_option


@click.command("trace")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("identifier", metavar="ID")
@click.option("--plain", "as_plain", is_flag=True, help="No colours, on a terminal too.")
@json_option("Print a JSON object.")
def command(*, ledger: Path, identifier: str, as_plain: bool, as_json: bool) -> None:
    """Show why LEDGER says so: of a statement or a link with this ID, each step with the words that decide.

    Of a statement: its passage, why this actor and who else was weighed, each hop with its evidence, why this act,
    the setting, the conditions, the run with its models, and what people decided. Of a link: both statements,
    the answers that it rests on, and the words. A unique beginning of the ID is enough.
    """
    from onrecord.cli.paper import Paper
    from onrecord.cli.streams import Sink
    from onrecord.cli.traces import link_to_json, print_link, print_statement, trace_to_json
    from onrecord.errors import UsageError
    from onrecord.store import Ledger
    from onrecord.views.trace import trace_link, trace_statement

    with Ledger.open(ledger, readonly=True) as opened:
        noun, whole = opened.subject(identifier)
        if noun == "statement":
            found = trace_statement(opened, whole)
            if as_json:
                Sink(sys.stdout.buffer).write_json(trace_to_json(found), indent=2)
            else:
                print_statement(found, Paper(plain=as_plain))
        elif noun == "link":
            link = trace_link(opened, whole)
            if as_json:
                Sink(sys.stdout.buffer).write_json(link_to_json(link), indent=2)
            else:
                print_link(link, Paper(plain=as_plain))
        else:
            command = {"actor": "who", "issue": "issue"}.get(noun, "show")
            article = "an" if noun[0] in "ai" else "a"
            raise UsageError(
                "OR-001",
                f"{whole} is the id of {article} {noun}; a trace is of a statement or a link",
                hint=f"Run `onrecord {command} LEDGER {whole}`.",
            )
