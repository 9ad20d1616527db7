"""The nouns of the record: frozen, and made of the standard library alone.

A noun's module is imported when the noun is first asked for, so that a command that needs a span does not pay
for all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.record.actor import ACTOR_KINDS, Actor, ActorKind, ExternalId, Role, actor_id
    from onrecord.record.actor_link import ActorLink
    from onrecord.record.attribution import NO_REASON, SOURCE_KINDS, Alternative, Attribution, SourceKind
    from onrecord.record.bearing import SIDES, Bearing, Side, side_of
    from onrecord.record.chain import Anonymity, Chain, Hop
    from onrecord.record.decision import VERDICTS, Decision, Verdict, decision_id
    from onrecord.record.document import (
        ORIGIN_KINDS,
        Document,
        Origin,
        OriginKind,
        Precision,
        Published,
        Reader,
        document_id,
    )
    from onrecord.record.ids import content_id, sha256_hex
    from onrecord.record.issue import Issue, issue_id
    from onrecord.record.link import LINK_KINDS, SCOPES, Link, LinkKind, Scope, link_id
    from onrecord.record.mention import MENTION_KINDS, Antecedent, Mention, MentionKind
    from onrecord.record.position import (
        ACTS,
        CERTAINTIES,
        POLARITIES,
        RELATIONS,
        Act,
        Certainty,
        Condition,
        Polarity,
        Position,
        Relation,
    )
    from onrecord.record.reading import Reading
    from onrecord.record.run import Counts, Method, Run
    from onrecord.record.setting import OCCASIONS, Occasion, Setting
    from onrecord.record.span import Span, Spans, as_spans
    from onrecord.record.statement import KINDS, Kind, Statement, statement_id

_MODULE_OF = {
    name: module
    for module, names in {
        "actor": "ACTOR_KINDS Actor ActorKind ExternalId Role actor_id",
        "actor_link": "ActorLink",
        "attribution": "NO_REASON SOURCE_KINDS Alternative Attribution SourceKind",
        "bearing": "SIDES Bearing Side side_of",
        "chain": "Anonymity Chain Hop",
        "decision": "VERDICTS Decision Verdict decision_id",
        "document": "ORIGIN_KINDS Document Origin OriginKind Precision Published Reader document_id",
        "ids": "content_id sha256_hex",
        "issue": "Issue issue_id",
        "link": "LINK_KINDS SCOPES Link LinkKind Scope link_id",
        "mention": "MENTION_KINDS Antecedent Mention MentionKind",
        "position": "ACTS CERTAINTIES POLARITIES RELATIONS Act Certainty Condition Polarity Position Relation",
        "reading": "Reading",
        "run": "Counts Method Run",
        "setting": "OCCASIONS Occasion Setting",
        "span": "Span Spans as_spans",
        "statement": "KINDS Kind Statement statement_id",
    }.items()
    for name in names.split()
}

__all__ = [
    "ACTOR_KINDS",
    "ACTS",
    "CERTAINTIES",
    "KINDS",
    "LINK_KINDS",
    "MENTION_KINDS",
    "NO_REASON",
    "OCCASIONS",
    "ORIGIN_KINDS",
    "POLARITIES",
    "RELATIONS",
    "SCOPES",
    "SIDES",
    "SOURCE_KINDS",
    "VERDICTS",
    "Act",
    "Actor",
    "ActorKind",
    "ActorLink",
    "Alternative",
    "Anonymity",
    "Antecedent",
    "Attribution",
    "Bearing",
    "Certainty",
    "Chain",
    "Condition",
    "Counts",
    "Decision",
    "Document",
    "ExternalId",
    "Hop",
    "Issue",
    "Kind",
    "Link",
    "LinkKind",
    "Mention",
    "MentionKind",
    "Method",
    "Occasion",
    "Origin",
    "OriginKind",
    "Polarity",
    "Position",
    "Precision",
    "Published",
    "Reader",
    "Reading",
    "Relation",
    "Role",
    "Run",
    "Scope",
    "Setting",
    "Side",
    "SourceKind",
    "Span",
    "Spans",
    "Statement",
    "Verdict",
    "actor_id",
    "as_spans",
    "content_id",
    "decision_id",
    "document_id",
    "issue_id",
    "link_id",
    "sha256_hex",
    "side_of",
    "statement_id",
]


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value
