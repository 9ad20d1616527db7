"""``/search``: statements and documents by their words, narrowed by outlet, actor, issue, act, kind and date."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.record.position import ACTS
from onrecord.record.span import Span
from onrecord.record.statement import KINDS
from onrecord.store import DocumentHit, Hit
from onrecord.web.asking import Wanted, find, find_documents, wanted
from onrecord.web.phrases import excerpt, highlighted, sentence_with, title_of
from onrecord.web.site import site_of, unchanged

router = APIRouter(include_in_schema=False)

ON_PAGE = 20
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
            values["found"] = find(ledger, asked, limit=ON_PAGE, offset=offset)
        else:
            values["documents"] = find_documents(ledger, asked, limit=ON_PAGE, offset=offset)
    return site.page(request, "search.html", values, etag=etag)


def _words(hit: Hit) -> object:
    return sentence_with(hit.entry, hit.marks)


def _document_title(hit: DocumentHit) -> object:
    if hit.document.title:
        return highlighted(hit.document.title, tuple((m.start, m.end) for m in hit.title_marks))
    return title_of(hit.document)


def _document_words(hit: DocumentHit) -> object:
    return excerpt(hit.document.text, hit.marks or (Span(0, 1),) if hit.document.text else ())
