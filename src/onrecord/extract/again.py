"""Statements inside told words: where the tagger's second level hints at one, they are read as a text of their own.

"The minister said that insurers refuse to cover voyages": beside what stands around it, *refuse* is part of what the
minister said; read alone, the same words are a statement of the insurers, like any other. The corpus that the tagger
learned from annotates the outermost statements only, so its first level knows more of statements than its second.
Quoted words stay with the second level, which learned what "I think" and its like are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from onrecord.extract.forms import Forms
from onrecord.extract.found import Found
from onrecord.extract.layout import B_CUE, I_CUE, POINTER_WIDTH, POINTERS
from onrecord.extract.link import level_scores
from onrecord.extract.pieces import CASE_LOWER, CASE_TITLE, GAP_PARAGRAPH, Int32, Pieces
from onrecord.extract.section import Int64, Section
from onrecord.extract.tags import Stretch
from onrecord.models.session import TaggerSession

HINT = 0.05
"""Told words are read again if one of them is so likely a cue of the second level."""
SHORTEST, LONGEST = 4, 480
"""Words of the shortest content that is read again, and pieces of the longest."""
_NOT_YET = frozenset('that “ „ « " ‘ ’ , :'.split())
"""What may stand before the first word of the told clause."""


def inside_told(
    section: Section, found: Sequence[Found], read: Callable[[Int64], Section], decode: Callable[[Section], list[Found]]
) -> Iterator[Found]:
    """The statements inside those of `found` that are told rather than quoted.

    Args:
        section: The tagger's view.
        found: Its outer statements.
        read: The tagger's view of some words of the section alone.
        decode: The outer statements of such a view.
    """
    for rows in _told(section, found):
        for item in decode(read(rows)):
            if item.cue is not None and (inner := _placed(item, rows)) is not None:
                yield inner


def alone(rows: Int64, section: Section, pieces: Pieces, words: Int32, session: TaggerSession) -> Section:
    """The tagger's view of some words of a section, read as a text of their own.

    Args:
        rows: The words of the section, int64 (rows,).
        section: The section.
        pieces: The pieces of the document.
        words: First piece of each word of the section, int32 (words,).
        session: The tagger.
    """
    bounds = np.append(np.flatnonzero(pieces.head), len(pieces))
    ends = bounds[np.searchsorted(bounds, words[rows], side="right")]
    spans = [np.arange(start, end) for start, end in zip(words[rows].tolist(), ends.tolist(), strict=True)]
    at = np.concatenate(spans)[:LONGEST]
    features = pieces.features[:, at]
    features[2, 0] = GAP_PARAGRAPH
    opening = features[0, : len(spans[0])]
    opening[opening == CASE_LOWER] = CASE_TITLE
    out = session.run(pieces.ids[at], features)
    heads = np.cumsum([0, *(len(span) for span in spans[:-1])])
    heads = heads[heads < LONGEST]
    first = np.zeros(len(heads), dtype=np.bool_)
    first[0] = True
    return Section(
        tags=out.tags[heads],
        vectors=np.ascontiguousarray(out.vectors[heads]).reshape(len(heads), len(POINTERS), 2, POINTER_WIDTH),
        place=heads,
        first=first,
        dash=np.zeros(len(heads), dtype=np.bool_),
        forms=Forms(words=tuple(section.forms.words[k] for k in rows[: len(heads)])),
    )


def _told(section: Section, found: Sequence[Found]) -> Iterator[Int64]:
    """The words of each told content that hints at another statement, int64 (words,); no word twice."""
    inner = np.exp(level_scores(section, 1))
    hint = inner[:, B_CUE] + inner[:, I_CUE] >= HINT
    words = section.forms.words
    seen = np.zeros(len(words), dtype=bool)
    for item in found:
        if item.level or item.spoken or item.own >= 0.5:
            continue
        rows = np.concatenate([np.arange(part.start, part.end) for part in item.content])
        begin = next((k for k, row in enumerate(rows.tolist()) if words[row].casefold() not in _NOT_YET), len(rows))
        rows = rows[begin:]
        if len(rows) >= SHORTEST and hint[rows].any() and not seen[rows].any():
            seen[rows] = True
            yield rows


def _placed(item: Found, rows: Int64) -> Found | None:
    """A statement found in words read alone, in words of their section; None if cue or source is torn in two there."""
    cue, source = ([] if part is None else _torn(part, rows) for part in (item.cue, item.source))
    if len(cue) != 1 or len(source) > 1:
        return None
    content = tuple(piece for part in item.content for piece in _torn(part, rows))
    evidence = {**item.evidence, "told": 1.0}
    return replace(item, content=content, cue=cue[0], source=source[0] if source else None, level=1, evidence=evidence)


def _torn(part: Stretch, rows: Int64) -> list[Stretch]:
    """The stretches of the section that a stretch of words read alone is made of."""
    at = rows[part.start : part.end]
    runs = np.split(at, np.flatnonzero(np.diff(at) != 1) + 1)
    return [Stretch(int(run[0]), int(run[-1]) + 1) for run in runs]
