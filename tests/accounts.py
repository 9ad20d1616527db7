"""Small readings with actors, chains and positions, for tests of what is kept and decided about them."""

from __future__ import annotations

from dataclasses import replace

from ledgers import said
from onrecord.record import (
    Act,
    Actor,
    ActorKind,
    Attribution,
    Chain,
    ExternalId,
    Hop,
    Polarity,
    Position,
    Reading,
    content_id,
)


def somebody(
    name: str, *, kind: ActorKind = "person", listed: str | None = None, spellings: tuple[str, ...] = ()
) -> Actor:
    """An actor; with `listed`, the entry that a catalogue has of it."""
    known = () if listed is None else (ExternalId(scheme="wikidata", value=listed),)
    identifier = content_id("a", "table", listed) if listed is not None else content_id("a", "here", name)
    return Actor(id=identifier, name=name, kind=kind, names=spellings, external_ids=known)


def account(
    actor: Actor | None,
    content: str,
    *,
    outlet: str = "UNN",
    published: str | None = "2026-03-04",
    act: Act | None = "asserts",
    polarity: Polarity | None = "positive",
    score: float = 0.8,
) -> Reading:
    """A document in which an outlet prints what somebody said: one statement with all that is known of it."""
    source = actor.name if actor is not None else "An official"
    reading = said(source, content, outlet=outlet, published=published)
    (stmt,) = reading.statements
    (mention,) = stmt.source
    printer = somebody(outlet, kind="outlet")
    who = actor.id if actor is not None else None
    return replace(
        reading,
        actors=(*((actor,) if actor is not None else ()), printer),
        attributions=(
            Attribution(
                statement_id=stmt.id,
                mention=mention,
                source_kind="name" if actor is not None else "anonymous",
                actor_id=who,
                reason=None if actor is not None else "not named",
                evidence=(mention,),
                score=score,
            ),
        ),
        chains=(
            Chain(
                statement_id=stmt.id,
                hops=(
                    Hop(mention=mention, actor_id=who, kind="person", named=actor is not None, act="said"),
                    Hop(mention=None, actor_id=printer.id, kind="outlet", named=True, act="published"),
                ),
            ),
        ),
        positions=(Position(statement_id=stmt.id, act=act, polarity=polarity, certainty="certain", score=0.7),),
    )
