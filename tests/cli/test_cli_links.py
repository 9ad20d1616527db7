"""What link, otherwise, conflicts, changes, trail and extract --links print and refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_fakes import ARTICLE, FakeStages
from linkers import NearestEarlier, annotated_links, link_up
from onrecord.cli.tools import Tools
from onrecord.store import Ledger
from stories import fill, story

TOOLS = Tools(load_stages=lambda _folder, _threads, _actors: FakeStages(), load_connector=NearestEarlier)
DENIAL = story("dev01-talks-a").statements[1].id
QUESTIONS = (("otherwise", DENIAL), ("conflicts",), ("changes",), ("trail", DENIAL))


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("links") / "stories.ledger"
    with Ledger.open(path, create=True) as ledger:
        fill(ledger)
        link_up(ledger)
    return path


def test_link_tells_counts_that_add_up(onrecord, ledger):
    first = onrecord("link", ledger, tools=TOOLS)
    assert (first.code, first.out) == (0, b"")
    assert "2 documents = 2 new + 0 linked before; 5 new statements" in first.err
    again = onrecord("link", ledger, "--json", tools=TOOLS)
    assert (again.code, again.err) == (0, "")
    (found,) = again.lines
    assert found["documents"] == {"all": 2, "new": 0, "linked_before": 2}
    links = found["links"]
    assert links["standing"] == links["before"] + links["found"] - links["withdrawn"]
    assert found.keys() == {"documents", "statements", "links", "reprints", "actors", "seconds"}


def test_link_takes_new_documents_in(onrecord, ledger, tmp_path):
    onrecord("link", ledger, tools=TOOLS)
    more = tmp_path / "more.jsonl"
    text = "“No treaty was signed,” said Cy Marr."
    more.write_text(json.dumps({"text": text, "outlet": "Echo", "published": "2026-04-02"}) + "\n", encoding="utf-8")
    assert onrecord("add", ledger, more).code == 0
    (found,) = onrecord("link", ledger, "--json", tools=TOOLS).lines
    assert found["documents"] == {"all": 3, "new": 1, "linked_before": 2}
    assert found["links"]["found"] == 1
    with Ledger.open(ledger) as opened:
        (link,) = (entry for entry in opened.links() if opened.entry(entry.link.left).document.outlet == "Echo")
    shown = onrecord("trace", ledger, link.link.id)
    assert shown.code == 0
    assert "independent origin" in shown.text


def test_otherwise_as_text_and_as_json(onrecord, linked):
    text = onrecord("otherwise", linked, DENIAL)
    assert text.code == 0
    assert "says otherwise: 2 other accounts" in text.text
    assert "the source is not named" in text.text
    whole = json.loads(onrecord("otherwise", linked, DENIAL, "--json").out)
    assert whole["statement"]["id"] == DENIAL
    assert whole["accounts"] == {"alike": 3, "against": 2}
    for side in ("same", "alike", "against", "answers"):
        for each in whole[side]:
            assert each["link"]["id"].startswith("l")
            assert each["document"]["outlet"]
    assert {each["scope"] for each in whole["against"]} >= {"narrower"}


def test_conflicts_and_changes_one_object_per_line(onrecord, linked):
    found = onrecord("conflicts", linked, "--json")
    assert found.code == 0
    assert found.lines[0].keys() == {"link", "left", "right", "links", "superseded", "corrected"}
    assert f"{len(found.lines)} conflicts" in found.err
    (one,) = onrecord("conflicts", linked, "--limit", "1", "--json").lines
    assert one == found.lines[0]
    mine = onrecord("changes", linked, "--actor", "Ondrej Halvek", "--json").lines
    assert mine
    for each in mine:
        assert each["before"]["document"]["published"] < each["after"]["document"]["published"]
        assert "Halvek" in json.dumps(each["before"])


def test_trail_compares_with_the_first_printing(onrecord, linked):
    printed = next(link.left for link in annotated_links() if link.kind == "same words")
    text = onrecord("trail", linked, printed)
    assert text.code == 0
    assert "first printing" in text.text
    assert "[-" in text.text
    whole = json.loads(onrecord("trail", linked, printed, "--json").out)
    dates = [each["document"]["published"] for each in whole["printings"]]
    assert dates == sorted(dates)
    assert whole["statement"] in {each["statement"]["id"] for each in whole["printings"]}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_ledger_that_was_never_linked_says_so(onrecord, tmp_path, question):
    path = tmp_path / "new.ledger"
    with Ledger.open(path, create=True) as ledger:
        fill(ledger)
    found = onrecord(question[0], path, *question[1:])
    assert found.code == 0
    assert "run `onrecord link` first" in found.text + found.err


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_ledger_and_wrong_options_are_errors_with_a_hint(onrecord, linked, tmp_path, question):
    command, rest = question[0], question[1:]
    missing = onrecord(command, tmp_path / "none.ledger", *rest, "--json")
    assert (missing.code, missing.error["code"]) == (4, "OR-408")
    assert missing.error["hint"]
    wrong = onrecord(command, linked, *rest, "--least", "2", "--json")
    assert (wrong.code, wrong.error["code"]) == (2, "OR-001")


def test_what_is_not_there_or_not_clear_is_an_error(onrecord, linked, tmp_path):
    for words in (("otherwise", linked, "s00000"), ("trail", linked, "nothing"), ("trace", linked, "l00000")):
        found = onrecord(*words, "--json")
        assert (found.code, found.error["code"]) == (4, "OR-407")
    assert onrecord("conflicts", linked, "--actor", "Halvek", "--json").error["code"] == "OR-004"
    assert onrecord("changes", linked, "--actor", "Nobody Here", "--json").error["code"] == "OR-407"
    assert onrecord("link", tmp_path / "none.ledger", "--json", tools=TOOLS).error["code"] == "OR-408"


def test_extract_writes_links_by_document_and_statement(onrecord, tmp_path):
    rows = [
        {"id": "a", "text": ARTICLE, "published": "2026-03-04"},
        {"id": "b", "text": "“No deal at all,” said Bo Lind.", "published": "2026-03-05"},
    ]
    source, out, links = (tmp_path / name for name in ("in.jsonl", "out.jsonl", "links.jsonl"))
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert onrecord("extract", source, "-o", out, "--links", links, tools=TOOLS).code == 0
    ids = {
        f"{row['id']}/{stmt['id']}" for row in map(json.loads, out.read_text("utf-8").splitlines())
        for stmt in row["statements"]
    }  # fmt: skip
    found = [json.loads(line) for line in links.read_text("utf-8").splitlines()]
    assert all({row["left"], row["right"]} <= ids for row in found)
    assert all({"story", "left", "right", "kind", "scope", "independent", "why"} <= row.keys() for row in found)
    refused = onrecord("extract", source, "-o", out, "--links", out, "--json", tools=TOOLS)
    assert (refused.code, refused.error["code"]) == (2, "OR-001")
