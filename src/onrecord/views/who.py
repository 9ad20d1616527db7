"""Whom of the ledger does a name mean, whatever the spelling and the alphabet?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from onrecord.errors import StoreError
from onrecord.record.ids import content_id
from onrecord.store import ActorEntry, Ledger

_PEOPLE = ("person", "unknown")


def actors_meant(ledger: Ledger, wanted: str) -> tuple[ActorEntry, ...]:
    """Whom may `wanted` mean?

    An id, or a unique beginning of one, means that actor. Else those of exactly this name come before those who
    have its words in their names, and these before those whose names sound the same in another alphabet or
    spelling. Those who are the source of something come before those who are only mentioned. A surname alone
    means everybody who bears it, also where a text gives somebody no other name.

    Returns:
        Those of whom most is on record first; empty if nobody fits.
    """
    by_id = _by_id(ledger, wanted)
    if by_id is not None:
        return (by_id,)
    silent: tuple[ActorEntry, ...] = ()
    for tier in (_named, _listed, _sounding):
        found = tuple(tier(ledger, wanted))
        speaking = tuple(entry for entry in found if entry.n_statements)
        if speaking:
            return _with_namesakes(ledger, speaking, wanted)
        silent = silent or found
    return silent


def _with_namesakes(ledger: Ledger, found: tuple[ActorEntry, ...], wanted: str) -> tuple[ActorEntry, ...]:
    """`found`, and if one of them is a person known by a surname alone, all who bear it."""
    if not any(entry.actor.kind in _PEOPLE and " " not in entry.actor.name for entry in found):
        return found
    by_id = {entry.actor.id: entry for entry in found}
    by_id |= {entry.actor.id: entry for entry in _sounding(ledger, wanted) if entry.n_statements}
    return tuple(sorted(by_id.values(), key=lambda entry: (-entry.n_statements, entry.actor.name, entry.actor.id)))


def _by_id(ledger: Ledger, wanted: str) -> ActorEntry | None:
    if not wanted.startswith("a") or not set(wanted[1:]) <= set("0123456789abcdef") or len(wanted) < 4:
        return None
    try:
        return ledger.actor(wanted)
    except StoreError as error:
        if error.code != "OR-407":
            raise
    return None


def _named(ledger: Ledger, name: str) -> Iterator[ActorEntry]:
    """Those of exactly this name, or else those that have its words."""
    if any(letter.isalnum() for letter in name):
        yield from ledger.actors(name)


def _listed(ledger: Ledger, name: str) -> Iterator[ActorEntry]:
    """Those of the ledger that the shipped table knows by this name."""
    from onrecord.resolve.table.table import ActorTable

    for one in ActorTable.open().find(name):
        # Most of those who have this name in the table are not in this ledger.
        with suppress(StoreError):
            yield ledger.actor(content_id("a", "table", one.id))


def _sounding(ledger: Ledger, name: str) -> Iterator[ActorEntry]:
    """Those whose name is `name` in another alphabet or spelling."""
    from onrecord.resolve.table.names import same_person
    from onrecord.resolve.table.sounds import fold

    wanted = fold(name)
    for entry in ledger.actors():
        names = (entry.actor.name, *entry.actor.names)
        person = entry.actor.kind in _PEOPLE
        if any(fold(other) == wanted or (person and same_person(name, other).strength) for other in names):
            yield entry
