"""Which body is "Qatar's Foreign Ministry", "its border guard", "the ministry"?

Names such as "Foreign Ministry" are the name of an organ, not of a body: every state has one. An organ becomes a
body with whose it is.
"""

from __future__ import annotations

from onrecord.record.span import Span
from onrecord.resolve.page.nominal import Nominal
from onrecord.resolve.page.organs import BRITISH, is_organ, organ_name
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.words import (
    BODY_HEADS,
    DETERMINERS,
    OF_STATES,
    OPENERS,
    ORGAN_HEADS,
    PLAIN_BODIES,
    POSSESSIVES,
    SAYING,
    STATE_BODIES,
    STATE_HEADS,
)
from onrecord.resolve.people.discourse import Discourse
from onrecord.resolve.people.members import Member, Members, Named
from onrecord.resolve.people.states import States

_HERE = 1.5
"""What a body gains for a common noun in the sentence that names it."""
_LONGEST = 5
_SMALL = frozenset("of for the and on in at".split())


class Bodies:
    """The bodies that an article speaks of by what they are and whose they are."""

    def __init__(self, page: Page, members: Members, states: States) -> None:
        self._page = page
        self._members = members
        self._states = states
        self._of: dict[tuple[str, Member | None], Member] = {}
        self.discourse: Discourse | None = None
        self._rename()
        self._scan()

    def _rename(self) -> None:
        """Give every mention of an organ that says whose it is a body of its own."""
        named = []
        for name, member in self._members.named:
            body = self._as_body(name, member)
            if body is None:
                named.append((name, member))
                continue
            member.spans.remove(name.chunk.span)
            body.spans.append(name.chunk.span)
            named.append((name, body))
        self._members.renamed(named)

    def _as_body(self, name: Named, member: Member) -> Member | None:
        words = name.chunk.words
        whose, rest = self._within(words)
        if not is_organ(rest):
            return None
        if whose is None:
            whose = self._owner(name.chunk.first)
        if whose is None:
            return None
        if organ_name(rest) in STATE_BODIES:
            return whose
        return self.body(rest, whose, shown=self._shown(words, rest, name.chunk.first))

    def _shown(self, words: tuple[str, ...], rest: tuple[str, ...], first: int) -> tuple[str, ...] | None:
        """The name as the article gives it, where a people's name leads it ("Greek Ministry of Culture")."""
        if len(rest) < len(words) and words[-len(rest) :] == rest:
            return words
        before = self._page.tokens[first - 1] if first else None
        if before is not None and before.capital and self._states.of(before.text) is not None:
            return (before.text, *words)
        return None

    def _within(self, words: tuple[str, ...]) -> tuple[Member | None, tuple[str, ...]]:
        """Whose an organ is by its own name ("Navy of Galdia", "Greek Ministry of Culture"), and the other words."""
        lows = [word.lower() for word in words]
        if "of" in lows[1:-1]:
            at = len(lows) - 1 - lows[::-1].index("of")
            rest = words[at + 1 :]
            state = self._states.of(" ".join(rest)) or self._states.of(rest[-1])
            if state is not None:
                return state, words[:at]
        for size in (2, 1):
            if len(words) > size:
                state = self._states.of(" ".join(words[:size]))
                if state is not None:
                    return state, words[size:]
        return None, words

    def _owner(self, first: int) -> Member | None:
        """Whose is what begins at this token: "Qatar's …", "Ashkarian …"?"""
        tokens = self._page.tokens
        if first == 0 or first in self._page.breaks:
            return None
        before = tokens[first - 1]
        if before.low == "'s" or before.text in "’'":
            return self._ending(first - 1)
        return self._states.of(before.text) if before.capital else None

    def _ending(self, last: int) -> Member | None:
        member = self._members.ending(last)
        return (self._states.of(member.name) or member) if member is not None else None

    def body(self, words: tuple[str, ...], whose: Member | None, *, shown: tuple[str, ...] | None = None) -> Member:
        """The body with this organ's name, of this owner."""
        organ = organ_name(words)
        known = self._of.get((organ, whose))
        if known is None:
            spelt = {word.lower(): word for word in words if not word.islower()}
            title = tuple(spelt.get(word, _title(word)) for word in organ.split())
            name = shown or (title if whose is None else (*title, "of", *whose.words))
            known = self._of[organ, whose] = self._members.unnamed(" ".join(name))
            known.votes["organisation"] += 10
            known.organ = organ
            known.owner = whose
        return known

    def office_of(self, words: str, whose: Member | None) -> Member:
        """The office of somebody who holds a role ("office of the prime minister")."""
        known = self._of.get((words, whose))
        if known is None:
            shown = " ".join(_title(word) for word in words.split())
            name = shown.replace(" The ", " the ") + (f" of {whose.name}" if whose is not None else "")
            known = self._of[words, whose] = self._members.called(name)
            known.owner = whose
        return known

    def _scan(self) -> None:
        """Find the organs that stand in lower case with an owner beside them ("Rumelin's border guard")."""
        for index, token in enumerate(self._page.tokens):
            if token.low in ORGAN_HEADS and not token.capital:
                first = index
                while first > 0 and first not in self._page.breaks and index - first < _LONGEST:
                    before = self._page.tokens[first - 1]
                    if not before.word or before.capital or before.low in OPENERS | SAYING | DETERMINERS | POSSESSIVES:
                        break
                    first -= 1
                whose = self._owner(first)
                words = tuple(t.text for t in self._page.tokens[first : index + 1])
                if whose is not None and organ_name(words) not in STATE_BODIES and is_organ(words):
                    span = Span(self._page.tokens[first].start, token.end)
                    self.body(words, whose, shown=self._shown(words, words, first)).spans.append(span)

    def resolve(self, nominal: Nominal, span: Span, owner: Member | None) -> list[tuple[Member, float]]:
        """Which bodies may a noun phrase mean, the likeliest first?

        Args:
            nominal: The phrase; its head is a word for a body.
            span: Where it stands.
            owner: Whose it is, where the phrase says so ("its", "Delvia's").
        """
        words = tuple(self._page.tokens[i].text for i in nominal.core if self._page.tokens[i].word)
        return self.named(words, span, owner or self._complement(nominal))

    def named(self, words: tuple[str, ...], span: Span, owner: Member | None = None) -> list[tuple[Member, float]]:
        """Which bodies may some words for a body mean, the likeliest first?"""
        whose, rest = self._within(words)
        owner = owner or whose
        organ = organ_name(rest)
        if owner is not None and (organ in STATE_BODIES or organ.split()[-1] in STATE_HEADS):
            return [(owner, 0.9)]
        if owner is not None and is_organ(rest):
            return [(self.body(rest, owner, shown=words if rest is not words and whose else None), 0.9)]
        found = self._known(organ, span, owner)
        if found:
            return found
        if owner is None and is_organ(rest) and organ.split()[-1] in OF_STATES:
            state = self._clause_state(span) or self._states.home or self._subject_state(span)
            return [(self.body(rest, state), 0.65 if state is not None else 0.5)]
        if owner is None and len(rest) == 1 and organ in PLAIN_BODIES:
            return self._present(organ, span)
        return [(self.body(words, owner), 0.65)]

    def _clause_state(self, span: Span) -> Member | None:
        """The state that a statement of the same sentence is about ("Marenia plans …; the defence ministry …")."""
        assert self.discourse is not None
        here = self._page.sentence(span.start)
        for event in self.discourse.events:
            ahead = event.sentence == here and event.position < span.start
            if ahead and event.member.kind == "state" and event.part in ("speaker", "subject") and not event.quoted:
                return event.member
        return None

    def _subject_state(self, span: Span) -> Member | None:
        """The state that is most present: a ministry without more is its ministry."""
        assert self.discourse is not None
        salience = self.discourse.salience(span.start, quoted=self._page.quoted(span.start))
        states = [(weight, -m.number, m) for m, (weight, _) in salience.items() if m.kind == "state"]
        return max(states)[2] if states else None

    def _present(self, organ: str, span: Span) -> list[tuple[Member, float]]:
        """The body that is most present, for a common noun that takes it up ("the company")."""
        assert self.discourse is not None
        city = self._city() if organ == "city" else None
        if city is not None:
            return [(city, 0.7)]
        salience = self.discourse.salience(span.start, quoted=self._page.quoted(span.start))
        wanted = ("place", "state") if organ in ("city", "town") else ("organisation", "outlet", "unknown")
        here = self._page.sentence(span.start)
        near = {m: _HERE if self._page.sentence(last.start) == here else 1.0 for m, (_, last) in salience.items()}
        ranked = [(m, weight * near[m]) for m, (weight, _) in salience.items() if m.kind in wanted]
        ranked.sort(key=lambda pair: (-pair[1], pair[0].number))
        total = sum(weight for _, weight in ranked) or 1.0
        return [(m, min(0.7, weight / total)) for m, weight in ranked[:4]]

    def _city(self) -> Member | None:
        """The one city that names of the article begin with ("Ostrava City Library")."""
        led = {m.words[: m.words.index("City") + 1] for m in self._members.all if "City" in m.words[1:]}
        return self._members.called(" ".join(led.pop())) if len(led) == 1 else None

    def _complement(self, nominal: Nominal) -> Member | None:
        if nominal.complement is None or nominal.preposition not in ("of", "in"):
            return None
        return self._ending(nominal.complement.stop)

    def _known(self, organ: str, span: Span, owner: Member | None) -> list[tuple[Member, float]]:
        """Bodies of the article that these words can stand for, by how present they are."""
        assert self.discourse is not None
        lows = organ.split()
        salience = self.discourse.salience(span.end, quoted=self._page.quoted(span.start))
        ranked = []
        for member in self._members.all:
            if member.kind not in ("organisation", "outlet", "unknown") or not _short_for(lows, member):
                continue
            if owner is not None and member.owner not in (None, owner):
                continue
            weight = salience.get(member, (0.1 if member.spans else 0.0, span))[0]
            ranked.append((member, weight + 0.05))
        ranked.sort(key=lambda pair: (-pair[1], pair[0].number))
        total = sum(weight for _, weight in ranked) or 1.0
        return [(member, min(0.9, weight / total)) for member, weight in ranked[:4]]


def _short_for(lows: list[str], member: Member) -> bool:
    """Can the words stand for the member: its organ, or the end of its name?"""
    if member.organ and (member.organ == " ".join(lows) or member.organ.split()[-len(lows) :] == lows):
        return True
    own = [BRITISH.get(word.lower(), word.lower()) for word in member.words]
    if "of" in own[1:]:
        own = own[: own.index("of")]
    for small in ("in", "for", "on"):
        if small in own[1:]:
            own = own[: own.index(small)]
    return own[-len(lows) :] == lows and any(low in BODY_HEADS for low in lows)


def _title(word: str) -> str:
    return word if word in _SMALL else word[:1].upper() + word[1:]
