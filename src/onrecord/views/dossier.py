"""What is on record of a negotiation: who, through whom, where, on what, on which conditions, and how far it got?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast, get_args

from onrecord.connect.words import name_key, tokens
from onrecord.issues.corpus import key_of, keys
from onrecord.issues.negotiation import STATUSES, Find, Status, about_outcome, about_talks, read_negotiation
from onrecord.issues.question import Question, parse
from onrecord.record.bearing import Side
from onrecord.record.position import Condition
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


_AGAINST: frozenset[Side] = frozenset({"denies", "against", "declines"})
_ALIKE = 0.5
"""Two agenda items that share so large a part of their words are one."""


def view_dossier(ledger: Ledger, words: str) -> Dossier:
    """What is on record of the negotiation that the issue `words` is about?

    A statement that denies, rejects or declines does not support what its words name; it disputes it where others say
    so.

    Raises:
        StoreError: OR-407, there is no such issue, or several fit.
    """
    view = view_issue(ledger, words)
    question = parse(view.entry.issue.question or view.entry.issue.label)
    drafts: dict[Field, list[_Draft]] = {field: [] for field in FIELDS}
    for stand in view.stands:
        for found in _finds(stand, question):
            # A party's own country is no venue of the talks, and a party no third one.
            if found.what in ("venue", "third party") and not question.names.isdisjoint(_name_keys(found.value)):
                continue
            _add(drafts[found.what], found.value, found.role, Backing(stand=stand, words=found.words), stand)
        for name, span in _parties(stand, question.names):
            _add(drafts["party"], name, None, Backing(stand=stand, words=span), stand, sides=False)
        for value, whose, span in _preconditions(stand):
            _add(drafts["precondition"], value, whose, Backing(stand=stand, words=span), stand, sides=False)
        if stand.side == "denies":
            denied = Backing(stand=stand, words=_whole(stand))
            _add(drafts["status"], "denied", None, denied, stand, sides=False)
    _dispute_status(drafts["status"])
    return Dossier(view=view, rows=tuple(Row(field=field, cells=_cells(field, drafts[field])) for field in FIELDS))


@dataclass(slots=True)
class _Draft:
    """A cell while it is gathered."""

    value: str
    role: str | None
    key: frozenset[str]
    support: list[Backing]
    dispute: list[Backing]


def _add(
    drafts: list[_Draft], value: str, role: str | None, backing: Backing, stand: Stand, *, sides: bool = True
) -> None:
    key = frozenset(keys(value)) or frozenset({value.casefold()})
    draft = next((each for each in drafts if each.role == role and _one(each.key, key)), None)
    if draft is None:
        draft = _Draft(value=value, role=role, key=key, support=[], dispute=[])
        drafts.append(draft)
    backings = draft.dispute if sides and stand.side in _AGAINST else draft.support
    # Of prints of one utterance the first that says so speaks for all.
    if all(each.stand.account != stand.account for each in backings):
        backings.append(backing)


def _one(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return len(mine & theirs) >= _ALIKE * len(mine | theirs)


def _finds(stand: Stand, question: Question) -> Iterator[Find]:
    """What the words of a statement say."""
    text = stand.entry.document.text
    for span in stand.entry.statement.content:
        yield from read_negotiation(span.of(text), span.start, matter=question.matter.keys())


def _parties(stand: Stand, names: frozenset[str]) -> Iterator[tuple[str, Span]]:
    """The parties that the question names, where a statement names them."""
    text = stand.entry.document.text
    seen: set[str] = set()
    for span in stand.entry.statement.content:
        for token in tokens(span.of(text)):
            key = key_of(token)
            if key in names and key not in seen:
                seen.add(key)
                place = Span(span.start + token.start, span.start + token.end)
                yield _bare(place.of(text)), place


def _name_keys(value: str) -> set[str]:
    return {name_key(token.form) for token in tokens(value)}


def _bare(name: str) -> str:
    return name.removesuffix("'s").removesuffix("’s")


def _preconditions(stand: Stand) -> Iterator[tuple[str, str, Span]]:
    """What must be so for talks or what comes of them, in the text's words, and whose condition it is."""
    text = stand.entry.document.text
    for condition in stand.conditions:
        if condition.relation == "when" or not _on_matter(condition, text):
            continue
        requirement, what = (" ".join(span.of(text).split()) for span in (condition.requirement, condition.what))
        low = min(condition.requirement.start, condition.what.start)
        high = max(condition.requirement.end, condition.what.end)
        actor = stand.entry.actor
        whose = actor.name if actor is not None else " ".join(stand.entry.source.split()) or "no source given"
        yield f"{requirement} ({condition.relation}: {what})", whose, Span(low, high)


def _on_matter(condition: Condition, text: str) -> bool:
    return any(
        about_talks(span.of(text)) or about_outcome(span.of(text)) for span in (condition.what, condition.requirement)
    )


def _whole(stand: Stand) -> Span:
    content = stand.entry.statement.content
    return Span(content[0].start, content[0].end)


def _dispute_status(drafts: list[_Draft]) -> None:
    """Who denies that there are talks disputes that they are held, and the other way round."""
    held = [each for each in drafts if each.value == "held"]
    for denied in [each for each in drafts if each.value == "denied"]:
        for each in held:
            said = [*denied.support]
            _join(denied.dispute, each.support, apart_from=denied.support)
            _join(each.dispute, said, apart_from=each.support)


def _join(backings: list[Backing], more: Sequence[Backing], *, apart_from: Sequence[Backing]) -> None:
    there = {each.stand.account for each in (*backings, *apart_from)}
    backings += [each for each in more if each.stand.account not in there]


def _cells(field: Field, drafts: Sequence[_Draft]) -> tuple[Cell, ...]:
    cells = [
        Cell(
            value=draft.value,
            role=draft.role,
            support=tuple(sorted(draft.support, key=_by_day)),
            dispute=tuple(sorted(draft.dispute, key=_by_day)),
        )
        for draft in drafts
        if draft.support
    ]
    if field == "status":
        return tuple(sorted(cells, key=lambda cell: [*STATUSES].index(cast(Status, cell.value))))
    return tuple(sorted(cells, key=lambda cell: (-cell.n_independent, _by_day(cell.support[0]), cell.value)))


def _by_day(backing: Backing) -> tuple[str, int]:
    return backing.stand.day or "~", backing.stand.account
