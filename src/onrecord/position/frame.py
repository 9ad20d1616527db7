"""What stands where in a statement: its cue with the words about it, its source, and the sentences of its content."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.position.words import Words
from onrecord.record.span import Span, Spans
from onrecord.record.statement import Statement

_AFTER, _LEAD = 4, 6
_CHAIN = frozenset(
    "be have do will would can could may might must should to not n't never neither nor no longer yet refuse fail "
    "decline wo ca ai still also again already repeatedly 'd 'll 'm 're 've get go seem appear continue "
    "begin try".split()
)
_STOPS = frozenset(',;:.!?()[]{}"“”„«»–—')


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of one statement as indices of words.

    Attributes:
        cue: The words of the cue, with the auxiliaries, negations and adverbs before and after it.
        lead: The first words of the content, where the cue runs into it.
        source: The words of the source.
        content: The words of the content, sentence by sentence.
        asked: For each sentence of the content, whether it ends in a question mark.
    """

    cue: tuple[int, ...]
    lead: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[tuple[int, ...], ...]
    asked: tuple[bool, ...]


def frame_of(stmt: Statement, words: Words, sentences: Spans) -> Frame:
    """What stands where in `stmt`?

    Args:
        stmt: The statement.
        words: The words of its document.
        sentences: The sentences of its document.
    """
    source = _indices(stmt.source, words)
    content = _indices(stmt.content, words)
    cue = _indices(stmt.cue, words)
    taken = {*source, *content}
    own = [i for i in cue if i not in taken] or list(cue)
    about = _with_chain(own, taken, words)
    lead: list[int] = []
    if own and content:
        after = next((i for i in content if i > own[-1]), None)
        if after is not None and after - own[-1] <= _AFTER:
            place = content.index(after)
            lead = [*content[place : place + _LEAD]]
    parts, asked = _by_sentence(content, words, sentences)
    return Frame(tuple(about), tuple(lead), tuple(source), parts, asked)


def _indices(spans: Spans, words: Words) -> list[int]:
    return [i for span in spans for i in words.inside(span)]


def _with_chain(cue: Sequence[int], taken: set[int], words: Words) -> list[int]:
    """The words of the cue with those that belong to its verb."""
    found = set(cue)
    if not cue:
        return []
    index = cue[0] - 1
    while index >= 0 and index not in taken and (words.lemmas[index] in _CHAIN or words.lower[index].endswith("ly")):
        found.add(index)
        index -= 1
    for index in range(cue[-1] + 1, min(cue[-1] + 1 + _AFTER, len(words.lower))):
        if index in taken or words.lower[index] in _STOPS:
            break
        found.add(index)
    return sorted(found - taken)


def _by_sentence(
    content: Sequence[int], words: Words, sentences: Spans
) -> tuple[tuple[tuple[int, ...], ...], tuple[bool, ...]]:
    starts = [span.start for span in sentences]
    parts: list[list[int]] = []
    last = None
    for index in content:
        at = bisect_right(starts, words.starts[index]) - 1
        if at != last:
            parts.append([])
            last = at
        parts[-1].append(index)
    asked = tuple("?" in [words.lower[i] for i in part[-3:]] for part in parts)
    return tuple(tuple(part) for part in parts), asked


def spans_of(indices: Sequence[int], words: Words) -> Spans:
    """The stretches of text that the words with these indices make up; neighbours are joined."""
    joined: list[tuple[int, int]] = []
    for index in sorted(set(indices)):
        if joined and index == joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], index)
        else:
            joined.append((index, index))
    return tuple(Span(words.starts[first], words.ends[last]) for first, last in joined)
