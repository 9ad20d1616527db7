"""What the ledger answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from onrecord.record.actor import Actor
from onrecord.record.attribution import Attribution, SourceKind
from onrecord.record.bearing import Bearing
from onrecord.record.chain import Chain
from onrecord.record.decision import Decision
from onrecord.record.document import Document
from onrecord.record.issue import Issue
from onrecord.record.link import Link
from onrecord.record.position import Act, Position
from onrecord.record.reading import Reading
from onrecord.record.setting import Setting
from onrecord.record.span import Spans
from onrecord.record.statement import Kind, Statement

T = TypeVar("T")

GAP = " … "
"""What stands between the stretches of one text when they are shown as one."""


def _present(*some: T | None) -> tuple[T, ...]:
    return tuple(each for each in some if each is not None)


def joined(spans: Spans, text: str) -> str:
    """The words of `spans`, in order, with :data:`GAP` between the stretches; empty if there are none."""
    return GAP.join(span.of(text) for span in spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A statement of the ledger with its document, who found it and what a person decided about it.

    Attributes:
        document: The document that prints it.
        statement: What was observed, with the corrections that a person made.
        attribution: Who the source is, as corrected; None if nobody has looked.
        chain: By which hops it came; None likewise.
        setting: Where, when and to whom it was said; None if the text does not say.
        position: What it does and on which issue, as corrected; None if nobody has looked.
        actors: The actors that these name, those that are one taken together.
        issue: The issue of the position, if it has one.
        run_id: The run that found it.
        method_id: The method of that run.
        in_latest_reading: Whether the latest reading of the document found it; an accepted or corrected
            statement stays in the record even where a later method does not find it.
        decision: What a person decided about the statement as a whole; None if nobody did.
    """

    document: Document
    statement: Statement
    attribution: Attribution | None = None
    chain: Chain | None = None
    setting: Setting | None = None
    position: Position | None = None
    actors: tuple[Actor, ...] = ()
    issue: Issue | None = None
    run_id: str
    method_id: str
    in_latest_reading: bool
    decision: Decision | None

    @property
    def rejected(self) -> bool:
        """Did a person reject it?"""
        return self.decision is not None and self.decision.verdict == "rejected"

    @property
    def actor(self) -> Actor | None:
        """Who said it; None if that is open or nobody has looked."""
        return self.named(self.attribution.actor_id) if self.attribution is not None else None

    def named(self, actor_id: str | None) -> Actor | None:
        """The actor with this id, of those that the entry names."""
        return next((actor for actor in self.actors if actor.id == actor_id), None)

    def reading(self) -> Reading:
        """The document and this statement alone, with all that is said of it."""
        return Reading(
            document=self.document,
            statements=(self.statement,),
            attributions=_present(self.attribution),
            chains=_present(self.chain),
            positions=_present(self.position),
            actors=self.actors,
            issues=_present(self.issue),
            settings=_present(self.setting),
        )

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
        actors: The actors that its latest reading or an entry names, those that are one taken together.
        issues: The issues, likewise.
    """

    document: Document
    entries: tuple[Entry, ...]
    actors: tuple[Actor, ...] = ()
    issues: tuple[Issue, ...] = ()

    def reading(self, *, rejected: bool = False) -> Reading:
        """The document, its statements and all that is said of them.

        Args:
            rejected: Whether to include what a person rejected. A statement within a left-out one is then
                within the next one around it that is kept.
        """
        kept = {e.statement.id for e in self.entries if rejected or not e.rejected}
        around = {e.statement.id: e.statement.within for e in self.entries}
        statements: list[Statement] = []
        entries = [entry for entry in self.entries if entry.statement.id in kept]
        for entry in entries:
            within = entry.statement.within
            while within is not None and within not in kept:
                within = around.get(within)
            statements.append(replace(entry.statement, within=within))
        return Reading(
            document=self.document,
            statements=tuple(statements),
            attributions=_present(*(entry.attribution for entry in entries)),
            chains=_present(*(entry.chain for entry in entries)),
            positions=_present(*(entry.position for entry in entries)),
            actors=self.actors,
            issues=self.issues,
            settings=_present(*(entry.setting for entry in entries)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """An actor of the ledger: all those that are one, under the name to show.

    Attributes:
        actor: Who it is, with every name and external id that is known of those that are one.
        joined: The ids of those that are one, its own among them, sorted.
        n_statements: Statements of the current record, not rejected, of which it is the source.
    """

    actor: Actor
    joined: tuple[str, ...]
    n_statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """What is done by some statements, when they were printed, and who passed them on.

    Attributes:
        statements: Their ids.
        days: How many were printed on each day, ``2026-03-04`` or as far as it is known.
        acts: What is done by how many.
        relays: Every hop of their chains after the first: the actor, if it is known, its name or the words for it, and
            how many statements it passed on; most first.
    """

    statements: tuple[str, ...]
    days: Mapping[str, int]
    acts: Mapping[Act, int]
    relays: tuple[tuple[Actor | None, str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSource:
    """Why sources are not resolved, and of how many statements that is said.

    Attributes:
        reason: Why.
        source_kind: How the text names them; None if nobody has looked.
        n_statements: Statements of the current record, not rejected, of which it is said.
    """

    reason: str
    source_kind: SourceKind | None
    n_statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEntry:
    """A link of the ledger, who found it and what a person decided about it.

    Attributes:
        number: Its place in the order in which links were found.
        link: How two statements stand to each other, with the corrections that a person made. It follows the actors:
            where two agreed who turn out to be one, one repeats.
        run_id: The run that found it.
        method_id: The method of that run.
        withdrawn: Whether the method that linked last does not find it any more; a person kept it.
        decision: What a person decided about the link as a whole; None if nobody did.
    """

    number: int
    link: Link
    run_id: str
    method_id: str
    withdrawn: bool = False
    decision: Decision | None

    @property
    def rejected(self) -> bool:
        """Did a person reject it?"""
        return self.decision is not None and self.decision.verdict == "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEntry:
    """An issue of the ledger: all those that people made one, under the label to show.

    Attributes:
        issue: The issue, under the label that a person gave it, if somebody did.
        joined: The issues that people merged into it.
        labels: Every label and question of these and of itself, those before people renamed them among them.
        n_statements: Statements of the current record that bear on any of them.
        found: Whether a run found it; else a person wrote it, or it came with the input.
        decision: What a person decided about it as a whole; None if nobody did.
    """

    issue: Issue
    joined: tuple[Issue, ...]
    labels: tuple[str, ...]
    n_statements: int
    found: bool
    decision: Decision | None

    @property
    def rejected(self) -> bool:
        """Did a person reject it?"""
        return self.decision is not None and self.decision.verdict == "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class BearingEntry:
    """That a statement of the ledger bears on an issue, and who says so.

    Attributes:
        bearing: The statement, its side and the words that decide.
        run_id: The run that found it; None where a person alone says so.
        by_person: Whether a person said that it bears on the issue, or on which side.
    """

    bearing: Bearing
    run_id: str | None
    by_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """That a decision was taken back.

    Attributes:
        decision_id: The decision.
        by: Who took it back.
        at: When, ISO 8601 in UTC.
        note: Why.
    """

    decision_id: str
    by: str
    at: str
    note: str | None


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
class Breakdown:
    """How the first statements that a search found divide, each value with the number of statements, most first.

    Attributes:
        statements: The ids of those counted.
        whole: Whether these are all that was found.
        outlets: By outlet.
        months: By month of publication, or year where no more is known; the last one first.
        kinds: By form.
        acts: By what is done by saying it.
        actors: By who said it; the first few.
        n_actors: How many say something in all.
    """

    statements: tuple[str, ...]
    whole: bool
    outlets: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[Kind, int], ...]
    acts: tuple[tuple[Act, int], ...]
    actors: tuple[tuple[Actor, int], ...]
    n_actors: int


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
        breakdown: How the first hits divide; None if that was not asked, or this is not the first page.
    """

    hits: tuple[Hit, ...]
    offset: int
    more: bool
    ranked: bool
    breakdown: Breakdown | None = None


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
