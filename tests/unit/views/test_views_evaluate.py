"""Figures of an evaluation, against a plain reckoning and against known cases."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from onrecord.errors import InputError, TextError
from onrecord.ingest import read_text
from onrecord.record.reading import Reading
from onrecord.record.span import Span
from onrecord.record.statement import Statement
from onrecord.views.evaluate import Annotation, Gold, WordIndex, evaluate
from onrecord.views.gold import gold_from_json


def gold_of(reading: Reading, *, outermost_only: bool = False) -> Gold:
    annotations = tuple(
        Annotation(kind=s.kind, content=s.content, cue=s.cue, source=s.source) for s in reading.statements
    )
    return Gold(document=reading.document, annotations=annotations, outermost_only=outermost_only)


@given(strategies.texts(min_size=1), st.data())
def test_words_touched_are_those_that_overlap(text, data):
    span = data.draw(strategies.spans(text))
    bounds = [m.span() for m in re.finditer(r"\w+", text)]
    assert WordIndex(text).touched((span,)) == {
        i for i, (start, end) in enumerate(bounds) if start < span.end and end > span.start
    }


@given(strategies.readings(judged=False))
def test_what_agrees_with_itself_agrees_wholly(reading):
    index = WordIndex(reading.document.text)
    contents = [index.touched(s.content) for s in reading.statements]
    figures = evaluate([(gold_of(reading), reading)])
    with_words = sum(map(bool, contents))
    assert figures.statements.right_gold == figures.statements.right_found == with_words
    assert figures.content_words.right_gold == figures.content_words.gold == len(set().union(*contents))
    assert figures.cue_words.f1 in (0.0, 1.0)


@given(strategies.readings(judged=False))
def test_counts_are_possible(reading):
    half = replace(reading, statements=reading.statements[::2])
    figures = evaluate([(gold_of(reading), half)])
    for each in (
        figures.statements,
        figures.attributions,
        figures.content_words,
        figures.source,
        *figures.by_kind.values(),
    ):
        assert 0 <= each.right_found <= each.found
        assert 0 <= each.right_gold <= each.gold
        assert 0.0 <= each.f1 <= 1.0
    assert figures.attributions.right_gold <= figures.statements.gold
    assert figures.statements.found == len(half.statements)


TEXT = "one two three four five six said Ann Roth and seven eight nine ten said Bo"


def spans(*words: str) -> tuple[Span, ...]:
    return tuple(Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in words)


def found(content: tuple[Span, ...], source: tuple[Span, ...] = (), within: str | None = None) -> Statement:
    return Statement(
        id=f"s{content[0].start}-{content[-1].end}",
        document_id="d",
        kind="direct",
        content=content,
        cue=(),
        source=source,
        within=within,
        score=1.0,
    )


def reckon(annotations, statements, *, outermost_only=False):
    doc = read_text(TEXT)
    marked = tuple(Annotation(kind="direct", content=c, cue=(), source=s) for c, s in annotations)
    gold = Gold(document=doc, annotations=marked, outermost_only=outermost_only)
    return evaluate([(gold, Reading(document=doc, statements=tuple(statements)))])


def test_half_of_the_words_is_enough_and_less_is_not():
    marked = [(spans("one two three four"), ())]
    assert reckon(marked, [found(spans("three four"))]).statements.f1 == 1.0
    assert reckon(marked, [found(spans("four"))]).statements.f1 == 0.0
    assert reckon(marked, [found(spans("three four five six"))]).statements.f1 == 0.0


def test_each_statement_is_matched_once_and_the_best_pair_first():
    marked = [(spans("one two three"), ()), (spans("one two"), ())]
    figures = reckon(marked, [found(spans("one two"))])
    assert (figures.statements.right_gold, figures.statements.gold, figures.statements.found) == (1, 2, 1)
    assert figures.statements.precision == 1.0
    assert figures.statements.recall == 0.5


def test_a_wrong_source_spoils_the_attribution_but_not_the_statement():
    marked = [(spans("one two"), spans("Ann Roth"))]
    right = reckon(marked, [found(spans("one two"), spans("Roth"))])
    wrong = reckon(marked, [found(spans("one two"), spans("Bo"))])
    missing = reckon(marked, [found(spans("one two"))])
    assert (right.statements.f1, right.attributions.f1) == (1.0, 1.0)
    assert (wrong.statements.f1, wrong.attributions.f1) == (1.0, 0.0)
    assert (missing.statements.f1, missing.attributions.f1) == (1.0, 0.0)
    assert right.source.recall == 0.5
    assert right.source.precision == 1.0


def test_nested_ones_are_left_out_where_the_annotation_knows_none():
    inner = found(spans("two"), within="s0-7")
    outer = found(spans("one two"))
    marked = [(spans("one two"), ())]
    assert reckon(marked, [outer, inner]).statements.found == 2
    assert reckon(marked, [outer, inner], outermost_only=True).statements.found == 1


def test_gold_of_another_form_is_refused():
    with pytest.raises(InputError, match="neither"):
        gold_from_json({"id": "x", "text": "abc"})
    with pytest.raises(TextError):
        gold_from_json({"text": "abc", "attributions": [{"content": [[0, 9]], "cue": [], "source": []}]})


@pytest.mark.shared
def test_our_figures_are_those_of_the_published_scorer(shared, tmp_path):
    """The scorer beside the data, run on a file with every second statement left out and others shortened."""
    import subprocess
    import sys

    path = shared / "data" / "gold" / "stories-dev.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    pairs, guesses = [], []
    for row in rows:
        kept = [dict(stmt) for i, stmt in enumerate(row["statements"]) if i % 3]
        for i, stmt in enumerate(kept):
            if i % 2:
                start, end = stmt["content"][0]
                stmt["content"] = [[start, start + max(1, (end - start) // 2)]]
            if i % 4 == 0:
                stmt["source"] = stmt["source"][:0]
            stmt["within"] = None
        guess = {**row, "statements": kept}
        guesses.append(json.dumps(guess))
        bare = [{**stmt, "chain": [], "conditions": [], "actor": None} for stmt in kept]
        annotation = gold_from_json({**guess, "statements": bare})
        statements = tuple(
            replace(found(a.content, a.source), id=f"s{n}", kind=a.kind, cue=a.cue)
            for n, a in enumerate(annotation.annotations)
        )
        pairs.append((gold_from_json(row), Reading(document=annotation.document, statements=statements)))
    figures = evaluate(pairs)
    predicted, report = tmp_path / "pred.jsonl", tmp_path / "report.json"
    predicted.write_text("\n".join(guesses), encoding="utf-8")
    scorer = shared / "tools" / "score_gold.py"
    subprocess.run([sys.executable, scorer, path, predicted, "--json", report], check=True, capture_output=True)
    theirs = json.loads(report.read_text())
    assert round(figures.statements.f1, 4) == theirs["statements"]["f1"]
    assert round(figures.statements.precision, 4) == theirs["statements"]["p"]
    assert round(figures.source.f1, 4) == theirs["source"]["f1"]
    assert {k: round(v.recall, 4) for k, v in figures.by_kind.items()} == theirs["statement recall by kind"]
