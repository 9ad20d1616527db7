"""``onrecord trail``: by which printings a statement travelled, and what each cut or changed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import json_option, least_option
from onrecord.views.beside import SURE

if TYPE_CHECKING:
    from onrecord.cli.paper import Paper
    from onrecord.export.wording import Line
    from onrecord.views.trail import Printing, Trail

LABEL_WIDTH = len("through")
CUT_SHOWN = 12
"""Words of a cut that are shown; of more, the first and the last."""


@click.command("trail")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("statement")
@least_option(SURE)
@click.option(
    "--most", type=click.IntRange(min=1), default=100, show_default=True, metavar="N", help="Show N printings."
)
@click.option("--plain", "as_plain", is_flag=True, help="No colours, on a terminal too.")
@json_option("Print a JSON object.")
def command(*, ledger: Path, statement: str, least: float, most: int, as_plain: bool, as_json: bool) -> None:
    """Show where the utterance of STATEMENT was printed first in LEDGER, and every printing after it.

    Each with its outlet and date, the agency or outlet through which it came, whether the whole article is a reprint,
    and its words compared with those of the first printing: [-cut-] and {+added+}. Run `onrecord link` first.
    """
    from onrecord.cli.paper import Paper
    from onrecord.cli.streams import Sink
    from onrecord.export.linked import trail_to_json
    from onrecord.store import Ledger
    from onrecord.views.trail import trail

    with Ledger.open(ledger, readonly=True) as opened:
        found = trail(opened, statement, least=least, most=most)
        if as_json:
            Sink(sys.stdout.buffer).write_json(trail_to_json(found), indent=2)
        else:
            _print(found, Paper(plain=as_plain))


def _print(found: Trail, paper: Paper) -> None:
    from onrecord.cli.streams import note
    from onrecord.export.visible import counted
    from onrecord.export.wording import Piece

    for number, printing in enumerate(found.printings, start=1):
        if number > 1:
            paper.line()
        asked = printing.entry.statement.id == found.entry.statement.id
        _print_printing(number, printing, asked=asked, first_known=found.first_known, paper=paper)
    if not found.linked:
        paper.line()
        paper.line(Piece("This document was not linked yet: run `onrecord link` first.", "open"))
    line = counted(len(found.printings) + found.more, "printing")
    line += f", {found.more:,} of them not shown" if found.more else ""
    line += (
        f"; {counted(found.less_sure, 'less sure link')} not followed, --least 0 follows all" if found.less_sure else ""
    )
    note(line)


def _print_printing(number: int, printing: Printing, *, asked: bool, first_known: bool, paper: Paper) -> None:
    from onrecord.export.linked import aspects_in, newer_line, printed_line
    from onrecord.export.visible import quote
    from onrecord.export.wording import Piece, chain_line, source_line

    entry = printing.entry
    mark = ""
    if number == 1:
        mark = " · first printing" if first_known else " · listed first; the dates do not say which was first"
    note = Piece(mark + (" · the statement in question" if asked else ""), "word")
    paper.line(*printed_line(entry.document, entry.statement.id), note, label=(Piece(f"{number}", "title"),))
    aspects = aspects_in(entry)
    paper.line(*source_line(aspects), indent=2)
    if printing.parts and not printing.same_words:
        paper.line(*_compared(printing), indent=2)
    else:
        words = quote(aspects.text, entry.statement.content)
        paper.line(Piece(words, entry.statement.kind), indent=2)
        if printing.same_words:
            paper.line(Piece("the same words as the first printing", "soft"), indent=2)
        elif number > 1:
            paper.line(Piece("in other words than the first printing", "soft"), indent=2)
    for label, line in _facts(printing):
        paper.line(*line, label=(Piece(label, "soft"),), indent=2, width=LABEL_WIDTH)
    chain = chain_line(aspects)
    if chain:
        paper.line(*chain, label=(Piece("chain", "soft"),), indent=2, width=LABEL_WIDTH)
    if printing.newer is not None:
        paper.line(*newer_line(printing.newer), indent=2)


def _facts(printing: Printing) -> Iterator[tuple[str, Line]]:
    from onrecord.export.linked import kind_line
    from onrecord.export.visible import visible
    from onrecord.export.wording import Piece

    if printing.through:
        yield "through", (Piece(visible(", ".join(printing.through)), "actor"),)
    if printing.printed is not None:
        credit = "and credits it" if printing.printed.credited else "without credit"
        share = f"{printing.printed.share:.0%} of one article lie in the other"
        yield "reprint", (Piece(f"of {printing.printed.first_id}, {credit}; {share}", "word"),)
    if printing.link is not None:
        yield "link", kind_line(printing.link, None)


def _compared(printing: Printing) -> Line:
    from onrecord.export.visible import visible
    from onrecord.export.wording import Piece

    pieces: list[Piece] = []
    for part in printing.parts:
        words = " ".join(visible(part.text).split())
        if part.what == "kept":
            pieces.append(Piece(words, printing.entry.statement.kind))
        else:
            cut = part.what == "cut"
            words = _shortened(words) if cut else words
            pieces.append(Piece(f"[-{words}-]" if cut else f"{{+{words}+}}", "open" if cut else "title"))
        pieces.append(Piece(" ", "soft"))
    return tuple(pieces[:-1])


def _shortened(cut: str) -> str:
    """Words that were cut, in full if they are few; the first printing above has all of them."""
    words = cut.split()
    if len(words) <= CUT_SHOWN:
        return cut
    half = CUT_SHOWN // 2
    return f"{' '.join(words[:half])} … {len(words) - 2 * half} words … {' '.join(words[-half:])}"
