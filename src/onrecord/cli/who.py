"""``onrecord who``: what an actor said, by date."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from onrecord.cli.options import json_option
from onrecord.cli.streams import note
from onrecord.record.position import ACTS, Act

if TYPE_CHECKING:
    from onrecord.cli.paper import Paper
    from onrecord.record.document import Document
    from onrecord.store import ActorEntry, Entry, Ledger

SHOWN = 12
"""Actors that an error lists when a name fits several; `onrecord actors` lists all."""


@click.command("who")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("name")
@click.option("--outlet", metavar="NAME", help="Printed by this outlet; a part of its name is enough.")
@click.option("--since", metavar="DATE", help="Published then or later: 2026, 2026-03, 2026-03-04.")
@click.option("--until", metavar="DATE", help="Published then or earlier; 2026-03 means to its end.")
@click.option("--act", type=click.Choice(ACTS), help="What is done by saying it.")
@click.option("--all", "everybody", is_flag=True, help="If several actors fit NAME: what all of them said.")
@click.option("--plain", "as_plain", is_flag=True, help="No colours, on a terminal too.")
@json_option("Print each statement as one JSON object per line.")
def command(
    *,
    ledger: Path,
    name: str,
    outlet: str | None,
    since: str | None,
    until: str | None,
    act: str | None,
    everybody: bool,
    as_plain: bool,
    as_json: bool,
) -> None:
    """Show what an actor of LEDGER said, by date: in which words, through whom, on what condition, printed where.

    NAME is a name in any spelling or alphabet, a part of it, or an actor's id. If several actors fit, they are
    listed and nothing is shown: give more of the name, an id, or --all. Everything that passes the filters is
    shown, with no limit. Statements that a person rejected are left out.
    """
    from onrecord.store import Ledger

    chosen_act = cast("Act | None", act)
    with Ledger.open(ledger, readonly=True) as opened:
        wanted = meant(opened, name, everybody=everybody)
        shown = 0
        for i, entry in enumerate(wanted):
            said = opened.statements_of(entry.actor.id, outlet=outlet, since=since, until=until, act=chosen_act)
            if as_json:
                shown += _print_json(entry, said)
            else:
                newer = opened.linking.newer_version
                shown += _print(entry, said, newer, first=i == 0, as_plain=as_plain)
        total = sum(entry.n_statements for entry in wanted)
        note(f"{_counted(shown)}" + (f" of {total:,}; the others do not pass the filters" if shown < total else ""))


def _counted(number: int) -> str:
    from onrecord.export.visible import counted

    return counted(number, "statement")


def meant(ledger: Ledger, name: str, *, everybody: bool) -> tuple[ActorEntry, ...]:
    """Whom does the name mean?

    Raises:
        StoreError: OR-407, nobody.
        UsageError: OR-004, several, and the user did not ask for all of them.
    """
    from onrecord.errors import StoreError, UsageError
    from onrecord.export.visible import visible
    from onrecord.views.who import actors_meant

    found = actors_meant(ledger, name)
    if not found:
        raise StoreError(
            "OR-407", f"nobody in the ledger is called {name!r}", hint="`onrecord actors LEDGER` lists who is there."
        )
    if len(found) > 1 and not everybody:
        lines = [
            f"  {entry.actor.id}  {visible(entry.actor.name)} ({entry.actor.kind}), {_counted(entry.n_statements)}"
            for entry in found[:SHOWN]
        ]
        if len(found) > SHOWN:
            lines.append(f"  and {len(found) - SHOWN:,} more: onrecord actors LEDGER {name!r}")
        raise UsageError("OR-004", f"{len(found):,} actors fit {name!r}:\n" + "\n".join(lines))
    return found


def _print_json(entry: ActorEntry, said: Iterable[Entry]) -> int:
    from onrecord.cli.streams import Sink
    from onrecord.export.public import actor_to_json, document_to_json, statement_to_json

    sink = Sink(sys.stdout.buffer)
    actor = actor_to_json(entry)
    count = 0
    for each in said:
        count += 1
        sink.write_json(
            {
                "actor": {key: actor[key] for key in ("id", "name", "kind")},
                "statement": statement_to_json(each),
                "document": document_to_json(each.document),
                "decision": each.decision.verdict if each.decision else None,
            }
        )
    return count


def _print_document(doc: Document, paper: Paper) -> None:
    from onrecord.export.visible import visible
    from onrecord.export.wording import Piece

    printed = (doc.published.value if doc.published else "no date", doc.outlet or doc.url or doc.origin.path)
    head = " · ".join(visible(part) for part in printed if part)
    paper.line(Piece(head, "title"), Piece(f" · {doc.id}", "soft"))
    if doc.title:
        paper.line(Piece(visible(doc.title), "soft"))


def _print(
    entry: ActorEntry,
    said: Iterable[Entry],
    newer: Callable[[str], Document | None],
    *,
    first: bool,
    as_plain: bool,
) -> int:
    from onrecord.cli.display import print_said
    from onrecord.cli.paper import Paper
    from onrecord.export.linked import newer_line
    from onrecord.export.wording import actor_lines

    paper = Paper(plain=as_plain)
    if not first:
        paper.line()
    for line in actor_lines(entry.actor):
        paper.line(*line)
    count = 0
    for _, group in groupby(said, key=lambda each: each.document.id):
        entries: Sequence[Entry] = tuple(group)
        count += len(entries)
        paper.line()
        _print_document(entries[0].document, paper)
        if (replaced_by := newer(entries[0].document.id)) is not None:
            paper.line(*newer_line(replaced_by))
        for each in entries:
            paper.line()
            print_said(each, paper)
    return count
