"""What does an article call the people that it names?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.record.span import Span
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.words import (
    BODY_HEADS,
    OFFICES,
    OPENERS,
    POSSESSIVES,
    ROLE_HEADS,
    SAYING,
)
from onrecord.resolve.people.members import Member, Members, Named, Title

_LINKS = frozenset({"of", "for", "to", "at", "in", "with", "on"})
_LONGEST = 6
_FARTHEST = 14
_COPULA = frozenset({"is", "was", "as", "became"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePhrase:
    """Words that say what somebody is: "Delvia's ombudswoman".

    Attributes:
        first: Index of its first token, determiner and possessor included.
        head: Index of the token with the role.
        last: One past the index of its last token, complement included.
        words: Modifiers, head and portfolio, lower case.
        determiner: "the", "his"…; empty if there is none.
        whose: The member for which the role is held, where the phrase itself names it.
    """

    first: int
    head: int
    last: int
    words: str
    determiner: str
    whose: Member | None


class TitleFinder:
    """Finds the titles of the members of one article."""

    def __init__(self, page: Page, members: Members, state_of: Callable[[str], Member | None]) -> None:
        self._page = page
        self._members = members
        self._state_of = state_of
        self._by_name = {member.name.lower(): member for member in members.all}
        self._begins = {named.chunk.first: (named, member) for named, member in members.named}
        self._ends = {named.chunk.last: (named, member) for named, member in members.named}

    def find(self) -> Iterator[tuple[Member, RolePhrase]]:
        """Which members hold which roles, in the order of the text?"""
        for index in range(len(self._page.tokens)):
            if not self._is_role(index) or (index + 1 < len(self._page.tokens) and self._is_role(index + 1)):
                continue
            if self._in_name(index):
                continue
            phrase = self.phrase(index)
            holder = self._holder(phrase)
            if holder is not None:
                yield holder, phrase

    def _is_role(self, index: int) -> bool:
        low = self._page.tokens[index].low
        return (low in ROLE_HEADS and index not in self._page.breaks) or low in ROLE_HEADS

    def _in_name(self, index: int) -> bool:
        return any(
            start <= index < named.chunk.last
            for start in range(index, max(-1, index - _LONGEST), -1)
            if (pair := self._begins.get(start)) is not None
            for named in (pair[0],)
        )

    def phrase(self, head: int) -> RolePhrase:
        """The phrase around the role at `head`."""
        tokens, page = self._page.tokens, self._page
        first, whose, determiner = head, None, ""
        words: list[str] = [tokens[head].low]
        while first > 0 and first not in page.breaks and head - first < _LONGEST:
            before = tokens[first - 1]
            if before.low == "'s" or (before.text in "’'" and first > 1 and tokens[first - 2].low.endswith("s")):
                owner = self._ends.get(first - 1)
                if owner is None:
                    break
                whose, first = owner[1], owner[0].chunk.first
                break
            if not before.word:
                break
            if before.low in OPENERS or before.low in POSSESSIVES or before.low in SAYING or before.low in _LINKS:
                if before.low in POSSESSIVES or before.low in ("the", "a", "an", "this"):
                    determiner, first = before.low, first - 1
                break
            owner = self._ends.get(first)
            if owner is not None:
                whose, first = self._state_of(owner[1].name) or owner[1], owner[0].chunk.first
                continue
            state = self._state_of(before.text) if before.capital else None
            if state is not None:
                whose = state
            else:
                words.insert(0, before.low)
            first -= 1
        last, portfolio, within = self._complement(head)
        whose = whose or within or self._led_by(first, head, words)
        return RolePhrase(
            first=first,
            head=head,
            last=last,
            words=" ".join([*words, *portfolio]),
            determiner=determiner,
            whose=whose,
        )

    def _led_by(self, first: int, head: int, words: list[str]) -> Member | None:
        """The body whose name stands before the role without an ending ("White House Press Secretary")."""
        capitals = [i for i in range(first, head) if self._page.tokens[i].capital]
        for size in range(len(capitals), 0, -1):
            lows = [self._page.tokens[i].low for i in capitals[:size]]
            name = " ".join(self._page.tokens[i].text for i in capitals[:size])
            known = self._by_name.get(name.lower())
            if known is None and size > 1 and lows[-1] in BODY_HEADS:
                known = self._members.called(name)
            if known is not None and known.kind in ("organisation", "state", "unknown"):
                del words[: len([w for w in words if w in lows])]
                return known
        return None

    def _complement(self, head: int) -> tuple[int, list[str], Member | None]:
        """What follows the role: where it ends, the words of the portfolio, and whose."""
        tokens, page = self._page.tokens, self._page
        at, words = head + 1, list[str]()
        whose: Member | None = None
        if at >= len(tokens) or at in page.breaks or tokens[at].low not in _LINKS:
            return at, words, None
        end = min(len(tokens), head + _FARTHEST)
        pending: list[str] = []
        while at < end and at not in page.breaks:
            token = tokens[at]
            owner = self._begins.get(at)
            if owner is not None and owner[1].kind == "person" and at == head + 1:
                break
            if owner is not None:
                if (pending and pending[-1] in _LINKS) or (pending[-2:-1] and pending[-1] == "the"):
                    whose, at = self._owner(owner[0], owner[1])
                    pending = []
                    if at < end and tokens[at].low in _LINKS:
                        continue
                    break
                break
            if not token.word or token.low in SAYING or token.low in ("who", "and", "but", "that"):
                break
            pending.append(token.low)
            if token.low not in _LINKS and token.low not in ("the", "a", "an"):
                words += pending
                pending = []
            at += 1
        return at, [w for w in words if w not in ("the", "a", "an")], whose

    def _owner(self, named: Named, member: Member) -> tuple[Member, int]:
        """Whose a role is by a name behind it, with what the name owns ("of Ashkaria's Security Council")."""
        last = named.chunk.last
        if named.chunk.possessive:
            at = self._page.tokens[last + 1].start if last + 1 < len(self._page.tokens) else -1
            for body in self._members.all:
                span = next((span for span in body.spans if span.start == at), None) if body.organ else None
                if span is not None:
                    return body, self._page.inside(span).stop
            owned = self._begins.get(last + 1)
            if owned is not None:
                return owned[1], owned[0].chunk.last
        return self._state_of(member.name) or member, last

    def _holder(self, phrase: RolePhrase) -> Member | None:
        """Who is said to have the role?"""
        tokens = self._page.tokens
        for start in (phrase.head + 1, phrase.last):
            pair = self._begins.get(start)
            if pair is not None and start not in self._page.breaks and _may_hold(pair):
                return pair[1]
        if phrase.last < len(tokens) and tokens[phrase.last].text == ",":
            pair = self._begins.get(phrase.last + 1)
            definite = phrase.determiner not in ("a", "an") or tokens[phrase.head].low in OFFICES
            if pair is not None and definite and _may_hold(pair) and self._closes(pair[0].chunk.last):
                return pair[1]
        before = phrase.first - 1
        if before > 0 and tokens[before].text in ",(–—" and before not in self._page.breaks:
            pair = self._ends.get(before)
            if pair is not None and _may_hold(pair):
                return pair[1]
        if before > 0 and tokens[before].low in _COPULA:
            pair = self._ends.get(before)
            if pair is not None and _may_hold(pair):
                return pair[1]
        return None

    def _closes(self, index: int) -> bool:
        """Does an apposition end here: comma, full stop, or a verb of saying?"""
        if index >= len(self._page.tokens) or index in self._page.breaks:
            return True
        token = self._page.tokens[index]
        return token.text in ",.;:)–—" or token.low in SAYING

    def title(self, phrase: RolePhrase) -> Title:
        """The phrase as a title."""
        tokens = self._page.tokens
        span = Span(tokens[phrase.first].start, tokens[max(phrase.last - 1, phrase.head)].end)
        return Title(words=phrase.words, whose=phrase.whose, span=span)


def _may_hold(pair: tuple[Named, Member]) -> bool:
    named, member = pair
    return member.kind in ("person", "unknown") and not named.chunk.possessive
