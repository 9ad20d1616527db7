"""Which statement should a person look at next, and why; and do the reviewers agree?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from onrecord.record.attribution import NO_REASON
from onrecord.record.decision import Verdict
from onrecord.record.ids import content_id
from onrecord.store import Entry, Ledger
from onrecord.store.reviewing import UNKNOWN, Said

SURE = 0.75
"""Scores below this are a reason for doubt."""


class Queue:
    """Statements in the order in which to look at them, the most doubtful first.

    Attributes:
        order: Their ids.
        made_of: The newest reading that was looked at; while the ledger has no newer one, this order holds.
    """

    def __init__(self, order: Sequence[str], *, made_of: int = 0) -> None:
        self.order = tuple(order)
        self.made_of = made_of
        self._places = {identifier: place for place, identifier in enumerate(self.order)}

    def __len__(self) -> int:
        return len(self.order)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._places

    def place(self, identifier: str) -> int:
        """The place of a statement, from 0.

        Raises:
            KeyError: It is not in the queue.
        """
        return self._places[identifier]

    def among(self, identifiers: Iterable[str]) -> Queue:
        """Of these statements, those in the queue, in its order."""
        return Queue(sorted(set(identifiers) & self._places.keys(), key=self.place), made_of=self.made_of)


def by_doubt(ledger: Ledger, *, outlet: str | None = None) -> Queue:
    """In which order should the statements of a ledger be looked at?

    How doubtful each is follows from how sure the machines were: of its words, of its actor and of what it does, taken
    together. People's decisions change nothing in it.

    Args:
        ledger: An open ledger.
        outlet: An outlet's name, or a part of it; None for all.
    """
    newest = ledger.reviewing.newest_reading()
    return Queue(ledger.reviewing.by_doubt(outlet=outlet), made_of=newest)


def reasons(entry: Entry) -> tuple[str, ...]:
    """Why is this statement in doubt? Sentences, the weightiest first; empty where the machines were sure."""
    found: list[tuple[float, str]] = []
    stmt, attribution, position = entry.statement, entry.attribution, entry.position
    if stmt.score < SURE:
        found.append((stmt.score, f"its words and source are right with {_percent(stmt.score)}"))
    if not stmt.source and (attribution is None or attribution.actor_id is None):
        found.append((SURE, "the text names no source"))
    elif attribution is not None and attribution.actor_id is None:
        why = attribution.reason if attribution.reason != NO_REASON else None
        found.append((UNKNOWN, f"the source is unresolved{f': {why}' if why else ''}"))
    elif attribution is not None and attribution.score is not None and attribution.score < SURE:
        rivals = [entry.named(each.actor_id) for each in attribution.alternatives[:2]]
        names = " or ".join(actor.name for actor in rivals if actor is not None)
        other = f"; it could be {names}" if names else ""
        found.append((attribution.score, f"the actor is right with {_percent(attribution.score)}{other}"))
    if position is not None and position.score is not None and position.score < SURE:
        found.append((position.score, f"act and polarity are right with {_percent(position.score)}"))
    if entry.decision is not None and entry.decision.verdict == "unsure":
        found.append((0.0, f"{entry.decision.by} was unsure"))
    return tuple(sentence for _, sentence in sorted(found, key=lambda pair: pair[0]))


def _percent(score: float) -> str:
    return f"{score:.0%} likelihood"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Where a reviewer stands in the queue.

    Attributes:
        at: The statement to decide; None if nothing is left.
        before: The one before it in the queue, decided or not; None if it is the first.
        after: The next one that waits for this reviewer; None if there is none.
        place: The place of `at` in the queue, from 1; 0 if nothing is left.
        n_all: Statements in the queue.
        n_open: Those that wait for this reviewer.
    """

    at: str | None
    before: str | None
    after: str | None
    place: int
    n_all: int
    n_open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Which statements wait for a reviewer?

    Attributes:
        named: The ids of those that do, or if `others`, of those that do not.
        others: Whether all but the named ones wait.
    """

    named: frozenset[str]
    others: bool

    def __contains__(self, identifier: str) -> bool:
        return (identifier in self.named) != self.others

    def count(self, queue: Queue) -> int:
        """How many of a queue wait?"""
        named = sum(each in queue for each in self.named)
        return len(queue) - named if self.others else named


def waiting_for(reviewer: str, said: Iterable[Said], *, second: bool = False) -> Waiting:
    """Which statements wait for this reviewer?

    Args:
        reviewer: Who.
        said: What each reviewer said so far.
        second: Whether to give a second opinion: on what others decided and this one did not. Else what nobody accepted
            or rejected and this reviewer did not set aside as unsure.
    """
    words = tuple(said)
    mine = frozenset(each.statement_id for each in words if each.by == reviewer)
    if second:
        return Waiting(named=frozenset(each.statement_id for each in words) - mine, others=False)
    settled = frozenset(each.statement_id for each in words if each.verdict in ("accepted", "rejected"))
    return Waiting(named=mine | settled, others=True)


def turn(queue: Queue, waiting: Waiting, at: str | None = None) -> Turn:
    """Where is a reviewer who looks at `at`, or who asks what comes first?

    Args:
        queue: The queue.
        waiting: What waits for this reviewer.
        at: The statement that is shown; None, or one that is not in the queue, for the first that waits.
    """
    order, n_open = queue.order, waiting.count(queue)
    if at is None or at not in queue:
        at = next((each for each in order if each in waiting), None)
    if at is None:
        return Turn(at=None, before=order[-1] if order else None, after=None, place=0, n_all=len(order), n_open=0)
    place = queue.place(at)
    ahead = chain(range(place + 1, len(order)), range(place))
    return Turn(
        at=at,
        before=order[place - 1] if place else None,
        after=next((order[number] for number in ahead if order[number] in waiting), None),
        place=place + 1,
        n_all=len(order),
        n_open=n_open,
    )


def fingerprint(entry: Entry) -> str:
    """A mark of all that a reviewer sees of a statement: it changes when any of that does.

    What others decided about the statement as a whole is not in it, so that two may say their word independently.
    """
    stmt, position = entry.statement, entry.position
    spans = [[[span.start, span.end] for span in each] for each in (stmt.content, stmt.cue, stmt.source)]
    actor, attribution = entry.actor, entry.attribution
    says = [position.act, position.polarity, position.certainty] if position is not None else []
    who = [actor.id, actor.name] if actor is not None else [attribution.reason if attribution is not None else None]
    hops = [[hop.actor_id, hop.kind, hop.named, hop.act] for hop in entry.chain.hops] if entry.chain is not None else []
    conditions = [
        [each.relation, each.what.start, each.what.end, each.requirement.start, each.requirement.end]
        for each in (position.conditions if position is not None else ())
    ]
    return content_id("v", stmt.id, stmt.kind, spans, who, says, hops, conditions)


# Do the reviewers agree?


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two reviewers agree on statements that both decided.

    Attributes:
        one: A reviewer.
        other: Another one.
        table: How many statements got which pair of verdicts: of `one`, of `other`.
        differing: The ids of the statements on which they differ, with both verdicts, by id.
    """

    one: str
    other: str
    table: Mapping[tuple[Verdict, Verdict], int]
    differing: tuple[tuple[str, Verdict, Verdict], ...]

    @property
    def n_both(self) -> int:
        """Statements that both decided."""
        return sum(self.table.values())

    @property
    def raw(self) -> float:
        """The share on which they agree, in [0, 1]."""
        return sum(n for (one, other), n in self.table.items() if one == other) / self.n_both

    @property
    def expected(self) -> float:
        """The share on which they would agree if each threw dice weighted by his own verdicts, in [0, 1]."""
        ones: Counter[Verdict] = Counter()
        others: Counter[Verdict] = Counter()
        for (one, other), n in self.table.items():
            ones[one] += n
            others[other] += n
        return sum(ones[verdict] * others[verdict] for verdict in ones) / self.n_both**2

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa, at most 1; 0 is what dice would give. None (not defined) where both gave one verdict only."""
        return None if self.expected == 1.0 else (self.raw - self.expected) / (1.0 - self.expected)


def agreements(said: Iterable[Said]) -> tuple[Agreement, ...]:
    """How far does each pair of reviewers agree? Those who share most statements first, those who share none not."""
    words: dict[str, dict[str, Verdict]] = defaultdict(dict)
    for each in said:
        words[each.by][each.statement_id] = each.verdict
    found = []
    for one, other in combinations(sorted(words), 2):
        both = sorted(words[one].keys() & words[other].keys())
        if not both:
            continue
        pairs = [(each, words[one][each], words[other][each]) for each in both]
        found.append(
            Agreement(
                one=one,
                other=other,
                table=Counter((left, right) for _, left, right in pairs),
                differing=tuple(pair for pair in pairs if pair[1] != pair[2]),
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.n_both, each.one, each.other)))
