"""Whose are the words that one outlet carries from another source?

"Orbis reported, citing two officials": whoever relays belongs to the cue, the source are the two officials (codebook,
case 14), whichever of them the statement names as its source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.record.reading import Reading
from onrecord.record.span import Span
from onrecord.record.statement import Statement
from onrecord.resolve.page.phrases import noun_phrase
from onrecord.resolve.page.words import ANONYMOUS_HEADS, DOCUMENT_HEADS, GROUP_HEADS, ROLE_HEADS
from onrecord.resolve.route.media import Media
from onrecord.resolve.route.outlet_names import words_of
from onrecord.text.sentences import sentences

if TYPE_CHECKING:
    from onrecord.resolve.cast import Cast

_CITING = re.compile(r"\b(?:citing|quoting|quoted|quotes|cites|cited|with\s+reference\s+to)\s+(?=\S)")
_END = re.compile(r"\s+as\s+(?:saying|having|telling|stating)\b|\s+(?:that|saying)\b|[,;:.]|\Z")
_AS_SAYING = re.compile(r"\s+as\s+(?:saying|having|telling|stating)\b")
_LONGEST = 8
"""How many words may name who is cited."""
_RELAYING = re.compile(r"(?:we|which|it|this\s\w+|our\s\w+)\Z", re.IGNORECASE)
_HEADS = ANONYMOUS_HEADS | DOCUMENT_HEADS | GROUP_HEADS | ROLE_HEADS


def cited_sources(reading: Reading, cast: Cast) -> Mapping[str, Span]:
    """For which statements does the text cite another source than the one that carries them, and where is it named?

    Returns:
        The words that name the true source, by statement; most statements have none.
    """
    doc = reading.document
    if _CITING.search(doc.text) is None:
        return {}
    media = Media(doc.text, cast, doc.outlet)
    found = sentences(doc.text)
    starts = [sentence.start for sentence in found]
    sources = [span for stmt in reading.statements for span in stmt.source]
    cited: dict[str, Span] = {}
    for stmt in reading.statements:
        if not stmt.source:
            continue
        source = stmt.source[0]
        sentence = found[max(0, bisect_right(starts, source.start) - 1)]
        span = _cited(doc.text, stmt, sentence)
        if span is None or any(one.start < span.end and span.start < one.end for one in sources):
            continue
        relays = _RELAYING.fullmatch(source.of(doc.text)) or media.read(source, "some") is not None
        if relays and _can_speak(doc.text, span, cast):
            cited[stmt.id] = span
    return cited


def _cited(text: str, stmt: Statement, sentence: Span) -> Span | None:
    """Whom does the sentence cite, outside of what the statement says and in reach of its source?"""
    for found in _CITING.finditer(text, sentence.start, sentence.end):
        if any(span.start <= found.start() < span.end for span in stmt.content):
            continue
        ahead = [span for span in stmt.content if span.start >= found.end()]
        if ahead and ahead[0].start == found.end() and _is_whole_source(text, ahead, len(stmt.content)):
            del ahead[0]
        stop = ahead[0].start if ahead else sentence.end
        end = _END.search(text, found.end(), stop)
        words = text[found.end() : end.start() if end else stop].rstrip()
        if words and ";" not in text[stmt.source[0].end : found.start()]:
            return Span(found.end(), found.end() + len(words))
    return None


def _is_whole_source(text: str, ahead: Sequence[Span], pieces: int) -> bool:
    """Was whoever is cited taken for the beginning of what is said ("quoted people close to the talks as saying …")?"""
    words = ahead[0].of(text)
    return _AS_SAYING.search(words) is not None or (pieces > 1 and len(words.split()) <= _LONGEST)


def _can_speak(text: str, span: Span, cast: Cast) -> bool:
    """Is it people, a body or a document that is cited, and not a reason ("citing security concerns")?"""
    head = noun_phrase(text, span.start, span.end)
    if head is None:
        return False
    words = words_of(head.of(text))
    return any(word in _HEADS for word in words) or cast.resolve(head).named
