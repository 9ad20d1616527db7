"""``onrecord audit``: on whom articles rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.cli.options import failure_options, input_options, json_option
from onrecord.cli.tools import deferred, tools_of
from onrecord.cli.work import Work
from onrecord.errors import EXIT_OK
from onrecord.record.reading import Reading

LEDGER = b"SQLite format 3\0"
"""How a ledger begins."""


@click.command("audit")
@click.argument("target", metavar="FILE|LEDGER|URL|-")
@click.argument("identifier", metavar="ID", required=False)
@click.option("--plain", "as_plain", is_flag=True, help="No colours, on a terminal too.")
@input_options
@failure_options
@json_option("Print each article, then each outlet, as one JSON object per line.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    target: str,
    identifier: str | None,
    as_plain: bool,
    encoding: str | None,
    threads: int | None,
    model: Path | None,
    actors: Path | None,
    allow_failures: bool,
    quarantine: str | None,
    as_json: bool,
) -> int:
    """Show on whom articles rest: how many sources, named or not, officials or others, first or second hand.

    Of one article, its sources are listed with what each contributes; of several, or of a LEDGER, there is a table
    of the articles and one of the outlets. With the ID of a document of the LEDGER, that one alone. Statements
    within statements are not counted. Who is official is told by lists and by the words of the text: a hint.
    """
    from onrecord.cli.audits import Report
    from onrecord.ingest import read_paths
    from onrecord.run import read_stream
    from onrecord.views.audit import audit

    report = Report(as_json=as_json, as_plain=as_plain)
    if _is_ledger(target):
        for reading in _of_ledger(Path(target), identifier):
            report.add(audit(reading))
        report.close()
        return EXIT_OK
    if identifier is not None:
        raise click.UsageError(f"{target} is no ledger, and only a ledger has documents with an ID")
    stages = deferred(lambda: tools_of(ctx).load_stages(model, threads, actors))
    with Work(as_json=as_json, allow_failures=allow_failures, quarantine=quarantine, bar=False, brief=True) as work:
        items = read_paths([target], encoding=encoding)
        for result in read_stream(items, stages, quarantine=work, progress=work.progress):
            if isinstance(result, Reading):
                report.add(audit(result))
        report.close()
    return work.exit_code


def _is_ledger(target: str) -> bool:
    try:
        with Path(target).open("rb") as stream:
            return stream.read(len(LEDGER)) == LEDGER
    except (OSError, ValueError):
        return False


def _of_ledger(path: Path, identifier: str | None) -> Iterator[Reading]:
    from onrecord.store import Ledger

    with Ledger.open(path, readonly=True) as opened:
        if identifier is None:
            yield from opened.readings()
        else:
            yield opened.entries(identifier).reading()
