"""Do the scores of attributions behave as shares of right answers must?"""

from __future__ import annotations

import json

import pytest

from casts import article
from onrecord.record import Actor
from onrecord.resolve.people.resolution import Candidate, Resolution
from onrecord.resolve.resolver import Resolver
from onrecord.resolve.sureness import CONSTANT, WEIGHTS, features, sureness

STATEMENT = article("<s1>He</s1> said <q1>it rained</q1>.")[0].statements[0]


def given(score: float, second: float = 0.0) -> Resolution:
    actors = [Actor(id=f"a{n:016x}", name=name, kind="person") for n, name in enumerate(("Ana Korbel", "Ilse Brandt"))]
    candidates = tuple(Candidate(actor=a, score=s) for a, s in zip(actors, (score, second), strict=True) if s)
    return Resolution(
        actor=actors[0], source_kind="pronoun", kind="person", named=True, reason=None, score=score,
        candidates=candidates,
    )  # fmt: skip


def test_a_surer_rule_gives_a_higher_score() -> None:
    scores = [sureness(STATEMENT, given(score), mended=False) for score in (0.3, 0.5, 0.7, 0.9, 0.95)]
    assert scores == sorted(scores)
    assert 0 < scores[0] < scores[-1] < 1


def test_every_weight_is_of_a_feature_that_can_be() -> None:
    table = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert table["answers"] > 1000
    kinds = "name role pronoun group document outlet none anonymous".split()
    known = {CONSTANT, "rule", "certain rule", "statement", "second best", "inner", "mended", "listed", "unnamed"}
    known |= {*kinds, *(f"inner {kind}" for kind in kinds)}
    assert {name for weights in table["weights"].values() for name in weights} <= known
    assert set(features(STATEMENT, given(0.5, 0.4), mended=True)) <= known


@pytest.mark.parametrize("extreme", [0.0, 1.0])
def test_a_score_never_says_always_or_never(extreme: float) -> None:
    assert 0 < sureness(STATEMENT, given(extreme), mended=False) < 1


def test_alternatives_share_what_the_score_leaves() -> None:
    text = (
        "<s1>Ana Korbel</s1> met Ilse Brandt and Ruth Moor. <s2>She</s2> said <q2>it rained</q2>."
        " <s1>Ana Korbel</s1> said <q1>it would stop</q1>."
    ).replace(" <s1>Ana Korbel</s1> said <q1>", " Korbel said <q1>")
    for one in Resolver.load().resolve(article(text)[0]).attributions:
        assert one.score is not None
        assert one.score + sum(other.score for other in one.alternatives) <= 1.01
        assert all(other.score <= one.score for other in one.alternatives if one.actor_id)
