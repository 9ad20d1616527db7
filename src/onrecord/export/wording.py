"""How is all that is said of a statement put into words?

The terminal, the pipe and the HTML page say the same in the same words; each gives the pieces a look of its own.
What is unknown is said, not left out: *unresolved*, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from onrecord.export.visible import counted, quote, visible
from onrecord.record.actor import Actor, Role
from onrecord.record.attribution import NO_REASON, SourceKind
from onrecord.record.chain import Anonymity, Hop
from onrecord.record.position import Condition, Position
from onrecord.record.reading import Reading
from onrecord.record.setting import Setting
from onrecord.record.span import Span, Spans
from onrecord.record.statement import KINDS
from onrecord.views.aspects import Aspects
from onrecord.views.sources import Source, is_named, words_of

Look: TypeAlias = Literal[
    "actor", "open", "unnamed", "word", "quote", "soft", "title", "direct", "indirect", "mixed", "cue", "found"
]
"""What a piece is: an *actor*'s name, what is left *open*, the words of a source that is *unnamed*, a *word* of the
codebook, a *quote* from the text, a *cue*, a *title*, the label or words of a *direct*, *indirect* or *mixed*
statement, words that were looked for and *found*, or (*soft*) what holds these together."""

NO_SOURCE = "no source given"
UNRESOLVED = "unresolved"
NO_OUTLET = "outlet not given"
ARROW = " → "
DOT = " · "


class Piece(NamedTuple):
    """Some letters of a line, and what they are."""

    text: str
    look: Look


Line: TypeAlias = tuple[Piece, ...]


def plain_line(line: Line) -> str:
    """The line without its looks."""
    return "".join(piece.text for piece in line)


def summary(reading: Reading) -> str:
    """How many statements there are, by kind, how many name no source and of how many the source is unresolved."""
    found = reading.statements
    kinds = ((kind, sum(stmt.kind == kind for stmt in found)) for kind in KINDS)
    counts = ", ".join(f"{count} {kind}" for kind, count in kinds if count)
    line = counted(len(found), "statement") + (f": {counts}" if counts else "")
    silent = sum(not stmt.source for stmt in found)
    resolved = {attribution.statement_id for attribution in reading.attributions if attribution.actor_id is not None}
    unresolved = sum(bool(stmt.source) and stmt.id not in resolved for stmt in found) if reading.attributions else 0
    line += f"; {silent} without a source" if silent else ""
    return line + (f"; {unresolved} unresolved" if unresolved else "")


def source_line(aspects: Aspects) -> Line:
    """Who said it, and by which words the text names him: ``Ondrej Halvek (role “the president”)``."""
    words = visible(words_of(aspects))
    attribution = aspects.attribution
    if attribution is None:
        return (Piece(words, "actor"),) if words else (Piece(NO_SOURCE, "open"),)
    mention = (Piece(" (", "soft"), *mention_line(aspects), Piece(")", "soft")) if words else ()
    actor = aspects.actor
    if actor is not None:
        return (*_unnamed_of(is_named(aspects)), Piece(visible(actor.name), "actor"), *mention)
    known = attribution.reason if attribution.reason != NO_REASON else None
    known = known or (NO_SOURCE if attribution.source_kind == "none" else None)
    reason = f": {visible(known)}" if known else ""
    return (Piece(UNRESOLVED, "open"), *mention, Piece(reason, "open"))


def _unnamed_of(named: bool) -> Line:
    """What to say before the actor to whom a source belongs that the text does not name."""
    return () if named else (Piece("unnamed, of ", "unnamed"),)


def mention_line(aspects: Aspects) -> Line:
    """By which words the text names the source, and how: ``role “the president”``."""
    words = visible(words_of(aspects))
    if not words:
        return (Piece(NO_SOURCE, "soft"),)
    kind = source_kind_word(aspects.attribution.source_kind if aspects.attribution is not None else None)
    return (Piece(f"{kind} " if kind else "", "word"), *_quoted(words))


def speaker_line(source: Source) -> Line:
    """Who speaks: an actor, or *unresolved* with the words that name the source and the reason."""
    if source.actor is not None:
        return (*_unnamed_of(source.named), Piece(visible(source.actor.name), "actor"))
    words = f" “{visible(source.words[0])}”" if source.words else ""
    reason = source.reason or (None if words else NO_SOURCE)
    return (
        Piece(UNRESOLVED, "open"),
        Piece(words, "quote"),
        Piece(f": {visible(reason)}" if reason else "", "open"),
    )


def actor_lines(actor: Actor, *, names: int = 6) -> Iterator[Line]:
    """Who an actor is: name, kind and id; other names, of many the first `names`; offices; entries elsewhere."""
    yield (Piece(visible(actor.name), "actor"), Piece(f" · {actor.kind} · {actor.id}", "soft"))
    if actor.names:
        yield (Piece("also ", "soft"), Piece(variants(actor.names, names), "quote"))
    if actor.roles:
        yield (Piece("roles ", "soft"), Piece("; ".join(map(_role, actor.roles)), "quote"))
    if actor.external_ids:
        entries = ", ".join(f"{entry.scheme} {entry.value}" for entry in actor.external_ids)
        yield (Piece(f"known as {visible(entries)}", "soft"),)


def variants(names: tuple[str, ...], most: int) -> str:
    """The first names of many, and how many others there are."""
    rest = len(names) - most
    return visible(", ".join(names[:most])) + (f" and {rest:,} more" if rest > 0 else "")


def _role(role: Role) -> str:
    if role.start is None and role.end is None:
        return visible(role.title)
    return visible(f"{role.title} ({role.start or '?'} – {role.end or ''})".replace(" – )", " –)"))


def source_kind_word(kind: SourceKind | None) -> str:
    """How a text names a source, in one word; empty where nobody has looked or it names nobody."""
    return "" if kind in (None, "none") else str(kind)


def position_line(aspects: Aspects) -> Line:
    """What is done by saying it: ``denies · positive · certain``; empty if nobody has looked."""
    position = aspects.position
    if position is None:
        return ()
    words = [word for word in (position.act, position.polarity, position.certainty) if word is not None]
    pieces: list[Line] = [(Piece(word, "word"),) for word in words]
    if position.target is not None:
        pieces.append((Piece("about ", "soft"), *_quoted(_quote(aspects.text, position.target))))
    return _joined(pieces, DOT)


def chain_line(aspects: Aspects) -> Line:
    """By which hops it came, the one nearest the words first; empty if nobody has looked."""
    if aspects.chain is None:
        return ()
    return _joined([hop_line(hop, aspects) for hop in aspects.chain.hops], ARROW)


def hop_line(hop: Hop, aspects: Aspects) -> Line:
    """One hop: ``TV Balta (interview)``, ``“two officials” (unnamed, 2; said)``."""
    actor = aspects.named(hop.actor_id)
    words = _quote(aspects.text, hop.mention)
    traits = []
    if hop.named and actor is not None:
        name: Line = (Piece(visible(actor.name), "actor"),)
    elif words:
        name = (Piece(f"“{words}”", "open" if hop.named else "unnamed"),)
    else:
        # An implied outlet, or an origin that the text leaves out; neither has words to show.
        silent = NO_OUTLET if hop.kind == "outlet" else NO_SOURCE
        name = (Piece(visible(actor.name), "unnamed") if actor is not None else Piece(silent, "soft"),)
    if not hop.named and (words or actor is not None):
        of = f" of {visible(actor.name)}" if actor is not None and words else ""
        kind = "" if hop.kind == "unknown" or of else f"{hop.kind}, "
        traits.append(f"{kind}unnamed{of}")
        traits += _described(hop.anonymity, words, aspects.text)
    elif hop.named and actor is None:
        traits.append(UNRESOLVED)
    speaks_for = aspects.named(hop.on_behalf_of)
    if speaks_for is not None and speaks_for is not actor:
        traits.append(f"for {visible(speaks_for.name)}")
    note = "".join(f"{trait}; " for trait in traits)
    return (*name, Piece(f" ({note}", "soft"), Piece(visible(hop.act), "word"), Piece(")", "soft"))


def _described(anonymity: Anonymity | None, mention: str, text: str) -> Iterator[str]:
    """What the text says of an unnamed source beyond the words that mention it."""
    if anonymity is None:
        return
    if anonymity.count is not None and anonymity.count > 1:
        yield f"{anonymity.count} of them"
    for span in (anonymity.position, anonymity.side):
        words = _quote(text, span)
        if words and words not in mention:
            yield f"“{words}”"
    if anonymity.condition is not None:
        yield f"“{_quote(text, anonymity.condition)}”"


def setting_line(aspects: Aspects) -> Line:
    """Where, when and to whom it was said, as far as the text says; empty if it does not."""
    setting = aspects.setting
    if setting is None:
        return ()
    pieces: list[Line] = []
    if setting.occasion is not None:
        words = quote(aspects.text, setting.occasion_spans)
        pieces.append((Piece(setting.occasion, "word"), Piece(" ", "soft"), *_quoted(words)))
    for word, span in (("to ", setting.addressee), ("", setting.place), ("", setting.said)):
        if span is not None and not _inside(span, setting):
            pieces.append((Piece(word, "soft"), *_quoted(_quote(aspects.text, span))))
    addressee = aspects.named(setting.addressee_id)
    if addressee is not None and visible(addressee.name) not in plain_line(_joined(pieces, DOT)):
        pieces.append((Piece("to ", "soft"), Piece(visible(addressee.name), "actor")))
    if setting.said_on is not None:
        pieces.append((Piece(setting.said_on, "word"),))
    return _joined(pieces, DOT)


def _inside(span: Span, setting: Setting) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in setting.occasion_spans)


def condition_line(condition: Condition, text: str, *, limit: int | None = None) -> Line:
    """What must be so, and for what: ``before · requirement “guarantees” · for “talks begin”``."""
    return (
        Piece(condition.relation, "word"),
        Piece(f"{DOT}requirement ", "soft"),
        *_quoted(quote(text, (condition.requirement,), limit=limit)),
        Piece(f"{DOT}for ", "soft"),
        *_quoted(quote(text, (condition.what,), limit=limit)),
    )


def form_line(aspects: Aspects) -> Line:
    """Cue, kind and scores of a statement."""
    stmt, attribution = aspects.statement, aspects.attribution
    cue = _quoted(quote(aspects.text, stmt.cue)) if stmt.cue else (Piece("no cue", "soft"),)
    score = f"score {stmt.score:.2f}"
    if attribution is not None and attribution.actor_id is not None and attribution.score is not None:
        score += f", actor {attribution.score:.2f}"
    return _joined([cue, (Piece(stmt.kind, "word"),), (Piece(score, "soft"),)], DOT)


def labelled_lines(aspects: Aspects, *, limit: int | None = None) -> Iterator[tuple[str, Line]]:
    """Chain, setting, conditions and issue, each under its noun; only those that there are."""
    for label, line in (("chain", chain_line(aspects)), ("setting", setting_line(aspects))):
        if line:
            yield label, line
    for condition in _conditions(aspects.position):
        yield "condition", condition_line(condition, aspects.text, limit=limit)
    if aspects.issue is not None:
        yield "issue", (Piece(visible(aspects.issue.label), "quote"),)


def _conditions(position: Position | None) -> tuple[Condition, ...]:
    return position.conditions if position is not None else ()


def _quote(text: str, span: Span | None) -> str:
    spans: Spans = (span,) if span is not None else ()
    return quote(text, spans)


def _quoted(words: str) -> Line:
    return (Piece(f"“{words}”", "quote"),) if words else ()


def _joined(lines: list[Line], between: str) -> Line:
    pieces: list[Piece] = []
    for line in lines:
        if pieces:
            pieces.append(Piece(between, "soft"))
        pieces += line
    return tuple(pieces)
