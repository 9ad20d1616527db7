"""How statements look that stand beside each other: in two columns where there is room, else below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.cli.paper import Paper, Placed
from onrecord.export.linked import answers_line, deciding_line, kind_line, said_lines, warning_lines
from onrecord.export.visible import counted
from onrecord.export.wording import Piece
from onrecord.store import Entry
from onrecord.views.beside import Beside
from onrecord.views.changes import Change
from onrecord.views.conflicts import Conflict
from onrecord.views.otherwise import Otherwise

INDENT = 2
LABEL_WIDTH = len("condition")


def print_rows(rows: Sequence[Placed], paper: Paper) -> None:
    """Print lines below each other."""
    for row in rows:
        label = (Piece(row.label, "soft"),) if row.label else ()
        paper.line(*row.line, label=label, indent=row.indent, width=LABEL_WIDTH if row.label else 0)


def _blank() -> Placed:
    return Placed(0, "", ())


def _said(entry: Entry, *, indent: int = INDENT) -> Iterator[Placed]:
    for label, line in said_lines(entry):
        yield Placed(indent, label, line)


def _card(beside: Beside, own_text: str) -> Iterator[Placed]:
    """A statement beside another one: what joins them, why, and the statement."""
    yield Placed(0, "", kind_line(beside.link, beside.scope, left=beside.left))
    yield from _said(beside.entry)
    link = beside.link.link
    if link.why:
        yield Placed(INDENT, "why", (Piece(link.why, "quote"),))
    deciding = deciding_line(beside.own_evidence, own_text, beside.evidence, beside.entry.document.text)
    if deciding:
        yield Placed(INDENT, "words", deciding)
    yield Placed(INDENT, "answers", answers_line(link))
    account = "the statement's own" if beside.account == 0 else str(beside.account)
    yield Placed(INDENT, "account", (Piece(account, "word"),))
    for line in warning_lines(beside.corrected, beside.newer, version=beside.version):
        yield Placed(INDENT, "", line)


def print_otherwise(found: Otherwise, paper: Paper) -> None:
    """Print who says so too, who says otherwise, where it is printed again, and who reacts."""
    print_rows([*_said(found.entry, indent=0)], paper)
    for line in warning_lines((), found.newer):
        paper.line(*line)
    paper.line()
    text = found.entry.document.text
    too = f"says so too: {counted(found.accounts_alike, 'other account')}"
    against = f"says otherwise: {counted(found.accounts_against, 'other account')}"
    sides = [(too, _cards(found.alike, text)), (against, _cards(found.against, text))]
    if paper.wide and found.alike and found.against:
        paper.columns(*[[Placed(0, "", (Piece(head, "title"),)), *rows] for head, rows in sides])
    else:
        for head, rows in sides:
            paper.line(Piece(head, "title"))
            print_rows(rows, paper)
            paper.line()
    for head, besides in (("the same utterance, printed again", found.same), ("reactions", found.answers)):
        if besides:
            paper.line(Piece(f"{head}: {len(besides):,}", "title"))
            print_rows(_cards(besides, text), paper)
            paper.line()
    if not found.linked:
        paper.line(Piece("This document was not linked yet: run `onrecord link` first.", "open"))


def _cards(besides: Sequence[Beside], own_text: str) -> list[Placed]:
    rows: list[Placed] = []
    for beside in besides:
        rows += [_blank(), *_card(beside, own_text)]
    return rows


def print_conflict(conflict: Conflict, paper: Paper) -> None:
    """Print two accounts that say otherwise, side by side where there is room."""
    link = conflict.link
    paper.line(*kind_line(link, None))
    why = [Placed(INDENT, "why", (Piece(link.link.why, "quote"),))] if link.link.why else []
    left, right = conflict.left, conflict.right
    deciding = deciding_line(link.link.left_evidence, left.document.text, link.link.right_evidence, right.document.text)
    if deciding:
        why.append(Placed(INDENT, "words", deciding))
    why.append(Placed(INDENT, "answers", answers_line(link.link)))
    if link.link.scope is not None:
        scope = {"same": "both say it of the same", "unclear": "which of the two says more is unclear"}.get(
            link.link.scope, f"the second is {link.link.scope} than the first"
        )
        why.append(Placed(INDENT, "scope", (Piece(scope, "open" if link.link.scope == "unclear" else "word"),)))
    print_rows(why, paper)
    _print_two(("first", left, conflict.left_printings), ("second", right, conflict.right_printings), paper)
    _print_rest(conflict.links, conflict.superseded, conflict.corrected, paper)


def print_change(change: Change, paper: Paper) -> None:
    """Print what somebody said first, and otherwise later."""
    link = change.link
    paper.line(*kind_line(link, None))
    rows = [Placed(INDENT, "why", (Piece(link.link.why, "quote"),))] if link.link.why else []
    left_is_after = link.link.left == change.after.statement.id
    spans = (link.link.left_evidence, link.link.right_evidence)
    after, before = spans if left_is_after else spans[::-1]
    deciding = deciding_line(before, change.before.document.text, after, change.after.document.text)
    if deciding:
        rows.append(Placed(INDENT, "words", deciding))
    print_rows(rows, paper)
    _print_two(("before", change.before, change.printings[0]), ("after", change.after, change.printings[1]), paper)
    _print_rest(1, change.superseded, change.corrected, paper)


def _print_two(one: tuple[str, Entry, int], other: tuple[str, Entry, int], paper: Paper) -> None:
    sides = []
    for name, entry, printings in (one, other):
        more = f" · told in {printings:,} statements of the ledger" if printings > 1 else ""
        head = Placed(INDENT, "", (Piece(name, "title"), Piece(more, "soft")))
        sides.append([head, *_said(entry, indent=2 * INDENT)])
    if paper.wide:
        paper.columns(*sides)
    else:
        for rows in sides:
            print_rows(rows, paper)


def _print_rest(links: int, superseded: bool, corrected: tuple[str, ...], paper: Paper) -> None:
    if links > 1:
        line = f"{counted(links, 'link')} between the two accounts; this is the surest"
        paper.line(Piece(line, "soft"), indent=INDENT)
    if superseded:
        paper.line(Piece("the outlet has replaced one of the two texts", "open"), indent=INDENT)
    for warning in warning_lines(corrected, None):
        paper.line(*warning, indent=INDENT)
