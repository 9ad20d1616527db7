"""How an issue, a list of issues and a dossier look on a terminal and in a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.cli.paper import Paper
from onrecord.export.issues import NOT_STATED, made_by, sides_words
from onrecord.export.linked import answers_line, kind_line
from onrecord.export.visible import counted, quote, visible
from onrecord.export.wording import DOT, NO_OUTLET, NO_SOURCE, UNRESOLVED, Line, Piece, condition_line

if TYPE_CHECKING:
    from onrecord.views.dossier import Backing, Cell, Dossier
    from onrecord.views.issue import Account, IssueView, Stand, Voice
    from onrecord.views.issues import IssueLine

LETTERS = 200
"""Letters of a statement that a page of an issue shows; `onrecord show` has all."""

SOURCE_LETTERS = 60
"""Letters of the words that name an unresolved source."""

ACTORS = 4
"""Actors that a line of the list names; `onrecord issue show` has all."""

SHOWN = 4
"""Statements that a page names for each cell of a dossier."""

PAIRS = 12
"""Pairs of accounts that say otherwise which a page shows, the surest first."""

SIDE_WIDTH = len("threatens")
DAY_WIDTH = len("2026-03-04")
FIELD_WIDTH = len("precondition")


def print_lines(lines: Sequence[IssueLine], paper: Paper) -> None:
    """Print the list of issues."""
    width = max((len(f"{line.entry.n_statements:,}") for line in lines), default=1)
    for line in lines:
        count = (Piece(f"{line.entry.n_statements:>{width},}", "word"),)
        rejected = (Piece("  rejected", "open"),) if line.entry.rejected else ()
        paper.line(
            Piece(visible(line.issue.label), "title"), Piece(f"  {line.issue.id}", "soft"), *rejected, label=count
        )
        days = DOT.join(filter(None, dict.fromkeys((line.first, line.last)))) if line.first else "no date"
        about = [days.replace(DOT, " – "), sides_words(line.sides)]
        more = len(line.actors) - ACTORS
        actors = ", ".join(map(visible, line.actors[:ACTORS])) + (f" and {more:,} more" if more > 0 else "")
        paper.line(Piece(DOT.join(filter(None, about)), "word"), indent=width + 1)
        if actors:
            paper.line(Piece(actors, "actor"), indent=width + 1)


def print_issue(view: IssueView, paper: Paper) -> None:
    """Print who takes which position on an issue."""
    entry = view.entry
    paper.line(Piece(visible(entry.issue.label), "title"))
    if entry.issue.question not in (None, entry.issue.label):
        paper.line(Piece(visible(str(entry.issue.question)), "quote"))
    paper.line(Piece(f"{made_by(entry)}{DOT}{entry.issue.id}", "soft"))
    for other in entry.joined:
        paper.line(Piece(f"with {visible(other.label)}{DOT}{other.id}", "soft"))
    paper.line()
    if not view.stands:
        paper.line(Piece("No statement of the record bears on it.", "open"))
        return
    counts = (
        f"{counted(len(view.stands), 'statement')} = {counted(len(view.accounts), 'account')},"
        f" reprints folded{DOT}{counted(view.n_independent, 'independent origin')}"
    )
    paper.line(Piece(counts, "word"))
    for side, number in view.sides.most_common():
        origins = counted(view.independent(side), "independent origin")
        label = (Piece(side, "title"),)
        paper.line(Piece(f"{counted(number, 'account')}, {origins}", "word"), label=label, indent=2, width=SIDE_WIDTH)
    if not view.linked:
        paper.line(Piece("Nothing was linked yet, so reprints count singly: run `onrecord link` first.", "open"))
    for voice in view.voices:
        paper.line()
        _print_voice(voice, paper)
    if view.otherwise:
        paper.line()
        paper.line(Piece(f"who says otherwise: {counted(len(view.otherwise), 'pair')} of accounts", "title"))
        for link in view.otherwise[:PAIRS]:
            paper.line(*kind_line(link, link.link.scope), indent=2)
            for end in (link.link.left, link.link.right):
                _print_end(view.stand(end), paper)
            if link.link.why:
                paper.line(Piece(visible(link.link.why), "quote"), label=(Piece("why", "soft"),), indent=4)
            paper.line(*answers_line(link.link), indent=4)
        if len(view.otherwise) > PAIRS:
            paper.line(Piece(f"and {len(view.otherwise) - PAIRS:,} less sure; --json names all", "soft"), indent=2)


def _voice_line(voice: Voice) -> Line:
    if voice.actor is not None:
        return (Piece(visible(voice.actor.name), "actor"),)
    words = f" “{visible(voice.words)}”" if voice.words else f": {NO_SOURCE}"
    return (Piece(UNRESOLVED, "open"), Piece(words, "quote"))


def _print_voice(voice: Voice, paper: Paper) -> None:
    accounts = counted(len(voice.accounts), "account")
    paper.line(*_voice_line(voice), Piece(f"{DOT}{accounts}{DOT}{' → '.join(voice.sides)}", "word"))
    for account in voice.accounts:
        _print_account(account, paper)


def _print_account(account: Account, paper: Paper) -> None:
    stand = account.first
    text = stand.entry.document.text
    day = f"{stand.day or 'no date':<{DAY_WIDTH}}"
    words = quote(text, stand.entry.statement.content, limit=LETTERS)
    paper.line(
        Piece(f"{stand.side:<{SIDE_WIDTH}} ", "title"),
        Piece(f"“{words}”", stand.entry.statement.kind),
        label=(Piece(day, "word"),),
        indent=2,
    )
    under = 2 + DAY_WIDTH + 1
    for condition in stand.conditions:
        paper.line(Piece("on condition ", "soft"), *condition_line(condition, text, limit=LETTERS), indent=under)
    deciding = ", ".join(dict.fromkeys(f"“{quote(text, (span,))}”" for span in stand.bearing.evidence))
    parts = [f"because of {deciding}" if deciding else "", _score(stand)]
    paper.line(Piece(DOT.join(filter(None, parts)), "soft"), indent=under)
    others = len(account.stands) - 1
    prints = f"{DOT}and {counted(others, 'reprint')}" if others else ""
    paper.line(Piece(f"{_outlet(stand)}{prints}{DOT}{stand.entry.statement.id}", "soft"), indent=under)


def _score(stand: Stand) -> str:
    if stand.by_person:
        return "decided by a person"
    return f"bears on it {stand.bearing.score:.2f}" if stand.bearing.score is not None else "given with the input"


def _outlet(stand: Stand) -> str:
    return visible(stand.entry.document.outlet or NO_OUTLET)


def _who(stand: Stand) -> Line:
    actor = stand.entry.actor
    if actor is not None:
        return (Piece(visible(actor.name), "actor"),)
    words = quote(stand.entry.document.text, stand.entry.statement.source, limit=SOURCE_LETTERS)
    return (Piece(UNRESOLVED, "open"), Piece(f" “{words}”" if words else f": {NO_SOURCE}", "quote"))


def _print_end(stand: Stand, paper: Paper) -> None:
    words = quote(stand.entry.document.text, stand.entry.statement.content, limit=LETTERS)
    chain = stand.entry.chain
    unnamed = "unnamed, " if chain is not None and not chain.origin.named else ""
    relayed = "relayed, " if chain is not None and chain.distance > 1 else ""
    paper.line(
        *_who(stand),
        Piece(f" ({unnamed}{relayed}{stand.side}) ", "unnamed" if unnamed else "word"),
        Piece(f"“{words}”", stand.entry.statement.kind),
        Piece(f"{DOT}{_outlet(stand)}{DOT}{stand.day or 'no date'}{DOT}{stand.entry.statement.id}", "soft"),
        indent=4,
    )


def print_dossier(view: Dossier, paper: Paper) -> None:
    """Print what is on record of a negotiation, row by row."""
    entry = view.view.entry
    paper.line(Piece(visible(entry.issue.label), "title"))
    counts = f"{counted(len(view.view.stands), 'statement')}, {counted(view.view.n_independent, 'independent origin')}"
    paper.line(Piece(f"{counts}{DOT}{entry.issue.id}", "soft"))
    for row in view.rows:
        paper.line()
        label = (Piece(row.field, "title"),)
        if not row.cells:
            paper.line(Piece(NOT_STATED, "open"), label=label, width=FIELD_WIDTH)
        for at, cell in enumerate(row.cells):
            if at == 0:
                paper.line(*_cell_line(cell), label=label, width=FIELD_WIDTH)
            else:
                paper.line(*_cell_line(cell), indent=FIELD_WIDTH + 1)
            for head, backings in (("says so", cell.support), ("disputes it", cell.dispute)):
                for backing in backings[:SHOWN]:
                    _print_backing(head, backing, paper)
                if len(backings) > SHOWN:
                    more = f"and {len(backings) - SHOWN:,} more; --json and --markdown name all"
                    paper.line(Piece(more, "soft"), label=(Piece(head, "soft"),), indent=FIELD_WIDTH + 3)


def _cell_line(cell: Cell) -> Line:
    role = (Piece(f"{cell.role}: ", "word"),) if cell.role else ()
    accounts = f"  {counted(cell.n_independent, 'account')}"
    return (*role, Piece(visible(cell.value), "quote"), Piece(accounts, "soft"))


def _print_backing(head: str, backing: Backing, paper: Paper) -> None:
    stand = backing.stand
    text = stand.entry.document.text
    paper.line(
        *_who(stand),
        Piece(f" “{quote(text, (backing.words,), limit=LETTERS)}”", stand.entry.statement.kind),
        Piece(f"{DOT}{_outlet(stand)}{DOT}{stand.day or 'no date'}{DOT}{stand.entry.statement.id}", "soft"),
        label=(Piece(head, "open" if head != "says so" else "soft"),),
        indent=FIELD_WIDTH + 3,
    )
