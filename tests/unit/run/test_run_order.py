"""Readings and failures come out in the order of the input, whatever the stages takes ahead."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import Ahead, failed, items_of
from ledgers import a_document
from onrecord.errors import ModelError, UsageError
from onrecord.ingest import Failure, Item
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.run import Counts
from onrecord.record.statement import Statement
from onrecord.run import SAME_TWICE, ReadingStream, read_stream
from onrecord.run.ordered import MOST_WAITING
from onrecord.run.tally import count_words


def shown(result: Reading | Failure) -> tuple[str, object]:
    if isinstance(result, Reading):
        return "read", result.document.text
    return result.error.code, result.origin.record if result.origin.kind == "jsonl" else result.origin.digest


def expected(items: list[Item]) -> list[tuple[str, object]]:
    """What comes out if each item is looked at by itself."""
    out: list[tuple[str, object]] = []
    seen = set()
    for item in items:
        if isinstance(item, Failure):
            out.append((item.error.code, item.origin.record))
        elif isinstance(item, Document) and item.id not in seen:
            seen.add(item.id)
            out.append(("OR-303", item.origin.digest) if item.text.startswith("bad") else ("read", item.text))
    return out


@given(st.text("dbtfs", max_size=40), st.integers(0, 8))
def test_order_and_counts(plan: str, ahead: int) -> None:
    items = items_of(plan)
    reports: list[Counts] = []
    stream = read_stream(items, Ahead(ahead), progress=reports.append)
    results = [shown(result) for result in stream]
    assert results == expected(items)
    counts = stream.counts
    assert counts.read == len(items)
    assert counts.kept == plan.count("d") + min(1, plan.count("t"))
    assert counts.skipped.get("unknown kind of file", 0) == plan.count("s")
    assert counts.skipped.get(SAME_TWICE, 0) == max(0, plan.count("t") - 1)
    assert (counts.failed.get("OR-105", 0), counts.failed.get("OR-303", 0)) == (
        plan.count("f"),
        plan.count("b"),
    )
    assert (counts.statements, counts.words) == (counts.kept, 2 * plan.count("d") + min(1, plan.count("t")))
    assert [report.read for report in reports] == list(range(1, len(items) + 1))


@given(st.text("dbtfs", max_size=40), st.integers(0, 8), st.integers(0, 40))
def test_the_counts_are_true_at_every_moment(plan: str, ahead: int, stop: int) -> None:
    stream = read_stream(items_of(plan), Ahead(ahead))
    taken = list(itertools.islice(stream, stop))
    counts = stream.counts
    assert counts.kept == sum(isinstance(result, Reading) for result in taken)
    assert sum(counts.failed.values()) == sum(isinstance(result, Failure) for result in taken)


@given(st.text("dfsd", min_size=1, max_size=60), st.integers(0, 5))
def test_no_more_is_taken_than_the_extractor_needs(plan: str, ahead: int) -> None:
    taken = 0

    def counted() -> Iterator[Item]:
        nonlocal taken
        for item in items_of(plan):
            taken += 1
            yield item

    stream = read_stream(counted(), Ahead(ahead))
    assert taken == 0
    documents = 0
    for result in stream:
        documents += isinstance(result, Reading)
        ahead_of_it = plan[:taken].count("d") - documents
        assert ahead_of_it <= ahead + 1


def test_endless_failures_do_not_pile_up() -> None:
    taken = itertools.count()
    stream = read_stream((failed(next(taken)) for _ in itertools.repeat(None)), Ahead(3))
    for number, result in enumerate(itertools.islice(stream, 3000)):
        assert isinstance(result, Failure)
        assert result.origin.record == number
    assert next(taken) <= 3000 + MOST_WAITING


def test_documents_in_front_of_many_failures_come_out() -> None:
    items = [*items_of("dd"), *(failed(number) for number in range(1000)), *items_of("d" * 5)[2:]]
    results = list(read_stream(items, Ahead(50)))
    assert [isinstance(result, Reading) for result in results] == [True] * 2 + [False] * 1000 + [True] * 3


def test_a_batch_that_fails_costs_the_guilty_document_only() -> None:
    stages = Ahead(4)
    results = [shown(result)[0] for result in read_stream(items_of("ddfdbdd"), stages)]
    assert results == ["read", "read", "OR-105", "read", "OR-303", "read", "read"]
    assert stages.seen.count("Text 6.") == 1


@pytest.mark.parametrize("code", ["OR-301", "OR-302"])
def test_without_a_model_nothing_goes_on(code: str) -> None:
    stream = read_stream(items_of("dbd"), Ahead(2, error=ModelError(code, "no model")))
    with pytest.raises(ModelError):
        list(stream)


def test_faults_of_the_program_are_not_hidden() -> None:
    class Broken(Ahead):
        def statements(self, doc: Document) -> tuple[Statement, ...]:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(read_stream(items_of("d"), Broken()))


def test_an_error_of_the_source_comes_after_what_was_read() -> None:
    def source() -> Iterator[Item]:
        yield from items_of("dfd")
        raise UsageError("OR-001", "no such encoding")

    stream = read_stream(source(), Ahead(10))
    assert [shown(next(stream))[0] for _ in range(3)] == ["read", "OR-105", "read"]
    with pytest.raises(UsageError):
        next(stream)
    assert stream.counts.read == 3


def test_an_extractor_that_forgets_documents_is_asked_again() -> None:
    class Forgetful(Ahead):
        def read_many(self, docs: Iterable[Document]) -> Iterator[Reading]:
            yield from itertools.islice(super().read_many(docs), 2)

    stream = read_stream(items_of("ddddfdd"), Forgetful(3))
    assert [shown(result)[0] for result in stream] == ["read"] * 4 + ["OR-105"] + ["read"] * 2


def test_stopping_counts_what_was_handed_out() -> None:
    class Stopped(Ahead):
        def statements(self, doc: Document) -> tuple[Statement, ...]:
            if doc.text == "Text 4.":
                raise KeyboardInterrupt
            return super().statements(doc)

    stream: ReadingStream = read_stream(items_of("ddfddd"), Stopped(1))
    results = []
    with pytest.raises(KeyboardInterrupt):
        results.extend(stream)
    assert stream.counts.read == 3


@given(st.text(st.sampled_from("ab \n\u2003\u00a0x"), max_size=50), st.integers(1, 7))
def test_words_are_counted_piece_by_piece(text: str, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onrecord.run.tally.CHUNK", chunk)
        assert count_words(text) == len(text.split())


def test_equal_texts_of_two_outlets_are_two_documents() -> None:
    items: list[Item] = [
        a_document("Text.", outlet="A"),
        a_document("Text.", outlet="B"),
        a_document("Text.", outlet="A"),
    ]
    stream = read_stream(items, Ahead())
    assert len(list(stream)) == 2
    assert stream.counts.skipped == {SAME_TWICE: 1}
