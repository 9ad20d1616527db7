"""Who a source turns out to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from onrecord.errors import TextError
from onrecord.record.ids import content_id
from onrecord.record.words import check_word

ActorKind: TypeAlias = Literal["person", "organisation", "state", "outlet", "group", "document", "unknown"]
ACTOR_KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
"""What an actor, or a hop of a chain, can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An office or function that an actor held for a time.

    Attributes:
        title: What it is called ("minister of foreign affairs").
        start: First day, ISO 8601 cut to what is known; None if unknown.
        end: Last day, likewise; None if unknown or not over.
    """

    title: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalId:
    """The actor's entry in somebody else's catalogue.

    Attributes:
        scheme: Which catalogue ("wikidata").
        value: The entry's name there ("Q42").
    """

    scheme: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person, organisation, state or outlet that a source resolves to.

    Attributes:
        id: ``a`` and 16 hexadecimal digits, see :func:`actor_id`.
        name: The name to show; never empty.
        kind: What it is; *unknown* where the text leaves it open.
        names: Other names that it goes by.
        external_ids: Its entries in other catalogues.
        roles: The offices it held, in order.

    Raises:
        TextError: OR-202, no name, or a kind that is not one of :data:`ACTOR_KINDS`.
    """

    id: str
    name: str
    kind: ActorKind = "unknown"
    names: tuple[str, ...] = ()
    external_ids: tuple[ExternalId, ...] = ()
    roles: tuple[Role, ...] = ()

    def __post_init__(self) -> None:
        check_word(self.kind, ACTOR_KINDS, what="kind of an actor")
        if not self.name:
            raise TextError("OR-202", f"actor {self.id} has no name")


def actor_id(name: str) -> str:
    """The id of an actor that is known by its canonical name alone."""
    return content_id("a", name)
