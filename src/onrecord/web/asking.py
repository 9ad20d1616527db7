"""What a visitor looks for: the same words in the addresses of the search page, of feeds and of the API."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Annotated, cast

from fastapi import Query

from onrecord.record.position import Act
from onrecord.record.statement import Kind
from onrecord.store import Breakdown, DocumentPage, Hit, Ledger
from onrecord.web.site import query_string

MOST_LETTERS = 500
MOST_LOOKED_AT = 5_000
"""Hits that are looked at for one page of those that bear on an issue; the page says where it stopped."""

_PORTION = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; the names and meanings are those of :meth:`onrecord.store.Ledger.search`.

    Attributes:
        q: Words.
        source: Words in the source.
        outlet: The outlet, or a part of its name.
        actor: Who said it: a name or an id.
        issue: The id of an issue that the statement bears on.
        act: What is done by saying it.
        kind: The form.
        since: Earliest publication.
        until: Latest publication.
    """

    q: str = ""
    source: str = ""
    outlet: str = ""
    actor: str = ""
    issue: str = ""
    act: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What is said of it, by name."""
        return {name: value for name, value in asdict(self).items() if value}

    def address(self, path: str, **changes: object) -> str:
        """The address of a page that looks for this."""
        return path + query_string(self.asked, **changes)


def wanted(
    q: Annotated[str, Query(max_length=MOST_LETTERS, description="Words; see `onrecord search --help`.")] = "",
    source: Annotated[str, Query(max_length=MOST_LETTERS, description="Words in the source.")] = "",
    outlet: Annotated[str, Query(max_length=MOST_LETTERS, description="The outlet, or a part of its name.")] = "",
    actor: Annotated[str, Query(max_length=MOST_LETTERS, description="Who said it: a name or an id.")] = "",
    issue: Annotated[str, Query(max_length=MOST_LETTERS, description="The id of an issue that it bears on.")] = "",
    act: Annotated[str, Query(max_length=40, description="What is done by saying it.")] = "",
    kind: Annotated[str, Query(max_length=40, description="direct, indirect or mixed.")] = "",
    since: Annotated[str, Query(max_length=40, description="Earliest publication: 2026, 2026-03, 2026-03-04.")] = "",
    until: Annotated[str, Query(max_length=40, description="Latest publication.")] = "",
) -> Wanted:
    """What a request looks for, from its address."""
    values = (q, source, outlet, actor, issue, act, kind, since, until)
    names = ("q", "source", "outlet", "actor", "issue", "act", "kind", "since", "until")
    return Wanted(**{name: value.strip() for name, value in zip(names, values, strict=True)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Statements that were found.

    Attributes:
        hits: Some of them.
        after: How many to pass over for those that follow; None if none follow.
        ranked: Whether they stand best first.
        stopped: Whether the search stopped before the page was full: go on at `after`.
        breakdown: How the first of them divide; None on later pages, and where an issue is asked for.
    """

    hits: tuple[Hit, ...]
    after: int | None
    ranked: bool
    stopped: bool = False
    breakdown: Breakdown | None = None


def find(ledger: Ledger, asked: Wanted, *, limit: int, offset: int, newest: bool = False, divided: int = 0) -> Found:
    """The statements looked for, after the first `offset` ones.

    Args:
        ledger: The ledger.
        asked: What is looked for.
        limit: How many.
        offset: How many to leave out before.
        newest: Whether what was published last comes first also where words are looked for.
        divided: Of how many of the first ones to say how they divide.

    Raises:
        UsageError: OR-001, there is no word to look for, or a filter makes no sense.
        StoreError: OR-407, there is no such issue.
    """
    if asked.issue:
        return _find_on_issue(ledger, asked, limit=limit, offset=offset, newest=newest)
    page = ledger.search(
        asked.q,
        **_filters(asked),  # type: ignore[arg-type]
        newest=newest,
        divided=divided,
        limit=limit,
        offset=offset,
    )
    return Found(
        hits=page.hits,
        after=offset + len(page.hits) if page.more else None,
        ranked=page.ranked,
        breakdown=page.breakdown,
    )


def _find_on_issue(ledger: Ledger, asked: Wanted, *, limit: int, offset: int, newest: bool) -> Found:
    bearing = {each.bearing.statement_id for each in ledger.issues.bearings(asked.issue)}
    everything = replace(asked, issue="")
    hits: list[Hit] = []
    at, ranked = offset, False
    while at < offset + MOST_LOOKED_AT:
        found = find(ledger, everything, limit=_PORTION, offset=at, newest=newest)
        ranked = found.ranked
        for number, hit in enumerate(found.hits, start=1):
            if hit.entry.statement.id in bearing:
                hits.append(hit)
                if len(hits) == limit:
                    return Found(hits=tuple(hits), after=at + number, ranked=ranked)
        if found.after is None:
            return Found(hits=tuple(hits), after=None, ranked=ranked)
        at = found.after
    return Found(hits=tuple(hits), after=at, ranked=ranked, stopped=True)


def find_documents(ledger: Ledger, asked: Wanted, *, limit: int, offset: int) -> DocumentPage:
    """The documents looked for; actor, issue, act and kind are not asked of documents."""
    filters = {name: value for name, value in _filters(asked).items() if name in ("outlet", "since", "until")}
    return ledger.search_documents(asked.q, **filters, limit=limit, offset=offset)


def newest(ledger: Ledger, asked: Wanted, *, limit: int) -> list[Hit]:
    """The statements looked for that were published last, the last one first; those without a date at the end."""
    return list(find(ledger, asked, limit=limit, offset=0, newest=True).hits)


def _filters(asked: Wanted) -> dict[str, str]:
    """The filters as :meth:`onrecord.store.Ledger.search` takes them."""
    filters = {
        "source": asked.source,
        "outlet": asked.outlet,
        "actor": asked.actor,
        "act": cast("Act", asked.act),
        "kind": cast("Kind", asked.kind),
        "since": asked.since,
        "until": asked.until,
    }
    return {name: value for name, value in filters.items() if value}
