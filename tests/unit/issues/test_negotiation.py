"""What the words of a statement say of a negotiation."""

from __future__ import annotations

import pytest

from onrecord.issues.negotiation import STATUSES, about_talks, read_negotiation

SAYS: list[tuple[str, set[tuple[str, str, str | None]]]] = [
    (
        "representatives of Druva and Tarvas meet in Doha to discuss a mutual refusal of strikes on power plants",
        {
            ("venue", "Doha", None),
            ("level", "envoy", None),
            ("agenda", "a mutual refusal of strikes on power plants", None),
            ("status", "held", None),
        },
    ),
    (
        "the delegations sit in separate rooms and exchange drafts through Qatari officials",
        {
            ("level", "envoy", None),
            ("channel", "shuttle", None),
            ("channel", "written", None),
            ("status", "held", None),
            ("third party", "Qatari officials", "mediator"),
        },
    ),
    (
        "Velmora wants the nuclear agency in Vienna to host the next round",
        {
            ("third party", "nuclear agency in Vienna", "host"),
            ("venue", "Vienna", None),
            ("status", "proposed", None),
            ("status", "scheduled", None),
        },
    ),
    (
        "Ukraine and Russia are holding negotiations in Qatar about the rules for protecting nuclear facilities",
        {
            ("venue", "Qatar", None),
            ("agenda", "the rules for protecting nuclear facilities", None),
            ("status", "held", None),
        },
    ),
    (
        "the foreign ministers spoke by phone about the negotiations",
        {("level", "minister", None), ("channel", "phone", None)},
    ),
    ("The talks were postponed", {("status", "postponed", None)}),
    ("The negotiations broke down in March", {("status", "collapsed", None)}),
    ("the talks do not touch on territory or on a ceasefire", set()),
    ("the formula that we are talking about", set()),
    ("The harvest in Doha was signed off by experts", set()),
    ("There were negotiations in NATO", set()),
    ("", set()),
]


@pytest.mark.parametrize(("text", "expected"), SAYS, ids=[text[:40] for text, _ in SAYS])
def test_what_the_words_say(text: str, expected: set[tuple[str, str, str | None]]) -> None:
    found = list(read_negotiation(text, 0))
    assert {(each.what, each.value, each.role) for each in found} == expected
    for each in found:
        assert 0 <= each.words.start < each.words.end <= len(text)


def test_offsets_are_those_of_the_document() -> None:
    text = "Talks began. The delegations met in Doha."
    found = [(each.what, each.words.start, each.words.end) for each in read_negotiation(text, 100)]
    assert ("venue", 100 + text.index("in Doha"), 100 + text.index("in Doha") + 7) in found


def test_other_words_for_the_matter_count_if_they_are_given() -> None:
    text = "The exchange was postponed"
    assert not list(read_negotiation(text, 0))
    assert [each.value for each in read_negotiation(text, 0, matter={"exchang"})] == ["postponed"]


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Ukraine sits down at the negotiating table", True),
        ("nobody will sit down with them", True),
        ("any meeting of delegations", True),
        ("the price of grain", False),
        ("", False),
    ],
)
def test_whether_it_is_about_talks(text: str, yes: bool) -> None:
    assert about_talks(text) is yes


def test_the_states_of_a_negotiation_are_those_of_the_codebook() -> None:
    assert STATUSES == (
        "mooted", "proposed", "accepted", "scheduled", "held", "denied", "postponed", "collapsed", "signed",
    )  # fmt: skip
