"""Everything in a ledger that has certain words: statements first, then documents."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.statement import Kind
from onrecord.store import DocumentPage, Ledger, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found.

    Attributes:
        statements: One page of statements.
        documents: One page of documents; None where source or kind were asked for, which documents do not
            have.
    """

    statements: Page
    documents: DocumentPage | None


def find(
    ledger: Ledger,
    query: str,
    *,
    source: str | None = None,
    outlet: str | None = None,
    since: str | None = None,
    until: str | None = None,
    kind: Kind | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """Who said it, and where is it written? The arguments are those of :meth:`onrecord.store.Ledger.search`.

    Raises:
        UsageError: OR-001, there is no word to look for, or a filter makes no sense.
    """
    statements = ledger.search(
        query, source=source, outlet=outlet, since=since, until=until, kind=kind, limit=limit, offset=offset
    )
    documents = None
    if source is None and kind is None:
        documents = ledger.search_documents(query, outlet=outlet, since=since, until=until, limit=limit, offset=offset)
    return Found(statements=statements, documents=documents)
