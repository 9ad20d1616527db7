"""``onrecord doctor``: is this installation sound?"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import click

from onrecord import __version__
from onrecord.cli.machine import cpu_flags
from onrecord.cli.options import json_option, model_options
from onrecord.cli.streams import Sink
from onrecord.cli.tables import layout
from onrecord.cli.tools import Tools, tools_of
from onrecord.errors import EXIT_MODEL, EXIT_OK, EXIT_STORE, OnRecordError
from onrecord.export.visible import counted

LIBRARIES = ("click", "feedparser", "numpy", "onnxruntime", "rich", "tokenizers", "trafilatura", "pyarrow")
OPTIONAL = ("pyarrow",)
SENTENCE = "“We will sign the agreement on Monday,” said Anna Roth, the minister."
OFFLINE = "the network is called only for an address that you give to read, extract or add"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What it is.
        ok: Whether it is as it should be.
        detail: What was found.
        exit_code: What the command ends with if it is not ok.
    """

    name: str
    ok: bool
    detail: str
    exit_code: int = EXIT_OK


@click.command("doctor")
@model_options
@json_option("Print the checks as one JSON object.")
@click.pass_context
def command(ctx: click.Context, *, threads: int | None, model: Path | None, actors: Path | None, as_json: bool) -> int:
    """Check processor, SQLite, libraries and the model, and read one sentence.

    Ends with 0 if all is well, with 4 if ledgers cannot be used, and with 5 if the model cannot.
    """
    tools = tools_of(ctx)
    checks = [
        Check(name="onrecord", ok=True, detail=__version__),
        Check(name="python", ok=True, detail=f"{platform.python_version()} on {platform.platform()}"),
        _cpu(),
        _sqlite(),
        *_libraries(),
        _model(model),
        _sentence(tools, model, threads, actors),
        Check(name="network", ok=True, detail=OFFLINE),
    ]
    sink = Sink(sys.stdout.buffer)
    if as_json:
        found = {check.name: {"ok": check.ok, "detail": check.detail} for check in checks}
        sink.write_json({"ok": all(check.ok for check in checks), "checks": found}, indent=2)
    else:
        rows = [(check.name, "ok" if check.ok else "FAILED", check.detail) for check in checks]
        sink.write(layout(("", "", ""), rows).lstrip("\n"))
    return next((check.exit_code for check in checks if not check.ok), EXIT_OK)


def _cpu() -> Check:
    flags = ", ".join(cpu_flags()) or "features unknown"
    return Check(name="processor", ok=True, detail=f"{os.cpu_count()} cores, {platform.machine()}: {flags}")


def _sqlite() -> Check:
    from onrecord.store.facts import sqlite_facts

    facts = sqlite_facts()
    detail = f"{facts.version}, {'with' if facts.fts5 else 'without'} full-text search (FTS5)"
    return Check(name="sqlite", ok=facts.fts5, detail=detail, exit_code=EXIT_STORE)


def _libraries() -> list[Check]:
    checks = []
    for name in LIBRARIES:
        try:
            checks.append(Check(name=name, ok=True, detail=metadata.version(name)))
        except metadata.PackageNotFoundError:
            optional = name in OPTIONAL
            detail = "not installed" + ("; `pip install 'onrecord[parquet]'` adds it" if optional else "")
            checks.append(Check(name=name, ok=optional, detail=detail, exit_code=EXIT_MODEL))
    return checks


def _model(folder: Path | None) -> Check:
    def look() -> str:
        from onrecord.models.manifest import read_manifest

        manifest = read_manifest(folder)
        files = ", ".join(f"{name} {digest[:12]}…" for name, digest in sorted(manifest.files.items()))
        return f"{manifest.name}, licence {manifest.licence}; sha256 right: {files}"

    return _attempt("model", look)


def _sentence(tools: Tools, folder: Path | None, threads: int | None, actors: Path | None) -> Check:
    def look() -> str:
        from onrecord.ingest import read_text

        started = time.perf_counter()
        stages = tools.load_stages(folder, threads, actors)
        loaded = time.perf_counter()
        found = stages.read(read_text(SENTENCE)).statements
        done = time.perf_counter()
        count = counted(len(found), "statement")
        took = f"{1000 * (done - loaded):.0f} ms"
        return f"loaded in {loaded - started:.2f} s; {count} in one sentence in {took}"

    return _attempt("extraction", look)


def _attempt(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name=name, ok=True, detail=look())
    except OnRecordError as error:
        return Check(name=name, ok=False, detail=f"{error}. {error.hint}", exit_code=error.exit_code)
