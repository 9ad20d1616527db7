"""What is known of an article's cast while its mentions are resolved?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.record.document import Document
from onrecord.record.mention import Mention
from onrecord.record.reading import Reading
from onrecord.record.span import Span
from onrecord.record.statement import Statement
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.scan import Chunk, find_chunks, join_bodies
from onrecord.resolve.page.stretches import Stretches
from onrecord.resolve.page.words import (
    BODY_HEADS,
    DOCUMENT_HEADS,
    GROUP_HEADS,
    OFFICES,
    OPENERS,
    ORGAN_HEADS,
    ORGAN_WORDS,
    ROLE_HEADS,
    ROLE_OF_TITLE,
    SAYING,
    TITLES,
)
from onrecord.resolve.people.bodies import Bodies
from onrecord.resolve.people.discourse import Discourse
from onrecord.resolve.people.following import Following
from onrecord.resolve.people.members import Member, Members, Named, Title, split_title, vote_gender
from onrecord.resolve.people.states import States
from onrecord.resolve.people.titles import TitleFinder
from onrecord.resolve.table.given import groups_of
from onrecord.resolve.table.table import ActorTable

_PEOPLE = ("ian", "an", "ish", "ese", "ean")
_ARTICLE = 4
"""How many code points "the" takes before a name."""
_NO_PERSON, _HARDLY = -0.6, 2.0
"""From which word of the model's on a name is taken for no person's, and how much may speak for one all the same."""
_AFTER_NAME = frozenset({",", "(", "’s", "'s", "himself", "herself", "itself"})


class Scene:
    """An article with its members, their titles, and who was spoken of where.

    Attributes:
        document: The article.
        page: Its words.
        members: Its members.
        states: Its states.
        titles: Where what is said of whom.
        discourse: Who was spoken of, and who spoke, when.
        statements: Its statements by id.
        spoke: Who a statement was found to come from; None where that is open.
    """

    def __init__(self, reading: Reading, table: ActorTable | None, page: Page | None = None) -> None:
        self.document: Document = reading.document
        self._table = table
        self.page = page or Page(reading.document.text)
        self.statements = {stmt.id: stmt for stmt in reading.statements}
        self.spoke: dict[str, Member | None] = {}
        sources = [span for stmt in reading.statements for span in stmt.source]
        outer = [span for stmt in reading.statements if stmt.within is None for span in stmt.source]
        chunks = self._split(self._bounded(find_chunks(self.page), sources))
        self.members = Members(self.page, lambda name: table is not None and bool(table.place(name)))
        self.members.add(self._names(join_bodies(self.page, chunks), sources))
        self._abbreviations()
        self.headline = Page(reading.document.title or "")
        self._fuller_names()
        self.states = States(self.page, self.members, table, self.headline)
        self._model_kinds(reading.mentions)
        self.bodies = Bodies(self.page, self.members, self.states)
        self.finder = TitleFinder(self.page, self.members, self.states.of)
        for member, phrase in self.finder.find():
            title = self.finder.title(phrase)
            member.call(title)
            vote_gender(member, (title.head, *title.words.split()[:1]))
            member.votes["person"] += 2
            if (
                title.whose is not None
                and title.head in OFFICES
                and not any(t.head in OFFICES for t in title.whose.titles)
            ):
                title.whose.votes["organisation"] += 2
        self._short_titles()
        self.following = Following(self.page, self.members, reading.mentions)
        self.discourse = self.bodies.discourse = Discourse(self.page, self.members, sources, outer)

    def _model_kinds(self, mentions: Sequence[Mention]) -> None:
        """Hear the model on what each name is of."""
        by_end = {named.chunk.span.end: (named, member) for named, member in self.members.named}
        for mention in mentions:
            pair = by_end.get(mention.span.end)
            if pair is None:
                continue
            first = pair[0].title.start if pair[0].title else pair[0].chunk.first
            if self.page.tokens[first].start - _ARTICLE <= mention.span.start <= pair[0].chunk.span.start:
                pair[1].heard.append(mention.score if mention.kind == "person" else -mention.score)
        for member in self.members.all:
            if member.personal <= _NO_PERSON and 0 < member.votes["person"] <= _HARDLY:
                member.votes["person"] = 0.0

    def _fuller_names(self) -> None:
        """Take full names from the headline, where the text has surnames alone."""
        for chunk in find_chunks(self.headline):
            named = split_title(self.headline, chunk)
            if named is None or len(named.chunk.words) < 2:
                continue
            words = named.chunk.words[-2:]
            member = self.members.find(words[-1:])
            if member is not None and len(member.words) == 1 and groups_of(words[0]):
                self.members.rename(member, words)

    def _abbreviations(self) -> None:
        """Take what stands in brackets behind a name for its short form ("World Health Organisation (WHO)")."""
        by_first = {named.chunk.first: (named, member) for named, member in self.members.named}
        taken: dict[int, Member] = {}

        def standing(member: Member) -> Member:
            while member.number in taken:
                member = taken[member.number]
            return member

        for named, member in list(self.members.named):
            at = named.chunk.last
            short = by_first.get(at + 1)
            if at >= len(self.page.tokens) or self.page.tokens[at].text != "(" or short is None:
                continue
            if short[0].chunk.text.isupper() and len(short[0].chunk.words) == 1:
                kept, gone = standing(member), standing(short[1])
                if kept is not gone:
                    self.members.merge(kept, gone)
                    taken[gone.number] = kept

    def _short_titles(self) -> None:
        """Take the abbreviated titles before names for titles ("Sen. Lindsey Graham")."""
        for named, member in self.members.named:
            for index in named.title:
                role = ROLE_OF_TITLE.get(self.page.tokens[index].low)
                if role is not None:
                    member.call(Title(words=role, whose=None, span=named.chunk.span))

    def _bounded(self, chunks: list[Chunk], sources: list[Span]) -> list[Chunk]:
        """Cut chunks where a source begins or ends ("Lindsey Graham Says")."""
        edges = {edge for span in sources for edge in (span.start, span.end)}
        out: list[Chunk] = []
        for chunk in chunks:
            first = chunk.first
            for index in range(chunk.first + 1, chunk.last):
                before, token = self.page.tokens[index - 1], self.page.tokens[index]
                if token.word and (token.start in edges or before.end in edges):
                    out.append(self._part(chunk, first, index))
                    first = index
            out.append(chunk if first == chunk.first else self._part(chunk, first, chunk.last))
        return out

    def named_in(self, tokens: range) -> Member | None:
        """Which member do some words name last, a state for its people?"""
        found = [m for n, m in self.members.named if tokens.start <= n.chunk.first and n.chunk.last <= tokens.stop]
        if not found:
            return None
        return self.states.of(found[-1].name) or found[-1]

    def named_first(self, tokens: range) -> Member | None:
        """Which member do some words name first ("Harvard and the University of …")?"""
        found = [m for n, m in self.members.named if tokens.start <= n.chunk.first and n.chunk.last <= tokens.stop]
        return (self.states.of(found[0].name) or found[0]) if found else None

    def named_last(self, tokens: range) -> Member | None:
        """Which member's name do some words end with, a side counted to the name?"""
        while tokens and self.page.tokens[tokens[-1]].low in ("side", "government", "'s"):
            tokens = tokens[:-1]
        found = [m for n, m in self.members.named if tokens.start <= n.chunk.first and n.chunk.last == tokens.stop]
        return (self.states.of(found[-1].name) or found[-1]) if found else None

    def whole(self, salience: Mapping[Member, tuple[float, Span]]) -> dict[Member, tuple[float, Span]]:
        """How present each member is, a people counted to its state, and words like "European" to nobody."""
        out: dict[Member, tuple[float, Span]] = {}
        for member, (weight, span) in salience.items():
            state = self.states.of(member.name) if self._is_adjective(member) else None
            if state is None and self.describes(member):
                continue
            before, last = out.get(state or member, (0.0, span))
            out[state or member] = (before + weight, max(span, last))
        return out

    def describes(self, member: Member) -> bool:
        """Is a name an adjective alone: each time before a common noun, and of the form of a people's ("European")?"""
        if not self._is_adjective(member):
            return False
        return bool(member.spans) and all(self._before_noun(span) for span in member.spans)

    def _is_adjective(self, member: Member) -> bool:
        return len(member.words) == 1 and member.words[0].lower().endswith((*_PEOPLE, "ic"))

    def _before_noun(self, span: Span) -> bool:
        at = self.page.inside(span).stop
        if at >= len(self.page.tokens) or at in self.page.breaks:
            return False
        token = self.page.tokens[at]
        return token.word and token.text.islower() and token.low not in OPENERS | SAYING

    def is_outlet(self, member: Member) -> bool:
        """Is a member known to print or broadcast?"""
        return member.kind == "outlet" or (self._table is not None and bool(self._table.outlet(member.name)))

    def _names(self, chunks: list[Chunk], sources: list[Span]) -> list[Named]:
        """The names that are sure, or of which a source is made."""
        known = {word for chunk in chunks if chunk.sure and not chunk.headline for word in chunk.lows}
        found = []
        around = Stretches((source, source) for source in sources)
        for chunk in chunks:
            source = next((s for s, _ in around.around(chunk.span)), None)
            whole = source is not None and self._is_all(chunk, source)
            named = split_title(self.page, chunk)
            if named is None or self._is_portfolio(chunk):
                continue
            guessed = chunk.headline and not named.title and named.chunk.lows[-1] not in known
            people = source is not None and self._leads(chunk, source)
            if whole or people or (not guessed and (chunk.sure or len(chunk.words) > 1)):
                found.append(named)
        return found

    def _leads(self, chunk: Chunk, source: Span) -> bool:
        """Does a people's or a state's name lead a source ("French officials")?"""
        if len(chunk.words) > 1 or chunk.span.start != source.start:
            return False
        return chunk.lows[0].endswith(_PEOPLE) or (self._table is not None and bool(self._table.place(chunk.words[0])))

    def _is_portfolio(self, chunk: Chunk) -> bool:
        """Does a name's form say what a minister is for ("of Foreign Affairs")?"""
        before = self.page.tokens[chunk.first - 1].low if chunk.first else ""
        return before in ("of", "for", "and") and all(low in ORGAN_WORDS - ORGAN_HEADS for low in chunk.lows)

    def _is_all(self, chunk: Chunk, source: Span) -> bool:
        """Is a source no more than this name, but for what follows a comma?"""
        lone = len(chunk.words) == 1 and chunk.lows[0] in GROUP_HEADS | DOCUMENT_HEADS | ROLE_HEADS | BODY_HEADS
        begins = self.page.inside(source)
        after = self.page.tokens[chunk.last].text if chunk.last < begins.stop else ","
        return not lone and begins.start in (chunk.first, chunk.first - 1) and after in _AFTER_NAME

    def _split(self, chunks: list[Chunk]) -> list[Chunk]:
        """Cut "Defense of Marenia Tomas Teya" before the person."""
        known = {chunk.text.lower() for chunk in chunks}
        out: list[Chunk] = []
        for chunk in chunks:
            at = self._cut(chunk, known)
            if at is None:
                out.append(chunk)
                continue
            out += [self._part(chunk, chunk.first, at), self._part(chunk, at, chunk.last)]
        return out

    def _cut(self, chunk: Chunk, known: set[str]) -> int | None:
        """The token at which a person's name begins inside a chunk that follows a role and "of"."""
        indices = [i for i in range(chunk.first, chunk.last) if self.page.tokens[i].word]
        lows = [self.page.tokens[i].low for i in indices]
        if len(indices) < 2:
            return None
        if not self._after_role(chunk.first):
            return self._behind_body(indices, lows, known)
        titled = next((k for k in range(len(lows) - 1) if lows[k] in TITLES), None)
        if titled is not None:
            # "for Education Mr. Toccafondi", but "for Prime Minister Adam Lisk"
            plain = all(low in TITLES | ROLE_HEADS | ORGAN_WORDS | {"prime", "vice"} for low in lows[:titled])
            return None if plain else indices[titled]
        if len(lows) == 2:
            return indices[1] if lows[0] in known and lows[1] in known else None
        for k in range(len(lows) - 2, 0, -1):
            if " ".join(lows[k:]) in known:
                return indices[k]
        return indices[-2]

    def _behind_body(self, indices: list[int], lows: list[str], known: set[str]) -> int | None:
        """The token at which a person's name begins behind a body's ("Washington State University Simon Ličen")."""
        for k in range(1, len(lows) - 1):
            if lows[k - 1] in BODY_HEADS and lows[k] not in BODY_HEADS and len(lows) - k < 4:
                person = lows[-1] in known or " ".join(lows[k:]) in known or bool(groups_of(lows[k]))
                if person and not any(low in BODY_HEADS for low in lows[k:]):
                    return indices[k]
        return None

    def _after_role(self, first: int) -> bool:
        """Does "minister of", "ambassador to the" … stand before?"""
        index = first - 1
        if index < 0 or self.page.tokens[index].low not in ("of", "to", "for", "the", "at", "in"):
            return False
        for back in range(index, max(-1, index - 9), -1):
            token = self.page.tokens[back]
            if not token.word or (back + 1 in self.page.breaks):
                return False
            if token.low in ROLE_HEADS:
                return True
            if token.low in OPENERS - {"of", "the", "to", "for", "at", "in"}:
                return False
        return False

    def _part(self, chunk: Chunk, first: int, last: int) -> Chunk:
        tokens = self.page.tokens[first:last]
        return Chunk(
            first=first,
            last=last,
            span=Span(tokens[0].start, tokens[-1].end),
            words=tuple(t.text for t in tokens if t.word or t.text == "&"),
            possessive=chunk.possessive and last == chunk.last,
            sure=chunk.sure or len(chunk.words) > 1,
            headline=chunk.headline,
        )

    def enclosing(self, stmt: Statement) -> Statement | None:
        """The statement around `stmt`."""
        return self.statements.get(stmt.within) if stmt.within is not None else None
