"""One shard, from its records to its parts, in this process."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterator, Mapping

from onrecord.archive.entries import entries_of
from onrecord.archive.gauge import Gauge
from onrecord.archive.job import ANY_LANGUAGE, Job, ShardResult, failures_path, marker_path
from onrecord.archive.language import Detected, detect
from onrecord.archive.parts import PartWriter, unwritable, write_whole
from onrecord.archive.plan import Shard
from onrecord.errors import ArchiveError, TextError
from onrecord.ingest import Failure, Item, Skip
from onrecord.ingest.pending import Pending
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.run.contract import Reads
from onrecord.run.ordered import Ordered
from onrecord.run.pipeline import SAME_TWICE
from onrecord.run.quarantine import failure_to_json
from onrecord.run.tally import Tally

Blamed = Mapping[int, tuple[str, str]]
"""Records that must not be read again: their number in the shard -> code and message of the error."""


class ShardWork:
    """Takes one shard through the stages.

    Args:
        job: What is to be done.
        shard: The shard.
        stages: Read the documents.
        gauge: Told of every step.
        blamed: Records that become failures without being read.
    """

    def __init__(self, job: Job, shard: Shard, stages: Reads, gauge: Gauge, blamed: Blamed) -> None:
        self._job, self._shard, self._stages, self._gauge, self._blamed = job, shard, stages, gauge, blamed
        self._tally = Tally()
        self._languages: Counter[str] = Counter()
        self._seen: set[str] = set()
        self._detected: deque[Detected | None] = deque()
        self._open: deque[int] = deque()
        self._finished = 0

    def run(self, *, one_by_one: bool = False) -> ShardResult:
        """Write the parts and the done-marker.

        Args:
            one_by_one: Read no document before the one in front of it is finished. The result is the same; a
                death can be laid at the right door.

        Raises:
            InputError: OR-110, the parts cannot be written.
            ModelError: OR-301 or OR-302, there is no model to read with.
        """
        out, number = self._job.out, self._shard.number
        self._gauge.reset()
        failures: list[str] = []
        bytes_in = 0
        try:
            with PartWriter(out, number) as parts:
                for result in self._results(one_by_one=one_by_one):
                    detected = self._detected.popleft()
                    failure = self._kept(parts, result, detected) if isinstance(result, Reading) else result
                    if isinstance(failure, Failure):
                        self._tally.fail(failure.error.code)
                        failures.append(json.dumps(failure_to_json(failure)))
                    elif isinstance(result, Reading):
                        self._tally.keep(result)
                        bytes_in += len(result.document.text.encode("utf-8", "replace"))
                    self._step()
                digests = parts.finish()
            write_whole(failures_path(out, number), "".join(line + "\n" for line in failures).encode("ascii"))
            done = ShardResult(
                number=number,
                identity=self._shard.identity(),
                counts=self._tally.counts,
                parts=digests,
                languages=dict(sorted(self._languages.items())),
                bytes_in=bytes_in,
            )
            write_whole(marker_path(out, number), done.to_json().encode("utf-8"))
        except OSError as error:
            raise unwritable(out, error) from error
        return done

    def probe(self, first: int, last: int) -> None:
        """Read the records from `first` to `last` again, one at a time, writing nothing. Which one kills us?"""
        self._gauge.reset()
        for number, pending in enumerate(self._entries()):
            if number > last:
                return
            if number < first or number in self._blamed:
                continue
            self._gauge.set(oldest=number, taken=number)
            for item in pending.load():
                if isinstance(item, Document) and self._reason(item, self._detect(item)) is None:
                    for _ in Ordered([item], self._stages, reason_to_skip=lambda _: None, skipped=lambda _: None):
                        self._gauge.set()
            self._gauge.set(finished=number + 1)

    def _results(self, *, one_by_one: bool) -> Iterator[Reading | Failure]:
        def never(_doc: Document) -> None:
            return None

        if not one_by_one:
            yield from Ordered(self._items(), self._stages, reason_to_skip=never, skipped=self._tally.skip)
            return
        for item in self._items():
            yield from Ordered([item], self._stages, reason_to_skip=never, skipped=self._tally.skip)

    def _items(self) -> Iterator[Item]:
        """What the records hold, without what is skipped; every one handed out is one result."""
        for number, pending in enumerate(self._entries()):
            self._gauge.set(
                taken=number, oldest=self._open[0] if self._open else number, position=self._position(pending)
            )
            for item in self._loaded(number, pending):
                if isinstance(item, Skip):
                    self._tally.skip(item.reason)
                    continue
                detected: Detected | None = None
                if isinstance(item, Document):
                    detected = self._detect(item)
                    reason = self._reason(item, detected)
                    if reason is not None:
                        self._tally.skip(reason)
                        continue
                self._open.append(number)
                self._detected.append(detected)
                yield item

    def _loaded(self, number: int, pending: Pending) -> Iterator[Item]:
        if number in self._blamed:
            code, message = self._blamed[number]
            yield Failure(origin=pending.origin, error=ArchiveError(code, message))
        else:
            yield from pending.load()

    def _detect(self, doc: Document) -> Detected | None:
        return None if ANY_LANGUAGE in self._job.languages else detect(doc.text)

    def _reason(self, doc: Document, detected: Detected | None) -> str | None:
        """Why the document is left out; None to read it."""
        if detected is not None:
            self._languages[detected.code if detected.sure else "unsure"] += 1
            if detected.sure and detected.code not in self._job.languages:
                return f"language {detected.code}"
        if doc.id in self._seen:
            return SAME_TWICE
        self._seen.add(doc.id)
        return None

    def _kept(self, parts: PartWriter, reading: Reading, detected: Detected | None) -> Failure | None:
        try:
            parts.add(reading, detected)
        except TextError as error:
            return Failure(origin=reading.document.origin, error=error)
        return None

    def _step(self) -> None:
        self._open.popleft()
        self._finished += 1
        counts = self._tally.counts
        self._gauge.set(
            oldest=self._open[0] if self._open else self._gauge.read().taken,
            finished=counts.read,
            statements=counts.statements,
            words=counts.words,
            failed=sum(counts.failed.values()),
        )

    def _position(self, pending: Pending) -> int:
        base = self._shard.before if self._shard.kind == "rows" else self._shard.start
        return min(max(pending.position - base, 0), self._shard.size)

    def _entries(self) -> Iterator[Pending]:
        return entries_of(
            self._shard,
            encoding=self._job.encoding,
            limit_bytes=self._job.limit_bytes,
            text_column=self._job.text_column,
        )
