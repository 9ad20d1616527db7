"""Which words of an article mean a state: its name, its people, its capital?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from onrecord.resolve.page.organs import is_organ
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.words import BODY_HEADS, ORGAN_WORDS
from onrecord.resolve.people.members import Member, Members
from onrecord.resolve.table.listed import Listed
from onrecord.resolve.table.table import ActorTable

_ORGANS = frozenset(
    "president presidents prime foreign defence defense interior ministry government parliament cabinet army navy"
    " forces troops border premier leader ombudswoman ombudsman infrastructure finance central state national armed"
    " security authorities embassy coordination minister chancellor general constitution independence".split()
)
_BEFORE_OF = frozenset(
    "president republic government minister ministry ombudsman ombudswoman king queen army navy staff kingdom"
    " parliament premier side defense defence infrastructure affairs chancellor ambassador citizens capital"
    " territory".split()
)
_DATELINE = re.compile(
    r"^(?P<city>[^\W\d_][\w .'’-]{2,30}?)(?:, (?P<state>[^\W\d_][\w .'’-]{2,25}?))?"
    r"(?:, (?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?(?: \d{1,2})?)?\.?"
    r" ?(?:\((?P<one>[^()\d\n]{2,40})\)|/(?P<two>[^/\n]{2,40})/)",
    re.MULTILINE,
)
_STEM = 3
"""How many letters a people's name shares with its state's at least."""
_PEOPLE = ("n", "an", "ian", "ean", "ish", "ese", "i", "ic", "ans", "ians", "ns", "er", "ers", "is")


class States:
    """The states of one article: those of the table, and those that the article alone shows to be states."""

    def __init__(self, page: Page, members: Members, table: ActorTable | None, headline: Page) -> None:
        self._page = page
        self._headline = headline
        self._members = members
        self.listed: dict[Member, Listed] = {}
        self._of: dict[str, Member] = {}
        self._metonyms: set[str] = set()
        self.home: Member | None = None
        if table is not None:
            self._from_table(table)
        self._long_names()
        self._organs()
        self._from_text()
        self._peoples()
        self._datelines()

    def of(self, name: str) -> Member | None:
        """Which state does a word mean, if any?"""
        return self._of.get(name.lower().removeprefix("the "))

    def is_metonym(self, name: str) -> bool:
        """Is the word a capital or another place that stands for the state?"""
        return name.lower() in self._metonyms

    def _from_table(self, table: ActorTable) -> None:
        by_id: dict[str, Member] = {}
        for member in list(self._members.all):
            if member.kind == "person" and member.votes["person"] > 2:
                continue
            name = member.name if "." not in member.name else member.name.rstrip(".") + "."
            found = table.place(name) or (table.place(_republic(name)) if _republic(name) else ())
            if not found:
                continue
            state = found[0]
            how = state.match.how
            self._metonyms |= {member.name.lower()} if how in ("capital", "metonym") else set()
            known = by_id.get(state.id)
            if known is None:
                known = member if how == "name" else self._members.unnamed(state.label)
                by_id[state.id] = known
                known.votes["state"] += 20
                self.listed[known] = state
            elif how == "name" and not known.spans:
                known.votes["state"] += 0
            self._of[member.name.lower()] = known
            if how == "name":
                member.votes["state"] += 20

    def _long_names(self) -> None:
        """Take "Republic of Kastria" for Kastria."""
        for member in self._members.all:
            short = _republic(member.name)
            known = self._members.find(tuple(short.split())) if short else None
            if known is not None and known is not member:
                known.votes["state"] += 8
                self._of[known.name.lower()] = self._of[member.name.lower()] = known
            elif short and member.name.lower() not in self._of:
                member.votes["state"] += 8
                member.words = tuple(short.split())
                self._of[member.name.lower()] = self._of[short.lower()] = member

    def _organs(self) -> None:
        """Take what an organ is said to be of for a state ("Ministry of Defense of Velia")."""
        for named, _ in list(self._members.named):
            words = named.chunk.words
            at = len(words) - 1 - [word.lower() for word in reversed(words)].index("of") if "of" in words[1:-1] else 0
            if at and is_organ(words[:at]) and not all(word.lower() in ORGAN_WORDS for word in words[at + 1 :]):
                name = " ".join(words[at + 1 :])
                self._of.setdefault(name.lower(), self._members.called(name, kind="state"))

    def _from_text(self) -> None:
        for named, member in self._members.named:
            if member.name.lower() in self._of or (member.kind == "person" and member.votes["person"] > 3):
                continue
            if any(low in BODY_HEADS for low in named.chunk.lows) or named.title:
                continue
            if self._like_state(named.chunk.first, named.chunk.last, possessive=named.chunk.possessive):
                self._of[member.name.lower()] = member
                member.votes["state"] += 8

    def _like_state(self, first: int, last: int, *, possessive: bool) -> bool:
        tokens = self._page.tokens
        if possessive:
            after = [t.low for t in tokens[last + 1 : last + 3]]
            return bool(after) and (after[0] in _ORGANS)
        before = [t.low for t in tokens[max(0, first - 3) : first]]
        if before[-2:] == ["of", "the"]:
            return False
        return before[-1:] == ["of"] and before[-2:-1] != [] and before[-2] in _BEFORE_OF

    def _peoples(self) -> None:
        known = _by_stem(self._of)
        for member in self._members.all:
            low = member.name.lower()
            if low in self._of or len(member.words) > 1 or not low.isalpha():
                continue
            for name in sorted(known.get(low[:_STEM], ())):
                state = self._of[name]
                if self.listed.get(state) is None and _is_people(low, name):
                    self._of[low] = state
                    member.votes["place"] += 1
                    break
        self._pairs()
        self._from_headline()

    def _from_headline(self) -> None:
        """Take the headline's name for a people that the text alone speaks of ("Ashkaria", "Ashkarian")."""
        for token in self._headline.tokens:
            for member in self._members.all:
                low = member.name.lower()
                if token.capital and low not in self._of and _is_people(low, token.low):
                    state = self._members.called(token.text, kind="state")
                    self._of[low] = self._of[token.low] = state

    def _pairs(self) -> None:
        """A name and its people beside it ("Galdia", "Galdian") show a state, though nothing else does."""
        singles = [m for m in self._members.all if len(m.words) == 1 and m.name.lower() not in self._of]
        names = {m.name.lower(): m for m in singles if m.kind != "person"}
        stems = _by_stem(names)
        for low, member in names.items():
            for other in stems[low[:_STEM]]:
                if other != low and _is_people(other, low):
                    self._of[low] = self._of[other] = member
                    member.votes["state"] += 6

    def _datelines(self) -> None:
        for city, state in self._places():
            home = self.of(state) if state else None
            if state and home is None:
                home = self._members.find(tuple(state.split()))
                if home is not None and home.kind != "person":
                    home.votes["state"] += 6
                    self._of[home.name.lower()] = home
            if home is None:
                home = self._most_named()
            if home is not None and city.lower() not in self._of:
                self._of[city.lower()] = home
                self._metonyms.add(city.lower())
            self.home = self.home or home

    def _places(self) -> Iterator[tuple[str, str | None]]:
        for found in _DATELINE.finditer(self._page.text):
            if found["city"].split()[0].isupper():
                yield found["city"].strip(), found["state"]

    def _most_named(self) -> Member | None:
        count = Counter(
            self._of[m.name.lower()] for m in self._members.all if m.name.lower() in self._of for _ in m.spans
        )
        return max(count, key=lambda m: (count[m], -m.number), default=None)


def _by_stem(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by the letters that a people shares with its state, in order."""
    out: dict[str, list[str]] = {}
    for name in names:
        out.setdefault(name[:_STEM], []).append(name)
    return out


def _republic(name: str) -> str:
    """The short name of a state that goes by a long one; empty if it does not."""
    found = re.fullmatch(r"(?:\w+ )?(?:Republic|Kingdom|State|Federation|Commonwealth) of (?:the )?(.+)", name)
    return found[1] if found else ""


def _is_people(people: str, state: str) -> bool:
    """Is `people` made from the name of a state ("galdian", "galdia")?"""
    stem = state.rstrip("aeiouy") or state
    if len(stem) < 3 or people == state or not people.startswith(stem):
        return False
    return people[len(stem) :] in _PEOPLE or (people.startswith(state) and people[len(state) :] in _PEOPLE)
