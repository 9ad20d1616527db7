"""``onrecord explain``: what an error code means."""

from __future__ import annotations

import sys

import click

from onrecord.cli.options import json_option
from onrecord.cli.streams import Sink
from onrecord.cli.tables import layout
from onrecord.errors import (
    CODES,
    ArchiveError,
    InputError,
    ModelError,
    OnRecordError,
    StoreError,
    TextError,
    UsageError,
)

_FAMILIES: dict[str, type[OnRecordError]] = {
    "OR-0": UsageError,
    "OR-1": InputError,
    "OR-2": TextError,
    "OR-3": ModelError,
    "OR-4": StoreError,
    "OR-5": ArchiveError,
}


def exit_code_of(code: str) -> int:
    """What the command line ends with after an error with this code."""
    return _FAMILIES[code[:4]].exit_code


@click.command("explain")
@click.argument("code", required=False)
@json_option("Print the code as a JSON object; all of them as an array.")
def command(*, code: str | None, as_json: bool) -> None:
    """Say what an error CODE (OR-101) means and what to do; without CODE, list them all."""
    sink = Sink(sys.stdout.buffer)
    if code is None:
        if as_json:
            sink.write_json([_to_json(each) for each in CODES], indent=2)
        else:
            rows = [(each, str(exit_code_of(each)), CODES[each].meaning) for each in CODES]
            sink.write(layout(("code", "exit", "meaning"), rows, right=[1]))
        return
    known = _find(code)
    if as_json:
        sink.write_json(_to_json(known), indent=2)
    else:
        entry = CODES[known]
        sink.write(f"{known} (exit code {exit_code_of(known)})\n{entry.meaning}\nWhat to do: {entry.hint}\n")


def _to_json(code: str) -> dict[str, object]:
    entry = CODES[code]
    return {"code": code, "exit_code": exit_code_of(code), "meaning": entry.meaning, "hint": entry.hint}


def _find(code: str) -> str:
    wanted = code.strip().upper()
    if wanted.isdigit():
        wanted = f"OR-{wanted:0>3}"
    if wanted in CODES:
        return wanted
    raise UsageError("OR-002", f"no error has the code {code!r}")
