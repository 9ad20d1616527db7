"""Who answers where nobody is named: in an interview, and where a quotation goes on?"""

from __future__ import annotations

import re

from onrecord.record.statement import Statement
from onrecord.resolve.page.words import ROLE_HEADS
from onrecord.resolve.people.members import Member, Title
from onrecord.resolve.people.scene import Scene
from onrecord.resolve.table.sounds import fold

_SIGNS = re.compile(
    r"\binterview(?:s|ed)?\b|\bin conversation\b|\bQ\s?&\s?A\b|\bspoke (?:to|with)\b|\btalks? (?:to|with)\b"
    r"|\bsat down with\b|\breceives? us\b",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:interview with|in conversation with|talks? (?:to|with)) (?P<whose>[A-Z]\w+)['’]s (?P<role>[a-z][a-z -]+)$"
)
_SURE = 1.5
"""How much must speak for a person who is taken for the interviewer."""
_TWO_QUESTIONS = 2.0
_TWO_ANSWERS = 0.7
"""What speaks against two questions, or two answers, in a row."""
_BETWEEN = 400
"""Within how many code points a quotation without a source goes on with the last one."""


class Interview:
    """An article as an interview: who is asked, and who asks."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._bare = [s for s in scene.statements.values() if is_bare(s)]
        head = scene.document.title or ""
        text = scene.document.text
        self._signs = bool(_SIGNS.search(head) or _SIGNS.search(text[:1500]))
        self.guest = self._guest()
        self._titled_by_headline(head)
        self.host = self._host()
        self._questions = self._asked() if self.holds else frozenset[str]()

    @property
    def holds(self) -> bool:
        """Is the article an interview whose answers bear no label?"""
        return self.guest is not None and (len(self._bare) >= 3 or (self._signs and len(self._bare) >= 2))

    def _guest(self) -> Member | None:
        """Who is named most, in the headline first."""
        people = [m for m in self._scene.members.all if m.kind == "person" and m.spans]
        head = fold(self._scene.document.title or "").split()
        titled = [m for m in people if fold(m.words[-1]) in head and len(m.words) > 1]
        text = self._scene.document.text
        first = text.find("\n")
        early = [m for m in people if first > 0 and m.spans[0].start < first]
        return max(titled or early or people, key=lambda m: (len(m.spans), -m.number), default=None)

    def _titled_by_headline(self, headline: str) -> None:
        """Take the headline's words for who is asked as the guest's title ("an interview with Velia's premier")."""
        found = _WITH.search(headline)
        if found is None or self.guest is None or self.guest.titles:
            return
        scene = self._scene
        whose = scene.states.of(found["whose"]) or scene.members.find((found["whose"],))
        span = self.guest.spans[0]
        self.guest.call(Title(words=" ".join(found["role"].split()), whose=whose, span=span))

    def _host(self) -> Member | None:
        """Who is said to have held it ("sat down with Michael Dranove for an interview")."""
        guest = self.guest
        for found in _SIGNS.finditer(self._scene.document.text[:1500]):
            near = [
                m
                for n, m in self._scene.members.named
                if m is not guest
                and m.kind == "person"
                and m.votes["person"] >= _SURE
                and abs(n.chunk.span.start - found.start()) < 60
            ]
            titled = [m for m in near if not any(t.head in ROLE_HEADS for t in m.titles)]
            if titled and guest is not None:
                return titled[0]
        return None

    def speaker(self, stmt: Statement) -> tuple[Member | None, bool, float] | None:
        """Who says a statement that names no source?

        Returns:
            The member, whether it is a question of the outlet's, and how sure that is; None if neither an interview
            nor a quotation that goes on explains the statement. The member is None where the outlet itself asks.
        """
        if not is_bare(stmt) or stmt.within is not None:
            return None
        if self.holds:
            if stmt.id in self._questions:
                return self.host, True, 0.7
            return self.guest, False, 0.75
        before = self._before(stmt)
        return (before, False, 0.6) if before is not None else None

    def _asked(self) -> frozenset[str]:
        """Which statements are questions? The likeliest run of questions and answers (Viterbi 1967)."""
        bare = sorted((s for s in self._bare if s.within is None), key=lambda s: s.content[0].start)
        best: list[tuple[float, list[bool]]] = []
        for stmt in bare:
            likely = self._question_like(stmt)
            before = best or [(0.0, []), (0.0, [])]
            asks = max((before[0][0], before[0][1]), (before[1][0] - _TWO_QUESTIONS, before[1][1]))
            tells = max((before[0][0] - _TWO_ANSWERS, before[0][1]), (before[1][0], before[1][1]))
            best = [(tells[0] - likely, [*tells[1], False]), (asks[0] + likely, [*asks[1], True])]
        run = max(best)[1] if best else []
        return frozenset(stmt.id for stmt, asks in zip(bare, run, strict=True) if asks)

    def _question_like(self, stmt: Statement) -> float:
        """How much does a paragraph look like a question: above 0 if it does."""
        text = self._scene.document.text
        start = text.rfind("\n", 0, stmt.content[0].start) + 1
        stop = text.find("\n", stmt.content[-1].end)
        paragraph = text[start : stop if stop >= 0 else len(text)].strip('*_ \n”"')
        ends = 1.5 if paragraph.endswith("?") else -0.5
        spoken_to = 1.0 if re.search(r"\byou(?:r|rs|’re|'re)?\b", paragraph, re.IGNORECASE) else -0.3
        return ends + spoken_to - max(0, len(paragraph) - 250) / 200

    def _before(self, stmt: Statement) -> Member | None:
        """Who said the direct statement right before?"""
        at = stmt.content[0].start
        near = [
            s
            for s in self._scene.statements.values()
            if s is not stmt
            and s.within is None
            and 0 <= at - max(span.end for span in (*s.content, *s.cue, *s.source)) < _BETWEEN
        ]
        near.sort(key=lambda s: s.content[-1].end)
        return self._scene.spoke.get(near[-1].id) if near else None


def is_bare(stmt: Statement) -> bool:
    """Does a direct statement lack both source and cue?"""
    return stmt.kind == "direct" and not stmt.source and not stmt.cue
