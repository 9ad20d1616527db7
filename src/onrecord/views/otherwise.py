"""Who says so too, and who says otherwise?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.record.document import Document
from onrecord.store import Entry, Ledger, LinkEntry
from onrecord.views.beside import AGAINST, ALIKE, LEAST, SAME, Accounts, Beside, Context, seen_from, worth_showing


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
    less_sure: int
    linked: bool


def otherwise(ledger: Ledger, identifier: str, *, least: float = LEAST) -> Otherwise:
    """Who says what this statement says, who says otherwise, and how many accounts are that?

    Args:
        ledger: The ledger.
        identifier: The statement's id, or a unique beginning of it.
        least: Links with a lower score are counted, not shown; those that a person kept are shown anyway.

    Raises:
        StoreError: OR-407, there is no such statement, or several.
    """
    entry = ledger.entry(identifier)
    context = Context(ledger)
    links = [each for each in ledger.links(entry.statement.id) if each.link.kind != "unrelated"]
    shown = [each for each in links if worth_showing(each, least)]
    found = [_other(entry, each, context) for each in sorted(shown, key=lambda each: -(each.link.score or 1.0))]
    accounts = Accounts()
    for one in (entry, *(each.entry for each in found)):
        accounts.join_actor(one)
        accounts.join_links(ledger.links(one.statement.id))
    numbers = {accounts.root(entry.statement.id): 0}
    found = [
        replace(each, account=numbers.setdefault(accounts.root(each.entry.statement.id), len(numbers)))
        for each in found
    ]
    alike = tuple(each for each in found if each.link.link.kind in ALIKE)
    against = tuple(each for each in found if each.link.link.kind in AGAINST)
    return Otherwise(
        entry=entry,
        newer=context.newer(entry.document.id),
        same=tuple(each for each in found if each.link.link.kind in SAME),
        alike=alike,
        against=against,
        answers=tuple(each for each in found if each.link.link.kind == "answers"),
        accounts_alike=len({each.account for each in alike} - {0}),
        accounts_against=len({each.account for each in against} - {0}),
        less_sure=len(links) - len(shown),
        linked=ledger.linking.linked(entry.document.id),
    )


def _other(entry: Entry, link: LinkEntry, context: Context) -> Beside:
    other = link.link.right if link.link.left == entry.statement.id else link.link.left
    return seen_from(entry.statement.id, link, context.entry(other), context)
