"""``onrecord conflicts`` and ``onrecord changes``: where the record says two things that do not go together."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from onrecord.cli.options import json_option, least_option
from onrecord.cli.streams import note
from onrecord.views.beside import LEAST

if TYPE_CHECKING:
    from onrecord.cli.paper import Paper
    from onrecord.store import Ledger
    from onrecord.views.changes import Changes
    from onrecord.views.conflicts import Conflicts

T = TypeVar("T")


@click.command("conflicts")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.option("--actor", metavar="NAME", help="Only those in which this actor has part: a name, or an id.")
@least_option(LEAST)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The N surest; all by default.")
@click.option("--plain", "as_plain", is_flag=True, help="No colours, on a terminal too.")
@json_option("Print each conflict as one JSON object per line.")
def conflicts(
    *, ledger: Path, actor: str | None, least: float, limit: int | None, as_plain: bool, as_json: bool
) -> None:
    """Show which accounts of LEDGER conflict or deny each other, the surest first.

    A conflict is shown with its scope: whether both say it of the same, or one of something narrower or broader. A
    link between many printings of two utterances is one conflict. Run `onrecord link` first.
    """
    from onrecord.cli.besides import print_conflict
    from onrecord.export.linked import conflict_to_json
    from onrecord.store import Ledger
    from onrecord.views.conflicts import conflicts as find

    with Ledger.open(ledger, readonly=True) as opened:
        found = find(opened, least=least, actor=_actor(opened, actor))
        shown = found.found[:limit]
        _show(shown, conflict_to_json, print_conflict, as_plain=as_plain, as_json=as_json)
        _tell("conflict", len(shown), found, opened)


@click.command("changes")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.option("--actor", metavar="NAME", help="Only those of this actor: a name, or an id.")
@least_option(LEAST)
@click.option("--plain", "as_plain", is_flag=True, help="No colours, on a terminal too.")
@json_option("Print each change as one JSON object per line.")
def changes(*, ledger: Path, actor: str | None, least: float, as_plain: bool, as_json: bool) -> None:
    """Show which actors of LEDGER said otherwise later, by date.

    A change is claimed only where both documents say when they were published, and never of a late re-report. Run
    `onrecord link` first.
    """
    from onrecord.cli.besides import print_change
    from onrecord.export.linked import change_to_json
    from onrecord.store import Ledger
    from onrecord.views.changes import changes as find

    with Ledger.open(ledger, readonly=True) as opened:
        found = find(opened, actor=_actor(opened, actor), least=least)
        _show(found.found, change_to_json, print_change, as_plain=as_plain, as_json=as_json)
        _tell("change", len(found.found), found, opened)


def _actor(ledger: Ledger, name: str | None) -> str | None:
    from onrecord.cli.who import meant

    return None if name is None else meant(ledger, name, everybody=False)[0].actor.id


def _show(
    found: Iterable[T],
    to_json: Callable[[T], dict[str, object]],
    show: Callable[[T, Paper], None],
    *,
    as_plain: bool,
    as_json: bool,
) -> None:
    if as_json:
        from onrecord.cli.streams import Sink

        sink = Sink(sys.stdout.buffer)
        for each in found:
            sink.write_json(to_json(each))
        return
    from onrecord.cli.paper import Paper

    paper = Paper(plain=as_plain, wide=True)
    for i, each in enumerate(found):
        if i:
            paper.line()
        show(each, paper)


def _tell(noun: str, shown: int, found: Conflicts | Changes, ledger: Ledger) -> None:
    from onrecord.export.visible import counted

    total = len(found.found)
    line = counted(shown, noun) + (f" of {total:,}" if shown < total else "")
    if found.versions:
        line += f"; {found.versions:,} more between two versions of one text: the outlet corrected itself"
    line += f"; {found.less_sure:,} less sure links not shown, --least 0 shows all" if found.less_sure else ""
    if not total and not found.less_sure and not ledger.linking.any_linked():
        line += "; nothing was linked yet: run `onrecord link` first"
    note(line)
