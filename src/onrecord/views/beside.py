"""What stands beside a statement: the other end of each of its links, seen from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from onrecord.record.document import Document
from onrecord.record.link import LinkKind, Scope
from onrecord.record.span import Spans
from onrecord.store import Entry, Ledger, LinkEntry

SAME: frozenset[LinkKind] = frozenset({"same words", "re-report"})
"""One utterance, printed twice."""

ALIKE: frozenset[LinkKind] = frozenset({"agrees", "repeats"})
AGAINST: frozenset[LinkKind] = frozenset({"conflicts", "denies", "changes"})
ANSWERS: frozenset[LinkKind] = frozenset({"answers"})

LEAST = 0.12
"""Links with a lower score, and those that no words explain, are shown only if asked for or kept by a person."""

SURE = 0.5
"""From this score on, a link of one origin makes two statements one account."""

_TURNED: Mapping[Scope, Scope] = {"narrower": "broader", "broader": "narrower"}
_DECIDING = frozenset({"actor", "act", "polarity"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A statement that is linked to another one, seen from there.

    Attributes:
        link: The link between the two.
        entry: The statement.
        left: Whether it is the link's left end, the later or reacting one.
        scope: What it says, compared with the other one; None where the question does not arise.
        evidence: The deciding words in its own document.
        own_evidence: The deciding words in the document of the other one.
        account: Its account, by number from 0: statements of one origin, or of one actor, share it. 0 is the account
            of the other one itself.
        corrected: What people corrected of either of the two, of what the link rests on: *actor*, *act*, *polarity*.
        newer: The text with which the outlet replaced its document; None if it did not.
        version: Whether its document is another version of the other one's: what differs is the outlet's correction.
    """

    link: LinkEntry
    entry: Entry
    left: bool
    scope: Scope | None
    evidence: Spans
    own_evidence: Spans
    account: int = 0
    corrected: tuple[str, ...] = ()
    newer: Document | None = None
    version: bool = False


def worth_showing(link: LinkEntry, least: float) -> bool:
    """Is it sure enough, with words on both sides that explain it, or kept by a person? With `least` 0, all are."""
    found = link.link
    kept = link.decision is not None and link.decision.verdict in ("accepted", "corrected")
    explained = bool(found.left_evidence and found.right_evidence) or least <= 0
    return kept or link.withdrawn or found.score is None or (found.score >= least and explained)


def seen_from(one: Entry, link: LinkEntry, entry: Entry, context: Context) -> Beside:
    """The other end of a link, seen from one of its statements."""
    left = link.link.left == entry.statement.id
    scope = link.link.scope
    return Beside(
        link=link,
        entry=entry,
        left=left,
        # The link says what its right end is, compared with the left one.
        scope=_TURNED.get(scope, scope) if left and scope is not None else scope,
        evidence=link.link.left_evidence if left else link.link.right_evidence,
        own_evidence=link.link.right_evidence if left else link.link.left_evidence,
        corrected=tuple(sorted({*context.corrected(one.statement.id), *context.corrected(entry.statement.id)})),
        newer=context.newer(entry.document.id),
        version=context.versions(one, entry),
    )


class Context:
    """What is asked of a ledger again and again while many links are shown."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._newer: dict[str, Document | None] = {}
        self._entries: dict[str, Entry] = {}

    def entry(self, statement_id: str) -> Entry:
        """The statement of that id."""
        if statement_id not in self._entries:
            self._entries[statement_id] = self._ledger.entry(statement_id)
        return self._entries[statement_id]

    def expect(self, statements: Iterable[str]) -> None:
        """Reads statements together that will be asked for one by one."""
        self._entries |= self._ledger.some([each for each in statements if each not in self._entries])

    def newer(self, document_id: str) -> Document | None:
        """The text with which its outlet replaced a document."""
        if document_id not in self._newer:
            self._newer[document_id] = self._ledger.linking.newer_version(document_id)
        return self._newer[document_id]

    def versions(self, one: Entry, other: Entry) -> bool:
        """Are their documents two versions of one text?"""
        if one.document.id == other.document.id:
            return False
        last = [self.newer(entry.document.id) or entry.document for entry in (one, other)]
        return last[0].id == last[1].id

    def corrected(self, statement_id: str) -> frozenset[str]:
        """Which fields that links rest on did people correct?"""
        return self._corrected.get(statement_id, frozenset())

    @cached_property
    def _corrected(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for decision in self._ledger.decisions(standing=True):
            if decision.verdict == "corrected" and decision.field in _DECIDING:
                found[decision.subject] = found.get(decision.subject, frozenset()) | {decision.field}
        return found


class Accounts:
    """Which statements are one account: they go back to one utterance, or one actor says them?

    Ten reprints of one agency report are one account; so are a minister's three interviews.
    """

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def join(self, one: str, other: str) -> None:
        """These go back to one origin."""
        self._parents[self.root(one)] = self.root(other)

    def join_actor(self, entry: Entry) -> None:
        """This was said by its actor, if one is known and named."""
        actor = entry.attribution.actor_id if entry.attribution is not None else None
        named = entry.chain is None or entry.chain.origin.named
        if actor is not None and named:
            self.join(entry.statement.id, actor)

    def join_links(self, links: Iterable[LinkEntry]) -> None:
        """These links say what goes back to one origin."""
        for link in links:
            if link.link.kind in SAME and worth_showing(link, SURE):
                self.join(link.link.left, link.link.right)

    def root(self, identifier: str) -> str:
        """What stands for the account of this statement or actor."""
        path = []
        while (parent := self._parents.setdefault(identifier, identifier)) != identifier:
            path.append(identifier)
            identifier = parent
        for each in path:
            self._parents[each] = identifier
        return identifier
