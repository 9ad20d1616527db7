"""What who, actors, audit and trace print, on a pipe and for programs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from onrecord.record.codec import reading_to_line
from onrecord.store import Ledger
from stories import fill, stories, story


@pytest.fixture(scope="module")
def stories_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stories") / "stories.ledger"
    with Ledger.open(path, create=True) as ledger:
        fill(ledger)
    return path


def statement_of(name: str, number: int = 0) -> str:
    return story(name).statements[number].id


def test_who_shows_all_that_an_actor_said_by_date(onrecord, stories_ledger):
    result = onrecord("who", stories_ledger, "ondrej halvek")
    expected = sum(
        a.actor_id is not None and names(r)[a.actor_id] == "Ondrej Halvek" for r in stories() for a in r.attributions
    )
    assert result.code == 0
    assert result.err == f"onrecord: {expected} statements\n"
    dates = [line[:10] for line in result.text.splitlines() if line.startswith("2026-")]
    assert dates == sorted(dates)
    assert len(dates) > 1
    assert "chain     Ondrej Halvek (stated) → TV Balta (interview) → Velinform (reports)" in result.text
    assert "condition not without · requirement “Velmora at the table”" in result.text
    assert statement_of("dev01-talks-a") in result.text


def names(reading):
    return {actor.id: actor.name for actor in reading.actors}


def test_who_lists_those_who_may_be_meant_and_ends_with_2(onrecord, stories_ledger):
    result = onrecord("who", stories_ledger, "halvek")
    assert (result.code, result.out) == (2, b"")
    assert "OR-004: 2 actors fit 'halvek'" in result.err
    assert "Ondrej Halvek (person), 16 statements" in result.err
    assert "Marta Halvek (person), 1 statement" in result.err
    assert "hint: " in result.err
    everybody = onrecord("who", stories_ledger, "halvek", "--all", "--json")
    assert {row["actor"]["name"] for row in everybody.lines} == {"Ondrej Halvek", "Marta Halvek"}
    assert onrecord("who", stories_ledger, "halvek", "--json").error["code"] == "OR-004"


def test_who_finds_another_alphabet_and_says_when_there_is_nobody(onrecord, stories_ledger):
    assert onrecord("who", stories_ledger, "Ондрей Халвек", "--json").lines
    nobody = onrecord("who", stories_ledger, "Nobody Atall")
    assert nobody.code == 4
    assert "OR-407" in nobody.err


def test_filters_leave_out_nothing_else_and_say_so(onrecord, stories_ledger):
    everything = onrecord("who", stories_ledger, "Ondrej Halvek", "--json").lines
    demands = onrecord("who", stories_ledger, "Ondrej Halvek", "--json", "--act", "demands")
    assert [r for r in everything if r["statement"]["act"] == "demands"] == demands.lines
    assert "of 16; the others do not pass the filters" in demands.err
    by_outlet = onrecord("who", stories_ledger, "Ondrej Halvek", "--json", "--outlet", "interline").lines
    assert [r for r in everything if r["document"]["outlet"] == "Interline"] == by_outlet
    since = onrecord("who", stories_ledger, "Ondrej Halvek", "--json", "--since", "2026-03-04", "--until", "2026-03-05")
    assert [r for r in everything if "2026-03-04" <= r["document"]["published"] <= "2026-03-05"] == since.lines
    assert onrecord("who", stories_ledger, "Ondrej Halvek", "--since", "yesterday").code == 2


def test_actors_start_with_the_unresolved_and_count_every_statement(onrecord, stories_ledger):
    rows = onrecord("actors", stories_ledger, "--json").lines
    reasons = [row["unresolved"] for row in rows if "unresolved" in row]
    actors = [row for row in rows if "unresolved" not in row]
    assert rows[: len(reasons)] == [{"unresolved": reason} for reason in reasons]
    total = sum(len(reading.statements) for reading in stories())
    assert sum(r["statements"] for r in reasons) + sum(a["statements"] for a in actors) == total
    assert all(sum(r["source_kinds"].values()) == r["statements"] for r in reasons)
    assert [a["statements"] for a in actors] == sorted((a["statements"] for a in actors), reverse=True)
    text = onrecord("actors", stories_ledger).text
    assert text.startswith("unresolved  ")
    assert all(actor["id"] in text for actor in actors)


def test_actors_of_one_kind_or_of_one_name(onrecord, stories_ledger):
    states = onrecord("actors", stories_ledger, "--kind", "state", "--json").lines
    assert states
    assert {row["kind"] for row in states} == {"state"}
    assert {row["name"] for row in onrecord("actors", stories_ledger, "halvek", "--json").lines} == {
        "Ondrej Halvek",
        "Marta Halvek",
    }


def test_audit_of_a_ledger_fits_80_columns_and_adds_up(onrecord, stories_ledger):
    result = onrecord("audit", stories_ledger)
    figures = [line for line in result.text.splitlines() if not line.startswith("  ") or line.strip()[0].isdigit()]
    table = [line for line in figures if line.rstrip()[-1:].isdigit() and "%" in line]
    assert len(table) > len(stories())
    assert max(map(len, table)) <= 80
    rows = onrecord("audit", stories_ledger, "--json").lines
    articles = [row for row in rows if "document" in row]
    outlets = [row for row in rows if "outlet" in row]
    assert len(articles) == len(stories())
    for key in ("statements", "named", "unnamed", "silent", "official", "second_hand", "sources"):
        assert sum(row[key] for row in articles) == sum(row[key] for row in outlets)
    for row in articles:
        assert row["named"] + row["unnamed"] + row["silent"] + row["unread"] == row["statements"]
        assert sum(row["kinds"].values()) == row["statements"]


def test_audit_of_a_file_reads_it(onrecord, article, tmp_path):
    result = onrecord("audit", article)
    assert result.code == 0
    assert "3 statements of 2 sources, and 1 within them" in result.text
    assert onrecord("audit", "-", stdin="“A,” said Bo.".encode()).code == 0
    two = tmp_path / "two.jsonl"
    two.write_text("".join(reading_to_line(reading) + "\n" for reading in stories()[:2]), encoding="utf-8")
    assert "state-" in onrecord("audit", two).text
    assert onrecord("audit", article, "d1").code == 2
    assert onrecord("audit", tmp_path / "nothing").code == 3


def test_audit_of_one_document_of_a_ledger(onrecord, stories_ledger):
    doc = story("dev01-talks-a").document
    text = onrecord("audit", stories_ledger, doc.id[:10]).text
    assert "7 statements of 2 sources, and 1 within them, not counted here" in text
    assert "86% named (6) · 14% unnamed (1)" in text
    assert onrecord("audit", stories_ledger, "d0000000").code == 4


def test_trace_reads_every_word_back(onrecord, stories_ledger):
    for number in range(3):
        found = json.loads(onrecord("trace", stories_ledger, statement_of("dev01-talks-a", number), "--json").text)
        text = story("dev01-talks-a").document.text
        spans = list(spans_in(found))
        assert spans
        for span in spans:
            assert text[span["start"] : span["end"]] == span["text"]
        assert found["run"]["models"] == {"tagger": "a" * 64}
        assert found["decisions"] == []


def spans_in(value: object):
    if isinstance(value, dict):
        if set(value) == {"start", "end", "text"}:
            yield value
        for inner in value.values():
            yield from spans_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans_in(inner)


def test_trace_of_anything_else_says_where_to_go(onrecord, stories_ledger):
    reading = story("dev01-talks-a")
    actor = onrecord("trace", stories_ledger, reading.attributions[0].actor_id)
    assert actor.code == 2
    assert "onrecord who" in actor.err
    assert "onrecord show" in onrecord("trace", stories_ledger, reading.document.id).err
    assert onrecord("trace", stories_ledger, "s0000000").code == 4


def test_a_decision_shows_in_every_view(onrecord, tmp_path):
    path = tmp_path / "a.ledger"
    with Ledger.open(path, create=True) as ledger:
        fill(ledger)
    chosen = statement_of("dev01-talks-a")
    assert onrecord("decide", path, chosen, "corrected", "--field", "act", "--value", "denies", "--by", "eva").code == 0
    traced = onrecord("trace", path, chosen).text
    assert "denies · negative · certain" in traced
    assert "corrected by eva; what follows decided for the machine" in traced
    assert "corrected act: asserts → denies by eva" in traced
    who = onrecord("who", path, "Ondrej Halvek", "--act", "denies", "--json").lines
    assert chosen in [row["statement"]["id"] for row in who]
    assert onrecord("decide", path, chosen, "rejected", "--by", "eva").code == 0
    who = onrecord("who", path, "Ondrej Halvek", "--json").lines
    assert chosen not in [row["statement"]["id"] for row in who]


@pytest.mark.parametrize("command", ["show", "who", "actors", "audit", "trace"])
def test_a_terminal_shows_the_same_words(command, onrecord, stories_ledger, monkeypatch):
    reading = story("dev01-talks-a")
    subject = {"who": ["Ondrej Halvek"], "actors": [], "audit": [reading.document.id]}.get(
        command, [reading.statements[0].id]
    )
    plain = onrecord(command, stories_ledger, *subject).text
    monkeypatch.setattr("onrecord.cli.paper.colours", lambda stream, plain: True)
    monkeypatch.setenv("COLUMNS", "60")
    shown = onrecord(command, stories_ledger, *subject).text
    assert max(map(len, shown.splitlines())) <= 60
    # Contents, sources and cues are in brackets on a pipe; on a terminal a content has its number only.
    plain, shown = re.sub(r"[\[{<][\w,]+: |[\]}>]", "", plain), re.sub(r"\[[\da-z]+\] |\]", "", shown)
    assert "".join(shown.split()) == "".join(plain.split())
