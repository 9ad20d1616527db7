"""The pairs that the neural comparison of statements is trained and measured on.

Trained on sets that are open or state no licence: ECB+ (annotation CC BY 3.0), PERSPECTRUM (CC BY-SA 4.0),
WikiFactCheck-English and SemAntoNeg as in CANNOT (CC BY-SA 4.0), ClaimDiff and FNC-1 (none stated), pairs made from
PolNeAR's statements (none stated; see :mod:`training.pairs_edits`), and constructed ones (our own; see
:mod:`training.pairs_scenarios`). MRPC, SICK and SEESAW forbid commercial use:
they only measure. FEVER-Symmetric (CC BY-SA 3.0) measures too.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.pairs_edits import related
from training.pairs_scenarios import constructed

LABELS = ("same", "narrower", "broader", "contrary", "other")
"""What the second text says, compared with the first."""

BODY_WORDS = 45
"""So much of an FNC-1 article stands beside its headline."""


@dataclass(frozen=True)
class Row:
    """A pair to learn from.

    Attributes:
        a: The first text.
        b: The second one.
        label: One of LABELS; with `report`, "same" or "other" only.
        weight: How much it counts.
        report: Whether the question is another one: do both tell of one act of reporting?
    """

    a: str
    b: str
    label: str
    weight: float = 1.0
    report: bool = False


def read(path: Path) -> list[dict]:
    """The rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def untokenised(text: str) -> str:
    """Words and marks set as in print: "Oscars ! " becomes "Oscars!"."""
    text = re.sub(r"\s+([.,!?;:’”)])", r"\1", text.replace("``", "“").replace("''", "”"))
    return re.sub(r"([(“])\s+", r"\1", re.sub(r"\s+(n't|'s|'re|'ve|'ll|'d)\b", r"\1", text)).strip()


def reports(data: Path, part: str) -> list[Row]:
    """ECB+: do two sentences tell of one act of reporting?"""
    rows = read(data / "crossdoc" / f"same-report-ecb-{part}.jsonl.gz")
    same = {"same": "same", "different": "other"}
    return [Row(untokenised(r["a"]), untokenised(r["b"]), same[r["label"]], report=True) for r in rows]


def contradictions(data: Path, rng: random.Random) -> list[Row]:
    """WikiFactCheck and SemAntoNeg."""
    rows = read(data / "crossdoc" / "contradiction-train.jsonl.gz")
    wiki = [Row(r["a"], r["b"], "contrary", 0.7) for r in rows if r["dataset"] == "WikiFactCheck"]
    words = [
        Row(r["a"], r["b"], "contrary" if r["label"] == "contradiction" else "same", 0.4)
        for r in rows
        if r["dataset"] == "SemAntoNeg"
    ]
    # A sentence beside another's contradiction: that a pair comes from there must not give its label away.
    apart = [Row(x.a, y.b, "other", 0.3) for x, y in zip(wiki, rng.sample(wiki, len(wiki)), strict=True)]
    itself = [Row(x.a, x.a, "same", 0.1) for x in rng.sample(wiki, 300)]
    return rng.sample(wiki, 7000) + rng.sample(words, 4000) + rng.sample(apart, 1500) + itself


def stances(data: Path, rng: random.Random) -> list[Row]:
    """PERSPECTRUM: what supports a claim, what undermines it, and what means the same."""
    rows = read(data / "crossdoc" / "perspectrum-train.jsonl.gz")
    out = [Row(r["perspective"], r["claim"], "broader" if r["stance"] == "support" else "contrary", 0.4) for r in rows]
    clusters: dict[str, list[str]] = {}
    for r in rows:
        clusters.setdefault(r["cluster"], []).append(r["perspective"])
    for members in clusters.values():
        if len(members) > 1:
            a, b = rng.sample(members, 2)
            out.append(Row(a, b, "same", 0.6))
    return out


def headlines(data: Path, rng: random.Random) -> list[Row]:
    """FNC-1: headlines beside the beginnings of articles that agree, disagree or are on something else."""
    bodies = {r["body_id"]: r["text"] for r in read(data / "crossdoc" / "stance-fnc1-bodies-train.jsonl.gz")}
    label = {"agree": "broader", "disagree": "contrary", "unrelated": "other"}
    weight = {"agree": 0.5, "disagree": 1.0, "unrelated": 0.3}
    rows = [r for r in read(data / "crossdoc" / "stance-fnc1-train.jsonl.gz") if r["stance"] in label]
    rng.shuffle(rows)
    left = {"agree": 2000, "disagree": 700, "unrelated": 2000}
    out = []
    for r in rows:
        if left[r["stance"]] and r["body_id"] in bodies:
            left[r["stance"]] -= 1
            body = " ".join(bodies[r["body_id"]].split()[:BODY_WORDS])
            out.append(Row(body, r["headline"], label[r["stance"]], weight[r["stance"]]))
    return out


def weakened(data: Path) -> list[Row]:
    """ClaimDiff: a sentence that weakens a claim; vague, and so of little weight."""
    rows = read(data / "crossdoc" / "claimdiff-train.jsonl.gz")
    return [Row(r["a"], r["b"], "contrary" if r["label"] == "weakens" else "other", 0.4) for r in rows]


def made(data: Path, rng: random.Random, count: int) -> list[Row]:
    """Pairs made from the statements of PolNeAR's training articles."""
    articles = []
    for row in read(data / "attribution" / "polnear-train.jsonl.gz"):
        contents = [" ".join(row["text"][s:e] for s, e in a["content"]) for a in row["attributions"]]
        contents = [c for c in contents if 6 <= len(c.split()) <= 45]
        if len(contents) > 3:
            articles.append(contents)
    out: list[Row] = []
    while len(out) < count:
        text, other = rng.sample(rng.choice(articles), 2)
        if found := related(text, other, rng):
            out.append(Row(*found))
    return out


def training_rows(data: Path, seed: int) -> list[Row]:
    """All pairs of one pass, shuffled; the made ones are others with every seed."""
    rng = random.Random(seed)
    rows = [*contradictions(data, rng), *stances(data, rng), *headlines(data, rng), *weakened(data)]
    rows += made(data, rng, 11_000) + 3 * reports(data, "train")
    rows += [Row(*pair) for pair in constructed(rng, 9000)]
    rng.shuffle(rows)
    return rows


def measured(data: Path) -> Iterator[tuple[str, list[Row]]]:
    """The development sets, by name; none of them is trained on."""
    yield "ecb", reports(data, "dev")
    pairs = read(data / "crossdoc" / "paraphrase-mrpc-dev.jsonl.gz")
    yield "mrpc", [Row(r["a"], r["b"], "same" if r["label"] == "same" else "other") for r in pairs]
    names = {"contradiction": "contrary", "entailment": "broader", "neutral": "other"}
    rows = read(data / "crossdoc" / "contradiction-dev.jsonl.gz")
    for name in ("SICK", "FEVER-Symmetric"):
        yield name.lower(), [Row(r["a"], r["b"], names[r["label"]]) for r in rows if r["dataset"] == name]
