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
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.extract.pieces import cut_pieces
from training.examples import Example, batches, encode, windows
from training.inner import add_found, mark_inner
from training.labelled import Labelled, from_row, read_rows
from training.losses import loss_of
from training.mentions import Marked, encode_marked, mark, read_gum, read_silver
from training.model import Tagger, encoder_folder
from training.styles import augment

HEADS, BIASES = {"tags", "pointers", "feature", "mentions"}, {"null", "distance", "step", "apart", "same"}
MASK = 103
"""The piece that stands for a hidden one."""
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


def read_inside(path: Path) -> dict[str, list[dict]]:
    """What ``training.inside`` found, by article."""
    with path.open(encoding="utf-8") as lines:
        return {row["id"]: row["inner"] for row in map(json.loads, lines)}


def labelled(row: dict, inside: dict[str, list[dict]] | None) -> Labelled:
    """A row with the statements inside its contents, where they are known."""
    article = from_row(row)
    return article if inside is None else add_found(article, row, inside.get(row["id"], []))


@dataclass
class Feed:
    """What is trained on.

    Attributes:
        articles: Articles with their attributions, and their mentions as a machine saw them.
        texts: Windows of texts whose mentions people marked.
        every: One batch in so many is of the latter; 0: none.
        cover: Share of the pieces that are hidden from the tagger.
    """

    articles: list[tuple[Labelled, list | None]]
    texts: list[Example]
    every: int
    cover: float

    def batches(
        self, tok: Tokenizer, budget: int, rng: random.Random, plain_share: Callable[[], float]
    ) -> Iterator[list[Example]]:
        """Batches without end; every article comes once before any comes again."""
        marked = self._marked(budget, rng)
        for n, batch in enumerate(self._attributed(tok, budget, rng, plain_share), 1):
            yield self._covered(batch, rng)
            if self.every and n % (self.every - 1) == 0:
                yield self._covered(next(marked), rng)

    def _attributed(
        self, tok: Tokenizer, budget: int, rng: random.Random, plain_share: Callable[[], float]
    ) -> Iterator[list[Example]]:
        while True:
            order = self.articles[:]
            rng.shuffle(order)
            for begin in range(0, len(order), 60):
                pool: list[Example] = []
                for article, mentions in order[begin : begin + 60]:
                    made = augment(article, rng, plain_share=plain_share())
                    example = encode(made, tok)
                    if mentions and made.text == article.text:
                        pieces = cut_pieces(made.text, tok)
                        example = mark(example, pieces.starts, pieces.ends, Marked(made.text, mentions, False))
                    pool += windows(example, rng)
                yield from batches(pool, budget, rng)

    def _marked(self, budget: int, rng: random.Random) -> Iterator[list[Example]]:
        while True:
            yield from batches([w for text in self.texts for w in windows(text, rng)], budget, rng)

    def _covered(self, batch: list[Example], rng: random.Random) -> list[Example]:
        if not self.cover:
            return batch
        dice = np.random.default_rng(rng.getrandbits(32))
        return [replace(e, ids=np.where(dice.random(len(e)) < self.cover, MASK, e.ids)) for e in batch]


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
        for name, value in loss_of(model, batch, device)[1].items():
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
    a.add_argument("--mentions", type=Path, help="folder of GUM and the CoreNLP layer; left out: no mentions")
    a.add_argument("--inside", type=Path, help="what training.inside found; left out: inner statements by form alone")
    a.add_argument("--every", type=int, default=4, help="one batch in so many is of GUM")
    a.add_argument("--cover", type=float, default=0.0, help="share of the pieces hidden from the tagger")
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
    silver = read_silver(args.mentions / "polnear-corenlp-silver-train.jsonl.gz") if args.mentions else {}
    inside = read_inside(args.inside) if args.inside else None
    articles = [(labelled(r, inside), silver.get(r["id"])) for r in rows]
    texts = read_gum(args.mentions / "gum-train.jsonl.gz") if args.mentions else []
    feed = Feed(articles, [encode_marked(t, tok) for t in texts], args.every if texts else 0, args.cover)
    kept = [w for r in held for w in windows(encode(mark_inner(from_row(r), fixed), tok), fixed)]
    pool = batches(kept, args.budget, fixed)
    model = Tagger().to(device)
    if args.init:
        model.load_older(args.init)
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
    share = lambda: args.plain[step >= args.steps - args.decay]  # noqa: E731
    for step, batch in zip(range(begin, args.steps), feed.batches(tok, args.budget, rng, share), strict=False):
        for group in optimiser.param_groups:
            group["lr"] = group["full"] * rate(step, args)
        loss, parts = loss_of(model, batch, device)
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
