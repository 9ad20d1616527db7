"""``onrecord query``: ask what `onrecord process` wrote in SQL."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import click

from onrecord.cli.streams import Sink, dumps, note
from onrecord.cli.tables import layout
from onrecord.export.visible import visible

SHOWN = 1000
"""Rows of a table; --csv and --json print all of them."""
LETTERS = 100
"""Letters of a cell of a table."""


@click.command("query")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("sql", default="")
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated values.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per row. Errors become JSON on stderr.")
@click.option("--memory", metavar="SIZE", help="What the query may take, for instance 4GB; then it goes to the disk.")
def command(*, out: Path, sql: str, as_csv: bool, as_json: bool, memory: str | None) -> None:
    """Ask OUT, a folder that `onrecord process` wrote, a question in SQL (DuckDB).

    The tables are documents, statements, hops, positions and conditions, and after `onrecord link OUT` links and
    reprints; the views said (who said what, where), actors and outlets. Without SQL, all of them are listed with their
    columns. SQL of - is read from stdin.

    \b
    onrecord query OUT "SELECT actor, count(*) FROM said WHERE act = 'denies' GROUP BY 1 ORDER BY 2 DESC LIMIT 10"
    """
    from onrecord.archive.job import read_run
    from onrecord.archive.views import ask, database

    if not read_run(out)["finished"] and not as_json:
        note(f"{out} is not finished; what is finished of it is asked")
    with database(out, memory=memory) as connection:
        if not sql:
            _list()
            return
        answer = ask(connection, sys.stdin.read() if sql == "-" else sql)
        if as_json:
            sink = Sink(sys.stdout.buffer)
            for row in answer.rows:
                sink.write(dumps(dict(zip(answer.columns, map(_jsonable, row), strict=True))) + "\n")
        elif as_csv:
            _write_csv(answer.columns, answer.rows)
        else:
            _show(answer.columns, answer.rows)


def _show(columns: Sequence[str], rows: Iterator[tuple[object, ...]]) -> None:
    found = list(islice(rows, SHOWN))
    more = next(rows, None) is not None
    numbers = [
        place for place in range(len(columns)) if found and all(isinstance(row[place], int | float) for row in found)
    ]
    Sink(sys.stdout.buffer).write(layout(columns, [[_cell(value) for value in row] for row in found], right=numbers))
    if more:
        note(f"there are more than {SHOWN:,} rows: --csv or --json prints all of them, LIMIT fewer")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    text = visible(" ".join((value if isinstance(value, str) else dumps(_jsonable(value))).split()))
    return text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"


def _jsonable(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _jsonable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(each) for each in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _write_csv(columns: Sequence[str], rows: Iterator[tuple[object, ...]]) -> None:
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(out, lineterminator="\r\n")
        for row in chain([columns], rows):
            writer.writerow([dumps(_jsonable(cell)) if isinstance(cell, dict | list) else cell for cell in row])
    finally:
        out.detach()


def _list() -> None:
    from onrecord.archive.schema import COLUMNS
    from onrecord.archive.views import VIEWS

    sink = Sink(sys.stdout.buffer)
    for name, (meaning, _) in VIEWS.items():
        sink.write(f"{name}: {meaning}\n")
    for table, columns in COLUMNS.items():
        sink.write(f"\n{table}\n")
        sink.write(layout((), [[f"  {name}", kind, meaning] for name, (kind, meaning) in columns.items()]))
