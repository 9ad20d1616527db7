"""``/``: search, what came last, and how much there is."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from onrecord.web.site import site_of, unchanged

router = APIRouter(include_in_schema=False)


@router.get("/")
def front(request: Request) -> Response:
    """The front page."""
    site = site_of(request)
    etag = site.etag(request)
    same = unchanged(request, etag)
    if same is not None:
        return same
    with site.reading() as ledger:
        latest = ledger.search("", limit=12)
        counts = ledger.counts()
    return site.page(request, "front.html", {"latest": latest, "counts": counts}, etag=etag)
