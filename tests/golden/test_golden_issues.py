"""What people read of issues, to the letter: the shipped stories as people annotated them, asked and clustered.

``ONRECORD_GOLDEN=update python -m pytest tests/golden`` writes the expectations anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_golden_commands import compare

from onrecord.cli.main import run
from onrecord.store import Ledger
from stories import fill

MADE_BY = re.compile(r"run r[0-9a-f]{16}")
TALKS = "Are Velmora and Kastria holding talks?"
CASES = {
    "issue-list": ("issue", "list", "LEDGER"),
    "issue-show": ("issue", "LEDGER", TALKS),
    "issue-show-found": ("issue", "LEDGER", "fertilizer, mines"),
    "issue-dossier": ("issue", "dossier", "LEDGER", TALKS),
    "issue-dossier-markdown": ("issue", "dossier", "LEDGER", TALKS, "--markdown"),
    "issue-dossier-ceasefire": ("issue", "dossier", "LEDGER", "Will Marenia and Toskar agree to a ceasefire?"),
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "issues.ledger"
    with Ledger.open(path, create=True) as opened:
        fill(opened)
    assert run(["issue", "find", str(path)]) == 0
    assert run(["issue", "add", str(path), TALKS, "--by", "eva"]) == 0
    return path


@pytest.mark.parametrize("case", CASES)
def test_what_people_read_of_issues(case: str, ledger: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    capsysbinary.readouterr()
    assert run([str(ledger) if word == "LEDGER" else word for word in CASES[case]]) == 0
    found = capsysbinary.readouterr().out.decode("utf-8")
    compare(f"{case}.txt", MADE_BY.sub("run …", found))
