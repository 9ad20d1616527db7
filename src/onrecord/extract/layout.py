"""What the tagger's outputs mean: the one place that training and product share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from onrecord.record.mention import MENTION_KINDS

LEVELS = 2
"""Outer statements, and statements inside their content."""

ROLE_TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
OUTSIDE, B_SOURCE, I_SOURCE, B_CUE, I_CUE, B_CONTENT, I_CONTENT = range(len(ROLE_TAGS))

OWN_WORDS = LEVELS * len(ROLE_TAGS)
"""Index of the logit that says: this content is the speaker's own words."""

TAGS = OWN_WORDS + 1

POINTERS = ("content to cue", "cue to source", "inner content to cue", "inner cue to source")
"""Every piece of a content points to its cue, every piece of a cue to its source; one pair for each level."""

POINTER_WIDTH = 128

DISTANCES = 32
STEPS = 9

SPAN_WIDTH, PAIR_WIDTH = 64, 96
"""Width of the vectors that say: a mention runs from here to there; and: this mention is that one again."""

LONGEST_MENTION = 24
"""Words of the longest mention that is looked for."""

SAMENESS = ("same words", "same last word", "one holds the other's words")
"""What two mentions can share in writing; each adds a learned number to their pair's score."""

MENTION_PARTS = {
    "begin": SPAN_WIDTH,
    "end": SPAN_WIDTH,
    "kind of begin": len(MENTION_KINDS),
    "kind of end": len(MENTION_KINDS),
    "new of begin": 1,
    "new of end": 1,
    "ask of begin": PAIR_WIDTH,
    "ask of end": PAIR_WIDTH,
    "key of begin": PAIR_WIDTH,
    "key of end": PAIR_WIDTH,
}
"""The columns of a word's mention vector and their widths, in order."""

MENTION_WIDTH = sum(MENTION_PARTS.values())


def mention_columns(part: str) -> slice:
    """Which columns of a mention vector hold `part`?"""
    names = list(MENTION_PARTS)
    begin = sum(MENTION_PARTS[name] for name in names[: names.index(part)])
    return slice(begin, begin + MENTION_PARTS[part])


def distance_bucket(delta: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Which of the DISTANCES buckets does a signed distance in pieces fall into? Logarithmic above 8."""
    size = np.abs(delta)
    near = np.minimum(size, 8)
    far = np.floor(np.log2(np.maximum(size, 8) / 8.0) * 1.5).astype(np.int64)
    bucket = np.minimum(np.where(size < 8, near, 8 + far), DISTANCES // 2 - 1)
    return np.where(delta < 0, bucket, DISTANCES // 2 + bucket)


def step_bucket(delta: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Which of the STEPS buckets does a signed distance in paragraphs fall into? -4 and less to 4 and more."""
    return np.clip(delta, -(STEPS // 2), STEPS // 2) + STEPS // 2
