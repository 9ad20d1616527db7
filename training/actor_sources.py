"""What do the compiled lists and our own lists say, row by row?

The tables of ``../shared/data/actors`` are described in its README. Our own lists (``training/actor_lists``) hold facts
that no list with an open licence has in one place: terms of office, bodies, outlets, names in other alphabets.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

from onrecord.record.actor import ActorKind
from onrecord.resolve.table.entries import Entry, EntryName, EntryRole
from onrecord.resolve.table.listed import How
from onrecord.resolve.table.sounds import fold

OWN = Path(__file__).parent / "actor_lists"
OWN_LAYER = "onrecord"
OWN_SEEN = "2025-06-30"
"""Day up to which terms without an end in our own list were known to last."""
LICENCES = {
    OWN_LAYER: "CC0-1.0",
    "newsmap": "MIT; Wikidata CC0-1.0",
}
_KINDS: dict[str, ActorKind] = {"person": "person", "org": "organisation", "country": "state"}
_BODIES: dict[str, ActorKind] = {"organisation": "organisation", "state": "state"}
_HOW: dict[str, How] = {"demonym": "demonym", "capital metonym": "capital", "metonym": "metonym"}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, compressed or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return csv.DictReader(io.StringIO(text, newline=""))


def read_compiled(folder: Path) -> tuple[list[Entry], dict[str, str]]:
    """The people, organisations and states of the compiled lists, as they are, and the licence of each layer."""
    entries = {
        row["actor_id"]: Entry(
            id=row["actor_id"],
            kind=_KINDS[row["kind"]],
            label=row["label"],
            country=row["country"],
            wikidata=row["qid"] or (row["actor_id"].partition("-")[0] if row["actor_id"].startswith("Q") else ""),
            type=row["type"],
            salience=float(row["salience"] or 0),
            needs_review=row["needs_review"] == "True",
        )
        for row in rows(folder / "actors.csv.gz")
    }
    licences: dict[str, str] = {}
    for row in rows(folder / "aliases.csv.gz"):
        licences[row["source"]] = row["licence"]
        entries[row["actor_id"]].names.add(
            EntryName(text=row["alias"], how=_HOW.get(row["kind"], "name"), layer=row["source"], language=row["lang"])
        )
    for row in rows(folder / "roles.csv.gz"):
        licences[row["source"]] = row["licence"]
        entries[row["actor_id"]].roles.add(
            EntryRole(
                title=row["role"],
                jurisdiction=row["jurisdiction"],
                start=row["start"],
                end=row["end"],
                first_seen=row["first_seen"],
                last_seen=row["last_seen"],
                layer=row["source"],
            )
        )
    return list(entries.values()), licences


def read_outlets(folder: Path) -> tuple[list[Entry], dict[str, str]]:
    """The outlets of the compiled lists that have a name, as they are, and the licence of each layer."""
    entries, licences = [], {}
    for row in rows(folder / "outlets.csv.gz"):
        if not row["name"]:
            continue
        licences[row["source"]] = row["licence"]
        entries.append(
            _outlet(
                row["name"],
                [row["domain"]],
                row["aliases"].split(";"),
                country=row["country"],
                kind=row["type"],
                layer=row["source"],
                wikidata=row["qid"],
            )
        )
    for row in rows(folder / "outlets_wikidata.csv.gz"):
        if row["newsish"] == "True" and not row["name"].startswith("Q"):
            entries.append(
                _outlet(row["name"], [], [], country=row["country"], kind="", layer="newsmap", wikidata=row["qid"])
            )
    return entries, licences


def read_own_outlets() -> list[Entry]:
    """The outlets of our own list."""
    return [
        _outlet(
            row["label"],
            row["domains"].split("|"),
            row["names"].split("|"),
            country=row["country"],
            kind=row["type"],
            layer=OWN_LAYER,
        )
        for row in rows(OWN / "outlets.csv")
    ]


def _outlet(
    label: str, domains: list[str], names: list[str], *, country: str, kind: str, layer: str, wikidata: str = ""
) -> Entry:
    aliases = {EntryName(text=name, how="name", layer=layer) for name in (label, *names) if name}
    addresses = {EntryName(text=domain, how="domain", layer=layer) for domain in domains if domain}
    return Entry(
        id=wikidata or f"onr:m:{(domains[0] if domains else '') or label}",
        kind="outlet",
        label=label,
        country=country,
        wikidata=wikidata,
        type=kind,
        salience={"agency": 3.0, "": 0.0}.get(kind, 2.0),
        names=aliases | addresses,
    )


def read_own_bodies() -> list[Entry]:
    """The bodies, the states of the US and the metonyms of our own list."""
    entries = []
    for row in rows(OWN / "bodies.csv"):
        names = {EntryName(text=n, how="name", layer=OWN_LAYER) for n in (row["label"], *row["names"].split("|")) if n}
        stand_for = {EntryName(text=n, how="metonym", layer=OWN_LAYER) for n in row["metonyms"].split("|") if n}
        slug = "-".join(fold(row["label"]).split())
        entries.append(
            Entry(
                id=f"onr:b:{slug}" if row["type"] != "US state" else f"onr:b:us-{slug}",
                kind=_BODIES[row["kind"]],
                label=row["label"],
                country=row["country"],
                type=row["type"],
                salience=2.0,
                names=names | stand_for,
            )
        )
    return entries


def read_own_people() -> list[Entry]:
    """The people of our own lists with their terms; jurisdictions are codes or labels of bodies."""
    people: dict[tuple[str, str], Entry] = {}
    for row in rows(OWN / "terms.csv"):
        entry = _person(people, row)
        entry.roles.add(
            EntryRole(
                title=row["title"],
                jurisdiction=row["jurisdiction"],
                start=row["start"],
                end=row["end"],
                last_seen="" if row["end"] else max(OWN_SEEN, row["start"]),
                layer=OWN_LAYER,
            )
        )
    for row in rows(OWN / "names.csv"):
        entry = _person(people, row)
        entry.names |= {EntryName(text=name, how="name", layer=OWN_LAYER) for name in row["names"].split("|")}
    return list(people.values())


def _person(people: dict[tuple[str, str], Entry], row: dict[str, str]) -> Entry:
    label, country = row["person"], row["country"]
    slug = "-".join(fold(label).split())
    return people.setdefault(
        (label, country),
        Entry(
            id=f"onr:q:{country.casefold()}-{slug}",
            kind="person",
            label=label,
            country=country,
            salience=5.0,
            names={EntryName(text=label, how="name", layer=OWN_LAYER)},
        ),
    )
