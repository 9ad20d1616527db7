"""Small stages of the same shape as the real one, and items for it to read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from ledgers import FIRST
from onrecord.errors import InputError, ModelError, OnRecordError
from onrecord.ingest import Failure, Item, Skip, read_text
from onrecord.record.document import Document, Origin
from onrecord.record.reading import Reading
from onrecord.record.run import Method
from onrecord.record.span import Span
from onrecord.record.statement import Statement, statement_id


class Ahead:
    """Stages that take `ahead` documents before they hand out the first, and cannot read some."""

    def __init__(self, ahead: int = 0, *, bad: str = "bad", error: OnRecordError | None = None) -> None:
        self.ahead = ahead
        self.bad = bad
        self.error = error or ModelError("OR-303", "cannot read this")
        self.seen: list[str] = []

    @property
    def method(self) -> Method:
        return FIRST

    def read(self, doc: Document, /) -> Reading:
        return Reading(document=doc, statements=self.statements(doc))

    def statements(self, doc: Document) -> tuple[Statement, ...]:
        self.seen.append(doc.text)
        if doc.text.startswith(self.bad):
            raise self.error
        content = (Span(0, len(doc.text)),)
        return (
            Statement(
                id=statement_id(doc.id, content=content, cue=(), source=()),
                document_id=doc.id,
                kind="direct",
                content=content,
                cue=(),
                source=(),
                within=None,
                score=0.5,
            ),
        )

    def read_many(self, docs: Iterable[Document], /) -> Iterator[Reading]:
        waiting: deque[Reading] = deque()
        for doc in docs:
            # The whole batch fails with its one bad document, as soon as that is taken.
            waiting.append(self.read(doc))
            while len(waiting) > self.ahead:
                yield waiting.popleft()
        yield from waiting


def failed(number: int) -> Failure:
    return Failure(origin=Origin(kind="jsonl", record=number, digest=""), error=InputError("OR-105", f"line {number}"))


def skipped(number: int) -> Skip:
    return Skip(origin=Origin(kind="file", record=number, digest=""), reason="unknown kind of file")


def items_of(plan: str) -> list[Item]:
    """Items from letters.

    d is a document, b one that cannot be read, t the same text every time, f a failure, s a skip.
    """
    made: list[Item] = []
    for number, letter in enumerate(plan):
        if letter == "f":
            made.append(failed(number))
        elif letter == "s":
            made.append(skipped(number))
        else:
            made.append(read_text({"d": f"Text {number}.", "b": f"bad {number}", "t": "Again."}[letter]))
    return made
