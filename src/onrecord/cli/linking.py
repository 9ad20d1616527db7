"""``onrecord link``: how the statements of a ledger, or of a whole archive, stand to each other."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.machine import cpu_flags
from onrecord.cli.options import json_option
from onrecord.cli.progress import Progress
from onrecord.cli.streams import Sink, Stopped, note
from onrecord.cli.tools import tools_of
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.run.linking import Connects, Linked


@click.command("link")
@click.argument("ledger", type=click.Path(path_type=Path), metavar="LEDGER|OUT")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Of OUT: processes; one a processor.")
@click.option("--block", type=click.IntRange(min=1), metavar="STATEMENTS",
              help="Of OUT: so many are linked together; 25,000 by default.")  # fmt: skip
@click.option("--window", type=click.IntRange(min=0), metavar="STATEMENTS",
              help="Of OUT: with so many that were printed just before; 25,000 by default.")  # fmt: skip
@json_option("Print the counts as a JSON object.")
@click.pass_context
def command(
    ctx: click.Context, *, ledger: Path, workers: int | None, block: int | None, window: int | None, as_json: bool
) -> None:
    """Find how statements stand to each other: who says so too, who says otherwise, who has changed.

    Of a LEDGER, documents that are new since the last time are compared with each other and with all others; the
    outcome is that of linking everything from scratch. A link that no longer holds, since an earlier printing or a
    nearer statement came in, leaves the record without being deleted. Reprints are found first, and actors of different
    documents that are one are joined where the evidence is strong; `onrecord split` takes them apart again.

    Of OUT, a folder that `onrecord process` wrote, links and reprints become Parquet parts, which `onrecord query` asks
    as the tables links and reprints. Blocks of it are linked side by side, each with what was printed just before, in
    memory that does not grow. When it is stopped, the same command goes on where it was.
    """
    connector = tools_of(ctx).load_connector
    if ledger.is_dir():
        _link_parts(ledger, connector, workers=workers, block=block, window=window, as_json=as_json)
    elif (workers, block, window) != (None, None, None):
        raise UsageError("OR-001", "--workers, --block and --window are for a folder that `onrecord process` wrote")
    else:
        _link_ledger(ledger, connector, as_json=as_json)


def _link_ledger(ledger: Path, connector: Callable[[], Connects], *, as_json: bool) -> None:
    from onrecord.run.linking import link_ledger
    from onrecord.store import Ledger

    with Ledger.open(ledger) as opened:
        bar = Progress(show=not as_json, total=opened.counts().documents)
        try:
            with bar:
                linked = link_ledger(opened, connector, progress=bar.show, cpu=cpu_flags())
        except KeyboardInterrupt as error:
            raise Stopped("Nothing was recorded; the links are those of before.") from error
        if as_json:
            Sink(sys.stdout.buffer).write_json(_to_json(linked) | {"seconds": round(bar.seconds, 3)})
        else:
            for line in _lines(linked, bar.seconds):
                note(line)


def _link_parts(
    out: Path,
    connector: Callable[[], Connects],
    *,
    workers: int | None,
    block: int | None,
    window: int | None,
    as_json: bool,
) -> None:
    from onrecord.archive.job import cores
    from onrecord.archive.linking import BLOCK, WINDOW, link_parts
    from onrecord.export.visible import counted

    bar = Progress(show=not as_json)
    try:
        with bar:
            linked = link_parts(
                out,
                connector,
                workers=workers or cores(),
                block=BLOCK if block is None else block,
                window=WINDOW if window is None else window,
                progress=bar.show,
            )
    except KeyboardInterrupt as error:
        raise Stopped(f"What was finished is in {out}; the same command goes on from there.") from error
    if as_json:
        Sink(sys.stdout.buffer).write_json(asdict(linked) | {"seconds": round(bar.seconds, 3)})
        return
    new = linked.blocks - linked.resumed
    kinds = ", ".join(f"{kind} {number:,}" for kind, number in linked.links.items())
    note(
        f"{counted(linked.blocks, 'block')} = {new:,} new + {linked.resumed:,} linked before;"
        f" {counted(linked.documents, 'document')}, {counted(linked.statements, 'statement')} in {bar.seconds:,.1f} s"
    )
    note(f"{counted(sum(linked.links.values()), 'link')} ({kinds}); {counted(linked.reprints, 'reprint')}")


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
