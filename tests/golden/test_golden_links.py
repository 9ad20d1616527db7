"""What people read about who says otherwise, to the letter: the shipped stories with their annotated links.

After a change that is meant: ``ONRECORD_GOLDEN=update python -m pytest tests/golden``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from linkers import annotated_links, link_up
from onrecord.cli.main import run
from onrecord.store import Ledger
from stories import fill, story

HERE = Path(__file__).parent / "commands"
DENIAL = story("dev01-talks-a").statements[1].id
CASES = {
    "otherwise": ("otherwise", "LEDGER", DENIAL),
    "otherwise-none": ("otherwise", "LEDGER", story("dev05-coalition-a").statements[-1].id),
    "conflicts": ("conflicts", "LEDGER", "--actor", "Edda Vane"),
    "changes": ("changes", "LEDGER", "--actor", "Ondrej Halvek"),
    "trail": ("trail", "LEDGER", next(link.left for link in annotated_links() if link.kind == "same words")),
    "trace-link": ("trace", "LEDGER", next(link.id for link in annotated_links() if link.kind == "conflicts")),
}
# When a run started, and the id that is made of it, differ each time.
RUN = re.compile(r"run r[0-9a-f]{16}, [-0-9T:.+]+")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "links.ledger"
    with Ledger.open(path, create=True) as opened:
        fill(opened)
        link_up(opened)
    return path


@pytest.mark.parametrize("case", CASES)
def test_what_people_read_of_links(case: str, ledger: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run([str(ledger) if word == "LEDGER" else word for word in CASES[case]]) == 0
    found = RUN.sub("run …", capsysbinary.readouterr().out.decode("utf-8"))
    expected = HERE / f"{case}.txt"
    if os.environ.get("ONRECORD_GOLDEN") == "update":
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
