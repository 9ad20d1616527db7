"""Accuracy of the shipped model through the product, by the shared scorers, against floors that may only rise."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from floors import SHARED, check, scorer

from onrecord.extract import Extractor
from onrecord.record import Document, Origin, Reader, Statement, document_id, sha256_hex

GOLD = ("stories-dev", "real-dev", "example")


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file, gzipped or not."""
    data = path.read_bytes()
    return [json.loads(line) for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()]


def documents(gold: list[dict[str, Any]]) -> Iterator[Document]:
    """The texts of `gold` as documents, in order."""
    for row in gold:
        yield Document(
            id=document_id(row["text"], url=row["id"], outlet=None, published=None),
            external_id=row["id"],
            text=row["text"],
            origin=Origin(kind="memory", digest=sha256_hex(row["text"].encode())),
            reader=Reader(name="plain", version="1"),
        )


def pairs(spans: Any) -> list[list[int]]:
    """Spans as the scorers read them."""
    return [[s.start, s.end] for s in spans]


def as_attributions(statements: tuple[Statement, ...]) -> list[dict[str, Any]]:
    """Outer statements in the corpus's form."""
    return [{r: pairs(getattr(s, r)) for r in ("source", "cue", "content")} for s in statements if s.within is None]


def as_statements(statements: tuple[Statement, ...]) -> list[dict[str, Any]]:
    """Statements in the public form, as far as the scorer looks."""
    return [
        {
            "id": s.id,
            "kind": s.kind,
            "within": s.within,
            **{r: pairs(getattr(s, r)) for r in ("source", "cue", "content")},
        }
        for s in statements
    ]


def polnear(extractor: Extractor) -> dict[str, float]:
    """F1 in points on PolNeAR dev."""
    gold = rows(SHARED / "data" / "attribution" / "polnear-dev.jsonl.gz")
    read = extractor.extract_many(documents(gold))
    found = [
        {"id": g["id"], "text": g["text"], "attributions": as_attributions(r.statements)}
        for g, r in zip(gold, read, strict=True)
    ]
    result = scorer("score_attribution").score(gold, found, False, 0)
    wanted = [(m, "all") for m in ("content tokens", "source tokens", "cue tokens", "content exact", "attribution")]
    wanted += [(f"{r} pieces exact", "all") for r in ("source", "cue", "content")]
    wanted += [("attribution", t) for t in ("direct", "indirect", "mixed")]
    return {f"polnear {m}" + ("" if t == "all" else f", {t}"): round(100 * result[m][t]["F1"], 2) for m, t in wanted}


def gold_figures(extractor: Extractor, name: str) -> tuple[dict[str, float], tuple[int, int]]:
    """Statement F1 and recall by kind on one of our own gold files, in points; also per outlet.

    Returns:
        The figures, and how many statements within statements were found, of how many.
    """
    gold = rows(SHARED / "data" / "gold" / f"{name}.jsonl")
    read = extractor.extract_many(documents(gold))
    found = [
        {"id": g["id"], "text": g["text"], "statements": as_statements(r.statements)}
        for g, r in zip(gold, read, strict=True)
    ]
    module = scorer("score_gold")
    result, _ = module.score(gold, found)
    out = {
        f"{name} statements": round(100 * result["statements"]["f1"], 2),
        f"{name} source": round(100 * result["source"]["f1"], 2),
    }
    out |= {f"{name} recall, {k}": round(100 * v, 2) for k, v in result["statement recall by kind"].items()}
    inner = [(g, f, s) for g, f in zip(gold, found, strict=True) for s in g["statements"] if s["within"]]
    hits = {
        f["id"]: {a["id"] for a, _ in module.match(g["text"], g["statements"], f["statements"])} for g, f, _ in inner
    }
    met = sum(s["id"] in hits[f["id"]] for _, f, s in inner)
    out[f"{name} recall, inner ({len(inner)} statements)"] = round(100 * met / len(inner), 2)
    for outlet in sorted({g["outlet"] for g in gold}):
        keep = {g["id"] for g in gold if g["outlet"] == outlet}
        one, _ = module.score([g for g in gold if g["id"] in keep], [f for f in found if f["id"] in keep])
        out[f"{name} statements, {outlet} ({len(keep)})"] = round(100 * one["statements"]["f1"], 2)
    return out, (met, len(inner))


def calibration(extractor: Extractor) -> list[tuple[str, int, float]]:
    """On PolNeAR dev: how many statements were scored so, and which share of them is right."""
    module = scorer("score_attribution")
    gold = rows(SHARED / "data" / "attribution" / "polnear-dev.jsonl.gz")
    bins: dict[int, list[int]] = {}
    for row, reading in zip(gold, extractor.extract_many(documents(gold)), strict=True):
        outer = [s for s in reading.statements if s.within is None]
        found = module.Article(
            {"id": row["id"], "attributions": as_attributions(reading.statements)}, row["text"], False
        )
        truth = module.Article(row, row["text"], False)
        right = {p for _, p in module.greedy(truth.atts, found.atts, module.s_attr)}
        for k, stmt in enumerate(outer):
            bins.setdefault(min(9, int(stmt.score * 10)), []).append(int(k in right))
    return [(f"{b / 10:.1f}-{(b + 1) / 10:.1f}", len(v), round(sum(v) / len(v), 3)) for b, v in sorted(bins.items())]


def measure(extractor: Extractor) -> dict[str, float]:
    """Every figure that has a floor, and, with a number in brackets, those of too few things to have one."""
    out = polnear(extractor)
    met = wanted = 0
    for name in GOLD:
        figures, (hits, inner) = gold_figures(extractor, name)
        out |= figures
        met, wanted = met + hits, wanted + inner
    return out | {"gold recall, inner": round(100 * met / wanted, 2)}


@pytest.fixture(scope="module")
def extractor(shared: Path) -> Iterator[Extractor]:
    with Extractor.load() as loaded:
        yield loaded


@pytest.mark.quality
@pytest.mark.shared
def test_floors(extractor: Extractor, capsys: pytest.CaptureFixture[str]) -> None:
    measured = measure(extractor)
    with capsys.disabled():
        check("extraction", {k: v for k, v in measured.items() if "(" not in k})
        for name, value in measured.items():
            if "(" in name:
                print(f"  {name:70} {value:6.2f}")


@pytest.mark.quality
@pytest.mark.shared
def test_scores_mean_what_they_say(extractor: Extractor, capsys: pytest.CaptureFixture[str]) -> None:
    table = calibration(extractor)
    with capsys.disabled():
        print("\nscore, statements, share right (PolNeAR dev)")
        for name, count, share in table:
            print(f"  {name}  {count:5}  {share:.3f}")
    shares = {name: share for name, _, share in table}
    assert 0.75 <= shares["0.8-0.9"] <= 0.95


@pytest.mark.quality
@pytest.mark.shared
def test_the_example_article(extractor: Extractor) -> None:
    """All seven outer statements of the example, with their sources."""
    gold = rows(SHARED / "data" / "gold" / "example.jsonl")[0]
    text = gold["text"]
    found = [s for s in extractor.extract(next(documents([gold]))) if s.within is None]
    module = scorer("score_gold")
    truth = [s for s in gold["statements"] if s["within"] is None]
    matched = module.match(text, truth, as_statements(tuple(found)))
    sources = [(text[slice(*g["source"][0])], " ".join(text[a:b] for a, b in p["source"])) for g, p in matched]
    assert len(matched) == len(truth) == 7
    assert all(a == b for a, b in sources), sources
