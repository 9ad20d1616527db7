"""``onrecord link``: how the statements of a ledger stand to each other."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.machine import cpu_flags
from onrecord.cli.options import json_option
from onrecord.cli.progress import Progress
from onrecord.cli.streams import Sink, Stopped, note
from onrecord.cli.tools import tools_of

if TYPE_CHECKING:
    from onrecord.run.linking import Linked


@click.command("link")
@click.argument("ledger", type=click.Path(path_type=Path))
@json_option("Print the counts as a JSON object.")
@click.pass_context
def command(ctx: click.Context, *, ledger: Path, as_json: bool) -> None:
    """Find how the statements of LEDGER stand to each other: who says so too, who says otherwise, who has changed.

    Documents that are new since the last time are compared with each other and with all others; the outcome is that
    of linking everything from scratch. A link that no longer holds, since an earlier printing or a nearer statement
    came in, leaves the record without being deleted. Reprints are found first, and actors of different documents that
    are one are joined where the evidence is strong; `onrecord split` takes them apart again.
    """
    from onrecord.run.linking import link_ledger
    from onrecord.store import Ledger

    with Ledger.open(ledger) as opened:
        bar = Progress(show=not as_json, total=opened.counts().documents)
        try:
            with bar:
                linked = link_ledger(opened, tools_of(ctx).load_connector, progress=bar.show, cpu=cpu_flags())
        except KeyboardInterrupt as error:
            raise Stopped("Nothing was recorded; the links are those of before.") from error
        if as_json:
            Sink(sys.stdout.buffer).write_json(_to_json(linked) | {"seconds": round(bar.seconds, 3)})
        else:
            for line in _lines(linked, bar.seconds):
                note(line)


def _lines(linked: Linked, seconds: float) -> list[str]:
    from onrecord.export.visible import counted

    links = linked.links
    held = links.standing - links.found + links.withdrawn
    lines = [
        f"{counted(linked.documents, 'document')} = {linked.new:,} new + {linked.before:,} linked before;"
        f" {counted(linked.statements, 'new statement')} in {seconds:,.1f} s",
        f"{counted(links.standing, 'link')} = {held:,} before + {links.found:,} found - {links.withdrawn:,} withdrawn;"
        f" {counted(links.reprints, 'reprint')}",
    ]
    if linked.joined or linked.proposed:
        lines.append(
            f"{counted(linked.joined, 'actor')} joined with others;"
            f" {counted(linked.proposed, 'proposal')} left to you: `onrecord actors LEDGER` lists who is there"
        )
    return lines


def _to_json(linked: Linked) -> dict[str, object]:
    links = linked.links
    return {
        "documents": {"all": linked.documents, "new": linked.new, "linked_before": linked.before},
        "statements": linked.statements,
        "links": {
            "standing": links.standing,
            "before": links.standing - links.found + links.withdrawn,
            "found": links.found,
            "withdrawn": links.withdrawn,
        },
        "reprints": links.reprints,
        "actors": {"joined": linked.joined, "proposed": linked.proposed},
    }
