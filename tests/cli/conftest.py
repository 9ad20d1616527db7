"""The command line in this process, with an extractor that needs no model."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from cli_fakes import ARTICLE, fake_tools
from onrecord.cli.main import run
from onrecord.cli.tools import Tools


@dataclass(frozen=True)
class Result:
    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def error(self) -> dict:
        """The only error on stderr, given with --json."""
        (found,) = [json.loads(line) for line in self.err.splitlines() if line.startswith('{"error"')]
        return found["error"]


Onrecord = Callable[..., Result]


@pytest.fixture
def onrecord(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Onrecord:
    """Runs a command line: ``onrecord("read", "-", stdin=b"…")``."""

    def call(*args: object, stdin: bytes = b"", tools: Tools | None = None) -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        words: Sequence[str] = [str(arg) for arg in args]
        capsysbinary.readouterr()
        code = run(words, tools=tools or fake_tools())
        captured = capsysbinary.readouterr()
        return Result(code, captured.out, captured.err.decode("utf-8"))

    return call


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "an article's “name”.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def ledger(onrecord, tmp_path):
    """A ledger with two documents."""
    rows = [
        {"text": ARTICLE, "title": "A deal", "outlet": "Morning Post", "published": "2026-03-04", "id": "a"},
        {
            "text": "“No treaty was signed,” said Bo Lind.",
            "outlet": "Evening Post",
            "published": "2026-04-01",
        },
    ]
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    path = tmp_path / "a ledger.db"
    assert onrecord("add", path, source).code == 0
    return path
