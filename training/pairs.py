"""Train the heads that tell how two statements stand to each other: links annotated by hand -> data/heads.json.

    python -m training.pairs --gold ../shared/data/gold [--model src/onrecord/models/pairs]
        [--read work/read] [--check]   # as shipped: with --read, without --model

Whether two statements bear on one proposition is learned from all candidate pairs of the annotated documents, those
without a link included; how they do, from those with a link. With --read, the same documents as onrecord itself reads
them (`<name>.jsonl`, the public form) are learned from too: links are carried over to the statements that match.

Every figure is cross-validated by story: a pair is judged by heads that never saw its story. Shipped are the heads
trained on all of them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score
from sklearn.model_selection import GroupKFold

from onrecord.connect.closely import with_read
from onrecord.connect.heads import RELATIONS, Heads, heads_to_json
from onrecord.connect.index import Index, rank_of
from onrecord.connect.look import look
from onrecord.connect.pair import FEATURES, compare, share_of_topics
from onrecord.connect.reprints import Printings, print_of
from onrecord.models.pairs import PairSession
from onrecord.record.codec import reading_from_json, reading_to_json
from onrecord.record.reading import Reading
from onrecord.record.span import Spans

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "connect" / "data" / "heads.json"
FILES = ("stories-dev", "real-dev", "example")
STRENGTH_BEARS, STRENGTH_HOW = 0.03, 0.03
"""Inverse of the penalty on weights, on features brought to unit variance."""
PARTS = 4
"""Into so many parts the stories are divided to see how sure a head may be."""
UNJUDGED = 0.5
"""What a candidate pair counts that nobody annotated: hardly ever a link that was overlooked. Pairs within one document
are left out where none of that document was annotated: nobody looked at them."""
RELATION_OF = {
    "same words": "origin",
    "re-report": "origin",
    "agrees": "alike",
    "repeats": "alike",
    "conflicts": "opposed",
    "denies": "opposed",
    "changes": "opposed",
    "answers": "answers",
    "unrelated": None,
}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Pairs:
    """Pairs of statements.

    Attributes:
        x: float64 (pairs, COLUMNS).
        y: Relation of each; None where there is no link.
        weight: What each counts.
        story: Its story; None across stories.
    """

    x: np.ndarray
    y: np.ndarray
    weight: np.ndarray
    story: np.ndarray

    def __getitem__(self, at: np.ndarray) -> Pairs:
        return Pairs(self.x[at], self.y[at], self.weight[at], self.story[at])


def read_anew(gold: Path, folder: Path) -> None:
    """Write the gold documents as onrecord reads them, where they are not there yet."""
    from onrecord.run.stages import Stages

    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in FILES if not (folder / f"{name}.jsonl").is_file()]
    if missing:
        with Stages.load() as stages:
            for name in missing:
                documents = [reading.document for reading in readings(gold / f"{name}.jsonl")]
                lines = [json.dumps(reading_to_json(reading)) + "\n" for reading in stages.read_many(documents)]
                (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")


def readings(path: Path) -> list[Reading]:
    """The documents of a file in the public form."""
    return [reading_from_json(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def matches(gold: Reading, read: Reading) -> Iterator[tuple[str, str]]:
    """Which statement of `read` is which of `gold`? By word overlap of at least one half, best first."""
    text = gold.document.text
    places = [(m.start(), m.end()) for m in _WORD.finditer(text)]

    def words(spans: Spans) -> frozenset[int]:
        return frozenset(k for k, (s, e) in enumerate(places) if any(s < x.end and e > x.start for x in spans))

    mine = [(words(s.content), s.id) for s in gold.statements]
    theirs = [(words(s.content), s.id) for s in read.statements]
    scored = sorted(((-len(a & b) / len(a | b), x, y) for a, x in mine for b, y in theirs if a & b), key=lambda m: m[0])
    used: set[tuple[str, str]] = set()
    for score, x, y in scored:
        if score <= -0.5 and not used & {("gold", x), ("read", y)}:
            used |= {("gold", x), ("read", y)}
            yield x, y


def pairs(gold: Path, name: str, read: Path | None = None, session: PairSession | None = None) -> Pairs:
    """The annotated pairs and all other candidates of one gold file."""
    truth = readings(gold / f"{name}.jsonl")
    documents = truth if read is None else readings(read / f"{name}.jsonl")
    by_id = {r.document.external_id: r for r in documents}
    own: dict[str, str] = {}
    for r in truth:
        doc = r.document.external_id
        found = ((s.id, s.id) for s in r.statements) if read is None else matches(r, by_id[doc])
        own |= {f"{doc}/{x}": f"{doc}/{y}" for x, y in found}
    links: dict[frozenset[str], str | None] = {}
    for line in (gold / f"{name}-links.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["left"] in own and row["right"] in own:
            links[frozenset((own[row["left"]], own[row["right"]]))] = RELATION_OF[row["kind"]]
    return _compared(documents, links, session)


def _compared(
    documents: Sequence[Reading], links: dict[frozenset[str], str | None], session: PairSession | None
) -> Pairs:
    index, printings, claims = Index(), Printings(), {}
    for reading in documents:
        page, looked_at = look(reading)
        printings.add(print_of(page, reading.document.text))
        ranks = index.add(page, looked_at)
        claims |= {f"{page.name}/{c.id}": rank for c, rank in zip(looked_at, ranks, strict=True)}
    first = {d: f.of.id if (f := printings.reprint(d)) else d for d in (r.document.id for r in documents)}
    name_of = {rank: name for name, rank in claims.items()}
    wanted = {
        frozenset((rank, other)) for rank in name_of for other in index.candidates(rank, lambda page: first[page.id])
    }
    wanted |= {frozenset(claims[name] for name in pair) for pair in links}
    looked_into = {
        one.page.id for one, two in ([index.claims[claims[n]] for n in link] for link in links) if one.page is two.page
    }
    x, y, weight, story, said = [], [], [], [], []
    for pair in sorted(map(sorted, wanted)):
        earlier, later = sorted((index.claims[rank] for rank in pair), key=rank_of)
        same = first[earlier.page.id] == first[later.page.id] and earlier.page.id != later.page.id
        names = frozenset(name_of[rank] for rank in pair)
        if names not in links and later.page is earlier.page and later.page.id not in looked_into:
            continue
        x.append(compare(later, earlier, topic=share_of_topics(later.page, earlier.page), reprinted=same))
        said.append((later.said, earlier.said))
        y.append(links.get(names))
        weight.append(1.0 if names in links else UNJUDGED)
        story.append(later.page.story if later.page.story == earlier.page.story else None)
    values = with_read(np.array(x), session.compare(said) if session else None)
    # Too few pairs within one document are annotated to learn how much rarer links are there.
    values[:, FEATURES.index("same_page")] = 0.0
    return Pairs(values, np.array(y, dtype=object), np.array(weight), np.array(story, dtype=object))


def together(parts: Sequence[Pairs]) -> Pairs:
    """All pairs of several files."""
    return Pairs(*(np.concatenate([getattr(p, f) for p in parts]) for f in ("x", "y", "weight", "story")))


def fit(data: Pairs) -> Heads:
    """Heads for features as they come; the scaling is folded into the weights."""
    linked = np.array([r is not None for r in data.y])
    return Heads(
        might=_fit(data.x[:, : len(FEATURES)], linked, data.weight, STRENGTH_BEARS)[0],
        bears=_honest(data, linked, _fit(data.x, linked, data.weight, STRENGTH_BEARS)[0]),
        relations=_fit(data.x[linked], np.array([RELATIONS.index(r) for r in data.y[linked]]), None, STRENGTH_HOW),
    )


def _honest(data: Pairs, linked: np.ndarray, head: np.ndarray) -> np.ndarray:
    """A head that is as sure as it is right on stories that it never saw (Platt 1999)."""
    logits = np.zeros(len(linked))
    stories = np.array([str(story) for story in data.story])
    for train, held in GroupKFold(PARTS).split(data.x, linked, stories):
        part = _fit(data.x[train], linked[train], data.weight[train], STRENGTH_BEARS)[0]
        logits[held] = data.x[held] @ part[1:] + part[0]
    scale = LogisticRegression(C=1e3).fit(logits[:, None], linked)
    honest: np.ndarray = head * scale.coef_[0, 0]
    honest[0] += scale.intercept_[0]
    return honest


def _fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray | None, strength: float) -> np.ndarray:
    mean, spread = x.mean(0), x.std(0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=strength, max_iter=3000).fit((x - mean) / spread, y, sample_weight=weight)
    weights = model.coef_ / spread
    return np.hstack([(model.intercept_ - weights @ mean)[:, None], weights])


def folds(data: Pairs) -> Iterator[tuple[str, Heads]]:
    """Each story of the data, with heads that never saw it."""
    for story in sorted({s for s in data.story if s is not None}):
        yield story, fit(data[data.story != story])


def table(data: Pairs) -> None:
    """Print how well each question is answered on stories that the heads never saw."""
    bears, how, seen = np.zeros(len(data.y)), np.zeros((len(data.y), len(RELATIONS))), np.zeros(len(data.y), dtype=bool)
    for story, heads in folds(data):
        held = data.story == story
        found = heads.likely(data.x[held])
        bears[held], seen[held] = [f.bears for f in found], True
        how[held] = [[f.relations[r] for r in RELATIONS] for f in found]
    linked = np.array([r is not None for r in data.y])
    judged = seen & (data.weight == 1.0)
    print(f"{seen.sum()} candidates, {judged.sum()} annotated, {linked.sum()} linked; cross-validated by story")
    print(f"  bears, all: AP {average_precision_score(linked[seen], bears[seen]):.3f}")
    print(f"  bears, annotated: AP {average_precision_score(linked[judged], bears[judged]):.3f}")
    guess = how.argmax(1)
    for k, relation in enumerate(RELATIONS):
        truth = data.y[linked] == relation
        ap, f1 = average_precision_score(truth, how[linked, k]), f1_score(truth, guess[linked] == k)
        print(f"  {relation:10} {truth.sum():4} ({truth.mean():.2f})  AP {ap:.3f}  F1 {f1:.3f}")
    for low in (0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9):
        at = seen & (bears >= low)
        share = linked[at].sum() / linked.sum()
        print(f"  bears >= {low}: {at.sum():5} pairs, {linked[at].mean():.2f} linked, {share:.2f} of all")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument(
        "--read", type=Path, help="folder of the gold documents as onrecord reads them; made if not there"
    )
    parser.add_argument("--model", type=Path, help="folder of the pair model; without one, words alone decide")
    parser.add_argument("--check", action="store_true", help="measure only, write nothing")
    args = parser.parse_args()
    session = PairSession(args.model) if args.model else None
    data = together([pairs(args.gold, name, None, session) for name in FILES])
    table(data)
    if args.read:
        read_anew(args.gold, args.read)
        read = together([pairs(args.gold, name, args.read, session) for name in FILES])
        table(read)
        data = together([data, read])
    if not args.check:
        OUT.write_text(json.dumps(heads_to_json(fit(data)), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
