"""Documents in, statements out: the whole text whatever its length, the same for any number of threads."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType

import numpy as np

from onrecord.extract.again import alone
from onrecord.extract.assemble import assemble
from onrecord.extract.decode import decode
from onrecord.extract.ends import Weights
from onrecord.extract.found import Found
from onrecord.extract.layout import POINTER_WIDTH, POINTERS
from onrecord.extract.link import Pull
from onrecord.extract.mentions import Mentions
from onrecord.extract.pieces import GAP_LINE, Int32, Pieces, cut_pieces
from onrecord.extract.section import Float32, view
from onrecord.extract.windows import OVERLAP, WINDOW, Window, plan_windows
from onrecord.models.session import TaggerSession
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.run import Method
from onrecord.record.statement import Statement

SECTION = 6_000
"""Words from which a section of a long document is closed at the next paragraph."""
SECTION_MAX = 12_000
"""Words at which it is closed in any case."""
AHEAD = 6
"""Windows that wait for each thread: enough to keep it busy, few enough to keep memory flat."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What one window says about the words that it speaks for."""

    words: Int32
    tags: Float32
    vectors: Float32
    mentions: Float32

    def __getitem__(self, part: slice) -> _Part:
        return _Part(self.words[part], self.tags[part], self.vectors[part], self.mentions[part])


@dataclass(slots=True)
class _Job:
    """A document on its way through the windows."""

    doc: Document
    pieces: Pieces
    mentions: Mentions
    parts: deque[_Task] = field(default_factory=deque)


@dataclass(slots=True)
class _Task:
    """A window to be read, by the pool or by the thread that asks for it."""

    number: int
    pieces: Pieces
    window: Window
    outcome: Future[_Part]


class _Readers:
    """So many threads that read windows, the one that asks for them included: one thread keeps one processor busy."""

    def __init__(self, session: TaggerSession, threads: int) -> None:
        self._session = session
        self._pool = ThreadPoolExecutor(threads - 1, thread_name_prefix="onrecord") if threads > 1 else None
        self._waiting: deque[_Task] = deque()
        self._submitted = 0

    def submit(self, pieces: Pieces, window: Window) -> _Task:
        """To be read, and to be asked for, before what is submitted later."""
        alone: Future[_Part] = Future()
        outcome = self._pool.submit(_read_window, self._session, pieces, window) if self._pool is not None else alone
        task = _Task(self._submitted, pieces, window, outcome)
        self._waiting.append(task)
        self._submitted += 1
        return task

    def part(self, task: _Task) -> _Part:
        """What the window says; while another thread is at it, this one reads those after it."""
        while self._waiting and self._waiting[0].number < task.number:
            self._waiting.popleft()  # read, or asked for no more
        if self._waiting and self._waiting[0] is task:
            self._read(self._waiting.popleft())
        while self._waiting and not task.outcome.done():
            self._read(self._waiting.popleft())
        return task.outcome.result()

    def _read(self, task: _Task) -> None:
        """Read a window here, unless another thread has begun with it."""
        if not task.outcome.cancel():
            return
        task.outcome = Future()
        try:
            task.outcome.set_result(_read_window(self._session, task.pieces, task.window))
        except Exception as error:  # noqa: BLE001 - it belongs where the window is asked for
            task.outcome.set_exception(error)

    def close(self) -> None:
        """Let the threads go."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


class Extractor:
    """Finds the statements of documents with one loaded model. Not to be shared between threads; close it after use."""

    def __init__(
        self,
        session: TaggerSession,
        *,
        threads: int | None = None,
        version: str = "0",
        window: int = WINDOW,
        overlap: int = OVERLAP,
    ) -> None:
        """Use a loaded model.

        Args:
            session: The model.
            threads: How many threads there are at work, the caller's included; as many as there are processors if
                None.
            version: Version of onrecord, for the record of the run.
            window: Pieces that the tagger reads at once, at most 512.
            overlap: Pieces that neighbouring windows share, at least; less than `window`.
        """
        self._session = session
        self._pull = Pull(session.biases)
        self._ends = Weights.from_table(session.ends) if session.ends else None
        self._window, self._overlap = window, overlap
        self._threads = threads or os.cpu_count() or 1
        self._readers = _Readers(session, self._threads)
        self._version = version

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int | None = None) -> Extractor:
        """Load the model that came with onrecord, or the one in `folder`.

        Raises:
            ModelError: OR-301 missing, OR-302 damaged, OR-303 not loadable.
        """
        from onrecord import __version__

        return cls(TaggerSession(folder), threads=threads, version=__version__)

    @property
    def method(self) -> Method:
        """What decides the outcome: version and model files."""
        return Method(version=self._version, models=dict(self._session.manifest.files))

    def extract(self, doc: Document) -> tuple[Statement, ...]:
        """Which statements does `doc` print? Sorted by where they begin, an enclosing one before those in it."""
        return next(self.extract_many([doc])).statements

    def explain(self, doc: Document) -> list[tuple[Statement, dict[str, float]]]:
        """The statements of `doc` with what each score is computed from, by name (``decode.Found.evidence``)."""
        job = self._job(doc)
        return [(stmt, found.evidence) for stmt, found in self._finish(job, self._plan(job.pieces))]

    def extract_many(self, docs: Iterable[Document]) -> Iterator[Reading]:
        """The documents with their statements, lazily and in their order; memory does not grow with their number."""
        waiting: deque[_Job] = deque()
        budget = AHEAD * self._threads
        for doc in docs:
            job = self._job(doc)
            windows = self._plan(job.pieces)
            waiting.append(job)
            # A long document is fed window by window, when its turn has come; short ones wait side by side.
            if len(job.pieces) > SECTION:
                while waiting:
                    last = waiting.popleft()
                    yield self._reading(last, windows if last is job else iter(()))
                continue
            job.parts.extend(self._readers.submit(job.pieces, w) for w in windows)
            while sum(len(j.parts) for j in waiting) > budget or len(waiting) > budget:
                first = waiting.popleft()
                yield self._reading(first, iter(()))
        while waiting:
            first = waiting.popleft()
            yield self._reading(first, iter(()))

    def _reading(self, job: _Job, windows: Iterator[Window]) -> Reading:
        statements = tuple(stmt for stmt, _ in self._finish(job, windows))
        return Reading(document=job.doc, statements=statements, mentions=tuple(job.mentions.found))

    def _job(self, doc: Document) -> _Job:
        pieces = cut_pieces(doc.text, self._session.tokenizer)
        return _Job(doc, pieces, Mentions(doc.text, self._session.mention_biases))

    def _plan(self, pieces: Pieces) -> Iterator[Window]:
        return plan_windows(len(pieces), size=self._window, overlap=self._overlap)

    def _finish(self, job: _Job, windows: Iterator[Window]) -> list[tuple[Statement, Found]]:
        """Collect the windows of a document, section by section."""
        out: list[tuple[Statement, Found]] = []
        held: list[_Part] = []
        size = 0
        while True:
            while len(job.parts) < AHEAD * self._threads and (window := next(windows, None)) is not None:
                job.parts.append(self._readers.submit(job.pieces, window))
            if not job.parts:
                break
            part = self._readers.part(job.parts.popleft())
            held.append(part)
            size += len(part.words)
            if size >= SECTION:
                cut = self._cut(job.pieces, held[-1].words, size)
                if cut is not None:
                    last = held.pop()
                    held.append(last[:cut])
                    out += self._section(job, held)
                    held = [last[cut:]]
                    size = len(held[0].words)
        out += self._section(job, held)
        out.sort(key=lambda pair: (pair[0].content[0].start, pair[0].within is not None, -pair[0].content[-1].end))
        return out

    @staticmethod
    def _cut(pieces: Pieces, words: Int32, size: int) -> int | None:
        """At which word of the newest window may the section end? At its last paragraph; anywhere if it is too long."""
        breaks = np.flatnonzero(pieces.features[2][words] >= GAP_LINE)
        if len(breaks):
            return int(breaks[-1])
        return len(words) if size >= SECTION_MAX else None

    def _section(self, job: _Job, held: list[_Part]) -> list[tuple[Statement, Found]]:
        words = np.concatenate([p.words for p in held]) if held else np.zeros(0, dtype=np.int32)
        if len(words) == 0:
            return []
        tags, vectors = (np.concatenate(x) for x in zip(*((p.tags, p.vectors) for p in held), strict=True))
        section = view(job.doc, job.pieces, words, tags=tags, vectors=vectors)
        tails = np.append(np.flatnonzero(job.pieces.head[words[0] + 1 :]) + words[0], len(job.pieces) - 1)
        places = list(
            zip(job.pieces.starts[words].tolist(), job.pieces.ends[tails[: len(words)]].tolist(), strict=True)
        )
        job.mentions.add(np.concatenate([p.mentions for p in held]), places)
        read = partial(alone, section=section, pieces=job.pieces, words=words, session=self._session)
        found = decode(section, self._pull, self._ends, read)
        return assemble(job.doc, found, job.pieces, words, self._session.manifest.calibration, self._pull.tuning)

    def close(self) -> None:
        """Let the threads go."""
        self._readers.close()

    def __enter__(self) -> Extractor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _read_window(session: TaggerSession, pieces: Pieces, window: Window) -> _Part:
    """Run the tagger on one window and keep the first piece of each word that it speaks for."""
    out = session.run(pieces.ids[window.start : window.end], pieces.features[:, window.start : window.end])
    kept = np.arange(window.keep_start, window.keep_end, dtype=np.int32)
    kept = kept[pieces.head[kept]]
    inside = kept - window.start
    shape = (len(kept), len(POINTERS), 2, POINTER_WIDTH)
    return _Part(kept, out.tags[inside], np.ascontiguousarray(out.vectors[inside]).reshape(shape), out.mentions[inside])
