"""Who stands behind a group, a document or an outlet that a text only describes?"""

from __future__ import annotations

from onrecord.record.span import Span
from onrecord.resolve.page.words import DOCUMENT_HEADS, OFFICIAL_HEADS, ORGAN_HEADS, PARTIES, PARTY_OF
from onrecord.resolve.people.bodies import Bodies
from onrecord.resolve.people.finding import Finding, single, weighed
from onrecord.resolve.people.members import Member
from onrecord.resolve.people.resolution import (
    NOT_NAMED,
    OWN_STAFF,
    UNNAMED_DOCUMENT,
    UNNAMED_GROUP,
    UNNAMED_OUTLET,
)
from onrecord.resolve.people.scene import Scene
from onrecord.resolve.people.shape import Shape

_FROM = frozenset({"of", "from", "by", "at", "for", "on", "in", "inside", "within"})
_HANDED_OUT = frozenset("communique communiqué statement release letter message post declaration press-release".split())
_PAIRED = frozenset("company companies firm firms party parties".split())
_THIRD = 0.5
"""How present a third body may be, beside the second, where two are spoken of."""
_COMMON_BODIES = frozenset(
    "company firm government police ministry church university agency council city party".split()
)


class Groups:
    """Finds who stands behind groups, documents and outlets, in one article."""

    def __init__(self, scene: Scene, bodies: Bodies) -> None:
        self._scene = scene
        self._bodies = bodies

    def group(self, shape: Shape, span: Span) -> Finding:
        """Which body do unnamed people speak for, if the text names it ("Sorvian officials")?"""
        nominal = shape.nominal
        assert nominal is not None
        reason = NOT_NAMED if shape.kind == "anonymous" else UNNAMED_GROUP
        party = PARTIES.get(nominal.head)
        if party is not None and len(nominal.core) <= 2:
            return single(self._scene.members.called(party), 0.8, named=False)
        lows = nominal.lows(self._scene.page)
        if nominal.head in OFFICIAL_HEADS and len(lows) > 1 and lows[-2] in PARTY_OF:
            return single(self._scene.members.called(PARTY_OF[lows[-2]]), 0.8, named=False)
        if nominal.head in _PAIRED:
            both = self._pair(shape, span)
            if both is not None:
                return single(both, 0.6)
        if nominal.head not in OFFICIAL_HEADS:
            return Finding(reason=reason, named=False)
        owner = self._owner(shape, span)
        if owner is None or not self._is_body(owner):
            return Finding(reason=reason, named=False)
        return single(owner, 0.8, named=False)

    def _pair(self, shape: Shape, span: Span) -> Member | None:
        """The two bodies that the article speaks of, where it is two ("the parties", "neither company")."""
        nominal, scene = shape.nominal, self._scene
        assert nominal is not None
        two = nominal.determiner in ("both", "neither") or "two" in nominal.lows(scene.page)
        if not (two or (nominal.determiner == "the" and nominal.head == "parties")) or len(nominal.core) > 2:
            return None
        salience = scene.discourse.salience(span.start, quoted=False)
        found = [(w, -m.number, m) for m, (w, _) in salience.items() if self._is_company(m)]
        found.sort(reverse=True)
        if len(found) < 2 or (len(found) > 2 and found[2][0] > _THIRD * found[1][0]):
            return None
        first, second = sorted((found[0][2], found[1][2]), key=lambda member: member.number)
        return scene.members.called(f"{first.name} and {second.name}")

    def _is_company(self, member: Member) -> bool:
        kind = member.kind in ("organisation", "unknown") and not self._scene.is_outlet(member)
        return kind and not member.organ and len(member.spans) > 1 and member.personal < 0

    def _owner(self, shape: Shape, span: Span) -> Member | None:
        """Whose people they are."""
        nominal, scene = shape.nominal, self._scene
        assert nominal is not None
        if nominal.possessor is not None:
            return scene.named_in(nominal.possessor)
        core = nominal.core
        found = scene.named_in(core)
        if found is not None:
            return found
        lows = [scene.page.tokens[i].low for i in core[:-1]]
        if lows and lows[-1] in ORGAN_HEADS | _COMMON_BODIES:
            named = self._bodies.named((scene.page.tokens[core[-2]].text,), span)
            return named[0][0] if named else self._bodies.body((_office(lows[-1]),), None)
        if nominal.preposition in _FROM and nominal.complement is not None:
            area = nominal.complement
            cut = next((i for i in area if scene.page.tokens[i].low in _FROM and i > area.start), area.stop)
            return scene.named_last(range(area.start, cut))
        if nominal.preposition == "there":
            return self._there(span)
        return None

    def _is_body(self, member: Member) -> bool:
        """Is it a body or state that has officials, and no outlet?"""
        return member.kind in ("state", "organisation") and not self._scene.is_outlet(member)

    def _there(self, span: Span) -> Member | None:
        salience = self._scene.discourse.salience(span.start, quoted=False)
        found = [(w, m) for m, (w, _) in salience.items() if m.kind in ("organisation", "state")]
        return max(found, key=lambda pair: (pair[0], -pair[1].number))[1] if found else None

    def document(self, shape: Shape, span: Span) -> Finding:
        """Who made the document, or what is it called?"""
        nominal, scene = shape.nominal, self._scene
        assert nominal is not None
        if nominal.possessor is not None:
            owner = scene.named_in(nominal.possessor)
            if owner is not None:
                return single(owner, 0.7)
        if (
            nominal.preposition in _FROM
            and nominal.complement is not None
            and nominal.preposition not in ("on", "of", "in")
        ):
            owner = scene.named_first(nominal.complement)
            if owner is not None:
                return single(owner, 0.7)
        title = self._titled(shape)
        if title is not None:
            return single(title, 0.75)
        if nominal.determiner in ("the", "this", "that", "its", "their") and len(nominal.core) == 1:
            return Finding(ranked=tuple(self._earlier(nominal.head, span)), reason=UNNAMED_DOCUMENT)
        lows = nominal.lows(scene.page)
        if len(lows) > 1 and lows[0] in _COMMON_BODIES:
            found = self._bodies.named((lows[0],), span) or self._present(span)
            return Finding(ranked=tuple(found[:1]), reason=UNNAMED_DOCUMENT)
        return Finding(reason=UNNAMED_DOCUMENT)

    def _present(self, span: Span) -> list[tuple[Member, float]]:
        salience = self._scene.discourse.salience(span.start, quoted=False)
        found = [(m, w) for m, (w, _) in salience.items() if m.kind == "organisation"]
        found.sort(key=lambda pair: (-pair[1], pair[0].number))
        return [(m, 0.55) for m, _ in found[:1]]

    def _titled(self, shape: Shape) -> Member | None:
        """The document's own name: its capitalised words, or its year ("The 1991 agreement")."""
        nominal, scene = shape.nominal, self._scene
        assert nominal is not None
        words = [scene.page.tokens[i] for i in nominal.core if scene.page.tokens[i].word]
        if any(t.text.isdigit() and len(t.text) == 4 for t in words) and len(words) == 2:
            return scene.members.called(" ".join(t.text for t in words), kind="document")
        for area in (nominal.core, nominal.complement):
            if area is None or (area is nominal.complement and nominal.preposition != "of"):
                continue
            inside = [m for n, m in scene.members.named if area.start <= n.chunk.first and n.chunk.last <= area.stop]
            whole = area is nominal.core or nominal.head in ("results", "findings", "authors")
            if inside and whole and inside[0].kind not in ("person", "state"):
                return inside[0]
        return None

    def _earlier(self, head: str, span: Span) -> list[tuple[Member, float]]:
        """The document named before, or the body that spoke last and handed it out."""
        scene = self._scene
        before = [m for n, m in scene.members.named if n.chunk.span.start < span.start]
        named = [m for m in before if m.words[-1].lower() in DOCUMENT_HEADS or m.votes["document"] > 0]
        if named and head not in _HANDED_OUT:
            return [(named[-1], 0.6)]
        if head in _HANDED_OUT:
            spoken = [e for e in scene.discourse.events if e.part == "speaker" and e.position < span.start]
            bodies = [e.member for e in spoken if e.member.kind in ("organisation", "state")]
            return [(bodies[-1], 0.6)] if bodies else []
        return []

    def outlet(self, shape: Shape, span: Span) -> Finding:
        """Which outlet do common words mean ("the station")?"""
        nominal, scene = shape.nominal, self._scene
        assert nominal is not None
        if shape.own:
            return Finding(reason=OWN_STAFF)
        words = tuple(scene.page.tokens[i].text for i in nominal.core if scene.page.tokens[i].word)
        if scene.states.of(words[0]) is not None and len(words) > 1:
            shown = " ".join("television" if word == "TV" else word for word in words)
            return single(scene.members.called(shown, kind="outlet"), 0.75)
        if nominal.determiner in ("a", "an", ""):
            return Finding(reason=UNNAMED_OUTLET)
        salience = scene.discourse.salience(span.start, quoted=scene.page.quoted(span.start))
        return weighed(
            (
                (m, w * (1.0 if m.kind == "outlet" else 0.4))
                for m, (w, _) in salience.items()
                if m.kind in ("outlet", "unknown", "organisation") and not m.organ
            ),
            most=0.85,
        )


def _office(low: str) -> str:
    return f"{low} government" if low in ("city", "county") else low
