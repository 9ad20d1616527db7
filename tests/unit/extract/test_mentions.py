"""Do mentions point where their vectors say, however many are looked at together?"""

from __future__ import annotations

import re

import numpy as np
import pytest

from onrecord.extract.dots import dots
from onrecord.extract.layout import DISTANCES, MENTION_WIDTH, PAIR_WIDTH, SAMENESS, distance_bucket, mention_columns
from onrecord.extract.mentions import LEAST_PAIR, MOST, REACH, SEEN, Mentions
from onrecord.models.session import MentionBiases

RNG = np.random.default_rng(7)
WORDS = RNG.choice("the mayor of Lunden Tinholt said that she would stay and river guard".split(), 900).tolist()
TEXT = " ".join(WORDS)
PLACES = [(found.start(), found.end()) for found in re.finditer(r"\S+", TEXT)]
VECTORS = RNG.normal(size=(len(WORDS), MENTION_WIDTH)).astype(np.float32) * np.float32(0.6)
BIASES = MentionBiases(
    apart=RNG.normal(size=DISTANCES).astype(np.float32), same=RNG.normal(size=len(SAMENESS)).astype(np.float32) * 2
)


def found_in(*cuts: int) -> Mentions:
    """The mentions of the text, its sections cut before these words."""
    mentions = Mentions(TEXT, BIASES)
    for start, end in zip((0, *cuts), (*cuts, len(WORDS)), strict=True):
        mentions.add(VECTORS[start:end], PLACES[start:end])
    return mentions


def of_ends(first: int, last: int, part: str) -> np.ndarray:
    """One part of the vector of the mention from the first word to the last."""
    return VECTORS[first, mention_columns(f"{part} of begin")] + VECTORS[last, mention_columns(f"{part} of end")]


def test_antecedents_are_those_that_one_pair_at_a_time_gives() -> None:
    found = found_in(400).found
    starts, ends = [start for start, _ in PLACES], [end for _, end in PLACES]
    edges = [(starts.index(m.span.start), ends.index(m.span.end)) for m in found]
    forms = [tuple(m.span.of(TEXT).casefold().split()) for m in found]
    assert sum("the" in form for form in forms) > SEEN, "a word that comes often is among them"
    for at in range(0, len(found), 7):
        first, last = edges[at]
        earlier = [k for k in range(at) if edges[k][0] >= first - REACH]
        compared = {k for word in set(forms[at]) for k in [k for k in range(at) if word in forms[k]][-SEEN:]}
        scores = []
        for k in earlier:
            bucket = distance_bucket(np.array([edges[k][0] - first]))
            score = of_ends(first, last, "ask") @ of_ends(*edges[k], "key") / PAIR_WIDTH**0.5 + BIASES.apart[bucket][0]
            if k in compared:
                one, two = set(forms[at]), set(forms[k])
                alike = (forms[at] == forms[k], forms[at][-1] == forms[k][-1], one <= two or two <= one)
                score += sum(b for b, yes in zip(BIASES.same, alike, strict=True) if yes)
            scores.append(float(score))
        mass = np.exp([*scores, float(of_ends(first, last, "new")[0])])
        share = mass / mass.sum()
        assert found[at].new == pytest.approx(share[-1], abs=2e-4)
        wanted = sorted(zip(-share[:-1], earlier, strict=True))[:MOST]
        got = {a.mention: a.score for a in found[at].antecedents}
        assert got == pytest.approx({k: -p for p, k in wanted if -p >= LEAST_PAIR}, abs=2e-4)


def test_a_product_in_parts_is_the_product() -> None:
    left = RNG.integers(-9, 9, (700, 96)).astype(np.float32)
    right = RNG.integers(-9, 9, (300, 96)).astype(np.float32)
    assert (dots(left, right) == left @ right.T).all()
    assert dots(left[:0], right).shape == (0, 300)
    assert dots(left, right[:0]).shape == (700, 0)
