"""Learn where contents end, on the training articles, and write ``ends.json`` into the model folder.

    python -m training.ends --data ../shared/data/attribution --model src/onrecord/models/tagger

The tagger knows its training articles too well to show how it errs. So a share of their pieces is hidden from it, such
that it does about as well on them as on articles that it never saw; every end that it then draws is an example, with
the end that the annotators drew as the answer. What was learned is tried on the held-out articles as they stand: how
many ends were right as drawn, how many are after, and how many of them were put right and made wrong. Run it before
``training.calibrate``, which writes the checksums.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from onrecord.extract.decode import outer_statements
from onrecord.extract.ends import KINDS, MEASURES, PLACES, Choices, possible_ends
from onrecord.extract.found import Found
from onrecord.extract.link import Pull
from onrecord.extract.section import Bool
from onrecord.models.session import TaggerSession
from training.evaluate import as_document
from training.held_out import held_out
from training.labelled import read_rows
from training.train import MASK, split
from training.tune import Recorder, Seen

HIDDEN = 0.15
"""Share of the pieces of a training article that the tagger does not see."""
STAY = 0.5
"""What the drawn end is given on top of what was learned."""
RIDGE = 10.0
SEED = 5


@dataclass(frozen=True)
class Example:
    """The possible ends of one content.

    Attributes:
        inputs: float32 (choices, measures and one column for each place and kind).
        drawn, right: Which choice the tagger and which the annotators drew.
    """

    inputs: np.ndarray
    drawn: int
    right: int


class Hider(Recorder):
    """A recorder whose tagger does not see all pieces."""

    dice = np.random.default_rng(SEED)

    def _job(self, doc: Any) -> Any:
        job = super()._job(doc)
        hit = self.dice.random(len(job.pieces)) < HIDDEN
        job.pieces = replace(job.pieces, ids=np.where(hit, MASK, job.pieces.ids).astype(np.int32))
        return job


def examples(seen: Sequence[Seen], gold: list[dict], pull: Pull) -> list[Example]:
    """One for each stretch of content that meets a gold content by three words in ten or more."""
    out = []
    for s in seen:
        found = outer_statements(s.section, pull, None)
        choices = possible_ends(s.section, found)
        if choices is None:
            continue
        lettered = np.array([w[0].isalnum() for w in s.section.forms.words])
        marked = [_marked(s, att) & lettered for att in gold]
        limits = [*choices.begin[1:].tolist(), len(choices.ends)]
        for row, ((number, part), limit) in enumerate(zip(choices.owner, limits, strict=True)):
            best = _met(found[number], marked, lettered)
            here = slice(int(choices.begin[row]), limit)
            if best is None or limit - here.start < 2:
                continue
            right = _end(found[number].content[part].start, int(choices.drawn[row]), best, lettered, s.section.first)
            at = np.flatnonzero(choices.ends[here] == right)
            if len(at):
                drawn = int(np.flatnonzero(choices.ends[here] == choices.drawn[row])[0])
                out.append(Example(inputs(choices, here), drawn, int(at[0])))
    return out


def _marked(seen: Seen, att: dict) -> Bool:
    """Which words of the section are content of `att`?"""
    starts = seen.pieces.starts[seen.words]
    out = np.zeros(len(starts), dtype=bool)
    for start, end in att["content"]:
        out[np.searchsorted(starts, start) : np.searchsorted(starts, end)] = True
    return out


def _met(found: Found, gold: list[Bool], lettered: Bool) -> Bool | None:
    """The gold content that shares most words with `found`, if it shares enough."""
    own = np.zeros(len(lettered), dtype=bool)
    for part in found.content:
        own[part.start : part.end] = True
    own &= lettered
    best, share = None, 0.3
    for content in gold:
        overlap = (content & own).sum() / max(1, (content | own).sum())
        if overlap >= share:
            best, share = content, overlap
    return best


def _end(start: int, drawn: int, gold: Bool, lettered: Bool, first: Bool) -> int | None:
    """One past the last word of `gold` in the stretch from `start` to `drawn`, or beyond if it goes on there."""
    hits = np.flatnonzero(gold[start:drawn])
    if not len(hits):
        return None
    end = start + int(hits[-1]) + 1
    if end == drawn:
        k = end
        while k < len(gold) and not first[k] and (gold[k] or not lettered[k]):
            k += 1
            end = k if gold[k - 1] else end
    return end


def inputs(choices: Choices, here: slice) -> np.ndarray:
    """Measures, and kinds as columns of zeros and ones."""
    ones = np.eye(len(KINDS))
    kinds = (ones[choices.kinds[here, place]] for place in range(len(PLACES)))
    return np.hstack([choices.measures[here], *kinds]).astype(np.float32)


def fit(known: Sequence[Example]) -> np.ndarray:
    """The weights under which the right ends are most probable, each group of choices for itself."""
    x = np.concatenate([e.inputs for e in known])
    sizes = [len(e.inputs) for e in known]
    begin = np.cumsum([0, *sizes[:-1]])
    group = np.repeat(np.arange(len(known)), sizes)
    right = begin + np.array([e.right for e in known])
    scale = x.std(axis=0) + 1e-9
    scale[len(MEASURES) :] = 1.0
    x = x / scale

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        z -= np.maximum.reduceat(z, begin)[group]
        chance = np.exp(z)
        total = np.add.reduceat(chance, begin)
        chance /= total[group]
        gradient = x.T @ chance - x[right].sum(axis=0) + RIDGE * w
        return float(np.log(total).sum() - z[right].sum() + RIDGE * (w @ w) / 2), gradient.astype(np.float64)

    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x / scale)


def as_table(weights: np.ndarray) -> dict[str, dict[str, float]]:
    """The weights by name, as ``ends.Weights`` reads them."""
    values = [round(float(w), 5) for w in weights]
    table = {"measures": dict(zip(MEASURES, values[: len(MEASURES)], strict=True)) | {"stay": STAY}}
    for number, place in enumerate(PLACES):
        begin = len(MEASURES) + number * len(KINDS)
        table[place] = dict(zip(KINDS, values[begin : begin + len(KINDS)], strict=True))
    return table


def tried(known: Sequence[Example], weights: np.ndarray) -> str:
    """How the weights do on `known`."""
    stays = MEASURES.index("stays")
    chosen = [int((e.inputs @ weights + STAY * e.inputs[:, stays]).argmax()) for e in known]
    before = sum(e.drawn == e.right for e in known)
    after = sum(c == e.right for c, e in zip(chosen, known, strict=True))
    mended = sum(c == e.right != e.drawn for c, e in zip(chosen, known, strict=True))
    return (
        f"{len(known)} ends, {before} right as drawn, {after} after: {mended} mended, {before + mended - after} broken"
    )


def collect(rows: list[dict], recorder: Recorder, pull: Pull) -> list[Example]:
    """The examples of some articles."""
    out = []
    for row in rows:
        recorder.seen.clear()
        for _ in recorder.extract_many([as_document(row["text"])]):
            pass
        out += examples(recorder.seen, row["attributions"], pull)
    return out


def main() -> None:
    """Fit, try, write."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--model", type=Path, required=True)
    args = a.parse_args()
    session = TaggerSession(args.model)
    pull = Pull(session.biases)
    train, _ = split(read_rows(args.data / "polnear-train.jsonl.gz"))
    with Hider(session) as hider, Recorder(session) as recorder:
        known = collect(list({r["text"]: r for r in train}.values()), hider, pull)
        new = collect(held_out(args.data), recorder, pull)
    weights = fit(known)
    print("training articles:", tried(known, weights))
    print("held-out articles:", tried(new, weights))
    (args.model / "ends.json").write_text(json.dumps(as_table(weights), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
