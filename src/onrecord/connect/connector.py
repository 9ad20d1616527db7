"""Which statements of which documents belong together, and who says otherwise?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import islice
from types import TracebackType
from typing import TypeAlias, overload

from onrecord.connect.claim import Claim, Page
from onrecord.connect.closely import CloseReader
from onrecord.connect.index import Index, Rank
from onrecord.connect.judge import Judged, copied, judge
from onrecord.connect.look import look
from onrecord.connect.pair import compare, share_of_topics
from onrecord.connect.reprints import Printings, Reprint, print_of
from onrecord.connect.web import Change, Entry, Web
from onrecord.record.link import Link
from onrecord.record.reading import Reading


class Found(Sequence[Link]):
    """Links whose deciding words are looked up when they are asked for."""

    def __init__(self, entries: Sequence[Entry], link: Callable[[Entry], Link]) -> None:
        self._entries, self._link = entries, link

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, at: int) -> Link: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Link]: ...

    def __getitem__(self, at: int | slice) -> Link | Sequence[Link]:
        if isinstance(at, slice):
            return Found(self._entries[at], self._link)
        return self._link(self._entries[at])


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What new documents change.

    Attributes:
        links: Links that are new.
        withdrawn: Links that no longer hold, because an earlier printing or a nearer statement came to light.
    """

    links: Sequence[Link]
    withdrawn: Sequence[Link]


AT_ONCE = 64
"""So many documents are taken in before they are compared. In the order of printing, few of them then await a later
one: 10,000 copies of one story cost as much as 10,000 stories."""

MOST_LINKS = 20
"""A statement is linked to so many earlier ones directly, those first that look most promising."""


_Candidates: TypeAlias = tuple[tuple[Rank, ...], bytes]
"""Statements, and by a byte each which of them stand in another printing of one text: pairs would take five times the
memory."""


class Links:
    """The links between all statements taken in so far.

    Documents may come at once or one by one, in any order: the links in the end are the same.
    """

    def __init__(self, closely: CloseReader) -> None:
        self._closely = closely
        self._index = Index()
        self._printings = Printings()
        self._ranks: dict[str, list[Rank]] = {}
        self._reprints: dict[str, Reprint] = {}
        self._web = Web(self._index.claims)
        self._compared: dict[Rank, tuple[_Candidates, dict[Rank, Judged]]] = {}
        self._topics: tuple[str, dict[str, float]] = ("", {})

    def __iter__(self) -> Iterator[Link]:
        """All links that hold, by the later of their ends in the order of printing."""
        return iter(self._web)

    @property
    def reprints(self) -> tuple[Reprint, ...]:
        """Which documents print an earlier one again? In the order of printing."""
        return tuple(sorted(self._reprints.values(), key=lambda found: found.page.order))

    def add(self, readings: Iterable[Reading]) -> Update:
        """Which links do new documents bring, and which no longer hold? A document that is there is left out."""
        before: dict[tuple[Rank, Rank], Judged] = {}
        after: dict[tuple[Rank, Rank], Judged] = {}
        remaining = iter(readings)
        while some := list(islice(remaining, AT_ONCE)):
            self._add(some, before, after)
        return Update(
            links=Found([(*ends, judged) for ends, judged in after.items()], self._web.link),
            withdrawn=Found([(*ends, judged) for ends, judged in before.items()], self._web.link),
        )

    def _add(
        self,
        readings: list[Reading],
        before: dict[tuple[Rank, Rank], Judged],
        after: dict[tuple[Rank, Rank], Judged],
    ) -> None:
        """Take a few documents in, and add what they change to what changed before."""
        last = self._index.last
        pages = self.take(readings)
        changed = {rank for page in pages for rank in self._ranks[page.id]}
        moved = [self._printings.page(document) for document in self._trace(pages)]
        changed.update(rank for page in moved for rank in self._ranks[page.id])
        earlier = [page for page in [*pages, *moved] if last is not None and page.order < last]
        stale = {rank for page in earlier for rank in self._index.after(page)}
        self._judge(changed | stale, before, after)

    def take(self, readings: Iterable[Reading]) -> list[Page]:
        """Take documents in without comparing them, those that are there left out: they were linked before.

        When all of them are in, :meth:`keep` must say how they were linked.
        """
        pages = []
        for reading in readings:
            if reading.document.id not in self._ranks:
                page, claims = look(reading)
                pages.append(page)
                self._printings.add(print_of(page, reading.document.text))
                self._ranks[page.id] = self._index.add(page, claims)
                self._web.nest(self._ranks[page.id])
        return pages

    def keep(self, links: Iterable[Link], reprints: Iterable[tuple[str, str, float, bool]]) -> None:
        """Go on from what was found of the documents taken in, by the same method, when they were linked.

        Args:
            links: All links that held.
            reprints: All reprints: the ids of the later document and of the first printing, share, and credit.
        """
        for later, first, share, credited in reprints:
            page, of = self._printings.page(later), self._printings.page(first)
            self._reprints[later] = Reprint(page=page, of=of, share=share, credited=credited)
        self._web.keep(links)

    def _trace(self, pages: list[Page]) -> set[str]:
        """Find the first printings of `pages`, and again those of later documents. Which ones changed?"""
        waiting = {(page.order, page.id) for page in pages}
        for page in pages:
            waiting |= self._printings.later(page)
        changed = set()
        while waiting:
            entry = min(waiting)
            waiting.remove(entry)
            found = self._printings.reprint(entry[1])
            if found and (first := self._reprints.get(found.of.id)):
                found = replace(found, of=first.of)
            if found != self._reprints.pop(entry[1], None):
                changed.add(entry[1])
                waiting |= self._printings.later(self._printings.page(entry[1]))
            if found:
                self._reprints[entry[1]] = found
        return changed

    def _judge(
        self, ranks: set[Rank], before: dict[tuple[Rank, Rank], Judged], after: dict[tuple[Rank, Rank], Judged]
    ) -> None:
        """Link these statements to earlier ones, and again later ones whose links rest on theirs."""
        waiting = sorted(ranks)
        while waiting:
            rank = heappop(waiting)
            if waiting and waiting[0] == rank:
                continue
            change = self._web.put(rank, self._links_of(rank))
            _net(before, after, change)
            for later in change.touched:
                heappush(waiting, later)

    def _links_of(self, rank: Rank) -> dict[Rank, Judged]:
        """The links of a statement to earlier ones, by these."""
        claim = self._index.claims[rank]
        ranks = self._index.candidates(rank, self._first)
        others = [self._index.claims[other] for other in ranks]
        again = bytes(self._one_printing(claim.page, other.page) for other in others)
        candidates = tuple(ranks), again
        if rank in self._compared and self._compared[rank][0] == candidates:
            return self._compared[rank][1]
        if first := self._copied(claim, candidates):
            self._compared[rank] = candidates, first
            return first
        compared = [
            compare(claim, other, topic=self._share_of_topics(claim.page, other.page), reprinted=bool(reprinted))
            for other, reprinted in zip(others, again, strict=True)
        ]
        # By the ranks that are there already: a tuple of its own for every link would double what a link takes.
        known = dict(zip(others, ranks, strict=True))
        found = {}
        for pair in self._closely.read(claim, list(zip(others, compared, strict=True))):
            if judged := judge(claim, pair):
                found[known[pair.earlier]] = judged
                if len(found) == MOST_LINKS:
                    break
        self._compared[rank] = candidates, found
        return found

    def _copied(self, claim: Claim, candidates: _Candidates) -> dict[Rank, Judged]:
        """The link to the same statement in the earliest printing: a copy says nothing of its own, all else follows."""
        for other, reprinted in sorted(zip(*candidates, strict=True)):
            if reprinted and (same := copied(claim, self._index.claims[other])):
                return {other: same}
        return {}

    def _share_of_topics(self, page: Page, other: Page) -> float:
        """What their topics have in common; asked for every pair of their statements, one page after another."""
        if self._topics[0] != page.id:
            self._topics = page.id, {}
        shares = self._topics[1]
        if other.id not in shares:
            shares[other.id] = share_of_topics(page, other)
        return shares[other.id]

    def _one_printing(self, page: Page, other: Page) -> bool:
        return page.id != other.id and self._first(page) == self._first(other)

    def _first(self, page: Page) -> str:
        """The id of the first printing of a document."""
        return found.of.id if (found := self._reprints.get(page.id)) else page.id


def _net(before: dict[tuple[Rank, Rank], Judged], after: dict[tuple[Rank, Rank], Judged], change: Change) -> None:
    """Add a change to those before it: what came and went again is neither new nor withdrawn."""
    for later, earlier, judged in change.withdrawn:
        if (later, earlier) in after:
            del after[later, earlier]
        else:
            before[later, earlier] = judged
    for later, earlier, judged in change.links:
        if before.get((later, earlier)) == judged:
            del before[later, earlier]
        else:
            after[later, earlier] = judged


class Connector:
    """Links statements. Close it after use."""

    def __init__(self, closely: CloseReader) -> None:
        self._closely = closely

    @classmethod
    def load(cls) -> Connector:
        """The connector that comes with onrecord.

        Raises:
            ModelError: OR-301, the pair model is missing; OR-302, it or a table is damaged; OR-303, it does not run.
        """
        return cls(CloseReader.load())

    def link(self, readings: Iterable[Reading]) -> Iterator[Link]:
        """How do the statements of `readings` stand to each other? From scratch, in the order of printing."""
        links = self.start()
        links.add(readings)
        return iter(links)

    def start(self) -> Links:
        """No links yet; for documents that come one by one."""
        return Links(self._closely)

    def close(self) -> None:
        """Let the pair model go."""
        self._closely.close()

    def __enter__(self) -> Connector:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
