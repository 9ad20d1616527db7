"""Why does the record say so? Each step from the words to the page, with the words that decide."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.decision import Decision
from onrecord.record.run import Run
from onrecord.record.span import Span
from onrecord.store import Entry, Ledger, LinkEntry, Withdrawal
from onrecord.views.aspects import Aspects, aspects_of
from onrecord.views.passage import passage_of

AROUND = 48
"""Code points that are shown on each side of words that decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision of a person, and what became of it.

    Attributes:
        decision: The decision.
        standing: Whether it holds now.
        withdrawn: How it was taken back; None if it was not.
    """

    decision: Decision
    standing: bool
    withdrawn: Withdrawal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Everything that explains one statement of a ledger.

    Attributes:
        entry: The statement as it stands in the record.
        aspects: The same with all that is said of it.
        passage: The part of the text to read with it; code points, half-open.
        run: The run that found it, with the version and the models that decided.
        rulings: What people decided about the statement, in order.
    """

    entry: Entry
    aspects: Aspects
    passage: Span
    run: Run
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTrace:
    """Everything that explains one link of a ledger.

    Attributes:
        entry: The link as it stands in the record.
        left: The later or reacting statement.
        right: The other one.
        run: The run that found the link.
        rulings: What people decided about the link, in order.
    """

    entry: LinkEntry
    left: Entry
    right: Entry
    run: Run
    rulings: tuple[Ruling, ...]


def trace_statement(ledger: Ledger, identifier: str) -> Trace:
    """Why does the ledger say what it says of this statement?

    Raises:
        StoreError: OR-407, there is no such statement, or several.
    """
    entry = ledger.entry(identifier)
    return Trace(
        entry=entry,
        aspects=aspects_of(entry.reading())[entry.statement.id],
        passage=passage_of(entry.document.text, entry.statement),
        run=ledger.run(entry.run_id),
        rulings=rulings(ledger, entry.statement.id),
    )


def trace_link(ledger: Ledger, identifier: str) -> LinkTrace:
    """Why does the ledger link these two statements?

    Raises:
        StoreError: OR-407, there is no such link, or several.
    """
    entry = ledger.link(identifier)
    return LinkTrace(
        entry=entry,
        left=ledger.entry(entry.link.left),
        right=ledger.entry(entry.link.right),
        run=ledger.run(entry.run_id),
        rulings=rulings(ledger, entry.link.id),
    )


def rulings(ledger: Ledger, subject: str) -> tuple[Ruling, ...]:
    """What did people decide about the entry with this id, and what of it holds now?"""
    standing = {decision.id for decision in ledger.decisions(subject, standing=True)}
    withdrawn = ledger.withdrawals()
    return tuple(
        Ruling(decision=decision, standing=decision.id in standing, withdrawn=withdrawn.get(decision.id))
        for decision in ledger.decisions(subject)
    )


def in_context(text: str, span: Span) -> tuple[str, str, str]:
    """What stands before words that decide, the words, and what stands after, each on one line.

    Both sides are cut at a space, to :data:`AROUND` code points at most, and end with their paragraph.
    """
    before = text[max(0, span.start - AROUND) : span.start].rpartition("\n")[2]
    if span.start > AROUND and len(before) == AROUND:
        before = "…" + before.partition(" ")[2]
    after = text[span.end : span.end + AROUND].partition("\n")[0]
    if span.end + AROUND < len(text) and len(after) == AROUND:
        after = after.rpartition(" ")[0] + "…"
    return _line(before), " ".join(span.of(text).split()), _line(after)


def _line(text: str) -> str:
    """`text` on one line; a space at its ends stays, since words stand beside it."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return " " * text[0].isspace() + inner + " " * text[-1].isspace()
