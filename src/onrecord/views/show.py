"""One statement of a ledger, with what one needs to judge it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.decision import Decision
from onrecord.record.run import Run
from onrecord.record.span import Span
from onrecord.store import Entry, Ledger
from onrecord.views.passage import passage_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A statement in its passage.

    Attributes:
        entry: The statement, its document, and the decision that stands.
        passage: The part of ``Document.text`` to read with it; code points, half-open.
        around: The statements that enclose it, the nearest first.
        inside: The statements that it encloses directly, in their order.
        decisions: Every decision about it in order, superseded ones and those taken back included.
        run: The run that found it.
    """

    entry: Entry
    passage: Span
    around: tuple[Entry, ...]
    inside: tuple[Entry, ...]
    decisions: tuple[Decision, ...]
    run: Run

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.passage.of(self.entry.document.text)


def show(ledger: Ledger, identifier: str) -> Shown:
    """What does the ledger say of the statement with this id, or a unique beginning of it?

    Raises:
        StoreError: OR-407, there is none, or several.
    """
    entry = ledger.entry(identifier)
    others = {other.statement.id: other for other in ledger.entries(entry.document.id).entries}
    around = []
    within = entry.statement.within
    while within is not None and within in others:
        around.append(others.pop(within))
        within = around[-1].statement.within
    return Shown(
        entry=entry,
        passage=passage_of(entry.document.text, entry.statement),
        around=tuple(around),
        inside=tuple(other for other in others.values() if other.statement.within == entry.statement.id),
        decisions=ledger.decisions(entry.statement.id),
        run=ledger.run(entry.run_id),
    )
