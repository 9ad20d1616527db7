"""Of whom does the model take a mention to be?"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.record.mention import Mention
from onrecord.record.span import Span
from onrecord.resolve.page.page import Page
from onrecord.resolve.people.members import Member, Members
from onrecord.resolve.people.shape import shape_of

_DEPTH = 8
"""How many pronouns may stand between a mention and the name that it goes back to."""


class Following:
    """The mentions that the model found, as what they say of the members of a cast.

    Holds nothing, and says nothing, where there are no mentions.
    """

    def __init__(self, page: Page, members: Members, mentions: Sequence[Mention]) -> None:
        self._page = page
        self._members = members
        self._mentions = mentions
        self._at = {mention.span: number for number, mention in enumerate(mentions)}
        self._known: dict[int, dict[Member, float]] = {}
        self._sources: dict[Span, Member] = {}

    def note(self, span: Span, member: Member) -> None:
        """Say who the words at `span` were found to mean."""
        self._sources[span] = member

    def shares(self, span: Span) -> dict[Member, float]:
        """How likely is each member meant by the words at `span`, in [0, 1]? Empty if the model has no say."""
        number = self._at.get(span)
        return {} if number is None else self._shares(number, _DEPTH)

    def _shares(self, number: int, depth: int) -> dict[Member, float]:
        if number in self._known:
            return self._known[number]
        mention = self._mentions[number]
        out: dict[Member, float] = {}
        named = self._sources.get(mention.span) or shape_of(self._page, self._members, mention.span).member
        if named is not None:
            out[named] = 1.0
        elif depth:
            for antecedent in mention.antecedents:
                for member, share in self._shares(antecedent.mention, depth - 1).items():
                    out[member] = out.get(member, 0.0) + antecedent.score * share
        self._known[number] = out
        return out
