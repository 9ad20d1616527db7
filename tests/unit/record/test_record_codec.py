"""The public JSON form: what is read, what is refused, and that the annotated stories survive it."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.errors import InputError, OnRecordError, TextError
from onrecord.record import Span
from onrecord.record.codec import (
    json_line,
    json_object,
    link_from_json,
    link_to_json,
    reading_from_json,
    reading_from_line,
    reading_to_json,
    reading_to_line,
)

TEXT = "He said so. 😀 They denied it."


def check_round_trip(lines: list[str]) -> int:
    for line in lines:
        obj = json.loads(line)
        reading = reading_from_line(line)
        back = reading_to_json(reading)
        assert list(back)[: len(obj)] == list(obj)
        stmts, back_stmts = obj.pop("statements"), back["statements"]
        assert {key: back[key] for key in obj} == obj
        assert len(back_stmts) == len(stmts)
        for stmt, back_stmt in zip(stmts, back_stmts, strict=True):
            assert list(back_stmt)[: len(stmt)] == list(stmt)
            assert {key: back_stmt[key] for key in stmt} == stmt
        assert reading_from_line(reading_to_line(reading, texts=True)) == reading
    return len(lines)


def test_the_shipped_stories_survive() -> None:
    demo = files("onrecord") / "demo"
    assert check_round_trip((demo / "stories-gold.jsonl").read_text("utf-8").splitlines()) == 36
    links = (demo / "stories-links.jsonl").read_text("utf-8").splitlines()
    assert len(links) == 669
    for line in links:
        assert link_to_json(link_from_json(json_object(line))) == json.loads(line)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["stories-dev", "real-dev", "example"])
def test_the_gold_survives(shared: Path, name: str) -> None:
    gold = shared / "data" / "gold" / f"{name}.jsonl"
    assert check_round_trip(gold.read_text("utf-8").splitlines()) > 0


def make(**changes: object) -> dict[str, object]:
    stmt = {"id": "s1", "kind": "indirect", "content": [[8, 10]], "cue": [[3, 7]], "source": [[0, 2]]}
    return {"id": "x", "text": TEXT, "statements": [stmt | changes]}


def test_the_least_that_a_document_needs_is_a_text() -> None:
    reading = reading_from_json({"text": TEXT})
    assert reading.statements == ()
    assert reading.document.id.startswith("d")
    assert reading_to_json(reading)["id"] == reading.document.id
    assert reading.document.origin.kind == "memory"


def test_spans_may_carry_their_text() -> None:
    reading = reading_from_json(make(content=[{"start": 8, "end": 10, "text": "so"}]))
    assert reading.statements[0].content == (Span(8, 10),)
    assert reading_to_json(reading, texts=True)["statements"][0]["source"] == [{"start": 0, "end": 2, "text": "He"}]


def test_an_actor_comes_from_its_name_and_takes_its_kind_from_the_chain() -> None:
    hop = {"mention": [0, 2], "actor": "Joe Smith", "kind": "person", "named": True, "act": "said"}
    reading = reading_from_json(make(source_kind="pronoun", actor="Joe Smith", chain=[hop]))
    (actor,) = reading.actors
    assert (actor.name, actor.kind) == ("Joe Smith", "person")
    assert reading.attributions[0].actor_id == reading.chains[0].origin.actor_id == actor.id
    assert reading.attributions[0].mention == Span(0, 2)


def test_an_unresolved_source_keeps_a_reason() -> None:
    (attribution,) = reading_from_json(make(source_kind="anonymous")).attributions
    assert attribution.actor_id is None
    assert attribution.reason


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"content": [[8, 80]]}, "OR-201", "outside"),
        ({"content": [[8, 8]]}, "OR-201", "start < end"),
        ({"content": [[-2, 8]]}, "OR-201", "start < end"),
        ({"content": [[8, 10, 12]]}, "OR-201", "two integers"),
        ({"content": [[True, 10]]}, "OR-201", "two integers"),
        ({"content": [[8.0, 10]]}, "OR-201", "two integers"),
        ({"content": [[3, 9], [8, 10]]}, "OR-201", "overlap"),
        ({"content": []}, "OR-201", "no content"),
        ({"content": [{"start": 8, "end": 10, "text": "no"}]}, "OR-201", "was recorded"),
        ({"content": "so"}, "OR-106", "a list"),
        ({"kind": "spoken"}, "OR-202", "direct, indirect, mixed"),
        ({"kind": None}, "OR-106", "lacks"),
        ({"act": "shouts"}, "OR-202", "asserts, denies"),
        ({"polarity": "neutral"}, "OR-202", "positive, negative"),
        ({"certainty": 1}, "OR-106", "a string"),
        ({"source_kind": "person"}, "OR-202", "anonymous"),
        ({"score": 1.5}, "OR-202", "[0, 1]"),
        ({"score": "high"}, "OR-106", "a number"),
        ({"within": "s7"}, "OR-106", "not there"),
        ({"within": "s1"}, "OR-106", "within itself"),
        ({"chain": [{"mention": None, "kind": "person", "act": "said"}]}, "OR-106", "named"),
        ({"chain": [{"mention": None, "kind": "robot", "named": True, "act": "said"}]}, "OR-202", "person"),
        ({"conditions": [{"relation": "if", "what": [0, 2]}]}, "OR-201", "requirement"),
        ({"conditions": [{"relation": "as", "what": [0, 2], "requirement": [3, 7]}]}, "OR-202", "only if"),
    ],
)
def test_a_malformed_statement_is_refused(changes: dict[str, object], code: str, words: str) -> None:
    with pytest.raises(OnRecordError) as caught:
        reading_from_json(make(**changes))
    assert caught.value.code == code
    assert words in caught.value.message


@pytest.mark.parametrize(
    "changes",
    [
        {"text": None},
        {"text": 5},
        {"title": 5},
        {"published": "yesterday"},
        {"statements": {}},
        {"statements": [5]},
        {"provenance": []},
        {"provenance": {"kind": "file"}},
        {"document_id": "d0000000000000000"},
        {"statements": [make()["statements"][0]] * 2},  # type: ignore[index]
    ],
)
def test_a_malformed_document_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InputError) as caught:
        reading_from_json(make() | changes)
    assert caught.value.code == "OR-106"


@pytest.mark.parametrize("line", ["", "[]", "5", "{", '{"text": "a"} x', "[" * 100_000, '{"a": ' + "9" * 5000 + "}"])
def test_a_line_that_is_no_json_object_is_refused(line: str) -> None:
    with pytest.raises(InputError) as caught:
        reading_from_line(line)
    assert caught.value.code == "OR-105"


def test_bytes_that_are_not_utf8_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        json_object(b'{"text": "\xff"}')
    assert caught.value.code == "OR-104"


def test_a_byte_order_mark_before_the_object_is_no_fault() -> None:
    assert json_object(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_text_is_written_as_it_is_but_for_what_utf8_or_a_line_cannot_hold() -> None:
    assert json_line({"a": "Київ 😀"}) == '{"a": "Київ 😀"}'
    assert json_line({"a": "\ud800\u2028"}) == '{"a": "\\ud800\\u2028"}'


def test_an_actor_that_the_reading_does_not_hold_is_not_written() -> None:
    import dataclasses

    reading = reading_from_json(make(source_kind="name", actor="Joe Smith"))
    with pytest.raises(TextError):
        reading_to_json(dataclasses.replace(reading, actors=()))
