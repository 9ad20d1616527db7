"""Stages of the real shape that need no model, and the command line run with it."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.cli.main import run
from onrecord.cli.tools import Tools
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.run import Method
from onrecord.record.span import Span
from onrecord.record.statement import Statement, statement_id

ARTICLE = """“We will sign, as the charter ‘must be kept’,” said Anna Roth.

Nothing happened then. "No deal", said it. “Later,” added Tom.
"""
SAID = re.compile(r"(“[^“”]{1,2000}”|\"[^\"]{1,2000}\"),? (?:(said|added) (?:([A-Z]\w+(?: [A-Z]\w+)*)|it))")
INNER = re.compile(r"‘[^’]+’")


class FakeStages:
    """Takes quotations before "said NAME" for statements, and what stands in ‘…’ in them for nested ones."""

    def __init__(self, *, seconds_each: float = 0.0) -> None:
        self.seconds_each = seconds_each
        self.method = Method(version="fake", models={"fake": "0" * 64})

    def read(self, doc: Document, /) -> Reading:
        return Reading(document=doc, statements=self.statements(doc))

    def statements(self, doc: Document) -> tuple[Statement, ...]:
        time.sleep(self.seconds_each)
        found = []
        for match in SAID.finditer(doc.text):
            source = (Span(*match.span(3)),) if match.group(3) else ()
            outer = statement(doc, (Span(*match.span(1)),), (Span(*match.span(2)),), source, None, 0.9)
            found.append(outer)
            found += [
                statement(doc, (Span(*inner.span()),), (), (), outer.id, 0.4)
                for inner in INNER.finditer(doc.text, *match.span(1))
            ]
        return tuple(found)

    def read_many(self, docs: Iterable[Document], /) -> Iterator[Reading]:
        for doc in docs:
            yield self.read(doc)


def statement(doc, content, cue, source, within, score):
    name = statement_id(doc.id, content=content, cue=cue, source=source)
    return Statement(
        id=name,
        document_id=doc.id,
        kind="direct",
        content=content,
        cue=cue,
        source=source,
        within=within,
        score=score,
    )


def fake_tools(seconds_each: float = 0.0) -> Tools:
    def load(folder: Path | None, threads: int | None, actors: Path | None) -> FakeStages:
        return FakeStages(seconds_each=seconds_each)

    return Tools(load_stages=load)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], tools=fake_tools(float(os.environ.get("SECONDS_EACH", "0")))))
