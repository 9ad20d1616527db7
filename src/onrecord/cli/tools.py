"""What the commands work with, so that another extractor can be put in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onrecord.record.document import Document
    from onrecord.record.reading import Reading
    from onrecord.record.run import Method
    from onrecord.record.statement import Statement
    from onrecord.run import Extracts


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the commands work with.

    Attributes:
        load_extractor: Makes the extractor from a model folder (None: the one in the package) and a number of
            threads (None: as many as there are processors).
    """

    load_extractor: Callable[[Path | None, int | None], Extracts]


def _load_extractor(folder: Path | None, threads: int | None) -> Extracts:
    # Imported when needed: it brings ONNX Runtime, which takes longer to load than most commands to run.
    from onrecord.extract import Extractor

    return Extractor.load(folder, threads=threads)


INSTALLED = Tools(load_extractor=_load_extractor)


def tools_of(ctx: click.Context) -> Tools:
    """The tools of this call of the command line."""
    return ctx.obj if isinstance(ctx.obj, Tools) else INSTALLED


def deferred(load: Callable[[], Extracts]) -> Extracts:
    """An extractor that is loaded when the first document arrives.

    So input that cannot be read is reported at once, and not after the model was loaded for nothing.
    """
    return _Deferred(load)


class _Deferred:
    def __init__(self, load: Callable[[], Extracts]) -> None:
        self._load = load
        self._loaded: Extracts | None = None

    def _extractor(self) -> Extracts:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    @property
    def method(self) -> Method:
        return self._extractor().method

    def extract(self, doc: Document) -> tuple[Statement, ...]:
        return self._extractor().extract(doc)

    def extract_many(self, docs: Iterable[Document]) -> Iterator[Reading]:
        queue = iter(docs)
        first = next(queue, None)
        if first is not None:
            yield from self._extractor().extract_many(chain((first,), queue))
