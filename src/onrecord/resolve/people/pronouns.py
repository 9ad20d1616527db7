"""Whom does a pronoun mean?"""

from __future__ import annotations

import re

from onrecord.record.span import Span
from onrecord.record.statement import Statement
from onrecord.resolve.page.stretches import Stretches
from onrecord.resolve.page.words import HE, IT, LEADS_STATE, POSSESSIVES, RELATIVE, SHE, SPOKES, THEY, WE, YOU, I
from onrecord.resolve.people.answers import Interview
from onrecord.resolve.people.discourse import Part
from onrecord.resolve.people.finding import Finding, single, weighed
from onrecord.resolve.people.members import Member
from onrecord.resolve.people.resolution import OUTSIDE
from onrecord.resolve.people.scene import Scene

_LEADS_BODY = frozenset(
    "manager director chief ceo chairman chairwoman chairperson chair president head leader founder owner boss"
    " executive commander secretary minister ambassador representative envoy commissioner governor mayor premier"
    " chancellor king queen".split()
)
_SUBJECTS = frozenset({"he", "she"})
_MODEL = 1.0
"""What a member is worth of whom the model says nothing; the lower, the more its say counts."""
_NOBODY = -0.5
"""From which word of the model's on a name that nothing else shows to be a person's is nobody's."""
_HEARD = 0.6
"""From which word of the model's on a name is taken for a person's."""
_SURE = 1.0
"""How much must speak for a person, for a pronoun to count on it."""
_GOES_ON = 1.4
"""What the one who spoke last gains where a statement follows."""
_FRAIL, _UNSURE, _SHOWN, _HINTED, _AGAINST, _UNLIKE = 0.15, 0.3, 2.0, 1.5, 0.5, 0.15
"""How well "he" or "she" fits a member of unknown kind, a person that little speaks for, one whose gender the article
shows, one whose given name hints at it, one whose given name speaks against it,
and one whose given name is known for the other."""


_SPEAKING_FOR = re.compile(r"\b(?:[Ss]peaking (?:for|on behalf of)|[Oo]n behalf of) ")
_NEAR = 80
"""How far behind these words, in code points, the name of who speaks may stand."""


class Pronouns:
    """Finds whom a pronoun means, in one article."""

    def __init__(self, scene: Scene, interview: Interview) -> None:
        self._scene = scene
        self._interview = interview
        sources = {span.start for stmt in scene.statements.values() for span in stmt.source}
        self._plain = [
            token
            for token in scene.page.tokens
            if token.low in HE | SHE and token.start not in sources and not scene.page.quoted(token.start)
        ]
        self._at = 0
        self._speaking_for = [found.end() for found in _SPEAKING_FOR.finditer(scene.page.text)]
        self._spoken = Stretches(
            (piece, stmt) for stmt in scene.statements.values() if stmt.kind != "indirect" for piece in stmt.content
        )

    def resolve(self, low: str, span: Span, stmt: Statement | None) -> Finding:
        """Who may be meant by the pronoun `low` at `span`, the source of `stmt` if given?"""
        if low in I | WE:
            return self._first_person(low, span, stmt)
        if low in RELATIVE:
            return self._relative(low, span)
        if low in YOU:
            guest = self._interview.guest if not self._in_quotation(span, stmt) else None
            return Finding() if guest is None else single(guest, 0.7)
        return self._third_person(low, span, stmt)

    def _in_quotation(self, span: Span, stmt: Statement | None) -> bool:
        return self.speaker(span, stmt) is not None

    def _first_person(self, low: str, span: Span, stmt: Statement | None) -> Finding:
        speaker = self.speaker(span, stmt)
        if speaker is None:
            return Finding(reason=OUTSIDE)
        if low in I:
            return single(speaker, 0.93)
        body = self.spoken_for(speaker)
        if body is not None:
            return Finding(ranked=((body, 0.75), (speaker, 0.25)))
        return single(speaker, 0.65)

    def speaker(self, span: Span, stmt: Statement | None) -> Member | None:
        """Who says the words in which `span` lies?"""
        outer = self._scene.enclosing(stmt) if stmt is not None else None
        while outer is not None:
            if self._scene.spoke.get(outer.id) is not None and (outer.kind != "indirect" or outer.within is None):
                return self._scene.spoke[outer.id]
            outer = self._scene.enclosing(outer)
        other = next((other for _, other in self._spoken.around(span) if other is not stmt), None)
        return self._scene.spoke.get(other.id) if other is not None else None

    def spoken_for(self, member: Member) -> Member | None:
        """For which state or body does somebody say "we"?"""
        body = self._named_for(member)
        if body is not None:
            return body
        for title in member.titles:
            state = title.words in LEADS_STATE
            leads = state or title.head in _LEADS_BODY or title.head in SPOKES or "press secretary" in title.words
            if not leads or (title.whose is not None and title.whose.kind == "person"):
                continue
            if title.whose is not None:
                return title.whose.owner or title.whose
            if state:
                return self._state(member)
        return None

    def _named_for(self, member: Member) -> Member | None:
        """For whom the article says that he speaks ("Speaking for Apple Corps, manager Neil Aspinall said")."""
        scene = self._scene
        for end in self._speaking_for:
            near = [s for s in member.spans if 0 <= s.start - end < _NEAR]
            if not near or scene.page.sentence(end) != scene.page.sentence(near[0].start):
                continue
            for named, other in scene.members.at(Span(end, near[0].start)):
                if named.chunk.span.start <= end + len("the ") and other is not member:
                    return scene.states.of(other.name) or other
        return None

    def _state(self, member: Member) -> Member | None:
        """Whose head of state or government somebody is, where the text leaves it to the reader: the state that the
        article is about.
        """
        scene = self._scene
        states = [m for m in scene.members.all if m.kind == "state" and m.spans]
        if not states and scene.states.home is None:
            single = [m for m in scene.members.all if len(m.words) == 1 and len(m.spans) > 1 and m is not member]
            states = [m for m in single if m.kind in ("unknown", "place")]
        return scene.states.home or max(states, key=lambda m: (len(m.spans), -m.number), default=None)

    def _relative(self, low: str, span: Span) -> Finding:
        """The name, or the source, that ends right before the pronoun, or else the person of its sentence."""
        scene = self._scene
        near: list[tuple[int, Member]] = [
            (event.span.end, event.member)
            for event in scene.discourse.events
            if event.span.end <= span.start and event.part != "possessor"
        ]
        near += [(s.end, m) for m in scene.members.all if m.organ for s in m.spans if s.end <= span.start]
        fits = [
            (end, m)
            for end, m in near
            if (m.kind in ("person", "unknown") or m.stands_for is not None) == (low != "which")
        ]
        if not fits:
            return Finding()
        end, member = max(fits, key=lambda pair: pair[0])
        if span.start - end <= 3:
            return single(member, 0.85)
        same = scene.page.sentence(end - 1) == scene.page.sentence(span.start)
        return single(member, 0.6) if same else Finding()

    def advance(self, position: int) -> None:
        """Follow "he" and "she" through the outlet's own words up to `position`: they keep somebody in mind."""
        page = self._scene.page
        while self._at < len(self._plain) and self._plain[self._at].start < position:
            token = self._plain[self._at]
            self._at += 1
            span = Span(token.start, token.end)
            found = self._third_person(token.low, span, None)
            if found.ranked:
                part: Part = (
                    "possessor" if token.low in POSSESSIVES else "subject" if token.low in _SUBJECTS else "object"
                )
                self._scene.discourse.note(found.ranked[0][0], span, part, quoted=page.quoted(token.start))

    def _third_person(self, low: str, span: Span, stmt: Statement | None) -> Finding:
        page = self._scene.page
        quoted = page.quoted(span.start) and (stmt is None or stmt.within is not None)
        salience = self._scene.discourse.salience(span.start, quoted=quoted)
        speaker = self.speaker(span, stmt)
        side = (speaker, speaker.serves, self.spoken_for(speaker)) if speaker is not None else ()
        inside = stmt is not None and stmt.within is not None
        weights = []
        last = self._scene.discourse.last_speaker(span.start) if stmt is not None and not quoted else None
        for member, (weight, _) in self._scene.whole(salience).items():
            if not _agrees(low, member):
                continue
            going = _GOES_ON if member is last else 1.0
            own = (quoted or inside) and member in side
            share = (0.05 if quoted else 0.6) if own else 1.0
            weights.append((member, weight * going * share * _support(low, member)))
        return weighed(self._followed(span, weights))

    def _followed(self, span: Span, weights: list[tuple[Member, float]]) -> list[tuple[Member, float]]:
        """The weights together with what the model says."""
        shares = self._scene.following.shares(span)
        if not shares:
            return weights
        total = sum(weight for _, weight in weights) or 1.0
        return [(member, weight / total * (_MODEL + shares.get(member, 0.0))) for member, weight in weights]


def _agrees(low: str, member: Member) -> bool:
    """Can the pronoun mean this member?"""
    if low in HE or low in SHE:
        wanted = "he" if low in HE else "she"
        if member.plural or not (member.kind in ("person", "unknown") or (member.kind == "place" and _heard(member))):
            return False
        if member.kind != "person" and member.personal <= _NOBODY:
            return False
        return member.gender in ("", wanted) or not member.gender_shown
    if low in IT:
        return member.kind in ("organisation", "state", "outlet", "unknown") and not member.plural
    if low in THEY:
        return member.plural or member.kind in ("organisation", "state", "outlet", "unknown")
    return False


def _heard(member: Member) -> bool:
    """Does the model take it for a person?"""
    return member.personal >= _HEARD


def _support(low: str, member: Member) -> float:
    """How well does the pronoun fit a member that it can mean?"""
    if low in HE | SHE:
        wanted = "he" if low in HE else "she"
        if member.kind != "person" and not _heard(member):
            return _FRAIL
        sure = 1.0 if member.stands_for is not None or member.votes["person"] >= _SURE or _heard(member) else _UNSURE
        if member.gender == wanted:
            return sure * (_SHOWN if member.gender_shown else _HINTED)
        return sure * (1.0 if member.gender == "" else _UNLIKE if member.gender_known else _AGAINST)
    if low in THEY:
        return 1.5 if member.plural else 0.8
    return 0.5 if member.kind == "unknown" else 1.0
