"""A document together with what was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.actor import Actor
from onrecord.record.attribution import Attribution
from onrecord.record.chain import Chain
from onrecord.record.document import Document
from onrecord.record.issue import Issue
from onrecord.record.mention import Mention
from onrecord.record.position import Position
from onrecord.record.setting import Setting
from onrecord.record.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document together with what was found in it.

    Attributes:
        document: The document.
        statements: Its statements, sorted by where they begin; an enclosing statement comes before those in
            it. A reading made from JSON keeps the order of the JSON.
        attributions: Who their sources are; at most one for each statement.
        chains: By which hops they came; at most one for each statement.
        positions: What they do on which issue; at most one for each statement.
        actors: The actors that attributions and chains name.
        issues: The issues that positions name.
        settings: Where, when and to whom they were said; at most one for each statement.
        mentions: Of whom the text speaks, sorted by where they begin, the longer first. Raw material for the
            resolution; neither the JSON form nor the ledger keeps them.
    """

    document: Document
    statements: tuple[Statement, ...]
    attributions: tuple[Attribution, ...] = ()
    chains: tuple[Chain, ...] = ()
    positions: tuple[Position, ...] = ()
    actors: tuple[Actor, ...] = ()
    issues: tuple[Issue, ...] = ()
    settings: tuple[Setting, ...] = ()
    mentions: tuple[Mention, ...] = ()
