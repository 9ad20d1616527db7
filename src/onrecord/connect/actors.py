"""Which actors of different documents are one?

An actor that no list knows belongs to its document: two articles never share it silently. Here they are proposed to be
joined, on strong evidence alone; somebody or something else decides, and can undo it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.connect.sides import side_of_name, sides_of_people
from onrecord.connect.words import STOP, name_key, rarity, tokens
from onrecord.record.actor import Actor, ActorKind
from onrecord.record.reading import Reading

TITLES = frozenset("mr mrs ms miss dr sir lord lady prof professor the".split())
_JOINED: frozenset[ActorKind] = frozenset({"person", "organisation", "outlet", "state"})
_SURE, _LIKELY = 0.95, 0.85
_ONE_MATTER = 20.0
"""Rarities of words that two documents share at their beginnings, in sum, from which they are on one matter."""

_RARE = 4.5
_BEGINNING = 2000
_MOST_MATTERS = 12
"""Of those that are surely one, so many documents are kept to compare others with, the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameActor:
    """A proposal that two actors of different documents are one.

    Attributes:
        kept: The id of the actor that was met first.
        joined: The id of the other one.
        name: The full name that both bear.
        kind: What both are.
        documents: The documents in which they were met, in the same order.
        why: One sentence that names the evidence.
        score: How likely they are one, in [0, 1].
    """

    kept: str
    joined: str
    name: str
    kind: ActorKind
    documents: tuple[str, str]
    why: str
    score: float


@dataclass(slots=True)
class _Met:
    """An actor that was met, with what is known of those that are surely one with it."""

    actor: str
    document: str
    side: frozenset[str]
    matters: tuple[dict[str, float], ...]


def join(readings: Iterable[Reading]) -> Iterator[SameActor]:
    """Which actors of different documents are one: by the same full name, the same kind, and no side that differs?

    Memory grows with the number of different actors, not with that of documents. Each actor is proposed to be joined to
    those met before with which it surely is one, or else to the first one that it fits.

    Args:
        readings: Documents with their actors. Actors with an entry in a catalogue are one by their id already and are
            left out, as are people of whom one name alone is known.
    """
    met: dict[tuple[ActorKind, tuple[str, ...]], list[_Met]] = defaultdict(list)
    done: set[str] = set()
    for reading in readings:
        for actor, mine in _local(reading):
            key = (actor.kind, full_name(actor.name))
            if actor.id in done:
                continue
            done.add(actor.id)
            proposals = [_proposal(first, mine, actor) for first in met[key] if _fits(first, mine)]
            sure = [proposal for proposal in proposals if proposal.score >= _SURE]
            yield from sure or proposals[:1]
            if not sure:
                met[key].append(mine)
            for first in met[key]:
                if any(proposal.kept == first.actor for proposal in sure):
                    first.side |= mine.side
                    first.matters = (*first.matters, *mine.matters)[-_MOST_MATTERS:]


def full_name(name: str) -> tuple[str, ...]:
    """The words of a name, titles left out, in lower case.

    >>> full_name("Dr. Ruth O'Neill")
    ('ruth', "o'neill")
    """
    return tuple(t.form for t in tokens(name) if t.form not in TITLES)


def _local(reading: Reading) -> Iterator[tuple[Actor, _Met]]:
    """The actors that belong to the document alone and can be told by their name, each with what is known of it."""
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
    matter = _matter(reading)
    for actor, keys, side in zip(actors, names, sides, strict=True):
        mine = side if actor.kind == "person" else side_of_name(keys)
        others = {word: weight for word, weight in matter.items() if word not in keys}
        yield actor, _Met(actor.id, reading.document.id, mine, (others,))


def _matter(reading: Reading) -> dict[str, float]:
    """The rare words of a document's title and beginning, and how rare they are: what it is about."""
    doc = reading.document
    words = (*tokens(doc.title or ""), *tokens(doc.text[:_BEGINNING]))
    keys = {
        name_key(word.form) if word.name else word.stem: rarity(word.stem) for word in words if word.form not in STOP
    }
    return {key: weight for key, weight in keys.items() if weight >= _RARE and not key[0].isdigit()}


def _telling(actor: Actor) -> bool:
    words = full_name(actor.name)
    return len(words) >= 2 or (actor.kind != "person" and len("".join(words)) >= 4)


def _fits(first: _Met, other: _Met) -> bool:
    if first.document == other.document:
        return False
    return not first.side or not other.side or bool(first.side & other.side)


def _proposal(first: _Met, other: _Met, actor: Actor) -> SameActor:
    side = first.side & other.side if actor.kind == "person" else frozenset()
    shared = max(
        ([word for word in one if word in matter] for matter in first.matters for one in other.matters),
        key=lambda words: sum(other.matters[0][word] for word in words),
        default=[],
    )
    one_matter = sum(other.matters[0][word] for word in shared) >= _ONE_MATTER
    why = f"both are called “{actor.name}” ({actor.kind})"
    why += f", and both stand for {', '.join(sorted(side))}" if side else ""
    if one_matter and not side:
        telling = sorted(shared, key=lambda word: (-other.matters[0][word], word))[:3]
        why += f", in accounts of one matter ({', '.join(telling)})"
    return SameActor(
        kept=first.actor,
        joined=other.actor,
        name=actor.name,
        kind=actor.kind,
        documents=(first.document, other.document),
        why=why,
        score=_SURE if side or one_matter or actor.kind != "person" else _LIKELY,
    )
