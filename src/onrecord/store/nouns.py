"""What the ledger answers with."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.decision import Decision
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.span import Spans
from onrecord.record.statement import Statement

GAP = " … "
"""What stands between the stretches of one text when they are shown as one."""


def joined(spans: Spans, text: str) -> str:
    """The words of `spans`, in order, with :data:`GAP` between the stretches; empty if there are none."""
    return GAP.join(span.of(text) for span in spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A statement of the ledger with its document, who found it and what a person decided about it.

    Attributes:
        document: The document that prints it.
        statement: What was observed, with the corrections that a person made.
        run_id: The run that found it.
        method_id: The method of that run.
        in_latest_reading: Whether the latest reading of the document found it; an accepted or corrected
            statement stays in the record even where a later method does not find it.
        decision: What a person decided about the statement as a whole; None if nobody did.
    """

    document: Document
    statement: Statement
    run_id: str
    method_id: str
    in_latest_reading: bool
    decision: Decision | None

    @property
    def rejected(self) -> bool:
        """Did a person reject it?"""
        return self.decision is not None and self.decision.verdict == "rejected"

    @property
    def content(self) -> str:
        """The words of the content; stretches are joined by " … "."""
        return joined(self.statement.content, self.document.text)

    @property
    def cue(self) -> str:
        """The words that attribute it; empty if there are none."""
        return joined(self.statement.cue, self.document.text)

    @property
    def source(self) -> str:
        """The words that name who it comes from; empty if the text names nobody."""
        return joined(self.statement.source, self.document.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """A document with everything that the current record holds of it.

    Attributes:
        document: The document.
        entries: Its statements in the order of their reading, rejected ones among them.
    """

    document: Document
    entries: tuple[Entry, ...]

    def reading(self, *, rejected: bool = False) -> Reading:
        """The document and its statements.

        Args:
            rejected: Whether to include what a person rejected. A statement within a left-out one is then
                within the next one around it that is kept.
        """
        kept = {e.statement.id for e in self.entries if rejected or not e.rejected}
        around = {e.statement.id: e.statement.within for e in self.entries}
        statements = []
        for entry in self.entries:
            if entry.statement.id in kept:
                within = entry.statement.within
                while within is not None and within not in kept:
                    within = around.get(within)
                statements.append(_within(entry.statement, within))
        return Reading(document=self.document, statements=tuple(statements))


def _within(stmt: Statement, within: str | None) -> Statement:
    if stmt.within == within:
        return stmt
    return Statement(
        id=stmt.id,
        document_id=stmt.document_id,
        kind=stmt.kind,
        content=stmt.content,
        cue=stmt.cue,
        source=stmt.source,
        within=within,
        score=stmt.score,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A statement that a search found.

    Attributes:
        entry: The statement.
        rank: How well it fits, BM25: larger is better, no upper end; 0 where the page is not ranked.
        marks: Where in ``Document.text`` the words found stand, in content and source; code points.
    """

    entry: Entry
    rank: float
    marks: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHit:
    """A document that a search found.

    Attributes:
        document: The document.
        n_statements: Statements that its latest reading found.
        rank: How well it fits, BM25: larger is better, no upper end; 0 where the page is not ranked.
        marks: Where in ``Document.text`` the words found stand; code points.
        title_marks: Where in ``Document.title`` they stand; code points.
    """

    document: Document
    n_statements: int
    rank: float
    marks: Spans
    title_marks: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the statements that a search found.

    Attributes:
        hits: Best first if `ranked`; else what was added last first; without any words, what was published
            last.
        offset: How many came before.
        more: Whether others come after.
        ranked: Whether they are in the order of `rank`. Words that stand in more than 10,000 statements are
            not
            ranked: the ranking would say little and take long.
    """

    hits: tuple[Hit, ...]
    offset: int
    more: bool
    ranked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """One page of the documents that a search found; see :class:`Page`."""

    hits: tuple[DocumentHit, ...]
    offset: int
    more: bool
    ranked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCounts:
    """How much a ledger holds.

    Attributes:
        documents: Documents.
        statements: Statements of the current record, rejected ones included.
        rejected: Of these, those that a person rejected.
        observed: Statements that any reading ever found.
        readings: Pairs of a document and a method that read it.
        runs: Executions.
        decisions: Decisions, those superseded or taken back included.
    """

    documents: int
    statements: int
    rejected: int
    observed: int
    readings: int
    runs: int
    decisions: int
