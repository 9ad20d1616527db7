"""Pieces of which ``training.styles`` builds paragraphs: one attribution each, taken apart."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from training.labelled import ATT1, CONTENT, CUE, NONE, OWN, ROLE1, SOURCE, Labelled, filled, join
from training.words import ROLE_SOURCES, SAY_VERBS, invented_name

EDGE = " \u00a0\n“”\"«»„‘’'"
"""Marks and spaces at the ends of a quotation."""


@dataclass
class Simple:
    """An attribution that stands alone in its paragraph."""

    k: int
    content: list[Labelled]
    cue: Labelled
    source: Labelled
    direct: bool


def attribution_sizes(article: Labelled) -> dict[int, int]:
    """How many labelled code points has each attribution?"""
    keys, counts = np.unique(article.labels[article.labels[:, ROLE1] != NONE, ATT1], return_counts=True)
    return dict(zip(keys.tolist(), counts.tolist(), strict=True))


def stretches(part: Labelled, role: int, k: int) -> list[Labelled]:
    """The contiguous stretches of one role of one attribution."""
    hit = np.flatnonzero((part.labels[:, ROLE1] == role) & (part.labels[:, ATT1] == k))
    if len(hit) == 0:
        return []
    cuts = np.flatnonzero(np.diff(hit) > 1)
    begins, ends = np.append(hit[0], hit[cuts + 1]), np.append(hit[cuts], hit[-1]) + 1
    return [part[int(b) : int(e)] for b, e in zip(begins, ends, strict=True)]


def alone(par: Labelled, sizes: dict[int, int]) -> Simple | None:
    """The attribution of a paragraph that has just this one, whole, with a source, and little else."""
    lab = par.labels
    ks = np.unique(lab[lab[:, ROLE1] != NONE, ATT1])
    if len(ks) != 1 or int((lab[:, ROLE1] != NONE).sum()) != sizes[int(ks[0])]:
        return None
    k = int(ks[0])
    content, cue, source = (stretches(par, role, k) for role in (CONTENT, CUE, SOURCE))
    if not content or len(cue) != 1 or len(source) != 1 or (lab[:, ROLE1] == NONE).sum() > 60:
        return None
    own = np.concatenate([c.labels[:, OWN] for c in content])
    letters = np.array([ch.isalnum() for c in content for ch in c.text])
    share = float((own[letters] == 1).mean()) if letters.any() else 0.0
    if 0.02 < share < 0.98:
        return None
    return Simple(k, content, cue[0], source[0], share >= 0.98)


def strip(part: Labelled, chars: str = EDGE) -> Labelled:
    """Without marks and spaces at its ends."""
    left = len(part.text) - len(part.text.lstrip(chars))
    right = len(part.text.rstrip(chars))
    return part[left:right] if left < right else part[0:0]


def own_words(s: Simple, shared: dict[int, int], stop: str = ".") -> Labelled:
    """The content as one stretch of the speaker's own words without marks."""
    parts: list[Labelled] = []
    for n, piece in enumerate(s.content):
        piece = strip(piece)
        if not len(piece):
            continue
        if parts:
            parts.append(filled(" ", CONTENT, s.k, 1))
        last = piece.text[-1]
        final = n == len(s.content) - 1
        if last in ",;":
            piece = join(
                [
                    piece[0:-1],
                    filled(
                        stop if final or s.content[n + 1].text.strip(EDGE)[:1].isupper() else ",",
                        CONTENT,
                        s.k,
                        1,
                    ),
                ],
                shared,
            )
        elif final and last not in ".!?…" and stop:
            piece = join([piece, filled(stop, CONTENT, s.k, 1)], shared)
        parts.append(piece)
    out = join(parts, shared)
    out = Labelled(out.text, out.labels.copy(), shared)
    out.labels[:, OWN] = 1
    return out


def cue_of(s: Simple, rng: random.Random) -> Labelled:
    """The cue, or one of the plain verbs of saying in its place."""
    if rng.random() < 0.55 or not s.cue.text.strip():
        return filled(rng.choice(SAY_VERBS), CUE, s.k)
    return s.cue


def source_of(s: Simple, rng: random.Random) -> Labelled:
    """The source, or another one in its place."""
    roll = rng.random()
    if roll < 0.25:
        return filled(invented_name(rng), SOURCE, s.k)
    if roll < 0.45:
        return filled(rng.choice(ROLE_SOURCES), SOURCE, s.k)
    return s.source


def lower_first(part: Labelled) -> Labelled:
    """With a small first letter if it is a word that has one within a sentence."""
    return (
        Labelled(part.text[:1].lower() + part.text[1:], part.labels, part.shared)
        if part.text[:4] in ("The ", "A sp", "He", "She", "They") or part.text.lower() in ("he", "she", "they")
        else part
    )
