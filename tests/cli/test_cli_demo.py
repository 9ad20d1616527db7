"""`onrecord demo` makes a ledger of the shipped stories, and says how to open it."""

from __future__ import annotations

from pathlib import Path

from onrecord.store import Ledger


def test_a_demo_ledger_is_made_once_and_the_page_to_open_is_named(onrecord, tmp_path: Path) -> None:
    path = tmp_path / "demo.ledger"
    first = onrecord("demo", path)
    assert first.code == 0, first.err
    assert first.out == b""
    assert first.err.splitlines()[-1].endswith(f"onrecord serve {path} --open")
    with Ledger.open(path, readonly=True) as ledger:
        before = ledger.counts()
        assert before.documents == 36
    again = onrecord("demo", path, "--json")
    assert again.code == 0, again.err
    assert again.lines[0]["kept"] == 0
    assert len(again.lines) == 3
    with Ledger.open(path, readonly=True) as ledger:
        assert ledger.counts().documents == 36
        assert ledger.counts().statements == before.statements
