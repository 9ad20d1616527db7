"""Train the tagger: articles -> checkpoint. Resumable; CPU or GPU.

    python -m training.train --data ../shared/data/attribution --out work --steps 3000

The rate of learning warms up, stays, and decays over the last --decay steps. What is evaluated and exported are the
averaged weights (exponential, --average).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.extract.layout import (
    LEVELS,
    OWN_WORDS,
    POINTER_WIDTH,
    POINTERS,
    ROLE_TAGS,
    distance_bucket,
    step_bucket,
)
from training.examples import IGNORE, Example, batches, encode, windows
from training.inner import mark_inner
from training.labelled import Labelled, from_row, read_rows
from training.model import Tagger, encoder_folder
from training.styles import augment

HEADS, BIASES = {"tags", "pointers", "feature"}, {"null", "distance", "step"}
HELD_OUT_EVERY = 20
"""Every 20th training article is kept from training, to tune and calibrate the decoder on."""


def tokenizer() -> Tokenizer:
    """The base encoder's tokenizer without truncation and padding."""
    tok = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
    tok.no_truncation()
    tok.no_padding()
    return tok


def split(rows: list[dict]) -> tuple[list[dict], list[dict]]:
    """Training rows and held-out rows; all versions of an article on one side."""
    texts = sorted({r["text"] for r in rows})
    held = set(texts[::HELD_OUT_EVERY])
    return [r for r in rows if r["text"] not in held], [r for r in rows if r["text"] in held]


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


def loss_of(
    model: Tagger, batch: dict[str, Tensor], weights: tuple[float, float, float]
) -> tuple[Tensor, dict[str, float]]:
    """Cross-entropy of tags, of own words, and of pointers (the mass on the right span)."""
    logits, vectors = model(batch["ids"], batch["features"], batch["mask"])
    size = len(ROLE_TAGS)
    parts = {}
    tag_loss = logits.new_zeros(())
    for level in range(LEVELS):
        one = F.cross_entropy(
            logits[..., level * size : (level + 1) * size].flatten(0, 1),
            batch["tags"][:, level].flatten(),
            ignore_index=IGNORE,
        )
        parts[f"tags{level}"] = float(one.detach())
        tag_loss = tag_loss + one * (1.0 if level == 0 else weights[2])
    own = batch["own"]
    known = own != IGNORE
    own_loss = (
        F.binary_cross_entropy_with_logits(logits[..., OWN_WORDS][known], own[known].float())
        if known.any()
        else logits.new_zeros(())
    )
    pointer_loss = logits.new_zeros(())
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
            one = torch.cat(losses).mean()
            parts[f"pointer{p}"] = float(one.detach())
            pointer_loss = pointer_loss + one * (1.0 if p < 2 else weights[2])
    parts["own"] = float(own_loss.detach())
    return tag_loss + weights[0] * pointer_loss + weights[1] * own_loss, parts


def stream(
    articles: list[Labelled], tok: Tokenizer, budget: int, rng: random.Random, plain_share: Callable[[], float]
) -> Iterator[list[Example]]:
    """Batches without end; every article comes once before any comes again."""
    while True:
        order = articles[:]
        rng.shuffle(order)
        for begin in range(0, len(order), 60):
            made = (augment(a, rng, plain_share=plain_share()) for a in order[begin : begin + 60])
            yield from batches([w for a in made for w in windows(encode(a, tok), rng)], budget, rng)


def rate(step: int, args: argparse.Namespace) -> float:
    """Share of the full rate of learning."""
    if step < args.warm_up:
        return (step + 1) / args.warm_up
    left = args.steps - step
    return min(1.0, max(0.0, left / args.decay)) if args.decay else 1.0


@torch.no_grad()
def held_out_loss(model: Tagger, pool: list[list[Example]], device: torch.device) -> dict[str, float]:
    """Mean losses on the held-out articles."""
    model.eval()
    total: dict[str, list[float]] = {}
    for batch in pool:
        for name, value in loss_of(model, collate(batch, device), (1, 1, 1))[1].items():
            total.setdefault(name, []).append(value)
    model.train()
    return {k: round(float(np.mean(v)), 4) for k, v in total.items()}


def parse() -> argparse.Namespace:
    """The command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--out", type=Path, default=Path("work"))
    a.add_argument("--init", type=Path, help="start from these weights instead of the base encoder")
    a.add_argument(
        "--plain",
        type=float,
        nargs=2,
        default=(0.4, 0.6),
        help="share of articles as they stand, before and in the decay",
    )
    a.add_argument("--steps", type=int, default=3000)
    a.add_argument("--decay", type=int, default=1200)
    a.add_argument("--warm-up", type=int, default=100)
    a.add_argument("--budget", type=int, default=4096, help="pieces in a batch")
    a.add_argument("--encoder-rate", type=float, default=2e-4)
    a.add_argument("--head-rate", type=float, default=1e-3)
    a.add_argument("--average", type=float, default=0.997)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--threads", type=int, default=0)
    a.add_argument("--save-every", type=int, default=100)
    return a.parse_args()


def optimiser_of(model: Tagger, args: argparse.Namespace) -> torch.optim.AdamW:
    """AdamW with a rate of its own for the encoder, the heads and the pointers' biases."""
    sets: dict[str, list[torch.nn.Parameter]] = {"encoder": [], "heads": [], "biases": []}
    for name, parameter in model.named_parameters():
        part = name.split(".")[0]
        sets["biases" if part in BIASES else "heads" if part in HEADS else "encoder"].append(parameter)
    optimiser = torch.optim.AdamW(
        [
            {"params": sets["encoder"], "lr": args.encoder_rate},
            {"params": sets["heads"], "lr": args.head_rate},
            # Single numbers that must travel far: a step of Adam moves a weight by about its rate.
            {"params": sets["biases"], "lr": 30 * args.head_rate, "weight_decay": 0.0},
        ],
        weight_decay=0.01,
        fused=True,
    )
    for group in optimiser.param_groups:
        group["full"] = group["lr"]
    return optimiser


def main() -> None:
    """Train, or go on training."""
    args = parse()
    if args.threads:
        torch.set_num_threads(args.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    tok = tokenizer()
    rows, held = split(read_rows(args.data / "polnear-train.jsonl.gz"))
    rng, fixed = random.Random(args.seed), random.Random(0)
    articles = [from_row(r) for r in rows]
    kept = [w for r in held for w in windows(encode(mark_inner(from_row(r), fixed), tok), fixed)]
    pool = batches(kept, args.budget, fixed)
    model = Tagger().to(device)
    if args.init:
        model.load_state_dict(torch.load(args.init, map_location=device, weights_only=True))
    else:
        model.load_encoder()
    optimiser = optimiser_of(model, args)
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    begin, path = 0, args.out / "checkpoint.pt"
    if path.exists():
        saved = torch.load(path, map_location=device, weights_only=True)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        average, begin = saved["average"], saved["step"]
        rng.seed(args.seed + begin)
        torch.manual_seed(args.seed + begin)
        print("resumed at step", begin, flush=True)
    model.train()
    clock = time.time()
    sums: dict[str, float] = {}
    step = begin
    # Towards the end the articles come more often as they stand.
    feed = stream(articles, tok, args.budget, rng, lambda: args.plain[step >= args.steps - args.decay])
    for step, batch in zip(range(begin, args.steps), feed, strict=False):
        for group in optimiser.param_groups:
            group["lr"] = group["full"] * rate(step, args)
        loss, parts = loss_of(model, collate(batch, device), (0.3, 0.2, 0.5))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        keep = min(args.average, (step + 1) / (step + 10))
        for k, v in model.state_dict().items():
            average[k].lerp_(v.detach(), 1 - keep)
        for k, v in parts.items():
            sums[k] = sums.get(k, v) * 0.97 + v * 0.03
        if (step + 1) % 20 == 0:
            print(
                step + 1, f"{(time.time() - clock) / 20:.2f} s", {k: round(v, 3) for k, v in sums.items()}, flush=True
            )
            clock = time.time()
        last = step + 1 == args.steps
        if (step + 1) % args.save_every == 0 or last:
            save(args.out, model, optimiser, average, step + 1)
        if (step + 1) % (4 * args.save_every) == 0 or last:
            report = with_average(model, average, lambda: held_out_loss(model, pool, device))
            print("held out", step + 1, report, flush=True)
            with (args.out / "log.jsonl").open("a") as log:
                log.write(json.dumps({"step": step + 1, **report}) + "\n")
            clock = time.time()


def save(out: Path, model: Tagger, optimiser: torch.optim.AdamW, average: dict[str, Tensor], step: int) -> None:
    """Write the checkpoint, whole or not at all, and the averaged weights."""
    state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "average": average, "step": step}
    torch.save(state, out / "checkpoint.new")
    (out / "checkpoint.new").replace(out / "checkpoint.pt")
    torch.save(average, out / "average.pt")


def with_average(model: Tagger, average: dict[str, Tensor], ask: Callable[[], dict[str, float]]) -> dict[str, float]:
    """Ask a question of the averaged weights, then go back to the trained ones."""
    own = {k: v.clone() for k, v in model.state_dict().items()}
    model.load_state_dict(average)
    answer = ask()
    model.load_state_dict(own)
    return answer


if __name__ == "__main__":
    main()
