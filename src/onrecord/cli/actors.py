"""``onrecord actors``: who speaks in a ledger, and how many sources are unresolved."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import json_option
from onrecord.record.actor import ACTOR_KINDS

if TYPE_CHECKING:
    from onrecord.cli.paper import Paper
    from onrecord.store import ActorEntry
    from onrecord.views.unresolved import Unresolved

KIND_WIDTH = max(map(len, ACTOR_KINDS))
NAMES = 3
"""Other names that a line shows; `--json` has all."""


@click.command("actors")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("name", required=False)
@click.option("--kind", type=click.Choice(ACTOR_KINDS), help="Only actors of this kind.")
@click.option("--plain", "as_plain", is_flag=True, help="No colours, on a terminal too.")
@json_option("Print each reason and each actor as one JSON object per line.")
def command(*, ledger: Path, name: str | None, kind: str | None, as_plain: bool, as_json: bool) -> None:
    """List who speaks in LEDGER: first how many sources are unresolved and why, then every actor.

    Each actor comes with the number of its statements, its kind, its name, other names and its id; those of whom
    most is on record come first. With NAME, only those whom it may mean, in any spelling or alphabet.
    """
    from onrecord.store import Ledger
    from onrecord.views.unresolved import unresolved
    from onrecord.views.who import actors_meant

    with Ledger.open(ledger, readonly=True) as opened:
        narrowed = name is not None or kind is not None
        reasons = () if narrowed else unresolved(opened.open_sources())
        found = actors_meant(opened, name) if name is not None else opened.actors()
        chosen = tuple(entry for entry in found if kind in (None, entry.actor.kind))
        if as_json:
            _print_json(reasons, chosen)
        else:
            _print(reasons, chosen, as_plain=as_plain)


def _print_json(reasons: Sequence[Unresolved], found: Sequence[ActorEntry]) -> None:
    from onrecord.cli.streams import Sink
    from onrecord.export.public import actor_to_json

    sink = Sink(sys.stdout.buffer)
    for each in reasons:
        kinds = {kind or "none": count for kind, count in each.by_kind.items()}
        sink.write_json({"unresolved": {"reason": each.reason, "statements": each.n_statements, "source_kinds": kinds}})
    for entry in found:
        sink.write_json(actor_to_json(entry))


def _print(reasons: Sequence[Unresolved], found: Sequence[ActorEntry], *, as_plain: bool) -> None:
    from onrecord.cli.paper import Paper
    from onrecord.cli.streams import note
    from onrecord.export.visible import counted

    paper = Paper(plain=as_plain)
    if reasons:
        _print_reasons(reasons, paper)
        paper.line()
    width = max((len(f"{entry.n_statements:,}") for entry in found), default=1)
    for entry in found:
        _print_actor(entry, width, paper)
    note(counted(len(found), "actor"))


def _print_reasons(reasons: Sequence[Unresolved], paper: Paper) -> None:
    from onrecord.export.visible import counted, visible
    from onrecord.export.wording import UNRESOLVED, Piece, source_kind_word

    total = counted(sum(each.n_statements for each in reasons), "statement")
    paper.line(Piece(UNRESOLVED, "open"), Piece(f"  {total}", "title"))
    width = max(len(f"{each.n_statements:,}") for each in reasons)
    for each in reasons:
        kinds = ", ".join(
            f"{count:,} {source_kind_word(kind) or 'without words'}" for kind, count in each.by_kind.items()
        )
        count = (Piece(f"{each.n_statements:>{width},}", "word"),)
        paper.line(Piece(visible(each.reason), "quote"), Piece(f"  ({kinds})", "soft"), label=count, indent=2)


def _print_actor(entry: ActorEntry, width: int, paper: Paper) -> None:
    from onrecord.export.visible import visible
    from onrecord.export.wording import Piece, variants

    actor = entry.actor
    pieces = [Piece(visible(actor.name), "actor"), Piece(f"  {actor.id}", "soft")]
    if actor.names:
        pieces.append(Piece(f"  also {variants(actor.names, NAMES)}", "soft"))
    count = Piece(f"{entry.n_statements:>{width},}  {actor.kind:<{KIND_WIDTH}}", "word")
    paper.line(*pieces, label=(count,))
