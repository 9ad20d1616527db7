"""Whose is each statement, and how did it reach the page?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from onrecord.errors import InputError
from onrecord.record.attribution import Alternative, Attribution
from onrecord.record.reading import Reading
from onrecord.record.statement import Statement
from onrecord.resolve import sureness
from onrecord.resolve.cast import Cast
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.sources import mended
from onrecord.resolve.people.resolution import Resolution
from onrecord.resolve.route import chains, settings
from onrecord.resolve.route.carriers import Carriers
from onrecord.resolve.route.cited import cited_sources
from onrecord.resolve.table.table import ActorTable
from onrecord.resolve.table.users import UserActors, read_user_actors


class Resolver:
    """Finds the actors behind the sources of a reading."""

    def __init__(self, table: ActorTable | None, users: UserActors | None = None) -> None:
        self._table = table
        self._users = users

    @classmethod
    def load(cls, actors: Path | None = None) -> Resolver:
        """The resolver with the shipped table, and the user's own list over it.

        Args:
            actors: The user's ``actors.csv``; None for none.

        Raises:
            InputError: The list cannot be read (see :func:`onrecord.resolve.table.users.read_user_actors`).
        """
        table = ActorTable.open()
        if actors is None:
            return cls(table)
        users = read_user_actors(actors, table)
        return cls(users.over(table), users)

    @property
    def problems(self) -> tuple[InputError, ...]:
        """What was wrong with rows of the user's list, each with its line."""
        return self._users.problems if self._users is not None else ()

    @property
    def settings(self) -> Mapping[str, str]:
        """Which settings decide what is found?"""
        return {}

    @property
    def models(self) -> Mapping[str, str]:
        """The data files in use, by name, with their sha256."""
        files = {"actors": self._table.sha256} if self._table is not None else {}
        return files | ({"user actors": self._users.sha256} if self._users is not None else {})

    def resolve(self, reading: Reading) -> Reading:
        """Whose is each statement of `reading`?

        Returns:
            The reading with one attribution and one chain for each statement, with settings, and with every actor that
            these name.
        """
        cast, sourced, found = self._answers(reading)
        pairs = list(zip(reading.statements, sourced, strict=True))
        attributions = tuple(_attribution(own, stmt, found[stmt.id]) for own, stmt in pairs)
        read = replace(reading, statements=tuple(sourced), attributions=attributions)
        carriers = Carriers(read, cast)
        built, said = chains.build(read, cast, carriers), settings.find(read, cast, carriers)
        named = {attribution.actor_id for attribution in attributions}
        named |= {actor_id for chain in built for hop in chain.hops for actor_id in (hop.actor_id, hop.on_behalf_of)}
        named |= {setting.addressee_id for setting in said}
        weighed = {each.actor.id: each.actor for resolution in found.values() for each in resolution.candidates}
        named |= {other.actor_id for attribution in attributions for other in attribution.alternatives}
        actors = tuple(actor for actor_id, actor in (weighed | cast.actors).items() if actor_id in named)
        return replace(reading, attributions=attributions, chains=built, settings=said, actors=actors)

    def features(self, reading: Reading) -> Mapping[str, Mapping[str, float]]:
        """What is known of the answer for each statement, by its id, to fit :mod:`onrecord.resolve.sureness` on."""
        _, sourced, found = self._answers(reading)
        pairs = zip(reading.statements, sourced, strict=True)
        return {
            stmt.id: sureness.features(stmt, found[stmt.id], mended=stmt.source != own.source) for own, stmt in pairs
        }

    def _answers(self, reading: Reading) -> tuple[Cast, list[Statement], Mapping[str, Resolution]]:
        """The cast of `reading`, its statements with the words that name their sources, and who each source is."""
        page = Page(reading.document.text)
        statements = mended(page, reading.statements)
        reading = replace(reading, statements=statements)
        cast = Cast(reading, self._table, page)
        cited = cited_sources(reading, cast)
        sourced = [replace(stmt, source=(cited[stmt.id],)) if stmt.id in cited else stmt for stmt in statements]
        return cast, sourced, {stmt.id: cast.attribute(stmt) for stmt in sorted(sourced, key=_order)}


def _attribution(own: Statement, stmt: Statement, resolution: Resolution) -> Attribution:
    """The resolution of a statement's source as the record keeps it.

    Args:
        own: The statement as it was found.
        stmt: The same with the words that name its source.
        resolution: Who that is.
    """
    score = sureness.sureness(stmt, resolution, mended=stmt.source != own.source)
    return Attribution(
        statement_id=stmt.id,
        mention=stmt.source[0] if stmt.source else None,
        source_kind=resolution.source_kind,
        actor_id=resolution.actor.id if resolution.actor is not None else None,
        reason=resolution.reason,
        evidence=resolution.evidence,
        score=round(score, 3),
        alternatives=_alternatives(resolution, score),
    )


def _alternatives(resolution: Resolution, score: float) -> tuple[Alternative, ...]:
    """Who else was weighed: what the score leaves is shared out among them, nobody above who was taken."""
    taken = resolution.actor.id if resolution.actor is not None else None
    others: dict[str, float] = {}
    for each in resolution.candidates:
        if each.actor.id != taken:
            others.setdefault(each.actor.id, each.score)
    left = 1.0 - score if taken is not None else 1.0
    total = sum(others.values()) or 1.0
    most = score if taken is not None else 1.0
    return tuple(
        Alternative(actor_id=other, score=round(min(most, share, left * share / total), 3))
        for other, share in others.items()
    )


def _order(stmt: Statement) -> tuple[int, int, int]:
    """Enclosing statements first, then in the order in which their sources are read."""
    at = stmt.source[0].start if stmt.source else stmt.content[0].start
    return (stmt.within is not None, at, stmt.content[0].start)
