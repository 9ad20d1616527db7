"""Train the neural comparison of two statements, and export it as int8 ONNX. Resumable; CPU or GPU.

    python -m training.pairs_neural --data ../shared/data --out work/pairs --minutes 60
    python -m training.pairs_neural --data ../shared/data --out work/pairs --export src/onrecord/models/pairs

The base encoder reads both statements at once (a cross-encoder); its first piece says whether the second tells the same
as the first, more narrowly, more broadly, the contrary, or something else, and whether both tell of one act of
reporting. The rate of learning warms up, stays, and falls to nothing as the minutes run out; what is measured and
exported are averaged weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.export import write_int8
from training.model import LAYERS, POSITIONS, VOCABULARY, WIDTH, Layer, encoder_folder
from training.pairs_data import LABELS, Row, measured, training_rows

LONGEST = 128
OUTPUTS = len(LABELS) + 1
LICENCE = "Apache-2.0"
WARM, COOL = 0.06, 0.5
"""Shares of the whole time in which the rate of learning rises and falls."""


class Comparer(nn.Module):
    """Two texts in one row -> logits of their relation, and of one act of reporting."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.segment = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.between = nn.Linear(2 * WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, OUTPUTS)
        self.dropout = dropout

    def load_encoder(self) -> None:
        """Start from the base encoder's weights."""
        from safetensors.torch import load_file

        w = load_file(encoder_folder() / "model.safetensors")
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        own = {
            "word.weight": w["embeddings.word_embeddings.weight"],
            "position.weight": w["embeddings.position_embeddings.weight"],
            "segment.weight": w["embeddings.token_type_embeddings.weight"],
        }
        for kind in ("weight", "bias"):
            own[f"norm.{kind}"] = w[f"embeddings.LayerNorm.{kind}"]
            for k in range(LAYERS):
                old, new = f"encoder.layer.{k}", f"layers.{k}"
                parts = [w[f"{old}.attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                own[f"{new}.qkv.{kind}"] = torch.cat(parts)
                own[f"{new}.out.{kind}"] = w[f"{old}.attention.output.dense.{kind}"]
                own[f"{new}.norm1.{kind}"] = w[f"{old}.attention.output.LayerNorm.{kind}"]
                own[f"{new}.up.{kind}"] = w[f"{old}.intermediate.dense.{kind}"]
                own[f"{new}.down.{kind}"] = w[f"{old}.output.dense.{kind}"]
                own[f"{new}.norm2.{kind}"] = w[f"{old}.output.LayerNorm.{kind}"]
        missing, unexpected = self.load_state_dict(own, strict=False)
        assert not unexpected, unexpected
        assert all(name.startswith(("between.", "out.")) for name in missing), missing

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor) -> Tensor:
        """How do the two texts of each row stand to each other?

        Args:
            ids: int64 (rows, pieces): [CLS] a [SEP] b [SEP], padded with 0.
            segments: int64 (rows, pieces): 0 in a, 1 in b.
            mask: int64 (rows, pieces): 1 where there is a piece.

        Returns:
            float32 (rows, OUTPUTS): logits of LABELS, and of one act of reporting.
        """
        x = self.word(ids) + self.position(torch.arange(ids.shape[1], device=ids.device)) + self.segment(segments)
        x = F.dropout(self.norm(x), self.dropout, self.training)
        attend = mask[:, None, None, :] > 0
        for layer in self.layers:
            x = layer(x, attend)
        weights = mask[:, :, None].to(x.dtype)
        mean = (x * weights).sum(1) / weights.sum(1)
        pooled = torch.tanh(self.between(torch.cat([x[:, 0], mean], -1)))
        return self.out(F.dropout(pooled, self.dropout, self.training))


def tokenizer() -> Tokenizer:
    """The base encoder's tokenizer; of two long texts the longer is cut."""
    tok = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
    tok.enable_truncation(LONGEST, strategy="longest_first")
    tok.no_padding()
    return tok


def collate(rows: list[Row], tok: Tokenizer, device: torch.device) -> dict[str, Tensor]:
    """The tensors of one batch."""
    codes = tok.encode_batch([(r.a, r.b) for r in rows])
    n = max(len(c.ids) for c in codes)
    fill = {"ids": "ids", "segments": "type_ids", "mask": "attention_mask"}
    out = {
        name: torch.tensor(np.array([np.pad(getattr(c, field), (0, n - len(c.ids))) for c in codes]), device=device)
        for name, field in fill.items()
    }
    out["label"] = torch.tensor([LABELS.index(r.label) for r in rows], device=device)
    out["report"] = torch.tensor([r.report for r in rows], device=device)
    out["weight"] = torch.tensor([r.weight for r in rows], dtype=torch.float32, device=device)
    return out


def batches(data: Path, size: int, seed: int) -> Iterator[list[Row]]:
    """Batches without end; rows of like length together, so that little is padding."""
    while True:
        rows = training_rows(data, seed)
        rng = random.Random(seed)
        pools = [
            sorted(rows[k : k + 64 * size], key=lambda r: len(r.a) + len(r.b)) for k in range(0, len(rows), 64 * size)
        ]
        for pool in pools:
            starts = list(range(0, len(pool), size))
            rng.shuffle(starts)
            yield from (pool[k : k + size] for k in starts)
        seed += 1


def loss_of(model: Comparer, batch: dict[str, Tensor]) -> Tensor:
    """Cross-entropy of the relation, or, for pairs that ask about it, of one act of reporting."""
    logits = model(batch["ids"], batch["segments"], batch["mask"])
    relation = F.cross_entropy(logits[:, :-1], batch["label"], reduction="none", label_smoothing=0.05)
    told = F.binary_cross_entropy_with_logits(logits[:, -1], (batch["label"] == 0).float(), reduction="none")
    losses = torch.where(batch["report"], told, relation) * batch["weight"]
    return losses.sum() / batch["weight"].sum()


@torch.no_grad()
def predict(model: Comparer, rows: list[Row], tok: Tokenizer, device: torch.device) -> np.ndarray:
    """float32 (rows, OUTPUTS): probabilities of LABELS, and of one act of reporting."""
    model.eval()
    order = sorted(range(len(rows)), key=lambda k: len(rows[k].a) + len(rows[k].b))
    out = np.zeros((len(rows), OUTPUTS), dtype=np.float32)
    for k in range(0, len(rows), 64):
        at = order[k : k + 64]
        batch = collate([rows[i] for i in at], tok, device)
        logits = model(batch["ids"], batch["segments"], batch["mask"])
        out[at] = torch.cat([logits[:, :-1].softmax(-1), logits[:, -1:].sigmoid()], -1).cpu().numpy()
    model.train()
    return out


def measure(model: Comparer, data: Path, tok: Tokenizer, device: torch.device) -> dict[str, float]:
    """Figures on the development sets; see README of crossdoc for what they hold."""
    from sklearn.metrics import average_precision_score, f1_score

    out = {}
    for name, rows in measured(data):
        p = predict(model, rows, tok, device)
        labels = np.array([r.label for r in rows])
        if name == "ecb":
            out["ecb AP"] = float(average_precision_score(labels == "same", p[:, -1]))
            out["ecb AP of same"] = float(average_precision_score(labels == "same", p[:, 0]))
        elif name == "mrpc":
            near = 1 - p[:, LABELS.index("other")] - p[:, LABELS.index("contrary")]
            out["mrpc AP"] = float(average_precision_score(labels == "same", near))
            out["mrpc F1"] = float(f1_score(labels == "same", near >= 0.5))
            out["mrpc accuracy"] = float(((near >= 0.5) == (labels == "same")).mean())
        else:
            contrary = p[:, LABELS.index("contrary")] >= 0.5
            out[f"{name} contrary accuracy"] = float((contrary == (labels == "contrary")).mean())
            out[f"{name} contrary F1"] = float(f1_score(labels == "contrary", contrary))
    return {k: round(v, 4) for k, v in out.items()}


def parse() -> argparse.Namespace:
    """The command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True, help="the shared data folder")
    a.add_argument("--out", type=Path, required=True, help="checkpoint, averaged weights, log; taken up again if there")
    a.add_argument("--minutes", type=float, default=60, help="training time in all, pauses not counted")
    a.add_argument("--steps", type=int, default=0, help="stop after so many steps (for a try)")
    a.add_argument("--rows", type=int, default=32, help="pairs in a batch")
    a.add_argument("--rate", type=float, default=1.2e-4)
    a.add_argument("--average", type=float, default=0.995)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--threads", type=int, default=0)
    a.add_argument("--save-every", type=int, default=100)
    a.add_argument("--measure-every", type=int, default=400)
    a.add_argument("--export", type=Path, help="no training: write the averaged weights as int8 ONNX to this folder")
    return a.parse_args()


def rate_at(share: float) -> float:
    """Which part of the full rate of learning applies when this share of the time is over?"""
    return min(1.0, share / WARM, max(0.0, (1 - share) / COOL))


def train(args: argparse.Namespace) -> None:
    """Train until the minutes are over, or go on with it."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tok, model = tokenizer(), Comparer().to(device)
    model.load_encoder()
    optimiser = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=0.01, fused=True)
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    step, spent, path = 0, 0.0, args.out / "checkpoint.pt"
    if path.exists():
        saved = torch.load(path, map_location=device, weights_only=True)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        average, step, spent = saved["average"], saved["step"], saved["spent"]
        torch.manual_seed(args.seed + step)
        print("resumed at step", step, f"after {spent / 60:.1f} minutes", flush=True)
    feed = batches(args.data, args.rows, args.seed + 1000 * step)
    model.train()
    running, until = 0.0, args.steps or 10**9
    while spent < 60 * args.minutes and step < until:
        clock = time.time()
        for group in optimiser.param_groups:
            group["lr"] = args.rate * rate_at(spent / (60 * args.minutes))
        loss = loss_of(model, collate(next(feed), tok, device))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        keep = min(args.average, (step + 1) / (step + 10))
        for k, v in model.state_dict().items():
            average[k].lerp_(v.detach(), 1 - keep)
        step, spent = step + 1, spent + time.time() - clock
        running = loss.item() if step == 1 else 0.97 * running + 0.03 * loss.item()
        if step % 20 == 0:
            print(step, f"{spent / 60:.1f} min, loss {running:.3f}", flush=True)
        if step % args.save_every == 0:
            save(args.out, model, optimiser, average, step, spent)
        if step % args.measure_every == 0:
            report(args, average, step, tok, device)
    save(args.out, model, optimiser, average, step, spent)
    report(args, average, step, tok, device)


def report(
    args: argparse.Namespace, average: dict[str, Tensor], step: int, tok: Tokenizer, device: torch.device
) -> None:
    """Measure the averaged weights and write it down."""
    model = Comparer().to(device)
    model.load_state_dict(average)
    figures = measure(model, args.data, tok, device)
    print("measured", step, figures, flush=True)
    with (args.out / "log.jsonl").open("a") as log:
        log.write(json.dumps({"step": step, **figures}) + "\n")


def save(
    out: Path, model: Comparer, optimiser: torch.optim.AdamW, average: dict[str, Tensor], step: int, spent: float
) -> None:
    """Write the checkpoint, whole or not at all, and the averaged weights."""
    state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "average": average}
    torch.save({**state, "step": step, "spent": spent}, out / "checkpoint.new")
    (out / "checkpoint.new").replace(out / "checkpoint.pt")
    torch.save(average, out / "average.pt")


def export(args: argparse.Namespace) -> None:
    """Averaged weights -> int8 graph, tokenizer and manifest."""
    model = Comparer()
    model.load_state_dict(torch.load(args.out / "average.pt", map_location="cpu", weights_only=True))
    model.eval()
    folder: Path = args.export
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        reference = Path(scratch) / "pairs.fp32.onnx"
        write_graph(model, reference)
        write_int8(reference, folder / "pairs.onnx")
    shutil.copy(encoder_folder() / "tokenizer.json", folder / "tokenizer.json")
    files = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("pairs.onnx", "tokenizer.json")
    }
    manifest = {"name": "pairs", "licence": LICENCE, "files": files, "calibration": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    print({name: (folder / name).stat().st_size for name in files})


def write_graph(model: Comparer, path: Path) -> None:
    """The fp32 graph with its weights in one file."""
    import onnx

    example = (
        torch.randint(1000, 2000, (3, 40)),
        torch.zeros(3, 40, dtype=torch.long),
        torch.ones(3, 40, dtype=torch.long),
    )
    shape = {0: torch.export.Dim("rows", min=1, max=512), 1: torch.export.Dim("pieces", min=2, max=512)}
    program = torch.onnx.export(
        model,
        example,
        input_names=["ids", "segments", "mask"],
        output_names=["logits"],
        dynamic_shapes={"ids": shape, "segments": shape, "mask": shape},
        dynamo=True,
        opset_version=20,
    )
    assert program is not None
    program.save(str(path), external_data=False)
    onnx.checker.check_model(str(path))


def main() -> None:
    """Train, or export what was trained."""
    args = parse()
    if args.threads:
        torch.set_num_threads(args.threads)
    if args.export:
        export(args)
    else:
        train(args)


if __name__ == "__main__":
    main()
