"""The label before the colon of a line names who says the rest: "Poll: most want a vote", "Ada Bell: we shall stay".

The tagger finds the colon more surely than a label of one word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.extract.found import Found
from onrecord.extract.section import Bool
from onrecord.extract.tags import Stretch

_LONGEST_LABEL = 4
"""Words."""
_JOINTS = frozenset("’ ' - . &".split())
_OWN = frozenset(
    "correction corrections clarification update updates note background analysis opinion summary live video watch "
    "photo photos read exclusive breaking explainer context conclusion example".split()
)
"""What an outlet puts before a colon in its own name."""


def with_label(item: Found, words: Sequence[str], first: Bool) -> Found:
    """`item`, from the source that the label before its colon names, if it has none and there is one.

    Args:
        item: A statement.
        words: What each word of the section is, as printed.
        first: Whether a word begins a paragraph, bool (words,).
    """
    if item.source is not None or item.cue is None or words[item.cue.start : item.cue.end] != (":",):
        return item
    end = start = item.cue.start
    while start and not first[start]:
        start -= 1
    label = words[start:end]
    named = [word for word in label if word not in _JOINTS]
    plain = all(word[0].isalnum() for word in named)
    if not named or len(named) > _LONGEST_LABEL or not plain or not named[0][0].isupper():
        return item
    if not _OWN.isdisjoint(word.casefold() for word in named):
        return item
    return replace(item, source=Stretch(start, end))
