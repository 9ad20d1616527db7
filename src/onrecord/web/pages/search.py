"""``/search``: statements and documents by their words, narrowed by outlet, actor, issue, act, kind and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.record.position import ACTS
from onrecord.record.span import Span
from onrecord.record.statement import KINDS
from onrecord.store import Breakdown, DocumentHit, Hit, Ledger
from onrecord.web.asking import Wanted, find, find_documents, wanted
from onrecord.web.phrases import excerpt, highlighted, sentence_with, title_of
from onrecord.web.site import site_of, unchanged

router = APIRouter(include_in_schema=False)

ON_PAGE = 20
DIVIDED = 60
"""Of how many of the first hits the page says how they divide."""
VALUES = 8
"""Values of a facet that are shown; how many more there are is said."""
_MOST_OFFSET = 1_000_000_000


@router.get("/search")
def search(
    request: Request,
    asked: Annotated[Wanted, Depends(wanted)],
    what: Literal["statements", "documents"] = "statements",
    offset: Annotated[int, Query(ge=0, le=_MOST_OFFSET)] = 0,
) -> Response:
    """The search page."""
    site = site_of(request)
    etag = site.etag(request)
    same = unchanged(request, etag)
    if same is not None:
        return same
    values: dict[str, object] = {
        "asked": asked,
        "asked_words": asked.q,
        "what": what,
        "offset": offset,
        "on_page": ON_PAGE,
        "acts": ACTS,
        "kinds": KINDS,
        "words": _words,
        "document_title": _document_title,
        "document_words": _document_words,
    }
    with site.reading() as ledger:
        values["issue"] = ledger.issues.one(asked.issue) if asked.issue else None
        values["issues"] = ledger.issues.labels()
        if what == "statements":
            found = find(ledger, asked, limit=ON_PAGE, offset=offset, divided=DIVIDED)
            values["found"] = found
            values["facets"] = list(_facets(ledger, asked, found.breakdown)) if found.breakdown else []
        else:
            values["documents"] = find_documents(ledger, asked, limit=ON_PAGE, offset=offset)
    return site.page(request, "search.html", values, etag=etag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One way in which the hits divide.

    Attributes:
        title: Its name.
        values: What a value is called, how many of the hits have it, and the address of the search for these alone.
        more: How many other values there are.
    """

    title: str
    values: tuple[tuple[str, int, str], ...]
    more: int


def _facets(ledger: Ledger, asked: Wanted, by: Breakdown) -> Iterator[Facet]:
    """How the hits divide, in every way in which they do."""
    issues = ledger.issues.taken(by.statements)
    on = sorted(((issue.label, len(found), issue.id) for issue, found in issues.items()), key=lambda one: -one[1])
    ways: tuple[tuple[str, str, int, Sequence[tuple[str, int, str]]], ...] = (
        ("Outlet", "outlet", len(by.outlets), [(outlet, n, outlet) for outlet, n in by.outlets]),
        ("Who said it", "actor", by.n_actors, [(actor.name, n, actor.id) for actor, n in by.actors]),
        ("Issue", "issue", len(on), on),
        ("Act", "act", len(by.acts), [(act, n, act) for act, n in by.acts]),
        ("Kind", "kind", len(by.kinds), [(kind, n, kind) for kind, n in by.kinds]),
    )
    for title, name, n_values, values in ways:
        if n_values > 1:
            shown = tuple((said, n, asked.address("/search", **{name: value})) for said, n, value in values[:VALUES])
            yield Facet(title=title, values=shown, more=n_values - len(shown))
    if len(by.months) > 1:
        months = tuple(
            (month, n, asked.address("/search", since=month, until=month)) for month, n in by.months[:VALUES]
        )
        yield Facet(title="Published", values=months, more=len(by.months) - len(months))


def _words(hit: Hit) -> object:
    return sentence_with(hit.entry, hit.marks)


def _document_title(hit: DocumentHit) -> object:
    if hit.document.title:
        return highlighted(hit.document.title, tuple((m.start, m.end) for m in hit.title_marks))
    return title_of(hit.document)


def _document_words(hit: DocumentHit) -> object:
    return excerpt(hit.document.text, hit.marks or (Span(0, 1),) if hit.document.text else ())
