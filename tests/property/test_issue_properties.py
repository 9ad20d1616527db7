"""Whatever people decide about issues, in whatever order: each is shown once, and taking all back restores what was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ledgers import FIRST, SECOND, said
from onrecord.errors import OnRecordError
from onrecord.issues import Corpus, ask, find, parse
from onrecord.issues.negotiation import read_negotiation
from onrecord.record import SIDES, Bearing, Issue, issue_id
from onrecord.store import Ledger

READINGS = [said("Ann", f"statement number {number} stands", published="2026-03-04") for number in range(4)]
STATEMENTS = [reading.statements[0].id for reading in READINGS]
ISSUES = [Issue(id=issue_id(label), label=label, made_by="eva") for label in ("one", "two", "three", "four")]

numbers = st.integers(0, 3)
ACTS = st.one_of(
    st.tuples(st.just("merge"), numbers, numbers),
    st.tuples(st.just("rename"), numbers, st.sampled_from(["a", "b"])),
    st.tuples(st.just("bears"), numbers, numbers, st.booleans(), st.sampled_from([None, *SIDES])),
    st.tuples(st.just("reject"), numbers),
    st.tuples(st.just("undo"), st.integers(0, 20)),
    st.tuples(st.just("ask"), numbers, st.sets(numbers)),
)


@contextmanager
def a_ledger() -> Iterator[Ledger]:
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "a.ledger", create=True) as ledger:
        run = ledger.start_run(FIRST)
        for reading in READINGS:
            ledger.add(run.id, reading)
        for at in range(len(ISSUES)):
            ask_again(ledger, at, {at})
        yield ledger


def ask_again(ledger: Ledger, at: int, statements: set[int]) -> None:
    run = ledger.start_run(SECOND)
    issue = ISSUES[at]
    bearings = [
        Bearing(issue_id=issue.id, statement_id=STATEMENTS[number], side="affirms", score=0.5) for number in statements
    ]
    ledger.issues.record(run.id, issue, bearings)


def act(ledger: Ledger, word: str, *rest: object) -> None:
    issues = ledger.issues
    if word == "merge":
        issues.merge(ISSUES[rest[0]].id, ISSUES[rest[1]].id, by="eva")
    elif word == "rename":
        issues.rename(ISSUES[rest[0]].id, rest[1], by="eva")
    elif word == "bears":
        issues.bears(ISSUES[rest[0]].id, STATEMENTS[rest[1]], rest[2], by="eva", side=rest[3])
    elif word == "reject":
        ledger.decide(ISSUES[rest[0]].id, "rejected", by="eva")
    elif word == "undo":
        made = ledger.decisions()
        if made:
            ledger.undo(made[rest[0] % len(made)].id, by="eva")
    else:
        ask_again(ledger, rest[0], rest[1])


def shown(ledger: Ledger) -> list[tuple]:
    return [
        (
            entry,
            *sorted((each.bearing.statement_id, each.bearing.side) for each in ledger.issues.bearings(entry.issue.id)),
        )
        for entry in ledger.issues.all(rejected=True)
    ]


@settings(max_examples=25)
@given(st.lists(ACTS, max_size=12))
def test_every_issue_is_shown_once_and_taking_all_back_restores_what_was(acts: list[tuple]) -> None:
    with a_ledger() as ledger:
        before = shown(ledger)
        asked = False
        for word, *rest in acts:
            try:
                act(ledger, word, *rest)
            except OnRecordError as error:
                assert error.code in ("OR-001", "OR-410")
            asked = asked or word == "ask"
            found = ledger.issues.all(rejected=True)
            ids = [issue.id for entry in found for issue in (entry.issue, *entry.joined)]
            assert sorted(ids) == sorted(issue.id for issue in ISSUES)
            for entry in found:
                bearings = ledger.issues.bearings(entry.issue.id)
                assert len(bearings) == len({each.bearing.statement_id for each in bearings}) == entry.n_statements
                assert all(each.bearing.issue_id == entry.issue.id for each in bearings)
        withdrawn = ledger.withdrawals()
        for decision in ledger.decisions():
            if decision.id not in withdrawn:
                ledger.undo(decision.id, by="eva")
        assert asked or shown(ledger) == before


WORDS = st.sampled_from(
    [
        *"Velmora Kastria talks no not negotiations Doha met in the on about through officials Ukraine’s".split(),
        *", . “ ” ? 30 – é 谈 🙂".split(),
        "\n",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(" ".join).filter(str.strip)


@given(st.lists(TEXTS, min_size=1, max_size=4, unique=True), TEXTS)
def test_any_words_can_be_asked_of_any_texts(texts: list[str], question: str) -> None:
    readings = [said("Ann", text, published="2026-03-04") for text in texts]
    corpus = Corpus.of(readings)
    lengths = {reading.statements[0].id: len(reading.document.text) for reading in readings}
    for least in (0.0, 0.5):
        for bearing in ask(parse(question), "i0", corpus, least=least):
            assert bearing.score is not None and bearing.score >= least
            assert all(span.end <= lengths[bearing.statement_id] for span in bearing.evidence)
    placed = [bearing.statement_id for cluster in find(corpus, made_by="r0") for bearing in cluster.bearings]
    assert len(placed) == len(set(placed))


@given(TEXTS, st.integers(0, 1000))
def test_what_is_read_of_a_negotiation_stands_in_the_text(text: str, offset: int) -> None:
    for found in read_negotiation(text, offset):
        assert 0 <= found.words.start - offset < found.words.end - offset <= len(text)
        if found.what in ("venue", "agenda", "third party"):
            assert found.value in text[found.words.start - offset : found.words.end - offset]
