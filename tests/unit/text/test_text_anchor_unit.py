"""Re-anchoring, as it comes up when an outlet changes an article."""

import time

import pytest

from onrecord.errors import TextError
from onrecord.record import Span
from onrecord.text.anchor import Anchored, Change, Quote, find_quote

OLD = (
    "Talks will begin on Monday, the minister said. Nobody from the other side has confirmed it.\n\n"
    "Five people were killed in the attack, the governor told reporters. The mayor said nothing.\n\n"
    "There will be no deal without guarantees, the president said. He left the room after that."
)


def move(new: str, words: str, *, nth: int = 0) -> tuple[Anchored, str | None]:
    at = -1
    for _ in range(nth + 1):
        at = OLD.index(words, at + 1)
    found = Change(OLD, new).move(Span(at, at + len(words)))
    return found, found.span.of(new) if found.span else None


def test_a_note_put_before_moves_all() -> None:
    found, _ = move("UPDATE: corrected.\n" + OLD, "the governor")
    assert found == Anchored(status="exact", span=Span(OLD.index("the governor") + 19, OLD.index("the governor") + 31))


def test_a_word_that_occurs_three_times_is_found_at_its_place() -> None:
    new = "UPDATE. " + OLD.replace("Nobody", "No one")
    for nth in range(3):
        found, _ = move(new, "said", nth=nth)
        assert found.status == "exact"
        assert found.span is not None
        assert new[: found.span.start].count("said") == nth


def test_a_changed_figure_is_mapped() -> None:
    found, words = move(OLD.replace("Five people", "At least six people"), "Five people were killed in the attack")
    assert (found.status, words) == ("mapped", "At least six people were killed in the attack")


def test_words_put_into_the_passage_are_part_of_it() -> None:
    found, words = move(OLD.replace("no deal", "no deal at all"), "There will be no deal without guarantees")
    assert (found.status, words) == ("mapped", "There will be no deal at all without guarantees")


def test_a_passage_that_was_cut_is_gone() -> None:
    found, _ = move(
        OLD.replace("Five people were killed in the attack, the governor told reporters. ", ""), "the governor"
    )
    assert (found.status, found.reason) == ("lost", "gone")


def test_a_passage_that_was_cut_is_not_found_in_its_look_alike() -> None:
    new = OLD.replace("Talks will begin on Monday, the minister said. ", "")
    found, words = move(new, "said")
    assert (found.status, words) == ("lost", None)


def test_a_passage_that_was_rewritten_is_changed() -> None:
    found, _ = move(OLD.replace("Five people were killed", "Many died, people fear,"), "Five people were killed")
    assert (found.status, found.reason) == ("lost", "changed")


def test_a_paragraph_that_was_moved_is_found() -> None:
    new = "\n\n".join(OLD.split("\n\n")[::-1])
    found, words = move(new, "the governor told reporters")
    assert (found.status, words) == ("exact", "the governor told reporters")


def test_a_text_that_was_doubled_is_ambiguous() -> None:
    found, _ = move(OLD + "\n\n" + OLD, "the governor")
    assert (found.status, found.reason) == ("lost", "ambiguous")


def test_repeated_paragraphs_are_told_apart_by_their_order() -> None:
    refrain = "No comment, the office said, and that was that for the day as far as anybody knew.\n\n"
    old = refrain * 4
    at = old.index("the office", 200)
    found = Change(old, "UPDATE\n\n" + old).move(Span(at, at + 10))
    assert found == Anchored(status="exact", span=Span(at + 8, at + 18))


def test_a_quote_is_found_by_the_words_around_it() -> None:
    at = OLD.index("the president said")
    quote = Quote.of(OLD, Span(at, at + 18))
    new = "Before all that: the president said so. " + OLD
    assert find_quote(quote, new) == Anchored(status="exact", span=Span(at + 40, at + 58))
    assert find_quote(quote, "Once the president said that.").reason == "changed"
    assert find_quote(quote, "Nothing.").reason == "gone"


def test_a_quote_without_words_is_refused() -> None:
    with pytest.raises(TextError):
        find_quote(Quote(exact=""), OLD)
    with pytest.raises(TextError):
        Change(OLD, OLD).move(Span(0, len(OLD) + 1))


@pytest.mark.parametrize(
    "text",
    ["word " * 20_000, '"' * 60_000, " " * 200_000, "".join(f"w{n * n % 9973} " for n in range(30_000))],
    ids=["one word", "quotes", "spaces", "words"],
)
def test_a_long_text_takes_no_longer_than_its_length(text: str) -> None:
    start = time.process_time()
    middle = len(text) // 2
    new = "x " + text[:middle] + "y" + text[middle:] + " z"
    found = Change(text, new).move(Span(middle - 50, middle - 45))
    assert found.status == "lost" or (found.span is not None and found.span.start == middle - 48)
    assert time.process_time() - start < 5
