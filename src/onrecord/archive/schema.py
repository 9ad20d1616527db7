"""The tables of an archive: names, columns, Arrow types, and what each column means.

One row of ``documents`` is a document that was kept; the other tables that `onrecord process` writes hang from it by
``document_id`` and ``statement_id``. `onrecord link` writes ``links`` between statements, and ``reprints``. Ids are
hashes of content, the same in every run. Spans are code points of ``documents.text``, from 0, half-open. Unknown is
null, or an empty list.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    import pyarrow as pa

Table: TypeAlias = Literal["documents", "statements", "hops", "positions", "conditions"]
TABLES: tuple[Table, ...] = get_args(Table)
LinkTable: TypeAlias = Literal["links", "reprints"]
LINK_TABLES: tuple[LinkTable, ...] = get_args(LinkTable)
FORMAT = "1"
"""Version of these tables; part of the configuration of a run."""

_SPAN = "span"
_SPANS = "spans"

COLUMNS: dict[Table | LinkTable, dict[str, tuple[str, str]]] = {
    "documents": {
        "id": ("text", "`d` and 16 hexadecimal digits, a hash of text, address, outlet and date"),
        "shard": ("int32", "The shard that it came in"),
        "number": ("int32", "Its place in the shard, from 0"),
        "external_id": ("text", "The id that the input gave it"),
        "url": ("text", "Its address"),
        "title": ("text", "Its headline"),
        "outlet": ("text", "Who published it"),
        "published": ("text", "When, ISO 8601 cut to what is known"),
        "published_precision": ("text", "The smallest unit that `published` states"),
        "retrieved": ("text", "When the bytes were fetched, ISO 8601"),
        "language": ("text", "Its language as the input states it"),
        "detected_language": ("text", "Its language as it was detected, ISO 639-1"),
        "detected_score": ("float64", "How sure that is, in [0, 1]"),
        "story": ("text", "The input's own grouping"),
        "text": ("text", "The text that every span points into"),
        "words": ("int32", "Words of the text"),
        "statements": ("int32", "Statements found in it"),
        "origin_kind": ("text", "The sort of place that its bytes came from"),
        "origin_path": ("text", "The file"),
        "origin_record": ("int64", "Which record of the file, from 1"),
        "origin_byte_offset": ("int64", "Where in the file it begins, in bytes"),
        "origin_digest": ("text", "sha256 of its bytes"),
        "origin_note": ("text", "What the input says of where it comes from"),
        "reader_name": ("text", "What made the text from the bytes"),
        "reader_version": ("text", "Its version"),
        "actors": ("actors", "The actors that its statements name"),
        "issues": ("issues", "The issues that they name"),
        "exact": (
            "text",
            "The document in the public JSON form, where Arrow cannot hold it (half of a surrogate pair)",
        ),
    },
    "statements": {
        "id": ("text", "`s` and 16 hexadecimal digits, a hash of document and spans"),
        "document_id": ("text", "The document that prints it"),
        "shard": ("int32", "The shard that the document came in"),
        "number": ("int32", "Its place in the document, from 0"),
        "kind": ("text", "direct, indirect or mixed"),
        "content": (_SPANS, "The words or the thought"),
        "cue": (_SPANS, "The words that attribute it"),
        "source": (_SPANS, "The words that name who it comes from"),
        "within": ("text", "The statement that contains it"),
        "score": ("float64", "How likely it is right, in [0, 1]"),
        "content_text": ("text", "The words of `content`"),
        "cue_text": ("text", "The words of `cue`"),
        "source_text": ("text", "The words of `source`"),
        "attributed": ("flag", "Whether anybody has looked for who the source is"),
        "source_kind": ("text", "How the text names the source"),
        "mention": (_SPAN, "The words that name it"),
        "actor_id": ("text", "Who it is; null means unresolved"),
        "actor": ("text", "The name of the actor"),
        "reason": ("text", "Why it is unresolved"),
        "evidence": (_SPANS, "The words that decide"),
        "actor_score": ("float64", "How likely the actor is right, in [0, 1]"),
        "alternatives": ("alternatives", "Who else was weighed, best first"),
        "setting": ("setting", "On what occasion, to whom, where and when it was said"),
    },
    "hops": {
        "document_id": ("text", "The document"),
        "shard": ("int32", "The shard that it came in"),
        "statement_id": ("text", "The statement"),
        "position": ("int32", "0 is nearest the words, the last one is the outlet"),
        "mention": (_SPAN, "Where the source is named; null if implied"),
        "mention_text": ("text", "The words of `mention`"),
        "actor_id": ("text", "Who it is; null means unresolved"),
        "actor": ("text", "The name of the actor"),
        "kind": ("text", "What the source is"),
        "named": ("flag", "Whether the text names it"),
        "act": ("text", "What it did: said, told, wrote …"),
        "evidence": (_SPANS, "The words that show the step"),
        "on_behalf_of": ("text", "The actor for whom it speaks"),
        "anonymity": ("anonymity", "How the text describes a source that it does not name"),
    },
    "positions": {
        "document_id": ("text", "The document"),
        "shard": ("int32", "The shard that it came in"),
        "statement_id": ("text", "The statement"),
        "act": ("text", "What is done by saying it"),
        "polarity": ("text", "positive or negative"),
        "certainty": ("text", "certain, probable or possible"),
        "issue_id": ("text", "The question that it answers"),
        "issue": ("text", "The label of the issue"),
        "target": (_SPAN, "Whom or what the act is directed at"),
        "target_text": ("text", "The words of `target`"),
        "evidence": (_SPANS, "The words that decide"),
        "score": ("float64", "How likely act and polarity are right, in [0, 1]"),
    },
    "conditions": {
        "document_id": ("text", "The document"),
        "shard": ("int32", "The shard that it came in"),
        "statement_id": ("text", "The statement"),
        "number": ("int32", "Its place among the conditions of the statement, from 0"),
        "relation": ("text", "before, after, only if, unless …"),
        "what": (_SPAN, "What the requirement is for"),
        "requirement": (_SPAN, "What is required"),
        "what_text": ("text", "The words of `what`"),
        "requirement_text": ("text", "The words of `requirement`"),
    },
    "links": {
        "id": ("text", "`l` and 16 hexadecimal digits, a hash of kind and ends"),
        "block": ("int32", "The block of documents that it was found in"),
        "kind": ("text", "How the two statements stand to each other"),
        "left": ("text", "The later or reacting statement"),
        "right": ("text", "The other one"),
        "left_document": ("text", "The document of `left`"),
        "right_document": ("text", "The document of `right`"),
        "scope": ("text", "What the right proposition is, compared with the left one"),
        "opposite": ("flag", "Whether act and polarity of the two are opposed"),
        "same_time": ("flag", "Whether they speak of the same time"),
        "independent": ("flag", "Whether they go back to different origins"),
        "why": ("text", "One sentence that names the deciding words"),
        "left_evidence": (_SPANS, "The deciding words in the document of `left`"),
        "right_evidence": (_SPANS, "The deciding words in the document of `right`"),
        "score": ("float64", "How likely the kind is right, in [0, 1]"),
        "story": ("text", "The input's own grouping, if it is that of both documents"),
    },
    "reprints": {
        "document_id": ("text", "A document that prints an earlier one again"),
        "block": ("int32", "The block that it is in"),
        "first": ("text", "The earliest printing"),
        "share": ("float64", "Share of the words of one that lie in the other, whichever way is more, in [0, 1]"),
        "credited": ("flag", "Whether it credits the outlet of the earliest printing"),
    },
}
"""Name, type and meaning of each column."""


@cache
def schema_of(table: Table | LinkTable) -> pa.Schema:
    """The Arrow schema of a table."""
    import pyarrow as pa

    span = pa.struct([("start", pa.int32()), ("end", pa.int32())])
    text = pa.string()
    types: dict[str, pa.DataType] = {
        "text": text,
        "int32": pa.int32(),
        "int64": pa.int64(),
        "float64": pa.float64(),
        "flag": pa.bool_(),
        "span": span,
        "spans": pa.list_(span),
        "alternatives": pa.list_(pa.struct([("actor_id", text), ("score", pa.float64())])),
        "anonymity": pa.struct([("position", span), ("side", span), ("count", pa.int32()), ("condition", span)]),
        "setting": pa.struct(
            [
                ("occasion", text),
                ("occasion_spans", pa.list_(span)),
                ("addressee", span),
                ("addressee_id", text),
                ("place", span),
                ("said", span),
                ("said_on", text),
            ]
        ),
        "actors": pa.list_(
            pa.struct(
                [
                    ("id", text),
                    ("name", text),
                    ("kind", text),
                    ("names", pa.list_(text)),
                    ("external_ids", pa.list_(pa.struct([("scheme", text), ("value", text)]))),
                    ("roles", pa.list_(pa.struct([("title", text), ("start", text), ("end", text)]))),
                ]
            )
        ),
        "issues": pa.list_(
            pa.struct([("id", text), ("label", text), ("question", text), ("made_by", text), ("parent", text)])
        ),
    }
    return pa.schema([pa.field(name, types[kind]) for name, (kind, _) in COLUMNS[table].items()])
