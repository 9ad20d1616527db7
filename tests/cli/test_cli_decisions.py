"""What people decide on the command line."""

from __future__ import annotations

import getpass
import json
import re
from pathlib import Path

import pytest

from accounts import account, somebody
from ledgers import FIRST
from onrecord.store import Ledger

ANN, ANNA = somebody("Ann Roth"), somebody("Anna Roth", listed="Q1")
PAGE = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")
SAID = account(ANN, "it works")


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "people.ledger"
    with Ledger.open(place, create=True) as ledger:
        run = ledger.start_run(FIRST)
        for reading in (SAID, account(ANNA, "it rains", published="2026-04")):
            ledger.add(run.id, reading)
    return place


def test_a_statement_is_corrected_and_the_decision_taken_back(onrecord, path):
    (stmt,) = SAID.statements
    asked = ("decide", path, stmt.id[:9], "corrected", "--field", "actor", "--value")
    made = json.loads(onrecord(*asked, ANNA.id, "--by", "eva", "--note", "see line 3", "--json").text)
    assert (made["subject"], made["before"], made["after"], made["by"]) == (stmt.id, ANN.id, ANNA.id, "eva")
    nobody = onrecord(*asked, "none", "--by", "eva")
    assert f"Anna Roth ({ANNA.id}) → none, by eva" in nobody.text
    listed = onrecord("decisions", path, stmt.id, "--json").lines
    assert [(row["id"] == made["id"], row["standing"], row["withdrawn"]) for row in listed] == [
        (True, False, None),
        (False, True, None),
    ]
    assert onrecord("undo", path, listed[1]["id"][:9], "--by", "tom", "--note", "a slip").code == 0
    (first, second) = onrecord("decisions", path, "--json").lines
    assert (first["standing"], second["standing"]) == (True, False)
    assert (second["withdrawn"]["by"], second["withdrawn"]["note"]) == ("tom", "a slip")
    section = PAGE.partition("## Decisions")[2].partition("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\|.*?\|", section, re.MULTILINE)))) == set(first)
    shown = onrecord("decisions", path)
    assert "taken back by tom" in shown.text
    assert "(see line 3)" in shown.text
    assert "2 decisions" in shown.err
    with Ledger.open(path, readonly=True) as ledger:
        assert ledger.entry(stmt.id).actor == ANNA


def test_actors_are_merged_renamed_and_split(onrecord, path):
    merged = onrecord("merge", path, ANN.id, ANNA.id, "--by", "eva")
    assert "merged into: none → Anna Roth" in merged.text
    assert onrecord("rename", path, ANN.id, "A. Roth", "--by", "eva").code == 0
    with Ledger.open(path, readonly=True) as ledger:
        assert ledger.actor(ANN.id).actor.name == "A. Roth"
        assert ledger.actor(ANN.id).n_statements == 2
    circle = onrecord("merge", path, ANNA.id, ANN.id, "--by", "eva", "--json")
    assert (circle.code, circle.error["code"]) == (4, "OR-410")
    (parted,) = onrecord("split", path, ANN.id, "--by", "eva", "--json").lines
    assert (parted["verdict"], parted["field"]) == ("rejected", f"same as {ANNA.id}")
    assert onrecord("split", path, ANN.id, "--json").error["code"] == "OR-001"
    assert onrecord("split", path, ANN.id, "--from", ANNA.id, "--by", "eva").code == 0
    with Ledger.open(path, readonly=True) as ledger:
        assert ledger.actor(ANN.id).actor == ANN


def test_whoever_is_logged_in_decides(onrecord, path, monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "lou")
    (stmt,) = SAID.statements
    assert json.loads(onrecord("decide", path, stmt.id, "rejected", "--json").text)["by"] == "lou"

    def nobody() -> str:
        raise OSError("no login")

    monkeypatch.setattr(getpass, "getuser", nobody)
    refused = onrecord("decide", path, stmt.id, "accepted", "--json")
    assert (refused.code, refused.error["hint"]) == (2, "Name yourself with --by NAME.")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("s0", "rejected"), 4),
        (("d", "rejected"), 0),
        ((SAID.statements[0].id, "wonderful"), 2),
        ((SAID.statements[0].id, "corrected"), 3),
        ((SAID.statements[0].id, "corrected", "--field", "actor"), 2),
        ((SAID.statements[0].id, "accepted", "--value", "x"), 2),
        ((SAID.statements[0].id, "corrected", "--field", "act", "--value", "shouts"), 2),
        ((SAID.statements[0].id, "corrected", "--field", "actor", "--value", "a000"), 4),
    ],
)
def test_decisions_that_make_no_sense_are_refused(onrecord, path, words, code):
    subject, *rest = words
    subject = SAID.document.id if subject == "d" else subject
    assert onrecord("decide", path, subject, *rest, "--by", "eva").code == code
    assert onrecord("undo", path, "x" + 16 * "0", "--by", "eva").code == 4
    assert onrecord("decisions", path, "s0").code == 4
