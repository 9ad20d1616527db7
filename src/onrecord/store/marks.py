"""Where do the words that a search found stand?

SQLite says it itself, with the tokenizer of the index: the texts of one page of hits are put into a small
index in memory, and its ``highlight`` function marks them. So the marks are right for accents, phrases and
prefixes, and the ledger may be read-only.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Sequence

from onrecord.record.span import Span, Spans
from onrecord.store.nouns import GAP
from onrecord.store.words import segmented, segmented_origins


def marks_in(texts: Sequence[tuple[str, str]], match: str, *, columns: tuple[str, str]) -> list[tuple[Spans, Spans]]:
    """Where in each pair of texts do the words of `match` stand?

    Args:
        texts: Pairs of texts, one for each hit.
        match: The FTS5 expression that found them.
        columns: What the index calls the two texts.

    Returns:
        For each pair, the places in the first and in the second text; code points, half-open, sorted.
    """
    opening, closing = f"\ue000{secrets.token_hex(8)}", f"\ue001{secrets.token_hex(8)}"
    places: list[tuple[Spans, Spans]] = [((), ())] * len(texts)
    memory = sqlite3.connect(":memory:")
    try:
        first, second = columns
        memory.execute(
            f"CREATE VIRTUAL TABLE f USING fts5 ({first}, {second}, tokenize = 'unicode61 remove_diacritics 2')"
        )
        memory.executemany(
            f"INSERT INTO f (rowid, {first}, {second}) VALUES (?, ?, ?)",
            ((i, segmented(a), segmented(b)) for i, (a, b) in enumerate(texts)),
        )
        marked = memory.execute(
            "SELECT rowid, highlight(f, 0, ?1, ?2), highlight(f, 1, ?1, ?2) FROM f WHERE f MATCH ?3",
            (opening, closing, match),
        )
        for i, a, b in marked:
            places[i] = (
                tuple(_places(a, texts[i][0], opening, closing)),
                tuple(_places(b, texts[i][1], opening, closing)),
            )
    finally:
        memory.close()
    return places


def _places(marked: str, text: str, opening: str, closing: str) -> Iterator[Span]:
    """The marked places of ``segmented(text)``, as places of `text`."""
    origins = segmented_origins(text)
    at = 0
    for piece in marked.split(opening):
        inside, mark, after = piece.partition(closing)
        if mark:
            found = [origin for origin in origins[at : at + len(inside)] if origin >= 0]
            if found:
                yield Span(found[0], found[-1] + 1)
        at += len(inside) + len(after)


def in_document(places: Spans, spans: Spans) -> Spans:
    """Places in the joined text of `spans` (:func:`onrecord.store.nouns.joined`), as places of the
    document."""
    found = []
    start = 0
    for span in spans:
        end = start + span.end - span.start
        for place in places:
            left, right = max(place.start, start), min(place.end, end)
            if left < right:
                found.append(Span(left - start + span.start, right - start + span.start))
        start = end + len(GAP)
    return tuple(sorted(found))
