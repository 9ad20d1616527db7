"""Which actor of the record is a member of an article's cast?"""

from __future__ import annotations

from dataclasses import replace

from onrecord.record.actor import Actor, ActorKind
from onrecord.record.ids import content_id
from onrecord.resolve.page.organs import is_organ
from onrecord.resolve.page.words import STATE_ABBREVIATIONS
from onrecord.resolve.people.members import Member
from onrecord.resolve.table.listed import Listed
from onrecord.resolve.table.table import ActorTable

_KINDS: dict[str, ActorKind] = {
    "person": "person", "organisation": "organisation", "state": "state", "outlet": "outlet", "place": "unknown",
    "document": "document",
    "unknown": "unknown",
}  # fmt: skip
_NAMES = frozenset({"name", "spelling", "surname"})
"""By what a name that is no state's may be found: "Doha" is a town, unless it speaks."""
_CLEAR = 2.0
"""By how much the likeliest bearer of a surname must be better known than the next."""
_SHORT = 3
"""Up to how many letters a surname in capitals may be one of initials."""
_KNOWN = 4.0


class Listing:
    """Turns members into actors: those of the table, or local ones."""

    def __init__(self, table: ActorTable | None, document_id: str) -> None:
        self._table = table
        self._document_id = document_id
        self._of: dict[Member, Actor] = {}

    def actor(self, member: Member, *, listed: Listed | None = None) -> Actor:
        """Which actor is this member?"""
        known = self._of.get(member)
        if known is None:
            found = listed or self._look_up(member)
            known = self._of[member] = self.local(member) if found is None else _shown(found, member)
        return known

    def local(self, member: Member) -> Actor:
        """An actor of this article alone."""
        return self.described(self._spelt_out(member), _KINDS[member.kind])

    def _spelt_out(self, member: Member) -> str:
        """The name, with a state at its head spelt out ("U.S. Environmental Protection Agency")."""
        if member.kind == "person":
            return _dotted(member)
        short = STATE_ABBREVIATIONS.get(member.words[0].replace(".", ""))
        if short is None or len(member.words) == 1:
            return member.name
        return " ".join([short, *member.words[1:]])

    def outlet(self, name: str) -> Actor | None:
        """Which outlet of the table bears this name?"""
        found = self._table.outlet(name) if self._table is not None else ()
        return found[0].actor() if found else None

    def described(self, name: str, kind: ActorKind) -> Actor:
        """An actor of this article that the text describes."""
        return Actor(id=content_id("a", self._document_id, name), name=name, kind=kind)

    def is_body(self, member: Member) -> bool:
        """Is there a body of this very name in the table?"""
        found = self._table.find(member.name) if self._table is not None else ()
        bodies = [one for one in found if one.kind == "organisation"]
        return bool(bodies) and bodies[0].label.lower() == member.name.lower()

    def _look_up(self, member: Member) -> Listed | None:
        if self._table is None:
            return None
        if member.owner is None and is_organ(member.words):
            # "The Senate" alone is that of the state that the article is about.
            return None
        found = [
            one
            for one in self._table.find(_spelling(member.name))
            if _same_kind(one, member) and one.match.how in _NAMES
        ]
        exact = [one for one in found if not one.match.partial and one.match.strength >= 0.9]
        if exact:
            return exact[0]
        if member.kind != "person" or len(member.words) > 1 or not found:
            return None
        first, rest = found[0], found[1:]
        if first.salience >= _KNOWN and (not rest or first.salience - rest[0].salience >= _CLEAR):
            return first
        return None


def _dotted(member: Member) -> str:
    """A person's name with the full stops of its initials ("Paul D. Ryan")."""
    first, *middle = member.words[:-1] or ("",)
    spelt = (f"{word}." if len(word) == 1 and word.isupper() else word for word in middle)
    last = member.words[-1]
    # A transcript's label ("WALLACE:") is the name in capitals, not another name.
    last = last.capitalize() if last.isupper() and last.isalpha() and len(last) > _SHORT else last
    return " ".join(filter(None, [first, *spelt, last]))


def _spelling(name: str) -> str:
    """The name as bodies mostly spell their own."""
    return name.replace("Organisation", "Organization")


def _same_kind(one: Listed, member: Member) -> bool:
    if member.kind in ("unknown", "place"):
        return one.kind != "person" or not one.match.partial
    if member.kind == "person" or one.kind == "person":
        return member.kind == one.kind
    return True


def _shown(found: Listed, member: Member) -> Actor:
    """The table's actor under the fullest name that the article gives it."""
    actor = found.actor()
    if found.kind == "outlet":
        return actor
    if found.kind == "organisation":
        short, _, rest = actor.name.partition(" ")
        spelt = STATE_ABBREVIATIONS.get(short.replace(".", ""))
        return replace(actor, name=f"{spelt} {rest}") if spelt and rest else actor
    full = len(member.words) >= len(actor.name.split()) or (found.kind == "state" and len(member.name) > 4)
    if not full or not member.spans or member.name == actor.name or "." in member.name:
        return actor
    names = tuple(dict.fromkeys([actor.name, *actor.names]))
    return Actor(
        id=actor.id,
        name=_dotted(member) if member.kind == "person" else member.name,
        kind=actor.kind,
        names=tuple(name for name in names if name != member.name),
        external_ids=actor.external_ids,
        roles=actor.roles,
    )
