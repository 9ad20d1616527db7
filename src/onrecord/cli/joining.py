"""``onrecord merge``, ``split`` and ``rename``: which actors are one, and how they are called."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.decisions import person, show_decisions, signed
from onrecord.cli.options import json_option


@click.command("merge")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("actor")
@click.argument("into")
@signed
@json_option("Print the decision as a JSON object.")
def merge(*, ledger: Path, actor: str, into: str, by: str | None, note: str | None, as_json: bool) -> None:
    """Decide that two actors of LEDGER are one: ACTOR is shown as INTO from now on, with all its statements.

    Both are ids, or unique beginnings of ids, as `onrecord search --json` prints them. `onrecord split` and `onrecord
    undo` take them apart again.
    """
    from onrecord.store import Ledger

    with Ledger.open(ledger) as opened:
        made = opened.merge(actor, into, by=person(by), note=note)
        show_decisions(opened, [made], as_json=as_json)


@click.command("split")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("actor")
@click.option("--from", "apart_from", metavar="OTHER", help="Take ACTOR apart from this one alone.")
@signed
@json_option("Print each decision as one JSON object per line.")
def split(*, ledger: Path, actor: str, apart_from: str | None, by: str | None, note: str | None, as_json: bool) -> None:
    """Decide that ACTOR of LEDGER is not the same as those it was joined with, by people or by a machine.

    No later run joins them again. One decision is made for each actor that it was joined with directly.
    """
    from onrecord.store import Ledger

    with Ledger.open(ledger) as opened:
        made = opened.split(actor, by=person(by), apart_from=apart_from, note=note)
        show_decisions(opened, made, as_json=as_json)


@click.command("rename")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("actor")
@click.argument("name")
@signed
@json_option("Print the decision as a JSON object.")
def rename(*, ledger: Path, actor: str, name: str, by: str | None, note: str | None, as_json: bool) -> None:
    """Decide that ACTOR of LEDGER is shown under NAME. Its other names still find it."""
    from onrecord.store import Ledger

    with Ledger.open(ledger) as opened:
        made = opened.rename(actor, name, by=person(by), note=note)
        show_decisions(opened, [made], as_json=as_json)
