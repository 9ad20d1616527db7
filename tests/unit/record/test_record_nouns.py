"""The nouns refuse what the codebook does not know."""

import importlib
import subprocess
import sys
from typing import Any

import pytest

import onrecord.record as record
from onrecord.errors import InputError, TextError
from onrecord.record import (
    Actor,
    Attribution,
    Chain,
    Condition,
    Decision,
    Hop,
    Issue,
    Link,
    Position,
    Published,
    Span,
)

HOP = Hop(mention=None, actor_id=None, kind="outlet", named=True, act="published")
GOOD: dict[type, dict[str, Any]] = {
    Actor: {"id": "a1", "name": "UNN", "kind": "outlet"},
    Hop: {"mention": None, "actor_id": None, "kind": "outlet", "named": True, "act": "published"},
    Chain: {"statement_id": "s1", "hops": (HOP,)},
    Attribution: {"statement_id": "s1", "mention": None, "source_kind": "none", "actor_id": "a1"},
    Condition: {"relation": "unless", "what": Span(0, 1), "requirement": Span(1, 2)},
    Position: {"statement_id": "s1", "act": "denies", "polarity": "positive", "certainty": "certain"},
    Issue: {"id": "i1", "label": "talks"},
    Link: {"id": "l1", "kind": "re-report", "left": "s1", "right": "s2", "scope": "same"},
    Decision: {
        "id": "x1",
        "subject": "s1",
        "verdict": "accepted",
        "by": "ed",
        "at": "2026-03-04T10:15:00+00:00",
    },
}


@pytest.mark.parametrize("noun", GOOD, ids=lambda noun: noun.__name__)
def test_a_noun_is_frozen_slotted_and_keyword_only(noun: type) -> None:
    made = noun(**GOOD[noun])
    assert not hasattr(made, "__dict__")
    with pytest.raises(AttributeError):
        setattr(made, next(iter(GOOD[noun])), "other")
    with pytest.raises(TypeError):
        noun(*GOOD[noun].values())


@pytest.mark.parametrize(
    ("noun", "changes", "words"),
    [
        (Actor, {"kind": "robot"}, "person, organisation, state"),
        (Actor, {"name": ""}, "no name"),
        (Hop, {"kind": "robot"}, "person, organisation, state"),
        (Hop, {"act": ""}, "no act"),
        (Chain, {"hops": ()}, "no hop"),
        (Attribution, {"source_kind": "person"}, "name, role, pronoun"),
        (Attribution, {"score": float("nan")}, "[0, 1]"),
        (Attribution, {"actor_id": None}, "reason"),
        (Attribution, {"reason": "unnamed"}, "reason"),
        (Condition, {"relation": "because"}, "before, after, only if"),
        (Position, {"act": "says"}, "asserts, denies"),
        (Position, {"polarity": "neutral"}, "positive, negative"),
        (Position, {"certainty": "sure"}, "certain, probable, possible"),
        (Position, {"score": -0.1}, "[0, 1]"),
        (Issue, {"label": ""}, "no label"),
        (Link, {"kind": "contradicts"}, "same words, re-report"),
        (Link, {"scope": "wide"}, "same, narrower, broader, unclear"),
        (Link, {"score": 2.0}, "[0, 1]"),
        (Decision, {"verdict": "deleted"}, "accepted, rejected, corrected, unsure"),
        (Decision, {"by": ""}, "nobody"),
        (Decision, {"verdict": "corrected"}, "what it says now"),
        (Decision, {"after": '"Joe"'}, "what it says now"),
    ],
)
def test_a_word_outside_the_codebook_is_refused(noun: type, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(TextError) as caught:
        noun(**GOOD[noun] | changes)
    assert caught.value.code == "OR-202"
    assert words in caught.value.message


def test_a_chain_answers_its_questions() -> None:
    source = Hop(mention=Span(0, 3), actor_id=None, kind="unknown", named=False, act="told")
    chain = Chain(statement_id="s1", hops=(source, HOP))
    assert chain.origin is source
    assert chain.distance == 1
    assert chain.unnamed
    assert not Chain(statement_id="s1", hops=(HOP,)).unnamed


@pytest.mark.parametrize(
    ("value", "precision"),
    [
        ("2026", "year"),
        ("2026-03", "month"),
        ("2026-03-04", "day"),
        ("2026-03-04T10:15", "minute"),
        ("2026-03-04T10:15Z", "minute"),
        ("2026-03-04T10:15+02:00", "minute"),
        ("2026-03-04T10:15:59.5+02:00", "second"),
        ("2016-12-31T23:59:60Z", "second"),
    ],
)
def test_the_precision_is_the_smallest_unit_stated(value: str, precision: str) -> None:
    assert Published.from_iso(value) == Published(value=value, precision=precision)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", ["", "20", "2026-13", "2026-02-30", "2026T10:15", "2026-03-04T25:00", "4 March 2026", "２０２６"]
)
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(InputError) as caught:
        Published.from_iso(value)
    assert caught.value.code == "OR-106"


def test_every_public_name_is_where_it_says() -> None:
    assert list(record.__all__) == sorted(
        record.__all__, key=lambda name: (not name.isupper(), name[0].islower(), name)
    )
    assert set(record.__all__) == set(record._MODULE_OF)
    for name, module in record._MODULE_OF.items():
        assert getattr(record, name) is getattr(importlib.import_module(f"onrecord.record.{module}"), name)
    with pytest.raises(AttributeError):
        record.Quote  # noqa: B018


def test_one_noun_does_not_import_all() -> None:
    code = "import sys, onrecord.record.span; print('onrecord.record.actor' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
