"""Fit the score of statements on the held-out training articles, and write the model's manifest.

    python -m training.calibrate --data ../shared/data/attribution --gold ../shared/data/gold \\
        --model src/onrecord/models/tagger

A statement is right if its content overlaps a gold content by half or more (Jaccard, words) and its source agrees by
half or more (F1): the scorer's `attribution`. Logistic regression by Newton's method with a small ridge.

Nobody annotated statements within statements, or interviews, in the training articles. What these kinds of statements
are worth beside the others is one number each, fitted on our own gold files; the table that is printed for them is
cross-validated by document.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from onrecord.extract.extractor import Extractor
from onrecord.extract.score import INTERCEPT
from onrecord.record.document import Document
from training.evaluate import as_document, is_right
from training.labelled import read_rows
from training.manifest import UNCALIBRATED, write_manifest
from training.train import split


def fit(x: np.ndarray, y: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Weights of a logistic regression; x float64 (rows, features) with a last column of ones; y 0 or 1 (rows,)."""
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + penalty * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        w -= np.linalg.solve(hessian, gradient)
    return w


def offset(z: np.ndarray, y: np.ndarray) -> float:
    """The number that, added to the log odds `z`, makes as many of them right as `y` says; held back by one of each."""
    z, y = np.append(z, [z.mean(), z.mean()]), np.append(y, [0.0, 1.0])
    low, high = -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 / (1 + np.exp(-(z + middle)))).sum() < y.sum() else (low, middle)
    return (low + high) / 2


def gold_rows(folder: Path) -> list[dict]:
    """Our gold documents whose statements within statements are annotated."""
    rows = [json.loads(x) for p in sorted(folder.glob("*-dev.jsonl")) for x in p.read_text("utf-8").splitlines()]
    return [r for r in rows if not r["id"].startswith("polnear-")]  # these were annotated on the outside only


def fit_kinds(extractor: Extractor, rows: list[dict], weights: dict[str, float]) -> dict[str, float]:
    """A weight for statements within statements and one for turns of a conversation; prints how they hold."""
    out = {}
    for kind in ("inner", "turn"):
        z, y, where = [], [], []
        for number, row in enumerate(rows):
            doc = as_document(row["text"])
            gold = [s for s in row["statements"] if (s["within"] is not None) == (kind == "inner")]
            for stmt, evidence in extractor.explain(doc):
                if evidence.get(kind, 0.0):
                    z.append(
                        weights[INTERCEPT] + sum(weights.get(n, 0.0) * v for n, v in evidence.items() if n != kind)
                    )
                    y.append(is_right(doc.text, stmt, gold))
                    where.append(number)
        at, right, fold = np.array(z), np.array(y, dtype=float), np.array(where) % 5
        out[kind] = round(offset(at, right), 5)
        p = np.zeros(len(at))
        for k in range(5):
            p[fold == k] = 1 / (1 + np.exp(-(at[fold == k] + offset(at[fold != k], right[fold != k]))))
        print(f"{kind}: weight {out[kind]}, cross-validated by document:")
        table(p, right)
    return out


def table(p: np.ndarray, y: np.ndarray) -> None:
    """How many were scored so, and which share of them is right."""
    for low in np.arange(0, 1, 0.1):
        hit = (p >= low) & (p < low + 0.1)
        if hit.any():
            print(f"{low:.1f}-{low + 0.1:.1f}  {hit.sum():5d}  {y[hit].mean():.3f}")


def main() -> None:
    """Fit and write."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--gold", type=Path, required=True)
    a.add_argument("--model", type=Path, required=True)
    args = a.parse_args()
    write_manifest(args.model, UNCALIBRATED)
    _, held = split(read_rows(args.data / "polnear-train.jsonl.gz"))
    rows = list({r["text"]: r for r in held}.values())
    xs, ys = [], []
    names: list[str] = []
    with Extractor.load(args.model) as extractor:
        for row in rows:
            doc: Document = as_document(row["text"])
            for stmt, evidence in extractor.explain(doc):
                if stmt.within is None and "turn" not in evidence:
                    names = names or list(evidence)
                    xs.append([evidence[n] for n in names])
                    ys.append(is_right(doc.text, stmt, row["attributions"]))
        x, y = np.array(xs), np.array(ys, dtype=float)
        scale = x.std(axis=0) + 1e-9
        w = fit(np.hstack([x / scale, np.ones((len(x), 1))]), y)
        weights = {n: round(float(v), 5) for n, v in zip(names, w[:-1] / scale, strict=True)}
        weights[INTERCEPT] = round(float(w[-1]), 5)
        print(f"{len(y)} statements, {y.mean():.3f} right")
        table(1 / (1 + np.exp(-(x @ (w[:-1] / scale) + w[-1]))), y)
        weights |= fit_kinds(extractor, gold_rows(args.gold), weights)
    write_manifest(args.model, weights)


if __name__ == "__main__":
    main()
