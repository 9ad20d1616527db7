"""Which actors of different documents are one?

An actor that no list knows belongs to its document: two articles never share it silently. Here they are proposed to be
joined, on strong evidence alone; somebody or something else decides, and can undo it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.connect.sides import side_of_name, sides_of_people
from onrecord.connect.words import name_key, tokens
from onrecord.record.actor import Actor, ActorKind
from onrecord.record.reading import Reading

TITLES = frozenset("mr mrs ms miss dr sir lord lady prof professor the".split())
_JOINED: frozenset[ActorKind] = frozenset({"person", "organisation", "outlet", "state"})
_SURE, _LIKELY = 0.95, 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class SameActor:
    """A proposal that two actors of different documents are one.

    Attributes:
        kept: The id of the actor that was met first.
        joined: The id of the other one.
        name: The full name that both bear.
        documents: The documents in which they were met, in the same order.
        why: One sentence that names the evidence.
        score: How likely they are one, in [0, 1].
    """

    kept: str
    joined: str
    name: str
    documents: tuple[str, str]
    why: str
    score: float


@dataclass(frozen=True, slots=True)
class _Met:
    actor: str
    document: str
    side: frozenset[str]


def join(readings: Iterable[Reading]) -> Iterator[SameActor]:
    """Which actors of different documents are one: by the same full name, the same kind, and no side that differs?

    Memory grows with the number of different actors, not with that of documents. Each actor is proposed to be joined to
    the first one that it fits; the first is the one met first.

    Args:
        readings: Documents with their actors. Actors with an entry in a catalogue are one by their id already and are
            left out, as are people of whom one name alone is known.
    """
    met: dict[tuple[ActorKind, tuple[str, ...]], list[_Met]] = defaultdict(list)
    done: set[str] = set()
    for reading in readings:
        for actor, side in _local(reading):
            key = (actor.kind, full_name(actor.name))
            if actor.id in done:
                continue
            done.add(actor.id)
            mine = _Met(actor.id, reading.document.id, side)
            if first := next((one for one in met[key] if _fits(one, mine)), None):
                yield _proposal(first, mine, actor)
            else:
                met[key].append(mine)


def full_name(name: str) -> tuple[str, ...]:
    """The words of a name, titles left out, in lower case.

    >>> full_name("Dr. Ruth O'Neill")
    ('ruth', "o'neill")
    """
    return tuple(t.form for t in tokens(name) if t.form not in TITLES)


def _local(reading: Reading) -> Iterator[tuple[Actor, frozenset[str]]]:
    """The actors that belong to the document alone and can be told by their name, each with its side."""
    actors = [a for a in reading.actors if not a.external_ids and a.kind in _JOINED]
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    for actor in actors:
        counts[full_name(actor.name)] += 1
    # Two of one name in one document are two: the name says nothing then.
    actors = [a for a in actors if counts[full_name(a.name)] == 1 and _telling(a)]
    if not actors:
        return
    names = [frozenset(name_key(word) for word in full_name(actor.name)) for actor in actors]
    sides = sides_of_people(list(tokens(reading.document.text)), names)
    for actor, keys, side in zip(actors, names, sides, strict=True):
        yield actor, side if actor.kind == "person" else side_of_name(keys)


def _telling(actor: Actor) -> bool:
    words = full_name(actor.name)
    return len(words) >= 2 or (actor.kind != "person" and len("".join(words)) >= 4)


def _fits(first: _Met, other: _Met) -> bool:
    if first.document == other.document:
        return False
    return not first.side or not other.side or bool(first.side & other.side)


def _proposal(first: _Met, other: _Met, actor: Actor) -> SameActor:
    common = first.side & other.side
    stands = f", and both stand for {', '.join(sorted(common))}" if common and actor.kind == "person" else ""
    return SameActor(
        kept=first.actor,
        joined=other.actor,
        name=actor.name,
        documents=(first.document, other.document),
        why=f"both are called “{actor.name}” ({actor.kind}){stands}",
        score=_SURE if stands or actor.kind != "person" else _LIKELY,
    )
