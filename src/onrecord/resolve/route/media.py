"""Which words of an article name one who prints or broadcasts?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from onrecord.record.span import Span
from onrecord.resolve.page.phrases import is_determiner, is_medium_word, noun_phrase
from onrecord.resolve.page.words import BODY_HEADS
from onrecord.resolve.route.outlet_names import same_outlet, sounds_like_outlet, words_of
from onrecord.resolve.table.given import groups_of

if TYPE_CHECKING:
    from onrecord.resolve.cast import Cast

Trust: TypeAlias = Literal["none", "some", "full"]
"""How far what stands before makes a name an outlet's: not at all ("by"), unless it looks like something else ("told"),
unless it is a person ("on the air of")."""

_WORD = re.compile(r"[^\W_]+(?:['’&/.-][^\W_]+)*")
_OWNER = re.compile(r"(?:the\s)?(?P<who>[A-Z].*?)(?:['’]s|(?<=s)['’])\s+(?P<what>.+)\Z", re.DOTALL)
_INTRODUCED = re.compile(
    r"\b(?:newspaper|daily|weekly|tabloid|magazine|journal|(?:news|press|state)\sagency|[Tt]he\sagency|channel|station"
    r"|broadcaster|portal|outlet|edition|website|newswire|network|publication)\s+(?=[“\"„«]?[A-Z])"
)
_CALLED = re.compile(
    r",\s(?:an?|the)\s(?:[\w-]+\s){0,3}(?:newspaper|daily|weekly|tabloid"
    r"|magazine|agency|channel|broadcaster|station|newswire|news\ssite|website|portal|outlet)\b(?!\sof)"
)
_SHOWN = re.compile(r"['’]s\s[“\"](?P<title>[^”\"\n]{3,50}?)[,.]?[”\"]")
_NAMES_BEFORE = re.compile(r"(?!(?:On|In|\w+day)\b)(?:[A-Z][\w&’-]*+\s){0,5}[A-Z][\w&’-]*+\Z")
_TITLED = re.compile(r"(?:[a-z]+\s)*[“\"„«‘](?P<title>[^“”\"„«»]+?)[,.]?[”\"“»’]\Z")
_DEMONYM = re.compile(r"(?:ian|ish|ese|ean|[^aeiou]ic|can|man|ench|utch|eek|wiss)\Z")
_LONGEST_NAME = 60
_GENERIC = frozenset("media press".split())
_SOCIAL = re.compile(
    r"\b(?:social|Telegram|Twitter|Facebook|Instagram|TikTok|YouTube|LinkedIn|WhatsApp|Mastodon|Bluesky|VKontakte|Reddit)\b"
)
_THE_SAME = re.compile(r"(?:the|that)\s(?:same\s)?(?:\w+\s)?(?!press|media)[a-z]+[^s]\Z")
_BUREAU = re.compile(
    r"\s*(?:the|an?|its|our)\s(?:[\w-]+\s){0,3}(?:service|edition|bureau|desk|version|correspondent|reporter|journalist)\s"
    r"(?:of|for|from|with|at)\s"
)
_STAFF = re.compile(
    r"\b(?:\w+-)?(?:[Cc]orrespondent|[Hh]ost|[Aa]nchor|[Rr]eporter|[Ee]ditor|[Cc]olumnist|[Aa]nalyst)\b"
)
_OWN = re.compile(
    r"(?:this|our)\s(?:newspaper|paper|agency|news\sagency|website|site|programme|program|magazine)\Z", re.I
)
_CARRIES = re.compile(
    r"\b(?:told|tells?|telling|to|with|on|by|citing|quoting|in|of|and|reports?|reported|writes?|wrote)\s(?:the\s|an?\s)?\Z"
)
_REPORTS = re.compile(
    r"[,]?\s(?:(?:has|had|first|also|later)\s)?(?:reports?|reported|wrote|writes|quoted|said|cited)\b"
)
_SHOW = re.compile(
    r"(?P<who>[A-Z][\w&’-]*(?:\s[A-Z][\w&-]*){0,4})['’]s\s(?:[a-z-]+\s){0,3}(?:series|show|programme|program|podcast|broadcast)\b"
)
_SOON = 600
"""Within how many code points behind the name of a programme the text may say whose it is."""
_LINKS = frozenset("of and the am de la del der".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """Words that name one who prints or broadcasts.

    Attributes:
        mention: The words as they stand ("the channel TV Balta", "Polish media").
        name: Those of them that are its name ("TV Balta"); None where the text describes it only.
        own: Whether it is the outlet that prints the article.
    """

    mention: Span
    name: Span | None
    own: bool


class Media:
    """The outlets that one article speaks of."""

    def __init__(self, text: str, cast: Cast, outlet: str | None) -> None:
        self._text = text
        self._cast = cast
        self._outlet = outlet
        self._named: list[Span] = []
        self._carriers: dict[str, bool] = {}
        self._named.extend(self._introduced())
        self._known = frozenset(" ".join(words_of(name.of(text))) for name in self._named)
        self._programmes = dict(self._shown())
        self._own_shows = [show.start() for show in _SHOW.finditer(text) if self.is_own(Span(*show.span("who")))]
        self._own_names: set[str] = set()

    def at(self, start: int, end: int, trust: Trust) -> Medium | None:
        """Which outlet do the words from `start` on name, if any?

        Args:
            start: Where its phrase begins, in code points.
            end: Where the clause ends.
            trust: How far what stands before makes a name an outlet's.
        """
        bureau = _BUREAU.match(self._text, start, end)
        phrase = noun_phrase(self._text, bureau.end() if bureau else start, end)
        return None if phrase is None else self.read(phrase, trust)

    def read(self, phrase: Span, trust: Trust) -> Medium | None:
        """Which outlet does this noun phrase name, if any?"""
        words = phrase.of(self._text)
        if _SHOWN.search(words):
            trust = "full"
        if _OWN.match(words):
            return Medium(mention=phrase, name=phrase, own=True)
        if _SOCIAL.search(words):
            return None
        name = self._name(phrase)
        if name is None:
            generic = is_medium_word(words_of(words)[-1])
            return Medium(mention=phrase, name=self._before(phrase), own=False) if generic else None
        name = self._without_staff(name)
        own = self.is_own(name) or self._is_own_show(name)
        if own or self._is_outlet(phrase, name, trust):
            self._named.append(name)
            return Medium(mention=phrase, name=name, own=own)
        return None

    def _before(self, phrase: Span) -> Span | None:
        """Which outlet, named before, are words like "the newspaper" about?"""
        if not _THE_SAME.match(phrase.of(self._text)):
            return None
        return max((name for name in self._named if name.end <= phrase.start), default=None)

    def _without_staff(self, name: Span) -> Span:
        """The outlet alone, of words like "NBC News Senior Correspondent Ann Lee"."""
        staff = _STAFF.search(name.of(self._text))
        if staff is None:
            return name
        words = list(_WORD.finditer(self._text, name.start, name.start + staff.start()))
        for word in reversed(words):
            part = Span(name.start, word.end())
            if self._is_outlet(part, part, "none"):
                return part
        return name

    def is_own(self, name: Span) -> bool:
        """Is this the outlet that prints the article?"""
        outlet = self._cast.outlet
        if self._outlet is None or outlet is None:
            return False
        words = words_of(name.of(self._text))
        if words == words_of(self._outlet):
            return True
        found = self._cast.resolve(name)
        if found.actor is not None and found.actor.id == outlet.id:
            return True
        return found.kind not in {"person", "state"} and same_outlet(name.of(self._text), self._outlet)

    def _is_own_show(self, name: Span) -> bool:
        """Is it a programme that the article then calls the outlet's own ("told Hard Talk. … on Orbis's series")?"""
        words = name.of(self._text)
        if any(0 < show - name.end < _SOON for show in self._own_shows) and not self._cast.is_listed_outlet(words):
            self._own_names.add(words)
        return words in self._own_names

    def _name(self, phrase: Span) -> Span | None:
        """The words of `phrase` that are a name."""
        words = phrase.of(self._text)
        quoted = _TITLED.match(words)
        if quoted is not None:
            known = self._programmes.get(quoted["title"].casefold())
            return known or Span(phrase.start + quoted.start("title"), phrase.start + quoted.end("title"))
        owner = _OWNER.match(words)
        if owner is None:
            return self._capitals(phrase)
        who = Span(phrase.start + owner.start("who"), phrase.start + owner.end("who"))
        what = Span(phrase.start + owner.start("what"), phrase.end)
        named = owner["what"][0].isupper()
        if not named or self._is_outlet(who, who, "none"):
            return who
        return self._name(what)

    def _capitals(self, phrase: Span) -> Span | None:
        """The last run of capitals, if nothing but the word for a medium follows it, and it is its name."""
        found = list(_WORD.finditer(phrase.of(self._text)))
        stop = len(found)
        while stop and not _is_capital(found[stop - 1]):
            if not is_medium_word(found[stop - 1][0]):
                return None
            stop -= 1
        start = stop
        while start and (_is_capital(found[start - 1]) or self._links(found, start - 1)):
            start -= 1
        if start < stop and is_determiner(found[start][0]):
            start += 1
        if start >= stop:
            return None
        name = Span(phrase.start + found[start].start(), phrase.start + found[stop - 1].end())
        if stop < len(found) and self._describes(name, found[0][0], found[-1][0]):
            return None
        return name

    def _links(self, found: list[re.Match[str]], at: int) -> bool:
        return at > 0 and found[at][0] in _LINKS and _is_capital(found[at - 1])

    def _describes(self, name: Span, first: str, head: str) -> bool:
        """Do the capitals only say where a medium is from ("Polish media", "a Doha station")?"""
        if first.casefold() in {"a", "an"} or head.casefold() in _GENERIC or head.casefold().endswith("s"):
            return True
        words = name.of(self._text)
        return (" " not in words and _DEMONYM.search(words) is not None) or self._cast.resolve(name).kind == "state"

    def _is_outlet(self, phrase: Span, name: Span, trust: Trust) -> bool:
        behind = self._text[name.end : phrase.end]
        around = _WORD.findall(self._text[phrase.start : name.start] + " " + behind)
        if not behind.startswith(("'", "’")) and any(is_medium_word(word) and word.islower() for word in around):
            return True
        if any(
            word.islower() and not is_determiner(word) for word in _WORD.findall(self._text[phrase.start : name.start])
        ):
            return False
        words = words_of(name.of(self._text))
        if not words:
            return False
        if " ".join(words) in self._known or sounds_like_outlet(name.of(self._text)):
            return True
        found = self._cast.resolve(name)
        if found.kind == "outlet":
            return True
        actor = found.actor
        spelt = [words_of(one) for one in (actor.name, *actor.names)] if actor else [[]]
        state = found.kind == "state" and (words in spelt or len(words) == 1)
        if trust == "none" or state or words[-1] in BODY_HEADS or words[0] in BODY_HEADS:
            return False
        person = found.kind == "person"
        if trust == "full":
            # A surname has its full name elsewhere in the article.
            return not person or not (groups_of(words[0]) or (len(words) == 1 and len(spelt[0]) > 1))
        listed = actor is not None and words in spelt and bool(actor.external_ids)
        plain = found.named and not (set(words) & _LINKS) and not _DEMONYM.search(words[-1]) and not groups_of(words[0])
        return plain and not person and not listed and self._only_carries(name)

    def _only_carries(self, name: Span) -> bool:
        """Does the name stand only where an outlet can: after "told" and the like, or before "reported"?"""
        last = _WORD.findall(name.of(self._text))[-1]
        if last not in self._carriers:
            self._carriers[last] = self._is_carrier(last, name.end - name.start)
        return self._carriers[last]

    def _is_carrier(self, last: str, size: int) -> bool:
        for found in re.finditer(rf"\b{re.escape(last)}\b", self._text):
            first = found.end() - size
            before = self._text[max(0, first - 20) : max(0, first)]
            if not _CARRIES.search(before) and not _REPORTS.match(self._text, found.end()):
                return False
        return True

    def _introduced(self) -> Iterator[Span]:
        """Names that the article itself calls a newspaper, an agency and so on."""
        for found in _INTRODUCED.finditer(self._text):
            phrase = noun_phrase(self._text, found.end(), len(self._text))
            if phrase is not None:
                yield phrase
        for found in _CALLED.finditer(self._text):
            name = self._name_before(found.start())
            if name is not None:
                yield name

    def _shown(self) -> Iterator[tuple[str, Span]]:
        """Programmes that the article names together with who broadcasts them."""
        for found in _SHOWN.finditer(self._text):
            name = self._name_before(found.start())
            if name is not None:
                yield found["title"].casefold(), name

    def _name_before(self, at: int) -> Span | None:
        low = max(0, at - _LONGEST_NAME)
        found = _NAMES_BEFORE.search(self._text[low:at])
        return Span(low + found.start(), at) if found else None


def _is_capital(word: re.Match[str]) -> bool:
    return word[0][0].isupper() or word[0][0].isdigit()
