"""Where does the record say two things that do not go together?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from onrecord.record.link import LinkKind
from onrecord.store import Entry, Ledger, LinkEntry
from onrecord.views.beside import LEAST, SURE, Accounts, Context, worth_showing

CONFLICTING: tuple[LinkKind, ...] = ("conflicts", "denies")
CHANGING: tuple[LinkKind, ...] = ("changes",)

_AT_ONCE = 500


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
class Pair:
    """Two accounts that say otherwise, before anything of them but the links is read.

    Attributes:
        link: The surest link between the two accounts.
        printings: How many statements of the record tell the left account, and how many the right one.
        links: How many links that are sure enough stand between the two.
        actors: The ids of those who said the two statements, as far as they are known.
    """

    link: LinkEntry
    printings: tuple[int, int]
    links: int
    actors: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """The conflicts of a ledger.

    Attributes:
        found: The conflicts, the surest first.
        more: Pairs of accounts after them that were not read; versions of one text may be among them.
        less_sure: Links that were left out because their score is too low.
        versions: Pairs left out because they stand in two versions of one text: the outlet corrected itself.
    """

    found: tuple[Conflict, ...]
    more: int = 0
    less_sure: int
    versions: int


def conflicts(
    ledger: Ledger,
    *,
    kinds: Collection[LinkKind] = CONFLICTING,
    least: float = LEAST,
    actor: str | None = None,
    most: int | None = None,
) -> Conflicts:
    """Which accounts of the record conflict, or deny each other?

    A link between a hundred printings of one report and fifty of another one is one conflict.

    Args:
        ledger: The ledger.
        kinds: Which links count.
        least: Links with a lower score are counted, not shown; what a person kept is shown.
        actor: An actor's id, or a unique beginning: only those with a statement of his; None for all.
        most: How many to read; None for all.

    Raises:
        StoreError: OR-407, there is no such actor, or several.
    """
    pairs = pairs_of(ledger, kinds=kinds, least=least)
    if actor is not None:
        chosen = ledger.actor(actor).actor.id
        pairs = tuple(each for each in pairs if chosen in each.actors)
    found = read_pairs(ledger, pairs, most=most)
    return replace(found, less_sure=ledger.linking.weaker(kinds, least=least))


def pairs_of(ledger: Ledger, *, kinds: Collection[LinkKind], least: float) -> tuple[Pair, ...]:
    """The pairs of accounts between which such links stand, the surest first; see :func:`conflicts`."""
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
    speakers = ledger.linking.sources({end for link in best.values() for end in (link.link.left, link.link.right)})
    return tuple(
        Pair(
            link=best[key],
            printings=(sizes.get(accounts.root(ends.left), 1), sizes.get(accounts.root(ends.right), 1)),
            links=counts[key],
            actors=frozenset(who for end in (ends.left, ends.right) if (who := speakers.get(end)) is not None),
        )
        for key in sorted(best, key=lambda key: (*(-part for part in _sureness(best[key])), key))
        for ends in (best[key].link,)
    )


def read_pairs(ledger: Ledger, pairs: Sequence[Pair], *, most: int | None = None) -> Conflicts:
    """The first of these pairs with their statements; `less_sure` is not asked.

    Args:
        ledger: The ledger.
        pairs: The pairs, in the order in which to read them.
        most: How many to give; None for all.
    """
    context = Context(ledger)
    found: list[Conflict] = []
    versions = looked_at = 0
    while looked_at < len(pairs) and (most is None or len(found) < most):
        some = pairs[looked_at : looked_at + (_AT_ONCE if most is None else most - len(found))]
        looked_at += len(some)
        context.expect(end for each in some for end in (each.link.link.left, each.link.link.right))
        for each in some:
            left, right = context.entry(each.link.link.left), context.entry(each.link.link.right)
            if context.versions(left, right):
                versions += 1
            else:
                found.append(_conflict(each, left, right, context))
    return Conflicts(found=tuple(found), more=len(pairs) - looked_at, less_sure=0, versions=versions)


def _conflict(pair: Pair, left: Entry, right: Entry, context: Context) -> Conflict:
    corrected = context.corrected(left.statement.id) | context.corrected(right.statement.id)
    return Conflict(
        link=pair.link,
        left=left,
        right=right,
        left_printings=pair.printings[0],
        right_printings=pair.printings[1],
        links=pair.links,
        superseded=any(context.newer(entry.document.id) is not None for entry in (left, right)),
        corrected=tuple(sorted(corrected)),
    )


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
