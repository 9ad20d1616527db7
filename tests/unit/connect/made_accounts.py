"""Readings made from a few words, for the tests of links."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record import (
    Act,
    Actor,
    ActorKind,
    Attribution,
    Chain,
    Document,
    Hop,
    Kind,
    Origin,
    Polarity,
    Position,
    Published,
    Reader,
    Reading,
    Span,
    Statement,
    actor_id,
    document_id,
    sha256_hex,
    statement_id,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement to be found in a text: its content must stand there."""

    content: str
    by: str | None = None
    act: Act = "asserts"
    polarity: Polarity = "positive"
    kind: Kind = "indirect"
    actor_kind: ActorKind = "person"
    via: tuple[str, ...] = ()


def document(
    text: str, *, outlet: str = "Interline", day: str | None = "2026-03-02", title: str | None = None
) -> Document:
    return Document(
        id=document_id(text, url=None, outlet=outlet, published=day),
        text=text,
        outlet=outlet,
        title=title,
        published=Published.from_iso(day) if day else None,
        origin=Origin(kind="memory", digest=sha256_hex(text.encode())),
        reader=Reader(name="test", version="1"),
    )


def reading(text: str, *said: Said, outlet: str = "Interline", day: str | None = "2026-03-02") -> Reading:
    """A document and what is said in it; statements stand where their content stands first."""
    doc = document(text, outlet=outlet, day=day)
    statements, attributions, chains, positions, actors = [], [], [], [], {}
    for one in said:
        start = text.index(one.content)
        content = (Span(start, start + len(one.content)),)
        stmt = Statement(
            id=statement_id(doc.id, content=content, cue=(), source=()),
            document_id=doc.id,
            kind=one.kind,
            content=content,
            cue=(),
            source=(),
            within=None,
            score=1.0,
        )
        for name, kind in ((one.by, one.actor_kind), *((via, "outlet") for via in (*one.via, outlet))):
            if name is not None:
                actors.setdefault(name, Actor(id=actor_id(name), name=name, kind=kind))
        statements.append(stmt)
        actor = actor_id(one.by) if one.by else None
        attributions.append(
            Attribution(
                statement_id=stmt.id,
                mention=None,
                source_kind=None,
                actor_id=actor,
                reason=None if actor else "unnamed",
            )
        )
        hops = [Hop(mention=None, actor_id=actor, kind=one.actor_kind, named=actor is not None, act="said")]
        hops += [
            Hop(mention=None, actor_id=actor_id(via), kind="outlet", named=True, act="reported")
            for via in (*one.via, outlet)
        ]
        chains.append(Chain(statement_id=stmt.id, hops=tuple(hops)))
        positions.append(Position(statement_id=stmt.id, act=one.act, polarity=one.polarity, certainty="certain"))
    return Reading(
        document=doc,
        statements=tuple(statements),
        attributions=tuple(attributions),
        chains=tuple(chains),
        positions=tuple(positions),
        actors=tuple(actors.values()),
    )
