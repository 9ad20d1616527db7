"""What became of everything that came in, so far?"""

from __future__ import annotations

from collections import Counter

from onrecord.record.reading import Reading
from onrecord.record.run import Counts

CHUNK = 1 << 20


class Tally:
    """A count that is still going on. Each item is counted once, when its fate is known."""

    def __init__(self) -> None:
        self._kept = self._statements = self._words = 0
        self._skipped: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()

    def keep(self, reading: Reading) -> None:
        """One more document whose statements were handed on."""
        self._kept += 1
        self._statements += len(reading.statements)
        self._words += count_words(reading.document.text)

    def skip(self, reason: str) -> None:
        """One more document left out on purpose."""
        self._skipped[reason] += 1

    def fail(self, code: str) -> None:
        """One more input that came to nothing."""
        self._failed[code] += 1

    @property
    def counts(self) -> Counts:
        """The counts so far."""
        return Counts(
            kept=self._kept,
            skipped=dict(self._skipped),
            failed=dict(self._failed),
            statements=self._statements,
            words=self._words,
        )


def count_words(text: str) -> int:
    """How many words, parted by white space, does the text hold?"""
    total, open_word = 0, False
    # In pieces, since the list of all words of a very long text takes many times its memory.
    for start in range(0, len(text), CHUNK):
        piece = text[start : start + CHUNK]
        total += len(piece.split()) - (open_word and not piece[0].isspace())
        open_word = not piece[-1].isspace()
    return total
