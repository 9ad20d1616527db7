"""``/s/ID``: one statement, with all that is on record of it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from onrecord.views.aspects import aspects_of
from onrecord.views.passage import passage_of
from onrecord.web.marked import mark_passage
from onrecord.web.site import site_of, unchanged

router = APIRouter(include_in_schema=False)


@router.get("/s/{identifier}")
def statement(request: Request, identifier: str) -> Response:
    """The statement page."""
    site = site_of(request)
    etag = site.etag(request)
    same = unchanged(request, etag)
    if same is not None:
        return same
    with site.reading() as ledger:
        entry = ledger.entry(identifier)
        reading = ledger.entries(entry.document.id).reading()
    stmt = entry.statement
    passage = passage_of(entry.document.text, stmt)
    values = {
        "entry": entry,
        "doc": entry.document,
        "aspects": aspects_of(entry.reading())[stmt.id],
        "passage": mark_passage(reading, passage, chosen=stmt.id),
    }
    return site.page(request, "statement.html", values, etag=etag)
