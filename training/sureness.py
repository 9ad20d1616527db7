"""Fit how likely an attribution is right, on annotated articles.

    python -m training.sureness --gold ../shared/data/gold [--out src/onrecord/resolve/data/sureness.json]

Each annotated article counts twice: with its annotated statements, and with those that the extractor finds. The table
that is printed is cross-validated: the articles of one story are always left out together. The weights that are
written are fitted on all of them. An answer is right if it names the annotated actor, or leaves open what the
annotators left open.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from onrecord.extract import Extractor
from onrecord.record import Reading
from onrecord.record.codec import reading_from_json, reading_to_json
from onrecord.resolve import Resolver
from onrecord.resolve.sureness import CONSTANT, WEIGHTS
from training.calibrate import fit

FILES = ("stories-dev", "real-dev", "example")
KEPT = ("id", "kind", "content", "cue", "source", "within")
FOLDS = 10
RIDGE = 4.0
"""How strongly weights are drawn to 0: most features are rare."""
RARE = 8
"""A feature that fewer answers have gets no weight."""
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer of the resolver, and whether it is right.

    Attributes:
        story: Which articles are left out with it.
        given: Whether it names an actor.
        features: What is known of it.
        right: Whether it is right.
    """

    story: str
    given: bool
    features: Mapping[str, float]
    right: bool


def scorer(path: Path) -> ModuleType:
    """The shared scorer, which says whether two names mean the same actor."""
    spec = importlib.util.spec_from_file_location("score_gold", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def articles(gold: Path) -> Iterator[dict[str, Any]]:
    """The annotated articles."""
    for name in FILES:
        for line in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def bare(row: dict[str, Any]) -> Reading:
    """The article with its annotated statements, of which nobody knows whose they are."""
    statements = [{key: stmt[key] for key in KEPT} for stmt in row["statements"]]
    return reading_from_json({**row, "statements": statements, "issues": []})


def answers(row: dict[str, Any], reading: Reading, resolver: Resolver, judge: ModuleType) -> Iterator[Answer]:
    """The resolver's answers for the statements that annotators marked too."""
    features = resolver.features(reading)
    have = reading_to_json(resolver.resolve(reading))["statements"]
    for want, one in judge.match(row["text"], row["statements"], have):
        name = judge.name_of(one["actor"])
        yield Answer(
            story=row["id"].split("-")[0] if row["id"].startswith("dev") else row["id"],
            given=name is not None,
            features=features[one["id"]],
            right=judge.same_name(want["actor"], name),
        )


def weigh(rows: Sequence[Answer]) -> dict[str, float]:
    """The weights of the features that are not too rare."""
    names = sorted({name for row in rows for name in row.features if name != CONSTANT})
    names = [name for name in names if sum(bool(row.features.get(name)) for row in rows) >= RARE]
    x = np.array([[row.features.get(name, 0.0) for name in names] + [1.0] for row in rows])
    found = fit(x, np.array([float(row.right) for row in rows]), RIDGE)
    return dict(zip([*names, CONSTANT], (round(float(w), 4) for w in found), strict=True))


def likely(weights: Mapping[str, float], row: Answer) -> float:
    """How likely the answer is right, by these weights."""
    total = sum(weights.get(name, 0.0) * value for name, value in row.features.items())
    return float(1 / (1 + np.exp(-total)))


def held_out(rows: Sequence[Answer]) -> list[float]:
    """How likely each answer is right, by weights that were fitted on other stories."""
    stories = sorted({row.story for row in rows})
    fold = {story: at % FOLDS for at, story in enumerate(stories)}
    found = [0.0] * len(rows)
    for number in range(FOLDS):
        for given in (True, False):
            rest = [row for row in rows if row.given == given and fold[row.story] != number]
            weights = weigh(rest)
            for at, row in enumerate(rows):
                if row.given == given and fold[row.story] == number:
                    found[at] = likely(weights, row)
    return found


def table(rows: Sequence[Answer], scores: Sequence[float]) -> str:
    """How many answers are right, by score."""
    lines = ["score        answers   mean score   right"]
    for low, high in itertools.pairwise(BINS):
        inside = [(score, row.right) for score, row in zip(scores, rows, strict=True) if low <= score < high]
        if inside:
            mean, right = np.mean([s for s, _ in inside]), np.mean([r for _, r in inside])
            lines.append(f"{low:.2f}-{min(high, 1):.2f}   {len(inside):9}   {mean:10.3f}   {right:.3f}")
    return "\n".join(lines)


def main() -> None:
    """Fit the weights, print the cross-validated table, and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    judge, resolver = scorer(options.gold.parents[1] / "tools" / "score_gold.py"), Resolver.load()
    rows: list[Answer] = []
    with Extractor.load() as extractor:
        every = list(articles(options.gold))
        for row, own in zip(every, extractor.extract_many(bare(row).document for row in every), strict=True):
            marked = bare(row)
            rows += answers(row, own, resolver, judge)
            rows += answers(row, replace(marked, mentions=own.mentions), resolver, judge)
    scores = held_out(rows)
    print(table(rows, scores))
    sure = [row.right for score, row in zip(scores, rows, strict=True) if row.given and score >= 0.8]
    print(f"\nactors given with 0.8 or more: {len(sure)}, wrong {1 - np.mean(sure):.1%}")
    weights = {
        kind: weigh([row for row in rows if row.given == given]) for kind, given in (("given", True), ("open", False))
    }
    text = json.dumps({"answers": len(rows), "weights": weights}, indent=1, sort_keys=True) + "\n"
    options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
