"""Inner statements have one stretch of content beside their cue, inside their sentence or their own marks."""

from __future__ import annotations

import pytest

from onrecord.extract.found import Found
from onrecord.extract.inner import _shaped
from onrecord.extract.tags import Stretch


def shaped(text: str, content: list[str], cue: str, source: str) -> str | None:
    """The content of the inner statement of `text` after shaping."""
    words = text.split()

    def place(part: str) -> Stretch:
        begin = len(text[: f" {text} ".index(f" {part} ")].split())
        return Stretch(begin, begin + len(part.split()))

    item = Found(tuple(map(place, content)), place(cue), place(source), 1, 0.0, {})
    out = _shaped(item, words)
    return None if out is None else " ".join(words[out.content[0].start : out.content[0].end])


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "expected"),
    [
        # as far as the sentence goes
        ("I think it is late . We leave .", ["it is late . We leave ."], "think", "I", "it is late"),
        (
            "They ask : what is it for ? Nothing .",
            [": what is it for ? Nothing ."],
            "ask",
            "They",
            ": what is it for ?",
        ),
        # as far as the marks go
        (
            "She told me : “ Wait . I come . ” I wait .",
            ["“ Wait . I come . ” I wait ."],
            "told",
            "She",
            "“ Wait . I come . ”",
        ),
        # the stretch beside the cue, with what goes on from it
        (
            "I believe that , well , it works and so on and they can be",
            ["that", "it works and", "can be"],
            "believe",
            "I",
            "that , well , it works",
        ),
        # without the mark that closes what is around it
        ("“ I think it is late ”", ["it is late ”"], "think", "I", "it is late"),
        ("I think it is “ late ”", ["it is “ late ”"], "think", "I", "it is “ late ”"),
        # what the speaker does by saying it
        ("I know it is late", ["it is late"], "know", "I", None),
        ("They know it is late", ["it is late"], "know", "They", "it is late"),
        ("We urge them to come", ["them to come"], "urge", "We", None),
        ("I would advise them to come", ["them to come"], "would advise", "I", None),
        # what was not said
        ("He never said we would go", ["we would go"], "never said", "He", None),
        ("They do not call it a lie", ["it a lie"], "do not call", "They", None),
        ("They do not believe it", ["it"], "do not believe", "They", "it"),
        # nothing left
        ("I think , and", [", and"], "think", "I", None),
    ],
)
def test_shape(text: str, content: list[str], cue: str, source: str, expected: str | None) -> None:
    assert shaped(text, content, cue, source) == expected


def test_a_find_without_a_cue_is_none() -> None:
    assert _shaped(Found((Stretch(0, 2),), None, None, 1, 0.0, {}), ["a", "b"]) is None
