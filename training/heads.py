"""Train what finds mentions on an encoder that stays as it is: quick, and the statements keep their figures.

    python -m training.heads --data ../shared/data/attribution --mentions ../shared/data/mentions \
        --weights work/both.pt --out work/tagger.pt
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from pathlib import Path

import torch
from torch import Tensor

from training.examples import Example, windows
from training.losses import WEIGHTS, mention_losses
from training.mentions import Marked, encode_marked, read_gum, read_silver
from training.model import MENTION_WEIGHTS, Tagger
from training.train import tokenizer


@torch.no_grad()
def states_of(model: Tagger, examples: list[Example]) -> list[Tensor]:
    """The encoder's states of every window, float16 (pieces, 2 * WIDTH)."""
    out = []
    for example in examples:
        ids, features = torch.from_numpy(example.ids)[None], torch.from_numpy(example.features)[None]
        out.append(model.states(ids, features)[0].half())
    return out


def silver_texts(mentions: Path, articles: Path, share: float) -> list[Marked]:
    """A share of the articles that CoreNLP has read."""
    silver = read_silver(mentions / "polnear-corenlp-silver-train.jsonl.gz")
    with gzip.open(articles / "polnear-train.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines) if row["id"] in silver}
    chosen = sorted(texts)[:: max(1, round(1 / share))] if share else []
    return [Marked(texts[k], silver[k], False) for k in chosen]


def main() -> None:
    """Train and write the whole tagger."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--mentions", type=Path, required=True)
    a.add_argument("--data", type=Path, required=True, help="folder of PolNeAR, for the texts that CoreNLP has read")
    a.add_argument("--weights", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--epochs", type=int, default=14)
    a.add_argument("--silver", type=float, default=0.12, help="share of the silver articles")
    a.add_argument("--rate", type=float, default=1e-3)
    a.add_argument("--limit", type=int, help="texts of GUM, to try it out")
    a.add_argument("--threads", type=int, default=0)
    args = a.parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.manual_seed(3)
    rng, tok, model = random.Random(3), tokenizer(), Tagger(dropout=0.15)
    model.load_older(args.weights)
    model.eval()
    texts = read_gum(args.mentions / "gum-train.jsonl.gz")[: args.limit] + silver_texts(
        args.mentions, args.data, args.silver
    )
    examples = [w for text in texts for w in windows(encode_marked(text, tok), rng)]
    clock = time.time()
    states = states_of(model, examples)
    print(len(examples), "windows", f"{time.time() - clock:.0f} s", flush=True)
    names = [n for n, _ in model.named_parameters() if n.startswith(MENTION_WEIGHTS)]
    own = dict(model.named_parameters())
    optimiser = torch.optim.AdamW(
        [
            {"params": [own[n] for n in names if n.startswith("mentions")], "full": args.rate},
            {"params": [own[n] for n in names if not n.startswith("mentions")], "full": 30 * args.rate},
        ],
        weight_decay=0.01,
    )
    model.train()
    drop = torch.nn.Dropout(0.15)
    per_step, step = 6, 0
    order = list(range(len(examples)))
    total = args.epochs * (len(order) // per_step)
    for epoch in range(args.epochs):
        rng.shuffle(order)
        sums: dict[str, float] = {}
        for begin in range(0, len(order) - per_step + 1, per_step):
            chosen = order[begin : begin + per_step]
            for group in optimiser.param_groups:
                group["lr"] = group["full"] * min(1.0, (step + 1) / 50) * (1 - step / total)
            vectors = [model.mentions(drop(states[k].float()[None]), None)[0] for k in chosen]
            parts = mention_losses(model, vectors, [examples[k] for k in chosen])
            loss = sum(WEIGHTS[name] * value for name, value in parts.items())
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[union-attr]
            torch.nn.utils.clip_grad_norm_([own[n] for n in names], 1.0)
            optimiser.step()
            step += 1
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach()) * per_step / len(order)
        print(epoch + 1, f"{time.time() - clock:.0f} s", {k: round(v, 3) for k, v in sums.items()}, flush=True)
        torch.save(model.state_dict(), args.out)


if __name__ == "__main__":
    main()
