"""Accuracy of issues: what bears on a question, and which statements are found to be on one matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from floors import check
from sklearn.metrics import v_measure_score
from sklearn.metrics.cluster import pair_confusion_matrix
from training import issues as trained

from ledgers import a_document, a_statement
from onrecord.issues import Corpus, ask, find, parse
from onrecord.position import Positioner
from onrecord.record import Reading
from stories import stories, with_own_ids

QUESTIONS: Mapping[str, tuple[str, str]] = {
    "dev01-talks": ("Are Velmora and Kastria holding talks?", "Are Velmora and Kastria holding talks?"),
    "dev02-exchange": (
        "Will there be a prisoner swap between Delvia and Ashkaria?",
        "Will Delvia and Ashkaria exchange prisoners?",
    ),
    "dev03-ceasefire": ("Will Toskar and Marenia stop fighting?", "Will Marenia and Toskar agree to a ceasefire?"),
    "dev04-corridor": (
        "Is the Odran grain corridor being prolonged?",
        "Will the grain corridor from Odran be extended?",
    ),
    "dev05-coalition": (
        "Is the National List quitting the government?",
        "Will the National List leave the coalition?",
    ),
    "dev06-border": ("Who opened fire at Tarn?", "Who fired first at Tarn?"),
}
"""A question of ours for each story, in other words than the issue that people wrote for its first matter."""


def pairwise(truth: list[str], found: list[int]) -> float:
    """F1 over pairs of statements: are those on one matter found to be?"""
    (_, wrong), (missed, right) = pair_confusion_matrix(truth, found)
    return float(2 * right / (2 * right + wrong + missed))


@pytest.mark.quality
def test_what_bears_on_a_question_of_ours() -> None:
    readings = stories()
    corpus, given = Corpus.of(readings), trained.issues_of(readings)
    ids = [stmt.id for reading in readings for stmt in reading.statements]
    story = {stmt.id: reading.document.story for reading in readings for stmt in reading.statements}
    issue = dict(zip(ids, given, strict=True))
    hits = kept = wanted = at_home = 0
    for name, (question, gold) in QUESTIONS.items():
        found = [bearing.statement_id for bearing in ask(parse(question), "i0", corpus)]
        mine = (
            len(found),
            sum(issue[each] == gold for each in found),
            sum(each == gold for each in given),
            sum(story[each] == name for each in found),
        )
        print(f"  {name}: {mine[0]} found, {mine[3]} of the story, {mine[1]} of {mine[2]} of the very issue")
        kept, hits, wanted, at_home = kept + mine[0], hits + mine[1], wanted + mine[2], at_home + mine[3]
    precision, recall = hits / kept, hits / wanted
    check(
        "issues, questions of ours",
        {
            "stories-dev: of the story": 100 * at_home / kept,
            "stories-dev: precision, the very issue": 100 * precision,
            "stories-dev: recall, the very issue": 100 * recall,
            "stories-dev: F1, the very issue": 200 * precision * recall / (precision + recall),
        },
    )


@pytest.mark.quality
@pytest.mark.slow
@pytest.mark.shared
def test_what_bears_on_annotated_issues(shared: Path) -> None:
    gold = shared / "data" / "gold"
    many = {name: trained.pairs(trained.read(gold / f"{name}.jsonl")) for name in ("stories-dev", "real-dev")}
    data = trained.together(list(many.values()))
    scores = trained.cross_validated(data)
    bounds = np.cumsum([0, *(len(each.truth) for each in many.values())])
    measured = {
        f"{name}: {figure}": 100 * value
        for at, (name, each) in enumerate(many.items())
        for figure, value in trained.figures(each, scores[bounds[at] : bounds[at + 1]]).items()
    }
    check("issues, annotated questions, cross-validated", measured)


def clusters(readings: list[Reading]) -> dict[str, float]:
    found = {
        bearing.statement_id: number
        for number, cluster in enumerate(find(Corpus.of(readings), made_by="r0"))
        for bearing in cluster.bearings
    }
    ids = [stmt.id for reading in readings for stmt in reading.statements]
    # What is on no issue is on a matter of its own.
    places = [found.get(each, -1 - at) for at, each in enumerate(ids)]
    story = [trained.story_of(reading) for reading in readings for _ in reading.statements]
    issue = [label or f"none {at}" for at, label in enumerate(trained.issues_of(readings))]
    print(f"  {len(set(found.values()))} issues of {len(found)} statements; {len(set(story))} stories")
    return {
        "story, V-measure": 100 * v_measure_score(story, places),
        "story, pairwise F1": 100 * pairwise(story, places),
        "annotated issue, V-measure": 100 * v_measure_score(issue, places),
        "annotated issue, pairwise F1": 100 * pairwise(issue, places),
    }


@pytest.mark.quality
@pytest.mark.shared
def test_issues_that_are_found(shared: Path) -> None:
    real = trained.read(shared / "data" / "gold" / "real-dev.jsonl")
    measured = {f"stories-dev: {name}": value for name, value in clusters(list(stories())).items()}
    # Ids of statements in the file are of the document alone.
    named = [with_own_ids(reading) for reading in real]
    measured |= {f"real-dev: {name}": value for name, value in clusters(named).items()}
    check("issues, found", measured)


SIDES = Path(__file__).with_name("sides.txt")


def own_sentences() -> Iterator[tuple[str, str, str, str, str]]:
    question = ""
    for line in SIDES.read_text("utf-8").splitlines():
        if line.startswith("? "):
            question = line.removeprefix("? ")
        elif line and not line.startswith("#"):
            source, cue, content, side = line.split("|")
            yield question, source, cue, content, side


@pytest.mark.quality
def test_on_which_side_own_sentences_are() -> None:
    positioner = Positioner.load()
    right = right_of_two = of_two = 0
    rows = list(own_sentences())
    for question, source, cue, content, expected in rows:
        doc = a_document(f"{source} {cue} {content}.", published="2026-03-04")
        stmt = a_statement(doc, content, cue=cue, source=source)
        reading = positioner.position(Reading(document=doc, statements=(stmt,)))
        (found,) = ask(parse(question), "i0", Corpus.of([reading]), least=0.0) or (None,)
        side = found.side if found is not None else None
        if side != expected:
            print(f"  {side} for {expected}: {source} {cue} {content}")
        right += side == expected
        if expected in ("affirms", "denies"):
            of_two, right_of_two = of_two + 1, right_of_two + (side == expected)
    check(
        "issues, sides of own sentences",
        {"all sides": 100 * right / len(rows), "affirms or denies": 100 * right_of_two / of_two},
    )
