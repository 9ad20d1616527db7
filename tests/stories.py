"""The shipped stories as people annotated them, with ids of our own, to fill ledgers and views with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from ledgers import FIRST
from onrecord.record import Reading, statement_id
from onrecord.record.codec import reading_from_line
from onrecord.record.run import Counts
from onrecord.store import Ledger


@cache
def stories() -> tuple[Reading, ...]:
    """Every story; a statement's id is that which onrecord would give it."""
    return tuple(map(with_own_ids, annotated()))


@cache
def annotated() -> tuple[Reading, ...]:
    """Every story with the ids of its file."""
    lines = files("onrecord.demo").joinpath("stories-gold.jsonl").read_text("utf-8").splitlines()
    return tuple(map(reading_from_line, lines))


def story(name: str) -> Reading:
    """The story whose id in the file is `name`."""
    return next(reading for reading in stories() if reading.document.external_id == name)


def fill(ledger: Ledger) -> None:
    """Adds all stories in one run."""
    run = ledger.start_run(FIRST)
    kept = sum(ledger.add(run.id, reading) for reading in stories())
    ledger.finish_run(run.id, Counts(kept=kept))


def with_own_ids(reading: Reading) -> Reading:
    """The reading with the ids that onrecord would give to its statements."""
    new = {
        stmt.id: statement_id(reading.document.id, content=stmt.content, cue=stmt.cue, source=stmt.source)
        for stmt in reading.statements
    }

    def renamed(parts: tuple) -> Iterator:
        return (replace(part, statement_id=new[part.statement_id]) for part in parts)

    return replace(
        reading,
        statements=tuple(
            replace(stmt, id=new[stmt.id], within=new[stmt.within] if stmt.within else None)
            for stmt in reading.statements
        ),
        attributions=tuple(renamed(reading.attributions)),
        chains=tuple(renamed(reading.chains)),
        positions=tuple(renamed(reading.positions)),
        settings=tuple(renamed(reading.settings)),
    )
