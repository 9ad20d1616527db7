"""``onrecord extract``: documents in, documents with their statements out."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import click

from onrecord.cli.options import failure_options, input_options, json_option, output_option
from onrecord.cli.streams import is_terminal, open_sink, partial_path
from onrecord.cli.tools import deferred, tools_of
from onrecord.cli.work import Work
from onrecord.record.run import Counts


@click.command("extract")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@output_option()
@click.option("--links", metavar="FILE", help="Write to FILE how the statements stand to each other (JSON Lines).")
@input_options
@failure_options
@json_option("Print the closing counts as a JSON object on stderr.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    inputs: tuple[str, ...],
    output: str,
    links: str | None,
    encoding: str | None,
    threads: int | None,
    model: Path | None,
    actors: Path | None,
    allow_failures: bool,
    quarantine: str | None,
    as_json: bool,
) -> int:
    """Read each INPUT and write its documents with their statements, one JSON object per line.

    An INPUT is a file (plain text, HTML, JSON Lines, RSS or Atom; .gz too), a folder, an address or - for
    stdin. A record of a JSON Lines file needs the string `text`; `id`, `story`, `outlet`, `title`,
    `published`, `language`, `url` and `origin` are kept. Documents come out in the order in which they went
    in. With --links, they are compared with each other at the end, and are all kept in memory for it; the two ends of
    a link are named DOCUMENT/STATEMENT.
    """
    from onrecord.ingest import read_paths
    from onrecord.record.codec import link_to_json, reading_to_line
    from onrecord.record.reading import Reading
    from onrecord.run import read_stream

    def kept_where(counts: Counts) -> str:
        if not counts.kept:
            return "Nothing was finished."
        place = "were written to stdout" if output == "-" else f"are in {partial_path(Path(output))}"
        return f"The {counts.kept:,} documents finished {place}."

    if links is not None and links == output:
        raise click.UsageError("the statements and the links cannot be written to one place")
    # Loaded first: nothing is read for the sake of links that cannot be found then.
    connector = tools_of(ctx).load_connector() if links is not None else None
    kept: list[Reading] = []
    stages = deferred(lambda: tools_of(ctx).load_stages(model, threads, actors))
    shown = output != "-" or not is_terminal(sys.stdout)
    with (
        Work(
            as_json=as_json,
            allow_failures=allow_failures,
            quarantine=quarantine,
            bar=shown,
            targets=inputs,
            kept_where=kept_where,
        ) as work,
        open_sink(output) as sink,
        open_sink(links) if links is not None else nullcontext() as linked,
    ):
        items = read_paths(inputs, encoding=encoding)
        for result in read_stream(items, stages, quarantine=work, progress=work.progress):
            if isinstance(result, Reading):
                sink.write(reading_to_line(result) + "\n")
                if connector is not None:
                    kept.append(result)
        if connector is not None and linked is not None:
            from onrecord.run.linking import link_readings

            for link in link_readings(kept, connector):
                linked.write_json(link_to_json(link))
    return work.exit_code
