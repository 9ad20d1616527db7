"""How many words a second next to what one would build from spaCy and textacy for the same task?

    python benchmarks/spacy_pipeline.py [--articles 20] [--spacy-python PYTHON] [--out benchmarks/results/spacy.json]

The peer is spaCy's own recipe for English on a processor (`spacy init config --optimize efficiency`: shared tok2vec of
width 96, tagger, parser, named entities; the architecture and size of `en_core_web_sm`), with textacy's
`direct_quotations` on top. Its components are built here with the labels of the Penn treebank, of universal
dependencies and of OntoNotes, and trained for a few steps on labels made up from the form of each word: what it finds
is worthless, but each word takes the same work as in a trained pipeline. Words that end in -ed or -ing count as verbs,
and their lemmas are textacy's reporting verbs in turn, so that textacy looks for speakers as it would. The peer finds
no indirect statements, no actors, no chains and no positions; onrecord finds all of them in its time.

Both read the same articles (of `speed.py`) with one thread, in turns, the best of the rounds by processor time. spaCy
and textacy may live in an environment of their own, whose Python is given by `--spacy-python`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from report import report

ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "BLIS")}
STEPS = 20
TAGS = (
    "CC CD DT EX FW IN JJ JJR JJS LS MD NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP "
    "VBZ WDT WP WP$ WRB , . : `` '' -LRB- -RRB- HYPH NFP ADD AFX XX _SP"
).split()
RELATIONS = (
    "nsubj obj iobj csubj ccomp xcomp obl vocative expl advcl advmod discourse aux cop mark nmod appos nummod acl amod "
    "det case conj cc fixed flat compound list parataxis punct dep nsubjpass agent attr dobj pobj prep poss relcl "
    "neg npadvmod pcomp prt quantmod"
).split()
ENTITIES = (
    "PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE DATE TIME PERCENT MONEY QUANTITY ORDINAL "
    "CARDINAL"
).split()


def best_cpu(rounds: int, work: Callable[[], None]) -> float:
    """Processor seconds of the fastest of several rounds."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def example(nlp: Any, text: str) -> Any:
    """A text with labels made up from its form: each word hangs on the one before, each capital is an entity."""
    from spacy.tokens import Doc, Span
    from spacy.training import Example

    words = nlp.make_doc(text)
    number = [sum(map(ord, token.text)) for token in words]
    starts = [token.i == 0 or words[token.i - 1].text in ".?!" for token in words]
    gold = Doc(
        nlp.vocab,
        words=[token.text for token in words],
        spaces=[bool(token.whitespace_) for token in words],
        tags=[TAGS[n % len(TAGS)] for n in number],
        heads=[i if starts[i] else i - 1 for i in range(len(words))],
        deps=["ROOT" if starts[i] else RELATIONS[n % len(RELATIONS)] for i, n in enumerate(number)],
    )
    gold.ents = [Span(gold, t.i, t.i + 1, ENTITIES[number[t.i] % len(ENTITIES)]) for t in words if t.is_title]
    return Example(words, gold)


def pipeline(texts: list[str]) -> Any:
    """spaCy's pipeline, built and trained for a few steps."""
    from spacy.cli.init_config import init_config
    from spacy.language import Language
    from spacy.util import load_model_from_config
    from textacy.constants import REPORTING_VERBS

    verbs = sorted(REPORTING_VERBS["en"])

    @Language.component("verbs")
    def mark_verbs(doc: Any) -> Any:
        for token in doc:
            token.lemma_ = token.lower_
            if token.lower_.endswith(("ed", "ing")):
                token.pos_, token.lemma_ = "VERB", verbs[token.i % len(verbs)]
        return doc

    config = init_config(lang="en", pipeline=["tagger", "parser", "ner"], optimize="efficiency", gpu=False)
    nlp = load_model_from_config(config, auto_fill=True)
    examples = [example(nlp, text) for text in texts]
    every = example(nlp, " ".join(dict.fromkeys(" ".join(texts).split())))
    optimizer = nlp.initialize(lambda: [*examples, every])
    for step in range(STEPS):
        nlp.update([examples[step % len(examples)]], sgd=optimizer)
    nlp.add_pipe("verbs")
    return nlp


def peer(texts: list[str], rounds: int) -> dict[str, object]:
    """Processor seconds of the peer, and what it is made of; runs where spaCy is installed."""
    from textacy.extract import direct_quotations

    nlp = pipeline(texts)
    found = bailed = 0

    def work() -> None:
        nonlocal found, bailed
        found = bailed = 0
        for doc in nlp.pipe(texts):
            try:
                found += len(list(direct_quotations(doc)))
            except ValueError:
                bailed += 1  # an odd number of marks ends the document

    def parse() -> None:
        for _ in nlp.pipe(texts):
            pass

    return {
        "cpu_s": best_cpu(rounds, work),
        "cpu_s_of_spacy_alone": best_cpu(rounds, parse),
        "quotations": found,
        "documents_given_up": bailed,
        "parameters": sum(node.get_param(name).size for _, pipe in nlp.pipeline if hasattr(pipe, "model")
                          for node in pipe.model.walk() for name in node.param_names if node.has_param(name)),
        "labels": {name: len(nlp.get_pipe(name).labels) for name in ("tagger", "parser", "ner")},
        "libraries": {name: version(name) for name in ("spacy", "textacy")},
    }  # fmt: skip


def product(rows: list[dict[str, str]], rounds: int) -> float:
    """Processor seconds of extraction, resolution and positions."""
    from onrecord.ingest import read_text
    from onrecord.run import Stages

    docs = [read_text(row["text"]) for row in rows]
    with Stages.load(threads=1) as stages:
        return best_cpu(rounds, lambda: [None for _ in stages.read_many(docs)] and None)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--articles", type=int, default=20)
    a.add_argument("--rounds", type=int, default=3)
    a.add_argument("--spacy-python", default=sys.executable)
    a.add_argument("--peer", action="store_true", help="measure the peer alone, on texts from standard input")
    a.add_argument("--out", type=Path)
    args = a.parse_args()
    if args.peer:
        print(json.dumps(peer(json.load(sys.stdin), args.rounds)))
        return
    os.environ |= ONE_THREAD
    from speed import articles

    load = os.getloadavg()[0]
    rows = articles(args.articles)
    words = sum(len(row["text"].split()) for row in rows)
    command = [args.spacy_python, __file__, "--peer", "--rounds", str(args.rounds)]
    # Before and after the product, so that neither has the quieter half of the time.
    text = json.dumps([row["text"] for row in rows])
    runs = []
    own = float("inf")
    for _ in range(2):
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout.splitlines()[-1]))
        own = min(own, product(rows, args.rounds))
    other = min(runs, key=lambda run: run["cpu_s"])
    result = {
        "machine": {"cpu": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()},
        "load_average_before": round(load, 2),
        "articles": len(rows),
        "words": words,
        "peer": {name: value for name, value in other.items() if "cpu_s" not in name},
        "peer_words_per_cpu_s": round(words / other["cpu_s"]),
        "peer_spacy_alone_words_per_cpu_s": round(words / other["cpu_s_of_spacy_alone"]),
        "onrecord_words_per_cpu_s": round(words / own),
        "onrecord_over_peer": round(other["cpu_s"] / own, 2),
    }
    report(result, args.out)


if __name__ == "__main__":
    main()
