"""How is a reading written in the public JSON form?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from onrecord.errors import TextError
from onrecord.record.actor import Actor, actor_id
from onrecord.record.attribution import NO_REASON, Alternative, Attribution
from onrecord.record.chain import Anonymity, Hop
from onrecord.record.document import Document
from onrecord.record.position import Condition, Position
from onrecord.record.reading import Reading
from onrecord.record.setting import Setting
from onrecord.record.span import Span, Spans
from onrecord.record.statement import Statement

_WriteSpan: TypeAlias = Callable[[Span], object]


def reading_to_json(reading: Reading, *, texts: bool = False) -> dict[str, object]:
    """How is `reading` written in the public JSON form?

    Args:
        reading: The document and what was found in it.
        texts: Whether every span also carries its text, so that whoever reads it can check it.

    Raises:
        TextError: OR-201, a span does not lie in the text; OR-202, an actor or issue is named that the
            reading does not hold.
    """
    doc = reading.document
    write_span = _span_writer(doc.text, texts=texts)
    names = {actor.id: actor.name for actor in reading.actors}
    labels = {issue.id: issue.label for issue in reading.issues}
    attributions = {attribution.statement_id: attribution for attribution in reading.attributions}
    chains = {chain.statement_id: chain.hops for chain in reading.chains}
    positions = {position.statement_id: position for position in reading.positions}
    settings = {setting.statement_id: setting for setting in reading.settings}
    statements = []
    for stmt in reading.statements:
        attribution = attributions.get(stmt.id)
        position = positions.get(stmt.id)
        obj: dict[str, object] = {
            "id": stmt.id,
            "kind": stmt.kind,
            "content": [write_span(span) for span in stmt.content],
            "cue": [write_span(span) for span in stmt.cue],
            "source": [write_span(span) for span in stmt.source],
            "within": stmt.within,
            "source_kind": attribution.source_kind if attribution else None,
            "actor": _name(attribution.actor_id, names) if attribution else None,
            "act": position.act if position else None,
            "polarity": position.polarity if position else None,
            "certainty": position.certainty if position else None,
            "chain": [_hop(hop, names, write_span) for hop in chains.get(stmt.id, ())],
            "conditions": [_condition(c, write_span) for c in position.conditions] if position else [],
            "issue": _label(position.issue_id, labels) if position else None,
            "score": stmt.score,
        }
        if attribution:
            obj |= _attribution_extras(attribution, stmt, names, write_span)
        if position:
            obj |= _position_extras(position, write_span)
        if stmt.id in settings:
            obj["setting"] = _setting(settings[stmt.id], names, write_span)
        statements.append(obj)
    return _document(doc, statements, [issue.label for issue in reading.issues], reading.actors)


def _document(
    doc: Document, statements: list[dict[str, object]], issues: list[str], actors: tuple[Actor, ...]
) -> dict[str, object]:
    obj: dict[str, object] = {
        "id": doc.external_id if doc.external_id is not None else doc.id,
        "story": doc.story,
        "outlet": doc.outlet,
        "title": doc.title,
        "published": doc.published.value if doc.published else None,
        "language": doc.language,
        "text": doc.text,
        "origin": doc.origin.note,
        "statements": statements,
        "issues": issues,
        "document_id": doc.id,
        "url": doc.url,
    }
    if actors:
        obj["actors"] = [_actor(actor) for actor in actors]
    obj["provenance"] = {
        "kind": doc.origin.kind,
        "path": doc.origin.path,
        "record": doc.origin.record,
        "byte_offset": doc.origin.byte_offset,
        "digest": doc.origin.digest,
        "reader": {"name": doc.reader.name, "version": doc.reader.version},
        "retrieved": doc.retrieved,
    }
    return obj


def _span_writer(text: str, *, texts: bool) -> _WriteSpan:
    def pair(span: Span) -> object:
        if span.end > len(text):
            span.of(text)  # Raises OR-201.
        return [span.start, span.end]

    def with_text(span: Span) -> object:
        return {"start": span.start, "end": span.end, "text": span.of(text)}

    return with_text if texts else pair


def _name(actor: str | None, names: dict[str, str]) -> str | None:
    if actor is None:
        return None
    if actor not in names:
        raise TextError("OR-202", f"the reading names actor {actor}, but does not hold it")
    return names[actor]


def _label(issue: str | None, labels: dict[str, str]) -> str | None:
    if issue is None:
        return None
    if issue not in labels:
        raise TextError("OR-202", f"the reading names issue {issue}, but does not hold it")
    return labels[issue]


def _own_id(actor: str | None, names: dict[str, str], key: str = "actor_id") -> dict[str, object]:
    # The name alone is enough unless the id was made in another way, as for two people of one name.
    return {} if actor is None or actor == actor_id(names[actor]) else {key: actor}


def _hop(hop: Hop, names: dict[str, str], write_span: _WriteSpan) -> dict[str, object]:
    obj: dict[str, object] = {
        "mention": write_span(hop.mention) if hop.mention else None,
        "actor": _name(hop.actor_id, names),
        "kind": hop.kind,
        "named": hop.named,
        "act": hop.act,
    }
    if hop.evidence:
        obj["evidence"] = [write_span(span) for span in hop.evidence]
    if hop.on_behalf_of is not None:
        obj["on_behalf_of"] = _name(hop.on_behalf_of, names)
        obj |= _own_id(hop.on_behalf_of, names, "on_behalf_of_id")
    if hop.anonymity is not None:
        obj["anonymity"] = _anonymity(hop.anonymity, write_span)
    return obj | _own_id(hop.actor_id, names)


def _anonymity(anonymity: Anonymity, write_span: _WriteSpan) -> dict[str, object]:
    return {
        "position": write_span(anonymity.position) if anonymity.position else None,
        "side": write_span(anonymity.side) if anonymity.side else None,
        "count": anonymity.count,
        "condition": write_span(anonymity.condition) if anonymity.condition else None,
    }


def _setting(setting: Setting, names: dict[str, str], write_span: _WriteSpan) -> dict[str, object]:
    return {
        "occasion": setting.occasion,
        "occasion_spans": [write_span(span) for span in setting.occasion_spans],
        "addressee": write_span(setting.addressee) if setting.addressee else None,
        "addressee_actor": _name(setting.addressee_id, names),
        "place": write_span(setting.place) if setting.place else None,
        "said": write_span(setting.said) if setting.said else None,
        "said_on": setting.said_on,
    } | _own_id(setting.addressee_id, names, "addressee_actor_id")


def _condition(condition: Condition, write_span: _WriteSpan) -> dict[str, object]:
    return {
        "relation": condition.relation,
        "what": write_span(condition.what),
        "requirement": write_span(condition.requirement),
    }


def _attribution_extras(
    attribution: Attribution, stmt: Statement, names: dict[str, str], write_span: _WriteSpan
) -> dict[str, object]:
    obj = _own_id(attribution.actor_id, names)
    if attribution.reason not in (None, NO_REASON):
        obj["actor_reason"] = attribution.reason
    if attribution.mention != first(stmt.source):
        obj["mention"] = write_span(attribution.mention) if attribution.mention else None
    if attribution.evidence:
        obj["actor_evidence"] = [write_span(span) for span in attribution.evidence]
    if attribution.score is not None:
        obj["actor_score"] = attribution.score
    if attribution.alternatives:
        obj["alternatives"] = [_alternative(alternative, names) for alternative in attribution.alternatives]
    return obj


def _alternative(alternative: Alternative, names: dict[str, str]) -> dict[str, object]:
    actor = alternative.actor_id
    return {"actor": _name(actor, names), "score": alternative.score} | _own_id(actor, names)


def first(spans: Spans) -> Span | None:
    """The first of `spans`, if there is one: what an attribution's mention is unless it says otherwise."""
    return spans[0] if spans else None


def _position_extras(position: Position, write_span: _WriteSpan) -> dict[str, object]:
    obj: dict[str, object] = {}
    if position.target is not None:
        obj["target"] = write_span(position.target)
    if position.evidence:
        obj["act_evidence"] = [write_span(span) for span in position.evidence]
    if position.score is not None:
        obj["position_score"] = position.score
    return obj


def _actor(actor: Actor) -> dict[str, object]:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "names": list(actor.names),
        "external_ids": [{"scheme": entry.scheme, "value": entry.value} for entry in actor.external_ids],
        "roles": [{"title": role.title, "start": role.start, "end": role.end} for role in actor.roles],
    }
