"""Statements inside contents, as the tagger itself sees them where it reads a content as a text of its own.

    python -m training.inside --data ../shared/data/attribution --model src/onrecord/models/tagger --out inside.jsonl

The corpus annotates the outermost statements only. What stands inside one is found by reading its words alone: there
the inner statement is the outermost. One line for each article: ``{"id", "inner": [{"source", "cue", "content",
"score"}]}`` with spans in the article.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.extract import Extractor
from onrecord.ingest import read_text
from onrecord.record.span import Span
from training.labelled import read_rows

SHORTEST = 5
"""Words of the shortest content that is looked into."""
_EDGE = " \n“”\"«»„‘’',;:"


def places(text: str, spans: Iterable[tuple[int, int]]) -> list[int]:
    """Where the code points of a content stand that is read as a text; -1 for a space put between its parts."""
    out: list[int] = []
    for start, end in spans:
        out += [-1] * bool(out) + list(range(start, end))
    while out and (out[0] < 0 or text[out[0]] in _EDGE):
        del out[0]
    while out and (out[-1] < 0 or text[out[-1]] in _EDGE):
        del out[-1]
    word = "".join(text[k] if k >= 0 else " " for k in out[:5])
    return out[5:] if word == "that " else out


def _back(spans: Iterable[Span], where: list[int]) -> list[tuple[int, int]]:
    """Spans of the content's text -> spans of the article, cut where the content has a gap."""
    out: list[tuple[int, int]] = []
    for span in spans:
        for k in where[span.start : span.end]:
            if k < 0:
                continue
            if out and out[-1][1] == k:
                out[-1] = (out[-1][0], k + 1)
            else:
                out.append((k, k + 1))
    return out


def inside(extractor: Extractor, text: str, contents: list[list[tuple[int, int]]]) -> Iterator[dict]:
    """The statements inside the contents of one article."""
    wheres = [places(text, spans) for spans in contents]
    inner = ["".join(text[k] if k >= 0 else " " for k in where) for where in wheres]
    chosen = [k for k, words in enumerate(inner) if len(words.split()) >= SHORTEST]
    readings = extractor.extract_many([read_text(inner[k]) for k in chosen])
    for k, reading in zip(chosen, readings, strict=True):
        for stmt in reading.statements:
            if stmt.within is None and stmt.cue:
                yield {
                    "source": _back(stmt.source, wheres[k]),
                    "cue": _back(stmt.cue, wheres[k]),
                    "content": _back(stmt.content, wheres[k]),
                    "score": stmt.score,
                }


def main() -> None:
    """Read the contents of every training article."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    args = a.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with Extractor.load(args.model) as extractor, args.out.open("w", encoding="utf-8") as out:
        for row in read_rows(args.data / "polnear-train.jsonl.gz"):
            contents = [[(s, e) for s, e in att["content"]] for att in row["attributions"] if att["content"]]
            found = list(inside(extractor, row["text"], contents))
            out.write(json.dumps({"id": row["id"], "inner": found}) + "\n")


if __name__ == "__main__":
    main()
