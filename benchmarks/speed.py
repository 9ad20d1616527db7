"""How fast is extraction, next to the bare encoder, to fp32, to the limit, and to what one would pick instead?

    python benchmarks/speed.py [--articles 60] [--reference FP32.onnx] [--out benchmarks/results/speed.json]

All parts are measured in one run with the same number of threads, the best of several rounds each, the first three in
turns, by wall time and by processor time (all threads together; it says more on a machine that does other things too):

- the bare encoder: the shipped ONNX file in ONNX Runtime on full batches of 16 x 256 random pieces, nothing else; once
  as ONNX Runtime runs it unasked, once without the fusions that `onrecord.models.session` leaves out;
- statements: the stream of `onrecord extract` from a JSON Lines file to a JSON Lines file, without start-up, but for
  resolution and positions;
- the whole: the same stream with resolution and positions, as `onrecord extract` runs it;
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
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime

from onrecord.extract.pieces import cut_pieces
from onrecord.ingest import read_path
from onrecord.models.manifest import SHIPPED
from onrecord.models.session import LEFT_OUT
from onrecord.record.codec import reading_to_json
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.run import Stages, read_stream
from onrecord.run.contract import Reads
from report import report

ENCODED = 16384
"""Pieces that the encoder reads in one round."""
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


def in_turns(rounds: int, works: dict[str, Callable[[], None]]) -> dict[str, dict[str, float]]:
    """Wall and processor seconds of the fastest of several rounds of each, in turns."""
    out = {name: {"wall": float("inf"), "cpu": float("inf")} for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            out[name]["wall"] = min(out[name]["wall"], time.perf_counter() - wall)
            out[name]["cpu"] = min(out[name]["cpu"], time.process_time() - cpu)
    return out


def encoder(path: Path, threads: int, left_out: list[str] | None = None) -> Callable[[], None]:
    """Runs a graph alone, on ENCODED pieces in full batches."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Threads that turn in circles while they wait would be counted as work in what is measured next to this.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=left_out
    )
    rng = np.random.default_rng(1)
    feed = {
        "ids": rng.integers(1000, 20000, (BATCH, LENGTH)),
        "features": rng.integers(0, 3, (BATCH, 3, LENGTH)),
    }
    session.run(None, feed)

    def work() -> None:
        for _ in range(ENCODED // (BATCH * LENGTH)):
            session.run(None, feed)

    return work


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


class Statements:
    """Stages that find statements and no more."""

    def __init__(self, stages: Stages) -> None:
        self.method = stages.method
        self._extractor = stages._extractor

    def read(self, doc: Document, /) -> Reading:
        """What does `doc` say?"""
        return next(self.read_many([doc]))

    def read_many(self, docs: Iterable[Document], /) -> Iterator[Reading]:
        """What do these documents say?"""
        return self._extractor.extract_many(docs)


def stream(stages: Reads, source: Path, target: Path) -> Callable[[], None]:
    """Takes a JSON Lines file through the stages into another."""

    def work() -> None:
        with target.open("w", encoding="utf-8") as out:
            for reading in read_stream(read_path(source), stages):
                out.write(json.dumps(reading_to_json(reading), ensure_ascii=False) + "\n")  # type: ignore[arg-type]

    return work


def shares(rows: list[dict[str, str]], threads: int, rounds: int) -> dict[str, object]:
    """Pieces per second of the encoder alone and of the stream, and the stream's share of the encoder's."""
    tagger = SHIPPED / "tagger.onnx"
    with tempfile.TemporaryDirectory() as folder, Stages.load(threads=threads) as stages:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        source.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        pieces = sum(len(cut_pieces(r["text"], stages._extractor._session.tokenizer)) for r in rows)
        works = {
            "encoder": encoder(tagger, threads),
            "encoder_as_the_product_sets_it_up": encoder(tagger, threads, LEFT_OUT),
            "statements": stream(Statements(stages), source, target),
            "whole": stream(stages, source, target),
        }
        works["whole"]()
        assert len(target.read_text("utf-8").splitlines()) == len(rows)
        seconds = in_turns(rounds, works)
    read = dict.fromkeys(works, pieces) | dict.fromkeys([name for name in works if "encoder" in name], ENCODED)
    rate = {name: {by: read[name] / s for by, s in times.items()} for name, times in seconds.items()}
    words = sum(len(r["text"].split()) for r in rows)
    return {
        "pieces_per_s": {name: {by: round(r) for by, r in rates.items()} for name, rates in rate.items()},
        "words_per_s": {
            name: {by: round(r * words / pieces) for by, r in rate[name].items()} for name in ("statements", "whole")
        },
        "share_of_encoder": {
            name: {by: round(rate[name][by] / rate["encoder"][by], 3) for by in ("wall", "cpu")}
            for name in ("statements", "whole")
        },
        "share_of_encoder_as_the_product_sets_it_up": {
            name: {
                by: round(rate[name][by] / rate["encoder_as_the_product_sets_it_up"][by], 3) for by in ("wall", "cpu")
            }
            for name in ("statements", "whole")
        },
    }


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
    load = os.getloadavg()[0]
    rows = articles(args.articles)
    product = shares(rows, args.threads, args.rounds)
    pair = {"int8": encoder(SHIPPED / "tagger.onnx", args.threads)}
    if args.reference:
        pair["fp32"] = encoder(args.reference, args.threads)
    encoded = {name: ENCODED / times["wall"] for name, times in in_turns(args.rounds, pair).items()}
    int8, fp32 = encoded["int8"], encoded.get("fp32")
    peer = textacy_rate(rows, args.rounds)
    limit = limit_rate(args.threads, args.rounds)
    result = {
        "machine": {"cpu": platform.machine(), "threads": args.threads, "python": platform.python_version()},
        "libraries": {"onnxruntime": onnxruntime.__version__, "numpy": np.__version__},
        "load_average_before": round(load, 2),
        "articles": len(rows),
        "encoder_int8_pieces_per_s": round(int8),
        "encoder_fp32_pieces_per_s": fp32 and round(fp32),
        "int8_over_fp32": fp32 and round(int8 / fp32, 2),
        "float32_limit_pieces_per_s": round(limit),
        "encoder_int8_over_limit": round(int8 / limit, 2),
        "extract": product,
        "textacy_direct_quotations_words_per_s": peer and round(peer),
        "read_cold_s": round(cold_read(), 3),
    }
    report(result, args.out)


if __name__ == "__main__":
    main()
