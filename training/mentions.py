"""Texts with marked mentions -> what the tagger learns of who is who.

GUM (Zeldes 2017): every mention, its type and its entity, marked by people; the genres under a non-commercial licence
are left out. The CoreNLP layer of PolNeAR: names and coreference as a machine saw them, so only *which* mentions belong
together is learned from it, and the kind of its names.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from onrecord.extract.layout import LONGEST_MENTION
from onrecord.extract.pieces import GAP_LINE, cut_pieces
from onrecord.record.mention import MENTION_KINDS
from training.examples import IGNORE, Example

NOT_FREE = {"fiction", "whow", "letter", "podcast", "essay"}
"""Genres of GUM under a non-commercial licence."""
KIND_OF = {"person": "person", "organization": "organisation", "place": "place"}
KIND_OF_NAME = {
    "PERSON": "person",
    "ORGANIZATION": "organisation",
    "LOCATION": "place",
    "CITY": "place",
    "COUNTRY": "place",
    "STATE_OR_PROVINCE": "place",
}
WORD = re.compile(r"\w+")


@dataclass
class Marked:
    """A text with its mentions.

    Attributes:
        text: The text.
        mentions: Start, end (code points), kind or None, entity or None.
        complete: Whether all mentions are marked.
    """

    text: str
    mentions: list[tuple[int, int, str | None, int | None]]
    complete: bool


def _lines(path: Path) -> Iterator[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_gum(path: Path) -> list[Marked]:
    """The texts of GUM that may be trained on."""
    out = []
    for row in _lines(path):
        if row["genre"] in NOT_FREE:
            continue
        entity = {m: k for k, group in enumerate(row["coref"]) for m in group}
        alone = len(row["coref"])
        mentions = [
            (m["start"], m["end"], KIND_OF.get(m["type"], "other"), entity.get(k, alone + k))
            for k, m in enumerate(row["mentions"])
        ]
        out.append(Marked(row["text"], mentions, True))
    return out


def read_silver(path: Path) -> dict[str, list[tuple[int, int, str | None, int | None]]]:
    """By article: mentions that CoreNLP put together, and names, which stand alone if it did not."""
    out = {}
    for row in _lines(path):
        kinds = dict(_names(row["sentences"]))
        found = {(s, e): (kinds.pop((s, e), None), k) for k, group in enumerate(row["coref"]) for s, e in group}
        alone = len(row["coref"])
        found |= {span: (kind, alone + k) for k, (span, kind) in enumerate(kinds.items())}
        out[row["id"]] = [(s, e, kind, entity) for (s, e), (kind, entity) in found.items()]
    return out


def _names(sentences: list[list[list]]) -> Iterator[tuple[tuple[int, int], str]]:
    for sentence in sentences:
        begin, last = 0, "O"
        for k, (start, _, _, name) in enumerate([*sentence, [0, 0, "", "O"]]):
            if name != last:
                if last in KIND_OF_NAME:
                    yield (begin, sentence[k - 1][1]), KIND_OF_NAME[last]
                begin, last = start, name


def mark(example: Example, starts: np.ndarray, ends: np.ndarray, marked: Marked) -> Example:
    """The example with the mentions that begin and end with words of it.

    Args:
        example: The whole text.
        starts, ends: Its pieces' places in the text.
        marked: The same text's mentions.
    """
    heads = np.flatnonzero(example.head)
    tails = np.append(heads[1:], len(starts)) - 1
    first = {int(starts[h]): h for h in heads}
    last = {int(ends[t]): h for h, t in zip(heads, tails, strict=True)}
    number = np.cumsum(example.head)
    rows = []
    for s, e, kind, entity in marked.mentions:
        if s in first and e in last and number[last[e]] - number[first[s]] < LONGEST_MENTION:
            k = MENTION_KINDS.index(kind) if kind else -1
            rows.append((first[s], last[e], k, -1 if entity is None else entity, s, e))
    rows.sort(key=lambda r: (r[0], -r[1]))
    table = np.array([r[:4] for r in rows], dtype=np.int64).reshape(-1, 4)
    words = [WORD.findall(marked.text[r[4] : r[5]].casefold()) for r in rows]
    return replace(example, mentions=table, words=words, complete=marked.complete)


def encode_marked(marked: Marked, tokenizer: Tokenizer) -> Example:
    """A text of which the mentions alone are known."""
    pieces = cut_pieces(marked.text, tokenizer)
    n = len(pieces)
    blank = Example(
        ids=pieces.ids.astype(np.int64),
        features=pieces.features.astype(np.int64),
        tags=np.full((2, n), IGNORE),
        own=np.full(n, IGNORE),
        asks=np.full((4, n), -1),
        keys=np.full((4, n), -1),
        step=np.cumsum(pieces.features[2] >= GAP_LINE).astype(np.int64),
        head=pieces.head,
        mentions=np.zeros((0, 4), dtype=np.int64),
        words=[],
        complete=True,
    )
    return mark(blank, pieces.starts, pieces.ends, marked)


def sameness(words: list[list[str]]) -> np.ndarray:
    """What mentions share in writing (``extract.layout.SAMENESS``): bool, shape (mentions, mentions, 3)."""
    sets = [set(w) for w in words]
    n = len(words)
    out = np.zeros((n, n, 3), dtype=bool)
    for i in range(n):
        for j in range(i):
            if words[i] and words[j]:
                out[i, j] = (
                    words[i] == words[j],
                    words[i][-1] == words[j][-1],
                    sets[i] <= sets[j] or sets[j] <= sets[i],
                )
    return out
