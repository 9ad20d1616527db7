"""The example article, read by onrecord itself: what its dossier says of the talks."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.cli.main import run
from onrecord.store import Ledger
from onrecord.views.dossier import Cell, view_dossier
from onrecord.views.issue import view_issue

pytestmark = [pytest.mark.quality, pytest.mark.slow, pytest.mark.shared]

TALKS = "Are Ukraine and Russia holding talks?"


@pytest.fixture(scope="module")
def ledger(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("example") / "example.ledger"
    assert run(["add", str(path), str(shared / "samples" / "example.txt")]) == 0
    assert run(["issue", "add", str(path), TALKS, "--by", "eva"]) == 0
    return path


def speakers(backings: tuple) -> set[str]:
    return {
        each.stand.entry.actor.name if each.stand.entry.actor is not None else each.stand.entry.source
        for each in backings
    }


def test_the_president_denies_and_the_source_of_bloomberg_affirms(ledger: Path) -> None:
    with Ledger.open(ledger, readonly=True) as opened:
        view = view_issue(opened, TALKS)
    sides = {
        (stand.entry.actor.name if stand.entry.actor is not None else stand.entry.source, stand.side)
        for stand in view.stands
    }
    assert ("Volodymyr Zelenskyy", "denies") in sides
    assert ("The Bloomberg source", "affirms") in sides


def test_the_dossier_of_the_talks(ledger: Path) -> None:
    with Ledger.open(ledger, readonly=True) as opened:
        dossier = view_dossier(opened, TALKS)

    def cell(field: str, begins: str) -> Cell:
        (row,) = [row for row in dossier.rows if row.field == field]
        (found,) = [each for each in row.cells if each.value.startswith(begins)]
        return found

    guarantees = cell("precondition", "security guarantees")
    assert guarantees.value == "security guarantees (before: Ukraine sits down at the negotiating table)"
    assert guarantees.role == "Volodymyr Zelenskyy"
    assert {each.value for each in dossier.row("party").cells} == {"Ukraine", "Russia"}
    assert speakers(cell("venue", "Qatar").support) == {"The Bloomberg source"}
    assert speakers(cell("agenda", "the rules for protecting nuclear").support) == {"The Bloomberg source"}
    held, denied = cell("status", "held"), cell("status", "denied")
    assert "The Bloomberg source" in speakers(held.support) and "Volodymyr Zelenskyy" in speakers(held.dispute)
    assert "Volodymyr Zelenskyy" in speakers(denied.support) and "The Bloomberg source" in speakers(denied.dispute)
    assert not dossier.row("third party").cells
