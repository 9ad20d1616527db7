"""Which rows are one actor?

Two rows of one country with names that fit are one person unless their names or times say otherwise; names that fit
less well need an office in common. Nothing is merged for its surname alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import combinations

from onrecord.resolve.table.entries import Entry, EntryName, EntryRole
from onrecord.resolve.table.names import person_name, same_person
from onrecord.resolve.table.offices import SOLE
from onrecord.resolve.table.sounds import fold, sounds
from training.actor_clean import TERRITORIES

_UNIQUE = frozenset({"congress", "wd-eps", "onrecord"})
"""Lists that hold nobody twice."""
_LOOSE = frozenset({"oeda"})
"""Lists whose other names are not to be trusted."""
_LIFETIME = 45
_LOOKS_ALIKE = 0.6
_NO_PERIOD = (0, 9999)
_TRUST = ("onrecord", "seed", "congress", "wd-eps", "factbook", "cia-wl-2019", "oeda")
"""Whose label to show, the best first."""


def merge_people(entries: list[Entry]) -> list[Entry]:
    """The same people, each once."""
    joined = _Joined(entries)
    for same in _blocks(entries):
        for one, two in combinations(same, 2):
            if _compatible(entries[one], entries[two]):
                joined.join(one, two)
    return joined.entries()


def without_joined_labels(entries: list[Entry]) -> list[Entry]:
    """The people without those whose label is made of two people's ("Wopke Hoekstra Carola Schouten")."""
    known = {(one.country, fold(one.label)) for one in entries}
    return [one for one in entries if one.layers != {"factbook"} or not _is_two(one, known)]


def _is_two(entry: Entry, known: set[tuple[str, str]]) -> bool:
    words = fold(entry.label).split()
    halves = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(2, len(words) - 1))
    return any((entry.country, half) in known for pair in halves for half in pair)


def merge_by_name(entries: list[Entry]) -> list[Entry]:
    """Organisations or outlets, each once: the same name in the same country, or in no country on one side.

    A body joins another if it bears that one's label, or one of its names in a list made by hand: in event
    dictionaries a part goes by the name of the whole.
    """
    joined = _Joined(entries)
    known: dict[str, list[int]] = defaultdict(list)
    for number in sorted(range(len(entries)), key=lambda at: min(map(_rank, entries[at].layers), default=len(_TRUST))):
        entry = entries[number]
        label = fold(entry.label).removeprefix("the ")
        for other in known[label]:
            if _same_country(entry, entries[other]):
                joined.join(other, number)
        names = {fold(name.text).removeprefix("the ") for name in entry.names if name.layer not in _LOOSE}
        for key in names | {label}:
            known[key].append(number)
    return joined.entries()


def _same_country(one: Entry, two: Entry) -> bool:
    return one.kind == two.kind and (not one.country or not two.country or one.country == two.country)


def _blocks(entries: list[Entry]) -> Iterable[list[int]]:
    """Numbers of entries that may be one: the same surname in a country, or the very same name anywhere."""
    blocks: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, entry in enumerate(entries):
        name = person_name(entry.label)
        for key in sounds("".join(name.surname), "en"):
            blocks[entry.country, key].add(number)
        words = tuple(sorted(fold(entry.label).split()))
        blocks[entry.country, *words].add(number)
        if len(words) > 1:
            blocks["everywhere", *words].add(number)
        for term in _terms(entry):
            blocks["term", *term].add(number)
    return [sorted(block) for _, block in sorted(blocks.items()) if len(block) > 1]


def _compatible(one: Entry, two: Entry) -> bool:
    if one.wikidata and two.wikidata:
        return one.wikidata == two.wikidata
    if one.layers & two.layers & _UNIQUE:
        return False
    shared = _share_term(one, two)
    if one.country != two.country and one.country and two.country:
        heads = {(r.chief, r.start) for r in one.roles if r.chief} & {(r.chief, r.start) for r in two.roles if r.chief}
        named_alike = fold(one.label) == fold(two.label) or same_person(one.label, two.label).strength >= 0.9
        return named_alike and bool(shared or heads or {one.country, two.country} & TERRITORIES)
    if _far_apart(one, two) or (not shared and _different(one, two)):
        return False
    match = max((same_person(a, b) for a in _forms(one) for b in _forms(two)), key=lambda found: found.strength)
    if match.fit == "same" and person_name(one.label).given:
        return True
    if shared:
        return match.strength >= 0.5 or _alike(one.label, two.label)
    if match.strength >= 0.8:
        return bool(_offices(one) & _offices(two))
    return False


def _different(one: Entry, two: Entry) -> bool:
    """Do middle names or suffixes say that the two are not one (George W. and George H. W. Bush)?"""
    return same_person(one.label, two.label).fit == "different" and bool(
        set(fold(one.label).split()) & set(fold(two.label).split())
    )


def _two_people(one: Entry, two: Entry) -> bool:
    names = one.kind == "person" and _different(one, two)
    return names and not _share_term(one, two) and not _related(one, two)


def _related(one: Entry, two: Entry) -> bool:
    """Does one list give the other's name as a name of its own?"""
    return bool(
        {fold(n.text) for n in one.names} & {fold(two.label)} | {fold(n.text) for n in two.names} & {fold(one.label)}
    )


def _alike(one: str, two: str) -> bool:
    """Do two names share a word, or look alike, as names of one holder of one office do?"""
    words, others = fold(one).split(), fold(two).split()
    return bool(set(words) & set(others)) or SequenceMatcher(None, fold(one), fold(two)).ratio() >= _LOOKS_ALIKE


def _forms(entry: Entry) -> list[str]:
    """The label, and other full names of the same alphabet, few enough to compare them all."""
    names = sorted({name.text for name in entry.names if name.text.isascii() and " " in name.text})
    return [entry.label, *names[:4]]


def _share_term(one: Entry, two: Entry) -> bool:
    """Did both begin in one office on one day? Then the two names are one person's."""
    return bool(_terms(one) & _terms(two))


def _terms(entry: Entry) -> set[tuple[str, str]]:
    """The terms in offices that one person holds at a time, with the exact day on which they began."""
    days = [role for role in entry.roles if role.start[7:]]
    chiefs = {(f"{role.jurisdiction} {chief}", role.start) for role in days for chief in chiefs_of(role)}
    return chiefs | {(f"{role.jurisdiction} {role.office}", role.start) for role in days if role.office in SOLE}


def chiefs_of(role: EntryRole) -> tuple[str, ...]:
    """Of what the holder of a role is the head: state, government, both, neither."""
    return ("state", "government") if role.chief == "both" else (role.chief,) if role.chief else ()


def _offices(entry: Entry) -> set[tuple[str, str]]:
    """The offices that somebody held; careers ("government") are none."""
    roles = [role for role in entry.roles if role.layer not in _LOOSE]
    return {(role.jurisdiction, role.office or role.chief or role.title) for role in roles}


def _far_apart(one: Entry, two: Entry) -> bool:
    """Were the two active so far apart in time that they must be namesakes?"""
    (first, last), (start, end) = _period(one), _period(two)
    return start - last > _LIFETIME or first - end > _LIFETIME


def _period(entry: Entry) -> tuple[int, int]:
    days = [d for r in entry.roles for d in (r.start, r.end, r.first_seen, r.last_seen) if d]
    return (int(min(days)[:4]), int(max(days)[:4])) if days else _NO_PERIOD


class _Joined:
    """Sets of entries that are one (union and find), kept free of two different people."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._parent = list(range(len(entries)))
        self._members: dict[int, list[int]] = {number: [number] for number in range(len(entries))}

    def _root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, one: int, two: int) -> None:
        """Say that two entries are one, unless that would make two others one that cannot be."""
        first, second = self._root(one), self._root(two)
        if first == second or self._conflict(first, second):
            return
        self._parent[second] = first
        self._members[first] += self._members.pop(second)

    def _conflict(self, first: int, second: int) -> bool:
        """Would joining two sets make people one whose ids or names say that they are two?"""
        left, right = ([self._entries[number] for number in self._members[root]] for root in (first, second))
        ids = {entry.wikidata for entry in (*left, *right) if entry.wikidata}
        bodies = [entry for entry in (*left, *right) if entry.kind != "person"]
        if len({entry.country for entry in bodies if entry.country}) > 1:
            return True
        return len(ids) > 1 or any(
            (one.layers & two.layers & _UNIQUE and not one.wikidata == two.wikidata != "") or _two_people(one, two)
            for one in left
            for two in right
        )

    def entries(self) -> list[Entry]:
        """The merged entries, in the order of their first member."""
        return [_merged([self._entries[number] for number in members]) for _, members in sorted(self._members.items())]


def _merged(members: list[Entry]) -> Entry:
    if len(members) == 1:
        return members[0]
    by_trust = sorted(members, key=lambda one: (min(map(_rank, one.layers), default=len(_TRUST)), one.id))
    kept = min(members, key=lambda one: (not one.wikidata, -len(one.roles), one.id))
    labels = {EntryName(text=one.label, how="name", layer=min(one.layers, key=_rank)) for one in members if one.layers}
    return Entry(
        id=kept.id,
        kind=kept.kind,
        label=by_trust[0].label,
        country=next((one.country for one in by_trust if one.country), ""),
        wikidata=kept.wikidata,
        type=next((one.type for one in by_trust if one.type), ""),
        salience=max(one.salience for one in members) + 0.25 * (len(members) - 1),
        needs_review=all(one.needs_review for one in members),
        names=set().union(labels, *(one.names for one in members)),
        roles=set().union(*(one.roles for one in members)),
    )


def _rank(layer: str) -> int:
    return _TRUST.index(layer) if layer in _TRUST else len(_TRUST)
