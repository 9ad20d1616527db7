"""What people read, to the letter: the shipped stories as the commands print them on a pipe.

After a change that is meant, write the expectations anew and review their difference:
``ONRECORD_GOLDEN=update python -m pytest tests/golden``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from onrecord.cli.main import run
from onrecord.export.page import render_page
from onrecord.store import Ledger
from stories import fill, story

HERE = Path(__file__).parent / "commands"
STORY = "dev01-talks-a"
CASES = {
    "show-document": ("show", "LEDGER", story(STORY).document.id),
    "show-statement": ("show", "LEDGER", story(STORY).statements[2].id),
    "who": ("who", "LEDGER", "Ondrej Halvek", "--act", "demands"),
    "actors": ("actors", "LEDGER", "--kind", "state"),
    "audit-document": ("audit", "LEDGER", story(STORY).document.id),
    "audit": ("audit", "LEDGER"),
    "trace": ("trace", "LEDGER", story(STORY).statements[2].id),
}
# When a run started, and the id that is made of it, differ each time.
RUN = re.compile(r"run r[0-9a-f]{16}, [-0-9T:.+]+")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "stories.ledger"
    with Ledger.open(path, create=True) as opened:
        fill(opened)
    return path


def compare(name: str, found: str) -> None:
    expected = HERE / name
    if os.environ.get("ONRECORD_GOLDEN") == "update":
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_what_people_read(case: str, ledger: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run([str(ledger) if word == "LEDGER" else word for word in CASES[case]]) == 0
    compare(f"{case}.txt", RUN.sub("run …", capsysbinary.readouterr().out.decode("utf-8")))


def test_the_page_of_a_story() -> None:
    page = render_page([story(STORY)], made_by="onrecord")
    compare("page.html", page.partition("<body>")[2])
