"""Learns how far to trust the rules of ``onrecord.position``, and prints how good they are.

    python -m training.position --gold ../shared/data/gold

The gold sets are the only data there is. What is printed of the score is cross-validated: every story, and every
article that belongs to none, is scored with weights that were learned without it. Two more things were tried and left
out, since they were no better than the rules in the same cross-validation: a softmax over the facts of
``onrecord.position.facts`` (with and without the rules' own answer among them), and word weights learned on PolNeAR
with the cue verbs for labels.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from onrecord.position.positioner import Positioner
from onrecord.position.scoring import reasons
from onrecord.record.codec import reading_from_json

OUT = Path("src/onrecord/position/data/score.json")
SETS = ("stories-dev", "real-dev", "example")
FOLDS = 10
STRENGTH = 0.3
BINS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of the gold: what speaks for the rules' answer, whether it is right, and its story."""

    reasons: dict[str, float]
    right: bool
    story: str


def read(folder: Path) -> list[Row]:
    """The rules' answers to the gold statements."""
    positioner = Positioner.load()
    rows = []
    for name in SETS:
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            gold = json.loads(line)
            reading = replace(reading_from_json(gold), positions=())
            for truth, (found, facts, force) in zip(gold["statements"], positioner.judgements(reading), strict=True):
                right = (found.act, found.polarity) == (truth["act"], truth["polarity"])
                story = gold.get("story") or gold["id"]
                rows.append(Row(dict.fromkeys(reasons(found, facts, force), 1.0), right, story))
    return rows


def learn(rows: list[Row]) -> tuple[DictVectorizer, LogisticRegression]:
    """How much each reason weighs."""
    names = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=1000)
    model.fit(names.fit_transform([row.reasons for row in rows]), [row.right for row in rows])
    return names, model


def cross_validated(rows: list[Row]) -> np.ndarray:
    """The score of every row, from weights learned without its story; float64, shape (rows,)."""
    fold = {story: number % FOLDS for number, story in enumerate(sorted({row.story for row in rows}))}
    scores = np.zeros(len(rows))
    for number in range(FOLDS):
        names, model = learn([row for row in rows if fold[row.story] != number])
        held = [k for k, row in enumerate(rows) if fold[row.story] == number]
        scores[held] = model.predict_proba(names.transform([rows[k].reasons for k in held]))[:, 1]
    return scores


def main() -> None:
    """Print the calibration, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    rows = read(parser.parse_args().gold)
    scores, right = cross_validated(rows), np.array([row.right for row in rows])
    print("score, statements, share right (cross-validated by story)")
    for low in np.arange(0, 1, 1 / BINS):
        held = (scores >= low) & (scores < low + 1 / BINS)
        if held.any():
            print(f"  {low:.1f}-{low + 1 / BINS:.1f}  {held.sum():4}  {right[held].mean():.3f}")
    names, model = learn(rows)
    weights = dict(zip(names.get_feature_names_out(), model.coef_[0].round(3).tolist(), strict=True))
    OUT.write_text(json.dumps(weights, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
