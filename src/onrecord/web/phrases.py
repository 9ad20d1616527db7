"""What the templates say of a statement, in the words of `onrecord.export.wording`, with links to the actors."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup, escape

from onrecord.export import wording
from onrecord.export.visible import quote, visible
from onrecord.export.wording import Line
from onrecord.record.document import Document
from onrecord.record.span import Spans
from onrecord.store import Entry
from onrecord.views.aspects import Aspects, aspects_of

TITLE = 96
"""Letters of a title that is made from the text."""

_TAGS = {"actor": "b", "open": "em"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One hop of a chain, as it is shown.

    Attributes:
        line: Its words.
        actor_id: Whose page its name leads to; None if the hop is unresolved.
        kind: What it is.
        named: Whether the text names it.
    """

    line: Line
    actor_id: str | None
    kind: str
    named: bool


def steps_of(aspects: Aspects) -> tuple[Step, ...]:
    """The chain of a statement, the hop nearest the words first; empty if nobody has looked."""
    if aspects.chain is None:
        return ()
    return tuple(
        Step(line=wording.hop_line(hop, aspects), actor_id=hop.actor_id, kind=hop.kind, named=hop.named)
        for hop in aspects.chain.hops
    )


def through_of(aspects: Aspects) -> tuple[str, ...]:
    """The names of those through whom it came to the outlet that printed it, the nearest to the words first."""
    names = []
    for hop in aspects.chain.hops[1:-1] if aspects.chain is not None else ():
        actor = aspects.named(hop.actor_id)
        words = quote(aspects.text, (hop.mention,)) if hop.mention is not None else ""
        if actor is not None or words:
            names.append(actor.name if actor is not None else words)
    return tuple(dict.fromkeys(names))


def conditions_of(aspects: Aspects) -> tuple[Line, ...]:
    """What must be so, and for what, for each condition of a statement."""
    if aspects.position is None:
        return ()
    return tuple(wording.condition_line(each, aspects.text) for each in aspects.position.conditions)


def line_html(line: Line, actor_id: str | None = None) -> Markup:
    """A line as HTML: each piece in a span of its look; the name of the actor leads to its page."""
    # Put together by hand: Markup.format takes ten times as long, and a long article has thousands of lines.
    parts = []
    for piece in line:
        if not piece.text:
            continue
        tag = _TAGS.get(piece.look, "span")
        said = f'<{tag} class="l-{piece.look}" dir="auto">{escape(piece.text)}</{tag}>'
        if piece.look == "actor" and actor_id is not None:
            said = f'<a href="/a/{escape(actor_id)}">{said}</a>'
        parts.append(said)
    return Markup("".join(parts))


def title_of(doc: Document) -> str:
    """The headline; else the first line of the text, cut at a space."""
    if doc.title:
        return doc.title
    line = next((line.strip() for line in doc.text.split("\n") if line.strip()), "Untitled")
    return line if len(line) <= TITLE else line[:TITLE].rsplit(" ", 1)[0] + "…"


def day_of(doc: Document) -> str:
    """When it was published, to the minute at most; empty if nothing says so."""
    return doc.published.value[:16].replace("T", " ") if doc.published is not None else ""


def content_of(aspects: Aspects, limit: int | None = None) -> str:
    """The words of a content on one line, cut to `limit` letters."""
    return quote(aspects.text, aspects.statement.content, limit=limit)


def web_address(value: str | None) -> str | None:
    """An address of the web; None for anything else, which must not become a link."""
    return value if value is not None and value.startswith(("https://", "http://")) else None


def highlighted(text: str, marks: tuple[tuple[int, int], ...]) -> Markup:
    """Text with the words found marked."""
    parts, at = [], 0
    for start, end in marks:
        parts += [
            escape(visible(text[at:start])),
            Markup('<mark class="found">{}</mark>').format(visible(text[start:end])),
        ]
        at = end
    return Markup("").join([*parts, escape(visible(text[at:]))])


def excerpt(text: str, marks: Spans, *, letters: int = 280) -> Markup:
    """The part of a text around the first mark, with the marks in it."""
    if not marks:
        return escape(visible(text[:letters]))
    start = max(0, marks[0].start - letters // 4)
    end = min(len(text), start + letters)
    local = tuple((m.start - start, m.end - start) for m in marks if start <= m.start and m.end <= end)
    found = highlighted(text[start:end], local)
    return Markup("{}{}{}").format("…" if start else "", found, "…" if end < len(text) else "")


def aspects_of_entry(entry: Entry) -> Aspects:
    """A statement of the ledger with all that is said of it."""
    return aspects_of(entry.reading())[entry.statement.id]


def sentence_with(entry: Entry, marks: Spans, *, letters: int = 420) -> Markup:
    """The words of a statement's content with some of them marked; marks outside the content are shown behind it.

    Args:
        entry: The statement.
        marks: Spans of its document.
        letters: Of a longer content, about so many letters are shown, those with the first mark among them.
    """
    text, content = entry.document.text, entry.statement.content
    parts: list[Markup] = []
    for span in content:
        inside = [(m.start, m.end) for m in marks if span.start <= m.start and m.end <= span.end]
        start, end = span.start, span.end
        if end - start > letters:
            start = max(start, min((at for at, _ in inside), default=start) - letters // 2)
            end = min(end, start + letters)
        local = tuple((a - start, b - start) for a, b in inside if start <= a and b <= end)
        found = highlighted(text[start:end], local)
        parts.append(Markup("{}{}{}").format("…" if start > span.start else "", found, "…" if end < span.end else ""))
    outside = [m for m in marks if not any(s.start <= m.start and m.end <= s.end for s in content)]
    said = Markup(" … ").join(parts)
    if outside:
        words = quote(text, tuple(outside))
        said += Markup(' <span class="l-soft">with</span> <mark class="found">{}</mark>').format(words)
    return said


def add_phrases(templates: Environment) -> None:
    """Lets the templates use these words."""
    templates.filters.update(
        aspects=aspects_of_entry,
        line=line_html,
        title=title_of,
        day=day_of,
        content=content_of,
        steps=steps_of,
        through=through_of,
        conditions=conditions_of,
    )
    templates.tests["web_address"] = lambda value: web_address(value) is not None
    templates.globals.update(
        source_line=wording.source_line,
        position_line=wording.position_line,
        setting_line=wording.setting_line,
        form_line=wording.form_line,
        speaker_line=wording.speaker_line,
    )
