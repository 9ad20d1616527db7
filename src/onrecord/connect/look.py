"""What of the statements of a document is looked at when they are compared with others?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from onrecord.connect.claim import Claim, Page, Source
from onrecord.connect.opposites import opposites_of
from onrecord.connect.sides import side_of_name, sides_of_people
from onrecord.connect.words import NEGATIONS, STOP, Number, Token, counted, measured, name_key, numbers, rarity, tokens
from onrecord.record.actor import Actor
from onrecord.record.chain import Chain
from onrecord.record.document import Document
from onrecord.record.position import Position
from onrecord.record.reading import Reading
from onrecord.record.setting import Setting
from onrecord.record.span import Span, Spans
from onrecord.record.statement import Statement
from onrecord.text.sentences import sentences

_T = TypeVar("_T")
_GLOBAL_ID = re.compile(r"s[0-9a-f]{16}")
_UNDATED = "~"
_TOPIC_LENGTH = 2000
_FEW_WORDS = 4
"""A statement of fewer words is read with the sentence in which it stands."""

_USUAL = 4
"""A word that stands so often in a document says what the document is about."""


def day_of(value: str | None) -> int | None:
    """Which day is `value`, ISO 8601 cut to what is known? Counted from the year 1; None if no day is known.

    >>> day_of("0001-01-02T10:00"), day_of("2026-03")
    (2, None)
    """
    if value is None or len(value) < 10:
        return None
    return date.fromisoformat(value[:10]).toordinal()


def look(reading: Reading) -> tuple[Page, tuple[Claim, ...]]:
    """What of a document and of its statements is looked at? The statements keep their order."""
    doc = reading.document
    words = _Words(doc.text)
    page = _page(doc, words)
    cast = _cast(words.all, reading.actors, page.outlet_words)
    attributions = {a.statement_id: a for a in reading.attributions}
    chains = {c.statement_id: c for c in reading.chains}
    positions = {p.statement_id: p for p in reading.positions}
    settings = {s.statement_id: s for s in reading.settings}
    title = _weights(tokens(doc.title or ""))
    claims = []
    for stmt in reading.statements:
        attribution = attributions.get(stmt.id)
        actor = attribution.actor_id if attribution else None
        source = _source(words.of(stmt.source), actor, chains.get(stmt.id), cast)
        claims.append(_claim(stmt, page, words, title, source, positions.get(stmt.id), settings.get(stmt.id)))
    return page, tuple(claims)


class _Words:
    """The words of a text, and those of stretches of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = list(tokens(text))
        self._starts = [token.start for token in self.all]
        self._sentences = sentences(text)
        self._ends = [bound.end for bound in self._sentences]
        self._numbers = list(numbers(self.all))
        self._number_starts = [number.start for number in self._numbers]

    def of(self, spans: Spans) -> list[Token]:
        """The words that begin in `spans`."""
        return [token for span in spans for token in _within(self.all, self._starts, span)]

    def numbers(self, spans: Spans) -> tuple[Number, ...]:
        """The numbers that begin in `spans`."""
        return tuple(n for span in spans for n in _within(self._numbers, self._number_starts, span))

    def sentence(self, span: Span) -> str:
        """The sentence in which `span` begins."""
        return self._sentences[self._at(span)].of(self.text)

    def around(self, span: Span) -> list[Token]:
        """The words of the sentence in which `span` begins, and of the one before it."""
        at = self._at(span)
        return self.of(self._sentences[max(0, at - 1) : at + 1])

    def _at(self, span: Span) -> int:
        return min(bisect_left(self._ends, span.start + 1), len(self._sentences) - 1)


def _within(items: list[_T], starts: list[int], span: Span) -> list[_T]:
    return items[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


def _page(doc: Document, words: _Words) -> Page:
    counts = Counter(token.stem for token in words.all)
    beginning = words.of((Span(0, max(1, min(_TOPIC_LENGTH, len(doc.text)))),))
    return Page(
        id=doc.id,
        name=doc.external_id or doc.id,
        order=(doc.published.value if doc.published else _UNDATED, doc.id),
        day=day_of(doc.published.value if doc.published else None),
        outlet=doc.outlet.casefold() if doc.outlet else None,
        outlet_words=_name_keys([doc.outlet or ""]),
        topic=_weights([*tokens(doc.title or ""), *beginning]),
        usual=frozenset(_key(t) for t in words.all if counts[t.stem] >= _USUAL and t.form not in STOP),
        story=doc.story,
    )


def _claim(
    stmt: Statement,
    page: Page,
    words: _Words,
    title: Mapping[str, float],
    source: Source,
    position: Position | None,
    setting: Setting | None,
) -> Claim:
    found = words.of(stmt.content)
    text = " ".join(span.of(words.text) for span in stmt.content)
    own = _weights(found)
    around = {**title, **_weights(words.around(stmt.content[0])), **own}
    conditions = position.conditions if position else ()
    given = words.numbers(stmt.content)
    if len(found) < _FEW_WORDS:
        # "Seven": what it counts stands around it.
        things = counted(measured(t.stem for t in words.around(stmt.content[0])))
        given = tuple(replace(number, units=number.units | things) for number in given)
    return Claim(
        name=stmt.id if _GLOBAL_ID.fullmatch(stmt.id) else f"{page.name}/{stmt.id}",
        id=stmt.id,
        within=stmt.within,
        page=page,
        kind=stmt.kind,
        content=stmt.content,
        text=text,
        said=text if len(found) >= _FEW_WORDS else words.sentence(stmt.content[0]),
        forms=tuple(token.form for token in found),
        words=own,
        weight=sum(own.values()),
        names=frozenset(name_key(token.form) for token in found if token.name),
        numbers=given,
        negations=sum(token.form in NEGATIONS for token in found),
        act=position.act if position else None,
        polarity=position.polarity if position else None,
        source=source,
        around=around,
        weight_around=sum(around.values()),
        opposed=opposites_of(own),
        occasion=setting.occasion if setting else None,
        said_on=day_of(setting.said_on) if setting else None,
        conditions=tuple(frozenset(_weights(words.of((one.requirement,)))) for one in conditions),
    )


@dataclass(frozen=True, slots=True)
class _Member:
    """An actor of the document: kind, keys of its names, and for whom it stands."""

    kind: str
    names: frozenset[str]
    side: frozenset[str]


def _cast(words: Sequence[Token], actors: tuple[Actor, ...], outlet: frozenset[str]) -> dict[str, _Member]:
    names = [_name_keys([actor.name, *actor.names]) for actor in actors]
    people = [keys for actor, keys in zip(actors, names, strict=True) if actor.kind == "person"]
    sides = iter(sides_of_people(words, people, apart=outlet))
    return {
        actor.id: _Member(actor.kind, keys, next(sides) if actor.kind == "person" else side_of_name(keys))
        for actor, keys in zip(actors, names, strict=True)
    }


def _source(words: list[Token], actor: str | None, chain: Chain | None, cast: Mapping[str, _Member]) -> Source:
    member = cast.get(actor) if actor is not None else None
    return Source(
        actor=actor,
        names=member.names if member else frozenset(),
        kind=member.kind if member else "unknown",
        side=member.side if member else side_of_name({name_key(t.form) for t in words if t.name}),
        named=chain.origin.named if chain else member is not None,
        path=tuple(hop.actor_id for hop in chain.hops[1:]) if chain else (),
        mentions=frozenset(t.stem for t in words if t.form not in STOP),
    )


def _name_keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name_key(t.form) for name in names for t in tokens(name) if t.form not in STOP)


def _weights(found: Iterable[Token]) -> dict[str, float]:
    return {
        _key(token): rarity(token.stem)
        for token in found
        if token.form not in STOP and not token.form[0].isdigit() and len(token.form) > 1
    }


def _key(token: Token) -> str:
    return name_key(token.form) if token.name else token.stem
