"""Is the source of each statement taken for the right actor?

Measured on our own gold, by the shared scorer: once on the gold's own statements, of which the actors are taken away,
and once end to end, on what the extractor finds. How far the scores can be believed is printed; the weights behind
them were fitted on the same articles, and their cross-validated table is printed by ``training/sureness.py``.
ONRECORD_SHOW=1 prints each wrong answer.
"""

from __future__ import annotations

import itertools
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from floors import check, scorer

from onrecord.extract import Extractor
from onrecord.record import Reading
from onrecord.record.codec import reading_from_json, reading_to_json
from onrecord.resolve import Resolver

FILES = ("stories-dev", "real-dev", "example")
KEPT = ("id", "kind", "content", "cue", "source", "within")
SURE = 0.8
"""From which score on an answer must hardly ever be wrong."""

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)

Row = dict[str, Any]


def gold(shared: Path) -> list[Row]:
    """The documents of the gold files."""
    paths = (shared / "data" / "gold" / f"{name}.jsonl" for name in FILES)
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def bare(doc: Row) -> Reading:
    """The document with its statements, of which nobody knows whose they are."""
    statements = [{key: stmt[key] for key in KEPT} for stmt in doc["statements"]]
    return reading_from_json({**doc, "statements": statements, "issues": []})


def calibration(scored: list[tuple[float, bool]]) -> float:
    """How near the scores are to the shares of right answers, in points; prints both by score."""
    apart = 0.0
    print("\nscore       answers  mean score   right")
    for low, high in itertools.pairwise(BINS):
        inside = [(score, good) for score, good in scored if low <= score < high]
        if inside:
            mean, right = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            apart += abs(mean - right) * len(inside)
            print(f"{low:.2f}-{min(high, 1):.2f}  {len(inside):8}  {mean:10.3f}  {right:6.3f}")
    return 100 - 100 * apart / len(scored)


FEW = 30
"""Kinds of sources with fewer answers than these have a floor together: one answer is worth three points and more."""


def figures(docs: list[Row], readings: list[Reading], wrong: list[str]) -> dict[str, float]:
    """Shares in points: right actors, also by how the source is named, right kinds, and right ones among the sure."""
    module, right, total = scorer("score_gold"), Counter[str](), Counter[str]()
    scored: list[tuple[float, bool]] = []
    for doc, reading in zip(docs, readings, strict=True):
        found = reading_to_json(reading)["statements"]
        scores = {one.statement_id: one.score or 0.0 for one in reading.attributions}
        for want, have in module.match(doc["text"], doc["statements"], found):
            name = module.name_of(have["actor"])
            good = module.same_name(want["actor"], name)
            for key in ("actor", f"actor, {want['source_kind']}"):
                total[key] += 1
                right[key] += good
            scored.append((scores[have["id"]], good))
            total["source_kind"] += 1
            right["source_kind"] += want["source_kind"] == have["source_kind"]
            if name is not None and scores[have["id"]] >= SURE:
                total["sure and right"] += 1
                right["sure and right"] += good
            if not good:
                source = " ".join(doc["text"][a:b] for a, b in want["source"])
                wrong.append(f"{doc['id']}/{want['id']} {source!r}: {want['actor']!r}, not {name!r}")
    rare = {key for key in total if total[key] < FEW}
    shares = {key: 100 * right[key] / total[key] for key in sorted(total.keys() - rare)}
    seldom = {f"{key} ({total[key]})": 100 * right[key] / total[key] for key in sorted(rare)}
    together = 100 * sum(right[key] for key in rare) / sum(total[key] for key in rare)
    return shares | seldom | {"actor, rare kinds": together, "calibration": calibration(scored)}


@pytest.fixture(scope="module")
def extracted(shared: Path) -> Iterator[list[Reading]]:
    with Extractor.load() as extractor:
        yield list(extractor.extract_many(bare(doc).document for doc in gold(shared)))


@pytest.mark.slow
@pytest.mark.quality
@pytest.mark.shared
@pytest.mark.parametrize("given", ["gold statements", "end to end"])
def test_actors(given: str, shared: Path, extracted: list[Reading], capsys: pytest.CaptureFixture[str]) -> None:
    docs, resolver, wrong = gold(shared), Resolver.load(), list[str]()
    readings = extracted
    if given == "gold statements":
        readings = [replace(bare(doc), mentions=found.mentions) for doc, found in zip(docs, extracted, strict=True)]
    with capsys.disabled():
        measured = figures(docs, [resolver.resolve(reading) for reading in readings], wrong)
        check(f"actors, {given}", {name: value for name, value in measured.items() if "(" not in name})
        print("\n".join(f"  {name:70} {value:6.2f}" for name, value in measured.items() if "(" in name))
        if os.environ.get("ONRECORD_SHOW"):
            print("\n".join(wrong))
    assert measured["sure and right"] >= 95
    assert measured["calibration"] >= 95
