"""``onrecord process``: a whole archive into a folder of Parquet parts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.options import json_option, model_options
from onrecord.cli.streams import Sink, Stopped, note

SIZES = {"": 1 << 20, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


class Size(click.ParamType[int]):
    """A number of bytes as people write it: 64M, 1G; without a letter it is MB."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """How many bytes is that?"""
        if isinstance(value, int):
            return value
        text = str(value).strip().upper().removesuffix("B")
        unit = text[-1:] if text[-1:] in ("K", "M", "G") else ""
        try:
            number = float(text.removesuffix(unit))
        except ValueError:
            number = 0.0
        if not 0 < number < 1e9:
            self.fail(f"{value!r} is not a size; write for instance 64M", param, ctx)
        return max(int(number * SIZES[unit]), 1)


@click.command("process")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(path_type=Path), metavar="OUT", help="The folder."
)
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Worker processes; one a processor by default."
)
@click.option("--shard-size", type=Size(), default="16M", show_default=True, help="How much input makes a shard.")
@click.option(
    "--languages",
    default="en",
    show_default=True,
    metavar="CODES",
    help="Read documents in these languages (en,de) and skip those surely in another; `all` reads every one.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of texts and lines; found out by default.")
@click.option("--text-column", default="text", show_default=True, help="The column of Parquet files that is the text.")
@click.option("--time-limit", type=click.FloatRange(min=0.1), default=300.0, show_default=True, metavar="SECONDS",
              help="What one document may take; one that takes longer goes to the quarantine.")  # fmt: skip
@click.option("--memory-limit", type=Size(), default="4G", show_default=True, help="What a worker may take, likewise.")
@click.option("--ray", metavar="ADDRESS", help="Work on a Ray cluster: its address, `auto`, or `local`.")
@click.option("--metrics", type=click.Path(path_type=Path), metavar="FILE",
              help="Keep FILE up to date in the text format of Prometheus.")  # fmt: skip
@click.option("--allow-failures", is_flag=True, help="End with 0 although some items failed.")
@model_options
@json_option("Print the report as a JSON object.")
def command(
    *,
    inputs: tuple[str, ...],
    out: Path,
    workers: int | None,
    shard_size: int,
    languages: str,
    encoding: str | None,
    text_column: str,
    time_limit: float,
    memory_limit: int,
    ray: str | None,
    metrics: Path | None,
    allow_failures: bool,
    threads: int | None,
    model: Path | None,
    actors: Path | None,
    as_json: bool,
) -> int:
    """Read whole archives and write what they say into OUT, a folder of Parquet files.

    An INPUT is a WARC file (.gz too), JSON Lines (.gz, .zst), Parquet, ninjs, GDELT's quotation graph, or a folder of
    these and of HTML and text. When it is stopped, whatever stops it, the same command goes on where it was. The
    same bytes come out for any number of workers. OUT/report.md tells what became of every document, and
    OUT/quarantine.jsonl what failed, and why.
    """
    from onrecord.archive.driver import process
    from onrecord.archive.job import Job, cores
    from onrecord.cli.shards import Bars, closing_lines
    from onrecord.errors import EXIT_OK, EXIT_SOME_FAILED, EXIT_STORE

    number = workers or cores()
    job = Job(
        inputs=inputs,
        out=out,
        shard_bytes=shard_size,
        languages=tuple(sorted({code.strip().lower() for code in languages.split(",") if code.strip()})),
        encoding=encoding,
        text_column=text_column,
        model=model,
        actors=actors,
        threads=threads or max(1, cores() // number),
        time_limit_s=time_limit,
        memory_limit_mb=max(memory_limit >> 20, 1),
    )
    try:
        with Bars(show=not as_json) as bars:
            report = process(job, workers=number, ray=ray, progress=bars.show, metrics=metrics)
    except KeyboardInterrupt as error:
        raise Stopped(f"What was finished is in {out}; the same command goes on from there.") from error
    if as_json:
        Sink(sys.stdout.buffer).write_json(report.to_json())
    else:
        for line in closing_lines(report, out):
            note(line)
    if report.given_up:
        return EXIT_STORE
    return EXIT_SOME_FAILED if report.counts.failed and not allow_failures else EXIT_OK
