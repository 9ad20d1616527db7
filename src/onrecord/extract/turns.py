"""The turns of a conversation as statements: what the tagger found inside one is a statement within it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from onrecord.extract.forms import OPENING, SpokenTurn
from onrecord.extract.found import Found
from onrecord.extract.section import Int64
from onrecord.extract.tags import Stretch


def take_turns(
    found: Sequence[Found], turns: Sequence[SpokenTurn], words: Sequence[str], *, asked: bool = True
) -> list[Found]:
    """The statements of a section with each turn of a conversation as one.

    Args:
        found: The outer statements that the decoder found, in words of the section.
        turns: The turns.
        words: What each word of the section is, as printed.
        asked: Whether a content without cue and marks between two turns is a question, and dropped.

    Returns:
        The turns, what was found outside of them, and what was found wholly inside one, a level deeper. What runs
        across their borders is dropped.
    """
    if not turns:
        return list(found)
    owner = np.full(len(words), -1)
    for number, turn in enumerate(turns):
        for part in turn.content:
            owner[part.start : part.end] = number
    out = [Found(t.content, t.colon, t.speaker, 0, 1.0, {"turn": 1.0}, spoken=True) for t in turns]
    for item in found:
        inside = np.concatenate([owner[p.start : p.end] for p in item.content])
        if (inside < 0).all():
            between = asked and turns[0].content[0].start < item.content[0].start < turns[-1].content[-1].end
            if item.cue is not None or not between or words[item.content[0].start] in OPENING:
                out.append(item)
        elif item.cue is not None and _within(inside, item.cue, owner):
            source = item.source if item.source is not None and _within(inside, item.source, owner) else None
            out.append(replace(item, level=1, source=source))
    return out


def _within(content: Int64, part: Stretch, owner: Int64) -> bool:
    """Do a content, given by the turns of its words, and `part` lie in one and the same turn?"""
    return bool((content == content[0]).all() and (owner[part.start : part.end] == content[0]).all())
