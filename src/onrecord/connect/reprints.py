"""Which documents print another one again, whole, cut or lightly rewritten?"""

from __future__ import annotations

import re
from bisect import bisect, insort
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from onrecord.connect.claim import Order, Page
from onrecord.text.quotation import find_quotations

GRAM = 5
"""Words in a gram. Texts that were written apart share few grams, apart from what they quote."""

KEPT_OF = 4
"""Of a long text one gram in so many is kept, by its hash, so that all texts keep the same ones (Broder 1997)."""

FEW_GRAMS = 1500
"""A text of at most so many grams keeps all of them for the comparison: short ones must be judged as surely."""

CUT = 0.45
"""A document whose narration lies to this share in an earlier one is a cut of it."""

GROWN = 0.6
"""So much of the earlier one's narration must come back in a longer one that adds words of its own."""

CREDITED = 0.12
"""The share that is enough where the later one credits the earlier one's outlet."""

QUOTED = 0.6
"""With a credit, so much of its quotations is enough too, however the narration was rewritten."""

LEAST_GRAMS = 5
"""Texts that share fewer grams than this are no reprints of each other."""

MOST_EARLIER = 40
"""Of the documents that hold a gram, so many of the earliest are looked at: 10,000 copies stay linear."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
_HEAD, _TAIL = 250, 200
_TRACE = re.compile(r"\b(?:earlier|previously|according to|citing|quoted?|cited|told|as reported by)\b[^.\n]*")

Grams: TypeAlias = npt.NDArray[np.uint64]
"""Hashes of grams, each once, in ascending order."""


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """What is kept of a document's wording.

    Attributes:
        page: The document.
        narration: Hashes of the grams outside quotation marks; all of them, or the sample.
        quoted: Hashes of the grams inside quotation marks, likewise.
        whole: Whether all grams are kept.
        sample: The grams of `narration` and `quoted` by which the document is found.
        credits: Names at its edges, where an agency is credited, in lower case.
    """

    page: Page
    narration: Grams
    quoted: Grams
    whole: bool
    sample: Grams
    credits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """A document that prints an earlier one again.

    Attributes:
        page: The later document.
        of: The earliest printing known; never a reprint itself.
        share: Share of the later one's narration that lies in the earlier one or the other way round, whichever is
            more, in [0, 1].
        credited: Whether the later one credits the outlet of the earlier one.
    """

    page: Page
    of: Page
    share: float
    credited: bool


def print_of(page: Page, text: str) -> Print:
    """What is kept of the wording of `text`?"""
    inside = bytearray(len(text))
    for quotation in find_quotations(text):
        span = quotation.span
        inside[span.start : span.end] = b"\1" * (span.end - span.start)
    words = [(found[0].casefold(), inside[found.start()]) for found in _WORD.finditer(text)]
    narration: set[int] = set()
    quoted: set[int] = set()
    for k in range(len(words) - GRAM + 1):
        run = words[k : k + GRAM]
        (quoted if sum(mark for _, mark in run) > GRAM // 2 else narration).add(_hash(" ".join(w for w, _ in run)))
    whole = len(narration) + len(quoted) <= FEW_GRAMS
    edges = f"{text[:_HEAD]}\n{text[-_TAIL:]}".casefold()
    told, said = _grams(narration), _grams(quoted)
    return Print(
        page=page,
        narration=told if whole else sample_of(told),
        quoted=said if whole else sample_of(said),
        whole=whole,
        sample=sample_of(_grams(narration | quoted)),
        credits=_TRACE.sub(" ", edges),
    )


def _grams(hashes: set[int]) -> Grams:
    return np.sort(np.fromiter(hashes, dtype=np.uint64, count=len(hashes)))


def sample_of(grams: Grams) -> Grams:
    """Those that all texts keep."""
    kept: Grams = grams[grams % np.uint64(KEPT_OF) == 0]
    return kept


def _hash(gram: str) -> int:
    return int.from_bytes(blake2b(gram.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def share(a: Grams, b: Grams) -> float:
    """Which share of `a` lies in `b`? 0 if there are too few to say."""
    if len(a) < LEAST_GRAMS or len(b) < LEAST_GRAMS:
        return 0.0
    at = np.searchsorted(b, a)
    shared = int((b[np.minimum(at, len(b) - 1)] == a).sum())
    return shared / len(a) if shared >= LEAST_GRAMS else 0.0


def reprint(later: Print, earlier: Print) -> tuple[float, bool] | None:
    """Does `later` print `earlier` again: to which share, and does it say so? None if it does not."""
    mine, theirs = _comparable(later, earlier)
    cut, grown = share(mine[0], theirs[0]), share(theirs[0], mine[0])
    outlet = earlier.page.outlet
    credited = outlet is not None and outlet != later.page.outlet and outlet in later.credits
    if cut >= CUT or grown >= GROWN:
        return max(cut, grown), credited
    if credited and (cut >= CREDITED or share(mine[1], theirs[1]) >= QUOTED):
        return max(cut, grown), credited
    return None


def _comparable(a: Print, b: Print) -> tuple[tuple[Grams, Grams], tuple[Grams, Grams]]:
    if a.whole == b.whole:
        return (a.narration, a.quoted), (b.narration, b.quoted)
    return (
        (sample_of(a.narration), sample_of(a.quoted)),
        (sample_of(b.narration), sample_of(b.quoted)),
    )


class Printings:
    """Which earlier document does each document print again?

    Documents may be added in any order; the answer for one depends only on those before it in ``Page.order``.
    """

    def __init__(self) -> None:
        self._holders: dict[int, list[tuple[Order, str]]] = {}
        self._prints: dict[str, Print] = {}

    def add(self, new: Print) -> None:
        """Take a document in."""
        entry = (new.page.order, new.page.id)
        self._prints[new.page.id] = new
        for gram in new.sample.tolist():
            insort(self._holders.setdefault(gram, []), entry)

    def page(self, document_id: str) -> Page:
        """The document of that id."""
        return self._prints[document_id].page

    def later(self, page: Page) -> set[tuple[Order, str]]:
        """Which documents after `page` share wording with it, and so may get another answer by its coming?"""
        entry = (page.order, page.id)
        holders = (self._holders[gram] for gram in self._prints[page.id].sample.tolist())
        return {other for held in holders for other in held[bisect(held, entry) :]}

    def reprint(self, document_id: str) -> Reprint | None:
        """Which earlier document does this one print again? None if it prints none."""
        mine = self._prints[document_id]
        entry = (mine.page.order, mine.page.id)
        shared: Counter[tuple[Order, str]] = Counter()
        for gram in mine.sample.tolist():
            for holder in self._holders[gram][:MOST_EARLIER]:
                if holder >= entry:
                    break
                shared[holder] += 1
        for (_, document), count in sorted(shared.items()):
            other = self._prints[document]
            if count * KEPT_OF >= LEAST_GRAMS and (found := reprint(mine, other)):
                return Reprint(page=mine.page, of=other.page, share=found[0], credited=found[1])
        return None
