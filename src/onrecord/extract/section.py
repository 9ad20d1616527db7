"""What the decoder sees: the tagger's view of some paragraphs, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from onrecord.extract.forms import Forms, find_forms
from onrecord.extract.pieces import GAP_LINE, Int32, Pieces
from onrecord.record.document import Document

Float32: TypeAlias = npt.NDArray[np.float32]
Int64: TypeAlias = npt.NDArray[np.int64]
Bool: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Section:
    """The tagger's view of some paragraphs, word by word.

    Attributes:
        tags: Tag logits of each word's first piece, float32 (words, TAGS).
        vectors: Its pointer vectors, float32 (words, pointers, 2, width).
        place: Its number in the document's pieces, int64 (words,).
        first: Whether it begins a paragraph, bool (words,).
        dash: Whether it stands in a dash quotation (``text.quotation``), bool (words,).
        forms: Stretches whose form alone says that somebody speaks.
    """

    tags: Float32
    vectors: Float32
    place: Int64
    first: Bool
    dash: Bool
    forms: Forms = Forms()  # noqa: RUF009

    @property
    def step(self) -> Int64:
        """Number of each word's paragraph, int64 (words,)."""
        return np.cumsum(self.first).astype(np.int64)


def view(doc: Document, pieces: Pieces, words: Int32, *, tags: Float32, vectors: Float32) -> Section:
    """The section of `doc` that some neighbouring words make, as the decoder sees it.

    Args:
        doc: The document.
        pieces: Its pieces.
        words: First piece of each word, int32 (words,), at least one.
        tags: Tag logits of those pieces, float32 (words, TAGS).
        vectors: Their pointer vectors, float32 (words, pointers, 2, width).
    """
    first = pieces.features[2][words] >= GAP_LINE
    first[0] = True
    return Section(
        tags=tags,
        vectors=vectors,
        place=words.astype(np.int64),
        first=first,
        dash=pieces.dash[words],
        forms=find_forms(doc.text, pieces, words, title=doc.title),
    )
