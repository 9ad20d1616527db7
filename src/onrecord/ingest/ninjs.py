"""ninjs, the news agencies' form of a story in JSON (IPTC, versions 1 and 2): one object, one document.

======================================  ================================================================
field                                   becomes
======================================  ================================================================
``body_text``, ``body_xhtml``,          the text; plain text is taken before markup. Version 2: the first
``body_html``, ``bodies``               of ``bodies`` that is plain text, else the first one
``headline``, ``headlines``             the title
``versioncreated``, ``firstcreated``    when it was published
``infosources``, ``copyrightholder``,   the outlet, the first that is there
``source``, ``provider``
``uri``                                 the document's id in your collection; its address if it is one
``language``                            the language
======================================  ================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.errors import InputError
from onrecord.ingest.dates import find_published
from onrecord.ingest.markup import text_of_fragment
from onrecord.record.document import Document, Origin, Reader, document_id

READER = Reader(name="ninjs", version="1")
_BODIES = ("body_text", "body_xhtml", "body_html", "bodies")


def is_ninjs(record: Mapping[str, object]) -> bool:
    """Is this JSON object a story in ninjs?"""
    return "text" not in record and any(name in record for name in _BODIES)


def ninjs_document(record: Mapping[str, object], origin: Origin, place: str) -> Document:
    """Which document is this story?

    Raises:
        InputError: OR-102, it has no text (a picture, a video).
    """
    text = _body(record)
    if not text.strip():
        raise InputError("OR-102", f"{place}: the story holds no text")
    uri = _string(record, "uri")
    url = uri if uri is not None and uri.startswith(("http://", "https://")) else None
    outlet = _outlet(record)
    date = find_published(*(_string(record, name) for name in ("versioncreated", "firstcreated", "contentcreated")))
    title = _string(record, "headline") or _valued(record.get("headlines"))
    return Document(
        id=document_id(text, url=url, outlet=outlet, published=None if date is None else date.value),
        text=text,
        external_id=uri,
        url=url,
        title=" ".join(title.split()) or None if title else None,
        outlet=outlet,
        published=date,
        language=_string(record, "language"),
        origin=origin,
        reader=READER,
    )


def _body(record: Mapping[str, object]) -> str:
    plain = _string(record, "body_text")
    if plain is not None:
        return plain
    markup = _string(record, "body_xhtml") or _string(record, "body_html")
    if markup is not None:
        return text_of_fragment(markup)
    bodies = [body for body in _objects(record.get("bodies")) if _string(body, "value") is not None]
    bodies.sort(key=lambda body: _string(body, "contenttype") != "text/plain")
    for body in bodies:
        value = _string(body, "value") or ""
        return value if _string(body, "contenttype") == "text/plain" else text_of_fragment(value)
    return ""


def _outlet(record: Mapping[str, object]) -> str | None:
    for source in _objects(record.get("infosources")):
        if name := _string(source, "name"):
            return name
    found = (_string(record, name) for name in ("copyrightholder", "source", "provider"))
    return next((name for name in found if name), None)


def _valued(value: object) -> str | None:
    """The first value of a list of ``{"role": …, "value": …}``."""
    return next((text for entry in _objects(value) if (text := _string(entry, "value"))), None)


def _objects(value: object) -> list[Mapping[str, object]]:
    entries = value if isinstance(value, Sequence) and not isinstance(value, str) else []
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _string(record: Mapping[str, object], field: str) -> str | None:
    value = record.get(field)
    return value if isinstance(value, str) and value.strip() else None
