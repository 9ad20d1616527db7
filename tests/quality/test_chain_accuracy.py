"""How many chains are right, hop by hop, where the statements are those of the gold?

Twice: with the actors of the gold, which is the most that the chains alone can reach, and with those that we resolve.
The first knows no outlet by name, so that chains must find them by the turns of phrase.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from floors import check, scorer

from onrecord.record import Actor, Attribution, Reading, Span, Statement
from onrecord.record.codec import reading_from_json
from onrecord.record.ids import content_id
from onrecord.resolve import Resolver
from onrecord.resolve.route import chains

GOLD = ("stories-dev", "real-dev", "example")


@dataclass(frozen=True, kw_only=True)
class Found:
    """As far as the chains ask, a resolution."""

    actor: Actor | None
    kind: str
    named: bool


class GoldCast:
    """Knows whom the gold names where; of every other name that it is one, and nothing of outlets."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.text: str = row["text"]
        self.outlet = Actor(id=content_id("a", "outlet"), name=row["outlet"], kind="outlet")
        self.actors = {self.outlet.id: self.outlet}
        self._hops = {tuple(h["mention"]): h for s in row["statements"] for h in s["chain"] if h["mention"]}
        self._first = {tuple(s["chain"][0]["mention"]) for s in row["statements"] if s["chain"][0]["mention"]}

    def actor(self, name: str | None, kind: str) -> Actor | None:
        if name is None or name == self.outlet.name:
            return None if name is None else self.outlet
        made = Actor(id=content_id("a", name), name=name, kind=kind)
        return self.actors.setdefault(made.id, made)

    def resolve(self, span: Span, *, speaking: Statement | None = None) -> Found:
        for at in ((span.start, span.end), (span.start - len("The "), span.end)):
            hop = self._hops.get(at)
            if hop is not None:
                known = at in self._first or hop["kind"] != "outlet"
                kind = hop["kind"] if known else "unknown"
                return Found(actor=self.actor(hop["actor"], hop["kind"]), kind=kind, named=hop["named"])
        words = span.of(self.text)
        if not words[0].isupper():
            return Found(actor=None, kind="unknown", named=False)
        return Found(actor=self.actor(words, "unknown"), kind="unknown", named=True)

    def is_listed_outlet(self, name: str) -> bool:
        return False

    def outlet_at(self, span: Span) -> Actor:
        found = self.resolve(span).actor
        return found or Actor(id=content_id("a", span.of(self.text)), name=span.of(self.text), kind="outlet")


def with_gold_actors(row: dict[str, Any], reading: Reading) -> Reading:
    cast = GoldCast(row)
    attributions = []
    for gold, stmt in zip(row["statements"], reading.statements, strict=True):
        first = gold["chain"][0]
        found = cast.actor(gold["actor"], first["kind"])
        attributions.append(
            Attribution(
                statement_id=stmt.id,
                mention=Span(*first["mention"]) if first["mention"] else None,
                source_kind=gold["source_kind"],
                actor_id=found.id if found else None,
                reason=None if found else "the gold gives none",
            )
        )
    reading = replace(reading, attributions=tuple(attributions))
    built = chains.build(reading, cast)
    return replace(reading, chains=built, actors=tuple(cast.actors.values()))


def as_row(row: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """The gold row with the actors and chains of `reading`."""
    names = {actor.id: actor.name for actor in reading.actors}
    statements = [
        gold
        | {
            "actor": names[attribution.actor_id] if attribution.actor_id else None,
            "chain": [
                {"actor": names.get(hop.actor_id or ""), "named": hop.named, "kind": hop.kind, "act": hop.act}
                for hop in chain.hops
            ],
        }
        for gold, attribution, chain in zip(row["statements"], reading.attributions, reading.chains, strict=True)
    ]
    return row | {"statements": statements}


def figures(name: str, gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> dict[str, float]:
    out, _ = scorer("score_gold").score(gold, predicted)
    return {
        f"{name} chain": 100 * out["chain"]["accuracy"],
        f"{name} chain of 3 or more": 100 * out["chain of 3 or more"]["accuracy"],
        f"{name} unnamed F1": 100 * out["unnamed"]["f1"],
    }


@pytest.mark.slow
@pytest.mark.quality
@pytest.mark.shared
@pytest.mark.parametrize("whose", ["gold actors", "our actors"])
def test_chains_of_gold_statements(shared: Path, whose: str, capsys: pytest.CaptureFixture[str]) -> None:
    resolver = Resolver.load() if whose == "our actors" else None
    measured: dict[str, float] = {}
    for name in GOLD:
        gold = [json.loads(line) for line in (shared / "data/gold" / f"{name}.jsonl").read_text("utf-8").splitlines()]
        predicted = []
        for row in gold:
            reading = reading_from_json(row)
            bare = replace(reading, attributions=(), chains=(), positions=(), actors=())
            read = resolver.resolve(bare) if resolver else with_gold_actors(row, bare)
            predicted.append(as_row(row, read))
        measured |= figures(name, gold, predicted)
    with capsys.disabled():
        check(f"chains, {whose}", measured)
