"""Whom does a role mean: "the president", "the Galdian minister", "her spokesman", "the minister's office"?"""

from __future__ import annotations

import re
from datetime import date

from onrecord.record.span import Span
from onrecord.resolve.page.nominal import Nominal
from onrecord.resolve.page.words import ALIKE, FEMALE_WORDS, INDEFINITE, MALE_WORDS, OFFICES, RELATIVES, SPOKES
from onrecord.resolve.people.finding import Finding, single, weighed
from onrecord.resolve.people.members import Member, Title
from onrecord.resolve.people.resolution import NOBODY_FITS, UNNAMED_PERSON
from onrecord.resolve.people.scene import Scene
from onrecord.resolve.people.shape import Shape
from onrecord.resolve.people.titles import RolePhrase
from onrecord.resolve.table.offices import office
from onrecord.resolve.table.table import ActorTable
from onrecord.resolve.table.terms import first_day

_MINISTER = re.compile(r"(?:(?P<one>[\w ]+) )?minister(?: (?:of|for) (?P<two>[\w ]+))?")
_BEHIND, _AHEAD = 0.15, 0.05
"""What whoever bears a title is worth at least, and what the first who is named after the mention gains."""
_SOON = 2
"""Within how many sentences a role is followed by the name of who holds it."""


class Roles:
    """Finds whom a role means, in one article."""

    def __init__(self, scene: Scene, table: ActorTable | None) -> None:
        self._scene = scene
        self._table = table

    def resolve(self, shape: Shape, span: Span, owner: Member | None, *, inner: bool = False) -> Finding:
        """Who may be meant?

        Args:
            shape: How the mention is worded.
            span: Where it stands.
            owner: Whose role it is, where the mention says so by a pronoun or a name.
            inner: Whether it stands in somebody else's statement.
        """
        nominal = shape.nominal
        assert nominal is not None
        phrase = self._scene.finder.phrase(self._head(nominal))
        owner = owner or phrase.whose
        if nominal.head == "office":
            return self._office(owner)
        found = self._titled(phrase, nominal, span, owner)
        if found.ranked:
            return found
        if nominal.head in SPOKES or phrase.words == "press secretary":
            return self._speaks_for(nominal, span, owner)
        if nominal.head in RELATIVES or nominal.determiner in INDEFINITE or nominal.head not in OFFICES:
            return (
                Finding(reason=UNNAMED_PERSON)
                if nominal.head in RELATIVES
                else self._follows(phrase, nominal, span, inner=inner)
            )
        soon = self._follows(phrase, nominal, span, inner=inner)
        if soon.ranked:
            return soon
        return self._listed(phrase, owner)

    def _head(self, nominal: Nominal) -> int:
        tokens = self._scene.page.tokens
        return next((i for i in reversed(nominal.core) if tokens[i].low == nominal.head), nominal.core[-1])

    def _titled(self, phrase: RolePhrase, nominal: Nominal, span: Span, owner: Member | None) -> Finding:
        """Who is called so in the article?"""
        quoted = self._scene.page.quoted(span.start)
        salience = self._scene.discourse.salience(span.start, quoted=quoted)
        within = [m for _, m in self._scene.members.at(nominal.span(self._scene.page))]
        weights = []
        for member in self._scene.members.all:
            if member is owner or member in within or member.kind in ("organisation", "state", "outlet"):
                continue
            fit = max((_fit(phrase.words, nominal.head, owner, title) for title in member.titles), default=0.0)
            if fit and _fits_gender(nominal.head, member):
                # Of those who are named only further down, the first is meant.
                weight = salience[member][0] if member in salience else _AHEAD / (1 + member.number)
                weights.append((member, fit * fit * (_BEHIND + weight)))
        return weighed(weights, most=0.92)

    def _speaks_for(self, nominal: Nominal, span: Span, owner: Member | None) -> Finding:
        """For which body does a spokesman speak whom the text does not name?"""
        if owner is None and nominal.complement is not None and nominal.preposition in ("for", "of", "at"):
            owner = self._scene.named_in(nominal.complement)
        if owner is None and nominal.determiner in ("the", ""):
            before = [
                event
                for event in self._scene.discourse.events
                if event.position < span.start
                and event.sentence >= self._scene.page.sentence(span.start) - 1
                and event.member.kind in ("organisation", "state")
                and (event.part in ("speaker", "subject") or self._is_label(event.span, span))
            ]
            owner = before[-1].member if before else None
        if owner is None or owner.kind not in ("organisation", "state", "unknown"):
            return Finding(reason=UNNAMED_PERSON)
        return single(owner, 0.75, named=False)

    def _is_label(self, name: Span, span: Span) -> bool:
        """Does a colon make the name the heading of what follows ("Delvia's ministry: “…,” the spokeswoman said")?"""
        page = self._scene.page
        at = page.inside(name).stop
        return page.sentence(name.start) == page.sentence(span.start) and page.tokens[at].text == ":"

    def _office(self, owner: Member | None) -> Finding:
        """Which body is somebody's office: a minister's is the ministry."""
        if owner is None or owner.kind not in ("person", "unknown"):
            return Finding(reason=NOBODY_FITS)
        title = next((title for title in owner.titles if title.head in OFFICES), None)
        if title is None:
            return single(self._scene.bodies.office_of(f"office of {owner.name}", None), 0.7)
        found = _MINISTER.fullmatch(title.words)
        portfolio = (found["two"] or found["one"]) if found else None
        if portfolio is not None and portfolio not in ("prime", "deputy prime", "first"):
            return single(self._scene.bodies.body((*portfolio.split(), "ministry"), title.whose), 0.75)
        words = f"office of the {_spelt(title.words)}"
        return single(self._scene.bodies.office_of(words, title.whose), 0.75)

    def _follows(self, phrase: RolePhrase, nominal: Nominal, span: Span, *, inner: bool) -> Finding:
        """Who is named soon after a role without being introduced ("Velmora's president …. Ondrej Halvek told …")?"""
        if nominal.determiner in INDEFINITE - {"one"} or (nominal.determiner in ("my", "your")):
            return Finding(reason=UNNAMED_PERSON)
        page = self._scene.page
        here = page.sentence(span.start)
        for member in self._scene.members.all:
            if member.kind != "person" or not member.spans or len(member.words) < 2:
                continue
            first = member.spans[0]
            ahead = page.sentence(first.start) - here
            introduced = any(title.head in OFFICES for title in member.titles)
            if first.start < span.start or page.quoted(first.start) or ahead > _SOON:
                continue
            if nominal.determiner == "" and self._in_headline(span) and _fits_gender(nominal.head, member):
                return self._called(member, phrase, 0.5)
            if not introduced and ahead > 0 and _fits_gender(nominal.head, member):
                return self._called(member, phrase, 0.6)
            break
        return Finding(reason=UNNAMED_PERSON) if inner else self._continues(phrase, nominal, span)

    def _in_headline(self, span: Span) -> bool:
        """Does the text repeat its headline, and the mention stand there ("Minister says …")?"""
        doc = self._scene.document
        return "".join((doc.title or "").split()).startswith("".join(doc.text[: span.end].split()))

    def _continues(self, phrase: RolePhrase, nominal: Nominal, span: Span) -> Finding:
        """Who is spoken of right before, and has no title yet ("Marta Ilves …. The Sorvian minister …")?"""
        if nominal.determiner not in ("the", "this"):
            return Finding(reason=UNNAMED_PERSON)
        page = self._scene.page
        here = page.sentence(span.start)
        salience = self._scene.discourse.salience(span.start, quoted=page.quoted(span.start))
        near = [
            (weight, member)
            for member, (weight, last) in salience.items()
            if member.kind == "person" and member.stands_for is None and here - page.sentence(last.start) <= _SOON
        ]
        near.sort(key=lambda pair: (-pair[0], pair[1].number))
        if not near or any(title.head in OFFICES for title in near[0][1].titles):
            return Finding(reason=UNNAMED_PERSON)
        if not _fits_gender(nominal.head, near[0][1]) or (len(near) > 1 and near[1][0] > 0.8 * near[0][0]):
            return Finding(reason=UNNAMED_PERSON)
        return self._called(near[0][1], phrase, 0.55)

    def _called(self, member: Member, phrase: RolePhrase, score: float) -> Finding:
        """The member, whose title the role is from now on."""
        member.call(self._scene.finder.title(phrase))
        return single(member, score)

    def _listed(self, phrase: RolePhrase, owner: Member | None) -> Finding:
        """Who held the office on the day of publication, as far as the lists know?"""
        scene = self._scene
        doc = scene.document
        if self._table is None or office(phrase.words) is None:
            return Finding(reason=UNNAMED_PERSON)
        day: date | None = first_day(doc.published.value[:10]) if doc.published is not None else None
        listed = scene.states.listed.get(owner) if owner is not None else None
        if owner is not None and listed is None:
            return Finding(reason=UNNAMED_PERSON)
        country = listed.id if listed is not None else self._home()
        if country is None or day is None:
            return Finding(reason=UNNAMED_PERSON)
        holders = self._table.holder(phrase.words, country, day)
        weights: list[tuple[Member, float]] = []
        for one in holders[:3]:
            words = tuple(one.label.split())
            member = scene.members.find((words[-1],)) or scene.members.unnamed(one.label)
            member.votes["person"] += 5
            weights.append((member, one.match.strength))
        return weighed(weights, most=0.8 if owner is not None else 0.6)

    def _home(self) -> str | None:
        """The country of the outlet."""
        if self._table is None or self._scene.document.outlet is None:
            return None
        found = self._table.outlet(self._scene.document.outlet)
        return found[0].country if found else None


def _fit(words: str, head: str, owner: Member | None, title: Title) -> float:
    """How well does a role fit a title, in [0, 1]?"""
    if owner is not None and title.whose is not None and not _same_owner(owner, title.whose):
        return 0.0
    words, other = _spelt(words), _spelt(title.words)
    if words == other or (office(words) is not None and office(words) == office(other)):
        return 1.0
    if "prime minister" in words and "prime minister" in other and ("deputy" in words) != ("deputy" in other):
        return 0.0
    if any(words in row and (other in row or title.head in row) for row in ALIKE):
        return 0.8
    if _speaks(words, head) != _speaks(other, title.head):
        return 0.0
    modifiers = set(words.split(" of ")[0].split()) - {head}
    if head == title.head:
        if head == "minister" and not modifiers and "prime" in other.split():
            return 0.4
        return 0.9 if modifiers <= set(other.split()) or owner is not None else 0.3
    return 0.7 if any(head in row and title.head in row for row in ALIKE) else 0.0


def _same_owner(one: Member, two: Member) -> bool:
    """May a role be held for both: one is the other, its organ, or the one who appointed?"""
    return one is two or one.serves is two or two.serves is one or (one.serves is not None and one.serves is two.serves)


def _spelt(words: str) -> str:
    return re.sub(r"\bpm\b", "prime minister", words.replace(" the ", " "))


def _speaks(words: str, head: str) -> bool:
    return head in SPOKES or "press secretary" in words or words.startswith("official representative")


def _fits_gender(head: str, member: Member) -> bool:
    if head in MALE_WORDS:
        return not (member.gender == "she" and member.gender_shown)
    return not (head in FEMALE_WORDS and member.gender == "he" and member.gender_shown)
