"""Articles whose every code point carries its labels, so that cutting and joining text moves the labels along."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.text.quotation import find_quotations

NONE, SOURCE, CUE, CONTENT = range(4)
ROLES = {"source": SOURCE, "cue": CUE, "content": CONTENT}
ROLE1, ATT1, ROLE2, ATT2, OWN = range(5)
"""Columns: role and attribution, the same one level deeper, speaker's own words (0 no, 1 yes, 2 unknown)."""
UNKNOWN = -1
"""Role and attribution of the inner level where nobody has annotated it."""


@dataclass
class Labelled:
    """A text and its labels.

    Attributes:
        text: The text.
        labels: int16, shape (code points, 5), columns ROLE1 … OWN.
        shared: For an attribution whose source is written once for several: the attribution that holds its source.
    """

    text: str
    labels: np.ndarray
    shared: dict[int, int]

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Labelled:
        return Labelled(self.text[part], self.labels[part], self.shared)


def plain(text: str, shared: dict[int, int] | None = None) -> Labelled:
    """Text that belongs to no attribution."""
    labels = np.zeros((len(text), 5), dtype=np.int16)
    return Labelled(text, labels, shared if shared is not None else {})


def filled(text: str, role: int, attribution: int, own: int = 0) -> Labelled:
    """Text all of which has one role in one attribution."""
    out = plain(text)
    out.labels[:, ROLE1], out.labels[:, ATT1], out.labels[:, OWN] = role, attribution, own
    if role == CONTENT:
        out.labels[:, ROLE2] = UNKNOWN
    return out


def join(parts: list[Labelled], shared: dict[int, int]) -> Labelled:
    """The parts one after another."""
    return Labelled(
        "".join(p.text for p in parts),
        np.concatenate([p.labels for p in parts]) if parts else np.zeros((0, 5), np.int16),
        shared,
    )


def quoted_mask(text: str) -> np.ndarray:
    """Which code points stand in quotation marks? bool, shape (code points,)."""
    mask = np.zeros(len(text), dtype=bool)
    for q in find_quotations(text):
        if q.form == "marks":
            mask[q.span.start : q.span.end] = True
    return mask


def from_row(row: dict) -> Labelled:
    """One row of the attribution corpus."""
    text = row["text"]
    out = plain(text)
    lab = out.labels
    atts = sorted(enumerate(row["attributions"]), key=lambda ka: -sum(e - s for s, e in ka[1]["content"]))
    owner: dict[tuple[int, int], int] = {}
    for k, att in atts:
        content = np.zeros(len(text), dtype=bool)
        for s, e in att["content"]:
            content[s:e] = True
        outer = set(lab[content, ROLE1].tolist()) if content.any() else set()
        nested = outer == {CONTENT} and len(set(lab[content, ATT1].tolist())) == 1
        role_col, att_col = (ROLE2, ATT2) if nested else (ROLE1, ATT1)
        for name, role in ROLES.items():
            for s, e in att[name]:
                if role == SOURCE and not nested:
                    if (s, e) in owner:
                        out.shared[k] = owner[s, e]
                        continue
                    owner[s, e] = k
                free = np.ones(e - s, dtype=bool) if nested else lab[s:e, ROLE1] == NONE
                lab[s:e, role_col][free] = role
                lab[s:e, att_col][free] = k
    inside = lab[:, ROLE1] == CONTENT
    lab[:, OWN] = np.where(inside & quoted_mask(text), 1, 0)
    lab[inside & (lab[:, ROLE2] == NONE), ROLE2] = UNKNOWN
    return out


def read_rows(path: Path) -> list[dict]:
    """The rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def paragraphs(article: Labelled) -> list[Labelled]:
    """The paragraphs of an article, each with the line breaks that follow it."""
    out, begin, text = [], 0, article.text
    while begin < len(text):
        end = text.find("\n", begin)
        if end == -1:
            end = len(text)
        while end < len(text) and text[end] in "\n\r ":
            end += 1
        out.append(article[begin:end])
        begin = end
    return out
