"""One thing that a document attributes to a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from onrecord.errors import TextError
from onrecord.record.ids import content_id
from onrecord.record.span import Spans

Kind: TypeAlias = Literal["direct", "indirect", "mixed"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that a document attributes to a source.

    All spans are code points of ``Document.text``, half-open.

    Attributes:
        id: ``s`` and 16 hexadecimal digits, a hash of the document's id and the spans.
        document_id: The document that prints it.
        kind: The form: *direct* (all of the content is the speaker's own words), *indirect*, *mixed*.
        content: The words or the thought; one stretch or several; never empty.
        cue: The words that attribute it; empty where the form alone does (an answer in an interview).
        source: The words that name who it comes from; empty where the text names nobody.
        within: The id of the statement that contains this one, or None.
        score: How likely the statement is right (content and source), in [0, 1]; calibrated, so that about
            four in five of those scored 0.8 are right.
    """

    id: str
    document_id: str
    kind: Kind
    content: Spans
    cue: Spans
    source: Spans
    within: str | None
    score: float

    def __post_init__(self) -> None:
        if not self.content:
            raise TextError("OR-201", f"statement {self.id} has no content")
        if not 0.0 <= self.score <= 1.0:
            raise TextError("OR-202", f"statement {self.id}: the score must lie in [0, 1], not {self.score}")


def statement_id(document_id: str, *, content: Spans, cue: Spans, source: Spans) -> str:
    """The id of a statement: a hash of its document and its spans."""
    return content_id("s", document_id, *([[s.start, s.end] for s in spans] for spans in (content, cue, source)))
