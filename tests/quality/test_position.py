"""Act, polarity, certainty and conditions on gold, on gold statements and on our own; factuality on UW dev.

The rules were written with the development gold before them; the held-out part has other outlets, names and topics.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from floors import check, scorer

from onrecord.extract import Extractor
from onrecord.ingest import read_text
from onrecord.position import Positioner
from onrecord.position.factuality import score
from onrecord.position.words import find_words
from onrecord.record import Reading, Span
from onrecord.record.codec import reading_from_json, reading_to_json

GOLD = ("stories-dev", "real-dev", "example")
POSITIONER = Positioner.load()


def gold(shared: Path, name: str) -> list[dict[str, Any]]:
    lines = (shared / "data" / "gold" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def given(row: dict[str, Any]) -> Reading:
    """The statements of the gold, without what is to be found of them."""
    return replace(reading_from_json(row), positions=(), issues=())


def figures(truth: list[dict[str, Any]], readings: Iterator[Reading], name: str) -> dict[str, float]:
    found = [
        reading_to_json(POSITIONER.position(reading)) | {"id": row["id"]}
        for row, reading in zip(truth, readings, strict=True)
    ]
    result, _ = scorer("score_gold").score(truth, found)
    out = {
        "act, accuracy": result["act"]["accuracy"],
        "act, macro F1": result["act"]["macro_f1"],
        "polarity, F1 of negative": result["polarity"]["f1_negative"],
        "certainty, accuracy": result["certainty"]["accuracy"],
        "conditions, F1": result["conditions"]["f1"],
        "conditions, relation": result["conditions"]["relation accuracy"],
    }
    return {f"{name}: {figure}": round(100 * value, 2) for figure, value in out.items()}


@pytest.mark.quality
@pytest.mark.shared
def test_on_gold_statements(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    measured: dict[str, float] = {}
    together: list[dict[str, Any]] = []
    for name in GOLD:
        rows = gold(shared, name)
        together += rows
        measured |= figures(rows, map(given, rows), name)
    measured |= figures(together, map(given, together), "all")
    with capsys.disabled():
        check("position, gold statements", measured, slack=0.0)


@pytest.mark.quality
@pytest.mark.shared
def test_from_the_text(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On matched statements of our own; what the extractor misses is measured elsewhere."""
    measured: dict[str, float] = {}
    with Extractor.load() as extractor:
        for name in GOLD:
            rows = gold(shared, name)
            read = extractor.extract_many(read_text(row["text"]) for row in rows)
            measured |= figures(rows, read, name)
    with capsys.disabled():
        # A statement more or less changes which pairs are compared, and conditions are few.
        check("position, own statements", measured, slack=4.0)


def calibrated(shared: Path) -> list[tuple[str, int, float]]:
    """How many gold statements were scored so, and of how many act and polarity are right."""
    bins: dict[int, list[bool]] = {}
    for name in GOLD:
        for row in gold(shared, name):
            for truth, found in zip(row["statements"], POSITIONER.position(given(row)).positions, strict=True):
                assert found.score is not None
                right = (found.act, found.polarity) == (truth["act"], truth["polarity"])
                bins.setdefault(min(4, int(found.score * 5)), []).append(right)
    return [(f"{b / 5:.1f}-{b / 5 + 0.2:.1f}", len(v), sum(v) / len(v)) for b, v in sorted(bins.items())]


@pytest.mark.quality
@pytest.mark.shared
def test_scores_mean_what_they_say(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = calibrated(shared)
    with capsys.disabled():
        print("\nscore, statements, share right (gold statements)")
        for name, count, share in table:
            print(f"  {name}  {count:4}  {share:.3f}")
    shares = {name: share for name, _, share in table}
    assert shares["0.4-0.6"] < shares["0.6-0.8"] < shares["0.8-1.0"]
    assert shares["0.8-1.0"] >= 0.8


@pytest.mark.quality
@pytest.mark.shared
def test_factuality(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = shared / "data" / "factuality" / "factuality-dev.jsonl.gz"
    pairs = []
    for row in map(json.loads, gzip.decompress(path.read_bytes()).splitlines()):
        if row["dataset"] == "UW":
            words = find_words(row["text"])
            pairs.append((score(words, words.inside(Span(*row["target"]))), row["value"]))
    assert len(pairs) > 3000
    denied = [(found < 0, value <= -1) for found, value in pairs]
    hits = sum(a and b for a, b in denied)
    measured = {
        "UW dev: correlation": 100 * correlation(pairs),
        "UW dev: F1 of did not happen": 200 * hits / (sum(a for a, _ in denied) + sum(b for _, b in denied)),
    }
    with capsys.disabled():
        check("factuality", measured, slack=0.1)


def correlation(pairs: list[tuple[float, float]]) -> float:
    """Pearson's r."""
    means = [sum(column) / len(pairs) for column in zip(*pairs, strict=True)]
    left, right = ([pair[k] - means[k] for pair in pairs] for k in (0, 1))
    product = sum(a * b for a, b in zip(left, right, strict=True))
    return float(product / (sum(a * a for a in left) * sum(b * b for b in right)) ** 0.5)
