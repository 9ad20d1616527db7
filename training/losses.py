"""What the tagger's mistakes cost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from onrecord.extract.layout import (
    LEVELS,
    LONGEST_MENTION,
    OWN_WORDS,
    PAIR_WIDTH,
    POINTER_WIDTH,
    POINTERS,
    ROLE_TAGS,
    SPAN_WIDTH,
    distance_bucket,
    mention_columns,
    step_bucket,
)
from training.examples import IGNORE, Example
from training.mentions import sameness
from training.model import Tagger

WEIGHTS = {"pointers": 0.3, "own": 0.2, "inner": 0.5, "spans": 0.3, "pairs": 0.2}
"""Share of each part beside the outer tags, which count 1."""


def collate(batch: list[Example], device: torch.device) -> dict[str, Tensor]:
    """Pad a batch; see Example for the fields."""
    n = max(map(len, batch))
    fill = {"ids": 0, "features": 0, "tags": IGNORE, "own": IGNORE, "asks": -1, "keys": -1, "step": 0}
    out = {}
    for name, value in fill.items():
        rows = [getattr(e, name) for e in batch]
        padded = [np.pad(r, [(0, 0)] * (r.ndim - 1) + [(0, n - r.shape[-1])], constant_values=value) for r in rows]
        out[name] = torch.from_numpy(np.stack(padded)).to(device)
    out["mask"] = torch.from_numpy(np.stack([np.arange(n) < len(e) for e in batch])).to(device)
    return out


def pointer_logits(model: Tagger, vectors: Tensor, step: Tensor, rows: Tensor, p: int) -> Tensor:
    """(rows, 1 + pieces): from some pieces of one window to nothing and to each piece, pointer p.

    Args:
        vectors: (pieces, 2 * pointers * width), of the window.
        step: int64 (pieces,), number of each piece's paragraph.
        rows: int64 (rows,), the pieces that point.
    """
    n = len(step)
    v = vectors.view(n, len(POINTERS), 2, POINTER_WIDTH)
    places, steps = np.arange(n), step.cpu().numpy()
    at = rows.cpu().numpy()
    far = torch.from_numpy(distance_bucket(places[None, :] - places[at][:, None])).to(vectors.device)
    near = torch.from_numpy(step_bucket(steps[None, :] - steps[at][:, None])).to(vectors.device)
    score = v[rows, p, 0] @ v[:, p, 1].T / POINTER_WIDTH**0.5 + model.distance[p][far] + model.step[p][near]
    return torch.cat([model.null[p].expand(len(rows), 1), score], dim=1)


def _tag_losses(logits: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    size, out = len(ROLE_TAGS), {}
    for level in range(LEVELS):
        want = batch["tags"][:, level].flatten()
        if (want != IGNORE).any():
            given = logits[..., level * size : (level + 1) * size].flatten(0, 1)
            out[f"tags{level}"] = F.cross_entropy(given, want, ignore_index=IGNORE)
    known = batch["own"] != IGNORE
    if known.any():
        out["own"] = F.binary_cross_entropy_with_logits(logits[..., OWN_WORDS][known], batch["own"][known].float())
    return out


def _pointer_losses(model: Tagger, vectors: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """The mass that pointers put on the right span."""
    out = {}
    for p in range(len(POINTERS)):
        ask, key = batch["asks"][:, p], batch["keys"][:, p]
        losses = []
        for k, length in enumerate(batch["mask"].sum(1).tolist()):
            rows = (ask[k, :length] != -1).nonzero()[:, 0]
            if not len(rows):
                continue
            target = (ask[k, rows][:, None] == key[k, None, :length]) & (ask[k, rows] >= 0)[:, None]
            target = torch.cat([(ask[k, rows] == -2)[:, None], target], dim=1)
            within = target.any(1)  # the cue may lie outside the window
            if not within.any():
                continue
            score = pointer_logits(model, vectors[k, :length], batch["step"][k, :length], rows[within], p)
            right = score.masked_fill(~target[within], -1e4)
            losses.append(torch.logsumexp(score, 1) - torch.logsumexp(right, 1))
        if losses:
            out[f"pointer{p}"] = torch.cat(losses).mean()
    return out


def span_logits(vectors: Tensor) -> Tensor:
    """(words, lengths, 1 + kinds): is the stretch from a word over 1, 2, … words a mention (0: none), and of what?

    Args:
        vectors: (words, MENTION_WIDTH), of the words of one window. Stretches that leave it have -1e4 for all kinds.
    """
    n = len(vectors)
    lag = torch.arange(LONGEST_MENTION, device=vectors.device)
    end = torch.arange(n, device=vectors.device)[:, None] + lag[None, :]
    outside = end >= n
    end = end.clamp(max=n - 1)
    part = lambda name: vectors[:, mention_columns(name)]  # noqa: E731
    fit = part("begin") @ part("end").T / SPAN_WIDTH**0.5
    kind = part("kind of begin")[:, None, :] + part("kind of end")[end] + fit.gather(1, end)[..., None]
    kind = kind.masked_fill(outside[..., None], -1e4)
    return torch.cat([kind.new_zeros(n, LONGEST_MENTION, 1), kind], dim=2)


def pair_logits(model: Tagger, vectors: Tensor, begin: Tensor, end: Tensor, same: Tensor) -> Tensor:
    """(mentions, 1 + mentions): is a mention new (column 0), or the same as an earlier one? Later ones have -1e4.

    Args:
        vectors: (words, MENTION_WIDTH).
        begin, end: int64 (mentions,), first and last word.
        same: float (mentions, mentions, SAMENESS).
    """
    part = lambda name, at: vectors[at][:, mention_columns(name)]  # noqa: E731
    ask = part("ask of begin", begin) + part("ask of end", end)
    key = part("key of begin", begin) + part("key of end", end)
    apart = begin.cpu().numpy()
    far = torch.from_numpy(distance_bucket(apart[None, :] - apart[:, None])).to(vectors.device)
    score = ask @ key.T / PAIR_WIDTH**0.5 + model.apart[far] + same @ model.same
    n = len(begin)
    later = torch.triu(torch.ones(n, n, dtype=torch.bool, device=vectors.device))
    new = part("new of begin", begin) + part("new of end", end)
    return torch.cat([new, score.masked_fill(later, -1e4)], dim=1)


def mention_losses(model: Tagger, vectors: Sequence[Tensor], batch: list[Example]) -> dict[str, Tensor]:
    """Of mentions, and of which is which again; vectors: (pieces, MENTION_WIDTH) of each window."""
    spans, pairs = [], []
    for k, example in enumerate(batch):
        if not len(example.mentions):
            continue
        heads = np.flatnonzero(example.head)
        own = vectors[k]
        words = own[torch.from_numpy(heads).to(own.device)]
        begin = torch.from_numpy(np.searchsorted(heads, example.mentions[:, 0])).to(own.device)
        end = torch.from_numpy(np.searchsorted(heads, example.mentions[:, 1])).to(own.device)
        kind = torch.from_numpy(example.mentions[:, 2]).to(own.device)
        logits = span_logits(words)
        if example.complete:
            want = torch.zeros(logits.shape[:2], dtype=torch.long, device=own.device)
            want[begin, end - begin] = 1 + kind
            inside = logits[..., 1] > -1e3
            spans.append(F.cross_entropy(logits[inside], want[inside], reduction="sum") / len(heads))
        elif (kind >= 0).any():
            at = kind >= 0
            cost = F.cross_entropy(logits[begin[at], (end - begin)[at]], 1 + kind[at], reduction="sum")
            spans.append(0.3 * cost / len(heads))
        entity = torch.from_numpy(example.mentions[:, 3]).to(own.device)
        same = torch.from_numpy(sameness(example.words)).to(own.device).float()
        score = pair_logits(model, words, begin, end, same)
        right = (entity[:, None] == entity[None, :]) & torch.tril(torch.ones_like(score[:, 1:], dtype=torch.bool), -1)
        target = torch.cat([~right.any(1, keepdim=True), right], dim=1)
        pairs.append(torch.logsumexp(score, 1) - torch.logsumexp(score.masked_fill(~target, -1e4), 1))
    out = {}
    if spans:
        out["spans"] = torch.stack(spans).mean()
    if pairs:
        out["pairs"] = torch.cat(pairs).mean()
    return out


def loss_of(model: Tagger, batch: list[Example], device: torch.device) -> tuple[Tensor, dict[str, float]]:
    """Cross-entropy of tags and own words, of pointers, of mentions and their pairs; in sum and one by one."""
    tensors = collate(batch, device)
    logits, vectors, mentions = model(tensors["ids"], tensors["features"], tensors["mask"])
    parts = _tag_losses(logits, tensors) | _pointer_losses(model, vectors, tensors)
    parts |= mention_losses(model, mentions, batch)
    total = logits.new_zeros(())
    for name, value in parts.items():
        inner = WEIGHTS["inner"] if name in {"tags1", "pointer2", "pointer3"} else 1.0
        group = WEIGHTS["pointers"] if name.startswith("pointer") else WEIGHTS.get(name, 1.0)
        total = total + value * inner * group
    return total, {name: float(value.detach()) for name, value in parts.items()}
