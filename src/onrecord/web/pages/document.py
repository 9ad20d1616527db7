"""``/d/ID``: an article with its statements marked, and a note on each in the margin."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from onrecord.export.wording import summary
from onrecord.views.sources import sources_of
from onrecord.web.marked import mark_article
from onrecord.web.site import site_of, unchanged

router = APIRouter(include_in_schema=False)


@router.get("/d/{identifier}")
def document(request: Request, identifier: str, actor: str = "") -> Response:
    """The reading view.

    Args:
        request: The request.
        identifier: The document's id, or a unique beginning of it.
        actor: Whose statements to show, by the actor's id; the others are faded.
    """
    site = site_of(request)
    etag = site.etag(request)
    same = unchanged(request, etag)
    if same is not None:
        return same
    with site.reading() as ledger:
        reading = ledger.entries(identifier).reading()
    sources = sources_of(reading)
    lit = None
    if actor:
        lit = {
            aspects.statement.id
            for source in sources
            if source.actor is not None and source.actor.id == actor
            for aspects in source.said
        }
    values = {
        "doc": reading.document,
        "marked": mark_article(reading, lit=lit),
        "sources": sources,
        "summary": summary(reading),
        "actor": actor,
    }
    return site.long_page(request, "document.html", values, etag=etag)
