"""What the commands print, on a pipe."""

from __future__ import annotations

import json

import pytest

from cli_fakes import ARTICLE
from onrecord.record.codec import reading_from_json


def test_read_marks_the_text_and_lists_the_statements(onrecord, article):
    result = onrecord("read", article)
    assert result.code == 0
    assert result.err == ""
    assert "[1: “We will sign, as the charter [1a: ‘must be kept’],”] <1: said> {1: Anna Roth}." in result.text
    assert '[2: "No deal"], <2: said> it.' in result.text
    assert "4 statements: 4 direct; 2 without a source" in result.text
    assert "\n1   Anna Roth\n    “We will sign, as the charter ‘must be kept’,”\n" in result.text
    assert "\n    1a  no source given\n        ‘must be kept’\n        no cue · direct · score 0.40\n" in result.text


def test_read_json_is_the_public_form_and_reads_back(onrecord, article):
    result = onrecord("read", article, "--json")
    reading = reading_from_json(json.loads(result.text))
    assert reading.document.text == ARTICLE
    assert [stmt.source[0].of(ARTICLE) if stmt.source else None for stmt in reading.statements] == [
        "Anna Roth",
        None,
        None,
        "Tom",
    ]


def test_read_shows_every_document_of_a_file(onrecord, tmp_path):
    source = tmp_path / "two.jsonl"
    source.write_text('{"text": "“A,” said Bo."}\n{"text": "“B,” said Cy."}\n', encoding="utf-8")
    result = onrecord("read", source)
    assert "{1: Bo}" in result.text
    assert "{1: Cy}" in result.text
    assert "read 2 = kept 2" in result.err


def test_read_html_writes_a_page_and_says_so(onrecord, article, tmp_path):
    page = tmp_path / "out page.html"
    result = onrecord("read", article, "--html", page)
    assert (result.code, result.out) == (0, b"")
    assert f"wrote {page}" in result.err
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert onrecord("read", article, "--html", "-").out == page.read_bytes()


def test_an_article_cannot_command_the_terminal(onrecord):
    result = onrecord("read", "-", stdin="“\x1b[2J\x9bHi,” said Bo.\x07".encode())
    assert result.code == 0
    assert not set(result.text) & set("\x1b\x07\x9b\0")
    assert "␛[2J" in result.text


def test_extract_keeps_order_fields_and_text(onrecord):
    rows = [{"id": str(n), "outlet": "Post", "text": f"“No {n},” said Bo.", "story": "s"} for n in range(20)]
    stdin = "".join(json.dumps(row) + "\n" for row in rows).encode()
    result = onrecord("extract", "-", stdin=stdin)
    assert result.code == 0
    assert [(row["id"], row["text"], row["outlet"], row["story"]) for row in result.lines] == [
        (row["id"], row["text"], "Post", "s") for row in rows
    ]
    again = onrecord("extract", "-", stdin=result.out)
    assert [row["statements"] for row in again.lines] == [row["statements"] for row in result.lines]


def test_extract_writes_a_file(onrecord, article, tmp_path):
    target = tmp_path / "out.jsonl"
    assert onrecord("extract", article, "-o", target).code == 0
    assert json.loads(target.read_text("utf-8"))["text"] == ARTICLE
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([article.name, "out.jsonl"])


def test_adding_twice_adds_once(onrecord, article, tmp_path):
    path = tmp_path / "l.db"
    first = json.loads(onrecord("add", path, article, "--json").text)
    second = json.loads(onrecord("add", path, article, article, "--json").text)
    assert (first["kept"], first["statements"]) == (1, 4)
    assert (second["kept"], sum(second["skipped"].values()), second["read"]) == (0, 2, 2)


def test_search_finds_marks_and_filters(onrecord, ledger):
    found = onrecord("search", ledger, "sign")
    assert "*sign*" in found.text
    assert "Anna Roth" in found.text
    assert "1 statement\n" in found.err
    hits = onrecord("search", ledger, "", "--json").lines
    assert len(hits) == 5
    for hit in hits:
        for span in hit["statement"]["content"]:
            assert span["text"]
    assert [h["document"]["outlet"] for h in onrecord("search", ledger, "", "--outlet", "evening", "--json").lines] == [
        "Evening Post"
    ]
    assert len(onrecord("search", ledger, "", "--since", "2026-04", "--json").lines) == 1
    assert len(onrecord("search", ledger, "", "--until", "2026-03", "--json").lines) == 4
    assert len(onrecord("search", ledger, "", "--source", "anna", "--json").lines) == 1
    assert len(onrecord("search", ledger, "", "--kind", "indirect", "--json").lines) == 0


def test_search_says_when_there_are_more(onrecord, ledger):
    first = onrecord("search", ledger, "", "--limit", "2", "--json")
    assert "2 statements; there are more: --offset 2" in first.err
    rest = onrecord("search", ledger, "", "--offset", "2", "--json")
    ids = [hit["statement"]["id"] for hit in first.lines + rest.lines]
    assert len(ids) == len(set(ids)) == 5


def test_search_of_documents(onrecord, ledger):
    found = onrecord("search", ledger, "nothing happened", "--documents")
    assert "*Nothing* *happened*" in found.text or "*Nothing happened*" in found.text
    assert onrecord("search", ledger, "deal", "--documents", "--json").lines[0]["document"]["title"] == "A deal"
    nowhere = onrecord("search", ledger, "happened")
    assert (nowhere.code, nowhere.out) == (0, b"")
    assert "--documents" in nowhere.err
    assert onrecord("search", ledger, "x", "--documents", "--kind", "direct").code == 2


def test_show_a_statement_in_its_passage_and_a_document(onrecord, ledger):
    (hit,) = onrecord("search", ledger, "charter sign", "--json").lines
    name = hit["statement"]["id"]
    shown = onrecord("show", ledger, name[:9])
    assert "[1: “We will sign, as the charter [1a: ‘must be kept’],”]" in shown.text
    assert "Nothing happened" not in shown.text
    assert json.loads(onrecord("show", ledger, name, "--json").text)["statement"]["id"] == name
    whole = onrecord("show", ledger, hit["document"]["document_id"])
    assert "Nothing happened" in whole.text
    assert json.loads(onrecord("show", ledger, hit["document"]["document_id"], "--json").text)["text"] == ARTICLE
    assert onrecord("show", ledger, "sffffffff", "--json").error["code"] == "OR-407"


def test_doctor_reports_and_fails_without_a_model(onrecord, tmp_path):
    result = onrecord("doctor", "--json", "--model", tmp_path)
    report = json.loads(result.text)
    assert result.code == 5
    assert report["ok"] is False
    assert report["checks"]["sqlite"]["ok"] is True
    assert report["checks"]["model"]["ok"] is False
    assert "OR-301" in report["checks"]["model"]["detail"]
    assert report["checks"]["extraction"]["ok"] is True
    assert "FTS5" in onrecord("doctor").text


def test_flow_is_the_table(onrecord):
    from onrecord.flow import STAGES

    text = onrecord("flow").text
    assert all(stage.name in text for stage in STAGES)
    assert [row["name"] for row in json.loads(onrecord("flow", "--json").text)] == [stage.name for stage in STAGES]


def test_every_stage_reads_what_an_earlier_one_wrote_and_lives_in_a_real_folder():
    import importlib

    from onrecord.flow import STAGES

    known = {"bytes"}
    for stage in STAGES:
        assert set(stage.reads) <= known, stage
        known |= set(stage.writes)
        assert importlib.import_module(f"onrecord.{stage.room}").__path__


GOLD = {"id": "g", "text": ARTICLE}


def statements(onrecord, article):
    return json.loads(onrecord("read", article, "--json").text)["statements"]


def test_evaluate_on_its_own_output_is_perfect(onrecord, article, tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({**GOLD, "statements": statements(onrecord, article)}) + "\n", encoding="utf-8")
    result = onrecord("evaluate", gold, "--json")
    figures = json.loads(result.text)
    assert result.code == 0
    assert figures["documents"] == 1
    for name in (
        "statements",
        "attributions",
        "content_words",
        "source_words",
        "cue_words",
        "source_of_matched",
    ):
        assert figures[name]["f1"] == 1.0, name
    assert figures["by_kind"]["direct"]["annotated"] == 4
    assert "statements" in onrecord("evaluate", gold).text


def test_evaluate_reads_the_attributions_form_and_then_leaves_nested_ones_out(onrecord, article, tmp_path):
    rows = [
        {role: each[role] for role in ("source", "cue", "content")}
        for each in statements(onrecord, article)
        if each["within"] is None
    ]
    gold = tmp_path / "gold.jsonl"
    empty = {"source": [], "cue": [[0, 2]], "content": []}
    good = json.dumps({**GOLD, "attributions": [*rows, empty]})
    gold.write_text(f"{good}\nnot json\n{json.dumps({'text': 'x'})}\n", encoding="utf-8")
    result = onrecord("evaluate", gold, "--json")
    figures = json.loads(result.text)
    assert result.code == 1
    assert "line 2" in result.err
    assert "line 3" in result.err
    assert (figures["statements"]["found"], figures["statements"]["f1"]) == (3, 1.0)
    assert figures["annotations_without_content"] == 1


def test_evaluate_of_nothing(onrecord, tmp_path):
    assert onrecord("evaluate", tmp_path / "no.jsonl", "--json").error["code"] == "OR-101"
    empty = tmp_path / "empty.jsonl"
    empty.write_bytes(b"")
    assert onrecord("evaluate", empty, "--json").error["code"] == "OR-102"


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_export_writes_all_rows(onrecord, ledger, tmp_path, form):
    target = tmp_path / f"all.{form}"
    assert onrecord("export", ledger, "--format", form, "-o", target).code == 0
    assert "Anna Roth" in target.read_text("utf-8")
    assert onrecord("export", ledger, "--format", form).out == target.read_bytes()
