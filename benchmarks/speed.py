"""How fast is extraction, next to the bare encoder, to fp32, to the limit, and to what one would pick instead?

    python benchmarks/speed.py [--articles 60] [--reference FP32.onnx] [--out benchmarks/results/speed.json]

All parts are measured in one run, in turns, the best of several rounds each, with the same number of threads:

- the bare encoder: the shipped ONNX file in ONNX Runtime on full batches of 16 x 256 random pieces, nothing else;
- `onrecord extract`: the command's own stream, from a JSON Lines file to a JSON Lines file, without start-up;
- fp32: the graph before quantisation (`python -m training.export --reference`), same batches, if it is given;
- the limit: float32 matrix products of the encoder's shapes in NumPy, as pieces per second;
- textacy's `direct_quotations` on a blank spaCy pipeline with a sentencizer (its own share alone: the tagger and
  parser that it needs to find speakers are not counted), if textacy is installed.

The articles are joined from the shipped constructed stories, about 700 words each.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime

from onrecord.extract.pieces import cut_pieces
from onrecord.ingest import read_path
from onrecord.models.manifest import SHIPPED
from onrecord.record.codec import reading_to_json
from onrecord.run import Stages, read_stream

BATCH, LENGTH, WIDTH, INNER, LAYERS = 16, 256, 384, 1536, 6


def articles(number: int) -> list[dict[str, str]]:
    """Articles of about 700 words, all different."""
    lines = (files("onrecord") / "demo" / "stories.jsonl").read_text("utf-8").splitlines()
    paragraphs = [p for line in lines for p in json.loads(line)["text"].split("\n\n")]
    out = []
    for k in range(number):
        text: list[str] = []
        # Drawn anew for each: a document that comes twice is read once, and would flatter the figure.
        for paragraph in random.Random(k).sample(paragraphs, len(paragraphs)):
            text.append(paragraph)
            if sum(len(p.split()) for p in text) >= 700:
                break
        out.append({"id": f"a{k}", "text": "\n\n".join(text)})
    return out


def best(rounds: int, work: Callable[[], None]) -> float:
    """Seconds of the fastest of several rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def encoder_rate(path: Path, threads: int, rounds: int) -> float:
    """Pieces per second of a graph alone, on full batches."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(1)
    feed = {
        "ids": rng.integers(1000, 20000, (BATCH, LENGTH)),
        "features": rng.integers(0, 3, (BATCH, 3, LENGTH)),
    }
    session.run(None, feed)

    def work() -> None:
        for _ in range(4):
            session.run(None, feed)

    return 4 * BATCH * LENGTH / best(rounds, work)


def limit_rate(threads: int, rounds: int) -> float:
    """Pieces per second if the encoder were nothing but its float32 matrix products, by NumPy on `threads` threads."""
    rng = np.random.default_rng(2)
    pieces = 1024
    shapes = [(WIDTH, 3 * WIDTH), (WIDTH, WIDTH), (WIDTH, INNER), (INNER, WIDTH)]
    weights = [rng.normal(size=s).astype(np.float32) for s in shapes]
    inputs = {n: rng.normal(size=(pieces, n)).astype(np.float32) for n in (WIDTH, INNER)}

    def layer(_: int) -> None:
        for w in weights:
            inputs[w.shape[0]] @ w

    with ThreadPoolExecutor(threads) as pool:
        seconds = best(rounds, lambda: list(pool.map(layer, range(LAYERS * threads))) and None)
    return pieces * threads / seconds


def extraction(rows: list[dict[str, str]], threads: int, rounds: int) -> dict[str, float]:
    """Pieces, words and documents per second of the command's stream."""
    with tempfile.TemporaryDirectory() as folder, Stages.load(threads=threads) as stages:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        source.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        pieces = sum(len(cut_pieces(r["text"], stages._extractor._session.tokenizer)) for r in rows)
        words = sum(len(r["text"].split()) for r in rows)

        def work() -> None:
            with target.open("w", encoding="utf-8") as out:
                for reading in read_stream(read_path(source), stages):
                    out.write(json.dumps(reading_to_json(reading), ensure_ascii=False) + "\n")  # type: ignore[arg-type]

        work()
        assert len(target.read_text("utf-8").splitlines()) == len(rows)
        seconds = best(rounds, work)
    return {"pieces_per_s": pieces / seconds, "words_per_s": words / seconds, "documents_per_s": len(rows) / seconds}


def textacy_rate(rows: list[dict[str, str]], rounds: int) -> float | None:
    """Words per second of textacy's share alone; None if it is not installed."""
    try:
        import spacy
        from textacy.extract import direct_quotations
    except ImportError:
        return None
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    docs = [nlp(r["text"]) for r in rows]

    def work() -> None:
        for doc in docs:
            try:
                list(direct_quotations(doc))
            except ValueError:
                continue  # an odd number of marks ends the document

    return sum(len(r["text"].split()) for r in rows) / best(rounds, work)


def cold_read() -> float:
    """Seconds of `onrecord read` on one article, from the start of the process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        path.write_text(articles(1)[0]["text"], encoding="utf-8")
        command = [sys.executable, "-m", "onrecord", "read", str(path)]
        return best(5, lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL) and None)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--articles", type=int, default=60)
    a.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    a.add_argument("--rounds", type=int, default=5)
    a.add_argument("--reference", type=Path)
    a.add_argument("--out", type=Path)
    args = a.parse_args()
    rows = articles(args.articles)
    int8 = encoder_rate(SHIPPED / "tagger.onnx", args.threads, args.rounds)
    product = extraction(rows, args.threads, args.rounds)
    fp32 = encoder_rate(args.reference, args.threads, args.rounds) if args.reference else None
    peer = textacy_rate(rows, args.rounds)
    limit = limit_rate(args.threads, args.rounds)
    result = {
        "machine": {"cpu": platform.machine(), "threads": args.threads, "python": platform.python_version()},
        "libraries": {"onnxruntime": onnxruntime.__version__, "numpy": np.__version__},
        "articles": len(rows),
        "encoder_int8_pieces_per_s": round(int8),
        "encoder_fp32_pieces_per_s": fp32 and round(fp32),
        "int8_over_fp32": fp32 and round(int8 / fp32, 2),
        "float32_limit_pieces_per_s": round(limit),
        "encoder_int8_over_limit": round(int8 / limit, 2),
        "extract": {k: round(v, 1) for k, v in product.items()},
        "extract_share_of_encoder": round(product["pieces_per_s"] / int8, 3),
        "textacy_direct_quotations_words_per_s": peer and round(peer),
        "read_cold_s": round(cold_read(), 3),
    }
    text = json.dumps(result, indent=1)
    sys.stdout.write(text + "\n")
    if args.out:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
