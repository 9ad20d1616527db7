"""Full-text search over the statements and documents of the current record.

The index yields matches from best to worst, and the filters are asked about one match after the other until
the page is full; so a common word costs the ranking, not a look at every match.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

from onrecord.errors import InputError, UsageError
from onrecord.record.document import Published
from onrecord.record.statement import KINDS, Kind
from onrecord.store.marks import in_document, marks_in
from onrecord.store.nouns import DocumentHit, DocumentPage, Hit, Page
from onrecord.store.read import document_by_number, entries_by_number
from onrecord.store.words import expression

_Parameters: TypeAlias = list[str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a search asks for.

    Attributes:
        query: Words, see :func:`onrecord.store.words.expression`; blank for everything that passes the
            filters.
        source: Words that must stand in the source.
        outlet: An outlet's name, or a part of it; case and accents do not count. An outlet of exactly this
            name excludes those that merely contain it.
        since: Earliest publication, ISO 8601 of any precision down to the minute. A document whose own date
            is less precise is found if it may fit; one without a date is not found.
        until: Latest publication, likewise; ``2026-03`` means to the end of that March.
        kind: The form of the statement.
        limit: Hits on a page, at least 1.
        offset: Hits to leave out before.
    """

    query: str
    source: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    kind: Kind | None = None
    limit: int = 20
    offset: int = 0

    def __post_init__(self) -> None:
        if self.limit < 1 or self.offset < 0:
            raise UsageError(
                "OR-001", f"limit must be at least 1 and offset at least 0, not {self.limit}, {self.offset}"
            )
        if self.kind is not None and self.kind not in KINDS:
            raise UsageError("OR-001", f"kind must be one of {', '.join(KINDS)}, not {self.kind!r}")
        since, until = _moment(self.since), _moment(self.until)
        if since and until:
            common = min(len(since), len(until))
            if since[:common] > until[:common]:
                raise UsageError("OR-001", f"since {self.since} is after until {self.until}")


def search_statements(connection: sqlite3.Connection, asked: Asked) -> Page:
    """Which statements of the current record, not rejected, fit?"""
    source = expression(asked.source, column="source") if asked.source else None
    wanted = expression(asked.query)
    match = f"({wanted}) AND ({source})" if wanted and source else wanted or source
    conditions, values = _filters(connection, asked)
    conditions.append("o.verdict IS NOT 'rejected'")
    if asked.kind is not None:
        conditions.append("o.kind = ?")
        values.append(asked.kind)
    if match:
        rows = _ranked(
            connection,
            "SELECT f.rowid, -f.rank FROM statement_fts AS f "
            "CROSS JOIN current_observation AS o ON o.n = f.rowid "
            "CROSS JOIN document AS d ON d.id = o.document_id "
            f"WHERE f.statement_fts MATCH ? AND {' AND '.join(conditions)} ORDER BY f.rank LIMIT ? OFFSET ?",
            [match, *values, asked.limit + 1, asked.offset],
        )
    else:
        rows = connection.execute(
            "SELECT o.n, 0.0 FROM document AS d CROSS JOIN current_observation AS o ON o.document_id = d.id "
            f"WHERE {' AND '.join(conditions)} ORDER BY d.published DESC, d.n DESC, o.n LIMIT ? OFFSET ?",
            [*values, asked.limit + 1, asked.offset],
        ).fetchall()
    page = rows[: asked.limit]
    entries = entries_by_number(connection, [number for number, _ in page])
    places = (
        marks_in([(e.content, e.source) for e in entries], match, columns=("content", "source"))
        if match
        else [((), ())] * len(entries)
    )
    hits = tuple(
        Hit(
            entry=entry,
            rank=rank,
            marks=tuple(
                sorted(
                    {
                        *in_document(in_content, entry.statement.content),
                        *in_document(in_source, entry.statement.source),
                    }
                )
            ),
        )
        for entry, (_, rank), (in_content, in_source) in zip(entries, page, places, strict=True)
    )
    return Page(hits=hits, offset=asked.offset, more=len(rows) > asked.limit)


def search_documents(connection: sqlite3.Connection, asked: Asked) -> DocumentPage:
    """Which documents fit? Source and kind are not asked of documents."""
    if asked.source is not None or asked.kind is not None:
        raise UsageError("OR-001", "source and kind are asked of statements, not of documents")
    match = expression(asked.query)
    conditions, values = _filters(connection, asked)
    where = " AND ".join(conditions) or "1"
    if match:
        rows = _ranked(
            connection,
            "SELECT d.n, -f.rank FROM document_fts AS f CROSS JOIN document AS d ON d.n = f.rowid "
            f"WHERE f.document_fts MATCH ? AND {where} ORDER BY f.rank LIMIT ? OFFSET ?",
            [match, *values, asked.limit + 1, asked.offset],
        )
    else:
        rows = connection.execute(
            f"SELECT d.n, 0.0 FROM document AS d WHERE {where} "
            "ORDER BY d.published DESC, d.n DESC LIMIT ? OFFSET ?",
            [*values, asked.limit + 1, asked.offset],
        ).fetchall()
    page = rows[: asked.limit]
    docs = [document_by_number(connection, number) for number, _ in page]
    places = (
        marks_in([(doc.title or "", doc.text) for doc in docs], match, columns=("title", "text"))
        if match
        else [((), ())] * len(docs)
    )
    hits = tuple(
        DocumentHit(
            document=doc,
            n_statements=_n_statements(connection, doc.id),
            rank=rank,
            marks=marks,
            title_marks=in_title,
        )
        for doc, (_, rank), (in_title, marks) in zip(docs, page, places, strict=True)
    )
    return DocumentPage(hits=hits, offset=asked.offset, more=len(rows) > asked.limit)


def _n_statements(connection: sqlite3.Connection, document_id: str) -> int:
    row = connection.execute(
        "SELECT n_statements FROM reading WHERE document_id = ? ORDER BY id DESC LIMIT 1", (document_id,)
    ).fetchone()
    return int(row[0])


def _ranked(connection: sqlite3.Connection, query: str, values: _Parameters) -> list[tuple[int, float]]:
    try:
        return connection.execute(query, values).fetchall()
    except sqlite3.OperationalError as error:
        # FTS5 limits the size of an expression; a query beyond it is the user's to shorten.
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR and "fts5" in str(error):
            raise UsageError(
                "OR-001", f"the query is too long to search for: {error}", hint="Give fewer words."
            ) from error
        raise


def _filters(connection: sqlite3.Connection, asked: Asked) -> tuple[list[str], _Parameters]:
    """Conditions on ``document AS d``, and their values."""
    conditions: list[str] = []
    values: _Parameters = []
    if asked.outlet is not None:
        names = _outlets(connection, asked.outlet)
        conditions.append(f"d.outlet IN ({', '.join('?' * len(names))})")
        values += names
    for moment, sign in ((_moment(asked.since), ">="), (_moment(asked.until), "<=")):
        if moment is not None:
            # Both sides are cut to what both state: 2026 may be in 2026-03, and 2026-03-04 is.
            conditions.append(
                f"replace(substr(d.published, 1, {len(moment)}), ' ', 'T') {sign} "
                "substr(?, 1, length(d.published))"
            )
            values.append(moment)
    return conditions, values


def _moment(value: str | None) -> str | None:
    """A date of a filter as ``YYYY[-MM[-DD[THH:MM]]]``, in the local time of whoever published."""
    if value is None:
        return None
    try:
        return Published.from_iso(value).value[:16].replace(" ", "T")
    except InputError as error:
        raise UsageError(
            "OR-001", error.message, hint="Give a date like 2026, 2026-03 or 2026-03-04."
        ) from error


def _outlets(connection: sqlite3.Connection, wanted: str) -> list[str]:
    """The outlets of the ledger that `wanted` names."""
    # Hops from one outlet to the next in the index, instead of reading every document's.
    rows = connection.execute(
        "WITH RECURSIVE o(name) AS (SELECT min(outlet) FROM document UNION ALL "
        "SELECT (SELECT min(outlet) FROM document WHERE outlet > o.name) FROM o WHERE o.name IS NOT NULL) "
        "SELECT name FROM o WHERE name IS NOT NULL"
    ).fetchall()
    names = [str(name) for (name,) in rows]
    folded = _folded(wanted)
    same = [name for name in names if _folded(name) == folded]
    return same or [name for name in names if folded in _folded(name)]


def _folded(text: str) -> str:
    """`text` without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in apart if not unicodedata.combining(char)).split())
