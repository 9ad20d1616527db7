"""``onrecord picture``: an issue or a chain as a picture for print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import json_option, output_option
from onrecord.cli.streams import dumps, note, open_sink
from onrecord.errors import StoreError, UsageError

if TYPE_CHECKING:
    from onrecord.export.charts import Picture
    from onrecord.store import Ledger

_MISSING = 'install it with: pip install "onrecord[web]"'


@click.command("picture")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("subject")
@click.option(
    "--what",
    type=click.Choice(("timeline", "network", "chain")),
    help="Of an issue its timeline (by default) or its network; of a statement its chain.",
)
@output_option()
@json_option("Write it as a JSON object in Vega-Lite, for other programs to draw.")
def command(*, ledger: Path, subject: str, what: str | None, output: str, as_json: bool) -> None:
    """Draw an issue or a statement of LEDGER, named by the id SUBJECT; an issue also by words of its label.

    The timeline shows who took which side when, with prints of one utterance folded; the network, who stands where;
    the chain, by which hops the words reached the page. The picture is SVG, or PNG where the name given with --output
    ends in .png. It is drawn on this machine.
    """
    from onrecord.store import Ledger

    try:
        import vl_convert  # noqa: F401
    except ModuleNotFoundError as error:
        raise UsageError("OR-003", f"`onrecord picture` needs {error.name}; {_MISSING}") from error
    from onrecord.export.charts import to_png, to_svg

    with Ledger.open(ledger, readonly=True) as opened:
        picture = _picture(opened, subject, what)
    if as_json:
        data = f"{dumps(picture.spec)}\n".encode()
    elif output.lower().endswith(".png"):
        data = to_png(picture, scale=3.0)
    else:
        data = to_svg(picture).encode()
    with open_sink(output) as sink:
        sink.stream.write(data)
        sink.flush()
    if picture.left_out:
        note(picture.left_out)


def _picture(ledger: Ledger, subject: str, what: str | None) -> Picture:
    from onrecord.export.chain_chart import chain_picture
    from onrecord.export.charts import network, timeline
    from onrecord.views.aspects import aspects_of
    from onrecord.views.issue import view_issue

    if what == "chain" or (what is None and _is_statement(ledger, subject)):
        entry = ledger.entry(subject)
        return chain_picture(aspects_of(entry.reading())[entry.statement.id])
    view = view_issue(ledger, subject)
    return network(view) if what == "network" else timeline(view)


def _is_statement(ledger: Ledger, subject: str) -> bool:
    try:
        return ledger.subject(subject)[0] == "statement"
    except StoreError:
        # Words of an issue's label are no id.
        return False
