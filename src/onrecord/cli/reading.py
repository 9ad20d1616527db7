"""``onrecord read``: who said what in an article."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord import __version__
from onrecord.cli.display import print_reading
from onrecord.cli.options import failure_options, input_options, json_option
from onrecord.cli.paper import Paper
from onrecord.cli.streams import Sink, note, open_sink
from onrecord.cli.tools import deferred, tools_of
from onrecord.cli.work import Work
from onrecord.export.wording import Piece
from onrecord.record.reading import Reading


@click.command("read")
@click.argument("target", metavar="FILE|URL|-")
@click.option("--html", metavar="FILE", help="Write one self-contained page to FILE instead; - is stdout.")
@click.option("--plain", "as_plain", is_flag=True, help="No colours, on a terminal too.")
@input_options
@failure_options
@json_option("Print the document with its statements in the public JSON form.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    target: str,
    html: str | None,
    as_plain: bool,
    encoding: str | None,
    threads: int | None,
    model: Path | None,
    actors: Path | None,
    allow_failures: bool,
    quarantine: str | None,
    as_json: bool,
) -> int:
    """Show an article with its statements: who said what, in which words, and how sure that is.

    In a terminal, content, source and cue are in colour. In a pipe they stand in brackets that name the
    statement: [1: content], {1: source}, <1: cue>. The network is called only if you give an address. Of a
    file with several documents, all are shown.
    """
    from onrecord.ingest import read_paths
    from onrecord.run import read_stream

    stages = deferred(lambda: tools_of(ctx).load_stages(model, threads, actors))
    show = _Show(as_json=as_json, as_plain=as_plain, silent=html is not None and not as_json)
    for_page: list[Reading] = []
    with Work(
        as_json=as_json, allow_failures=allow_failures, quarantine=quarantine, bar=show.silent, brief=True
    ) as work:
        items = read_paths([target], encoding=encoding)
        for result in read_stream(items, stages, quarantine=work, progress=work.progress):
            if isinstance(result, Reading):
                show.reading(result)
                if html is not None:
                    for_page.append(result)
        if html is not None and for_page:
            _write_page(html, for_page)
    return work.exit_code


def _write_page(path: str, readings: list[Reading]) -> None:
    from onrecord.export.page import render_page

    with open_sink(path) as sink:
        sink.write(render_page(readings, made_by=f"onrecord {__version__}"))
    if path != "-":
        note(f"wrote {path}")


class _Show:
    """Prints readings, in the way that suits what stdout is."""

    def __init__(self, *, as_json: bool, as_plain: bool, silent: bool) -> None:
        self.silent = silent
        self._as_json = as_json
        self._paper = None if as_json or silent else Paper(plain=as_plain)
        self._first = True

    def reading(self, reading: Reading) -> None:
        """Print one document with its statements."""
        from onrecord.record.codec import reading_to_json

        if self._as_json:
            Sink(sys.stdout.buffer).write_json(reading_to_json(reading), indent=2)
        if self._paper is None:
            return
        if not self._first:
            self._paper.line()
            self._paper.line(Piece("─" * 72, "soft"))
            self._paper.line()
        self._first = False
        print_reading(reading, self._paper)
