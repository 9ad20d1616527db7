"""What the commands work with, so that other stages can be put in its place."""

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
    from onrecord.run import Reads
    from onrecord.run.linking import Connects


def _load_connector() -> Connects:
    from onrecord.connect import Connector

    return Connector.load()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the commands work with.

    Attributes:
        load_stages: Makes the stages from a model folder (None: the one in the package), a number of
            threads (None: as many as there are processors).
        load_connector: Makes what links statements.
    """

    load_stages: Callable[[Path | None, int | None, Path | None], Reads]
    load_connector: Callable[[], Connects] = _load_connector


def _load_stages(folder: Path | None, threads: int | None, actors: Path | None) -> Reads:
    # Imported when needed: it brings ONNX Runtime, which takes longer to load than most commands to run.
    from onrecord.run import Stages

    return Stages.load(folder, threads=threads, actors=actors)


INSTALLED = Tools(load_stages=_load_stages)


def tools_of(ctx: click.Context) -> Tools:
    """The tools of this call of the command line."""
    return ctx.obj if isinstance(ctx.obj, Tools) else INSTALLED


def deferred(load: Callable[[], Reads]) -> Reads:
    """Stages that are loaded when the first document arrives.

    So input that cannot be read is reported at once, and not after the model was loaded for nothing.
    """
    return _Deferred(load)


class _Deferred:
    def __init__(self, load: Callable[[], Reads]) -> None:
        self._load = load
        self._loaded: Reads | None = None

    def _stages(self) -> Reads:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    @property
    def method(self) -> Method:
        return self._stages().method

    def read(self, doc: Document) -> Reading:
        return self._stages().read(doc)

    def read_many(self, docs: Iterable[Document]) -> Iterator[Reading]:
        queue = iter(docs)
        first = next(queue, None)
        if first is not None:
            yield from self._stages().read_many(chain((first,), queue))
