"""Full-text search over the statements and documents of the current record.

The index yields matches from best to worst, and the other conditions are asked about one match after the
other until the page is full; so a search costs the ranking of its matches, not a look at each of them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from onrecord.errors import UsageError
from onrecord.record.span import Spans
from onrecord.store.actors import actors_meant
from onrecord.store.breakdown import breakdown
from onrecord.store.filters import Asked, Filters, Parameters, filters
from onrecord.store.marks import in_document, marks_in
from onrecord.store.nouns import DocumentHit, DocumentPage, Entry, Hit, Manner, Page
from onrecord.store.read import documents_by_number, entries_by_number
from onrecord.store.speaking import (
    ACT,
    ACTOR,
    BY_DATE_OF,
    CANDIDATE_NUMBERS,
    few_candidates,
    manner,
    newest_among,
    spoken_by,
)
from onrecord.store.words import expression, months_expression

MOST_RANKED = 10_000
"""Words that stand in more statements or documents than this are not ranked."""

MOST_LISTED = 4_000
"""Of speakers and words with more statements than this, the newest are looked for without a look at all of them."""

_MONTHS = (1, 6, 24)
"""How far back to look for the newest statements with words that stand in many; then everywhere."""

_BY_WORDS = """
    SELECT f.rowid, {rank} FROM statement_fts AS f
    CROSS JOIN current_observation AS o ON o.n = f.rowid
    CROSS JOIN document AS d ON d.id = o.document_id
    WHERE f.statement_fts MATCH ? AND {where} ORDER BY {order} LIMIT ? OFFSET ?"""
_BY_DATE = """
    SELECT o.n, 0.0 FROM document AS d
    CROSS JOIN current_observation AS o ON o.document_id = d.id
    WHERE {where} ORDER BY d.published DESC, d.n DESC, o.n LIMIT ? OFFSET ?"""
_DOCUMENTS_BY_WORDS = """
    SELECT d.n, {rank} FROM document_fts AS f CROSS JOIN document AS d ON d.n = f.rowid
    WHERE f.document_fts MATCH ? AND {where} ORDER BY {order} LIMIT ? OFFSET ?"""
_DOCUMENTS_BY_DATE = """
    SELECT d.n, 0.0 FROM document AS d WHERE {where} ORDER BY d.published DESC, d.n DESC LIMIT ? OFFSET ?"""


def search_statements(connection: sqlite3.Connection, asked: Asked) -> Page:
    """Which statements of the current record, not rejected, fit?"""
    words = _words(asked)
    divided = asked.divided if asked.offset == 0 else 0
    rows, ranked = _numbers(connection, replace(asked, limit=max(asked.limit, divided)), words)
    page = rows[: asked.limit]
    first = [number for number, _ in rows[:divided]]
    entries = entries_by_number(connection, [number for number, _ in page])
    marks = _marks(entries, words)
    return Page(
        hits=tuple(
            Hit(entry=entry, rank=rank, marks=places)
            for entry, (_, rank), places in zip(entries, page, marks, strict=True)
        ),
        offset=asked.offset,
        more=len(rows) > asked.limit,
        ranked=ranked,
        breakdown=breakdown(connection, first, whole=len(rows) <= divided) if divided else None,
    )


def manner_of(connection: sqlite3.Connection, asked: Asked) -> Manner:
    """What is done by the statements that fit, and who passes them on?"""
    rows, _ = _numbers(connection, asked, _words(asked))
    return manner(connection, [number for number, _ in rows[: asked.limit]])


def _words(asked: Asked) -> list[str]:
    """The words looked for, as FTS5 writes them."""
    both = (expression(asked.query, columns="{content source}"), expression(asked.source or "", columns="source"))
    return [found for found in both if found]


def _numbers(
    connection: sqlite3.Connection, asked: Asked, words: Sequence[str]
) -> tuple[list[tuple[int, float]], bool]:
    """The numbers of the statements of a page, and of one more if there is one, with their ranks; are they ranked?"""
    narrow = filters(connection, asked)
    conditions = [*narrow.conditions, "o.verdict IS NOT 'rejected'"]
    values: Parameters = [*narrow.values]
    if asked.kind is not None:
        conditions.append("o.kind = ?")
        values.append(asked.kind)
    if asked.act is not None:
        conditions.append(f"{ACT} = ?")
        values.append(asked.act)
    said_by = None if asked.actor is None else json.dumps(actors_meant(connection, asked.actor))
    # The fewer of a speaker's statements fit, the longer a look through all documents takes.
    most = MOST_RANKED if words or asked.act or asked.kind else MOST_LISTED
    few = said_by is not None and few_candidates(connection, said_by, most)
    if said_by is not None:
        if few and words and not asked.newest:
            # The sign + makes SQLite ask this of each match, instead of searching the index once for each statement.
            conditions.append(f"+f.rowid IN ({CANDIDATE_NUMBERS})")
            values += [said_by, said_by]
        conditions.append(f"{ACTOR} IN (SELECT value FROM json_each(?))")
        values.append(said_by)
    where = " AND ".join(conditions)
    paging = [asked.limit + 1, asked.offset]
    ranked = False
    if words:
        match = _all_of([*words, *narrow.facets])
        if asked.newest:
            return _newest(connection, match, narrow, where, values, asked), False
        ranked = _few(connection, "statement_fts", match, MOST_RANKED)
        rows = _found(connection, _BY_WORDS.format(where=where, **_order(ranked)), [match, *values, *paging])
    elif said_by is None:
        rows = _found(connection, _BY_DATE.format(where=where), [*values, *paging])
    elif few:
        rows = newest_among(connection, spoken_by(said_by), narrow, where, values, asked)
    else:
        rows = _found(connection, BY_DATE_OF.format(where=where), [said_by, *values, *paging])
    return rows, ranked


def _newest(
    connection: sqlite3.Connection, match: str, narrow: Filters, where: str, values: Parameters, asked: Asked
) -> list[tuple[int, float]]:
    """The numbers of the newest statements with some words: a page and one more.

    Of words in many statements, those of the last months are looked at first.
    """
    matching = "SELECT rowid AS n FROM statement_fts WHERE statement_fts MATCH ?"
    (newest,) = connection.execute("SELECT max(published) FROM document").fetchone()
    for months in _MONTHS if newest and not _few(connection, "statement_fts", match, MOST_LISTED) else ():
        bound = _before(newest, months)
        recent = replace(narrow, conditions=(*narrow.conditions, "d.published >= ?"), values=(*narrow.values, bound))
        facets = months_expression((int(bound[:4]), int(bound[5:7])), (int(newest[:4]), int(newest[5:7] or 12)))
        candidates = matching, (_all_of([match, facets]),)
        rows = newest_among(connection, candidates, recent, where, values, asked)
        if len(rows) > asked.limit:
            return rows
    return newest_among(connection, (matching, (match,)), narrow, where, values, asked)


def _before(day: str, months: int) -> str:
    """The month that lies so many months before a day, ``2026-03``."""
    number = int(day[:4]) * 12 + int(day[5:7] or 12) - 1 - months
    return f"{number // 12:04}-{number % 12 + 1:02}"


def search_documents(connection: sqlite3.Connection, asked: Asked) -> DocumentPage:
    """Which documents fit? Source and kind are not asked of documents."""
    match = expression(asked.query, columns="{title text}")
    narrow = filters(connection, asked)
    where = " AND ".join(narrow.conditions) or "1"
    values: Parameters = [*narrow.values, asked.limit + 1, asked.offset]
    ranked = match is not None and _few(connection, "document_fts", match, MOST_RANKED)
    if match:
        rows = _found(connection, _DOCUMENTS_BY_WORDS.format(where=where, **_order(ranked)), [match, *values])
    else:
        rows = _found(connection, _DOCUMENTS_BY_DATE.format(where=where), values)
    page = rows[: asked.limit]
    docs = documents_by_number(connection, [number for number, _ in page])
    places: Sequence[tuple[Spans, Spans]] = [((), ())] * len(docs)
    if match:
        places = marks_in([(doc.title or "", doc.text) for doc in docs], match, columns=("title", "text"))
    return DocumentPage(
        hits=tuple(
            DocumentHit(
                document=doc,
                n_statements=_n_statements(connection, doc.id),
                rank=rank,
                marks=in_text,
                title_marks=in_title,
            )
            for doc, (_, rank), (in_title, in_text) in zip(docs, page, places, strict=True)
        ),
        offset=asked.offset,
        more=len(rows) > asked.limit,
        ranked=ranked,
    )


def _all_of(expressions: Sequence[str]) -> str:
    return " AND ".join(f"({found})" for found in expressions)


def _order(ranked: bool) -> dict[str, str]:
    # bm25 is the smaller the better a match is.
    return {"rank": "-f.rank", "order": "f.rank"} if ranked else {"rank": "0.0", "order": "f.rowid DESC"}


def _few(connection: sqlite3.Connection, table: str, match: str, most: int) -> bool:
    """Are there at most so many matches?"""
    (count, _) = _found(
        connection,
        f"SELECT count(*), 0.0 FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)",
        [match, most + 1],
    )[0]
    return count <= most


def _found(connection: sqlite3.Connection, query: str, values: Parameters) -> list[tuple[int, float]]:
    try:
        return connection.execute(query, values).fetchall()
    except sqlite3.OperationalError as error:
        # FTS5 limits the size of an expression; a query beyond it is the user's to shorten.
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR and "fts5" in str(error):
            raise UsageError(
                "OR-001", f"the query cannot be searched for: {error}", hint="Give fewer words."
            ) from error
        raise


def _marks(entries: Sequence[Entry], words: Sequence[str]) -> list[Spans]:
    """Where in its document do the words of each entry stand?"""
    if not words:
        return [()] * len(entries)
    pairs = marks_in([(e.content, e.source) for e in entries], _all_of(words), columns=("content", "source"))
    marks = []
    for entry, (in_content, in_source) in zip(entries, pairs, strict=True):
        stmt = entry.statement
        both = {*in_document(in_content, stmt.content), *in_document(in_source, stmt.source)}
        marks.append(tuple(sorted(both)))
    return marks


def _n_statements(connection: sqlite3.Connection, document_id: str) -> int:
    row = connection.execute(
        "SELECT n_statements FROM reading WHERE document_id = ? ORDER BY id DESC LIMIT 1", (document_id,)
    ).fetchone()
    return int(row[0])
