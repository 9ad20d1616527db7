"""What can a row of the ledger hold, and how does it come back exactly?

SQL text is UTF-8 without an end in the middle: it holds neither lone surrogates nor, for many tools, NUL. A
value with such code points is stored with U+FFFD in their place, one for one, so that every offset still
holds for anybody who reads the file with SQL; which code points those were is kept in the column ``exact``, a
JSON object ``{column: [[offset, code point], ...]}``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeAlias, cast

from onrecord.record.span import Span, Spans

Value: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Value, ...]

_DECODER = json.JSONDecoder()
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` with U+FFFD for what SQL text cannot hold; every other code point keeps its offset."""
    return _UNSTORABLE.sub("�", text)


def sql_values(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values of a row by column as SQL can hold them, and ``exact``, which says what they were."""
    stored = dict(values)
    exact: dict[str, list[tuple[int, int]]] = {}
    for name, value in values.items():
        if isinstance(value, str) and _UNSTORABLE.search(value):
            exact[name] = [(found.start(), ord(found[0])) for found in _UNSTORABLE.finditer(value)]
            stored[name] = storable(value)
    stored["exact"] = json.dumps(exact) if exact else None
    return stored


def exact_values(stored: Mapping[str, Value]) -> dict[str, Value]:
    """The values that :func:`sql_values` was given, and ``exact``."""
    values = dict(stored)
    if values["exact"] is not None:
        for name, places in json.loads(cast(str, values["exact"])).items():
            values[name] = _restored(cast(str, values[name]), places)
    return values


def _restored(text: str, places: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    for place, code in places:
        pieces += (text[at:place], chr(code))
        at = place + 1
    return "".join((*pieces, text[at:]))


def parsed(text: Value) -> list[Any]:
    """The list that a column holds as JSON."""
    # A page reads hundreds of these, most of them empty; json.loads looks for blanks around each.
    return [] if text == "[]" else cast("list[Any]", _DECODER.raw_decode(cast(str, text))[0])


def span_text(span: Span | None) -> str | None:
    """A span as JSON ``[start, end]``; None stays None."""
    return None if span is None else f"[{span.start},{span.end}]"


def span_of(text: Value) -> Span | None:
    """The span that :func:`span_text` wrote."""
    if text is None:
        return None
    start, end = parsed(text)
    return Span(start, end)


def spans_text(spans: Spans) -> str:
    """Spans as JSON ``[[start, end], ...]``."""
    return "[" + ",".join(f"[{span.start},{span.end}]" for span in spans) + "]"


def spans_of(text: Value) -> Spans:
    """The spans that :func:`spans_text` wrote."""
    return tuple(Span(start, end) for start, end in parsed(text))


def flag_of(value: Value) -> bool | None:
    """A truth value from 0, 1 or NULL."""
    return None if value is None else bool(value)
