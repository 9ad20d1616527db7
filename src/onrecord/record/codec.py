"""The public JSON form of the record, one document to a line.

Form of a document, in this order: ``id story outlet title published language text origin statements issues``,
then what goes beyond the exchange form: ``document_id url actors provenance``. Form of a statement: ``id kind
content cue source within source_kind actor act polarity certainty chain conditions issue``, then ``score``. A
field that nobody has filled is present and null or empty. Offsets are code points of ``text``, half-open:
``[start, end]``, or, where asked for, ``{"start": …, "end": …, "text": …}``; both are read.

Of an issue, the form carries the label alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from onrecord.errors import InputError, TextError
from onrecord.record.codec_read import reading_from_json
from onrecord.record.codec_write import reading_to_json
from onrecord.record.fields import Fields
from onrecord.record.link import LINK_KINDS, SCOPES, Link, link_id
from onrecord.record.reading import Reading

__all__ = [
    "json_line",
    "json_object",
    "link_from_json",
    "link_to_json",
    "reading_from_json",
    "reading_from_line",
    "reading_to_json",
    "reading_to_line",
]

# Lone surrogates have no UTF-8; the others end a line for some readers of text files.
_TO_ESCAPE = re.compile("[\ud800-\udfff\x85\u2028\u2029]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def json_line(obj: Mapping[str, object]) -> str:
    """How is `obj` written as one line of JSON? Without the line's end; its UTF-8 is always valid.

    Raises:
        TextError: OR-201, a string holds two surrogates that stand for one character. JSON would read them as
            that one character, and every later offset would be wrong. Join them before the text is read.
    """
    line = json.dumps(obj, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))
    if line.isascii():
        return line
    if _PAIR.search(line):
        raise TextError("OR-201", "a text holds a surrogate pair as two code points, which JSON cannot say")
    return _TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def json_object(line: str | bytes) -> Mapping[str, object]:
    """Which JSON object does `line` hold?

    Raises:
        InputError: OR-104, the bytes are not UTF-8; OR-105, the line is not a JSON object.
    """
    try:
        if isinstance(line, bytes):
            line = line.decode("utf-8-sig")
        obj = json.loads(line)
    except UnicodeDecodeError as error:
        raise InputError("OR-104", f"the line is not UTF-8: {error}") from error
    except (ValueError, RecursionError) as error:
        raise InputError("OR-105", f"the line is not JSON: {error}") from error
    if not isinstance(obj, dict):
        raise InputError("OR-105", "the line is JSON, but not an object")
    return obj


def reading_to_line(reading: Reading, *, texts: bool = False) -> str:
    """How is `reading` written as one line of JSON? See :func:`reading_to_json`."""
    return json_line(reading_to_json(reading, texts=texts))


def reading_from_line(line: str | bytes) -> Reading:
    """Which reading does a line of JSON hold? See :func:`json_object` and :func:`reading_from_json`."""
    return reading_from_json(json_object(line))


def link_to_json(link: Link) -> dict[str, object]:
    """How is `link` written as JSON? What goes beyond the exchange form is left out where it is unknown."""
    obj: dict[str, object] = {
        "story": link.story,
        "left": link.left,
        "right": link.right,
        "kind": link.kind,
        "scope": link.scope,
        "independent": link.independent,
        "why": link.why,
    }
    for key, value in (("opposite", link.opposite), ("same_time", link.same_time), ("score", link.score)):
        if value is not None:
            obj[key] = value
    for key, spans in (("left_evidence", link.left_evidence), ("right_evidence", link.right_evidence)):
        if spans:
            obj[key] = [[span.start, span.end] for span in spans]
    return obj


def link_from_json(obj: object) -> Link:
    """Which link does a JSON object hold?

    Raises:
        InputError: OR-106, a field is missing or of the wrong type.
        TextError: OR-201, a span is malformed; OR-202, a word that the codebook does not know.
    """
    fields = Fields(obj, at="the link")
    kind, left, right = fields.word("kind", LINK_KINDS), fields.text("left"), fields.text("right")
    return Link(
        id=link_id(kind=kind, left=left, right=right),
        kind=kind,
        left=left,
        right=right,
        scope=fields.word_or_none("scope", SCOPES),
        opposite=fields.flag_or_none("opposite"),
        same_time=fields.flag_or_none("same_time"),
        independent=fields.flag_or_none("independent"),
        why=fields.text_or_none("why"),
        left_evidence=fields.spans("left_evidence", of=None),
        right_evidence=fields.spans("right_evidence", of=None),
        score=fields.number_or_none("score"),
        story=fields.text_or_none("story"),
    )
