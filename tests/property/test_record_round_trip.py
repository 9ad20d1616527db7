"""Writing the record and reading it back gives the same record."""

import dataclasses
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import TextError
from onrecord.record import (
    LINK_KINDS,
    SCOPES,
    Document,
    Link,
    Reading,
    Span,
    as_spans,
    content_id,
    document_id,
    link_id,
)
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
from strategies import documents, names, readings, span_tuples, spans, texts

FORM = """id kind content cue source within source_kind actor act polarity certainty chain conditions issue
score"""


@given(readings(), st.booleans())
def test_a_reading_survives_its_json(reading: Reading, with_texts: bool) -> None:
    assert reading_from_json(reading_to_json(reading, texts=with_texts)) == reading


@given(readings(), st.booleans())
def test_a_reading_survives_its_line_and_the_line_is_valid_utf8(reading: Reading, with_texts: bool) -> None:
    line = reading_to_line(reading, texts=with_texts)
    assert line.splitlines() == [line]
    assert reading_from_line(line.encode("utf-8")) == reading


@given(readings(judged=False))
def test_what_nobody_has_filled_is_present_and_empty(reading: Reading) -> None:
    for stmt in reading_to_json(reading)["statements"]:
        assert list(stmt) == FORM.split()
        unknown = ("source_kind", "actor", "act", "polarity", "certainty", "issue")
        assert all(stmt[key] is None for key in unknown)
        assert stmt["chain"] == stmt["conditions"] == []


@given(readings(), st.data())
def test_a_changed_text_is_refused_where_a_span_reads_otherwise(reading: Reading, data: st.DataObject) -> None:
    obj = reading_to_json(reading, texts=True)
    found = [span for stmt in obj["statements"] for span in stmt["content"]]
    if not found:
        return
    at = data.draw(st.sampled_from(found))["start"]
    text = obj["text"]
    obj["text"] = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
    del obj["document_id"]
    with pytest.raises(TextError, match=re.escape("was recorded")) as caught:
        reading_from_json(obj)
    assert caught.value.code == "OR-201"


@given(readings(judged=False), st.integers(1, 50))
def test_a_span_outside_the_text_is_never_written(reading: Reading, beyond: int) -> None:
    size = len(reading.document.text)
    outside = (Span(size - 1, size + beyond),)
    for stmt in reading.statements:
        bad = dataclasses.replace(reading, statements=(dataclasses.replace(stmt, content=outside),))
        with pytest.raises(TextError):
            reading_to_json(bad)


@given(st.dictionaries(texts(), texts() | st.integers() | st.none() | st.lists(st.booleans())))
def test_any_text_survives_a_line_of_json(obj: dict[str, object]) -> None:
    line = json_line(obj)
    assert json_object(line.encode("utf-8")) == obj == json.loads(line)


@given(texts(), texts())
def test_a_surrogate_pair_in_two_code_points_is_refused(left: str, right: str) -> None:
    with pytest.raises(TextError):
        json_line({"text": left + "\ud83d\ude00" + right})


@given(texts(min_size=1).flatmap(lambda text: st.tuples(st.just(text), span_tuples(text, min_size=1))))
def test_spans_read_back(case: tuple[str, tuple[Span, ...]]) -> None:
    text, found = case
    assert as_spans([span.start, span.end] for span in reversed(found)) == found
    for span in found:
        assert span.of(text) == text[span.start : span.end] != ""


@given(texts(min_size=1).flatmap(lambda text: st.tuples(st.just(text), spans(text))), texts())
def test_text_put_before_moves_a_span(case: tuple[str, Span], before: str) -> None:
    text, span = case
    assert span.shifted(len(before)).of(before + text) == span.of(text)


@given(documents(), documents())
def test_document_ids_are_equal_exactly_where_the_documents_are(one: Document, other: Document) -> None:
    def what(doc: Document) -> tuple[object, ...]:
        return doc.text, doc.url, doc.outlet, doc.published

    assert (one.id == other.id) == (what(one) == what(other))


@given(st.lists(names() | st.none() | st.integers()), st.lists(names() | st.none() | st.integers()))
def test_ids_are_stable_and_tell_parts_apart(one: list[str | int | None], other: list[str | int | None]) -> None:
    assert content_id("s", *one) == content_id("s", *one)
    assert (content_id("s", *one) == content_id("s", *other)) == (one == other)


def test_ids_do_not_change_from_one_version_to_the_next() -> None:
    assert content_id("s", "d1", [[0, 4]]) == "sdaa0c16baafd85cf"
    assert document_id("He said so. 😀", url=None, outlet="UNN", published="2026-03-04") == "d43308bb40c88ecf0"


_FLAGS = st.none() | st.booleans()


@given(
    st.builds(
        lambda kind, left, right, **rest: Link(
            id=link_id(kind=kind, left=left, right=right), kind=kind, left=left, right=right, **rest
        ),
        kind=st.sampled_from(LINK_KINDS),
        left=names(),
        right=names(),
        scope=st.sampled_from([None, *SCOPES]),
        opposite=_FLAGS,
        same_time=_FLAGS,
        independent=_FLAGS,
        why=st.none() | names(),
        left_evidence=span_tuples("x" * 40, min_size=0),
        right_evidence=span_tuples("x" * 40, min_size=0),
        score=st.none() | st.floats(0, 1),
        story=st.none() | names(),
    )
)
def test_a_link_survives_its_json(link: Link) -> None:
    assert link_from_json(json_object(json_line(link_to_json(link)))) == link
