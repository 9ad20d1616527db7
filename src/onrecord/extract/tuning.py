"""The numbers of the decoder that no training sets: each was compared with others on held-out training articles.

``python -m training.tune`` prints the comparison.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """What the decoder is told beside the model.

    Attributes:
        source, cue, content: Added to the log probability that an outer word has this role: the tagger was trained to
            be right word by word, and misses whole stretches more often than it makes them up.
        spare: Added to that of a source on top of `source` when one is looked for again, for a cue that points to none:
            most of these have a source beside them that was narrowly left out.
        inner: Added to the log probability that a word inside a content is source or cue there.
        inner_content: Added to that of its being content there.
        step_cost: What each paragraph between a pointer's ends costs on top of what it learned within one window.
        far_cost, far_cost_source: What each bucket of distance costs it, from a content to its cue and from a cue to
            its source.
        dash_most: Share of a dash quotation that must read like the speaker's own words before the rest is taken to be
            so too.
        part: Least worth of a further stretch of the speaker's own words: the mean log probability that its words
            point to the cue, plus twice that of their being content. Below it, the stretch belongs to the statement
            less often than not.
        part_told: The same for a stretch of words that are told, not quoted: these are seldom cut in two.
        least: Below this score a find is a fragment more often than not and is no statement.
        least_told: The same for a find inside told words. What is read there without its surroundings looks more like a
            statement than it is: at one half, as many are wrong as right.
    """

    source: float = 0.0
    cue: float = 0.0
    content: float = 0.0
    spare: float = 1.5
    inner: float = 1.0
    inner_content: float = 0.5
    step_cost: float = 1.5
    far_cost: float = 0.2
    far_cost_source: float = 0.05
    dash_most: float = 0.5
    part: float = -1.2
    part_told: float = -0.5
    least: float = 0.1
    least_told: float = 0.6


TUNED = Tuning()
