"""Who takes which position on an issue, since when, on what condition, and in how many independent accounts?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.errors import StoreError
from onrecord.record.actor import Actor
from onrecord.record.bearing import Bearing, Side
from onrecord.record.position import Condition
from onrecord.store import Entry, IssueEntry, Ledger, LinkEntry
from onrecord.views.beside import AGAINST, LEAST, SAME, SURE, Accounts, worth_showing


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One statement on an issue.

    Attributes:
        entry: The statement with all that is on record of it.
        bearing: On which side it is, and the words that decide.
        by_person: Whether a person says that it bears on the issue.
        account: The number of its account, from 1: prints of one utterance have one number.
    """

    entry: Entry
    bearing: Bearing
    by_person: bool
    account: int

    @property
    def side(self) -> Side:
        """On which side it is."""
        return self.bearing.side

    @property
    def day(self) -> str | None:
        """When it was said, or else printed: ISO 8601 cut to what is known; None if unknown."""
        said = self.entry.setting.said_on if self.entry.setting is not None else None
        published = self.entry.document.published
        return said or (published.value[:10] if published is not None else None)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """On what conditions it stands."""
        return self.entry.position.conditions if self.entry.position is not None else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One utterance with all its prints.

    Attributes:
        number: Its number, from 1, in the order of first printing.
        stands: Its prints; the first printing comes first.
        origin: The number of the origin that it goes back to: two accounts of one actor have one origin.
    """

    number: int
    stands: tuple[Stand, ...]
    origin: int

    @property
    def first(self) -> Stand:
        """The first printing."""
        return self.stands[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one actor says on an issue.

    Attributes:
        actor: Who; None if the sources are unresolved.
        words: How the text names an unresolved source; empty if it does not, or if there is an actor.
        accounts: What it said, by date.
    """

    actor: Actor | None
    words: str
    accounts: tuple[Account, ...]

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides it took, by date, each change once."""
        sides = [account.first.side for account in self.accounts]
        return tuple(side for at, side in enumerate(sides) if at == 0 or side != sides[at - 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """An issue with the positions that actors take on it.

    Attributes:
        entry: The issue.
        voices: Who speaks on it, those with most accounts first.
        accounts: All accounts, by the date of their first printing.
        otherwise: Of any two of its accounts that do not say the same, the surest link, the surest first.
        linked: Whether statements of the ledger were linked at all; if not, prints of one utterance are not known to be
            one, and every statement is an account.
    """

    entry: IssueEntry
    voices: tuple[Voice, ...]
    accounts: tuple[Account, ...]
    otherwise: tuple[LinkEntry, ...]
    linked: bool
    _by_statement: Mapping[str, Stand] = field(repr=False)

    @property
    def stands(self) -> tuple[Stand, ...]:
        """All statements on it, by account."""
        return tuple(stand for account in self.accounts for stand in account.stands)

    @property
    def n_independent(self) -> int:
        """How many independent origins the accounts go back to."""
        return len({account.origin for account in self.accounts})

    @property
    def sides(self) -> Counter[Side]:
        """How many accounts are on each side; prints of one utterance count once."""
        return Counter(account.first.side for account in self.accounts)

    def independent(self, side: Side) -> int:
        """How many independent origins are on this side?"""
        return len({account.origin for account in self.accounts if account.first.side == side})

    @property
    def conditional(self) -> tuple[Stand, ...]:
        """The first printings that name a condition, by date."""
        return tuple(account.first for account in self.accounts if account.first.conditions)

    def stand(self, statement_id: str) -> Stand:
        """The statement with this id, if it bears on the issue.

        Raises:
            KeyError: It does not.
        """
        return self._by_statement[statement_id]


def issue_meant(ledger: Ledger, words: str) -> IssueEntry:
    """Which issue does the user mean: by its id or a unique beginning, by its label or question, or by words in them?

    Raises:
        StoreError: OR-407, none, or several.
    """
    try:
        return ledger.issues.one(words)
    except StoreError as error:
        if error.code != "OR-407":
            raise
    wanted = _folded(words)
    found = ledger.issues.all()
    exact = [entry for entry in found if wanted in map(_folded, entry.labels)]
    parts = [entry for entry in found if any(_has(_folded(name), wanted.split()) for name in entry.labels)]
    chosen = exact or parts
    if not chosen:
        raise StoreError(
            "OR-407", f"the ledger has no issue {words!r}", hint="`onrecord issue list LEDGER` lists the issues."
        )
    if len(chosen) > 1:
        lines = "\n".join(f"  {entry.issue.id}  {entry.issue.label}" for entry in chosen[:10])
        raise StoreError("OR-407", f"several issues fit {words!r}:\n{lines}", hint="Give more of the label, or an id.")
    return chosen[0]


def _has(name: str, words: Sequence[str]) -> bool:
    return bool(words) and all(word in name for word in words)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip("?")


def view_issue(ledger: Ledger, words: str) -> IssueView:
    """Who takes which position on the issue that `words` mean?

    Raises:
        StoreError: OR-407, there is no such issue, or several fit.
    """
    found = issue_meant(ledger, words)
    bearings = ledger.issues.bearings(found.issue.id)
    entries = ledger.some([each.bearing.statement_id for each in bearings])
    links = ledger.linking.among(entries)
    order = sorted(entries, key=lambda each: _printed(entries[each]))
    prints, origins = Accounts(), Accounts()
    for link in links:
        ends = link.link.left, link.link.right
        if link.link.kind in SAME and worth_showing(link, SURE):
            prints.join(*ends)
            origins.join(*ends)
        elif link.link.independent is False and worth_showing(link, SURE):
            origins.join(*ends)
    for identifier, entry in entries.items():
        if entry.actor is not None and (entry.chain is None or entry.chain.origin.named):
            origins.join(identifier, entry.actor.id)
    numbers = _numbered(order, prints)
    stands = {
        each.bearing.statement_id: Stand(
            entry=entries[each.bearing.statement_id],
            bearing=each.bearing,
            by_person=each.by_person,
            account=numbers[each.bearing.statement_id],
        )
        for each in bearings
    }
    accounts = _accounts([stands[each] for each in order], _numbered(order, origins))
    return IssueView(
        entry=found,
        voices=_voices(accounts),
        accounts=accounts,
        otherwise=_otherwise(links, stands),
        linked=bool(links) or next(iter(ledger.links()), None) is not None,
        _by_statement=stands,
    )


def _printed(entry: Entry) -> tuple[str, str, int]:
    """Where a statement stands in the order of printing; those without a date come last."""
    published = entry.document.published
    return (published.value if published else "~", entry.document.id, entry.statement.content[0].start)


def _numbered(order: Sequence[str], accounts: Accounts) -> dict[str, int]:
    """The number, from 1, of each statement's account, in the order of first printing."""
    numbers: dict[str, int] = {}
    return {each: numbers.setdefault(accounts.root(each), len(numbers) + 1) for each in order}


def _accounts(stands: Sequence[Stand], origins: Mapping[str, int]) -> tuple[Account, ...]:
    prints: dict[int, list[Stand]] = {}
    for stand in stands:
        prints.setdefault(stand.account, []).append(stand)
    return tuple(
        Account(number=number, stands=tuple(found), origin=origins[found[0].entry.statement.id])
        for number, found in sorted(prints.items())
    )


def _otherwise(links: Iterable[LinkEntry], stands: Mapping[str, Stand]) -> tuple[LinkEntry, ...]:
    """The surest link between any two accounts that say otherwise, the surest pair first."""
    best: dict[frozenset[int], LinkEntry] = {}
    shown = (each for each in links if each.link.kind in AGAINST and worth_showing(each, LEAST))
    for each in sorted(shown, key=lambda link: (-_sureness(link), link.link.id)):
        best.setdefault(frozenset((stands[each.link.left].account, stands[each.link.right].account)), each)
    return tuple(best.values())


def _sureness(link: LinkEntry) -> float:
    return link.link.score if link.link.score is not None else 1.0


def _voices(accounts: Sequence[Account]) -> tuple[Voice, ...]:
    said: dict[tuple[str, str], list[Account]] = {}
    actors: dict[str, Actor] = {}
    for account in accounts:
        # Of several prints, one may name the speaker whom the others leave out.
        named = next((stand.entry.actor for stand in account.stands if stand.entry.actor is not None), None)
        if named is not None:
            actors[named.id] = named
        words = "" if named is not None else " ".join(account.first.entry.source.split())
        said.setdefault((named.id if named is not None else "", words), []).append(account)
    voices = [
        Voice(
            actor=actors.get(actor),
            words=words,
            accounts=tuple(sorted(found, key=lambda account: (account.first.day or "~", account.number))),
        )
        for (actor, words), found in said.items()
    ]
    return tuple(sorted(voices, key=lambda voice: (-len(voice.accounts), voice.accounts[0].number)))
