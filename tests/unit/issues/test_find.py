"""On which issues statements are, and what these are called."""

from __future__ import annotations

import random
import re

from accounts import account, somebody
from onrecord.issues import Corpus, find
from onrecord.issues.label import label_of
from onrecord.record import Issue, Reading, issue_id
from stories import stories

ANN, BOB, CY = somebody("Ann Roth"), somebody("Bob Lind"), somebody("Cy Vane")
STRIKE = [
    account(ANN, "the harbour strike will go on until wages rise", outlet="UNN"),
    account(BOB, "wages in the harbour cannot rise while the strike goes on", outlet="Meridian"),
    account(CY, "the harbour strike costs two million a day", outlet="Interline"),
    account(ANN, "dockers end the strike if wages rise", outlet="Herald", published="2026-03-05"),
]
FLOOD = [
    account(BOB, "the dam at Lom will not hold the flood", outlet="UNN"),
    account(CY, "the flood at Lom has reached the dam", outlet="Meridian"),
    account(ANN, "nobody opened the dam before the flood came", outlet="Interline"),
    account(CY, "the dam was opened too late for the flood", outlet="Herald", published="2026-03-06"),
]


def ids(readings: list[Reading]) -> set[str]:
    return {stmt.id for reading in readings for stmt in reading.statements}


def test_two_matters_are_two_issues_labelled_in_their_words() -> None:
    found = find(Corpus.of([*STRIKE, *FLOOD]), made_by="r1")
    groups = [{bearing.statement_id for bearing in cluster.bearings} for cluster in found]
    assert sorted(map(sorted, groups)) == sorted(map(sorted, (ids(STRIKE), ids(FLOOD))))
    labels = {cluster.issue.label for cluster in found}
    assert any("strike" in label for label in labels)
    assert any("dam" in label or "flood" in label for label in labels)
    for cluster in found:
        assert cluster.issue.made_by == "r1"
        assert cluster.issue.id == issue_id(cluster.issue.label)
        assert all(bearing.issue_id == cluster.issue.id for bearing in cluster.bearings)
        assert all(bearing.score is not None and 0 <= bearing.score <= 1 for bearing in cluster.bearings)


def test_labels_are_made_of_words_of_the_statements() -> None:
    readings = list(stories())
    said = {stmt.id: reading.document.text for reading in readings for stmt in reading.statements}
    for cluster in find(Corpus.of(readings), made_by="r1"):
        texts = [said[bearing.statement_id] for bearing in cluster.bearings]
        for part in re.split(r"[:,] ", cluster.issue.label):
            assert any(part in " ".join(text.split()) for text in texts), part


def test_the_order_of_documents_does_not_matter() -> None:
    readings = list(stories())
    expected = find(Corpus.of(readings), made_by="r1")
    random.Random(7).shuffle(readings)
    found = find(Corpus.of(readings), made_by="r1")

    def groups(clusters: tuple) -> set[frozenset[str]]:
        return {frozenset(bearing.statement_id for bearing in cluster.bearings) for cluster in clusters}

    assert groups(found) == groups(expected)
    assert {cluster.issue.label for cluster in found} == {cluster.issue.label for cluster in expected}


def test_an_issue_found_before_keeps_its_label_when_more_comes() -> None:
    old = Issue(id="i00000000000000aa", label="harbour", made_by="r0")
    gone = Issue(id="i00000000000000bb", label="weather", made_by="r0")
    known = {old: ids(STRIKE[:2]), gone: {"s1", "s2", "s3"}}
    found = find(Corpus.of([*STRIKE, *FLOOD]), made_by="r1", known=known)
    (again,) = [cluster for cluster in found if cluster.issue == old]
    assert {bearing.statement_id for bearing in again.bearings} == ids(STRIKE)
    assert gone not in {cluster.issue for cluster in found}


def test_one_known_issue_is_not_two() -> None:
    old = Issue(id="i00000000000000aa", label="all of it", made_by="r0")
    found = find(Corpus.of([*STRIKE, *FLOOD]), made_by="r1", known={old: ids(STRIKE) | ids(FLOOD)})
    assert len({cluster.issue.id for cluster in found}) == len(found) == 2


def test_a_label_that_is_taken_is_not_given_again() -> None:
    corpus = Corpus.of(STRIKE)
    claims = [claim for _, claim in corpus.claims()]
    labels: list[str] = []
    for _ in range(8):
        labels.append(label_of(claims, corpus, taken=labels))
    assert len(set(labels)) == 8
    assert all(labels)


def test_few_statements_are_no_issue_and_none_are_none() -> None:
    assert find(Corpus.of(STRIKE[:2]), made_by="r1") == ()
    assert find(Corpus.of([]), made_by="r1") == ()


def test_statements_without_words_do_not_break_it() -> None:
    odd = [account(ANN, words) for words in ("?!", "…", "7", "no", "\N{GRINNING FACE}" * 3)]
    assert find(Corpus.of([*odd, *STRIKE]), made_by="r1")
    corpus = Corpus.of(odd)
    assert label_of([claim for _, claim in corpus.claims()], corpus)
