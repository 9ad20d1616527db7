"""Compile the tables that the comparison of statements rests on: how rare words are, and which words oppose each other.

    python -m training.pairs_tables --data ../shared/data

Facts about words only; no text of the corpora is kept. Sources: PolNeAR (articles), FNC-1 (article bodies) for
rarity; WikiFactCheck-English and SemAntoNeg, as in CANNOT (CC BY-SA 4.0), for opposites.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from onrecord.connect.words import NEGATIONS, STOP, information, tokens

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "connect" / "data"
LEAST_DOCUMENTS = 3
LEAST_PAIRS = 2


def read(path: Path) -> Iterator[dict]:
    """The rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def rarity(data: Path) -> dict[str, float]:
    """How telling each stem is, over all articles at hand."""
    articles = {r["text"] for r in read(data / "attribution" / "polnear-train.jsonl.gz")}
    articles |= {r["text"] for r in read(data / "crossdoc" / "stance-fnc1-bodies-train.jsonl.gz")}
    counts: collections.Counter[str] = collections.Counter()
    for text in articles:
        counts.update({t.stem for t in tokens(text) if t.form not in STOP})
    return information({w: n for w, n in counts.items() if n >= LEAST_DOCUMENTS and w.isalpha()}, len(articles))


def opposites(data: Path) -> collections.Counter[tuple[str, str]]:
    """Pairs of stems that were exchanged, each alone, to turn a sentence into its contradiction."""
    found: collections.Counter[tuple[str, str]] = collections.Counter()
    for row in read(data / "crossdoc" / "contradiction-train.jsonl.gz"):
        if row["dataset"] not in ("WikiFactCheck", "SemAntoNeg") or row["label"] != "contradiction":
            continue
        a, b = list(tokens(row["a"])), list(tokens(row["b"]))
        steps = SequenceMatcher(None, [t.form for t in a], [t.form for t in b], autojunk=False).get_opcodes()
        changes = [step for step in steps if step[0] != "equal"]
        if len(changes) != 1 or changes[0][0] != "replace":
            continue
        _, i, j, k, m = changes[0]
        if (j - i, m - k) == (1, 1) and not (a[i].name or b[k].name):
            pair = sorted((a[i].stem, b[k].stem))
            if pair[0] != pair[1] and all(w.isalpha() and w not in STOP | NEGATIONS for w in pair):
                found[pair[0], pair[1]] += 1
    return found


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    table = rarity(args.data)
    head = "# stem, ln(documents / documents that hold it), over PolNeAR and FNC-1 articles\n"
    (OUT / "rarity.csv").write_text(head + "".join(f"{w},{v:.1f}\n" for w, v in sorted(table.items())), "utf-8")
    pairs = opposites(args.data)
    head = "# two stems that turn a sentence round when exchanged, and how often, in\n"
    head += "# WikiFactCheck-English and SemAntoNeg as in CANNOT (CC BY-SA 4.0)\n"
    lines = [f"{a},{b},{n}\n" for (a, b), n in sorted(pairs.items()) if n >= LEAST_PAIRS]
    (OUT / "opposites.csv").write_text(head + "".join(lines), "utf-8")
    print(len(table), "stems,", len(lines), "opposites")


if __name__ == "__main__":
    main()
