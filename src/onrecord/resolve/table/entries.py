"""What is written into a table of actors: entries with their names and roles, each with the list it came from.

Names and roles are named tuples, because a list may have millions of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.record.actor import ActorKind
from onrecord.resolve.table.listed import How


class EntryName(NamedTuple):
    """One name of an entry.

    Attributes:
        text: The name as it is written.
        how: What sort of name: name, demonym, capital, metonym or domain.
        layer: The list that it came from.
        language: Language of the spelling, two letters; empty if unknown.
    """

    text: str
    how: How
    layer: str
    language: str = ""


class EntryRole(NamedTuple):
    """One role of an entry; dates are ISO 8601 cut to what is known, empty if unknown.

    Attributes:
        title: What the list calls it.
        layer: The list that it came from.
        office: The office that the title names, see :func:`onrecord.resolve.table.offices.office`; empty if none.
        chief: "state", "government" or "both" for their heads, whatever the title; empty for others.
        jurisdiction: A country's two-letter code or the id of a body; empty if unknown.
        start: First day.
        end: Last day.
        first_seen: First day on which a list showed the holder.
        last_seen: Last such day: an observation, not an end.
    """

    title: str
    layer: str
    office: str = ""
    chief: str = ""
    jurisdiction: str = ""
    start: str = ""
    end: str = ""
    first_seen: str = ""
    last_seen: str = ""


@dataclass(slots=True, kw_only=True)
class Entry:
    """One actor on its way into the table."""

    id: str
    kind: ActorKind
    label: str
    country: str = ""
    wikidata: str = ""
    type: str = ""
    salience: float = 0.0
    needs_review: bool = False
    names: set[EntryName] = field(default_factory=set)
    roles: set[EntryRole] = field(default_factory=set)

    @property
    def layers(self) -> set[str]:
        """The lists that know it."""
        return {name.layer for name in self.names} | {role.layer for role in self.roles}
