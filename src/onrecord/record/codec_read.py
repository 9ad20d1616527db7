"""Which reading does an object in the public JSON form hold?"""

from __future__ import annotations

from onrecord.errors import InputError
from onrecord.record.actor import ACTOR_KINDS, Actor, ActorKind, ExternalId, Role, actor_id
from onrecord.record.attribution import NO_REASON, SOURCE_KINDS, Alternative, Attribution
from onrecord.record.chain import Anonymity, Chain, Hop
from onrecord.record.codec_write import first
from onrecord.record.document import ORIGIN_KINDS, Document, Origin, Published, Reader, document_id
from onrecord.record.fields import Fields
from onrecord.record.ids import sha256_hex
from onrecord.record.issue import Issue, issue_id
from onrecord.record.position import ACTS, CERTAINTIES, POLARITIES, RELATIONS, Condition, Position
from onrecord.record.reading import Reading
from onrecord.record.setting import OCCASIONS, Setting
from onrecord.record.statement import KINDS, Statement, statement_id

_READER = Reader(name="json", version="1")
_JUDGED = ("act", "polarity", "certainty", "issue", "target", "act_evidence", "position_score")


def reading_from_json(obj: object) -> Reading:
    """Which reading does `obj` hold? The way back of :func:`onrecord.record.codec_write.reading_to_json`.

    Fields that the form does not know are passed over. Statements keep the ids that they are given; one that
    has none gets the hash of its content. A document without ``provenance`` was made in memory.

    Raises:
        InputError: OR-106, a field is missing, of the wrong type or does not fit the others.
        TextError: OR-201, a span does not lie in the text or reads otherwise; OR-202, a word that the
            codebook does not know.
    """
    name = obj.get("id") if isinstance(obj, dict) else None
    fields = Fields(obj, at=f"document {name}" if name is not None else "the document")
    doc = _document(fields)
    cast = _Cast(fields)
    issues = {label: Issue(id=issue_id(label), label=label) for label in fields.texts("issues")}
    statements, attributions, chains, positions, settings = [], [], [], [], []
    for inner in fields.inners("statements"):
        stmt = _statement(inner, doc)
        inner.at = f"statement {stmt.id} of {fields.at}"
        statements.append(stmt)
        if inner.has("source_kind") or inner.has("actor"):
            attributions.append(_attribution(inner, stmt, doc.text, cast))
        hops = tuple(_hop(hop, doc.text, cast) for hop in inner.inners("chain"))
        if hops:
            chains.append(Chain(statement_id=stmt.id, hops=hops))
        if inner.items("conditions") or any(inner.has(key) for key in _JUDGED):
            label = inner.text_or_none("issue")
            if label is not None:
                issues.setdefault(label, Issue(id=issue_id(label), label=label))
            positions.append(_position(inner, stmt, doc.text, label))
        setting = inner.inner("setting")
        if setting is not None:
            settings.append(_setting(setting, stmt, doc.text, cast))
    _check_nesting(statements, fields.at)
    return Reading(
        document=doc,
        statements=tuple(statements),
        attributions=tuple(attributions),
        chains=tuple(chains),
        positions=tuple(positions),
        actors=cast.actors(),
        issues=tuple(issues.values()),
        settings=tuple(settings),
    )


def _document(fields: Fields) -> Document:
    text = fields.text("text")
    url, outlet = fields.text_or_none("url"), fields.text_or_none("outlet")
    published = fields.text_or_none("published")
    own_id = document_id(text, url=url, outlet=outlet, published=published)
    if fields.text_or_none("document_id") not in (None, own_id):
        raise InputError(
            "OR-106",
            f"{fields.at}: `document_id` is not the id of this text, url, outlet and publication date",
            hint="The record was edited. Take `document_id` out of it, and it is read as a new document.",
        )
    given = fields.text_or_none("id")
    note = fields.text_or_none("origin")
    provenance = fields.inner("provenance")
    return Document(
        id=own_id,
        text=text,
        external_id=None if given == own_id else given,
        url=url,
        title=fields.text_or_none("title"),
        outlet=outlet,
        published=None if published is None else Published.from_iso(published),
        retrieved=provenance.text_or_none("retrieved") if provenance else None,
        language=fields.text_or_none("language"),
        story=fields.text_or_none("story"),
        origin=_origin(provenance, text, note),
        reader=_reader(provenance),
    )


def _origin(provenance: Fields | None, text: str, note: str | None) -> Origin:
    if provenance is None:
        return Origin(kind="memory", digest=sha256_hex(text.encode("utf-8", "surrogatepass")), note=note)
    return Origin(
        kind=provenance.word("kind", ORIGIN_KINDS),
        path=provenance.text_or_none("path"),
        record=provenance.int_or_none("record"),
        byte_offset=provenance.int_or_none("byte_offset"),
        digest=provenance.text("digest"),
        note=note,
    )


def _reader(provenance: Fields | None) -> Reader:
    reader = provenance.inner("reader") if provenance else None
    return _READER if reader is None else Reader(name=reader.text("name"), version=reader.text("version"))


def _statement(fields: Fields, doc: Document) -> Statement:
    content, cue, source = (fields.spans(key, of=doc.text) for key in ("content", "cue", "source"))
    given = fields.text_or_none("id")
    score = fields.number_or_none("score")
    return Statement(
        id=statement_id(doc.id, content=content, cue=cue, source=source) if given is None else given,
        document_id=doc.id,
        kind=fields.word("kind", KINDS),
        content=content,
        cue=cue,
        source=source,
        within=fields.text_or_none("within"),
        score=1.0 if score is None else score,
    )


def _check_nesting(statements: list[Statement], at: str) -> None:
    within = {stmt.id: stmt.within for stmt in statements}
    if len(within) < len(statements):
        raise InputError("OR-106", f"{at}: two statements have the same id")
    grounded: set[str] = set()
    for stmt in statements:
        path: dict[str, None] = {}
        current: str | None = stmt.id
        while current is not None and current not in grounded:
            if current in path:
                raise InputError("OR-106", f"{at}: statement {current} stands within itself")
            if current not in within:
                raise InputError("OR-106", f"{at}: a statement stands within {current!r}, which is not there")
            path[current] = None
            current = within[current]
        grounded.update(path)


def _attribution(fields: Fields, stmt: Statement, text: str, cast: _Cast) -> Attribution:
    actor = cast.find(fields, kind="unknown")
    spelled_out = fields.spells_out("mention")
    return Attribution(
        statement_id=stmt.id,
        mention=fields.span_or_none("mention", of=text) if spelled_out else first(stmt.source),
        source_kind=fields.word_or_none("source_kind", SOURCE_KINDS),
        actor_id=actor,
        reason=None if actor is not None else fields.text_or_none("actor_reason") or NO_REASON,
        evidence=fields.spans("actor_evidence", of=text),
        score=fields.number_or_none("actor_score"),
        alternatives=tuple(_alternative(inner, cast) for inner in fields.inners("alternatives")),
    )


def _alternative(fields: Fields, cast: _Cast) -> Alternative:
    actor = cast.find(fields, kind="unknown")
    if actor is None:
        raise InputError("OR-106", f"{fields.at} does not name an `actor`")
    return Alternative(actor_id=actor, score=fields.number_or_none("score"))


def _hop(fields: Fields, text: str, cast: _Cast) -> Hop:
    kind = fields.word("kind", ACTOR_KINDS)
    named = fields.flag_or_none("named")
    if named is None:
        raise InputError("OR-106", f"{fields.at} does not say whether it is `named`")
    return Hop(
        mention=fields.span_or_none("mention", of=text),
        actor_id=cast.find(fields, kind=kind),
        kind=kind,
        named=named,
        act=fields.text("act"),
        evidence=fields.spans("evidence", of=text),
        on_behalf_of=cast.find(fields, kind="unknown", key="on_behalf_of", id_key="on_behalf_of_id"),
        anonymity=_anonymity(fields.inner("anonymity"), text),
    )


def _anonymity(fields: Fields | None, text: str) -> Anonymity | None:
    if fields is None:
        return None
    return Anonymity(
        position=fields.span_or_none("position", of=text),
        side=fields.span_or_none("side", of=text),
        count=fields.int_or_none("count"),
        condition=fields.span_or_none("condition", of=text),
    )


def _setting(fields: Fields, stmt: Statement, text: str, cast: _Cast) -> Setting:
    return Setting(
        statement_id=stmt.id,
        occasion=fields.word_or_none("occasion", OCCASIONS),
        occasion_spans=fields.spans("occasion_spans", of=text),
        addressee=fields.span_or_none("addressee", of=text),
        addressee_id=cast.find(fields, kind="unknown", key="addressee_actor", id_key="addressee_actor_id"),
        place=fields.span_or_none("place", of=text),
        said=fields.span_or_none("said", of=text),
        said_on=fields.text_or_none("said_on"),
    )


def _position(fields: Fields, stmt: Statement, text: str, label: str | None) -> Position:
    conditions = tuple(
        Condition(
            relation=inner.word("relation", RELATIONS),
            what=inner.span("what", of=text),
            requirement=inner.span("requirement", of=text),
        )
        for inner in fields.inners("conditions")
    )
    return Position(
        statement_id=stmt.id,
        act=fields.word_or_none("act", ACTS),
        polarity=fields.word_or_none("polarity", POLARITIES),
        certainty=fields.word_or_none("certainty", CERTAINTIES),
        issue_id=None if label is None else issue_id(label),
        conditions=conditions,
        target=fields.span_or_none("target", of=text),
        evidence=fields.spans("act_evidence", of=text),
        score=fields.number_or_none("position_score"),
    )


class _Cast:
    """The actors of one document: as it lists them, or else in the order in which its statements name
    them."""

    def __init__(self, fields: Fields) -> None:
        self._actors = {actor.id: actor for actor in map(_actor, fields.inners("actors"))}
        self._listed = frozenset(self._actors)

    def actors(self) -> tuple[Actor, ...]:
        return tuple(self._actors.values())

    def find(self, fields: Fields, *, kind: ActorKind, key: str = "actor", id_key: str = "actor_id") -> str | None:
        """The id of the actor that `fields` names under `key`; its kind is that of the first mention that knows one."""
        name = fields.text_or_none(key)
        if name is None:
            return None
        own_id = fields.text_or_none(id_key) or actor_id(name)
        known = self._actors.get(own_id)
        if known is None or (known.kind == "unknown" and own_id not in self._listed):
            self._actors[own_id] = Actor(id=own_id, name=name, kind=kind)
        return own_id


def _actor(fields: Fields) -> Actor:
    name = fields.text("name")
    return Actor(
        id=fields.text_or_none("id") or actor_id(name),
        name=name,
        kind=fields.word_or_none("kind", ACTOR_KINDS) or "unknown",
        names=fields.texts("names"),
        external_ids=tuple(
            ExternalId(scheme=entry.text("scheme"), value=entry.text("value"))
            for entry in fields.inners("external_ids")
        ),
        roles=tuple(
            Role(title=role.text("title"), start=role.text_or_none("start"), end=role.text_or_none("end"))
            for role in fields.inners("roles")
        ),
    )
