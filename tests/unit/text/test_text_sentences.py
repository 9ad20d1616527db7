"""Where sentences end, case by case."""

import pytest

from onrecord.text.sentences import sentences

CASES = [
    "He left.| She stayed.",
    "Mr. Smith met Dr. Jones and Gen. Petrov.| They talked.",
    "J. K. Rowling and George W. Bush met.| He spoke.",
    "He lives in the U.S.| The senator left.",
    "The U.S. Senate voted.",
    "It cost $3.5 million, i.e. a lot.",
    "They met at 5 p.m. Tuesday.| It rained.",
    "Acme Inc. Chairman Bob left Acme Inc.| The firm closed.",
    "He was born on Jan. 3.| She came on Feb. 4.",
    "See No. 5 and p. 7.| He said no.| Smith left.",
    '"I think so."| "So do I."| He left.',
    "“We never did.”| “Never.”",
    "„Das ist so.“| Er ging.",
    "«Так не буде.»| Він пішов.",
    '"Why?" Smith asked.| "Really?" he said.| "Stop!"| The crowd left.',
    "He waited ... and waited.| Then he left...| But not far.",
    "We go… to Kyiv.| We stay…| They go.",
    "Text of the quote.| And more of it - said Zelenskyy.",
    "1. First item.| Second.",
    "Er kam am 3. Oktober z.B. nach Berlin.| Das war spät.",
    "Sig. Rossi e il dott. Bianchi.| Lo ha detto.",
    "Він жив на вул. Хрещатик.| Потім поїхав.",
    "日本語です。|はい！|「そうですか。」と言った。",
    "यह है।| वह है।",
    "هل هذا صحيح؟| نعم.",
    "Why?!| OK.",
    "It is so.[12]| It is not.[3][4]| End.",
    "He wrote (see below.)| She read.",
    "Visit www.example.org or v3.2.1 now.| Thanks.",
    "Text without an end",
    "A headline without a stop|\nThe article begins here.",
    "First paragraph|\n\nsecond paragraph",
    "- first point|\n- second point|\n• third point",
    "a\r\nb",
    "Line one.|\r\nLine two.",
    "😀!| Yes.",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_a_reader_says(case: str) -> None:
    text = case.replace("|", "")
    assert [span.of(text) for span in sentences(text)] == [part.strip() for part in case.split("|")]


def test_a_wrapped_line_goes_on() -> None:
    text = (
        "The talks that were announced on Monday by the office of President\n"
        "Zelenskyy and the two delegations from the neighbouring states will\n"
        "Monday morning begin in the capital. They will last for three days\n"
        "or four."
    )
    assert len(sentences(text)) == 2


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2029\r\n"])
def test_white_space_holds_no_sentence(text: str) -> None:
    assert sentences(text) == ()
