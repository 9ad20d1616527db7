"""What links statements, without a model, by a rule that is easy to check; and links to put into ledgers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.resources import files

from onrecord.connect import Reprint, Update
from onrecord.connect.claim import Page
from onrecord.record import Link, LinkKind, Method, Reading, Scope, Span, link_id
from onrecord.record.codec import link_from_json
from onrecord.store import Ledger
from stories import annotated, stories

LINKER = Method(version="1", models={"links": "c" * 64})


def a_link(
    kind: LinkKind,
    left: str,
    right: str,
    *,
    score: float | None = 0.9,
    scope: Scope | None = None,
    independent: bool | None = True,
) -> Link:
    """A link between two statements."""
    return Link(
        id=link_id(kind=kind, left=left, right=right),
        kind=kind,
        left=left,
        right=right,
        scope=scope,
        independent=independent,
        score=score,
        why="both speak of talks",
        left_evidence=(Span(0, 3),),
        right_evidence=(Span(0, 3),),
    )


def put(ledger: Ledger, *links: Link) -> None:
    """Add links, found by :data:`LINKER` when it looked at all documents."""
    documents = [doc.id for doc in ledger.documents()]
    ledger.add_links(ledger.start_run(LINKER).id, links, documents=documents)


class NearestEarlier:
    """Links each statement to the nearest earlier one that begins with the same word, if there is one.

    So a document that comes in between takes links away from those after it; and each link's score tells how many
    statements stand before it, so that it changes with every document before it. A document prints the first one with
    the same words again.
    """

    def __init__(self) -> None:
        self._readings: dict[str, Reading] = {}

    def start(self) -> NearestEarlier:
        """No links yet."""
        return NearestEarlier()

    def add(self, readings: Iterable[Reading]) -> Update:
        """Take documents in."""
        before = set(self)
        self._readings |= {reading.document.id: reading for reading in readings}
        after = set(self)
        return Update(links=tuple(after - before), withdrawn=tuple(before - after))

    def take(self, readings: Iterable[Reading]) -> None:
        """Take documents in that were linked before."""
        self._readings |= {reading.document.id: reading for reading in readings}

    def keep(self, links: Iterable[Link], reprints: Iterable[tuple[str, str, float, bool]]) -> None:
        """What was found of them must be what would be found now."""
        assert {(link.id, link.score) for link in links} == {(link.id, link.score) for link in self}
        now = {(each.page.id, each.of.id, each.share, each.credited) for each in self.reprints}
        assert set(reprints) == now

    def _ordered(self) -> list[Reading]:
        return sorted(self._readings.values(), key=lambda reading: (_day(reading), reading.document.id))

    def __iter__(self) -> Iterator[Link]:
        """All links that hold."""
        last: dict[str, str] = {}
        ordered = [(reading, stmt) for reading in self._ordered() for stmt in reading.statements]
        for number, (reading, stmt) in enumerate(ordered):
            word = stmt.content[0].of(reading.document.text).split()[0]
            if word in last:
                yield a_link("repeats", stmt.id, last[word], score=1 / (1 + number))
            last[word] = stmt.id

    @property
    def reprints(self) -> tuple[Reprint, ...]:
        """The documents that print an earlier one again."""
        first: dict[str, Reading] = {}
        found = []
        for reading in self._ordered():
            before = first.setdefault(reading.document.text, reading)
            if before is not reading:
                found.append(Reprint(page=_page(reading), of=_page(before), share=1.0, credited=False))
        return tuple(found)


def _day(reading: Reading) -> str:
    return reading.document.published.value if reading.document.published else "~"


def _page(reading: Reading) -> Page:
    nothing: frozenset[str] = frozenset()
    return Page(
        id=reading.document.id,
        name=reading.document.id,
        order=(_day(reading), reading.document.id),
        day=None,
        outlet=None,
        outlet_words=nothing,
        topic={},
        usual=nothing,
        story=None,
    )


def link_up(ledger: Ledger) -> None:
    """Puts the links of the shipped stories, as people annotated them, into a ledger that holds the stories."""
    run = ledger.start_run(LINKER)
    ledger.add_links(run.id, annotated_links(), documents=[reading.document.id for reading in stories()])


def annotated_links() -> Iterator[Link]:
    """The links of the shipped stories, as people annotated them, with the ids that a ledger gives."""
    ids = {
        f"{before.document.external_id}/{old.id}": new.id
        for before, after in zip(annotated(), stories(), strict=True)
        for old, new in zip(before.statements, after.statements, strict=True)
    }
    for line in files("onrecord.demo").joinpath("stories-links.jsonl").read_text("utf-8").splitlines():
        link = link_from_json(json.loads(line))
        if link.kind != "unrelated":
            left, right = ids[link.left], ids[link.right]
            yield replace(link, id=link_id(kind=link.kind, left=left, right=right), left=left, right=right)
