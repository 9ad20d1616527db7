"""Everything that a reading says of one statement, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.record.actor import Actor
from onrecord.record.attribution import Attribution
from onrecord.record.chain import Chain
from onrecord.record.issue import Issue
from onrecord.record.position import Position
from onrecord.record.reading import Reading
from onrecord.record.setting import Setting
from onrecord.record.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspects:
    """A statement with all that is said of it.

    Attributes:
        statement: The statement.
        text: The text that its spans point into.
        attribution: Who its source is; None if nobody has looked.
        chain: By which hops it came; None likewise.
        setting: Where, when and to whom it was said; None if the text does not say.
        position: What it does; None if nobody has looked.
        issue: The issue of the position, if it has one.
        actors: The actors that these name, by id.
    """

    statement: Statement
    text: str
    attribution: Attribution | None = None
    chain: Chain | None = None
    setting: Setting | None = None
    position: Position | None = None
    issue: Issue | None = None
    actors: Mapping[str, Actor] = field(default_factory=dict)

    @property
    def actor(self) -> Actor | None:
        """Who said it; None if that is open or nobody has looked."""
        return self.named(self.attribution.actor_id) if self.attribution is not None else None

    def named(self, actor_id: str | None) -> Actor | None:
        """The actor with this id."""
        return self.actors.get(actor_id) if actor_id is not None else None


def aspects_of(reading: Reading) -> dict[str, Aspects]:
    """What does `reading` say of each of its statements? By their ids, in its order."""
    actors = {actor.id: actor for actor in reading.actors}
    issues = {issue.id: issue for issue in reading.issues}
    attributions = {attribution.statement_id: attribution for attribution in reading.attributions}
    chains = {chain.statement_id: chain for chain in reading.chains}
    settings = {setting.statement_id: setting for setting in reading.settings}
    positions = {position.statement_id: position for position in reading.positions}

    def aspects(stmt: Statement) -> Aspects:
        position = positions.get(stmt.id)
        return Aspects(
            statement=stmt,
            text=reading.document.text,
            attribution=attributions.get(stmt.id),
            chain=chains.get(stmt.id),
            setting=settings.get(stmt.id),
            position=position,
            issue=issues.get(position.issue_id) if position is not None and position.issue_id is not None else None,
            actors=actors,
        )

    return {stmt.id: aspects(stmt) for stmt in reading.statements}
