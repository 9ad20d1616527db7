"""Who and what does an article speak of by name?"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from onrecord.record.span import Span
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.scan import Chunk
from onrecord.resolve.page.words import (
    BODY_HEADS,
    FEMALE_TITLES,
    FEMALE_WORDS,
    MALE_TITLES,
    MALE_WORDS,
    OPENERS,
    OUTLET_NAME_ENDS,
    OUTLET_NOUNS,
    PLACE_PREPOSITIONS,
    RELATIVES,
    ROLE_HEADS,
    SAYING,
    STATE_ABBREVIATIONS,
    TITLES,
)
from onrecord.resolve.people.genders import Gender, hinted, is_given
from onrecord.resolve.table.given import edits, groups_of, same_given_name

MemberKind: TypeAlias = Literal["person", "organisation", "state", "outlet", "place", "document", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What an article calls a member besides its name.

    Attributes:
        words: The title in lower case, without "the" and whose ("foreign minister").
        whose: The member for which it is held, if the text says so.
        span: Where the text says so.
    """

    words: str
    whose: Member | None
    span: Span

    @property
    def head(self) -> str:
        """The last word that is a role ("minister")."""
        words = self.words.split(" of ")[0].split(" for ")[0].split(" to ")[0].split()
        return next((w for w in reversed(words) if w in ROLE_HEADS or w in TITLES), words[-1] if words else "")


@dataclass(slots=True, kw_only=True, eq=False)
class Member:
    """One person, body, state, outlet or place of an article.

    Attributes:
        number: Its place in the order of first mention.
        words: Its fullest name in the article.
        forms: How often each form of the name stands there.
        votes: What speaks for each kind.
        spans: Where it is named, in order.
        bare: Where a single word names it.
        titles: What the article calls it.
        genders: What speaks for "he" and for "she".
        aliases: Abbreviations and short forms that the article gives.
        organ: What it is, in lower case, if it is named by that ("foreign ministry").
        owner: Whose organ it is.
        heard: What the model says at each mention: above 0 that it is a person, below that it is none.
        plural: Whether it is several, not named.
        stands_for: The words of a source that the text does not name; such a member is nobody's actor.
    """

    number: int
    words: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    votes: defaultdict[MemberKind, float] = field(default_factory=lambda: defaultdict(float))
    spans: list[Span] = field(default_factory=list)
    bare: list[Span] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    genders: Counter[Gender] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    sure: bool = False
    organ: str = ""
    owner: Member | None = None
    heard: list[float] = field(default_factory=list)
    plural: bool = False
    stands_for: Span | None = None

    def call(self, title: Title) -> None:
        """Note what the article calls it, once for each title."""
        if not any(one.words == title.words and one.whose is title.whose for one in self.titles):
            self.titles.append(title)

    @property
    def name(self) -> str:
        """The fullest name."""
        return " ".join(self.words)

    @property
    def kind(self) -> MemberKind:
        """What the article shows it to be."""
        best: MemberKind = max(self.votes, key=lambda kind: self.votes[kind], default="unknown")
        return best if self.votes[best] > 0 else "unknown"

    @property
    def personal(self) -> float:
        """What the model says on whether this is a person, from -1 to 1; 0 if it says nothing."""
        return sum(self.heard) / len(self.heard) if self.heard else 0.0

    @property
    def gender(self) -> Gender:
        """Which pronoun fits, if the article shows it."""
        if self.genders["he"] == self.genders["she"]:
            return hinted(self.words)
        return "he" if self.genders["he"] > self.genders["she"] else "she"

    @property
    def gender_shown(self) -> bool:
        """Does the article itself show which pronoun fits?"""
        return self.genders["he"] != self.genders["she"]

    @property
    def gender_known(self) -> bool:
        """Does a given name of the lists say which pronoun fits?"""
        return is_given(self.words[0]) and (len(self.words) > 1 or bool(hinted(self.words)))

    @property
    def serves(self) -> Member | None:
        """For whom it holds its first title that says so, or whose organ it is."""
        return self.owner or next((title.whose for title in self.titles if title.whose is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name in the text, apart from the title before it.

    Attributes:
        chunk: The name alone.
        title: The title words right before it, in order, as token indices; empty if there are none.
    """

    chunk: Chunk
    title: range


def split_title(page: Page, chunk: Chunk) -> Named | None:
    """Which words of a chunk are a title, and which the name? None if all are a title."""
    indices = [i for i in range(chunk.first, chunk.last) if page.tokens[i].word or page.tokens[i].text == "&"]
    lows = [page.tokens[i].low for i in indices]
    if _is_body(lows):
        return Named(chunk=chunk, title=range(chunk.first, chunk.first))
    cut = max((k + 1 for k, low in enumerate(lows) if low in ROLE_HEADS or low in TITLES), default=0)
    if cut >= len(lows):
        return None if cut else Named(chunk=chunk, title=range(chunk.first, chunk.first))
    if not cut:
        return Named(chunk=chunk, title=range(chunk.first, chunk.first))
    if len(lows) == 2 and lows[0] in _GIVEN_TITLES and (not chunk.first or page.tokens[chunk.first - 1].low != "the"):
        return Named(chunk=chunk, title=range(chunk.first, chunk.first))
    first = indices[cut]
    name = Chunk(
        first=first,
        last=chunk.last,
        span=Span(page.tokens[first].start, chunk.span.end),
        words=tuple(page.tokens[i].text for i in indices[cut:]),
        possessive=chunk.possessive,
        sure=True,
    )
    return Named(chunk=name, title=range(chunk.first, first))


_GIVEN_TITLES = frozenset({"dean", "earl"})
"""Titles that are given names as well, and more often so before a surname alone."""


def _is_body(lows: Sequence[str]) -> bool:
    if "of" in lows:
        lows = lows[: lows.index("of")]
    return bool(lows) and lows[-1] in BODY_HEADS and lows[-1] not in ROLE_HEADS


_NO_SHORT_FORM = frozenset("house bank company office state city states nations side department".split())
"""Heads of bodies that do not stand alone for them: "the House" is not the White House."""


class Members:
    """The members of an article, found and put together."""

    def __init__(self, page: Page, is_place: Callable[[str], bool]) -> None:
        self._page = page
        self._is_place = is_place
        self.all: list[Member] = []
        self.named = []
        self._by_last: dict[str, list[Member]] = {}
        self._by_first: dict[str, list[Member]] = {}
        self._by_form: dict[tuple[str, int], set[str]] = {}
        self._by_name: dict[str, Member] = {}
        self.rivals: dict[Span, tuple[Member, ...]] = {}
        self.ties: set[Span] = set()
        self._kin: set[int] = set()

    def add(self, names: Iterable[Named]) -> None:
        """Take up names in the order of the text: full names first, so that short forms find them."""
        listed = list(names)
        for long in (True, False):
            for named in listed:
                if (len(named.chunk.words) > 1) is long:
                    self._take(named)
        self.named = sorted(self._named, key=lambda pair: pair[0].chunk.first)
        self._order()

    def _take(self, named: Named) -> None:
        words = named.chunk.words
        member = self._titled(named) or self.find(words, before=named.chunk.span.start) or self._new(words)
        if len(words) > 1 and not member.spans and _is_kin(self._page, named):
            self._kin.add(id(member))
        if len(words) > len(member.words) or (
            len(words) == len(member.words) and _dotted(member.words) > _dotted(words)
        ):
            member.words = words
            self._index(member)
        member.forms[named.chunk.text] += 1
        rivals = self.rivals.get(named.chunk.span, ())
        if rivals and self._alike(member, rivals, named.chunk.span.start):
            self.ties.add(named.chunk.span)
        else:
            member.spans.append(named.chunk.span)
            if len(words) == 1 and not self._leads_noun(named):
                member.bare.append(named.chunk.span)
        member.sure |= named.chunk.sure
        vote(self._page, named, member)
        self._named.append((named, member))

    def _leads_noun(self, named: Named) -> bool:
        """Does the name only say whose or which ("the Brun family", "Brun's farm")?"""
        at = named.chunk.last
        if named.chunk.possessive or at >= len(self._page.tokens) or at in self._page.breaks:
            return named.chunk.possessive
        after = self._page.tokens[at]
        return after.text.islower() and (after.low in RELATIVES | ROLE_HEADS | BODY_HEADS | {"family", "brothers"})

    def _titled(self, named: Named) -> Member | None:
        """Who bears a surname that stands alone, where several do: whoever "Ms" or "Mr" fits, was named last, and goes
        by it. Who else it may be is kept in `rivals`.
        """
        words, at = named.chunk.words, named.chunk.span
        if len(words) > 1:
            return None
        bearers = [m for m in self._by_last.get(words[0].lower(), ()) if m.kind == "person" and len(m.words) > 1]
        if not bearers:
            return None
        if len(bearers) == 1:
            # "Tuma's people … Filip Tuma, brother of the above": not the brother's.
            early = id(bearers[0]) in self._kin and bearers[0].spans[0].start > at.start
            return self._new(words) if early else None
        title = [self._page.tokens[i].low for i in named.title]
        wanted = "she" if any(low in FEMALE_TITLES for low in title) else ""
        wanted = wanted or ("he" if any(low in MALE_TITLES for low in title) else "")
        fits = [m for m in bearers if not wanted or m.gender in ("", wanted)] or bearers
        member = self.nearest(fits, at.start)
        if member is None or len(fits) == 1:
            return fits[0]
        self.rivals[at] = tuple(m for m in fits if m is not member)
        return member

    def _alike(self, member: Member, rivals: Sequence[Member], before: int) -> bool:
        """Does nothing tell, at `before`, who of some namesakes is meant?

        So it is if all were last named in one paragraph, about equally often before, with or without a title, and
        none by the surname alone.
        """
        often = [sum(span.start < before for span in m.spans) for m in (member, *rivals)]
        titled = {any(title.head not in RELATIVES for title in m.titles) for m in (member, *rivals)}
        if max(often) - min(often) > 1 or len(titled) > 1:
            return False
        if any(span.start < before for m in (member, *rivals) for span in m.bare):
            return False
        last = [max((s.start for s in m.spans if s.start < before), default=-1) for m in (member, *rivals)]
        return min(last) >= 0 and "\n" not in self._page.text[min(last) : max(last)]

    def _new(self, words: tuple[str, ...]) -> Member:
        member = Member(number=len(self.all), words=words)
        self.all.append(member)
        self._index(member)
        return member

    def rename(self, member: Member, words: tuple[str, ...]) -> None:
        """Give a member a fuller name."""
        member.words = words
        self._index(member)

    def merge(self, kept: Member, gone: Member) -> None:
        """Take two members for one."""
        kept.forms.update(gone.forms)
        kept.spans = sorted([*kept.spans, *gone.spans])
        kept.aliases |= {gone.name.lower(), *gone.aliases}
        self._by_name[gone.name.lower()] = kept
        self.all.remove(gone)
        self.named = [(named, kept if member is gone else member) for named, member in self.named]

    def renamed(self, named: list[tuple[Named, Member]]) -> None:
        """Say anew which member each name is of; who is named nowhere leaves the cast."""
        self.named = named
        kept = {id(member) for _, member in named}
        self.all = [m for m in self.all if m.spans or id(m) in kept or m.votes["state"] > 0 or m.organ]
        self._order()

    def _order(self) -> None:
        for member in self.all:
            member.spans.sort()
        self.all.sort(key=lambda member: member.spans[0] if member.spans else Span(0, 1))
        for number, member in enumerate(self.all):
            member.number = number

    def unnamed(self, name: str) -> Member:
        """A member that the article never names by its name, but speaks of ("the French")."""
        return self._new(tuple(name.split()))

    def called(self, name: str, kind: MemberKind = "organisation") -> Member:
        """The member of this name, a new one if there is none."""
        member = self._by_name.get(name.lower()) or self.unnamed(name)
        member.votes[kind] += 5
        return member

    def stand_in(self, span: Span, *, kind: MemberKind, plural: bool) -> Member:
        """A member for a source that the text does not name, so that "he" can go back to it."""
        member = Member(number=len(self.all), words=("",), plural=plural, stands_for=span)
        member.votes[kind] += 5
        return member

    def _index(self, member: Member) -> None:
        words = [word.lower() for word in member.words]
        self._by_name[_spelt(words)] = member
        keys = [(self._by_last, words[-1]), (self._by_first, words[0])]
        if words[-1] != _body_head(tuple(words)):
            keys.append((self._by_last, _body_head(tuple(words))))
        for _, key in keys[::2]:
            self._by_form.setdefault((key[:1], len(key)), set()).add(key)
        for index, key in keys:
            if member not in index.setdefault(key, []):
                index[key].append(member)

    def find(self, words: tuple[str, ...], *, before: int | None = None) -> Member | None:
        """Which member do these words name: in full, by initials, by the surname, or by a part of the name?

        Args:
            words: The words of the name.
            before: Where the name stands; of several that fit, the one named last before is meant.
        """
        lows = tuple(word.lower() for word in words)
        known = self._by_name.get(_spelt(lows))
        if known is not None:
            return known
        found = [m for m in self._by_last.get(lows[-1], ()) if _fits(lows, m)]
        if found and len(lows) == 1 and self._is_place(words[0]):
            # "Australia" is not South Australia, but "Holland" may be Mr Holland.
            found = [m for m in found if len(m.words) == 1 or m.votes["person"] > 1]
        if not found and len(lows) == 1:
            found = [m for m in self._by_first.get(lows[0], ()) if len(m.words) > 1]
            if len(found) > 1:
                return None
        if not found and len(lows) == 1 and len(lows[0]) > 4:
            alike = [(lows[0][0], len(lows[0]) + more) for more in (-1, 0, 1)]
            near = sorted(last for key in alike for last in self._by_form.get(key, ()))
            found = [m for last in near if _misspelt(lows[0], last) for m in self._by_last[last]]
            found = [m for m in found if len(m.words) > 1 and m.kind == "person"]
            if len(found) > 1:
                return None
        if not found and all(len(low) == 1 for low in lows) and len(lows) > 1:
            found = [m for m in self.all if _initials(m) == "".join(lows)]
        if not found and len(lows) == 1 and len(words[0]) > 1 and words[0].isupper():
            found = [m for m in self.all if lows[0] in m.aliases or _acronym(m) == lows[0]]
        return self.nearest(found, before)

    def nearest(self, found: Sequence[Member], before: int | None) -> Member | None:
        """Of several that bear a name, who was named last before a place in the text?"""
        if len(found) < 2 or before is None:
            return found[0] if found else None

        known = [m for m in found if any(span.start < before for span in m.spans)] or list(found)
        bare = [m for m in known if any(s.start < before for s in m.bare)]
        if bare:
            # Who goes by the surname alone keeps it, though a namesake comes in.
            return bare[0]
        return max(known, key=lambda m: max((s.start for s in m.spans if s.start < before), default=-1))

    def at(self, span: Span) -> list[tuple[Named, Member]]:
        """Which names lie in `span`, in order?"""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [pair for pair in self.named[first:last] if pair[0].chunk.span.end <= span.end]

    def ending(self, last: int) -> Member | None:
        """Whose name ends before token `last`?"""
        return self._by_end.get(last)

    @property
    def named(self) -> list[tuple[Named, Member]]:
        """Every name in the text with whose it is, in order."""
        return self._named

    @named.setter
    def named(self, pairs: list[tuple[Named, Member]]) -> None:
        self._named = pairs
        self._starts = [named.chunk.span.start for named, _ in pairs]
        self._by_end = {named.chunk.last: member for named, member in reversed(pairs)}


_STRANGE = 3
"""How many letters only one of two spellings of a surname may have."""
_ENOUGH = 1.5
"""Up to where two capitalised words speak for a person."""
_APPOSED = 6
"""Within how many tokens behind a name its apposition says whose relative it is."""
_LONG = 9
"""From how many letters on a surname may be misspelt in two of them."""


def _is_kin(page: Page, named: Named) -> bool:
    """Is somebody brought in as another's relative ("Filip Tuma, MP, brother of …", "his brother Filip Tuma")?"""
    first = named.title.start if named.title else named.chunk.first
    before = [page.tokens[i].low for i in range(max(0, first - 2), first)]
    if any(low in RELATIVES for low in before):
        return True
    at = named.chunk.last
    if at >= len(page.tokens) or page.tokens[at].text != ",":
        return False
    for index in range(at + 1, min(len(page.tokens), at + _APPOSED)):
        token = page.tokens[index]
        if index in page.breaks or token.text in ".;:" or token.low in SAYING:
            return False
        if token.low in RELATIVES:
            return True
    return False


def _spelt(lows: Sequence[str]) -> str:
    """A name in lower case, a state at its head spelt out: the US Senate is the United States Senate."""
    first = STATE_ABBREVIATIONS.get(lows[0].rstrip(".").replace(".", "").upper()) if len(lows) > 1 else None
    return " ".join([first.lower(), *lows[1:]] if first else lows)


def _misspelt(one: str, two: str) -> bool:
    """Are two surnames one, but for a slip of the pen?"""
    if abs(len(one) - len(two)) > 1 or one[0] != two[0] or len({*one} ^ {*two}) > _STRANGE:
        return False
    if one[-1] != two[-1] and one[:2] != two[:2]:
        return False
    return same_given_name(one, two) >= 0.85 or (min(len(one), len(two)) >= _LONG and edits(one, two) <= 2)


def _dotted(words: tuple[str, ...]) -> int:
    return sum(len(word.strip(".")) == 1 for word in words)


def _fits(lows: tuple[str, ...], member: Member) -> bool:
    """May a name with the same last word be this member's?"""
    own = tuple(word.lower() for word in member.words)
    if len(lows) == 1 and len(own) > 1 and any(low in BODY_HEADS for low in own):
        # "the Council", but not "Galdia" for the "Navy of Galdia", and not "the House" for the White House.
        return lows[0] == _body_head(own) and lows[0] not in _NO_SHORT_FORM
    if len(lows) == 1 or len(own) == 1:
        return True
    one, two = lows[0].strip("."), own[0].strip(".")
    if own[-1] in BODY_HEADS:
        return lows[-len(own) :] == own or own[-len(lows) :] == lows
    if one == two or (len(one) == 1 and two.startswith(one)) or (len(two) == 1 and one.startswith(two)):
        return True
    return bool(groups_of(one) & groups_of(two)) or set(lows) <= set(own) or set(own) <= set(lows)


def _body_head(lows: tuple[str, ...]) -> str:
    cut = next((k for k, low in enumerate(lows) if low in ("of", "for", "in", "on") and k), len(lows))
    return lows[cut - 1]


def _initials(member: Member) -> str:
    return "".join(word[0].lower() for word in member.words)


def _acronym(member: Member) -> str:
    return "".join(word[0] for word in member.words if word[0].isupper()).lower() if len(member.words) > 1 else ""


def vote(page: Page, named: Named, member: Member) -> None:
    """What speaks for which kind, at one place where a member is named?"""
    chunk, votes = named.chunk, member.votes
    lows = chunk.lows
    before = page.tokens[chunk.first - 1] if chunk.first and chunk.first not in page.breaks else None
    after = page.tokens[chunk.last] if chunk.last < len(page.tokens) and chunk.last not in page.breaks else None
    title = [page.tokens[i].low for i in named.title if page.tokens[i].word]
    if title or (before is not None and before.low in ROLE_HEADS and not chunk.possessive):
        votes["person"] += 3
        vote_gender(member, title or [before.low if before else ""])
    if groups_of(lows[0]) and len(lows) > 1:
        votes["person"] += 1.5
    if len(lows) > 1 and not any(low in BODY_HEADS for low in lows) and votes["person"] < _ENOUGH:
        # The form alone proves little, however often it comes.
        votes["person"] += 0.5
    if after is not None and after.text == "," and chunk.last + 1 < len(page.tokens):
        ahead = page.tokens[chunk.last + 1]
        if ahead.text.isdigit() and len(ahead.text) == 2:
            votes["person"] += 2
        votes["person"] += 2 * (ahead.low in ("who", "whose"))
        votes["organisation"] += ahead.low == "which"
    if _is_body(lows) or any(low in BODY_HEADS for low in lows[:1]):
        votes["organisation"] += 3
    if len(lows) == 1 and chunk.words[0].isupper() and 1 < len(lows[0]) < 6:
        votes["organisation"] += 1
    describes = after is not None and after.text.islower() and not after.low.endswith("ed")
    describes = describes and after is not None and after.low not in OPENERS | SAYING
    if before is not None and before.low == "the" and not title and not describes:
        votes["organisation"] += 1.5
    if before is not None and before.low in OUTLET_NOUNS | {"edition", "agency", "network"}:
        votes["outlet"] += 3
    if len(lows) > 1 and (lows[-1] in OUTLET_NAME_ENDS or lows[0] in ("radio", "tv", "channel")):
        votes["outlet"] += 2
    if before is not None and before.low in PLACE_PREPOSITIONS and not title:
        votes["place"] += 1


def vote_gender(member: Member, title: Sequence[str]) -> None:
    """What do the words of a title say about the gender of who bears it?"""
    member.genders["he"] += 3 * any(low in MALE_TITLES or low in MALE_WORDS for low in title)
    member.genders["she"] += 3 * any(low in FEMALE_TITLES or low in FEMALE_WORDS for low in title)
