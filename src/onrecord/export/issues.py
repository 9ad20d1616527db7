"""How are issues and dossiers put into words, JSON and Markdown?"""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.export.public import document_to_json, statement_to_json
from onrecord.export.visible import counted, quote, visible
from onrecord.export.wording import NO_OUTLET, NO_SOURCE, UNRESOLVED
from onrecord.record.bearing import Side
from onrecord.record.codec import link_to_json
from onrecord.record.issue import Issue
from onrecord.record.span import Span
from onrecord.store import IssueEntry
from onrecord.views.dossier import Backing, Cell, Dossier
from onrecord.views.issue import Account, IssueView, Stand
from onrecord.views.issues import IssueLine

NOT_STATED = "not stated"
"""What a dossier says where no statement says anything."""


def sides_words(sides: Mapping[Side, int]) -> str:
    """How many are on each side: ``denies 12, affirms 9``."""
    return ", ".join(f"{side} {count:,}" for side, count in sides.items())


def made_by(entry: IssueEntry) -> str:
    """Where an issue comes from."""
    if entry.found:
        return f"found by run {entry.issue.made_by}"
    return f"written by {visible(entry.issue.made_by)}" if entry.issue.made_by else "came with the input"


def _issue(issue: Issue) -> dict[str, object]:
    return {"id": issue.id, "label": issue.label, "question": issue.question, "made_by": issue.made_by}


def _entry(entry: IssueEntry) -> dict[str, object]:
    return {
        **_issue(entry.issue),
        "found": entry.found,
        "merged": [_issue(each) for each in entry.joined],
        "decision": entry.decision.verdict if entry.decision is not None else None,
        "statements": entry.n_statements,
    }


def line_to_json(line: IssueLine) -> dict[str, object]:
    """The JSON form of an issue in a list."""
    return {
        **_entry(line.entry),
        "sides": dict(line.sides),
        "actors": list(line.actors),
        "first": line.first,
        "last": line.last,
    }


def issue_to_json(view: IssueView) -> dict[str, object]:
    """The JSON form of an issue: its accounts with their prints, who speaks, and the links that say otherwise."""
    return {
        **_entry(view.entry),
        "independent": view.n_independent,
        "linked": view.linked,
        "sides": {
            side: {"accounts": count, "independent": view.independent(side)} for side, count in view.sides.items()
        },
        "voices": [
            {
                "actor": voice.actor.name if voice.actor is not None else None,
                "actor_id": voice.actor.id if voice.actor is not None else None,
                "words": voice.words or None,
                "sides": list(voice.sides),
                "accounts": [account.number for account in voice.accounts],
            }
            for voice in view.voices
        ],
        "accounts": [_account_to_json(account) for account in view.accounts],
        "otherwise": [{"id": link.link.id, **link_to_json(link.link)} for link in view.otherwise],
    }


def _account_to_json(account: Account) -> dict[str, object]:
    return {
        "account": account.number,
        "origin": account.origin,
        "side": account.first.side,
        "day": account.first.day,
        "prints": [_stand_to_json(stand) for stand in account.stands],
    }


def _stand_to_json(stand: Stand) -> dict[str, object]:
    text = stand.entry.document.text
    return {
        "side": stand.side,
        "score": stand.bearing.score,
        "by_person": stand.by_person,
        "evidence": [_span_to_json(span, text) for span in stand.bearing.evidence],
        "statement": statement_to_json(stand.entry),
        "document": document_to_json(stand.entry.document),
    }


def _span_to_json(span: Span, text: str) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def dossier_to_json(view: Dossier) -> dict[str, object]:
    """The JSON form of a dossier: by field, a list of cells; empty where nothing is stated."""
    return {
        "issue": _entry(view.view.entry),
        "rows": {row.field: [_cell_to_json(cell) for cell in row.cells] for row in view.rows},
    }


def _cell_to_json(cell: Cell) -> dict[str, object]:
    return {
        "value": cell.value,
        "role": cell.role,
        "accounts": cell.n_independent,
        "support": [_backing_to_json(backing) for backing in cell.support],
        "dispute": [_backing_to_json(backing) for backing in cell.dispute],
    }


def _backing_to_json(backing: Backing) -> dict[str, object]:
    entry = backing.stand.entry
    return {
        "statement": entry.statement.id,
        "document": entry.document.id,
        "actor": entry.actor.name if entry.actor is not None else None,
        "day": backing.stand.day,
        "side": backing.stand.side,
        "words": _span_to_json(backing.words, entry.document.text),
    }


def who(stand: Stand) -> str:
    """Who says it, in a few words."""
    if stand.entry.actor is not None:
        return visible(stand.entry.actor.name)
    words = " ".join(stand.entry.source.split())
    return f"{UNRESOLVED} (“{visible(words)}”)" if words else f"{UNRESOLVED} ({NO_SOURCE})"


def dossier_to_markdown(view: Dossier) -> str:
    """A dossier as a Markdown page: one table of cells, and below it the statements that back them."""
    entry = view.view.entry
    notes: dict[str, int] = {}
    texts: list[str] = []

    def marks(backings: tuple[Backing, ...]) -> str:
        found = []
        for backing in backings:
            key = f"{backing.stand.entry.statement.id} {backing.words.start} {backing.words.end}"
            if key not in notes:
                notes[key] = len(notes) + 1
                texts.append(_note(backing))
            found.append(f"[{notes[key]}]")
        return " ".join(found) or "–"

    lines = [
        f"# {_cell_text(entry.issue.label)}",
        "",
        f"{counted(len(view.view.stands), 'statement')}, {counted(view.view.n_independent, 'independent origin')}."
        " Numbers in brackets are the statements below.",
        "",
        "| field | what is said | says so | disputes it |",
        "|---|---|---|---|",
    ]
    for row in view.rows:
        if not row.cells:
            lines.append(f"| {row.field} | *{NOT_STATED}* | – | – |")
        for cell in row.cells:
            role = f"{cell.role}: " if cell.role else ""
            value = _cell_text(role + cell.value)
            lines.append(f"| {row.field} | {value} | {marks(cell.support)} | {marks(cell.dispute)} |")
    lines += ["", *(f"{number}. {text}" for number, text in enumerate(texts, start=1)), ""]
    return "\n".join(lines)


def _note(backing: Backing) -> str:
    stand = backing.stand
    doc = stand.entry.document
    words = quote(doc.text, (backing.words,))
    place = ", ".join(filter(None, (doc.outlet or NO_OUTLET, stand.day or "no date")))
    return _cell_text(f"{who(stand)}: “{words}” – {place}, `{stand.entry.statement.id}`")


def _cell_text(text: str) -> str:
    """`text` on one line, so that nothing in it ends a cell or starts a mark-up of its own."""
    line = " ".join(visible(text).split())
    for mark in "\\|*_[]<>":
        line = line.replace(mark, f"\\{mark}")
    return line
