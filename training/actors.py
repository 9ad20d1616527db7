"""Build the table of actors that onrecord ships.

    python -m training.actors --data ../shared/data/actors --out src/onrecord/resolve/data

Reads the compiled lists and our own (``training/actor_lists``), cleans and merges them, and writes one SQLite file. The
same input gives the same bytes (with one version of SQLite). Prints how many rows there were before and after.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from onrecord.resolve.table.compile import write_entries
from onrecord.resolve.table.entries import Entry, EntryName, EntryRole
from onrecord.resolve.table.sounds import fold
from training.actor_clean import clean_body, clean_person, clean_roles, clean_state, is_mixed, is_old, shown_label
from training.actor_merge import chiefs_of, merge_by_name, merge_people, without_joined_labels
from training.actor_places import capital_names
from training.actor_sources import (
    LICENCES,
    OWN_LAYER,
    read_compiled,
    read_outlets,
    read_own_bodies,
    read_own_outlets,
    read_own_people,
)

NAME = "actors.sqlite"
Used = dict[tuple[str, str], Counter[str]]
"""How often something is used in a jurisdiction."""
Heads = dict[tuple[str, str], list[tuple[Entry, EntryRole]]]
"""The heads of state and of government of a jurisdiction."""


def build(data: Path) -> tuple[list[Entry], dict[str, str], dict[str, dict[str, int]]]:
    """The entries of the table, the licence of each layer, and the counts before and after."""
    compiled, licences = read_compiled(data)
    outlets, more = read_outlets(data)
    before = counts([*compiled, *outlets])
    people = [one for one in compiled if one.kind == "person"]
    bodies = [one for one in compiled if one.kind == "organisation"]
    states = [clean_state(one) for one in compiled if one.kind == "state"]
    own_bodies, own_people = read_own_bodies(), read_own_people()

    called = {one.country: {one.label, *(n.text for n in one.names if n.how == "name")} for one in states}
    cleaned = [one for row in people if (one := clean_person(row, called.get(row.country, set()))) is not None]
    bodies += [one for one in cleaned if one.kind == "organisation"]
    bodies = [one for one in map(clean_body, bodies) if one is not None]
    bodies = merge_by_name([*(one for one in own_bodies if one.kind == "organisation"), *bodies])
    outlets = merge_by_name([*read_own_outlets(), *outlets])
    bodies, outlets = _outlets_from_bodies(bodies, outlets)
    states = _with_own_states(states, [one for one in own_bodies if one.kind == "state"])
    for state in states:
        state.names |= capital_names(state)

    find_body = _finder(states, bodies)
    folk = [one for one in cleaned if one.kind == "person"] + own_people
    for one in folk:
        one.roles = clean_roles(one, find_body)
    _chiefs_by_title(folk)
    folk = [one for one in folk if OWN_LAYER in one.layers or not (is_old(one) or is_mixed(one))]
    folk = without_joined_labels(folk)
    count, before_merge = -1, len(folk)
    while count != len(folk):
        count = len(folk)
        folk = merge_people(folk)
        for one in folk:
            one.roles = clean_roles(one, find_body)
    _without_deputies(folk)
    for one in folk:
        if "congress" in one.layers and not one.layers & {OWN_LAYER, "seed"}:
            one.label = shown_label(one)
    named = {fold(text) for one in folk for text in (one.label, *(name.text for name in one.names))}
    bodies = [one for one in bodies if OWN_LAYER in one.layers or fold(one.label) not in named]
    entries = sorted([*folk, *bodies, *outlets, *states], key=lambda one: one.id)
    report = {
        "before": before,
        "after": counts(entries),
        "people": {"rows kept": before_merge, "merged away": before_merge - len(folk)},
    }
    return entries, licences | more | LICENCES, report


def _outlets_from_bodies(bodies: list[Entry], outlets: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Organisations that are outlets ("Haaretz") go to the outlets of that name."""
    by_name = {fold(n.text).removeprefix("the "): one for one in outlets for n in one.names if n.how == "name"}
    kept = []
    for body in bodies:
        outlet = by_name.get(fold(body.label).removeprefix("the "))
        if outlet is None or OWN_LAYER in body.layers:
            kept.append(body)
        elif len(fold(body.label)) > 3:
            outlet.names |= {name for name in body.names if name.how == "name"}
    return kept, outlets


def _with_own_states(states: list[Entry], own: list[Entry]) -> list[Entry]:
    """The states with our own names and metonyms; parts of states stand for themselves."""
    by_country = {state.country: state for state in states}
    for one in own:
        if one.type:
            states.append(one)
        else:
            by_country[one.country].names |= {name for name in one.names if name.text != one.label}
    return states


def _finder(states: list[Entry], bodies: list[Entry]) -> Callable[[str], str | None]:
    """What finds the code of a state or the id of a body by its name."""
    known: dict[str, str] = {}
    for one in [*states, *(body for body in bodies if OWN_LAYER in body.layers or "seed" in body.layers)]:
        for name in [one.label, *sorted(n.text for n in one.names if n.how in ("name", "demonym"))]:
            known.setdefault(fold(name), one.country if one.kind == "state" and not one.type else one.id)
    return lambda name: known.get(fold(name).removeprefix("the "))


def _chiefs_by_title(entries: list[Entry]) -> None:
    """Say of every head of state and of government by which title the country calls them, and the other way round."""
    titles: Used = {}
    chiefs: Used = {}
    for role in (role for one in entries for role in one.roles):
        if role.chief and role.office and not role.office.startswith("head of"):
            chiefs.setdefault((role.jurisdiction, role.office), Counter())[role.chief] += 1
            for chief in chiefs_of(role):
                titles.setdefault((role.jurisdiction, chief), Counter())[role.office] += 1
    for one in entries:
        one.roles = {_with_title(role, titles, chiefs) for role in one.roles}


def _with_title(role: EntryRole, titles: Used, chiefs: Used) -> EntryRole:
    if role.chief and (not role.office or role.office.startswith("head of")):
        known = titles.get((role.jurisdiction, role.chief))
        return role._replace(office=_most(known)) if known else role
    known = chiefs.get((role.jurisdiction, role.office))
    return role._replace(chief=_most(known)) if known and not role.chief else role


def _without_deputies(entries: list[Entry]) -> None:
    """Take from deputies the headship that a list gives them because it names no titles.

    Who is listed as a head without a title, and began on the day on which somebody with a title began, or within the
    term of one, is the deputy of that one.
    """
    heads: Heads = {}
    for one in entries:
        for role in one.roles:
            for chief in chiefs_of(role) if role.start and not _is_untitled(role) else ():
                heads.setdefault((role.jurisdiction, chief), []).append((one, role))
    for one in entries:
        one.roles = {
            role._replace(title="Deputy head", office="", chief="")
            if _is_untitled(role) and any(_within(role, one, heads, chief) for chief in chiefs_of(role))
            else role
            for role in one.roles
        }


def _is_untitled(role: EntryRole) -> bool:
    return bool(role.chief) and role.title.casefold().startswith("head of")


def _within(role: EntryRole, one: Entry, heads: Heads, chief: str) -> bool:
    return any(
        other is not one and (head.start == role.start or head.start < role.start < head.end)
        for other, head in heads.get((role.jurisdiction, chief), ())
    )


def _most(counted: Counter[str]) -> str:
    return min(counted, key=lambda name: (-counted[name], name))


def counts(entries: list[Entry]) -> dict[str, int]:
    """How many entries of each kind, names and roles are there?"""
    found = {f"{kind}s": number for kind, number in sorted(Counter(one.kind for one in entries).items())}
    return found | {"names": sum(len(e.names) for e in entries), "roles": sum(len(e.roles) for e in entries)}


def labelled(entry: Entry) -> Entry:
    """The entry with its label among its names."""
    layer = min(entry.layers, default=OWN_LAYER)
    if any(name.text == entry.label and name.how == "name" for name in entry.names):
        return entry
    return replace(entry, names=entry.names | {EntryName(text=entry.label, how="name", layer=layer)})


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the compiled lists")
    parser.add_argument("--out", type=Path, required=True, help=f"folder to write {NAME} to")
    options = parser.parse_args()
    entries, licences, report = build(options.data)
    path = options.out / NAME
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    write_entries(connection, map(labelled, entries), licences)
    connection.execute("VACUUM")
    connection.close()
    print(json.dumps(report | {"file": {"bytes": path.stat().st_size}}, indent=2))


if __name__ == "__main__":
    main()
