"""How good is the shipped model, next to existing systems and to people, by the same scorers on the same articles?

    python benchmarks/accuracy.py [--out benchmarks/results/accuracy.json]

Needs the shared data beside the checkout (`../shared`). The peers' predictions on PolNeAR dev lie there too
(`data/attribution/peers-dev`); they cover 83 of its 84 articles, so a second row gives onrecord on the same 83.
"People" in `docs/` are from PolNeAR's own multiply annotated articles and are not measured here.
"""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path

import onnxruntime

from report import report

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "quality"))

from floors import SHARED, scorer
from test_accuracy import as_attributions, calibration, documents, measure, rows

from onrecord.extract import Extractor

MEASURES = (
    ("content tokens", "all"),
    ("source tokens", "all"),
    ("cue tokens", "all"),
    ("content exact", "all"),
    ("attribution", "all"),
    ("attribution", "direct"),
    ("attribution", "indirect"),
    ("attribution", "mixed"),
)


def side_by_side(extractor: Extractor) -> dict[str, dict[str, float]]:
    """F1 in points of every system on the articles that all of them have."""
    folder = SHARED / "data" / "attribution"
    gold = rows(folder / "polnear-dev.jsonl.gz")
    own = [
        {"id": g["id"], "text": g["text"], "attributions": as_attributions(r.statements)}
        for g, r in zip(gold, extractor.extract_many(documents(gold)), strict=True)
    ]
    systems = {p.name.removesuffix(".jsonl.gz"): rows(p) for p in sorted((folder / "peers-dev").glob("*.jsonl.gz"))}
    systems["onrecord"] = own
    common = set.intersection(*({r["id"] for r in found} for found in systems.values()))
    score = scorer("score_attribution").score
    out = {}
    for name, found in systems.items():
        result = score([g for g in gold if g["id"] in common], [f for f in found if f["id"] in common], False, 0)
        out[name] = {m + ("" if t == "all" else f", {t}"): round(100 * result[m][t]["F1"], 1) for m, t in MEASURES} | {
            "articles": len(common)
        }
    return out


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--out", type=Path)
    args = a.parse_args()
    with Extractor.load() as extractor:
        result = {
            "machine": {"cpu": platform.machine(), "python": platform.python_version()},
            "libraries": {"onnxruntime": onnxruntime.__version__},
            "models": dict(extractor.method.models),
            "figures": measure(extractor),
            "calibration": [
                {"score": name, "statements": count, "right": share} for name, count, share in calibration(extractor)
            ],
            "side_by_side": side_by_side(extractor),
        }
    report(result, args.out)


if __name__ == "__main__":
    main()
