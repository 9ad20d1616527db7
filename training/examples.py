"""Labelled articles -> windows of word pieces with the targets of the tagger."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from onrecord.extract.layout import OWN_WORDS, ROLE_TAGS
from onrecord.extract.pieces import GAP_LINE, cut_pieces
from training.labelled import ATT1, ATT2, CONTENT, CUE, NONE, OWN, ROLE1, ROLE2, SOURCE, UNKNOWN, Labelled

IGNORE = -100
PER_PIECE = ("ids", "features", "tags", "own", "asks", "keys", "step", "head")
WINDOW = 512


@dataclass
class Example:
    """One window.

    Attributes:
        ids, features: The pieces; int64 (pieces,) and (3, pieces).
        tags: int64 (2, pieces), a role tag for each level, IGNORE where unknown.
        own: int64 (pieces,), 1 where content is the speaker's own words, IGNORE outside content.
        asks, keys: int64 (4, pieces): group of a piece as the beginning of a pointer and as its end. A piece that
            points nowhere has -1; one that points to nothing on purpose has -2.
        step: int64 (pieces,), number of the paragraph.
        head: bool (pieces,), whether the piece begins a word.
        mentions: int64 (mentions, 4): first piece of the first word, first piece of the last word, kind (-1 unknown),
            entity (-1 if nobody has looked). Sorted by begin, the longer first.
        words: What the words of each mention are, in lower case.
        complete: Whether all mentions are marked.
    """

    ids: np.ndarray
    features: np.ndarray
    tags: np.ndarray
    own: np.ndarray
    asks: np.ndarray
    keys: np.ndarray
    step: np.ndarray
    head: np.ndarray
    mentions: np.ndarray
    words: list[list[str]]
    complete: bool

    def __len__(self) -> int:
        return len(self.ids)


def _tags(role: np.ndarray, att: np.ndarray) -> np.ndarray:
    """BIO tags from the role and attribution of each piece."""
    begins = np.ones(len(role), dtype=bool)
    begins[1:] = (role[1:] != role[:-1]) | (att[1:] != att[:-1])
    tag = np.where(role > 0, 2 * role - 1 + ~begins, 0)
    return np.where(role == UNKNOWN, IGNORE, tag)


def encode(article: Labelled, tokenizer: Tokenizer) -> Example:
    """The whole article as one example."""
    pieces = cut_pieces(article.text, tokenizer)
    lab = article.labels[pieces.starts].astype(np.int64)
    # A piece takes the labels of its word's first code point: no span begins inside a word.
    n = len(pieces)
    tags = np.stack([_tags(lab[:, ROLE1], lab[:, ATT1]), _tags(lab[:, ROLE2], lab[:, ATT2])])
    own = np.where((lab[:, ROLE1] == CONTENT) & (lab[:, OWN] < 2), lab[:, OWN], IGNORE)
    asks, keys = np.full((4, n), -1, dtype=np.int64), np.full((4, n), -1, dtype=np.int64)
    for level, (rc, ac) in enumerate(((ROLE1, ATT1), (ROLE2, ATT2))):
        role, att = article.labels[:, rc], article.labels[:, ac]
        cued = set(att[role == CUE].tolist())
        sourced = set(att[role == SOURCE].tolist())
        shared = article.shared
        p_role, p_att = lab[:, rc], lab[:, ac]
        content, cue, source = p_role == CONTENT, p_role == CUE, p_role == SOURCE
        asks[2 * level][content] = [k if k in cued else -2 for k in p_att[content].tolist()]
        keys[2 * level][cue] = p_att[cue]
        holder = [shared.get(k, k) for k in p_att[cue].tolist()]
        asks[2 * level + 1][cue] = [k if k in sourced else -2 for k in holder]
        keys[2 * level + 1][source] = p_att[source]
    step = np.cumsum(pieces.features[2] >= GAP_LINE).astype(np.int64)
    none = np.zeros((0, 4), dtype=np.int64)
    return Example(
        pieces.ids.astype(np.int64),
        pieces.features.astype(np.int64),
        tags,
        own,
        asks,
        keys,
        step,
        pieces.head,
        none,
        [],
        False,
    )


def windows(example: Example, rng: random.Random, overlap: int = 64) -> Iterator[Example]:
    """Cut an article into windows, from a random beginning."""
    n = len(example)
    begin = 0 if n <= WINDOW else -rng.randint(0, WINDOW - overlap - 1)
    while begin < n - (overlap if begin > 0 else 0):
        a, b = max(begin, 0), min(begin + WINDOW, n)
        if b - a > 16:
            inside = (example.mentions[:, 0] >= a) & (example.mentions[:, 1] < b)
            yield Example(
                *(getattr(example, f)[..., a:b] for f in PER_PIECE),
                example.mentions[inside] - np.array([a, a, 0, 0]),
                [example.words[k] for k in np.flatnonzero(inside)],
                example.complete,
            )
        begin += WINDOW - overlap


def batches(pool: list[Example], budget: int, rng: random.Random) -> list[list[Example]]:
    """Batches of windows of like length, at most `budget` pieces with padding."""
    pool = sorted(pool, key=len)
    out: list[list[Example]] = []
    for example in pool:
        if out and len(example) * (len(out[-1]) + 1) <= budget:
            out[-1].append(example)
        else:
            out.append([example])
    rng.shuffle(out)
    return out


assert len(ROLE_TAGS) == 7 and OWN_WORDS == 14 and NONE == 0
