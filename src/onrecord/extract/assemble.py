"""From words to the record: spans of the document, kinds, nesting, ids, scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from onrecord.extract.decode import Found
from onrecord.extract.pieces import QUOTE_DASH, QUOTE_OUT, Int32, Pieces
from onrecord.extract.score import probability
from onrecord.extract.tags import Stretch
from onrecord.record.document import Document
from onrecord.record.span import Span, Spans
from onrecord.record.statement import Kind, Statement, statement_id

_ALL, _NONE = 0.95, 0.05
"""From which share of own words a statement is direct, and up to which it is indirect."""


def to_spans(stretches: Sequence[Stretch], pieces: Pieces, words: Int32, text: str) -> Spans:
    """Where in the text do these words stand? Stretches with nothing but space between them become one span."""
    spans: list[Span] = []
    for stretch in stretches:
        last = int(words[stretch.end]) if stretch.end < len(words) else len(pieces)
        span = Span(int(pieces.starts[words[stretch.start]]), int(pieces.ends[last - 1]))
        if spans and (span.start <= spans[-1].end or text[spans[-1].end : span.start].isspace()):
            spans[-1] = Span(spans[-1].start, max(span.end, spans[-1].end))
        else:
            spans.append(span)
    return tuple(spans)


def kind_of(found: Found, pieces: Pieces, words: Int32) -> Kind:
    """Is the content the speaker's own words? Quotation marks decide; without any, the tagger's guess does."""
    inside = np.concatenate([np.arange(s.start, s.end) for s in found.content])
    at = words[inside]
    case, quote = pieces.features[0][at], pieces.features[1][at]
    lettered = case > 0
    if not lettered.any():
        lettered = np.ones(len(at), dtype=bool)
    marked = (quote != QUOTE_OUT) & (quote != QUOTE_DASH)
    share = float(marked[lettered].mean())
    if share <= _NONE and found.own >= 0.5:
        return "direct"
    return "direct" if share >= _ALL else "indirect" if share <= _NONE else "mixed"


def assemble(
    doc: Document, found: Sequence[Found], pieces: Pieces, words: Int32, weights: Mapping[str, float]
) -> list[tuple[Statement, Found]]:
    """The statements of a section, with what they were made of, outer before inner, in the order of the text.

    Args:
        doc: The document.
        found: What the decoder found, in words of the section.
        pieces: The pieces of the whole document.
        words: First piece of each word of the section, int32 (words,).
        weights: The score's weights, from the model's manifest.
    """
    outer: list[tuple[Statement, Found]] = []
    out: list[tuple[Statement, Found]] = []
    for item in sorted(found, key=lambda f: (f.level, f.content[0].start)):
        spans = [to_spans(part, pieces, words, doc.text) for part in (item.content, _one(item.cue), _one(item.source))]
        content, cue, source = spans
        holder: str | None = None
        if item.level:
            holder = next((s.id for s, f in outer if _holds(f, item)), None)
            if holder is None or item.cue is None:
                continue  # an inner statement lives within an outer one, and shows its cue
        stmt = Statement(
            id=statement_id(doc.id, content=content, cue=cue, source=source),
            document_id=doc.id,
            kind=kind_of(item, pieces, words),
            content=content,
            cue=cue,
            source=source,
            within=holder,
            score=probability(item.evidence, weights),
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
