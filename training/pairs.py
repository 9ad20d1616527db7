"""Train the heads that tell how two statements stand to each other: links annotated by hand -> data/heads.json.

    python -m training.pairs --data ../shared/data --read work/read [--model src/onrecord/models/pairs]
        [--check]   # as shipped: without --model

Whether two statements bear on one proposition is learned from all candidate pairs of the annotated documents, those
without a link included; how they do, from those with a link. The same documents as onrecord itself reads them (in the
folder --read, `<name>.jsonl`, the public form) are learned from too: links are carried over to the statements that
match. Learned from, too, are pairs of the attribution corpus that were judged one by one (`pairs_judged.csv`). Those of
them within one document show how seldom accounts of one article are opposed: `beside` prints it.

Every figure is cross-validated by story: a pair is judged by heads that never saw its story. Shipped are the heads
trained on all of them.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.span import Spans
from training.labelled import read_rows

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "connect" / "data" / "heads.json"
JUDGED = Path(__file__).parent / "pairs_judged.csv"
FILES = ("stories-dev", "real-dev", "example")
SIDES = ("left", "right")
OFTEN = 0.25
"""What a judged pair counts: they were drawn from what looked like links, far more often than pairs are."""
JUDGED_STORY = "judged"
"""What the story of a judged pair begins with: they belong to none, and are divided by chance."""
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


def read_anew(data: Path, folder: Path) -> None:
    """Write the gold documents, and those of the judged pairs, as onrecord reads them, where they are not there yet."""
    from onrecord.run.stages import Stages

    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in (*FILES, JUDGED.stem) if not (folder / f"{name}.jsonl").is_file()]
    if missing:
        with Stages.load() as stages:
            for name in missing:
                documents = _judged_documents(data) if name == JUDGED.stem else _gold_documents(data, name)
                lines = [json.dumps(reading_to_json(reading)) + "\n" for reading in stages.read_many(documents)]
                (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")


def _gold_documents(data: Path, name: str) -> list[Document]:
    return [reading.document for reading in readings(data / "gold" / f"{name}.jsonl")]


def _judged_documents(data: Path) -> list[Document]:
    wanted = {row[f"{side}_document"] for row in _judged_rows() for side in SIDES}
    rows = [row for part in ("train", "dev") for row in read_rows(data / "attribution" / f"polnear-{part}.jsonl.gz")]
    fields = ({"id": r["id"], "text": r["text"], "outlet": r["publisher"], "published": r["date"]} for r in rows)
    return [reading_from_json({**row, "statements": []}).document for row in fields if row["id"] in wanted]


def _judged_rows() -> list[dict[str, str]]:
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


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
    return Pairs(values, np.array(y, dtype=object), np.array(weight), np.array(story, dtype=object))


def judged(read: Path, session: PairSession | None = None) -> Pairs:
    """The pairs of ``pairs_judged.csv``, in the reading of their documents; those not found there are left out.

    Each names two documents of the attribution corpus and where the two contents begin and end; the relation is empty
    where the two do not bear on one proposition.
    """
    by_id = {r.document.external_id: r for r in readings(read / f"{JUDGED.stem}.jsonl")}
    links: dict[frozenset[str], str | None] = {}
    for row in _judged_rows():
        ends = [(row[f"{side}_document"], int(row[f"{side}_start"]), int(row[f"{side}_end"])) for side in SIDES]
        found = [_at(by_id[name], start, stop) for name, start, stop in ends]
        if all(found) and found[0] != found[1]:
            names = frozenset(f"{end[0]}/{each}" for end, each in zip(ends, found, strict=True))
            links[names] = row["relation"] or None
    seen = _compared(list(by_id.values()), links, session)
    seen = seen[seen.weight == 1.0]
    return replace(
        seen,
        weight=seen.weight * OFTEN,
        story=np.array([f"{JUDGED_STORY} {k % PARTS}" for k in range(len(seen.y))], dtype=object),
    )


def _at(reading: Reading, start: int, stop: int) -> str | None:
    """The statement whose content lies there, for half of both or more."""
    best, found = 0.5, None
    for each in reading.statements:
        begin, end = each.content[0].start, each.content[-1].end
        share = (min(stop, end) - max(start, begin)) / (max(stop, end) - min(start, begin))
        if share >= best:
            best, found = share, each.id
    return found


def learned(gold: Path, read: Path, session: PairSession | None = None) -> list[Pairs]:
    """What the heads learn from: pairs of annotated statements, of the same as onrecord reads them, and judged ones."""
    annotated = together([pairs(gold, name, None, session) for name in FILES])
    own = together([pairs(gold, name, read, session) for name in FILES])
    return [annotated, own, judged(read, session)]


def together(parts: Sequence[Pairs]) -> Pairs:
    """All pairs of several files."""
    return Pairs(*(np.concatenate([getattr(p, f) for p in parts]) for f in ("x", "y", "weight", "story")))


def fit(data: Pairs) -> Heads:
    """Heads for features as they come; the scaling is folded into the weights."""
    # Pairs within one document are too few to learn how much rarer links are there: see ``judge.BESIDE``.
    within = FEATURES.index("same_page")
    apart = data[
        [not (x and str(s).startswith(JUDGED_STORY)) for x, s in zip(data.x[:, within], data.story, strict=True)]
    ]
    apart.x[:, within] = 0.0
    linked = np.array([r is not None for r in apart.y])
    how = np.array([RELATIONS.index(r) for r in apart.y[linked]])
    return Heads(
        might=_fit(apart.x[:, : len(FEATURES)], linked, apart.weight, STRENGTH_BEARS)[0],
        bears=_bears(apart),
        relations=_fit(apart.x[linked], how, None, STRENGTH_HOW),
    )


def _bears(data: Pairs) -> np.ndarray:
    """A head that is as sure as it is right on stories that it never saw (Platt 1999)."""
    linked = np.array([r is not None for r in data.y])
    head = _fit(data.x, linked, data.weight, STRENGTH_BEARS)[0]
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
    """Each annotated story of the data, with heads that never saw it."""
    for story in sorted({s for s in data.story if s is not None and not s.startswith(JUDGED_STORY)}):
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


def beside(data: Pairs, heads: Heads) -> None:
    """Print how many conflicts within one document are right, of those that were judged one by one."""
    within = data[data.x[:, FEATURES.index("same_page")] > 0]
    likely = heads.likely(within.x)
    found = np.array([max(one.relations, key=lambda r: one.relations[r]) == "opposed" for one in likely])
    score = np.array([one.bears * one.relations["opposed"] for one in likely])
    right = within.y == "opposed"
    print("judged one by one, within one document, and called opposed: score, pairs, share right")
    for low, high in ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 1.0)):
        at = found & (score >= low) & (score < high)
        print(f"  {low:.1f}-{high:.1f}  {at.sum():4}  {right[at].mean() if at.any() else 0:.2f}")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the shared data folder")
    parser.add_argument(
        "--read", type=Path, required=True, help="folder of the documents as onrecord reads them; made if not there"
    )
    parser.add_argument("--model", type=Path, help="folder of the pair model; without one, words alone decide")
    parser.add_argument("--check", action="store_true", help="measure only, write nothing")
    args = parser.parse_args()
    session = PairSession(args.model) if args.model else None
    read_anew(args.data, args.read)
    parts = learned(args.data / "gold", args.read, session)
    data = together(parts)
    for part in parts[:2]:
        table(part)
    beside(parts[2], fit(data))
    if not args.check:
        OUT.write_text(json.dumps(heads_to_json(fit(data)), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
