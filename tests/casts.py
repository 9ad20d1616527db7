"""Articles written with marks for their statements, and a stand-in for the cast that knows what the marks say.

`<s1=Mara Tinholt>…</s1>` are the words of the source of statement 1 and who it is; `<c1>` its cue, `<q1>` its content.
`?` is an unnamed source without an actor, `?Ministry of Ports` an unnamed one of that body, `state:Velia` a state.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from onrecord.record import Actor, Attribution, Document, Origin, Published, Reader, Reading, Span, Statement
from onrecord.record.ids import content_id
from onrecord.record.statement import statement_id

_TAG = re.compile(r"<(?P<close>/?)(?P<role>[scq])(?P<number>\d+)(?:=(?P<who>[^>]*))?>")
_NAME = re.compile(r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*")
_KINDS = ("person", "state", "organisation", "outlet", "document", "group")


@dataclass(frozen=True, kw_only=True)
class Found:
    """As far as the chains ask, a resolution."""

    actor: Actor | None
    kind: str
    named: bool


def actor(words: str) -> tuple[Actor | None, str, bool]:
    """(actor, kind, named) of the words after `=` in a mark."""
    named = not words.startswith("?")
    words = words.removeprefix("?")
    kind, colon, name = words.partition(":")
    if not colon or kind not in _KINDS:
        kind, name = ("person" if words else "unknown"), words
    return (Actor(id=content_id("a", name), name=name, kind=kind) if name else None), kind, named


class StandIn:
    """Knows the actors of the marks by their spans, and by their names elsewhere; every other capital is somebody."""

    def __init__(self, text: str, spans: Mapping[Span, str], outlet: str) -> None:
        self._text = text
        self._spans = {span: actor(words) for span, words in spans.items()}
        self._named = [found for found in self._spans.values() if found[0] is not None and found[2]]
        self.outlet: Actor | None = Actor(id=content_id("a", "outlet", outlet.casefold()), name=outlet, kind="outlet")
        self.actors: dict[str, Actor] = {}

    def resolve(self, span: Span, *, speaking: Statement | None = None) -> Found:
        if span in self._spans:
            found, kind, named = self._spans[span]
            return Found(actor=found, kind=kind, named=named)
        words = span.of(self._text)
        for found, kind, _ in self._named:
            if found is not None and set(words.split()) <= set(found.name.split()):
                return Found(actor=found, kind=kind, named=True)
        name = _NAME.search(words)
        if name is None:
            return Found(actor=None, kind="unknown", named=False)
        other = Actor(id=content_id("a", name[0]), name=name[0])
        self.actors[other.id] = other
        return Found(actor=other, kind="unknown", named=True)

    def everybody(self) -> list[Actor]:
        """Everybody whom the marks name or an answer has named."""
        return [found for found, _, _ in self._spans.values() if found is not None] + list(self.actors.values())

    def outlet_at(self, span: Span) -> Actor:
        found = self.resolve(span).actor
        assert found is not None
        self.actors[found.id] = found
        return found


def article(marked: str, *, outlet: str = "Kestrel", published: str | None = "2031-05-14") -> tuple[Reading, StandIn]:
    """The reading that `marked` stands for, with attributions, and its cast."""
    parts: dict[str, dict[str, list[Span]]] = {}
    who: dict[str, str] = {}
    opened: dict[tuple[str, str], int] = {}
    text, last = "", 0
    for tag in _TAG.finditer(marked):
        text += marked[last : tag.start()]
        last = tag.end()
        key = (tag["role"], tag["number"])
        if tag["close"]:
            roles = parts.setdefault(tag["number"], {"s": [], "c": [], "q": []})
            roles[tag["role"]].append(Span(opened.pop(key), len(text)))
        else:
            opened[key] = len(text)
            if tag["who"] is not None:
                who[tag["number"]] = tag["who"]
    text += marked[last:]
    assert not opened, f"open marks: {opened}"
    doc = Document(
        id=content_id("d", text),
        text=text,
        outlet=outlet,
        published=Published.from_iso(published) if published else None,
        origin=Origin(kind="memory", digest="0" * 64),
        reader=Reader(name="plain", version="1"),
    )
    stmts = {number: _statement(doc.id, roles) for number, roles in sorted(parts.items())}
    stmts = {number: _placed(stmt, tuple(stmts.values())) for number, stmt in stmts.items()}
    spans = {stmt.source[0]: who.get(number, "?") for number, stmt in stmts.items() if stmt.source}
    attributions = []
    for number, stmt in stmts.items():
        found, _, _ = actor(who.get(number, "?"))
        attributions.append(
            Attribution(
                statement_id=stmt.id,
                mention=stmt.source[0] if stmt.source else None,
                source_kind="name" if stmt.source else "none",
                actor_id=found.id if found else None,
                reason=None if found else "the text does not say",
            )
        )
    reading = Reading(document=doc, statements=tuple(stmts.values()), attributions=tuple(attributions))
    return reading, StandIn(text, spans, outlet)


def _statement(document_id: str, roles: Mapping[str, list[Span]]) -> Statement:
    content, cue, source = (tuple(roles[role]) for role in "qcs")
    made = statement_id(document_id, content=content, cue=cue, source=source)
    return Statement(
        id=made, document_id=document_id, kind="mixed", content=content, cue=cue, source=source, within=None, score=1.0
    )


def _placed(stmt: Statement, others: tuple[Statement, ...]) -> Statement:
    """The statement with the smallest one around it as `within`."""

    def around(other: Statement) -> bool:
        return other is not stmt and all(
            any(one.start <= span.start and span.end <= one.end for one in other.content)
            for span in (*stmt.content, *stmt.source, *stmt.cue)
        )

    found = [other for other in others if around(other)]
    size = {other.id: sum(span.end - span.start for span in other.content) for other in found}
    return replace(stmt, within=min(size, key=size.__getitem__)) if found else stmt
