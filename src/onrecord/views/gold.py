"""Which annotation does a JSON object hold?

Two forms are read: the public JSON form with ``statements``, and the one with ``attributions``, whose entries
have ``source``, ``cue`` and ``content`` only and are the outermost ones.
"""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.errors import InputError
from onrecord.record.codec import reading_from_json
from onrecord.record.fields import Fields
from onrecord.record.reading import Reading
from onrecord.views.evaluate import Annotation, Gold


def gold_from_json(obj: Mapping[str, object]) -> Gold:
    """Which annotated document does this object hold?

    Raises:
        InputError: OR-106, it has neither ``statements`` nor ``attributions``, or a field is missing or of
            the wrong type.
        TextError: OR-201, a span does not lie in the text; OR-202, a word that the codebook does not know.
    """
    if "statements" in obj:
        reading = reading_from_json(obj)
        return Gold(document=reading.document, annotations=_annotations(reading), outermost_only=False)
    if "attributions" not in obj:
        raise InputError("OR-106", "the record has neither `statements` nor `attributions`")
    bare = {key: value for key, value in obj.items() if key in ("id", "title", "outlet", "language", "text")}
    doc = reading_from_json({**bare, "statements": []}).document
    annotations = []
    without_content = 0
    for fields in Fields(obj, at=f"document {doc.external_id or doc.id}").inners("attributions"):
        content, cue, source = (fields.spans(role, of=doc.text) for role in ("content", "cue", "source"))
        if content:
            annotations.append(Annotation(kind=None, content=content, cue=cue, source=source))
        else:
            without_content += 1
    return Gold(
        document=doc,
        annotations=tuple(annotations),
        outermost_only=True,
        without_content=without_content,
    )


def _annotations(reading: Reading) -> tuple[Annotation, ...]:
    return tuple(
        Annotation(kind=stmt.kind, content=stmt.content, cue=stmt.cue, source=stmt.source)
        for stmt in reading.statements
    )
