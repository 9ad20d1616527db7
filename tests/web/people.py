"""Readings with actors, chains and positions, as the stages make them."""

from __future__ import annotations

from dataclasses import replace

from tests.cli_fakes import FakeStages

from onrecord.record import Actor, Attribution, Chain, Document, Hop, Position, Reading, content_id


def reading_of(doc: Document) -> Reading:
    """What the fake stages find, said by actors that are the same in all documents."""
    found = FakeStages().read(doc)
    attributions, chains, positions, actors = [], [], [], {}
    outlet = Actor(id=content_id("a", "outlet", doc.outlet), name=doc.outlet or "unknown outlet", kind="outlet")
    for stmt in found.statements:
        if not stmt.source:
            attributions.append(
                Attribution(
                    statement_id=stmt.id, mention=None, source_kind="none", actor_id=None, reason="no source given"
                )
            )
            continue
        name = stmt.source[0].of(doc.text)
        actor = Actor(id=content_id("a", name), name=name, kind="person")
        actors[actor.id] = actor
        attributions.append(
            Attribution(statement_id=stmt.id, mention=stmt.source[0], source_kind="name", actor_id=actor.id, score=0.95)
        )
        said = Hop(mention=stmt.source[0], actor_id=actor.id, kind="person", named=True, act="said", evidence=stmt.cue)
        printed = Hop(mention=None, actor_id=outlet.id, kind="outlet", named=True, act="published")
        chains.append(Chain(statement_id=stmt.id, hops=(said, printed)))
        words = stmt.content[0].of(doc.text)
        positions.append(
            Position(
                statement_id=stmt.id,
                act="asserts",
                polarity="negative" if " not " in words else "positive",
                certainty="certain",
                score=0.8,
            )
        )
    return replace(
        found,
        attributions=tuple(attributions),
        chains=tuple(chains),
        positions=tuple(positions),
        actors=(*actors.values(), outlet),
    )
