"""Which part of the text must one read to understand a statement?"""

from __future__ import annotations

import re

from onrecord.record.span import Span
from onrecord.record.statement import Statement

MOST_BEFORE_AND_AFTER = 600
"""Code points that a passage shows at most on each side of what the statement covers."""

_SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'”’»›)\]]*\s+")


def passage_of(text: str, stmt: Statement) -> Span:
    """The paragraphs in which the statement stands: from its first stretch to its last, and to their ends.

    In a text of very long paragraphs it ends at the sentence, and failing that at the word, that is nearest
    within :data:`MOST_BEFORE_AND_AFTER`.

    Returns:
        Code points of `text`, half-open; it covers every span of the statement.
    """
    spans = (*stmt.content, *stmt.cue, *stmt.source)
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    return Span(_start(text, first), _end(text, last))


def _start(text: str, first: int) -> int:
    earliest = max(0, first - MOST_BEFORE_AND_AFTER)
    before = text[earliest:first]
    lines = max(before.rfind("\n"), before.rfind("\r"))
    if lines >= 0:
        start = earliest + lines + 1
    elif earliest == 0:
        start = 0
    else:
        ends = [found.end() for found in _SENTENCE_END.finditer(before)]
        start = earliest + (ends[0] if ends else before.find(" ") + 1)
    while start < first and text[start].isspace():
        start += 1
    return start


def _end(text: str, last: int) -> int:
    latest = min(len(text), last + MOST_BEFORE_AND_AFTER)
    after = text[last:latest]
    lines = [at for at in (after.find("\n"), after.find("\r")) if at >= 0]
    if lines:
        end = last + min(lines)
    elif latest == len(text):
        end = latest
    else:
        ends = [found.end() for found in _SENTENCE_END.finditer(after)]
        space = after.rfind(" ")
        end = last + (ends[-1] if ends else space if space > 0 else len(after))
    while end > last and text[end - 1].isspace():
        end -= 1
    return end
