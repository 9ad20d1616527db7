"""The text with its statements marked is still the text, and no mark is lost."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

import strategies
from onrecord.export.marks import Close, Open, clip, cut, list_entries, paragraphs, walk
from onrecord.export.visible import quote, visible
from onrecord.record.span import Span
from onrecord.record.statement import Statement


@given(strategies.readings(judged=False))
def test_stretches_cover_the_text_without_gaps_and_neighbours_differ(reading):
    text = reading.document.text
    stretches = list(cut(len(text), list_entries(reading.statements)))
    assert "".join(text[s.start : s.end] for s in stretches) == text
    for left, right in itertools.pairwise(stretches):
        assert left.end == right.start
        assert left.marks != right.marks


@given(strategies.readings(judged=False))
def test_each_letter_carries_exactly_the_marks_whose_spans_hold_it(reading):
    entries = list_entries(reading.statements)
    for stretch in cut(len(reading.document.text), entries):
        for at in (stretch.start, stretch.end - 1):
            wanted = {
                (entry.label, role)
                for entry in entries
                for role in ("content", "source", "cue")
                if any(span.start <= at < span.end for span in getattr(entry.statement, role))
            }
            assert {(e.label, m.role) for m in stretch.marks for e in m.entries} == wanted


@given(strategies.readings(judged=False))
def test_walking_opens_and_closes_like_brackets_and_says_the_text_once(reading):
    text = reading.document.text
    said, stack = "", []
    for piece in walk(cut(len(text), list_entries(reading.statements))):
        if isinstance(piece, Open):
            stack.append(piece.mark)
        elif isinstance(piece, Close):
            assert stack.pop() is piece.mark
        else:
            said += piece.of(text)
    assert said == text
    assert stack == []


@given(strategies.readings(judged=False))
def test_every_statement_is_listed_once_under_its_own_label_after_what_encloses_it(reading):
    entries = list_entries(reading.statements)
    assert {e.statement.id for e in entries} == {s.id for s in reading.statements}
    assert len(entries) == len(reading.statements)
    assert len({e.label for e in entries}) == len(entries)
    known = {s.id for s in reading.statements}
    seen: dict[str, str] = {}
    for entry in entries:
        within = entry.statement.within
        if within in known:
            assert entry.label.startswith(seen[within])
        seen[entry.statement.id] = entry.label


def stmt(name: str, start: int, within: str | None) -> Statement:
    return Statement(
        id=name,
        document_id="d",
        kind="direct",
        content=(Span(start, start + 1),),
        cue=(),
        source=(),
        within=within,
        score=1.0,
    )


def test_labels():
    found = [stmt("a", 0, None), stmt("b", 1, "a"), stmt("c", 2, "b"), stmt("d", 3, "a"), stmt("e", 4, None)]
    assert [(e.label, e.depth) for e in list_entries(found)] == [
        ("1", 0),
        ("1a", 1),
        ("1a1", 2),
        ("1b", 1),
        ("2", 0),
    ]
    many = [stmt("a", 0, None)] + [stmt(f"x{n}", n, "a") for n in range(1, 30)]
    assert [e.label for e in list_entries(many)][26:] == ["1z", "1aa", "1ab", "1ac"]


def test_statements_in_a_circle_or_within_an_unknown_one_are_not_lost():
    found = [stmt("a", 0, "b"), stmt("b", 1, "a"), stmt("c", 2, "nowhere")]
    assert sorted((e.statement.id, e.label) for e in list_entries(found)) == [
        ("a", "2"),
        ("b", "3"),
        ("c", "1"),
    ]


@given(strategies.readings(judged=False), st.data())
def test_clipping_keeps_the_passage(reading, data):
    text = reading.document.text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    stretches = clip(cut(len(text), list_entries(reading.statements)), Span(start, end))
    assert "".join(text[s.start : s.end] for s in stretches) == text[start:end]


@given(strategies.readings(judged=False))
def test_paragraphs_hold_everything_but_line_ends_and_blank_lines(reading):
    text = reading.document.text
    found = list(paragraphs(text, cut(len(text), list_entries(reading.statements))))
    for span, stretches in found:
        assert "".join(text[s.start : s.end] for s in stretches) == span.of(text)
    assert [span.of(text) for span, _ in found] == [line for line in text.split("\n") if line.strip()]


@given(strategies.texts())
def test_what_is_visible_is_as_long_and_commands_nothing(text):
    shown = visible(text)
    assert len(shown) == len(text)
    shown.encode("utf-8")
    assert not any((ord(letter) < 32 and letter not in "\t\n") or 0x7F <= ord(letter) < 0xA0 for letter in shown)
    assert visible(shown) == shown


def test_quote_is_one_line_and_cut_at_a_word():
    text = "He  said\nso and went on."
    assert quote(text, (Span(0, 8), Span(9, 11))) == "He said … so"
    assert quote(text, (Span(0, len(text)),), limit=12) == "He said so…"
