"""From a ledger to the links between its statements, and back into it: new documents only, as if from scratch.

What is linked is what machines observed, not what people decided: links are observations too. What people decide about
actors, statements and links is laid over them whenever they are read, so that nothing need be linked again for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Protocol

from onrecord import __version__
from onrecord.connect import Reprint, Update
from onrecord.connect.actors import full_name, join
from onrecord.connect.heads import load_heads
from onrecord.record.actor_link import ActorLink
from onrecord.record.link import Link, link_id
from onrecord.record.reading import Reading
from onrecord.record.run import Counts, Method
from onrecord.store import Ledger
from onrecord.store.groups import HOLDS_FROM
from onrecord.store.linking import LinkCounts, Printed

LINKED_BEFORE = "linked before"
AT_ONCE = 64
"""Documents taken in at once; the links do not depend on it."""


class Connects(Protocol):
    """What links statements."""

    def start(self) -> Growing:
        """No links yet."""
        ...


class Growing(Protocol):
    """Links that grow with the documents."""

    def add(self, readings: Iterable[Reading]) -> Update:
        """Take documents in and compare them."""
        ...

    def take(self, readings: Iterable[Reading]) -> object:
        """Take documents in that were linked before."""
        ...

    def keep(self, links: Iterable[Link], reprints: Iterable[tuple[str, str, float, bool]]) -> None:
        """Go on from how the documents taken in were linked."""
        ...

    def __iter__(self) -> Iterator[Link]:
        """All links that hold."""
        ...

    @property
    def reprints(self) -> tuple[Reprint, ...]:
        """The documents that print an earlier one again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What became of a ledger that was linked: ``documents = new + before``.

    Attributes:
        documents: Documents in the ledger.
        new: Those that this method had not linked yet.
        before: Those that it had.
        statements: Statements in the new ones.
        links: What became of the links: ``standing = held before - withdrawn + found``.
        joined: Proposals that two actors are one, new and sure enough to hold.
        proposed: Proposals that are new and wait for a person.
    """

    documents: int
    new: int
    before: int
    statements: int
    links: LinkCounts
    joined: int
    proposed: int


def linking_method() -> Method:
    """What decides which links are found: version, tables and the pair model, if it is used."""
    tables = sorted(files("onrecord.connect").joinpath("data").iterdir(), key=lambda each: each.name)
    models = {f"connect/{each.name}": hashlib.sha256(each.read_bytes()).hexdigest() for each in tables}
    if load_heads().reads:
        from onrecord.models.manifest import read_manifest
        from onrecord.models.pairs import SHIPPED_PAIRS

        models |= {f"pairs/{name}": digest for name, digest in read_manifest(SHIPPED_PAIRS).files.items()}
    return Method(version=__version__, models=models)


def link_ledger(
    ledger: Ledger,
    connector: Callable[[], Connects],
    *,
    progress: Callable[[Counts], None] | None = None,
    cpu: tuple[str, ...] = (),
) -> Linked:
    """Link the documents of a ledger that were not linked yet, with each other and with all others.

    The links are those that linking the whole ledger from scratch gives, whatever the order in which documents came.
    Links that no longer hold are recorded as withdrawn. If the work is stopped, nothing of it is recorded.

    Args:
        ledger: The ledger.
        connector: Makes what links statements; called only if there is something to link.
        progress: Called with the counts so far.
        cpu: Features of the processor, for the run.

    Raises:
        ModelError: OR-301, OR-302, OR-303, what links statements cannot be loaded.
    """
    method = linking_method()
    new = frozenset(ledger.linking.waiting(method.id))
    documents = ledger.linking.documents()
    if not new:
        standing, reprints = ledger.linking.counts(method.id)
        nothing = LinkCounts(found=0, withdrawn=0, standing=standing, reprints=reprints)
        return _linked(Counts(skipped={LINKED_BEFORE: len(documents)}), nothing, [])
    work = _Work(ledger, connector().start(), new, progress)
    run = ledger.start_run(method, cpu=cpu)
    before = tuple(document for document in documents if document not in new)
    if before and not ledger.linking.reread(method.id):
        found, withdrawn = work.go_on(before, [each for each in documents if each in new], method.id)
    else:
        found, withdrawn = work.from_scratch(documents, method.id)
    proposals = list(_same_actors(ledger, new, documents))
    links = ledger.linking.record(
        run.id,
        found=found,
        withdrawn=withdrawn,
        printed=[
            Printed(document_id=each.page.id, first_id=each.of.id, share=each.share, credited=each.credited)
            for each in work.growing.reprints
        ],
        documents=new,
    )
    known = {_ends(each) for each in ledger.actor_links()}
    ledger.add_actor_links(run.id, proposals)
    ledger.finish_run(run.id, work.counts)
    return _linked(work.counts, links, [each for each in proposals if _ends(each) not in known])


def _same_actors(ledger: Ledger, new: frozenset[str], documents: tuple[str, ...]) -> Iterator[ActorLink]:
    """Which actors of new documents are one with others? As if from scratch, from the documents that name them."""
    names = {
        (actor.kind, full_name(actor.name))
        for reading in ledger.linking.observed(new)
        for actor in reading.actors
        if not actor.external_ids
    }
    with_them = ledger.linking.naming({" ".join(name) for _, name in names if name})
    for each in join(ledger.linking.observed(document for document in documents if document in with_them)):
        if (each.kind, full_name(each.name)) in names:
            yield ActorLink(left=each.kept, right=each.joined, score=each.score, why=each.why)


def link_readings(readings: Iterable[Reading], connector: Connects) -> Iterator[Link]:
    """How do the statements of documents that are in no ledger stand to each other?

    Yields:
        Links whose ends are ``DOCUMENT/STATEMENT``, as the files of annotated links have it, in the order of printing.
    """
    ordered = sorted(
        readings, key=lambda each: (each.document.published.value if each.document.published else "~", each.document.id)
    )
    growing = connector.start()
    names: dict[str, str] = {}
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        growing.add(some)
        for reading in some:
            doc = reading.document
            names |= {stmt.id: f"{doc.external_id or doc.id}/{stmt.id}" for stmt in reading.statements}
    for link in growing:
        left, right = names.get(link.left, link.left), names.get(link.right, link.right)
        yield replace(link, id=link_id(kind=link.kind, left=left, right=right), left=left, right=right)


def _ends(link: ActorLink) -> frozenset[str]:
    return frozenset((link.left, link.right))


def _linked(counts: Counts, links: LinkCounts, proposals: list[ActorLink]) -> Linked:
    joined = sum(each.score is None or each.score >= HOLDS_FROM for each in proposals)
    return Linked(
        documents=counts.read,
        new=counts.kept,
        before=sum(counts.skipped.values()),
        statements=counts.statements,
        links=links,
        joined=joined,
        proposed=len(proposals) - joined,
    )


class _Work:
    """Hands documents to what links them, in the order of printing, and counts them.

    Attributes:
        growing: The links.
        counts: The documents so far.
    """

    def __init__(
        self, ledger: Ledger, growing: Growing, new: frozenset[str], progress: Callable[[Counts], None] | None
    ) -> None:
        self.growing = growing
        self.counts = Counts()
        self._ledger = ledger
        self._new = new
        self._progress = progress

    def from_scratch(self, documents: Sequence[str], method_id: str) -> tuple[Iterable[Link], Iterable[str]]:
        """Which links are not on record yet, and which of those on record does linking everything not find?"""
        for some in self._read(documents):
            self.growing.add(some)
        standing = {link.id: link for link in self._ledger.linking.standing(method_id)}
        # One by one, since a link with its words takes room; what is left in `standing` then is withdrawn.
        return (link for link in self.growing if standing.pop(link.id, None) != link), standing

    def go_on(self, before: Sequence[str], new: Sequence[str], method_id: str) -> tuple[Iterable[Link], Iterable[str]]:
        """Which links do new documents bring beside those that were linked before, and which no longer hold?"""
        linking = self._ledger.linking
        for some in self._read(before):
            self.growing.take(some)
        self.growing.keep(
            linking.outlined(method_id),
            [(each.document_id, each.first_id, each.share, each.credited) for each in linking.printed(method_id)],
        )
        found: dict[str, Link] = {}
        gone: dict[str, Link] = {}
        for some in self._read(new):
            update = self.growing.add(some)
            for link in update.withdrawn:
                if found.pop(link.id, None) is None:
                    gone[link.id] = link
            found |= {link.id: link for link in update.links}
        return found.values(), [identifier for identifier in gone if identifier not in found]

    def _read(self, documents: Sequence[str]) -> Iterator[list[Reading]]:
        """The documents, some at a time."""
        for start in range(0, len(documents), AT_ONCE):
            some = list(self._ledger.linking.observed(documents[start : start + AT_ONCE]))
            yield some
            for reading in some:
                self._count(reading)

    def _count(self, reading: Reading) -> None:
        new = reading.document.id in self._new
        skipped = self.counts.skipped.get(LINKED_BEFORE, 0) + (not new)
        self.counts = Counts(
            kept=self.counts.kept + new,
            skipped={LINKED_BEFORE: skipped} if skipped else {},
            statements=self.counts.statements + len(reading.statements) * new,
            words=self.counts.words + len(reading.document.text.split()) * new,
        )
        if self._progress is not None:
            self._progress(self.counts)
