"""What does an actor say: on which issues, since when, through whom does it come, and as whom is he known?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.record.actor import Actor
from onrecord.record.actor_link import ActorLink
from onrecord.record.bearing import Side
from onrecord.record.issue import Issue
from onrecord.store import ActorEntry, Entry, Ledger
from onrecord.views.trace import Ruling, rulings


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A side that an actor took on an issue.

    Attributes:
        side: The side.
        entry: The statement.
    """

    side: Side
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """What an actor says on an issue.

    Attributes:
        issue: The issue.
        taken: The sides taken, by date.
    """

    issue: Issue
    taken: tuple[Taken, ...]

    @property
    def by_day(self) -> tuple[tuple[str, tuple[Taken, ...]], ...]:
        """The sides taken on each day, each side once; a day of which nothing is known is empty."""
        days: dict[str, dict[Side, Taken]] = {}
        for each in self.taken:
            days.setdefault(_day(each)[:10], {}).setdefault(each.side, each)
        return tuple((day, tuple(sides.values())) for day, sides in days.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """An actor that is one with another, or may be.

    Attributes:
        actor_id: Its own id.
        name: Its own name; None if it is not known apart from those that it is one with.
        why: The evidence.
        score: How likely they are one, in [0, 1]; None if not scored.
    """

    actor_id: str
    name: str | None
    why: str | None
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An actor of a ledger.

    Attributes:
        entry: Who it is.
        newest: The ids of the statements that stances, relays and acts are made from, the newest first.
        times: Statements by time of publication, in order: of each day, where all of them were looked at; else of each
            month; as far as it is known, empty where it is not.
        stances: What it says on which issue, most first.
        relays: Outlets that printed it or passed it on, and how many statements each; most first.
        acts: What it does by speaking, most first.
        joined: Those that it is one with.
        proposed: Those that it may be one with, and about whom nobody has decided.
        rulings: What people decided about it and those that it is one with.
    """

    entry: ActorEntry
    newest: tuple[str, ...]
    times: Mapping[str, int]
    stances: tuple[Stance, ...]
    relays: tuple[tuple[Actor | None, str, int], ...]
    acts: tuple[tuple[str, int], ...]
    joined: tuple[Namesake, ...]
    proposed: tuple[Namesake, ...]
    rulings: tuple[Ruling, ...]


def profile(ledger: Ledger, identifier: str, *, most: int = 60) -> Profile:
    """What is on record of this actor?

    Args:
        ledger: The ledger.
        identifier: The actor's id or a unique beginning; of those that are one, any.
        most: Statements to look at, the newest ones.

    Raises:
        StoreError: OR-407, there is none, or several.
    """
    entry = ledger.actor(identifier)
    manner = ledger.manner(entry.actor.id, most=most)
    whole = len(manner.statements) >= entry.n_statements
    times = manner.days if whole else ledger.months(entry.actor.id)
    links = ledger.actor_links(entry.actor.id)
    return Profile(
        entry=entry,
        newest=manner.statements,
        times={time: times[time] for time in sorted(times)},
        stances=_stances(ledger, manner.statements),
        relays=manner.relays,
        acts=tuple(sorted(manner.acts.items(), key=lambda pair: -pair[1])),
        joined=_joined(entry, links),
        proposed=_proposed(ledger, entry, links),
        rulings=tuple(each for actor_id in entry.joined for each in rulings(ledger, actor_id)),
    )


def _stances(ledger: Ledger, statements: Sequence[str]) -> tuple[Stance, ...]:
    bearings = ledger.issues.taken(statements)
    entries = ledger.some({each.bearing.statement_id for found in bearings.values() for each in found})
    found = [
        Stance(
            issue=issue,
            taken=tuple(
                sorted(
                    (Taken(side=each.bearing.side, entry=entries[each.bearing.statement_id]) for each in bearing),
                    key=_day,
                )
            ),
        )
        for issue, bearing in bearings.items()
    ]
    return tuple(sorted(found, key=lambda stance: (-len(stance.taken), stance.issue.label)))


def _day(taken: Taken) -> str:
    published = taken.entry.document.published
    return published.value if published is not None else ""


def _joined(entry: ActorEntry, links: Iterable[ActorLink]) -> tuple[Namesake, ...]:
    whys: dict[str, ActorLink] = {}
    for link in links:
        for one in (link.left, link.right):
            whys.setdefault(one, link)
    return tuple(
        Namesake(
            actor_id=each,
            name=None,
            why=whys[each].why if each in whys else None,
            score=whys[each].score if each in whys else None,
        )
        for each in entry.joined
        if each != entry.actor.id
    )


def _proposed(ledger: Ledger, entry: ActorEntry, links: Iterable[ActorLink]) -> tuple[Namesake, ...]:
    decided = {each.field for actor in entry.joined for each in ledger.decisions(actor, standing=True)}
    found: dict[str, Namesake] = {}
    for link in links:
        for own, other in ((link.left, link.right), (link.right, link.left)):
            if own in entry.joined and other not in entry.joined and f"same as {other}" not in decided:
                name = ledger.actor(other).actor.name
                found[other] = Namesake(actor_id=other, name=name, why=link.why, score=link.score)
    return tuple(found.values())
