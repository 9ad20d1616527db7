"""What must hold of every extraction, whatever the text and however it is run."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledgers import a_document as document
from onrecord.extract import Extractor
from onrecord.extract.layout import (
    B_CONTENT,
    B_CUE,
    I_CONTENT,
    MENTION_WIDTH,
    OWN_WORDS,
    POINTER_WIDTH,
    POINTERS,
    TAGS,
    mention_columns,
)
from onrecord.models.manifest import Manifest
from onrecord.models.session import MentionBiases, Output, PointerBiases, TaggerSession
from onrecord.record import Statement
from strategies import texts

STORIES = Path(str(files("onrecord") / "demo" / "stories.jsonl"))


def story_texts() -> list[str]:
    """The texts of the constructed stories."""
    return [json.loads(line)["text"] for line in STORIES.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor.load(threads=2) as loaded:
        yield loaded


def places(statements: tuple[Statement, ...], by: int = 0) -> list[list[tuple[int, int]]]:
    """All spans, moved back by `by`."""
    return [[(x.start - by, x.end - by) for x in (*s.content, *s.cue, *s.source)] for s in statements]


@settings(max_examples=40, deadline=None)
@given(text=texts())
def test_every_span_reads_back(extractor: Extractor, text: str) -> None:
    statements = extractor.extract(document(text))
    ids = {s.id for s in statements}
    assert len(ids) == len(statements)
    for stmt in statements:
        for span in (*stmt.content, *stmt.cue, *stmt.source):
            assert span.of(text) == text[span.start : span.end]
            assert span.of(text).strip()
        assert stmt.within is None or stmt.within in ids
        assert 0.0 <= stmt.score <= 1.0


def test_the_same_for_any_number_of_threads_and_neighbours() -> None:
    docs = [document(t) for t in story_texts()[:12]]
    docs.insert(3, document("\n\n".join(story_texts()) * 3))  # long enough to be read in sections
    with Extractor.load(threads=1) as one, Extractor.load(threads=3) as three:
        alone = [one.extract(d) for d in docs]
        assert [r.statements for r in one.extract_many(docs)] == alone
        assert [r.statements for r in three.extract_many(docs)] == alone
        shuffled = docs[:]
        random.Random(3).shuffle(shuffled)
        by_id = {r.document.id: r.statements for r in three.extract_many(shuffled)}
        assert [by_id[d.id] for d in docs] == alone


@settings(max_examples=15, deadline=None)
@given(prefix=st.text(alphabet=" \n\t\u00a0", min_size=1, max_size=40), which=st.integers(0, 7))
def test_text_put_before_moves_every_span(extractor: Extractor, prefix: str, which: int) -> None:
    text = story_texts()[which]
    assert places(extractor.extract(document(prefix + text)), len(prefix)) == places(extractor.extract(document(text)))


def test_an_article_put_before_changes_little(extractor: Extractor) -> None:
    """What stands far away matters little: four in five statements keep their content, by half of its words or more."""
    kept = total = 0
    for first, second in zip(story_texts()[:6], story_texts()[1:7], strict=True):
        begin = len(first) + 2
        joined = extractor.extract(document(first + "\n\n" + second))
        after = [{k - begin for x in s.content for k in range(x.start, x.end)} for s in joined]
        alone = extractor.extract(document(second))
        for stmt in alone:
            own = {k for x in stmt.content for k in range(x.start, x.end)}
            kept += any(2 * len(own & other) >= len(own | other) for other in after)
            total += 1
    assert total > 40
    assert kept >= 0.8 * total, (kept, total)


@dataclass
class Literal:
    """A tagger that looks at one piece at a time: what it says cannot depend on the window."""

    tokenizer: object
    biases: PointerBiases
    mention_biases: MentionBiases
    manifest: Manifest
    ends: Mapping[str, Mapping[str, float]]
    calls: list[int] = field(default_factory=list)

    def run(self, ids: np.ndarray, features: np.ndarray) -> Output:
        self.calls.append(len(ids))
        tags = np.full((len(ids), TAGS), -8.0, dtype=np.float32)
        says = np.isin(ids, [2056, 2758])  # said, says
        stop = np.isin(ids, [1012, 1010])
        tags[~says & ~stop, I_CONTENT] = 4.0
        tags[~says & ~stop, B_CONTENT] = 1.0
        tags[says, B_CUE] = 9.0
        tags[stop, 0] = 9.0
        tags[:, len(tags[0]) // 2] = 9.0  # no inner statements
        tags[:, OWN_WORDS] = -3.0
        vectors = np.zeros((len(ids), 2 * len(POINTERS) * POINTER_WIDTH), dtype=np.float32)
        mentions = np.zeros((len(ids), MENTION_WIDTH), dtype=np.float32)
        mentions[:, mention_columns("kind of begin")] = -9.0
        return Output(tags, vectors, mentions)


@pytest.mark.parametrize(("window", "overlap"), [(512, 64), (128, 32), (64, 8), (16, 2)])
def test_windows_lose_nothing_wherever_they_lie(window: int, overlap: int) -> None:
    real = TaggerSession()
    text = "\n\n".join(f"The minister said it would rain on day {k}, and nobody left." for k in range(150))
    fake = Literal(real.tokenizer, real.biases, real.mention_biases, real.manifest, real.ends)
    with Extractor(fake, threads=2, window=window, overlap=overlap) as cut, Extractor(fake, threads=1) as whole:  # type: ignore[arg-type]
        assert places(cut.extract(document(text))) == places(whole.extract(document(text)))
    assert max(fake.calls) <= 512


@pytest.mark.slow
def test_200_000_words_are_read_to_the_end(extractor: Extractor) -> None:
    story = story_texts()[0]
    body = "\n\n".join([story] * (200_000 // len(story.split()) + 1))
    end = "\n\n“We will rebuild every bridge by spring,” Marta Ilvane said on Sunday."
    statements = extractor.extract(document(body + end))
    assert len(body.split()) >= 200_000
    last = statements[-1]
    assert [s.of(body + end) for s in last.source] == ["Marta Ilvane"]
    assert last.content[0].start > len(body)
    # The copies are read alike: statements are spread evenly over the text.
    starts = np.array([s.content[0].start for s in statements])
    tenths = np.histogram(starts, bins=10, range=(0, len(body)))[0]
    assert tenths.min() > 0.8 * tenths.max()
