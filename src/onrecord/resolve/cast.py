"""Who are the people, bodies, states and outlets of an article, and which of them does a mention mean?"""

from __future__ import annotations

from dataclasses import replace

from onrecord.record.actor import Actor, ActorKind
from onrecord.record.attribution import SourceKind
from onrecord.record.ids import content_id
from onrecord.record.reading import Reading
from onrecord.record.span import Span
from onrecord.record.statement import Statement
from onrecord.resolve.page.bylines import bylines, is_byline
from onrecord.resolve.page.organs import is_organ
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.words import POSSESSIVES
from onrecord.resolve.people.actors import Listing
from onrecord.resolve.people.answers import Interview
from onrecord.resolve.people.finding import Finding, single, weighed
from onrecord.resolve.people.groups import Groups
from onrecord.resolve.people.members import Member, MemberKind, vote_gender
from onrecord.resolve.people.pronouns import Pronouns
from onrecord.resolve.people.resolution import EQUAL, GOES_BACK, NO_SOURCE, OWN_AUTHOR, OWN_STAFF, Candidate, Resolution
from onrecord.resolve.people.roles import Roles
from onrecord.resolve.people.scene import Scene
from onrecord.resolve.people.shape import Shape, shape_of
from onrecord.resolve.table.table import ActorTable

_KIND_OF: dict[SourceKind, ActorKind] = {
    "name": "unknown", "role": "person", "pronoun": "unknown", "group": "group", "anonymous": "unknown",
    "document": "document", "outlet": "outlet", "none": "unknown",
}  # fmt: skip
_STAND_IN: dict[SourceKind, MemberKind] = {
    "role": "person", "anonymous": "person", "group": "person", "document": "document", "outlet": "outlet",
    "name": "organisation",
}  # fmt: skip
_NAMESAKE = 0.85
"""The most that is given for one of several who bear a surname."""
_LEAST = 0.55
"""The least for the one who is chosen."""
_EQUAL = 0.995
"""From which share of the best on another fits as well as it."""
_OUTLET = Shape(kind="outlet", nominal=None)


class Cast:
    """The people, bodies, states and outlets of one article.

    Attributes:
        outlet: Who printed it; None if the document does not say.
        actors: Every actor that an answer has named so far, by id.
    """

    def __init__(self, reading: Reading, table: ActorTable | None, page: Page | None = None) -> None:
        self._table = table
        self._scene = Scene(reading, table, page)
        self._listing = Listing(table, reading.document.id)
        self._interview = Interview(self._scene)
        self._pronouns = Pronouns(self._scene, self._interview)
        self._roles = Roles(self._scene, table)
        self._groups = Groups(self._scene, self._scene.bodies)
        self.outlet = _outlet(reading.document.outlet, table)
        self.actors: dict[str, Actor] = {} if self.outlet is None else {self.outlet.id: self.outlet}
        self._attributed: dict[str, Resolution] = {}
        self._unnamed: set[str] = set()
        self._bylines = bylines(reading.document.text)

    def attribute(self, stmt: Statement) -> Resolution:
        """Who is the source of `stmt`? To be asked in the order of the text: later answers build on earlier."""
        span = stmt.source[0] if stmt.source else None
        self._pronouns.advance((span or stmt.content[0]).start)
        shape = shape_of(self._scene.page, self._scene.members, span)
        if span is None or shape.nominal is None:
            resolution, member = self._unsourced(stmt)
        else:
            head = shape.nominal.head
            shape = self._again(shape)
            if is_byline(self._scene.page.text, span, self._bylines):
                resolution, member = self._by_author(span), None
            else:
                resolution, member = self._resolution(shape, self._finding(shape, span, stmt), span)
            if member is None and resolution.kind != "outlet" and shape.kind in _STAND_IN:
                kind = _STAND_IN[shape.kind]
                member = self._scene.members.stand_in(span, kind=kind, plural=shape.plural)
                vote_gender(member, (head,))
            if member is not None:
                quoted = stmt.within is not None and self._scene.page.quoted(span.start)
                self._scene.discourse.note(member, span, "speaker", quoted=quoted)
                self._scene.following.note(span, member)
        self._scene.spoke[stmt.id] = member
        self._attributed[stmt.id] = resolution
        return resolution

    def _again(self, shape: Shape) -> Shape:
        """The shape of a group that goes back to people whose anonymity is meant ("the people said")."""
        assert shape.nominal is not None
        head = shape.nominal.head
        if shape.kind == "anonymous":
            self._unnamed.add(head)
        back = shape.nominal.determiner in ("the", "both", "those", "these") and head in self._unnamed
        return replace(shape, kind="anonymous") if shape.kind == "group" and back else shape

    def resolve(self, span: Span, *, speaking: Statement | None = None) -> Resolution:
        """Whom does the mention at `span` mean?

        Args:
            span: The words that name somebody.
            speaking: The statement of which they are the source, if they are.
        """
        if speaking is not None and speaking.source[:1] == (span,) and speaking.id in self._attributed:
            return self._attributed[speaking.id]
        shape = shape_of(self._scene.page, self._scene.members, span)
        return self._resolution(shape, self._finding(shape, span, speaking), span)[0]

    def is_listed_outlet(self, name: str) -> bool:
        """Does the table know an outlet of this name?"""
        return self._table is not None and bool(self._table.outlet(name))

    def outlet_at(self, span: Span) -> Actor:
        """Which outlet do words name that surely name one ("Polna Gazeta" after "told the newspaper")?"""
        name = span.of(self._scene.page.text)
        found = [m for named, m in self._scene.members.at(span) if named.chunk.span == span]
        member = found[0] if found else None
        if self.outlet is not None and (self._is_own(_OUTLET, member) or name == self.outlet.name):
            return self.outlet
        if member is not None:
            member.votes["outlet"] += 5
        listed = self._table.outlet(name) if self._table is not None else ()
        if listed:
            actor = listed[0].actor()
        elif member is not None:
            actor = self._listing.actor(member)
        else:
            actor = self._listing.described(name, "outlet")
        self.actors[actor.id] = actor
        return actor

    def _finding(self, shape: Shape, span: Span, stmt: Statement | None) -> Finding:
        nominal = shape.nominal
        if nominal is None:
            return Finding(reason=NO_SOURCE)
        if shape.kind == "pronoun":
            return self._pronouns.resolve(self._scene.page.tokens[nominal.tokens[0]].low, span, stmt)
        if shape.member is not None:
            return self._named(shape, span, stmt)
        if shape.kind == "role":
            inner = stmt is not None and stmt.within is not None
            return self._roles.resolve(shape, span, self._owner(shape, span, stmt), inner=inner)
        if shape.kind == "name":
            ranked = self._scene.bodies.resolve(nominal, span, self._owner(shape, span, stmt))
            return Finding(ranked=tuple(ranked))
        if shape.kind == "document":
            return self._groups.document(shape, span)
        if shape.kind == "outlet":
            return self._groups.outlet(shape, span)
        return self._groups.group(shape, span)

    def _named(self, shape: Shape, span: Span, stmt: Statement | None) -> Finding:
        member = shape.member
        assert member is not None and shape.nominal is not None
        state = self._scene.states.of(member.name)
        if state is not None:
            metonym = self._scene.states.is_metonym(member.name)
            # The White House is a body of that name; the Kremlin, as a speaker, is Russia.
            body = metonym and self._listing.is_body(member)
            return single(member if body else state, 0.85 if metonym else 0.95)
        if not member.organ and is_organ(member.words):
            ranked = self._scene.bodies.named(member.words, span, self._owner(shape, span, stmt))
            return Finding(ranked=tuple(ranked)) if ranked else single(member, 0.7)
        return self._of_namesakes(shape, member)

    def _of_namesakes(self, shape: Shape, member: Member) -> Finding:
        """The member, beside those who bear the same surname if it stands alone."""
        assert shape.nominal is not None
        named = self._scene.members.at(shape.nominal.span(self._scene.page))
        members = self._scene.members
        span = next((n.chunk.span for n, m in named if m is member and n.chunk.span in members.rivals), None)
        if span is None:
            return single(member, 0.95)
        rivals, at = members.rivals[span], span.start
        if span in members.ties:
            return weighed([(m, 1.0) for m in (member, *rivals)])
        present = self._scene.discourse.salience(at, quoted=self._scene.page.quoted(at))
        weight = {m: present[m][0] if m in present else 0.0 for m in (member, *rivals)}
        share = weight[member] / (sum(weight.values()) or 1.0)
        score = min(_NAMESAKE, max(_LEAST, share))
        others = weighed([(m, weight[m]) for m in rivals], most=1.0).ranked
        return Finding(ranked=((member, score), *((m, (1.0 - score) * part) for m, part in others)))

    def _owner(self, shape: Shape, span: Span, stmt: Statement | None) -> Member | None:
        """Whose role or body is it: "its", "Delvia's", "the PM's"?"""
        nominal = shape.nominal
        assert nominal is not None
        if nominal.possessor is not None:
            named = self._scene.named_in(nominal.possessor)
            if named is not None:
                return named
            inner = Span(
                self._scene.page.tokens[nominal.possessor[0]].start, self._scene.page.tokens[nominal.possessor[-1]].end
            )
            role = shape_of(self._scene.page, self._scene.members, inner)
            if role.kind == "role":
                found = self._roles.resolve(role, inner, None)
                return found.ranked[0][0] if found.ranked else None
            return None
        if nominal.determiner in POSSESSIVES:
            low = nominal.determiner
            at = self._scene.page.tokens[nominal.tokens[0]]
            found = self._pronouns.resolve(low, Span(at.start, at.end), stmt)
            return found.ranked[0][0] if found.ranked else None
        return None

    def _unsourced(self, stmt: Statement) -> tuple[Resolution, Member | None]:
        """Whose is a statement that names no source?"""
        answered = self._interview.speaker(stmt)
        if answered is None:
            return self._open(Shape(kind="none", nominal=None), NO_SOURCE, 0.8), None
        member, asks, score = answered
        if member is not None:
            shape = Shape(kind="name", nominal=None, member=member)
            finding = single(member, score)
            span = member.spans[0] if member.spans else stmt.content[0]
            return self._resolution(shape, finding, span)
        kind: SourceKind = "outlet" if asks else "none"
        if self.outlet is None:
            return self._open(Shape(kind=kind, nominal=None), OWN_STAFF, 0.6), None
        return self._by_outlet(kind, score), None

    def _by_author(self, span: Span) -> Resolution:
        """Whoever wrote the article speaks for the outlet."""
        if self.outlet is None:
            reason = OWN_AUTHOR.format(span.of(self._scene.page.text))
            return self._open(Shape(kind="outlet", nominal=None), reason, 0.8)
        return self._by_outlet("outlet", 0.8)

    def _by_outlet(self, kind: SourceKind, score: float) -> Resolution:
        assert self.outlet is not None
        return Resolution(
            actor=self.outlet, source_kind=kind, kind="outlet", named=True, reason=None, score=score,
            candidates=(Candidate(actor=self.outlet, score=score),),
        )  # fmt: skip

    def _open(self, shape: Shape, reason: str, score: float) -> Resolution:
        return Resolution(
            actor=None, source_kind=shape.kind, kind=_KIND_OF[shape.kind], named=False, reason=reason, score=score
        )

    def _is_own(self, shape: Shape, member: Member | None) -> bool:
        """Is it the outlet that prints the article?"""
        if self.outlet is None:
            return False
        if shape.own and shape.kind == "outlet":
            return shape.nominal is not None and shape.nominal.head not in ("reporter", "correspondent")
        if member is None:
            return False
        own = self.outlet.name.lower().removeprefix("the ")
        name = member.name.lower().removeprefix("the ")
        words = [word for word in self.outlet.name.split() if word[:1].isupper() and word != "The"]
        return name == own or (len(words) > 1 and name == "".join(word[0] for word in words).lower())

    def _resolution(self, shape: Shape, finding: Finding, span: Span) -> tuple[Resolution, Member | None]:
        text = self._scene.page.text
        if self._is_own(shape, finding.ranked[0][0] if finding.ranked else None):
            return self._by_outlet("outlet", 0.9), finding.ranked[0][0] if finding.ranked else None
        if not finding.ranked:
            return self._open(shape, finding.reason.format(span.of(text)), 0.7), None
        member, score = finding.ranked[0]
        if member.stands_for is not None:
            reason = GOES_BACK.format(span.of(text), member.stands_for.of(text))
            return self._open(shape, reason, score), member
        listed = self._scene.states.listed
        candidates = tuple(
            Candidate(actor=self._listing.actor(m, listed=listed.get(m)), score=s)
            for m, s in finding.ranked
            if m is member or (m.stands_for is None and not self._scene.describes(m))
        )
        best = candidates[0].actor
        second = next((each for each in candidates[1:] if each.actor.id != best.id), None)
        if second is not None and second.score >= _EQUAL * score:
            reason = EQUAL.format(span.of(text), best.name, second.actor.name)
            named = shape.kind == "name"
            return replace(self._open(shape, reason, score), candidates=candidates, named=named), None
        self.actors[best.id] = best
        found = Resolution(
            actor=best,
            source_kind=shape.kind,
            kind=best.kind,
            named=finding.named,
            reason=None,
            score=score,
            evidence=finding.evidence or ((member.spans[0],) if member.spans else ()),
            candidates=candidates,
        )
        return found, member


def _outlet(name: str | None, table: ActorTable | None) -> Actor | None:
    if name is None:
        return None
    found = table.outlet(name) if table is not None else ()
    if found:
        return found[0].actor()
    return Actor(id=content_id("a", "outlet", name.casefold()), name=name, kind="outlet")
