"""Hypothesis strategies for what onrecord reads and records: every document here is valid, however odd."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from onrecord.record import (
    ACTOR_KINDS,
    ACTS,
    CERTAINTIES,
    KINDS,
    OCCASIONS,
    POLARITIES,
    RELATIONS,
    SOURCE_KINDS,
    Actor,
    Alternative,
    Anonymity,
    Attribution,
    Chain,
    Condition,
    Document,
    ExternalId,
    Hop,
    Issue,
    Origin,
    Position,
    Published,
    Reader,
    Reading,
    Role,
    Setting,
    Span,
    Spans,
    Statement,
    actor_id,
    document_id,
    issue_id,
    sha256_hex,
    statement_id,
)

_WORDS = [
    "He",
    "said",
    "that",
    "Kyiv",
    "U.S.",
    "No",
    "will",
    "the",
    "Zelenskyy",
    "3.5",
    "Mr.",
    "I",
    "talks",
    "não",
    "ß",
    "Їжак",
]
_MARKS = [
    ".",
    "!",
    "?",
    "…",
    "...",
    ",",
    ":",
    " - ",
    " — ",
    '"',
    "“",
    "”",
    "„",
    "«",
    "»",
    "‘",
    "’",
    "'",
    "(",
    ")",
    "。",
]
_SPACES = [" ", "\n", "\n\n", "\r\n", "\r", "\t", "\xa0", "\u202f", "\u3000", "\u2028", "\x0b"]
_ODD = [
    "\x00",
    "\x07",
    "\x85",
    "\x93",
    "\ufeff",
    "\u200b",
    "\xad",
    "\u200d",
    "\u202e",
    "e\u0301",
    "\u0301",
    "q\u0323\u0307",
    "\u212b",
    "\u1112\u1161\u11ab",
    "한국",
    "שלום",
    "مرحبا؟",
    "नमस्ते।",
    "日本語",
    "😀",
    "👩‍👩‍👧",
    "🇺🇦",
    "𝒳",
    "\U0010ffff",
    "\ufffd",
]
_LONE = ["\ud800", "\udc00", "\udfff", "\udbff"]
_PAIR = re.compile("[\ud800-\udbff]+(?=[\udc00-\udfff])")


def unpaired(text: str) -> str:
    """`text` without surrogate pairs: as two code points, no reader of bytes ever makes one."""
    return _PAIR.sub("", text)


def texts(*, min_size: int = 0, max_pieces: int = 40, surrogates: bool = True) -> st.SearchStrategy[str]:
    """Texts with emoji, right-to-left script, CRLF, NUL, astral characters, combining marks, surrogates."""
    pieces = [
        st.sampled_from(_WORDS),
        st.sampled_from(_SPACES),
        st.sampled_from(_MARKS),
        st.sampled_from(_ODD),
        st.characters(exclude_categories=["Cs"]),
    ]
    if surrogates:
        pieces.append(st.sampled_from(_LONE))
    made = st.lists(st.one_of(pieces), min_size=min_size, max_size=max_pieces).map("".join).map(unpaired)
    return made.filter(lambda text: len(text) >= min_size)


def names() -> st.SearchStrategy[str]:
    """Names of people, outlets, issues; never empty."""
    return st.sampled_from(["Zelenskyy", "UNN", "Київ", "Ali ‎علي", "O’Neill 😀", "日本"]) | texts(
        min_size=1, max_pieces=4, surrogates=False
    )


def spans(text: str) -> st.SearchStrategy[Span]:
    """Spans of `text`, which must not be empty."""
    return st.lists(st.integers(min_value=0, max_value=len(text)), min_size=2, max_size=2, unique=True).map(
        lambda ends: Span(min(ends), max(ends))
    )


def span_tuples(text: str, *, min_size: int, max_size: int = 3) -> st.SearchStrategy[Spans]:
    """Sorted spans of `text` that do not overlap; some touch."""
    # Two cuts make a span; an odd one is dropped.
    most = min(2 * max_size, len(text) + 1)
    return st.lists(
        st.integers(min_value=0, max_value=len(text)), min_size=2 * min_size, max_size=most, unique=True
    ).map(lambda cuts: tuple(Span(a, b) for a, b in zip(*[iter(sorted(cuts))] * 2, strict=False)))


def published() -> st.SearchStrategy[Published]:
    """Times of every precision."""
    return (
        st.datetimes()
        .flatmap(
            lambda at: st.sampled_from(
                [
                    f"{at.year:04}",
                    f"{at.year:04}-{at.month:02}",
                    at.date().isoformat(),
                    at.isoformat(timespec="minutes") + "+02:00",
                    at.isoformat(timespec="seconds") + "Z",
                ]
            )
        )
        .map(Published.from_iso)
    )


def _maybe(some: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | some


@st.composite
def documents(draw: st.DrawFn, *, text: st.SearchStrategy[str] | None = None) -> Document:
    """Documents from every sort of origin."""
    body = draw(texts(min_size=1) if text is None else text)
    url, outlet, when = draw(_maybe(names())), draw(_maybe(names())), draw(st.none() | published())
    own_id = document_id(body, url=url, outlet=outlet, published=when.value if when else None)
    kind = draw(st.sampled_from(["file", "stdin", "url", "jsonl", "feed", "memory"]))
    many = kind in ("jsonl", "feed")
    return Document(
        id=own_id,
        external_id=draw(_maybe(names())),
        text=body,
        url=url,
        title=draw(_maybe(names())),
        outlet=outlet,
        published=when,
        retrieved=draw(_maybe(st.just("2026-03-04T10:15:00+00:00"))),
        language=draw(_maybe(st.sampled_from(["en", "uk", "pt-BR"]))),
        story=draw(_maybe(names())),
        origin=Origin(
            kind=kind,
            path=draw(_maybe(names())),
            record=draw(st.integers(1, 10**6)) if many else None,
            byte_offset=draw(st.integers(0, 10**12)) if many else None,
            digest=sha256_hex(body.encode("utf-8", "surrogatepass")),
            note=draw(_maybe(names())),
        ),
        reader=Reader(name=draw(st.sampled_from(["plain", "html", "jsonl"])), version="1"),
    )


_SCORES = st.floats(0, 1)


@st.composite
def statements(draw: st.DrawFn, document: Document, *, within: Statement | None = None) -> Statement:
    """Statements of `document`, well formed in their offsets; what the words say is beside the point."""
    content = draw(span_tuples(document.text, min_size=1))
    cue, source = (draw(span_tuples(document.text, min_size=0)) for _ in range(2))
    return Statement(
        id=statement_id(document.id, content=content, cue=cue, source=source),
        document_id=document.id,
        kind=draw(st.sampled_from(KINDS)),
        content=content,
        cue=cue,
        source=source,
        within=within.id if within else None,
        score=draw(_SCORES),
    )


@st.composite
def readings(draw: st.DrawFn, *, judged: bool = True) -> Reading:
    """Documents with statements, some nested; with `judged`, also their actors, chains and so on."""
    doc = draw(documents())
    found: dict[str, Statement] = {}
    for _ in range(draw(st.integers(0, 4))):
        outer = draw(st.none() | st.sampled_from(list(found.values()))) if found else None
        stmt = draw(statements(doc, within=outer))
        found.setdefault(stmt.id, stmt)
    stmts = tuple(found.values())
    if not judged:
        return Reading(document=doc, statements=stmts)
    actors = draw(st.lists(_actors(), max_size=3, unique_by=lambda actor: actor.id))
    labels = draw(st.lists(names(), max_size=3, unique=True))
    return Reading(
        document=doc,
        statements=stmts,
        attributions=tuple(draw(_attributions(doc, s, actors)) for s in stmts if draw(st.booleans())),
        chains=tuple(
            Chain(statement_id=s.id, hops=tuple(draw(st.lists(_hops(doc, actors), min_size=1, max_size=3))))
            for s in stmts
            if draw(st.booleans())
        ),
        positions=tuple(draw(_positions(doc, s, labels)) for s in stmts if draw(st.booleans())),
        actors=tuple(actors),
        issues=tuple(Issue(id=issue_id(label), label=label) for label in labels),
        settings=tuple(draw(_settings(doc, s, actors)) for s in stmts if draw(st.booleans())),
    )


@st.composite
def _actors(draw: st.DrawFn) -> Actor:
    name = draw(names())
    return Actor(
        # Two people may share a name; then the ids tell them apart.
        id=draw(st.sampled_from([actor_id(name), "a-other"])),
        name=name,
        kind=draw(st.sampled_from(ACTOR_KINDS)),
        names=tuple(draw(st.lists(names(), max_size=2))),
        external_ids=draw(st.sampled_from([(), (ExternalId(scheme="wikidata", value="Q42"),)])),
        roles=draw(st.sampled_from([(), (Role(title="minister", start="2024-05"),)])),
    )


def _some_actor(actors: list[Actor]) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, *(actor.id for actor in actors)])


@st.composite
def _attributions(draw: st.DrawFn, doc: Document, stmt: Statement, actors: list[Actor]) -> Attribution:
    actor = draw(_some_actor(actors))
    return Attribution(
        statement_id=stmt.id,
        mention=draw(st.none() | spans(doc.text) | st.sampled_from([*stmt.source, None])),
        source_kind=draw(st.sampled_from(SOURCE_KINDS)),
        actor_id=actor,
        reason=draw(names()) if actor is None else None,
        evidence=draw(span_tuples(doc.text, min_size=0)),
        score=draw(st.none() | _SCORES),
        alternatives=tuple(
            Alternative(actor_id=other.id, score=draw(st.none() | _SCORES)) for other in actors if other.id != actor
        )[: draw(st.integers(0, 2))],
    )


@st.composite
def _hops(draw: st.DrawFn, doc: Document, actors: list[Actor]) -> Hop:
    return Hop(
        mention=draw(st.none() | spans(doc.text)),
        actor_id=draw(_some_actor(actors)),
        kind=draw(st.sampled_from(ACTOR_KINDS)),
        named=draw(st.booleans()),
        act=draw(st.sampled_from(["said", "told", "reported", "published"])),
        evidence=draw(span_tuples(doc.text, min_size=0)),
        on_behalf_of=draw(_some_actor(actors)),
        anonymity=draw(st.none() | _anonymities(doc)),
    )


def _anonymities(doc: Document) -> st.SearchStrategy[Anonymity]:
    maybe = st.none() | spans(doc.text)
    return st.builds(Anonymity, position=maybe, side=maybe, count=st.none() | st.integers(1, 9), condition=maybe)


def _settings(doc: Document, stmt: Statement, actors: list[Actor]) -> st.SearchStrategy[Setting]:
    maybe = st.none() | spans(doc.text)
    return st.builds(
        Setting,
        statement_id=st.just(stmt.id),
        occasion=st.sampled_from([None, *OCCASIONS]),
        occasion_spans=span_tuples(doc.text, min_size=0),
        addressee=maybe,
        addressee_id=_some_actor(actors),
        place=maybe,
        said=maybe,
        said_on=st.sampled_from([None, "2026-03", "2026-03-04"]),
    )


@st.composite
def _positions(draw: st.DrawFn, doc: Document, stmt: Statement, labels: list[str]) -> Position:
    label = draw(st.sampled_from([None, *labels]))
    condition = st.builds(
        Condition, relation=st.sampled_from(RELATIONS), what=spans(doc.text), requirement=spans(doc.text)
    )
    return Position(
        statement_id=stmt.id,
        act=draw(st.sampled_from(ACTS)),
        polarity=draw(st.sampled_from([None, *POLARITIES])),
        certainty=draw(st.sampled_from([None, *CERTAINTIES])),
        issue_id=None if label is None else issue_id(label),
        conditions=tuple(draw(st.lists(condition, max_size=2))),
        target=draw(st.none() | spans(doc.text)),
        evidence=draw(span_tuples(doc.text, min_size=0)),
        score=draw(st.none() | _SCORES),
    )
