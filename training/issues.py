"""Learns how likely a statement bears on a question, from annotated issues.

    python -m training.issues GOLD.jsonl... [--write]

Every issue that people gave to a statement is a question; the statements that have it bear on it, no others.
That is strict: a person gave each statement one issue, though it may bear on several. Figures are cross-validated by
story: no question is judged by weights that saw its story.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from onrecord.issues import Corpus, parse
from onrecord.issues.ask import LEAST, RESPECTS, respects_of
from onrecord.record.codec import reading_from_line
from onrecord.record.reading import Reading

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "issues" / "data" / "bears.json"
STRENGTH = 1.0
"""Inverse strength of the regression's prior."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """Questions and statements.

    Attributes:
        values: float64 (pairs, RESPECTS).
        truth: bool (pairs,): whether people gave the statement this issue.
        story: The story of the question, of each pair.
        within: bool (pairs,): whether the statement is of that story.
    """

    values: Floats
    truth: npt.NDArray[np.bool_]
    story: npt.NDArray[np.str_]
    within: npt.NDArray[np.bool_]


def read(path: Path) -> list[Reading]:
    """The annotated documents of a file."""
    return [reading_from_line(line) for line in path.read_text("utf-8").splitlines()]


def story_of(reading: Reading) -> str:
    """The story of a document; its own id if the file gives none."""
    return reading.document.story or reading.document.external_id or reading.document.id


def issues_of(readings: Sequence[Reading]) -> list[str | None]:
    """The issue that people gave to each statement, by its label."""
    found: list[str | None] = []
    for reading in readings:
        labels = {issue.id: issue.label for issue in reading.issues}
        given = {each.statement_id: labels.get(each.issue_id or "") for each in reading.positions}
        found += [given.get(stmt.id) for stmt in reading.statements]
    return found


def pairs(readings: Sequence[Reading]) -> Pairs:
    """All pairs of an issue and a statement of these documents."""
    corpus, given = Corpus.of(readings), issues_of(readings)
    stories = [story_of(reading) for reading in readings for _ in reading.statements]
    first = {issue: story for issue, story in reversed(list(zip(given, stories, strict=True))) if issue is not None}
    values, truth, story, within = [], [], [], []
    for issue in sorted(first):
        values += [astuple(each) for each in respects_of(parse(issue), corpus)]
        truth += [each == issue for each in given]
        story += [first[issue]] * len(given)
        within += [each == first[issue] for each in stories]
    return Pairs(np.array(values, dtype=np.float64), np.array(truth), np.array(story), np.array(within))


def together(many: Sequence[Pairs]) -> Pairs:
    """All of them."""
    return Pairs(*(np.concatenate([getattr(each, name) for each in many]) for name in Pairs.__annotations__))


def fit(data: Pairs) -> LogisticRegression:
    """The regression that these pairs teach."""
    return LogisticRegression(C=STRENGTH, max_iter=5000).fit(data.values, data.truth)


def cross_validated(data: Pairs) -> Floats:
    """The score of each pair, by weights that did not see its story: float64 (pairs,)."""
    scores = np.zeros(len(data.truth))
    for story, chosen in _folds(data):
        rest = Pairs(*(getattr(data, name)[~chosen] for name in Pairs.__annotations__))
        assert story not in rest.story
        scores[chosen] = fit(rest).predict_proba(data.values[chosen])[:, 1]
    return scores


def _folds(data: Pairs) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
    return ((story, data.story == story) for story in sorted(set(data.story.tolist())))


def figures(data: Pairs, scores: Floats) -> dict[str, float]:
    """Precision, recall, F1 and average precision of `scores`; how many kept are of the question's story."""
    # What shares no word of the matter is never kept, whatever its score; see onrecord.issues.ask.
    kept = (scores >= LEAST) & (data.values[:, :3].sum(1) > 0)
    hits = float((kept & data.truth).sum())
    precision, recall = hits / max(1.0, float(kept.sum())), hits / float(data.truth.sum())
    return {
        "precision": precision,
        "recall": recall,
        "F1": 2 * precision * recall / ((precision + recall) or 1.0),
        "average precision": float(average_precision_score(data.truth, scores)),
        "of the story": float((kept & data.within).sum()) / max(1.0, float(kept.sum())),
    }


def weights_of(model: LogisticRegression) -> Mapping[str, float]:
    """What the shipped table holds."""
    values = [float(model.intercept_[0]), *model.coef_[0]]
    return {name: round(float(value), 2) for name, value in zip(("bias", *RESPECTS), values, strict=True)}


def main() -> None:
    """Print cross-validated figures; with --write, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    many = [pairs(read(path)) for path in asked.gold]
    data = together(many)
    scores = cross_validated(data)
    at = 0
    for path, each in zip(asked.gold, many, strict=True):
        print(path.name, {name: round(v, 3) for name, v in figures(each, scores[at : at + len(each.truth)]).items()})
        at += len(each.truth)
    weights = weights_of(fit(data))
    print(weights)
    if asked.write:
        OUT.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
