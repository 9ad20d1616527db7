"""A person may say which words a statement really covers; its id stays that of the words the machine found."""

from __future__ import annotations

import json
import sqlite3

from onrecord.errors import TextError, UsageError
from onrecord.record.span import as_spans
from onrecord.store.values import spans_text

SPANNED = ("content", "cue", "source")
"""The fields of a statement that are stretches of its document's text: JSON ``[[start, end], ...]``."""

_MOST = 64


def spans_said(connection: sqlite3.Connection, statement_id: str, field: str, after: str | None) -> str | None:
    """What a person says that `field` covers, as the ledger keeps it; None if nothing was given.

    Args:
        connection: The ledger.
        statement_id: The statement.
        field: One of :data:`SPANNED`.
        after: JSON ``[[start, end], ...]``, code points of the document's text, half-open.

    Raises:
        UsageError: OR-001, this is no such list, or the content would be empty.
        TextError: OR-201, a stretch is not two numbers in order, overlaps another or ends outside the text.
    """
    if after is None:
        return None
    try:
        pairs = json.loads(after)
    except (ValueError, RecursionError):
        pairs = None
    if not isinstance(pairs, list) or len(pairs) > _MOST or not all(isinstance(pair, list) for pair in pairs):
        raise UsageError(
            "OR-001",
            f"{field} must be a list of at most {_MOST} stretches of the text",
            hint="Give them like [[10, 24], [30, 41]]: code points, the end not included.",
        )
    spans = as_spans(pairs)
    if field == "content" and not spans:
        raise UsageError("OR-001", "a statement without any content is none", hint="Reject it instead.")
    (length,) = connection.execute(
        "SELECT length(d.text) FROM statement AS s JOIN document AS d ON d.id = s.document_id WHERE s.id = ?",
        (statement_id,),
    ).fetchone()
    if any(span.end > length for span in spans):
        raise TextError("OR-201", f"{field} of {statement_id} would end outside the text")
    return spans_text(spans)
