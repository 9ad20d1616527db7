"""How do failures keep their place among readings that come out of batches?

An extractor takes documents ahead to fill its batches, so the place of a failure is known before the reading
in front of it is. Everything taken from the input therefore waits in one queue, in order: a reading that
comes out takes its document from the front, and the failures that stand there go out with it. The queue is
bounded: documents by what the extractor takes ahead, failures by ending the extractor's input after
:data:`MOST_WAITING` of them. The extractor then finishes what it has, the queue empties, and the rest of the
input goes into a new call.

If a batch fails, its documents are still in the queue. They are read again one by one, so that only the
guilty one becomes a failure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from onrecord.errors import ModelError, OnRecordError
from onrecord.ingest import Failure, Item, Skip
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.run.contract import Reads

MOST_WAITING = 256
HOPELESS = ("OR-301", "OR-302")
"""With these no document can be read: the run ends."""


class Ordered:
    """Readings and failures in the order of the input.

    Args:
        items: What the readers hand out.
        stages: Read the documents.
        reason_to_skip: Asked for every document before it is extracted; None means to read it.
        skipped: Told the reason of everything left out, in passing: nothing is handed out for it.
    """

    def __init__(
        self,
        items: Iterable[Item],
        stages: Reads,
        *,
        reason_to_skip: Callable[[Document], str | None],
        skipped: Callable[[str], None],
    ) -> None:
        self._items = iter(items)
        self._stages = stages
        self._reason_to_skip = reason_to_skip
        self._skipped = skipped
        self._queue: deque[Document | Failure] = deque()
        self._finished = False
        self._upstream: OnRecordError | None = None

    def __iter__(self) -> Iterator[Reading | Failure]:
        while not self._finished:
            try:
                for reading in self._stages.read_many(self._documents()):
                    yield from self._failures()
                    self._queue.popleft()
                    yield reading
                    yield from self._failures()
            except OnRecordError as error:
                if _hopeless(error):
                    raise
            # Empty of documents, unless a batch failed.
            yield from self._one_by_one()
        if self._upstream is not None:
            raise self._upstream

    def _documents(self) -> Iterator[Document]:
        """The input of one call of the extractor."""
        failures = 0
        while failures < MOST_WAITING:
            try:
                item = next(self._items)
                reason = self._reason(item)
            except StopIteration:
                self._finished = True
                return
            except OnRecordError as error:
                # Not the extractor's: what it holds is still to be finished before this ends the run.
                self._upstream, self._finished = error, True
                return
            if reason is not None:
                self._skipped(reason)
            elif isinstance(item, Failure):
                self._queue.append(item)
                failures += 1
            elif isinstance(item, Document):
                self._queue.append(item)
                yield item

    def _reason(self, item: Item) -> str | None:
        if isinstance(item, Skip):
            return item.reason
        return self._reason_to_skip(item) if isinstance(item, Document) else None

    def _failures(self) -> Iterator[Failure]:
        """The failures at the front of the queue."""
        while self._queue and isinstance(self._queue[0], Failure):
            item = self._queue.popleft()
            if isinstance(item, Failure):
                yield item

    def _one_by_one(self) -> Iterator[Reading | Failure]:
        """Everything in the queue, each document by itself."""
        while self._queue:
            item = self._queue.popleft()
            if isinstance(item, Failure):
                yield item
                continue
            try:
                result: Reading | Failure = self._stages.read(item)
            except OnRecordError as error:
                if _hopeless(error):
                    raise
                result = Failure(origin=item.origin, error=error)
            yield result


def _hopeless(error: OnRecordError) -> bool:
    return isinstance(error, ModelError) and error.code in HOPELESS
