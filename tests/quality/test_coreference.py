"""How well are people and organisations followed through a text?

Scored on GUM dev by the CoNLL average: MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998) and CEAF-e (Luo
2005), of whole texts taken together. Mentions are found by ourselves; a mention counts if it has exactly the words of
the gold one. Mentions that stand alone are scored too; the figure without them is printed beside it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from floors import check

from onrecord.extract import Extractor
from onrecord.ingest import read_text
from onrecord.resolve.people.coreference import entities

GENRES = ("news", "interview", "speech")
KINDS = {"person", "organization"}


def gold(path: Path) -> Iterator[tuple[str, list[set[tuple[int, int]]]]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["genre"] not in GENRES:
                continue
            mentions = row["mentions"]
            joined = {m for group in row["coref"] for m in group}
            groups = [*row["coref"], *([k] for k in range(len(mentions)) if k not in joined)]
            named = [
                {(mentions[k]["start"], mentions[k]["end"]) for k in group if mentions[k]["type"] in KINDS}
                for group in groups
            ]
            yield row["text"], [group for group in named if group]


def found(extractor: Extractor, text: str) -> list[set[tuple[int, int]]]:
    reading = next(extractor.extract_many([read_text(text)]))
    kinds = {"person", "organisation"}
    groups = [
        {(m.span.start, m.span.end) for m in (reading.mentions[k] for k in group) if m.kind in kinds}
        for group in entities(reading.mentions)
    ]
    return [group for group in groups if group]


def conll(pairs: list[tuple[list[set[object]], list[set[object]]]]) -> dict[str, float]:
    """The average of the three measures over texts whose mentions are kept apart."""
    from scorch.scores import b_cubed, ceaf_e, muc

    key = [{(n, m) for m in group} for n, (groups, _) in enumerate(pairs) for group in groups]
    response = [{(n, m) for m in group} for n, (_, groups) in enumerate(pairs) for group in groups]
    out = {measure.__name__: measure(key, response)[2] for measure in (muc, b_cubed, ceaf_e)}
    return {**out, "conll": sum(out.values()) / 3}


@pytest.mark.slow
@pytest.mark.quality
@pytest.mark.shared
def test_people_and_organisations_are_followed(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Extractor.load() as extractor:
        pairs = [(groups, found(extractor, text)) for text, groups in gold(shared / "data/mentions/gum-dev.jsonl.gz")]
    together = conll(pairs)
    linked = conll([([g for g in a if len(g) > 1], [g for g in b if len(g) > 1]) for a, b in pairs])
    key = {(n, m) for n, (a, _) in enumerate(pairs) for g in a for m in g}
    response = {(n, m) for n, (_, b) in enumerate(pairs) for g in b for m in g}
    mentions = 2 * len(key & response) / (len(key) + len(response))
    with capsys.disabled():
        print(f"\ncoreference, GUM dev ({', '.join(GENRES)}), people and organisations")
        for name, row in (("all", together), ("without those that stand alone", linked)):
            print(f"  {name}: " + "  ".join(f"{k} {100 * v:.1f}" for k, v in row.items()))
        check("coreference", {"conll": 100 * together["conll"], "mentions": 100 * mentions})
