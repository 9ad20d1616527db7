"""``onrecord otherwise``: who says what a statement says, and who says otherwise."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.options import json_option, least_option
from onrecord.views.beside import LEAST


@click.command("otherwise")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("statement")
@least_option(LEAST)
@click.option(
    "--most", type=click.IntRange(min=1), default=40, show_default=True, metavar="N", help="Show N on each side."
)
@click.option("--plain", "as_plain", is_flag=True, help="No colours, on a terminal too.")
@json_option("Print a JSON object.")
def command(*, ledger: Path, statement: str, least: float, most: int, as_plain: bool, as_json: bool) -> None:
    """Show who of LEDGER says so too and who says otherwise, than the STATEMENT with this id.

    Who agrees or says it again, and who conflicts, denies or has changed, each with the chain by which it came, the
    words that decide, and the three answers: opposed, same time, independent origin. Then where the same utterance
    is printed again, and who reacts. Reprints, and statements of one actor, are one account. On a wide terminal both
    sides stand beside each other. Run `onrecord link` first; `onrecord trace` explains each link.
    """
    from onrecord.cli.besides import print_otherwise
    from onrecord.cli.paper import Paper
    from onrecord.cli.streams import Sink, note
    from onrecord.export.linked import otherwise_to_json
    from onrecord.export.visible import counted
    from onrecord.store import Ledger
    from onrecord.views.otherwise import otherwise

    with Ledger.open(ledger, readonly=True) as opened:
        found = otherwise(opened, statement, least=least, most=most)
        if as_json:
            Sink(sys.stdout.buffer).write_json(otherwise_to_json(found), indent=2)
            return
        print_otherwise(found, Paper(plain=as_plain, wide=True))
        if found.more:
            note(f"{counted(found.more, 'link')} not shown, since others are surer: --most shows more")
        if found.less_sure:
            note(f"{counted(found.less_sure, 'less sure link')} not shown; --least 0 shows all")
