"""What was cited is said, who was cited is not; an answer is said, silence is not."""

from __future__ import annotations

import pytest

from onrecord.extract.found import Found
from onrecord.extract.tags import Stretch
from onrecord.extract.unsaid import is_unsaid


def found(cue: str, content: str, *, source: str = "Bell", own: float = 0.1) -> tuple[Found, list[str]]:
    """A statement of these parts, and its words."""
    words = [*source.split(), *cue.split(), *content.split()]
    first, second = len(source.split()), len(source.split()) + len(cue.split())
    item = Found(
        (Stretch(second, len(words)),),
        Stretch(first, second) if cue else None,
        Stretch(0, first) if source else None,
        0,
        own,
        {},
    )
    return item, words


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("citing", "its own interlocutors", True),
        ("quoting", "two people familiar with the talks", True),
        ("citing", "the cost of the war", False),
        ("citing", "people ’ s right to know", False),
        ("cites", "an official report", False),
        ("said , citing", "officials", False),
        ("did not immediately respond to", "a request for comment", True),
        ("didn ’ t reply to", "several messages", True),
        ("has not returned", "calls", True),
        ("has yet to respond to", "the offer", True),
        ("could not be reached", "for comment", True),
        ("has not returned", "to the talks", False),
        ("would not respond to", "questions about the fleet", False),
        ("declined to respond to", "the accusation", False),
        ("responded to", "the accusation", False),
        ("did not say", "when the harbour opens", False),
    ],
)
def test_nothing_is_said(cue: str, content: str, expected: bool) -> None:
    assert is_unsaid(*found(cue, content)) is expected


def test_what_is_quoted_is_said() -> None:
    assert not is_unsaid(*found("did not respond :", "“ Not today . ”", own=0.9))


@pytest.mark.parametrize(
    ("source", "cue", "content", "expected"),
    [
        ("", "is called", "“ Confidence ”", True),
        ("Bell", "titled", "“ The Long Road to Osk ”", True),
        ("", "is called", "“ a farce ”", False),
        ("Bell", "called", "“ The Liar ”", False),
        ("", "was called", "“ The Worst Deal That Osk Has Ever Made ”", False),
        ("Bell", "titled", "the book", False),
    ],
)
def test_a_name_in_marks_is_no_quotation(source: str, cue: str, content: str, expected: bool) -> None:
    assert is_unsaid(*found(cue, content, source=source, own=0.9)) is expected


def test_words_that_nobody_tells() -> None:
    assert is_unsaid(*found("", "A map of the harbour", source=""))
    assert not is_unsaid(*found("", "“ We wait . ”", source="", own=0.4))
    assert not is_unsaid(*found("", "We wait .", source="", own=0.9))
