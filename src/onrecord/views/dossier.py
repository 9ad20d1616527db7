"""What is on record of a negotiation: who, through whom, where, on what, on which conditions, and how far it got?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from onrecord.record.span import Span
from onrecord.store import Ledger
from onrecord.views.issue import IssueView, Stand, view_issue

Field: TypeAlias = Literal["party", "third party", "venue", "channel", "level", "agenda", "precondition", "status"]
FIELDS: tuple[Field, ...] = get_args(Field)
"""The rows of a dossier, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """A statement that supports or disputes a cell.

    Attributes:
        stand: The statement.
        words: The words of its document that decide; code points, half-open.
    """

    stand: Stand
    words: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One thing that is said of a negotiation.

    Attributes:
        value: What, in the words of the first statement that says so; of a status or role, the codebook's word.
        role: Of a third party: mediator, host, guarantor or observer; of a precondition: whose it is; else None.
        support: The statements that say so, by date; never empty.
        dispute: The statements that say otherwise, by date.
    """

    value: str
    role: str | None
    support: tuple[Backing, ...]
    dispute: tuple[Backing, ...]

    @property
    def n_independent(self) -> int:
        """How many accounts say so; prints of one utterance count once."""
        return len({backing.stand.account for backing in self.support})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One field of a dossier.

    Attributes:
        field: Which.
        cells: What is said of it, those with most accounts first; empty where nothing is stated.
    """

    field: Field
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A negotiation, row by row.

    Attributes:
        view: The issue.
        rows: One row for each of :data:`FIELDS`, in their order.
    """

    view: IssueView
    rows: tuple[Row, ...]

    def row(self, field: Field) -> Row:
        """The row of this field."""
        return self.rows[FIELDS.index(field)]


def view_dossier(ledger: Ledger, words: str) -> Dossier:
    """What is on record of the negotiation that the issue `words` is about?

    Raises:
        StoreError: OR-407, there is no such issue, or several fit.
    """
    view = view_issue(ledger, words)
    return Dossier(view=view, rows=tuple(Row(field=field, cells=()) for field in FIELDS))
