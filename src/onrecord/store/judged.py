"""How do attributions, chains, settings and positions lie in the ledger?

They are read back as they stand once people were heard.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from onrecord.record.actor import ActorKind
from onrecord.record.attribution import Alternative, Attribution, SourceKind
from onrecord.record.chain import Anonymity, Chain, Hop
from onrecord.record.position import Act, Certainty, Condition, Polarity, Position, Relation
from onrecord.record.reading import Reading
from onrecord.record.setting import Occasion, Setting
from onrecord.record.span import Span
from onrecord.store.groups import representative
from onrecord.store.values import Row, Value, exact_values, parsed, span_of, span_text, spans_of, spans_text, sql_values

_ATTRIBUTION = ("mention", "source_kind", "actor_id", "reason", "evidence", "score", "alternatives", "exact")
_HOP = ("mention", "actor_id", "kind", "named", "act", "evidence", "on_behalf_of", "anonymity", "exact")
_SETTING = ("occasion", "occasion_spans", "addressee", "addressee_id", "place", "said", "said_on", "exact")
_POSITION = ("act", "polarity", "certainty", "issue_id", "target", "evidence", "score")
_CONDITION = ("relation", "what", "requirement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is said of one statement beyond its words.

    Attributes:
        attribution: Who its source is; None if nobody has looked.
        chain: By which hops it came; None likewise.
        setting: Where, when and to whom it was said; None if the text does not say.
        position: What it does, and on which issue; None if nobody has looked.
    """

    attribution: Attribution | None = None
    chain: Chain | None = None
    setting: Setting | None = None
    position: Position | None = None

    @property
    def actor_ids(self) -> tuple[str, ...]:
        """The actors that it names."""
        named: list[str | None] = []
        if self.attribution is not None:
            named.append(self.attribution.actor_id)
            named += (alternative.actor_id for alternative in self.attribution.alternatives)
        for hop in self.chain.hops if self.chain is not None else ():
            named += (hop.actor_id, hop.on_behalf_of)
        if self.setting is not None:
            named.append(self.setting.addressee_id)
        return tuple(dict.fromkeys(actor for actor in named if actor is not None))

    @property
    def spans(self) -> Iterator[Span]:
        """Every span in it."""
        if self.attribution is not None:
            yield from _there(self.attribution.mention)
            yield from self.attribution.evidence
        for hop in self.chain.hops if self.chain is not None else ():
            yield from (*_there(hop.mention), *hop.evidence)
            if hop.anonymity is not None:
                yield from _there(hop.anonymity.position, hop.anonymity.side, hop.anonymity.condition)
        if self.setting is not None:
            yield from self.setting.occasion_spans
            yield from _there(self.setting.addressee, self.setting.place, self.setting.said)
        if self.position is not None:
            yield from (*_there(self.position.target), *self.position.evidence)
            for condition in self.position.conditions:
                yield from (condition.what, condition.requirement)


NOTHING = Judged()


def _there(*spans: Span | None) -> Iterator[Span]:
    return (span for span in spans if span is not None)


def judged_in(reading: Reading) -> dict[str, Judged]:
    """What does a reading say of each of its statements? Of several attributions and so on, the last."""
    found: dict[str, Judged] = {}
    for attribution in reading.attributions:
        found[attribution.statement_id] = Judged(attribution=attribution)
    for chain in reading.chains:
        found[chain.statement_id] = replace(found.get(chain.statement_id, NOTHING), chain=chain)
    for setting in reading.settings:
        found[setting.statement_id] = replace(found.get(setting.statement_id, NOTHING), setting=setting)
    for position in reading.positions:
        found[position.statement_id] = replace(found.get(position.statement_id, NOTHING), position=position)
    return found


# Writing


def write_judged(connection: sqlite3.Connection, reading_id: int, reading: Reading) -> None:
    """Records all that a reading says of its statements."""
    rows: dict[str, list[Row]] = {"attribution": [], "hop": [], "setting": [], "position": [], "condition": []}
    for identifier, judged in judged_in(reading).items():
        key = (reading_id, identifier)
        if judged.attribution is not None:
            rows["attribution"].append((*key, *_attribution_row(judged.attribution)))
        for place, hop in enumerate(judged.chain.hops if judged.chain is not None else ()):
            rows["hop"].append((*key, place, *_hop_row(hop)))
        if judged.setting is not None:
            rows["setting"].append((*key, *_setting_row(judged.setting)))
        if judged.position is not None:
            rows["position"].append((*key, *_position_row(judged.position)))
            for place, condition in enumerate(judged.position.conditions):
                spans = (span_text(condition.what), span_text(condition.requirement))
                rows["condition"].append((*key, place, condition.relation, *spans))
    for table, (numbered, columns) in _TABLES.items():
        names = ("reading_id", "statement_id", *numbered, *columns)
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows[table]
        )


_TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "attribution": ((), _ATTRIBUTION),
    "hop": (("position",), _HOP),
    "setting": ((), _SETTING),
    "position": ((), _POSITION),
    "condition": (("ordinal",), _CONDITION),
}


def _attribution_row(attribution: Attribution) -> Row:
    values: dict[str, Value] = {
        "mention": span_text(attribution.mention),
        "source_kind": attribution.source_kind,
        "actor_id": attribution.actor_id,
        "reason": attribution.reason,
        "evidence": spans_text(attribution.evidence),
        "score": _real(attribution.score),
        "alternatives": json.dumps([[each.actor_id, _real(each.score)] for each in attribution.alternatives]),
    }
    return _ordered(values, _ATTRIBUTION)


def _hop_row(hop: Hop) -> Row:
    values: dict[str, Value] = {
        "mention": span_text(hop.mention),
        "actor_id": hop.actor_id,
        "kind": hop.kind,
        "named": int(hop.named),
        "act": hop.act,
        "evidence": spans_text(hop.evidence),
        "on_behalf_of": hop.on_behalf_of,
        "anonymity": _anonymity_text(hop.anonymity),
    }
    return _ordered(values, _HOP)


def _setting_row(setting: Setting) -> Row:
    values: dict[str, Value] = {
        "occasion": setting.occasion,
        "occasion_spans": spans_text(setting.occasion_spans),
        "addressee": span_text(setting.addressee),
        "addressee_id": setting.addressee_id,
        "place": span_text(setting.place),
        "said": span_text(setting.said),
        "said_on": setting.said_on,
    }
    return _ordered(values, _SETTING)


def _position_row(position: Position) -> Row:
    return (
        position.act,
        position.polarity,
        position.certainty,
        position.issue_id,
        span_text(position.target),
        spans_text(position.evidence),
        _real(position.score),
    )


def _ordered(values: dict[str, Value], columns: tuple[str, ...]) -> Row:
    stored = sql_values(values)
    return tuple(stored[name] for name in columns)


def _real(score: float | None) -> float | None:
    return None if score is None else float(score)


def _anonymity_text(anonymity: Anonymity | None) -> str | None:
    if anonymity is None:
        return None
    spans = {"position": anonymity.position, "side": anonymity.side, "condition": anonymity.condition}
    said: dict[str, object] = {name: [span.start, span.end] for name, span in spans.items() if span is not None}
    if anonymity.count is not None:
        said["count"] = anonymity.count
    return json.dumps(said)


def _anonymity_of(text: Value) -> Anonymity | None:
    if text is None:
        return None
    said = json.loads(cast(str, text))
    spans = {name: Span(*said[name]) for name in ("position", "side", "condition") if name in said}
    return Anonymity(count=said.get("count"), **spans)


# Reading


def judged_of(connection: sqlite3.Connection, reading_id: int, *, heard: bool = True) -> dict[str, Judged]:
    """What does this reading say of its statements?

    Args:
        connection: The ledger.
        reading_id: The reading.
        heard: Whether people were heard; else what the machine observed, every actor as the reading names it.
    """
    return _judged(connection, "{} AS x WHERE x.reading_id = ?", reading_id, heard=heard)


def judged_among(connection: sqlite3.Connection, keys: Iterable[tuple[int, str]]) -> dict[str, Judged]:
    """What do readings say of some statements, once people were heard? By the statements' ids.

    Args:
        connection: The ledger.
        keys: The number of a reading and the id of a statement; each statement once.
    """
    among = (
        "json_each(?) AS k CROSS JOIN {} AS x ON x.reading_id = json_extract(k.value, '$[0]') "
        "AND x.statement_id = json_extract(k.value, '$[1]')"
    )
    return _judged(connection, among, json.dumps(list(keys)), heard=True)


def _judged(connection: sqlite3.Connection, among: str, key: int | str, *, heard: bool) -> dict[str, Judged]:
    """What is said of the statements that `among` finds, SQL with a place for the table or view."""
    decided = "decided_" if heard else ""

    def rows(view: str, columns: Iterable[str], order: str = "") -> Iterator[tuple[Value, ...]]:
        names = ", ".join(f"x.{name}" for name in columns)
        return connection.execute(f"SELECT x.statement_id, {names} FROM {among.format(view)} {order}", (key,))

    found: dict[str, Judged] = {}
    for identifier, *row in rows(f"{decided}attribution", _ATTRIBUTION):
        attribution = _attribution_of(connection if heard else None, cast(str, identifier), row)
        found[attribution.statement_id] = Judged(attribution=attribution)
    hops: dict[str, list[Hop]] = {}
    for identifier, *row in rows(f"{decided}hop", _HOP, "ORDER BY x.statement_id, x.position"):
        hops.setdefault(cast(str, identifier), []).append(_hop_of(row))
    for identifier, chain in hops.items():
        found[identifier] = replace(
            found.get(identifier, NOTHING), chain=Chain(statement_id=identifier, hops=tuple(chain))
        )
    for identifier, *row in rows(f"{decided}setting", _SETTING):
        setting = _setting_of(cast(str, identifier), row)
        found[setting.statement_id] = replace(found.get(setting.statement_id, NOTHING), setting=setting)
    conditions: dict[str, list[Condition]] = {}
    for identifier, *row in rows("condition", _CONDITION, "ORDER BY x.statement_id, x.ordinal"):
        conditions.setdefault(cast(str, identifier), []).append(_condition_of(row))
    for identifier, *row in rows(f"{decided}position", _POSITION):
        position = _position_of(cast(str, identifier), row, conditions.get(cast(str, identifier), []))
        found[position.statement_id] = replace(found.get(position.statement_id, NOTHING), position=position)
    return found


def _attribution_of(connection: sqlite3.Connection | None, identifier: str, row: list[Value]) -> Attribution:
    values = exact_values(dict(zip(_ATTRIBUTION, row, strict=True)))
    # Once people say that two are one, the actor itself may be among those that were weighed.
    weighed = [
        Alternative(actor_id=chosen, score=score)
        for actor, score in parsed(values["alternatives"])
        if (chosen := representative(connection, actor) if connection else actor) != values["actor_id"]
    ]
    return Attribution(
        statement_id=identifier,
        mention=span_of(values["mention"]),
        source_kind=cast("SourceKind | None", values["source_kind"]),
        actor_id=cast("str | None", values["actor_id"]),
        reason=cast("str | None", values["reason"]),
        evidence=spans_of(values["evidence"]),
        score=cast("float | None", values["score"]),
        alternatives=tuple(weighed),
    )


def _hop_of(row: list[Value]) -> Hop:
    values = exact_values(dict(zip(_HOP, row, strict=True)))
    return Hop(
        mention=span_of(values["mention"]),
        actor_id=cast("str | None", values["actor_id"]),
        kind=cast(ActorKind, values["kind"]),
        named=bool(values["named"]),
        act=cast(str, values["act"]),
        evidence=spans_of(values["evidence"]),
        on_behalf_of=cast("str | None", values["on_behalf_of"]),
        anonymity=_anonymity_of(values["anonymity"]),
    )


def _setting_of(identifier: str, row: list[Value]) -> Setting:
    values = exact_values(dict(zip(_SETTING, row, strict=True)))
    return Setting(
        statement_id=identifier,
        occasion=cast("Occasion | None", values["occasion"]),
        occasion_spans=spans_of(values["occasion_spans"]),
        addressee=span_of(values["addressee"]),
        addressee_id=cast("str | None", values["addressee_id"]),
        place=span_of(values["place"]),
        said=span_of(values["said"]),
        said_on=cast("str | None", values["said_on"]),
    )


def _condition_of(row: list[Value]) -> Condition:
    relation, what, requirement = row
    return Condition(
        relation=cast(Relation, relation), what=_sure(span_of(what)), requirement=_sure(span_of(requirement))
    )


def _sure(span: Span | None) -> Span:
    assert span is not None
    return span


def _position_of(identifier: str, row: list[Value], conditions: list[Condition]) -> Position:
    act, polarity, certainty, issue, target, evidence, score = row
    return Position(
        statement_id=identifier,
        act=cast("Act | None", act),
        polarity=cast("Polarity | None", polarity),
        certainty=cast("Certainty | None", certainty),
        issue_id=cast("str | None", issue),
        conditions=tuple(conditions),
        target=span_of(target),
        evidence=spans_of(evidence),
        score=cast("float | None", score),
    )
