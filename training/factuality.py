"""Learns how certain a sentence makes an event, and writes the weights that the product reads.

    python -m training.factuality --data ../shared/data/factuality

Ridge regression on hashed features, one set of weights that all corpora share and one for each of them; what is written
is the sum for UW, which is news. The corpora disagree on the future, so they must not be mixed without that.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix
from scipy.stats import pearsonr
from sklearn.linear_model import Ridge

from onrecord.position.factuality import LEAST, MOST, features
from onrecord.position.words import find_words
from onrecord.record.span import Span

CORPORA = ("UW", "UDS-IH2", "MEANTIME", "CB")
PLACES = 2**16
RARE = 2
"""A feature seen less often than this is not learned."""
STRENGTH = 30.0
NEWS = "UW"
WEIGHT_OF_NEWS = 2.0
OUT = Path("src/onrecord/position/data/factuality.npz")


@dataclass(frozen=True, slots=True)
class Event:
    """One marked event: its features, its value in [-3, 3], its corpus."""

    features: frozenset[str]
    value: float
    corpus: str
    text: str


def read(path: Path) -> list[Event]:
    """The events of one file."""
    events = []
    for line in gzip.decompress(path.read_bytes()).splitlines():
        row = json.loads(line)
        words = find_words(row["text"])
        target = words.inside(Span(*row["target"]))
        events.append(Event(frozenset(features(words, target)), row["value"], row["dataset"], row["text"]))
    return events


def matrix(events: list[Event], known: set[str]) -> csr_matrix:
    """Features by place, float32, shape (events, places shared + places of each corpus)."""
    rows, columns = [], []
    for number, event in enumerate(events):
        places = {crc32(name.encode("utf-8", "surrogatepass")) % PLACES for name in event.features if name in known}
        own = PLACES * (1 + CORPORA.index(event.corpus))
        for place in places:
            rows += [number, number]
            columns += [place, own + place]
    shape = (len(events), PLACES * (1 + len(CORPORA)))
    return csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)


def train(events: list[Event]) -> tuple[np.ndarray, float]:
    """The weights for news and their bias."""
    counts = Counter(name for event in events for name in event.features)
    known = {name for name, count in counts.items() if count >= RARE}
    values = np.array([event.value for event in events])
    news = np.array([event.corpus == NEWS for event in events])
    means = {c: values[[e.corpus == c for e in events]].mean() for c in CORPORA}
    model = Ridge(alpha=STRENGTH, solver="sparse_cg", fit_intercept=False)
    model.fit(
        matrix(events, known),
        values - np.array([means[e.corpus] for e in events]),
        sample_weight=np.where(news, WEIGHT_OF_NEWS, 1.0),
    )
    own = PLACES * (1 + CORPORA.index(NEWS))
    return model.coef_[:PLACES] + model.coef_[own : own + PLACES], float(means[NEWS])


def judge(events: list[Event], weights: np.ndarray, bias: float) -> dict[str, float]:
    """On the events of news: correlation, mean error, F1 of "did not happen" (at or below -1, guessed below 0)."""
    news = [event for event in events if event.corpus == NEWS]
    guess = []
    for event in news:
        places = list({crc32(name.encode("utf-8", "surrogatepass")) % PLACES for name in event.features})
        guess.append(min(MOST, max(LEAST, bias + weights[places].sum())))
    found, truth = np.array(guess), np.array([event.value for event in news])
    denied, said = truth <= -1, found < 0
    return {
        "r": float(pearsonr(found, truth)[0]),
        "mean error": float(np.abs(found - truth).mean()),
        "F1 denied": float(2 * (denied & said).sum() / (denied.sum() + said.sum())),
        "events": len(news),
    }


def main() -> None:
    """Train on train, print figures on dev, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    learned = read(args.data / "factuality-train.jsonl.gz")
    dev = read(args.data / "factuality-dev.jsonl.gz")
    weights, bias = train(learned)
    step = float(np.abs(weights).max() / 127)
    small = np.round(weights / step).astype(np.int8)
    seen = {event.text for event in learned}
    print("dev            ", judge(dev, small * step, bias))
    print("dev, unseen    ", judge([e for e in dev if e.text not in seen], small * step, bias))
    np.savez_compressed(OUT, weights=small, step=np.float32(step), bias=np.float32(bias))
    print(OUT, OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
