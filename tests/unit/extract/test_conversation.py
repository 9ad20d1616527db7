"""Turns are told by form, stay inside the text, and ordinary articles have none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.conversation import find_signed, find_turns
from onrecord.extract.forms import SpokenTurn
from onrecord.extract.found import Found
from onrecord.extract.tags import Stretch
from onrecord.extract.turns import take_turns

INTERVIEW = """The harbour will open: an interview with Mira Tal

Mira Tal has run the port of Osk since 2019.

You closed the harbour in May. Why?

We had no choice. The cranes were older than I am.

File photo of the harbour. Image: Port of Osk.

And I would do it again.

When will you open it?

I hope in autumn. “Are you sure?” is what my daughter asks."""

TRANSCRIPT = """Tal: harbour opens in autumn

Partial transcript as follows:

ADA BELL: When will the harbour open?

TAL: Well, in autumn.

And not a day before.

(CROSSTALK.)

BELL: Why not now?

TAL: (Laughs.) The cranes are too old.

Follow us for more."""

BOLD = """**Minister, did you sign?**

Mira Tal: No. I came to explain why not.

**Some think you are too soft.**

M. T.: My wife thinks so too.

**Will there be elections?**

M. T.: Nobody wants them.

_The interview was authorised._"""

EXPLAINER = """What we know about the harbour

What happened?

The harbour closed in May. Officials said the cranes were too old.

Who is affected?

About 300 workers were sent home, the port said.

What comes next?

The port says it will reopen in autumn."""

LISTING = """Where to go

Basse Terre: green and lush, with a volcano.

Grande Terre: flat and dry, with beaches.

Petite Terre: uninhabited and untamed."""


def said(text: str) -> list[tuple[str | None, list[str]]]:
    return [(t.speaker and t.speaker.of(text), [s.of(text) for s in t.words]) for t in find_turns(text)]


def test_an_interview_gives_questions_and_answers() -> None:
    assert said(INTERVIEW) == [
        (None, ["You closed the harbour in May. Why?"]),
        (None, ["We had no choice. The cranes were older than I am.", "And I would do it again."]),
        (None, ["When will you open it?"]),
        (None, ["I hope in autumn. “Are you sure?” is what my daughter asks."]),
    ]


def test_a_transcript_gives_its_speakers() -> None:
    assert said(TRANSCRIPT) == [
        ("ADA BELL", ["When will the harbour open?"]),
        ("TAL", ["Well, in autumn.", "And not a day before."]),
        ("BELL", ["Why not now?"]),
        ("TAL", ["The cranes are too old."]),
    ]


def test_questions_set_off_by_emphasis_are_the_outlet_s_own_voice() -> None:
    assert [speaker for speaker, _ in said(BOLD)] == ["Mira Tal", "M. T.", "M. T."]


@pytest.mark.parametrize("text", [EXPLAINER, LISTING, "", "One line?", "A: b"])
def test_other_texts_have_no_turns(text: str) -> None:
    assert find_turns(text) == ()


_LINES = st.sampled_from(
    [
        *INTERVIEW.splitlines(),
        *TRANSCRIPT.splitlines(),
        *BOLD.splitlines(),
        "",
        "  ",
        "\r",
        "?",
        ":",
        "A:",
        "**",
        "“",
        "(x)",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_LINES | st.text(max_size=20), max_size=14), st.integers(0, 7))
def test_turns_lie_in_order_inside_the_text(lines: list[str], blanks: int) -> None:
    text = "\n".join(lines)
    turns = find_turns(text)
    spans = sorted(span for turn in turns for span in (*turn.words, *filter(None, (turn.speaker, turn.colon))))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(turn.words for turn in turns)
    moved = find_turns("\n" * blanks + text)
    assert [s.shifted(blanks) for t in turns for s in t.words] == [s for t in moved for s in t.words]


def _found(content: Stretch, cue: Stretch | None, source: Stretch | None = None) -> Found:
    return Found((content,), cue, source, 0, 0.5, {"content": 0.0})


def test_what_is_found_in_a_turn_lies_within_it() -> None:
    turns = [SpokenTurn(content=(Stretch(5, 15),), speaker=Stretch(3, 4), colon=Stretch(4, 5))]
    inside = _found(Stretch(8, 12), Stretch(7, 8), Stretch(6, 7))
    without_cue = _found(Stretch(8, 12), None)
    across = _found(Stretch(10, 17), Stretch(9, 10))
    outside = _found(Stretch(16, 18), Stretch(15, 16))
    turns.append(SpokenTurn(content=(Stretch(22, 25),), speaker=None, colon=None))
    question = _found(Stretch(19, 21), None)
    out = take_turns([inside, without_cue, across, outside, question], turns, ["a"] * 25)
    assert [(f.level, f.content[0], f.cue, f.spoken) for f in out] == [
        (0, Stretch(5, 15), Stretch(4, 5), True),
        (0, Stretch(22, 25), None, True),
        (1, Stretch(8, 12), Stretch(7, 8), False),
        (0, Stretch(16, 18), Stretch(15, 16), False),
    ]
    assert take_turns([inside], [], ["a"] * 20) == [inside]


SIGNED = """“We will stay.” ― Ada Bell
“They never asked us.”\xa0— Joris van Dam, the harbour master

“No,” he said - and left.
“A “plan” is no plan” – Tal
”The mark was typed for its pair.” ― Mira Tal"""


def test_a_quotation_signed_with_a_name() -> None:
    turns = find_signed(SIGNED)
    assert [(t.words[0].of(SIGNED), t.speaker and t.speaker.of(SIGNED)) for t in turns] == [
        ("“We will stay.”", "Ada Bell"),
        ("“They never asked us.”", "Joris van Dam, the harbour master"),
        ("“A “plan” is no plan”", "Tal"),
        ("”The mark was typed for its pair.”", "Mira Tal"),
    ]
    assert find_turns(SIGNED) == ()


def test_between_signed_quotations_nothing_is_a_question() -> None:
    words = ["“", "Yes", "”", "―", "Bell", "It", "rained", "“", "No", "”", "―", "Tal"]
    turns = [
        SpokenTurn(content=(Stretch(0, 3),), speaker=Stretch(4, 5), colon=Stretch(3, 4)),
        SpokenTurn(content=(Stretch(7, 10),), speaker=Stretch(11, 12), colon=Stretch(10, 11)),
    ]
    both = Found((Stretch(0, 3), Stretch(7, 10)), Stretch(10, 11), Stretch(11, 12), 0, 1.0, {})
    bare = Found((Stretch(5, 7),), None, None, 0, 0.0, {})
    assert len(take_turns([both, bare], turns, words, asked=False)) == 3
    assert len(take_turns([both, bare], turns, words)) == 2
