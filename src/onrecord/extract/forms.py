"""What does the form of a section's text say, before any model is asked?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from onrecord.extract.conversation import Turn, find_signed, find_turns
from onrecord.extract.pieces import Int32, Pieces
from onrecord.extract.tags import Stretch
from onrecord.record.span import Span

OPENING = frozenset('“ „ « ‘ ` "'.split())
"""Marks that open a quotation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenTurn:
    """A turn of a conversation (``conversation.Turn``) in words of the section."""

    content: tuple[Stretch, ...]
    speaker: Stretch | None
    colon: Stretch | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Stretches whose form alone says that somebody speaks, in words of the section.

    Attributes:
        words: What each word of the section is, as printed.
        turns: The turns of a conversation, in order.
        signed: The quotations that are signed with a name, in order.
    """

    words: tuple[str, ...] = field(default=())
    turns: tuple[SpokenTurn, ...] = field(default=())
    signed: tuple[SpokenTurn, ...] = field(default=())


def word_ends(pieces: Pieces, words: Int32) -> Int32:
    """One past the last code point of each word, int32 (words,); `words` are neighbours."""
    following = pieces.head[words[-1] + 1 :]
    after = int(words[-1]) + 1 + (int(following.argmax()) if following.any() else len(following))
    ends: Int32 = pieces.ends[np.append(words[1:], after) - 1]
    return ends


def find_forms(text: str, pieces: Pieces, words: Int32, *, title: str | None) -> Forms:
    """Which forms has the stretch of `text` that the words cover?

    Args:
        text: The whole text of the document.
        pieces: Its pieces.
        words: First piece of each word of the section, int32 (words,).
        title: The document's title, if it has one.
    """
    if len(words) == 0:
        return Forms()
    starts, ends = pieces.starts[words], word_ends(pieces, words)
    begin, end = int(starts[0]), int(ends[-1])
    printed = tuple(text[s:e] for s, e in zip(starts.tolist(), ends.tolist(), strict=True))
    starts = starts - begin
    here = text[begin:end]
    return Forms(
        words=printed,
        turns=_in_words(find_turns(here, title=title), starts),
        signed=_in_words(find_signed(here), starts),
    )


def _in_words(turns: Iterable[Turn], starts: Int32) -> tuple[SpokenTurn, ...]:
    """The turns in words of a section that begin at `starts`."""
    out = []
    for turn in turns:
        content = tuple(part for span in turn.words if (part := _words(span, starts)) is not None)
        if content:
            speaker, colon = (_words(s, starts) if s else None for s in (turn.speaker, turn.colon))
            out.append(SpokenTurn(content=content, speaker=speaker, colon=colon))
    return tuple(out)


def _words(span: Span, starts: Int32) -> Stretch | None:
    """The words that begin in `span`."""
    first, last = np.searchsorted(starts, [span.start, span.end]).tolist()
    return Stretch(first, last) if first < last else None
