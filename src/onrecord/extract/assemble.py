"""From words to the record: spans of the document, kinds, nesting, ids, scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from onrecord.extract.forms import word_ends
from onrecord.extract.found import Found
from onrecord.extract.pieces import QUOTE_DASH, QUOTE_NESTED, QUOTE_OUT, Int32, Pieces
from onrecord.extract.score import probability
from onrecord.extract.tags import Stretch
from onrecord.extract.tuning import TUNED, Tuning
from onrecord.record.document import Document
from onrecord.record.span import Span, Spans
from onrecord.record.statement import Kind, Statement, statement_id

_ALL, _NONE = 0.95, 0.05
"""From which share of own words a statement is direct, and up to which it is indirect."""


def to_spans(stretches: Sequence[Stretch], starts: Int32, ends: Int32, text: str) -> Spans:
    """Where in the text do these words stand? Stretches with nothing but space between them become one span.

    Args:
        stretches: Words, sorted.
        starts, ends: First and one past the last code point of each word, int32 (words,).
        text: The text.
    """
    spans: list[Span] = []
    for stretch in stretches:
        span = Span(int(starts[stretch.start]), int(ends[stretch.end - 1]))
        if spans and (span.start <= spans[-1].end or text[spans[-1].end : span.start].isspace()):
            spans[-1] = Span(spans[-1].start, max(span.end, spans[-1].end))
        else:
            spans.append(span)
    return tuple(spans)


def kind_of(found: Found, pieces: Pieces, words: Int32, holder: Found | None) -> Kind:
    """Is the content the speaker's own words? Quotation marks decide; without any, the tagger's guess does.

    Inside another statement (`holder`) only marks of its own count: "I believe …" in a quotation is indirect.
    """
    if found.spoken:
        return "direct"
    quote = _states(found, pieces, words)
    marked = (quote != QUOTE_OUT) & (quote != QUOTE_DASH)
    if holder is not None:
        outer = _states(holder, pieces, words)
        if ((outer != QUOTE_OUT) & (outer != QUOTE_DASH)).mean() > 0.5:
            marked = quote == QUOTE_NESTED
    share = float(marked.mean())
    if share <= _NONE and found.own >= 0.5 and holder is None:
        return "direct"
    return "direct" if share >= _ALL else "indirect" if share <= _NONE else "mixed"


def _states(found: Found, pieces: Pieces, words: Int32) -> Int32:
    """The quotation state of the content's words; punctuation is left out unless there is nothing else."""
    at = words[np.concatenate([np.arange(s.start, s.end) for s in found.content])]
    lettered = pieces.features[0][at] > 0
    states: Int32 = pieces.features[1][at[lettered] if lettered.any() else at]
    return states


def assemble(
    doc: Document,
    found: Sequence[Found],
    pieces: Pieces,
    words: Int32,
    weights: Mapping[str, float],
    tuning: Tuning = TUNED,
) -> list[tuple[Statement, Found]]:
    """The statements of a section, with what they were made of, outer before inner, in the order of the text.

    Args:
        doc: The document.
        found: What the decoder found, in words of the section.
        pieces: The pieces of the whole document.
        words: First piece of each word of the section, int32 (words,).
        weights: The score's weights, from the model's manifest.
        tuning: The numbers that no training sets.
    """
    outer: list[tuple[Statement, Found]] = []
    out: list[tuple[Statement, Found]] = []
    starts, ends = pieces.starts[words], word_ends(pieces, words)
    for item in sorted(found, key=lambda f: (f.level, f.content[0].start)):
        spans = [to_spans(part, starts, ends, doc.text) for part in (item.content, _one(item.cue), _one(item.source))]
        content, cue, source = spans
        holder: tuple[Statement, Found] | None = None
        if item.level:
            holder = next((pair for pair in outer if _holds(pair[1], item)), None)
            if holder is None or item.cue is None:
                continue  # an inner statement lives within an outer one, and shows its cue
        score = probability(item.evidence, weights)
        if score < (tuning.least_told if "told" in item.evidence else tuning.least):
            continue
        stmt = Statement(
            id=statement_id(doc.id, content=content, cue=cue, source=source),
            document_id=doc.id,
            kind=kind_of(item, pieces, words, holder[1] if holder else None),
            content=content,
            cue=cue,
            source=source,
            within=holder[0].id if holder else None,
            score=score,
        )
        out.append((stmt, item))
        if not item.level:
            outer.append((stmt, item))
    return out


def _one(part: Stretch | None) -> tuple[Stretch, ...]:
    return () if part is None else (part,)


def _holds(outer: Found, inner: Found) -> bool:
    """Do all words of the inner content and cue lie in the outer content?"""
    parts = (*inner.content, *_one(inner.cue))
    inside = all(any(o.start <= p.start and p.end <= o.end for o in outer.content) for p in parts)
    size = sum(p.end - p.start for p in inner.content)
    return inside and size < sum(o.end - o.start for o in outer.content)
