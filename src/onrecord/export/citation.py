"""A statement as a citation: for a footnote, a bibliography, a page in Markdown, or a program that keeps references.

The better a citation looks, the further a wrong attribution travels: where who said it is unsure, every form says so,
unless a person has confirmed the statement.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from onrecord.export.visible import visible
from onrecord.record.document import Document
from onrecord.store import Entry

Form: TypeAlias = Literal["footnote", "chicago", "markdown", "bibtex", "csl-json"]
FORMS: tuple[Form, ...] = get_args(Form)

SURE = 0.8
"""A statement or an actor that scores less is cited as unsure; about four in five of those scored 0.8 are right."""

_MONTHS = "January February March April May June July August September October November December".split()
_TITLE = 96
_BIBTEX = {"\\": r"\textbackslash{}", **{letter: "\\" + letter for letter in "&%$#_{}"}, "~": r"\textasciitilde{}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A citation.

    Attributes:
        form: Which.
        text: What to copy.
        doubts: Why who said it, or that it was said so, is unsure; empty if it is not. The text says it too.
    """

    form: Form
    text: str
    doubts: tuple[str, ...]


def cite(entry: Entry, form: Form, *, link: str | None = None) -> Citation:
    """The statement in this form.

    Args:
        entry: The statement.
        form: A word of :data:`FORMS`.
        link: The address of the statement's page, which is given beside that of the article.
    """
    doubts = doubts_of(entry)
    doc = entry.document
    made = {
        "footnote": _footnote,
        "chicago": _chicago,
        "markdown": _markdown,
        "bibtex": _bibtex,
        "csl-json": _csl_json,
    }[form](entry, doc, doubts, link)
    return Citation(form=form, text=visible(made), doubts=doubts)


def quotation(entry: Entry, *, link: str | None = None) -> str:
    """The words themselves with who said them and where, on two lines.

    Words that the article tells in its own voice stand without quotation marks and are called a paraphrase.
    """
    said = " ".join(visible(entry.content).split())
    if entry.statement.kind == "direct":
        said = f"“{said.strip(_MARKS)}”"
    how = "" if entry.statement.kind == "direct" else " (paraphrase by the article)"
    parts = [f"{_speaker(entry)}{how}", _outlet(entry.document), _day(entry.document), link or _url(entry.document)]
    return f"{said}\n— {', '.join(filter(None, parts))}{_note(doubts_of(entry))}"


_MARKS = '“”"„«»‟'


def doubts_of(entry: Entry) -> tuple[str, ...]:
    """Why is it unsure who said this, or that it was said so? Empty if it is not, or a person accepted it."""
    if entry.decision is not None and entry.decision.verdict == "accepted":
        return ()
    doubts = []
    attribution = entry.attribution
    if entry.rejected:
        doubts.append("a person rejected this statement")
    if entry.decision is not None and entry.decision.verdict == "unsure":
        doubts.append("a person was unsure of this statement")
    if attribution is None or entry.actor is None:
        reason = attribution.reason if attribution is not None else None
        doubts.append(f"the speaker is not resolved{f': {reason}' if reason else ''}")
    elif attribution.score is not None and attribution.score < SURE:
        doubts.append(f"who the speaker is scores {attribution.score:.2f} only")
    if entry.statement.score < SURE:
        doubts.append(f"the statement scores {entry.statement.score:.2f} only")
    return tuple(doubts)


def _footnote(entry: Entry, doc: Document, doubts: tuple[str, ...], link: str | None) -> str:
    said = "quoted" if entry.statement.kind == "direct" else "paraphrased"
    parts = [f"{_speaker(entry)}, {said} in “{_title(doc)},”".replace(",,", ","), _outlet(doc), _day(doc), _url(doc)]
    line = ", ".join(filter(None, parts)).replace(",”,", ",”")
    return f"{line}{f' ({link})' if link else ''}.{_note(doubts)}"


def _chicago(entry: Entry, doc: Document, doubts: tuple[str, ...], link: str | None) -> str:
    parts = [_outlet(doc) or "Outlet not given", f"“{_title(doc)}.”", f"{_day(doc) or 'n.d.'}.", f"{_url(doc)}."]
    line = f"{parts[0]}. {' '.join(part for part in parts[1:] if part != '.')}"
    where = f" {link}." if link else ""
    return f"{line} Statement by {_speaker(entry)}.{where}{_note(doubts)}"


def _markdown(entry: Entry, doc: Document, doubts: tuple[str, ...], link: str | None) -> str:
    said = " ".join(entry.content.split())
    address = link or _url(doc)
    title = f"[{_escaped(_title(doc))}](<{address}>)" if address else _escaped(_title(doc))
    where = ", ".join(filter(None, (_escaped(_outlet(doc)), _day(doc))))
    return (
        f"> {_escaped(said)}\n>\n> — {_escaped(_speaker(entry))}, {title}{f', {where}' if where else ''}{_note(doubts)}"
    )


def _bibtex(entry: Entry, doc: Document, doubts: tuple[str, ...], link: str | None) -> str:
    fields = {
        "author": f"{{{_bibtex_escaped(_outlet(doc))}}}" if doc.outlet else None,
        "title": f"{{{_bibtex_escaped(_title(doc))}}}",
        "date": doc.published.value[:10] if doc.published else None,
        "url": _url(doc) or None,
        "urldate": doc.retrieved[:10] if doc.retrieved else None,
        "note": _bibtex_escaped(f"statement by {_speaker(entry)}{f', {link}' if link else ''}{_note(doubts)}"),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@online{{{entry.statement.id},\n" + ",\n".join(lines) + "\n}"


def _csl_json(entry: Entry, doc: Document, doubts: tuple[str, ...], link: str | None) -> str:
    item: dict[str, object] = {
        "id": entry.statement.id,
        "type": "article-newspaper",
        "title": _title(doc),
        "container-title": doc.outlet,
        "URL": _url(doc) or None,
        "issued": {"date-parts": [_parts(doc.published.value)]} if doc.published else None,
        "accessed": {"date-parts": [_parts(doc.retrieved)]} if doc.retrieved else None,
        "language": doc.language,
        "note": f"Statement by {_speaker(entry)}{f', {link}' if link else ''}{_note(doubts)}",
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2)


def _speaker(entry: Entry) -> str:
    """Who said it, and through whom the article has it."""
    if entry.actor is not None:
        named = entry.chain is None or entry.chain.origin.named
        who = entry.actor.name if named else f"an unnamed source of {entry.actor.name}"
    else:
        words = " ".join(entry.source.split())
        who = f"“{words}”" if words else "a source that the article does not name"
    through = []
    for hop in entry.chain.hops[1:-1] if entry.chain is not None else ():
        actor = entry.named(hop.actor_id)
        words = " ".join(hop.mention.of(entry.document.text).split()) if hop.mention is not None else ""
        if actor is not None or words:
            through.append(actor.name if actor is not None else words)
    return f"{who} (through {', '.join(dict.fromkeys(through))})" if through else who


def _note(doubts: tuple[str, ...]) -> str:
    return f" [attribution unsure: {'; '.join(doubts)}]" if doubts else ""


def _title(doc: Document) -> str:
    if doc.title:
        return " ".join(doc.title.split()).rstrip(".,")
    line = next((" ".join(line.split()) for line in doc.text.split("\n") if line.strip()), "Untitled")
    return line.rstrip(".,") if len(line) <= _TITLE else line[:_TITLE].rsplit(" ", 1)[0] + "…"


def _outlet(doc: Document) -> str:
    return doc.outlet or ""


def _url(doc: Document) -> str:
    return doc.url if doc.url and doc.url.startswith(("https://", "http://")) else ""


def _day(doc: Document) -> str:
    """``3 March 2026``, as far as it is known."""
    parts = _parts(doc.published.value) if doc.published is not None else []
    words = [str(parts[0])] if parts else []
    if len(parts) > 1:
        words.insert(0, _MONTHS[parts[1] - 1])
    if len(parts) > 2:
        words.insert(0, str(parts[2]))
    return " ".join(words)


def _parts(iso: str) -> list[int]:
    return [int(part) for part in iso[:10].split("-")]


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)


def _bibtex_escaped(text: str) -> str:
    return "".join(_BIBTEX.get(letter, letter) for letter in text)
