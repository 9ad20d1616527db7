"""The stages that turn a document into a reading, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.run import Method

if TYPE_CHECKING:
    from onrecord.extract import Extractor
    from onrecord.position import Positioner
    from onrecord.resolve import Resolver


class Stages:
    """Reads documents: finds the statements, whose they are and how they came, and what they do.

    Belongs to one thread, as its extractor does; close it after use.
    """

    def __init__(self, extractor: Extractor, resolver: Resolver, positioner: Positioner) -> None:
        self._extractor, self._resolver, self._positioner = extractor, resolver, positioner

    @classmethod
    def load(cls, folder: Path | None = None, *, threads: int | None = None, actors: Path | None = None) -> Stages:
        """The stages with their models and tables.

        Args:
            folder: Folder of the tagger; the one that came with onrecord if None.
            threads: Windows read side by side; as many as there are processors if None.
            actors: The user's own table of actors, which overrides everything else (docs/actors.md).

        Raises:
            ModelError: OR-301 missing, OR-302 damaged, OR-303 not loadable.
            InputError: The user's table cannot be read.
        """
        from onrecord.extract import Extractor
        from onrecord.position import Positioner
        from onrecord.resolve import Resolver

        return cls(Extractor.load(folder, threads=threads), Resolver.load(actors), Positioner.load())

    @property
    def method(self) -> Method:
        """What decides the outcome: version, models, tables."""
        base = self._extractor.method
        return Method(
            version=base.version,
            models={**base.models, **self._resolver.models},
            settings={**base.settings, **self._resolver.settings},
        )

    def read(self, doc: Document, /) -> Reading:
        """What does `doc` say?"""
        return next(self.read_many([doc]))

    def read_many(self, docs: Iterable[Document], /) -> Iterator[Reading]:
        """What do these documents say? Lazily and in their order; memory does not grow with their number."""
        for reading in self._extractor.extract_many(docs):
            yield self._positioner.position(self._resolver.resolve(reading))

    def close(self) -> None:
        """Let the extractor's threads go."""
        self._extractor.close()

    def __enter__(self) -> Stages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
