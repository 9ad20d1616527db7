"""What does the table say about one actor, and why was it found?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from onrecord.record.actor import Actor, ActorKind, ExternalId, Role
from onrecord.record.ids import content_id

How: TypeAlias = Literal["name", "spelling", "surname", "demonym", "capital", "metonym", "domain", "role"]
"""By what an entry was found: a name of it, the name in another spelling or alphabet, its surname alone, the people
of a state, its capital, a place that stands for it ("the Kremlin"), an outlet's address, or an office it held."""

HOWS: tuple[How, ...] = get_args(How)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedRole:
    """An office that a list says somebody held.

    Attributes:
        title: What the list calls it.
        office: The office that this names, see :func:`onrecord.resolve.table.offices.office`; None if unknown.
        chief: "state", "government" or "both" for their heads; None for others.
        jurisdiction: The country's two-letter code or the body's table id; None if unknown.
        start: First day, ISO 8601 cut to what is known; None if unknown.
        end: Last day, likewise; None if unknown or not over.
        first_seen: First day on which a list was seen to name this holder; None if the list gives none.
        last_seen: Last such day: an observation, never the end of the office.
    """

    title: str
    office: str | None
    chief: str | None
    jurisdiction: str | None
    start: str | None
    end: str | None
    first_seen: str | None
    last_seen: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Why an entry was found.

    Attributes:
        text: The name or title in the table that fitted.
        how: In which way.
        strength: How well it fits, in [0, 1]; it says nothing about which of several entries is meant.
        partial: Whether only a part of the name was given (a surname alone).
        role: The role that was held, for *role*.
    """

    text: str
    how: How
    strength: float
    partial: bool = False
    role: DatedRole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One entry of the table, or of the user's own list.

    Attributes:
        id: The table's id: a Wikidata id, "onr:…", or the user's.
        label: The name to show.
        kind: What it is.
        country: Two-letter code of its country; None if it has none.
        type: For outlets and bodies what sort ("agency", "igo", "party"); empty if unknown.
        names: Every name, the label first.
        roles: What it was when, as far as the lists go.
        external_ids: Its entries in other catalogues.
        salience: How likely a bare mention means this one; comparable within a list of candidates only.
        needs_review: Whether no list with a source confirms it.
        match: Why it was found.
    """

    id: str
    label: str
    kind: ActorKind
    country: str | None
    type: str
    names: tuple[str, ...]
    roles: tuple[DatedRole, ...]
    external_ids: tuple[ExternalId, ...]
    salience: float
    needs_review: bool
    match: Match

    def actor(self) -> Actor:
        """The entry as an actor of the record."""
        return Actor(
            id=content_id("a", "table", self.id),
            name=self.label,
            kind=self.kind,
            names=tuple(name for name in self.names if name != self.label),
            external_ids=(*self.external_ids, ExternalId(scheme="onrecord", value=self.id)),
            roles=tuple(Role(title=role.title, start=role.start, end=role.end) for role in self.roles),
        )
