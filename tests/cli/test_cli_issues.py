"""``onrecord issue`` on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from onrecord.export.issues import NOT_STATED
from onrecord.record import SIDES
from onrecord.store import Ledger
from onrecord.views.dossier import FIELDS
from stories import fill

TALKS = "Are Velmora and Kastria holding talks?"
SUBSIDY = "Should the fuel subsidy stay in the budget?"
PAGE = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "stories.ledger"
    with Ledger.open(place, create=True) as ledger:
        fill(ledger)
    return place


def fields_in(section: str) -> set[str]:
    """The fields that a section of the page on JSON names."""
    found = PAGE.partition(f"## {section}")[2].partition("\n## ")[0]
    return set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\|.*?\|", found, re.MULTILINE))))


def test_a_question_is_asked_and_shown(onrecord, path):
    asked = onrecord("issue", "add", path, TALKS, "--by", "eva")
    assert asked.code == 0
    assert asked.text.startswith(f"{TALKS}\nwritten by eva")
    shown = onrecord("issue", path, "velmora and kastria holding")
    assert shown.text == asked.text
    assert onrecord("issue", "show", path, TALKS).text == asked.text
    assert "Ondrej Halvek" in shown.text
    assert "on condition before · requirement “written guarantees of its security”" in shown.text


def test_the_json_of_an_issue(onrecord, path):
    (found,) = onrecord("issue", "add", path, TALKS, "--by", "eva", "--json").lines
    assert fields_in("Issues") >= set(found)
    assert found["statements"] == sum(len(account["prints"]) for account in found["accounts"])
    assert sum(side["accounts"] for side in found["sides"].values()) == len(found["accounts"])
    assert set(found["sides"]) <= set(SIDES)
    for account in found["accounts"]:
        for stand in account["prints"]:
            text = stand["statement"]["content"][0]["text"]
            assert text
            for span in stand["evidence"]:
                assert span["end"] - span["start"] == len(span["text"])
    assert {number for voice in found["voices"] for number in voice["accounts"]} == {
        account["account"] for account in found["accounts"]
    }


def test_issues_are_found_and_listed(onrecord, path):
    found = onrecord("issue", "find", path)
    assert found.code == 0 and found.text == ""
    assert "6 issues = 6 new + 0 found again" in found.err
    (counts,) = onrecord("issue", "find", path, "--json").lines
    assert (counts["new"], counts["again"], counts["placed"]) == (0, 6, 362)
    listed = onrecord("issue", "list", path)
    assert onrecord("issue", path).text == listed.text
    rows = onrecord("issue", "list", path, "--json").lines
    assert fields_in("Issues") >= set(rows[0])
    assert sum(row["found"] for row in rows) == 6
    assert [row["statements"] for row in rows] == sorted((row["statements"] for row in rows), reverse=True)
    assert all(row["label"] in listed.text for row in rows)


def test_decisions_hold_and_are_taken_back(onrecord, path):
    onrecord("issue", "find", path)
    renamed = onrecord("issue", "rename", path, TALKS, "Talks", "--by", "eva", "--note", "shorter")
    assert "label: Are Velmora and Kastria holding talks? → Talks, by eva (shorter)" in renamed.text
    merged = onrecord("issue", "merge", path, SUBSIDY, "Talks", "--by", "eva", "--json")
    made = json.loads(merged.text)
    assert made["field"] == "merged into"
    (row,) = [row for row in onrecord("issue", "list", path, "--json").lines if row["label"] == "Talks"]
    assert [each["label"] for each in row["merged"]] == [SUBSIDY]
    assert f"with {SUBSIDY}" in onrecord("issue", path, "Talks").text
    assert onrecord("issue", path, SUBSIDY).text == onrecord("issue", path, TALKS).text
    assert onrecord("undo", path, made["id"], "--by", "eva").code == 0
    assert SUBSIDY in onrecord("issue", "list", path).text
    assert "merged into" in onrecord("decisions", path).text


def test_statements_are_split_off(onrecord, path):
    (talks,) = onrecord("issue", "show", path, TALKS, "--json").lines
    ids = [stand["statement"]["id"] for account in talks["accounts"] for stand in account["prints"]][:2]
    made = onrecord("issue", "split", path, TALKS, *ids, "--into", "Doha", "--by", "eva", "--json").lines
    assert [row["verdict"] for row in made] == ["rejected", "accepted"] * 2
    (doha,) = onrecord("issue", "show", path, "Doha", "--json").lines
    (rest,) = onrecord("issue", "show", path, TALKS, "--json").lines
    assert (doha["statements"], rest["statements"]) == (2, talks["statements"] - 2)
    assert all(stand["by_person"] for account in doha["accounts"] for stand in account["prints"])


def test_a_side_is_corrected_with_decide(onrecord, path):
    (talks,) = onrecord("issue", "show", path, TALKS, "--json").lines
    stmt = talks["accounts"][0]["prints"][0]["statement"]["id"]
    field = ("--field", f"bears {stmt}")
    assert onrecord("decide", path, talks["id"], "corrected", *field, "--value", "warns", "--by", "eva").code == 0
    (again,) = onrecord("issue", "show", path, TALKS, "--json").lines
    assert again["accounts"][0]["side"] == "warns"
    assert onrecord("decide", path, talks["id"], "rejected", *field, "--by", "eva").code == 0
    (last,) = onrecord("issue", "show", path, TALKS, "--json").lines
    assert last["statements"] == talks["statements"] - 1
    wrong = onrecord("decide", path, talks["id"], "corrected", *field, "--value", "shouts", "--by", "eva")
    assert wrong.code == 2


def test_a_rejected_issue_is_left_out_of_the_list(onrecord, path):
    (talks,) = onrecord("issue", "show", path, TALKS, "--json").lines
    onrecord("decide", path, talks["id"], "rejected", "--by", "eva")
    assert TALKS not in onrecord("issue", "list", path).text
    assert f"{TALKS}  {talks['id']}  rejected" in onrecord("issue", "list", path, "--rejected").text


def test_the_dossier_in_three_forms(onrecord, path):
    onrecord("issue", "add", path, TALKS, "--by", "eva")
    text = onrecord("issue", "dossier", path, TALKS).text
    markdown = onrecord("issue", "dossier", path, TALKS, "--markdown").text
    (found,) = onrecord("issue", "dossier", path, TALKS, "--json").lines
    assert list(found["rows"]) == list(FIELDS)
    assert fields_in("Dossiers") >= {*found, *found["rows"]["status"][0], *found["rows"]["status"][0]["support"][0]}
    for field in FIELDS:
        assert field in text and f"| {field} |" in markdown
    assert "written guarantees of its security (before: any meeting of delegations)" in text
    notes = re.findall(r"^(\d+)\. ", markdown, re.MULTILINE)
    assert notes == [str(number) for number in range(1, len(notes) + 1)]
    assert set(re.findall(r"\[(\d+)\]", markdown)) == set(notes)


def test_what_is_not_stated_says_so(onrecord, path):
    onrecord("issue", "add", path, "How many people were killed at Tarn?", "--by", "eva")
    (found,) = onrecord("issue", "dossier", path, "killed at Tarn", "--json").lines
    silent = [field for field in FIELDS if not found["rows"][field]]
    assert "channel" in silent
    assert onrecord("issue", "dossier", path, "killed at Tarn").text.count(NOT_STATED) == len(silent)
    assert f"| channel | *{NOT_STATED}* | – | – |" in onrecord("issue", "dossier", path, "killed", "--markdown").text


def test_an_issue_with_no_statement(onrecord, path):
    asked = onrecord("issue", "add", path, "Is the museum open?", "--by", "eva")
    assert asked.code == 0
    assert "No statement of the record bears on it." in asked.text
    assert onrecord("issue", "dossier", path, "museum").text.count(NOT_STATED) == len(FIELDS)
    assert onrecord("issue", "dossier", path, "museum", "--markdown").code == 0


ERRORS = [
    (("show", "no such thing"), 4, "OR-407"),
    (("show", "Velmora"), 4, "OR-407"),
    (("show", ""), 4, "OR-407"),
    (("dossier", "no such thing"), 4, "OR-407"),
    (("dossier", TALKS, "--markdown"), 2, "OR-001"),
    (("add", "?"), 2, "OR-001"),
    (("merge", TALKS, TALKS), 4, "OR-410"),
    (("merge", TALKS, "no such thing"), 4, "OR-407"),
    (("rename", TALKS, " "), 2, "OR-001"),
    (("split", TALKS, "s0000", "--into", "x"), 4, "OR-407"),
    (("split", TALKS, "--into", "x"), 2, "OR-001"),
    (("split", TALKS, "s1", "--into", " "), 2, "OR-001"),
]


@pytest.mark.parametrize(("words", "code", "error"), ERRORS, ids=[" ".join(words) for words, *_ in ERRORS])
def test_errors(onrecord, path, words, code, error):
    name, *rest = words
    result = onrecord("issue", name, path, *rest, "--json")
    assert (result.code, result.error["code"]) == (code, error)
    assert result.out == b""


def test_merging_both_ways_is_refused(onrecord, path):
    assert onrecord("issue", "merge", path, TALKS, SUBSIDY, "--by", "eva").code == 0
    again = onrecord("issue", "merge", path, SUBSIDY, TALKS, "--by", "bob", "--json")
    assert (again.code, again.error["code"]) == (4, "OR-410")


def test_the_words_of_several_issues_are_listed(onrecord, path):
    result = onrecord("issue", path, "Velmora", "--json")
    assert "several issues fit 'Velmora'" in result.error["message"]
    assert TALKS in result.error["message"]


def test_no_ledger_and_no_issue(onrecord, tmp_path):
    missing = onrecord("issue", tmp_path / "none.ledger")
    assert missing.code == 4 and "OR-408" in missing.err
    with Ledger.open(tmp_path / "empty.ledger", create=True):
        pass
    empty = onrecord("issue", tmp_path / "empty.ledger")
    assert (empty.code, empty.text) == (0, "")
    assert "onrecord issue find" in empty.err


def test_without_words_the_help_is_shown(onrecord):
    result = onrecord("issue")
    assert result.code == 2
    assert "Usage: onrecord issue" in result.err
    assert "onrecord issue add LEDGER" in onrecord("issue", "--help").text
