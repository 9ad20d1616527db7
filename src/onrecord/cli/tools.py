"""What the commands work with, so that another extractor can be put in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onrecord.record.document import Document
    from onrecord.record.reading import Reading
    from onrecord.record.run import Method
    from onrecord.record.statement import Statement


class Extracts(Protocol):
    """Whatever finds statements in documents, as `onrecord.extract.Extractor` does."""

    @property
    def method(self) -> Method:
        """What decides the outcome."""
        ...

    def extract(self, doc: Document) -> tuple[Statement, ...]:
        """The statements of one document."""
        ...

    def extract_many(self, docs: Iterable[Document]) -> Iterator[Reading]:
        """The documents with their statements, in the order of the input."""
        ...


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
