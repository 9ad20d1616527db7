"""How are links, and the statements that they join, put into words and JSON?

The terminal, the pipe and the web page say the same in the same words.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.export.public import document_to_json, statement_to_json
from onrecord.export.visible import quote, visible
from onrecord.export.wording import DOT, Line, Piece, chain_line, labelled_lines, position_line, source_line
from onrecord.record.codec import link_to_json
from onrecord.record.document import Document
from onrecord.record.link import Link, LinkKind, Scope
from onrecord.record.span import Spans
from onrecord.store import Entry, LinkEntry
from onrecord.views.aspects import Aspects, aspects_of
from onrecord.views.beside import Beside
from onrecord.views.changes import Change
from onrecord.views.conflicts import Conflict
from onrecord.views.otherwise import Otherwise
from onrecord.views.trail import Printing, Trail

LETTERS = 280
"""Letters of a content that is shown beside others."""

_ANSWERS = {True: "yes", False: "no", None: "open"}
_OF_LEFT: dict[LinkKind, str] = {"denies": "denies it", "changes": "says otherwise later", "answers": "answers it"}
_OF_RIGHT: dict[LinkKind, str] = {
    "denies": "is denied by it",
    "changes": "said otherwise before",
    "answers": "is answered by it",
}


def aspects_in(entry: Entry) -> Aspects:
    """The statement of an entry with all that is said of it."""
    return aspects_of(entry.reading())[entry.statement.id]


def kind_line(link: LinkEntry, scope: Scope | None, *, left: bool | None = None) -> Line:
    """What a link is: ``conflicts · scope narrower · score 0.78 · l0123456789abcdef``.

    Args:
        link: The link.
        scope: What one end says, compared with the other; None if the question does not arise.
        left: Whether it is told of its left end, as seen from the right one, or the other way round; None: of neither.
    """
    found = link.link
    turned = {} if left is None else _OF_LEFT if left else _OF_RIGHT
    pieces = [Piece(turned.get(found.kind, found.kind), "title")]
    if scope is not None:
        pieces.append(Piece(f"{DOT}scope {scope}", "open" if scope == "unclear" else "word"))
    if found.score is not None:
        pieces.append(Piece(f"{DOT}score {found.score:.2f}", "soft"))
    if link.decision is not None:
        pieces.append(Piece(f"{DOT}{link.decision.verdict} by {visible(link.decision.by)}", "word"))
    if link.withdrawn:
        pieces.append(Piece(f"{DOT}found no more, kept by a person", "open"))
    return (*pieces, Piece(f"{DOT}{found.id}", "soft"))


def answers_line(link: Link) -> Line:
    """The three answers: ``opposed yes · same time open · independent origin no``."""
    questions = (("opposed", link.opposite), ("same time", link.same_time), ("independent origin", link.independent))
    pieces: list[Piece] = []
    for question, answer in questions:
        pieces.append(Piece(f"{DOT if pieces else ''}{question} ", "soft"))
        pieces.append(Piece(_ANSWERS[answer], "open" if answer is None else "word"))
    return tuple(pieces)


def deciding_line(spans: Spans, text: str, others: Spans, other_text: str) -> Line:
    """The words that decide: those of one statement, then those of the other; empty if none are on record."""
    one, other = _words(spans, text), _words(others, other_text)
    if not one and not other:
        return ()
    return (Piece(one or "no word", "quote"), Piece(" against ", "soft"), Piece(other or "no word", "quote"))


def _words(spans: Spans, text: str) -> str:
    return ", ".join(dict.fromkeys(f"“{quote(text, (span,))}”" for span in spans))


def printed_line(doc: Document, identifier: str) -> Line:
    """Where and when a statement was printed, and its id."""
    published = doc.published.value if doc.published else "no date"
    place = doc.outlet or doc.url or doc.origin.path or doc.origin.kind
    return (Piece(f"{visible(place)}{DOT}{published}", "word"), Piece(f"{DOT}{identifier}", "soft"))


def said_lines(entry: Entry, *, limit: int | None = LETTERS) -> Iterator[tuple[str, Line]]:
    """A statement among others: who, the words, what is done by saying it, chain, conditions, where it was printed.

    Yields:
        A label, empty for most, and the line.
    """
    aspects = aspects_in(entry)
    yield "", source_line(aspects)
    yield "", (Piece(quote(aspects.text, entry.statement.content, limit=limit), entry.statement.kind),)
    position = position_line(aspects)
    if position:
        yield "", position
    yield from labelled_lines(aspects, limit=limit)
    marks = marks_line(aspects)
    if marks:
        yield "marked", marks
    if not chain_line(aspects):
        yield "chain", (Piece("nobody has looked by which hops it came", "open"),)
    yield "printed", printed_line(entry.document, entry.statement.id)


def marks_line(aspects: Aspects) -> Line:
    """What weakens a statement as an account: nobody is named, or it came at second hand; empty if neither."""
    chain = aspects.chain
    if chain is None:
        return ()
    marks = [] if chain.origin.named else ["the source is not named"]
    if any(not hop.named for hop in chain.hops[1:] if hop.mention is not None):
        marks.append("somebody in between is not named")
    if chain.distance > 1:
        marks.append("relayed")
    return (Piece(DOT.join(marks), "unnamed"),) if marks else ()


def warning_lines(corrected: tuple[str, ...], newer: Document | None, *, version: bool = False) -> Iterator[Line]:
    """What to know before a link is relied on: that people corrected what it rests on, or that a text was replaced."""
    if version:
        yield (Piece("another version of the same text: what differs is the outlet's correction", "open"),)
    if corrected:
        fields = ", ".join(corrected)
        yield (Piece(f"people corrected {fields} of one of the two; the link rests on what the machine read", "open"),)
    if newer is not None:
        yield newer_line(newer)


def newer_line(newer: Document) -> Line:
    """That the outlet replaced a document by another text."""
    when = f" on {newer.published.value}" if newer.published else ""
    return (Piece(f"the outlet has replaced this text{when}: {newer.id}", "open"),)


# JSON


def link_entry_to_json(link: LinkEntry) -> dict[str, object]:
    """The JSON form of a link of a ledger."""
    return {
        "id": link.link.id,
        **link_to_json(link.link),
        "decision": link.decision.verdict if link.decision else None,
        "withdrawn": link.withdrawn,
    }


def said_to_json(entry: Entry, newer: Document | None = None) -> dict[str, object]:
    """The JSON form of a statement with its document."""
    return {
        "statement": statement_to_json(entry),
        "document": document_to_json(entry.document),
        "decision": entry.decision.verdict if entry.decision else None,
        "replaced_by": newer.id if newer is not None else None,
    }


def beside_to_json(beside: Beside) -> dict[str, object]:
    """The JSON form of a statement beside another one; the scope is its own, compared with that one."""
    return {
        "link": link_entry_to_json(beside.link),
        "scope": beside.scope,
        "account": beside.account,
        **said_to_json(beside.entry, beside.newer),
        "deciding_words": [span.of(beside.entry.document.text) for span in beside.evidence],
        "corrected": list(beside.corrected),
        "version": beside.version,
    }


def otherwise_to_json(found: Otherwise) -> dict[str, object]:
    """The JSON form of what stands beside a statement."""
    return {
        **said_to_json(found.entry, found.newer),
        "same": [beside_to_json(each) for each in found.same],
        "alike": [beside_to_json(each) for each in found.alike],
        "against": [beside_to_json(each) for each in found.against],
        "answers": [beside_to_json(each) for each in found.answers],
        "accounts": {"alike": found.accounts_alike, "against": found.accounts_against},
        "more": found.more,
        "less_sure": found.less_sure,
        "linked": found.linked,
    }


def conflict_to_json(conflict: Conflict) -> dict[str, object]:
    """The JSON form of two accounts that say otherwise."""
    return {
        "link": link_entry_to_json(conflict.link),
        "left": said_to_json(conflict.left) | {"printings": conflict.left_printings},
        "right": said_to_json(conflict.right) | {"printings": conflict.right_printings},
        "links": conflict.links,
        "superseded": conflict.superseded,
        "corrected": list(conflict.corrected),
    }


def change_to_json(change: Change) -> dict[str, object]:
    """The JSON form of a change of position."""
    return {
        "link": link_entry_to_json(change.link),
        "before": said_to_json(change.before) | {"printings": change.printings[0]},
        "after": said_to_json(change.after) | {"printings": change.printings[1]},
        "superseded": change.superseded,
        "corrected": list(change.corrected),
    }


def trail_to_json(found: Trail) -> dict[str, object]:
    """The JSON form of the way of an utterance through the documents of a ledger."""
    return {
        "statement": found.entry.statement.id,
        "first_known": found.first_known,
        "printings": [_printing_to_json(each) for each in found.printings],
        "more": found.more,
        "less_sure": found.less_sure,
        "linked": found.linked,
    }


def _printing_to_json(printing: Printing) -> dict[str, object]:
    printed = printing.printed
    return {
        **said_to_json(printing.entry, printing.newer),
        "link": link_entry_to_json(printing.link) if printing.link is not None else None,
        "reprint": {"of": printed.first_id, "share": printed.share, "credited": printed.credited} if printed else None,
        "through": list(printing.through),
        "compared": [{"what": part.what, "text": part.text} for part in printing.parts],
        "same_words": printing.same_words,
    }
