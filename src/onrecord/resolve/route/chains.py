"""By which hops did each statement reach the page?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.record.chain import Chain, Hop
from onrecord.record.reading import Reading
from onrecord.record.span import Span
from onrecord.record.statement import Statement
from onrecord.resolve.page.bylines import bylines, is_byline
from onrecord.resolve.route.acts import act_of
from onrecord.resolve.route.anonymity import describe
from onrecord.resolve.route.carriers import Carriers
from onrecord.resolve.route.credits import agency_credits
from onrecord.resolve.route.frame import SPOKEN, Frame
from onrecord.resolve.route.media import Medium

if TYPE_CHECKING:
    from onrecord.resolve.cast import Cast

_ORDER = {
    "handed": 0,
    "host": 0,
    "obtained": 1,
    "published": 1,
    "told": 2,
    "interview": 2,
    "air": 2,
    "text": 2,
    "source": 3,
    "citing": 3,
    "relay": 4,
}
_ACTS = {
    "handed": "published",
    "host": "interview",
    "told": "interview",
    "interview": "interview",
    "air": "interview",
    "text": "published",
    "obtained": "reported",
    "published": "published",
    "citing": "reported",
    "source": "reported",
    "relay": "reported",
}
_AGAIN = re.compile(r"\b(?:said|told|wrote|stated|announced|promised|declared|replied|answered)\b", re.IGNORECASE)
_LOOKED = re.compile(r"\b(?:observed|observes|saw|sees|noticed|asked|asks|counted|counts|heard)\b", re.IGNORECASE)
_PRINTS = re.compile(r"\b(?:reports|informs|transmits|relays|conveys|writes)\b")
_FOR = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|press\ssecretary|lawyers?|attorneys?|representatives?|envoys?|advis[eo]rs?|aides?)"
    r"\s(?:for|of|to)\s(?P<who>[^,.;]+)"
)
_OF = re.compile(
    r"(?P<who>[^,.;]+?)(?:['’]s?)?\s(?:chief\s|official\s|deputy\s)?(?:spokes(?:man|woman|person|people)|press\ssecretary)\b"
)


def build(reading: Reading, cast: Cast, carriers: Carriers | None = None) -> tuple[Chain, ...]:
    """By which hops did each statement reach the page?

    Args:
        reading: The document, its statements and their attributions.
        cast: Who is who in it.
        carriers: Through whom the words passed, if that is worked out already.

    Returns:
        One chain for each statement, in the order of the statements.
    """
    builder = _Builder(reading, cast, carriers or Carriers(reading, cast))
    return tuple(Chain(statement_id=stmt.id, hops=builder.hops(stmt)) for stmt in reading.statements)


class _Builder:
    """Chains of one article."""

    def __init__(self, reading: Reading, cast: Cast, carriers: Carriers) -> None:
        self._text = reading.document.text
        self._cast = cast
        self._carriers = carriers
        self._statements = {stmt.id: stmt for stmt in reading.statements}
        self._attributions = {attribution.statement_id: attribution for attribution in reading.attributions}
        self._credits = agency_credits(self._text, carriers.media)
        self._bylines = bylines(self._text)
        self._done: dict[str, tuple[Hop, ...]] = {}

    def hops(self, stmt: Statement) -> tuple[Hop, ...]:
        """The hops of one statement; those of the statement around it are worked out first."""
        if stmt.id not in self._done:
            # What a broken input puts within itself stands alone.
            self._done[stmt.id] = (self._outlet(()),)
            self._done[stmt.id] = self._chain(stmt)
        return self._done[stmt.id]

    def _chain(self, stmt: Statement) -> tuple[Hop, ...]:
        origin = self._origin(stmt)
        outer = self._statements.get(stmt.within) if stmt.within else None
        carried = self._carriers.of(stmt)
        frames = sorted(carried.frames, key=lambda frame: _ORDER[frame.turn])
        middle = [hop for hop in (self._hop(frame, frames) for frame in frames) if hop is not None]
        if outer is not None:
            rest = self.hops(outer)
            if self._is_same(stmt, origin, rest[0]):
                rest = rest[1:] or rest
            return _once((origin, *middle, *rest))
        if self._is_byline(origin):
            return (replace(self._outlet(()), evidence=(origin.mention,) if origin.mention else ()),)
        if self._is_own_voice(stmt, origin):
            return (origin,)
        own = any(frame.medium is not None and frame.medium.own for frame in frames if frame.turn != "relay")
        agencies = () if own else tuple(self._agency(credit.medium, credit.evidence) for credit in self._credits)
        if self._cast.outlet is None and (agencies or any(self._ends(frame) for frame in frames)):
            # Where nobody says which outlet it is, the one that the text says it comes from is the last that is known.
            return _once((origin, *middle, *agencies))
        return _once((origin, *middle, *agencies, self._outlet(frames)))

    def _ends(self, frame: Frame) -> bool:
        """Is it the turn of an outlet that names itself as the one that prints ("…, reports UNN")?"""
        named = frame.turn == "relay" and frame.medium is not None and frame.medium.name is not None
        return named and _PRINTS.search(frame.span.of(self._text)) is not None

    def _origin(self, stmt: Statement) -> Hop:
        attribution = self._attributions.get(stmt.id)
        kind = attribution.source_kind if attribution else None
        actor = attribution.actor_id if attribution else None
        mention = attribution.mention if attribution else (stmt.source[0] if stmt.source else None)
        act = act_of(" ".join(span.of(self._text) for span in stmt.cue), kind)
        if mention is None:
            # An answer in an interview has no words for its source, but a speaker (codebook, case 10).
            known = self._cast.actors.get(actor) if actor else None
            return Hop(
                mention=None, actor_id=actor, kind=known.kind if known else "unknown", named=known is not None, act=act
            )
        found = self._cast.resolve(mention, speaking=stmt)
        hop = Hop(
            mention=mention,
            actor_id=actor,
            kind=found.kind,
            named=found.named,
            act=act,
            evidence=stmt.cue,
            on_behalf_of=self._behalf(mention, actor),
        )
        if hop.named:
            return hop
        return replace(hop, anonymity=describe(self._text, mention, self._carriers.of(stmt).sentence))

    def _behalf(self, mention: Span, actor: str | None) -> str | None:
        """For whom does a spokesman speak?"""
        words = mention.of(self._text)
        found = _FOR.search(words) or _OF.search(words)
        if found is None:
            return None
        who = self._cast.resolve(Span(mention.start + found.start("who"), mention.start + found.end("who")))
        return who.actor.id if who.actor is not None and who.actor.id != actor else None

    def _is_same(self, stmt: Statement, inner: Hop, outer: Hop) -> bool:
        """Does the speaker of a statement only go on about himself ("I believe"), not tell of an earlier occasion?"""
        if inner.actor_id is None or inner.actor_id != outer.actor_id:
            return False
        return not any(_AGAIN.search(span.of(self._text)) for span in stmt.cue)

    def _is_byline(self, origin: Hop) -> bool:
        """Was the name of who wrote the article taken for a source?"""
        mention = origin.mention
        return mention is not None and is_byline(self._text, mention, self._bylines)

    def _is_own_voice(self, stmt: Statement, origin: Hop) -> bool:
        """Is it the outlet itself that asks or looks?"""
        outlet = self._cast.outlet
        if outlet is None or origin.actor_id != outlet.id or origin.kind != "outlet":
            return False
        return origin.mention is None or any(_LOOKED.search(span.of(self._text)) for span in stmt.cue)

    def _hop(self, frame: Frame, frames: Sequence[Frame]) -> Hop | None:
        if frame.turn in ("host", "handed") and frame.person is not None:
            aired = any(other.turn in SPOKEN for other in frames)
            hop = self._person(frame, frame.person, frames)
            return hop if aired or hop.named or frame.turn == "handed" else None
        medium = frame.medium
        if medium is None or medium.own:
            return None
        act = _ACTS[frame.turn]
        if act == "interview" and any(other.turn == "host" for other in frames):
            act = "broadcast"
        return replace(self._agency(medium, frame.span), act=act)

    def _person(self, frame: Frame, person: Span, frames: Sequence[Frame]) -> Hop:
        """The host who asked, or whoever handed the words on."""
        found = self._cast.resolve(person)
        asked = next((one.person for one in frames if one.turn in SPOKEN and one.person), None)
        if not found.named and frame.turn == "host" and asked is not None:
            found = self._cast.resolve(asked)
        kind = "person" if frame.turn == "host" else found.kind
        hop = Hop(
            mention=person,
            actor_id=found.actor.id if found.actor else None,
            kind=kind,
            named=found.named,
            act=_ACTS[frame.turn],
            evidence=(frame.span,),
        )
        return hop if hop.named else replace(hop, anonymity=describe(self._text, person, None))

    def _agency(self, medium: Medium, evidence: Span) -> Hop:
        actor = self._cast.outlet_at(medium.name) if medium.name is not None else None
        hop = Hop(
            mention=medium.mention,
            actor_id=actor.id if actor else None,
            kind="outlet",
            named=medium.name is not None,
            act="reported",
            evidence=(evidence,),
        )
        return hop if hop.named else replace(hop, anonymity=describe(self._text, medium.mention, None))

    def _outlet(self, frames: Sequence[Frame]) -> Hop:
        """The outlet that prints: the last hop, with the words that name it, if any do."""
        outlet = self._cast.outlet
        said = next((f for f in frames if f.turn in ("relay", "citing") and f.medium and f.medium.own), None)
        return Hop(
            mention=said.medium.mention if said and said.medium else None,
            actor_id=outlet.id if outlet else None,
            kind="outlet",
            named=outlet is not None,
            act="reported" if said else "published",
            evidence=(said.span,) if said else (),
        )


def _once(hops: Sequence[Hop]) -> tuple[Hop, ...]:
    """The hops without those that come round again: an outlet that cites itself is one hop.

    The first hop and the last one stay; of two others of one actor, the one nearer the words does.
    """
    first, *middle, last = hops
    seen = {first.actor_id, last.actor_id} - {None}
    kept = []
    for hop in middle:
        if hop.actor_id is None or hop.actor_id not in seen or hop.kind != "outlet":
            kept.append(hop)
            seen.add(hop.actor_id)
    return (first, *kept, last)
