"""From tags and pointers to statements: outer ones first, then those inside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from onrecord.extract.again import inside_told
from onrecord.extract.edges import tidied
from onrecord.extract.ends import Weights, with_ends
from onrecord.extract.found import Found
from onrecord.extract.inner import inner_statements
from onrecord.extract.label import with_label
from onrecord.extract.layout import B_CONTENT, B_CUE, B_SOURCE, I_CONTENT, I_CUE, I_SOURCE, OWN_WORDS, ROLE_TAGS
from onrecord.extract.link import Linker, Parts, Pull, level_scores, stretches_of
from onrecord.extract.section import Int64, Section
from onrecord.extract.tags import Stretch
from onrecord.extract.tuning import Tuning
from onrecord.extract.turns import take_turns
from onrecord.extract.unsaid import is_unsaid


def decode(section: Section, pull: Pull, ends: Weights | None, read: Callable[[Int64], Section]) -> list[Found]:
    """Which statements does the tagger see in `section`? Outer ones and those inside them.

    Args:
        section: The tagger's view.
        pull: What a pointer gains or loses by where it points.
        ends: What speaks for the end of a content; None leaves each where the tagger drew it.
        read: The tagger's view of some words of the section alone, see :func:`again.alone`.
    """
    if len(section.place) == 0:
        return []
    drawn = outer_statements(section, pull, ends)
    outer = [_tidied(item, section) for item in drawn if not item.level]
    quoted = inner_statements(section, pull, drawn)
    told = inside_told(section, outer, read, lambda part: _outermost(part, pull, ends))
    return [*outer, *(_tidied(item, section) for item in quoted), *told]


def _outermost(section: Section, pull: Pull, ends: Weights | None) -> list[Found]:
    return [_tidied(item, section) for item in outer_statements(section, pull, ends) if not item.level]


def _tidied(item: Found, section: Section) -> Found:
    return tidied(item, section.forms.words, section.first)


def outer_statements(section: Section, pull: Pull, ends: Weights | None) -> list[Found]:
    """The statements as the tagger draws them: those of level 0, and what it found inside a turn of a conversation."""
    words = section.forms.words
    linked = (with_label(item, words, section.first) for item in _linked(section, pull))
    found = [item for item in linked if not is_unsaid(item, words)]
    found = take_turns(found, section.forms.turns, words)
    found = take_turns(found, section.forms.signed, words, asked=False)
    return found if ends is None else with_ends(section, found, ends)


def _linked(section: Section, pull: Pull) -> list[Found]:
    """The statements of level 0, in the order of the text."""
    tuning = pull.tuning
    size = len(ROLE_TAGS)
    scores = level_scores(section, 0)
    lean = np.zeros(size, dtype=np.float32)
    lean[[B_SOURCE, I_SOURCE]], lean[[B_CUE, I_CUE]] = tuning.source, tuning.cue
    lean[[B_CONTENT, I_CONTENT]] = tuning.content
    parts = _with_dash_quotations_whole(section, stretches_of(scores + lean, section.first), tuning)
    lean[[B_SOURCE, I_SOURCE]] += tuning.spare
    more = stretches_of(scores + lean, section.first).sources
    return Linker(section, pull, 0, scores, _with_spare(parts, more, len(scores))).link()


def _with_spare(parts: Parts, sources: Sequence[Stretch], words: int) -> Parts:
    """`parts` with those of `sources` to spare that lie in none of them."""
    taken = np.zeros(words, dtype=bool)
    for part in (*parts.sources, *parts.cues, *parts.contents):
        taken[part.start : part.end] = True
    return replace(parts, spare=[s for s in sources if not taken[s.start : s.end].any()])


def _with_dash_quotations_whole(section: Section, parts: Parts, tuning: Tuning) -> Parts:
    """A paragraph that ends in a dash and a cue is one quotation up to the dash, if most of it reads like one."""
    step = section.step
    own_content = section.tags[:, OWN_WORDS] > 0
    inside = np.zeros(len(own_content), dtype=bool)
    for part in parts.contents:
        inside[part.start : part.end] = True
    contents = list(parts.contents)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], section.dash.astype(np.int8), [0]])))
    for start, end in zip(edges[0::2].tolist(), edges[1::2].tolist(), strict=True):
        cued = any(end <= cue.start and step[cue.start] == step[start] for cue in parts.cues)
        if cued and section.first[start] and (inside & own_content)[start:end].mean() >= tuning.dash_most:
            kept = [p for p in contents if p.end <= start or p.start >= end]
            contents = sorted([*kept, Stretch(start, end)], key=lambda p: p.start)
    return replace(parts, contents=contents)
