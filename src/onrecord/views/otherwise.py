"""Who says so too, and who says otherwise?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from onrecord.record.document import Document
from onrecord.record.link import LinkKind
from onrecord.store import Entry, Ledger, LinkEntry
from onrecord.views.beside import (
    AGAINST,
    ALIKE,
    ANSWERS,
    LEAST,
    SAME,
    SURE,
    Accounts,
    Beside,
    Context,
    seen_from,
    worth_showing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """Everything that the record holds beside a statement; the surest links first.

    Attributes:
        entry: The statement.
        newer: The text with which the outlet replaced its document; None if it did not.
        same: Where the same utterance is printed again.
        alike: Statements that say so too: of others (*agrees*), or of the same actor (*repeats*).
        against: Statements that say otherwise: *conflicts*, *denies*, *changes*.
        answers: Reactions.
        accounts_alike: Accounts that agree, besides the statement's own; reprints and re-reports make no new account.
        accounts_against: Accounts that say otherwise, besides the statement's own.
        more: Links that are sure enough, but too many to be shown.
        less_sure: Links that were left out because their score is too low.
        linked: Whether its document was ever linked; if not, that nothing stands beside it says nothing.
    """

    entry: Entry
    newer: Document | None
    same: tuple[Beside, ...]
    alike: tuple[Beside, ...]
    against: tuple[Beside, ...]
    answers: tuple[Beside, ...]
    accounts_alike: int
    accounts_against: int
    more: int
    less_sure: int
    linked: bool


def otherwise(ledger: Ledger, identifier: str, *, least: float = LEAST, most: int = 40) -> Otherwise:
    """Who says what this statement says, who says otherwise, and how many accounts are that?

    Args:
        ledger: The ledger.
        identifier: The statement's id, or a unique beginning of it.
        least: Links with a lower score are counted, not shown; those that a person kept are shown anyway.
        most: Statements to show on each side; of more, the surest.

    Raises:
        StoreError: OR-407, there is no such statement, or several.
    """
    entry = ledger.entry(identifier)
    context = Context(ledger)
    links = [each for each in ledger.links(entry.statement.id) if each.link.kind != "unrelated"]
    sure = sorted((each for each in links if worth_showing(each, least)), key=lambda each: -(each.link.score or 1.0))
    ends = {each.link.id: _other_end(entry, each) for each in sure}
    accounts = _accounts(ledger, {entry.statement.id, *ends.values()})
    own = accounts.root(entry.statement.id)
    numbers = {own: 0}

    def side(kinds: Collection[LinkKind]) -> tuple[Beside, ...]:
        chosen = [each for each in sure if each.link.kind in kinds][:most]
        context.expect(ends[each.link.id] for each in chosen)
        besides = [seen_from(entry, each, context.entry(ends[each.link.id]), context) for each in chosen]
        return tuple(
            replace(each, account=numbers.setdefault(accounts.root(each.entry.statement.id), len(numbers)))
            for each in besides
        )

    def others(kinds: Collection[LinkKind]) -> int:
        return len({accounts.root(ends[each.link.id]) for each in sure if each.link.kind in kinds} - {own})

    sides = [side(kinds) for kinds in (SAME, ALIKE, AGAINST, ANSWERS)]
    return Otherwise(
        entry=entry,
        newer=context.newer(entry.document.id),
        same=sides[0],
        alike=sides[1],
        against=sides[2],
        answers=sides[3],
        accounts_alike=others(ALIKE),
        accounts_against=others(AGAINST),
        more=len(sure) - sum(map(len, sides)),
        less_sure=len(links) - len(sure),
        linked=ledger.linking.linked(entry.document.id),
    )


def _other_end(entry: Entry, link: LinkEntry) -> str:
    return link.link.right if link.link.left == entry.statement.id else link.link.left


def _accounts(ledger: Ledger, statements: Collection[str]) -> Accounts:
    """Which of these statements are one account?"""
    accounts = Accounts()
    for one, other in ledger.linking.one_origin(least=SURE, of=statements):
        accounts.join(one, other)
    for statement, actor in ledger.linking.speakers(statements).items():
        if actor is not None:
            accounts.join(statement, actor)
    return accounts
