"""By what sort of words is a source named: a name, a role, a pronoun, a group…?"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.attribution import SourceKind
from onrecord.record.span import Span
from onrecord.resolve.page.nominal import Nominal, parse
from onrecord.resolve.page.organs import is_organ
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.words import (
    ANONYMOUS_HEADS,
    ANONYMOUS_MARKS,
    BODY_HEADS,
    DOCUMENT_HEADS,
    EVERYBODY,
    GROUP_HEADS,
    INDEFINITE,
    NUMBERS,
    ORDINALS,
    ORGAN_HEADS,
    ORGAN_WORDS,
    OUTLET_HEADS,
    OUTLET_NOUNS,
    PARTIES,
    POSSESSIVES,
    PRONOUNS,
    RELATIVES,
    ROLE_HEADS,
    SPOKES,
    TITLES,
)
from onrecord.resolve.people.members import Member, Members

_SINGULAR_IN_S = frozenset("boss press news politics congress census status premises headquarters series".split())
_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_OWN = frozenset("this our".split())
_ONE = frozenset("one a an another".split())
_LONGEST_NAME = 6
"""Tokens behind a comma in which a name is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a mention is worded.

    Attributes:
        kind: By what sort of words it names its source.
        nominal: Its parts; None if it holds no word.
        member: The member that it names; None if it names none.
        plural: Whether it speaks of several.
        own: Whether it speaks of the outlet's own people ("our reporter", "this newspaper").
    """

    kind: SourceKind
    nominal: Nominal | None
    member: Member | None = None
    plural: bool = False
    own: bool = False


def shape_of(page: Page, members: Members, span: Span | None) -> Shape:
    """How is the mention at `span` worded?"""
    nominal = None if span is None else parse(page, page.inside(span))
    if span is None or nominal is None:
        return Shape(kind="none", nominal=None)
    lows = [page.tokens[i].low for i in nominal.tokens if page.tokens[i].word]
    shouted = page.tokens[nominal.tokens[0]].text.isupper() and len(lows[0]) > 1
    if lows[0] in PRONOUNS and not shouted and (len(lows) == 1 or lows[1].endswith(("self", "selves"))):
        return Shape(kind="pronoun", nominal=nominal, plural=lows[0] in ("they", "them", "their", "we", "us", "our"))
    named = _named(page, members, nominal, span) or _named_behind(page, members, nominal)
    if named is not None:
        return Shape(kind="outlet" if named.kind == "outlet" else "name", nominal=nominal, member=named)
    # A phrase that marks broke to pieces ("Velia’s « of") has no noun to go by.
    return _described(page, nominal) if nominal.lows(page) else Shape(kind="none", nominal=None)


def _named(page: Page, members: Members, nominal: Nominal, span: Span) -> Member | None:
    """Which member is the head of the phrase, or stands in apposition to it?"""
    found = members.at(span)
    main_end = nominal.tail[0].start - 1 if nominal.tail else nominal.tokens.stop
    for named, member in found:
        first, last = named.chunk.first, named.chunk.last
        before = page.tokens[first - 1].low if first else ""
        if nominal.core.start <= first and last == nominal.core.stop:
            alone = len(nominal.core) == 1 and nominal.head in GROUP_HEADS | DOCUMENT_HEADS | PARTIES.keys()
            counted = nominal.head in GROUP_HEADS and _is_number(page.tokens[nominal.core.start].low)
            if counted and named.chunk.first > nominal.core.start:
                return None
            if named.chunk.lows[0] in OUTLET_NOUNS and len(named.chunk.words) == 1 and len(nominal.core) > 1:
                return None
            described = nominal.head in GROUP_HEADS | DOCUMENT_HEADS and member.kind != "person"
            return None if (alone and not _is_party(page, nominal)) or (described and not named.chunk.sure) else member
        if nominal.core.start <= first < nominal.core.stop < last:
            return member
        inside = nominal.core.start <= first < nominal.core.stop and member.kind == "person"
        if inside and (named.title or before in ROLE_HEADS):
            return member
        titled = nominal.complement is not None and _is_titled(page, named.title, nominal.complement.start)
        behind = page.tokens[first - 1] if first > nominal.tokens.start else None
        # "Minister of Education Ada Brun": two names side by side, of which the first belongs to the office.
        split = titled or (behind is not None and behind.word and behind.capital and not named.title)
        if split and last >= main_end and first < main_end and nominal.head in ROLE_HEADS:
            return member
    for tail in nominal.tail:
        for named, member in found:
            whole = named.chunk.last == tail.stop and not any(
                page.tokens[i].low in ("of", "'s", "at", "by", "for") for i in range(tail.start, named.chunk.first)
            )
            if whole and member.kind == "person" and nominal.head in ROLE_HEADS | GROUP_HEADS | ORDINALS | NUMBERS:
                return member
    return None


def _named_behind(page: Page, members: Members, nominal: Nominal) -> Member | None:
    """Who is named behind the comma after a phrase that is cut before it: "one of them, Ada Bell, who …"?"""
    tokens, comma = page.tokens, nominal.tokens.stop
    if tokens[nominal.tokens.start].low not in _ONE or comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return None
    until = tokens[min(comma + _LONGEST_NAME, len(tokens) - 1)].end
    for named, member in members.at(Span(tokens[comma + 1].start, until))[:1]:
        follows = tokens[named.chunk.last].text if named.chunk.last < len(tokens) else "."
        if named.chunk.first == comma + 1 and member.kind == "person" and follows in {",", ".", ")"}:
            return member
    return None


def _is_number(low: str) -> bool:
    return low.isdigit() or low.partition("-")[0] in NUMBERS | _TENS


def _is_titled(page: Page, title: range, start: int) -> bool:
    """Does the title belong to the name alone, and not to what an office is for, which begins at token `start`?

    So it does in "Undersecretary for Education Mr. Toccafondi", but not in "spokesman for Prime Minister Adam Lisk".
    """
    if not title:
        return False
    lows = [page.tokens[i].low for i in title if page.tokens[i].word]
    portfolio = lows[0] in ORGAN_WORDS - ORGAN_HEADS - TITLES
    return title.start > start or (portfolio and any(low in TITLES for low in lows[1:]))


def _is_party(page: Page, nominal: Nominal) -> bool:
    """Is it a party's name that looks like a group ("The Greens")?"""
    last = page.tokens[nominal.core[-1]]
    return last.capital and nominal.determiner == "the" and last.low not in PARTIES


def _described(page: Page, nominal: Nominal) -> Shape:
    """The kind of a mention that names nobody."""
    head, determiner = nominal.head, nominal.determiner
    lows = nominal.lows(page)
    all_lows = " ".join(page.tokens[i].low for i in nominal.tokens)
    indefinite = determiner in INDEFINITE or (determiner == "" and nominal.possessor is None)
    marked = any(mark in all_lows for mark in ANONYMOUS_MARKS)
    number = determiner in NUMBERS or lows[0] in NUMBERS
    plural = _is_plural(head) or determiner in ("these", "those", "both", "all") or (number and lows[0] != "one")
    own = determiner in _OWN
    if determiner in ("each", "neither", "either"):
        return Shape(kind="group", nominal=nominal, plural=True)
    if head in OUTLET_NOUNS or (own and head in OUTLET_HEADS | {"reporter", "correspondent"}):
        return Shape(kind="group" if plural else "outlet", nominal=nominal, plural=plural, own=own)
    if head in DOCUMENT_HEADS:
        return Shape(kind="document", nominal=nominal, plural=plural)
    if head in EVERYBODY or (head in GROUP_HEADS and head not in ("people", "one") and not number and not marked):
        return Shape(kind="group", nominal=nominal, plural=True)
    if head in ("source", "sources", "interlocutors", "interlocutor", "insiders") or marked:
        return Shape(kind="anonymous", nominal=nominal, plural=plural)
    if head in NUMBERS | ORDINALS:
        return Shape(kind="anonymous", nominal=nominal, plural=plural)
    if plural:
        anonymous = number and (head.rstrip("s") in ANONYMOUS_HEADS | {"people", "minister"} or head == "people")
        return Shape(kind="anonymous" if anonymous else "group", nominal=nominal, plural=True)
    organ = is_organ(tuple(page.tokens[i].text for i in nominal.core if page.tokens[i].word))
    # "The border guard" is a body, "a guard" somebody.
    organ = organ and (head not in ROLE_HEADS or len(lows) > 1)
    if organ or (head in BODY_HEADS and head not in ROLE_HEADS):
        office = head == "office" and (determiner in POSSESSIVES or nominal.possessor is not None)
        return Shape(kind="role" if office else "name", nominal=nominal)
    spokes = head in SPOKES or head in RELATIVES
    if indefinite and determiner and not spokes:
        return Shape(kind="anonymous", nominal=nominal)
    return Shape(kind="role", nominal=nominal)


def _is_plural(head: str) -> bool:
    if head in GROUP_HEADS:
        return True
    return head.endswith("s") and not head.endswith(("ss", "us", "is")) and head not in _SINGULAR_IN_S
