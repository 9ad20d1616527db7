"""A passage that is found again is the right one, and one that is lost is said to be lost."""

from hypothesis import assume, given
from hypothesis import strategies as st

from onrecord.record import Span
from onrecord.text.align import align
from onrecord.text.anchor import Change, Quote, find_quote
from strategies import spans, texts

WITH_SPAN = texts(min_size=1, max_pieces=80).flatmap(lambda text: st.tuples(st.just(text), spans(text)))
# Every word is another one, so that where each has gone is known.
NUMBERED = st.integers(30, 120).map(lambda count: [f"word{number}" for number in range(count)])


@given(WITH_SPAN, texts(), st.data())
def test_text_put_before_moves_a_passage_by_its_length_or_leaves_it_in_doubt(
    case: tuple[str, Span], put: str, data: st.DataObject
) -> None:
    old, span = case
    at = data.draw(st.integers(0, span.start))
    new = old[:at] + put + old[at:]
    words = span.of(old)
    # Where the passage itself was put in, nobody can say which one it was.
    assume(_count(words, new) == _count(words, old))
    found = Change(old, new).move(span)
    if found.status == "exact":
        assert found.span == span.shifted(len(put))
    else:
        assert found.span is None or found.span.of(new) != words


@given(NUMBERED, st.integers(0, 10), st.data())
def test_text_put_before_moves_a_passage_of_its_own_words(words: list[str], many: int, data: st.DataObject) -> None:
    old = " ".join(words)
    span = data.draw(spans(old))
    put = "new " * many
    for at in (0, old.rfind(" ", 0, span.start) + 1):
        found = Change(old, old[:at] + put + old[at:]).move(span)
        # A single letter or space in the middle of a word has look-alikes everywhere.
        if len(span.of(old)) >= 16:
            assert found.status == "exact"
        if found.status == "exact":
            assert found.span == span.shifted(len(put))


@given(NUMBERED, st.data())
def test_after_any_cuts_a_passage_is_found_where_its_words_have_gone(words: list[str], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(range(len(words))), unique=True).map(sorted))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 12, len(words) - 1)))
    old, new = " ".join(words), " ".join(words[number] for number in kept)
    span = Span(old.index(words[first]), old.index(words[last]) + len(words[last]))
    found = Change(old, new + " end").move(span)
    survivors = [number for number in kept if first <= number <= last]
    if found.span is None:
        assert found.status == "lost"
        assert found.reason is not None
    else:
        # "end" may stand in the place of words that were cut at the end.
        shown = [word for word in found.span.of(new + " end").split() if word != "end"]
        if found.status == "exact":
            assert shown == words[first : last + 1]
        else:
            assert shown == [words[number] for number in survivors]
            assert survivors != list(range(first, last + 1))


@given(WITH_SPAN, texts(max_pieces=80))
def test_what_is_called_exact_reads_the_same(case: tuple[str, Span], new: str) -> None:
    old, span = case
    for found in (Change(old, new).move(span), find_quote(Quote.of(old, span), new)):
        assert (found.status == "lost") == (found.span is None) == (found.reason is not None)
        if found.status == "exact":
            assert found.span is not None
            assert found.span.of(new) == span.of(old)
        elif found.status == "mapped":
            assert found.span is not None
            assert found.span.of(new) != span.of(old)


@given(WITH_SPAN)
def test_in_the_same_text_a_passage_stays(case: tuple[str, Span]) -> None:
    text, span = case
    assert Change(text, text).move(span).span == span
    found = find_quote(Quote.of(text, span, context=len(text)), text)
    assert found.span == span or found.reason == "ambiguous"


@given(texts(max_pieces=80), texts(max_pieces=80), texts(max_pieces=20))
def test_blocks_stand_in_both_texts_in_order(one: str, two: str, middle: str) -> None:
    old, new = one + middle + two, two + middle + one
    last_old = last_new = 0
    for block in align(old, new).blocks:
        assert block.size > 0
        assert old[block.old : block.old + block.size] == new[block.new : block.new + block.size]
        assert block.old >= last_old
        assert block.new >= last_new
        last_old, last_new = block.old + block.size, block.new + block.size


@given(texts(max_pieces=80), texts(max_pieces=80))
def test_an_alignment_goes_there_and_back(old: str, new: str) -> None:
    found = align(old, new)
    for at in range(len(old)):
        there = found.to_new(at)
        assert there is None or (found.to_old(there) == at and new[there] == old[at])


def _count(words: str, text: str) -> int:
    return sum(text.startswith(words, at) for at in range(len(text)))
