"""The articles kept from training, as they stand and as other houses print them: what the decoder is tuned on."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from training.labelled import ATT1, ROLE1, ROLES, SOURCE, Labelled, from_row, read_rows
from training.styles import augment
from training.train import split

COPIES = 2
"""How often each held-out article is restyled."""


def held_out(data: Path) -> list[dict]:
    """Each held-out article once, as the corpus has it."""
    _, held = split(read_rows(data / "polnear-train.jsonl.gz"))
    return list({row["text"]: row for row in held}.values())


def restyled(rows: list[dict], *, seed: int = 7) -> list[dict]:
    """The articles of `rows` in other house styles, with their attributions; the same for the same seed."""
    rng = random.Random(seed)
    made = [augment(from_row(row), rng, plain_share=0.0) for row in rows for _ in range(COPIES)]
    return [{"text": article.text, "attributions": attributions(article)} for article in made]


def attributions(article: Labelled) -> list[dict]:
    """The outer attributions that the labels of an article say."""
    role, owner = article.labels[:, ROLE1], article.labels[:, ATT1]
    out = []
    for k in np.unique(owner[role > 0]).tolist():
        spans = {name: _runs((role == number) & (owner == k)) for name, number in ROLES.items()}
        if not spans["source"] and k in article.shared:
            spans["source"] = _runs((role == SOURCE) & (owner == article.shared[k]))
        if spans["content"]:
            out.append(spans)
    return out


def _runs(hit: np.ndarray) -> list[list[int]]:
    """Where `hit` holds in a row: pairs of start and end."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], hit.astype(np.int8), [0]])))
    return [[int(a), int(b)] for a, b in zip(edges[0::2], edges[1::2], strict=True)]
