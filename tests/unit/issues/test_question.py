"""What a question asks for."""

from __future__ import annotations

import pytest

from onrecord.connect.words import stem
from onrecord.issues import parse
from onrecord.issues.question import beside


def test_a_question_has_its_matter_and_its_names() -> None:
    found = parse("Are Velmora and Kastria holding talks?")
    assert set(found.matter) == {"talk"}
    assert len(found.names) == 2
    assert found.closed and not found.negative
    assert {"negotiat", "dialogu", "meet"} <= found.beside["talk"]
    assert found.matter["talk"] >= 1.0


@pytest.mark.parametrize(
    ("text", "closed", "negative"),
    [
        ("Who fired first at Tarn?", False, False),
        ("How many people were killed?", False, False),
        ("On what terms are prisoners exchanged?", False, False),
        ("Is there no deal?", True, True),
        ("the grain corridor", False, False),
        ("Talks without Ukraine?", True, True),
    ],
)
def test_whether_yes_or_no_is_an_answer(text: str, closed: bool, negative: bool) -> None:
    found = parse(text)
    assert (found.closed, found.negative) == (closed, negative)


def test_names_joined_by_a_hyphen_are_two() -> None:
    assert len(parse("Who takes part in Velmora-Kastria negotiations?").names) == 2


@pytest.mark.parametrize("text", ["", "???", "What is it?", "7 of 9"])
def test_a_question_without_a_word_to_look_for(text: str) -> None:
    found = parse(text)
    assert not found.names
    assert set(found.matter) <= {"it", "happen", "of"}


def test_a_name_alone_is_looked_for() -> None:
    found = parse("Velmora?")
    assert set(found.matter) == found.names != frozenset()


def test_words_beside_each_other_are_so_both_ways() -> None:
    for word in map(stem, ("talks", "truce", "prisoners", "leave")):
        assert beside(word), word
        assert all(word in beside(other) for other in beside(word))
        assert word not in beside(word)
    assert beside("zzz") == frozenset()
