"""Where does the record say two things that do not go together?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from onrecord.record.link import LinkKind
from onrecord.store import Entry, Ledger, LinkEntry
from onrecord.views.beside import LEAST, SURE, Accounts, Context, worth_showing

CONFLICTING: tuple[LinkKind, ...] = ("conflicts", "denies")
CHANGING: tuple[LinkKind, ...] = ("changes",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two accounts that say otherwise, by the surest link between any of their printings.

    Attributes:
        link: The surest link between the two accounts.
        left: Its left statement, the later or reacting one.
        right: The other one.
        left_printings: How many statements of the record tell the left account, this one included.
        right_printings: How many tell the right one.
        links: How many links that are sure enough stand between the two accounts.
        superseded: Whether the outlet has replaced one of the two documents by another text.
        corrected: What people corrected of the two, of what the link rests on.
    """

    link: LinkEntry
    left: Entry
    right: Entry
    left_printings: int
    right_printings: int
    links: int
    superseded: bool
    corrected: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """The conflicts of a ledger.

    Attributes:
        found: The conflicts, the surest first.
        less_sure: Links that were left out because their score is too low.
        versions: Pairs left out because they stand in two versions of one text: the outlet corrected itself.
    """

    found: tuple[Conflict, ...]
    less_sure: int
    versions: int


def conflicts(
    ledger: Ledger,
    *,
    kinds: Collection[LinkKind] = CONFLICTING,
    least: float = LEAST,
    actor: str | None = None,
) -> Conflicts:
    """Which accounts of the record conflict, or deny each other?

    A link between a hundred printings of one report and fifty of another one is one conflict.

    Args:
        ledger: The ledger.
        kinds: Which links count.
        least: Links with a lower score are counted, not shown; what a person kept is shown.
        actor: An actor's id, or a unique beginning: only those with a statement of his; None for all.

    Raises:
        StoreError: OR-407, there is no such actor, or several.
    """
    accounts, sizes = _accounts(ledger)
    best: dict[tuple[str, str], LinkEntry] = {}
    counts: dict[tuple[str, str], int] = {}
    for link in ledger.linking.between(kinds, least=least):
        one, other = sorted((accounts.root(link.link.left), accounts.root(link.link.right)))
        # Where the two ends are one account after all, each link stands for itself.
        key = (one, other) if one != other else (link.link.left, link.link.right)
        counts[key] = counts.get(key, 0) + 1
        if key not in best or _sureness(link) > _sureness(best[key]):
            best[key] = link
    context = Context(ledger)
    chosen = None if actor is None else ledger.actor(actor).actor.id
    shown = sorted(best, key=lambda key: (*(-part for part in _sureness(best[key])), key))
    found = []
    versions = 0
    for key in shown:
        link = best[key]
        left, right = context.entry(link.link.left), context.entry(link.link.right)
        if chosen is not None and chosen not in (_actor(left), _actor(right)):
            continue
        if context.versions(left, right):
            versions += 1
        else:
            found.append(
                Conflict(
                    link=link,
                    left=left,
                    right=right,
                    left_printings=sizes.get(accounts.root(link.link.left), 1),
                    right_printings=sizes.get(accounts.root(link.link.right), 1),
                    links=counts[key],
                    superseded=any(context.newer(entry.document.id) is not None for entry in (left, right)),
                    corrected=tuple(
                        sorted(context.corrected(left.statement.id) | context.corrected(right.statement.id))
                    ),
                )
            )
    return Conflicts(found=tuple(found), less_sure=ledger.linking.weaker(kinds, least=least), versions=versions)


def _accounts(ledger: Ledger) -> tuple[Accounts, dict[str, int]]:
    """Which statements tell one utterance, and how many tell each?"""
    accounts = Accounts()
    told: set[str] = set()
    for pair in ledger.linking.one_origin(least=SURE):
        accounts.join(*pair)
        told.update(pair)
    sizes: dict[str, int] = {}
    for statement in told:
        root = accounts.root(statement)
        sizes[root] = sizes.get(root, 0) + 1
    return accounts, sizes


def _sureness(link: LinkEntry) -> tuple[bool, float]:
    return worth_showing(link, 2.0), link.link.score if link.link.score is not None else 1.0


def _actor(entry: Entry) -> str | None:
    return entry.attribution.actor_id if entry.attribution is not None else None
