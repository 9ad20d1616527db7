"""How a trace looks: the steps below each other, each with the words of the text that decide it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from onrecord.cli.decisions import decision_to_json, withdrawal_to_json
from onrecord.cli.display import INDENT, Excerpt, heading, print_reading
from onrecord.cli.paper import Paper
from onrecord.export.linked import marks_line
from onrecord.export.public import document_to_json, statement_to_json
from onrecord.export.visible import quote, visible
from onrecord.export.wording import (
    DOT,
    UNRESOLVED,
    Line,
    Piece,
    actor_lines,
    chain_line,
    condition_line,
    hop_line,
    mention_line,
    position_line,
    setting_line,
    source_line,
)
from onrecord.record.codec import link_to_json as plain_link_to_json
from onrecord.record.run import Run
from onrecord.record.span import Span, Spans
from onrecord.store import Entry
from onrecord.views.aspects import Aspects, aspects_of
from onrecord.views.trace import LinkTrace, Ruling, Trace, in_context

NO_WORDS = "no deciding words are on record"


def print_statement(trace: Trace, paper: Paper) -> None:
    """Print why the record says what it says of a statement."""
    aspects = trace.aspects
    print_reading(trace.entry.reading(), paper, only=Excerpt(aspects.statement.id, trace.passage))
    _print_actor(aspects, trace.rulings, paper)
    if aspects.chain is not None:
        _head("through whom", paper)
        for number, hop in enumerate(aspects.chain.hops):
            paper.line(*hop_line(hop, aspects), label=(Piece(str(number), "word"),), indent=INDENT)
            if hop.evidence:
                _print_evidence(hop.evidence, aspects.text, paper, indent=INDENT + 2)
            elif hop.mention is not None:
                _print_evidence((hop.mention,), aspects.text, paper, indent=INDENT + 2)
            else:
                paper.line(Piece("implied: the text does not mention it", "soft"), indent=INDENT + 2)
    _print_position(aspects, trace.rulings, paper)
    setting = setting_line(aspects)
    if setting:
        _head("where, when and to whom", paper)
        paper.line(*setting, indent=INDENT)
        if aspects.setting is not None:
            _print_evidence(aspects.setting.occasion_spans, aspects.text, paper)
    _print_run(trace.run, aspects.statement.score, paper)
    _print_rulings(trace.rulings, paper)


def _say_who_corrected(rulings: Sequence[Ruling], fields: Sequence[str], paper: Paper) -> None:
    for ruling in rulings:
        decision = ruling.decision
        if ruling.standing and decision.verdict == "corrected" and decision.field in fields:
            line = f"corrected by {visible(decision.by)}; what follows decided for the machine"
            paper.line(Piece(line, "word"), indent=INDENT)


def _print_actor(aspects: Aspects, rulings: Sequence[Ruling], paper: Paper) -> None:
    _head("why this actor" if aspects.actor is not None else "why no actor", paper)
    attribution = aspects.attribution
    if attribution is None:
        paper.line(Piece("nobody has looked who the source is", "open"), indent=INDENT)
        return
    _say_who_corrected(rulings, ("actor", "source_kind"), paper)
    paper.line(Piece("the text says ", "soft"), *mention_line(aspects), indent=INDENT)
    actor = aspects.actor
    if actor is None:
        paper.line(Piece(UNRESOLVED, "open"), Piece(f": {visible(attribution.reason or '')}", "open"), indent=INDENT)
    else:
        for line in actor_lines(actor):
            paper.line(*line, indent=INDENT)
    _print_evidence(attribution.evidence, aspects.text, paper)
    if attribution.score is not None:
        paper.line(Piece(f"score {attribution.score:.2f}", "soft"), indent=INDENT)
    for alternative in attribution.alternatives:
        other = aspects.named(alternative.actor_id)
        score = f", score {alternative.score:.2f}" if alternative.score is not None else ""
        name = visible(other.name) if other is not None else alternative.actor_id
        paper.line(
            Piece("weighed too: ", "soft"), Piece(name, "actor"), Piece(f" · {alternative.actor_id}{score}", "soft"),
            indent=INDENT,
        )  # fmt: skip
    if not attribution.alternatives:
        paper.line(Piece("nobody else was weighed", "soft"), indent=INDENT)


def _print_position(aspects: Aspects, rulings: Sequence[Ruling], paper: Paper) -> None:
    position = aspects.position
    if position is None:
        return
    _head("why this act", paper)
    paper.line(*position_line(aspects), indent=INDENT)
    _say_who_corrected(rulings, ("act", "polarity", "certainty"), paper)
    _print_evidence(position.evidence, aspects.text, paper)
    if position.score is not None:
        paper.line(Piece(f"score {position.score:.2f}", "soft"), indent=INDENT)
    for condition in position.conditions:
        paper.line(*condition_line(condition, aspects.text), label=(Piece("condition", "soft"),), indent=INDENT)


def _print_run(run: Run, score: float, paper: Paper) -> None:
    _head("found by", paper)
    paper.line(Piece(f"run {run.id}, {run.started}, onrecord {visible(run.method.version)}", "quote"), indent=INDENT)
    for name, digest in sorted(run.method.models.items()):
        paper.line(Piece(f"{visible(name)} sha256 {visible(digest)}", "soft"), indent=INDENT)
    for name, value in sorted(run.method.settings.items()):
        paper.line(Piece(f"{visible(name)} = {visible(value)}", "soft"), indent=INDENT)
    paper.line(Piece(f"score {score:.2f} for its content and source", "soft"), indent=INDENT)


def _print_rulings(rulings: Sequence[Ruling], paper: Paper) -> None:
    _head("decided by people", paper)
    if not rulings:
        paper.line(Piece("nothing", "soft"), indent=INDENT)
    for ruling in rulings:
        decision = ruling.decision
        what = decision.verdict + (f" {visible(decision.field)}" if decision.field else "")
        if decision.after is not None:
            what += f": {_value(decision.before)} → {_value(decision.after)}"
        note = f" ({visible(decision.note)})" if decision.note else ""
        fate = ""
        if ruling.withdrawn is not None:
            fate = f"; taken back by {visible(ruling.withdrawn.by)}"
        elif not ruling.standing:
            fate = "; replaced by a later one"
        by = f" by {visible(decision.by)}, {decision.at[:16]}{note}{fate} · {decision.id}"
        paper.line(Piece(what, "word"), Piece(by, "soft"), indent=INDENT)


def _value(said: str | None) -> str:
    value = json.loads(said) if said is not None else None
    return "none" if value is None else visible(str(value))


def _print_evidence(spans: Spans, text: str, paper: Paper, *, indent: int = INDENT) -> None:
    for span in spans:
        paper.line(*_evidence(span, text), label=(Piece("because of", "soft"),), indent=indent)
    if not spans:
        paper.line(Piece(NO_WORDS, "soft"), indent=indent)


def _evidence(span: Span, text: str) -> Line:
    before, words, after = in_context(text, span)
    place = f"  [{span.start}, {span.end})"
    return (
        Piece(visible(before), "soft"),
        Piece(f"“{visible(words)}”", "title"),
        Piece(visible(after) + place, "soft"),
    )


def _head(words: str, paper: Paper) -> None:
    paper.line()
    paper.line(Piece(words, "title"))


# Links


def print_link(trace: LinkTrace, paper: Paper) -> None:
    """Print why the record links two statements."""
    link = trace.entry.link
    scope = f"{DOT}scope {link.scope}" if link.scope else ""
    paper.line(Piece(link.kind, "title"), Piece(f"{scope}{DOT}{link.id}", "soft"))
    if trace.entry.withdrawn:
        paper.line(Piece("The method that linked last finds it no more; a person kept it.", "open"))
    for name, entry, spans in (("left", trace.left, link.left_evidence), ("right", trace.right, link.right_evidence)):
        paper.line()
        _print_end(name, entry, spans, paper)
    _head("why", paper)
    if link.why:
        paper.line(Piece(visible(link.why), "quote"), indent=INDENT)
    questions = (
        ("opposed in act and polarity", link.opposite),
        ("about the same time", link.same_time),
        ("independent origin", link.independent),
    )
    for question, answer in questions:
        said = {True: "yes", False: "no", None: "open"}[answer]
        paper.line(Piece(said, "open" if answer is None else "word"), label=(Piece(question, "soft"),), indent=INDENT)
    if link.score is not None:
        paper.line(Piece(f"score {link.score:.2f}", "soft"), indent=INDENT)
    _head("found by", paper)
    run = trace.run
    paper.line(Piece(f"run {run.id}, {run.started}, onrecord {visible(run.method.version)}", "quote"), indent=INDENT)
    for model, digest in sorted(run.method.models.items()):
        paper.line(Piece(f"{visible(model)} sha256 {visible(digest)}", "soft"), indent=INDENT)
    _print_rulings(trace.rulings, paper)


def _print_end(name: str, entry: Entry, evidence: Spans, paper: Paper) -> None:
    aspects = aspects_of(entry.reading())[entry.statement.id]
    _, printed = heading(entry.document)
    paper.line(*source_line(aspects), label=(Piece(name, "title"),))
    paper.line(Piece(quote(aspects.text, entry.statement.content), entry.statement.kind), indent=INDENT)
    chain = chain_line(aspects)
    if chain:
        paper.line(*chain, label=(Piece("chain", "soft"),), indent=INDENT)
    marks = marks_line(aspects)
    if marks:
        paper.line(*marks, label=(Piece("marked", "soft"),), indent=INDENT)
    paper.line(Piece(f"{printed}{DOT}{entry.statement.id}", "soft"), indent=INDENT)
    _print_evidence(evidence, aspects.text, paper)


# JSON


def trace_to_json(trace: Trace) -> dict[str, object]:
    """The JSON form of the trace of a statement; every span in it carries its text."""
    return {
        "statement": statement_to_json(trace.entry),
        "document": document_to_json(trace.entry.document),
        "passage": {
            "start": trace.passage.start,
            "end": trace.passage.end,
            "text": trace.passage.of(trace.aspects.text),
        },
        "run": run_to_json(trace.run),
        "decisions": [_ruling_to_json(ruling) for ruling in trace.rulings],
    }


def link_to_json(trace: LinkTrace) -> dict[str, object]:
    """The JSON form of the trace of a link."""
    return {
        "link": {"id": trace.entry.link.id, **plain_link_to_json(trace.entry.link)},
        "left": {
            "statement": statement_to_json(trace.left),
            "document": document_to_json(trace.left.document),
        },
        "right": {
            "statement": statement_to_json(trace.right),
            "document": document_to_json(trace.right.document),
        },
        "run": run_to_json(trace.run),
        "decisions": [_ruling_to_json(ruling) for ruling in trace.rulings],
    }


def run_to_json(run: Run) -> dict[str, object]:
    """The JSON form of a run: what it was and which models and settings decided."""
    return {
        "id": run.id,
        "started": run.started,
        "version": run.method.version,
        "models": dict(run.method.models),
        "settings": dict(run.method.settings),
    }


def _ruling_to_json(ruling: Ruling) -> dict[str, object]:
    return decision_to_json(ruling.decision) | {
        "standing": ruling.standing,
        "withdrawn": withdrawal_to_json(ruling.withdrawn),
    }
