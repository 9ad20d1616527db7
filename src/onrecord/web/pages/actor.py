"""``/a/ID``: what an actor said."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from onrecord.web.site import site_of, unchanged

router = APIRouter(include_in_schema=False)


@router.get("/a/{identifier}")
def actor(request: Request, identifier: str, before: int = 0) -> Response:
    """The actor page."""
    site = site_of(request)
    etag = site.etag(request)
    same = unchanged(request, etag)
    if same is not None:
        return same
    with site.reading() as ledger:
        entry = ledger.actor(identifier)
        page = ledger.search("", actor=entry.actor.id, limit=50, offset=max(0, before))
    return site.page(request, "actor.html", {"entry": entry, "page": page}, etag=etag)
