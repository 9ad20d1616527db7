"""Accuracy of links and of the comparison of two statements, against floors that may only rise.

Figures on annotated links are cross-validated by story: no pair is judged by heads that saw its story. The pair model
never saw any of them, nor the development sets of the corpora.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from floors import check, scorer
from sklearn.metrics import average_precision_score, f1_score
from training import pairs as heads
from training.pairs_data import measured

from onrecord.connect import Connector
from onrecord.connect.closely import CloseReader
from onrecord.models.pairs import SHIPPED_PAIRS, PairSession
from onrecord.record import Reading
from onrecord.record.codec import link_to_json, reading_from_json, reading_to_json

MERGED = {"denies": "conflicts"}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def session() -> Iterator[PairSession | None]:
    """The pair model, if it came with this version."""
    loaded = PairSession() if (SHIPPED_PAIRS / "manifest.json").is_file() else None
    yield loaded
    if loaded:
        loaded.close()


@pytest.fixture(scope="module")
def read(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same documents, and those of the judged pairs, as this version reads them."""
    folder = tmp_path_factory.mktemp("read")
    heads.read_anew(shared / "data", folder)
    return folder


@pytest.fixture(scope="module")
def parts(shared: Path, session: PairSession | None, read: Path) -> list[heads.Pairs]:
    """What the heads that are shipped learn from, part by part."""
    return heads.learned(shared / "data" / "gold", read, session)


@pytest.fixture(scope="module")
def annotated(parts: list[heads.Pairs]) -> heads.Pairs:
    """All candidate pairs of the annotated documents."""
    return parts[0]


@pytest.fixture(scope="module")
def learned(parts: list[heads.Pairs]) -> heads.Pairs:
    """All of them together."""
    return heads.together(parts)


def links(data: heads.Pairs, documents: list[Reading], session: PairSession | None) -> list[dict[str, Any]]:
    """The links within each story, by heads that never saw it, in the form of the scorer."""
    out = []
    for story, fitted in heads.folds(data):
        mine = [r for r in documents if r.document.story == story]
        names = {s.id: f"{r.document.external_id}/{s.id}" for r in mine for s in r.statements}
        for link in Connector(CloseReader(fitted, session)).link(mine):
            row = link_to_json(link)
            out.append(row | {end: names.get(str(row[end]), row[end]) for end in ("left", "right")})
    return out


def figures(name: str, shared: Path, documents: list[Reading], found: list[dict[str, Any]]) -> dict[str, float]:
    """F1 by kind, in points."""
    gold, truth = (rows(shared / "data" / "gold" / f"stories-dev{part}.jsonl") for part in ("", "-links"))
    tool = scorer("score_gold")
    _, alignment = tool.score(gold, [reading_to_json(r) for r in documents])
    by_kind = tool.score_links(truth, found, alignment)
    merged = [[row | {"kind": MERGED.get(row["kind"], row["kind"])} for row in part] for part in (truth, found)]
    by_kind["conflicts and denies"] = tool.score_links(*merged, alignment)["conflicts"]
    wanted = ("same origin", "conflicts and denies", "changes", "agrees", "any link")
    return {f"stories-dev links, {name}: {kind}": 100 * by_kind[kind]["f1"] for kind in wanted}


@pytest.mark.quality
@pytest.mark.shared
def test_links_from_annotated_statements(shared: Path, learned: heads.Pairs, session: PairSession | None) -> None:
    documents = [reading_from_json(row) for row in rows(shared / "data" / "gold" / "stories-dev.jsonl")]
    check("links", figures("annotated", shared, documents, links(learned, documents, session)))


@pytest.mark.quality
@pytest.mark.shared
def test_links_from_our_own_reading(
    shared: Path, learned: heads.Pairs, read: Path, session: PairSession | None
) -> None:
    documents = [reading_from_json(row) for row in rows(read / "stories-dev.jsonl")]
    check("links of our own reading", figures("own", shared, documents, links(learned, documents, session)))


@pytest.mark.quality
@pytest.mark.shared
def test_scores_of_links_mean_what_they_say(
    annotated: heads.Pairs, learned: heads.Pairs, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of candidate pairs that are said to bear on one proposition with some probability, so many do."""
    chance, linked = [], []
    for story, fitted in heads.folds(learned):
        held = annotated[annotated.story == story]
        chance += [one.bears for one in fitted.likely(held.x)]
        linked += [relation is not None for relation in held.y]
    x, y = np.array(chance), np.array(linked)
    with capsys.disabled():
        print("\nbears on one proposition: said, pairs, share linked (stories-dev)")
        for low in np.arange(0, 1, 0.1):
            at = (x >= low) & (x < low + 0.1)
            print(f"  {low:.1f}-{low + 0.1:.1f}  {at.sum():5}  {y[at].mean() if at.any() else 0:.3f}")
    sure = x >= 0.5
    assert abs(x[sure].mean() - y[sure].mean()) < 0.15


@pytest.mark.quality
@pytest.mark.shared
def test_pairs_of_texts(shared: Path, session: PairSession | None) -> None:
    if session is None:
        pytest.skip("this version has no pair model")
    out = {}
    for name, pairs in measured(shared / "data"):
        read = session.compare((row.a, row.b) for row in pairs)
        labels = np.array([row.label for row in pairs])
        if name == "ecb":
            out["ECB+ dev, average precision"] = average_precision_score(labels == "same", read[:, 5])
        elif name == "mrpc":
            same = read[:, :3].sum(1) >= 0.5
            out["MRPC dev, F1"] = f1_score(labels == "same", same)
            out["MRPC dev, accuracy"] = (same == (labels == "same")).mean()
        else:
            out[f"{name} dev, accuracy of contrary"] = ((read[:, 3] >= 0.5) == (labels == "contrary")).mean()
    check("pairs of texts", {key: 100 * float(value) for key, value in out.items()})
