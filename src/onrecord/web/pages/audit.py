"""``/audit``: on whom articles rest: sources by article and by outlet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.store import Ledger
from onrecord.views.audit import Audit, Figures, audit, together
from onrecord.web.site import site_of, unchanged

router = APIRouter(include_in_schema=False)

ON_PAGE = 15
"""Articles of which one page counts."""

Asked = Annotated[str, Query(max_length=300)]


@router.get("/audit")
def audits(
    request: Request,
    outlet: Asked = "",
    since: Asked = "",
    until: Asked = "",
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """The audit page: the newest articles that fit, each and by outlet.

    Args:
        request: The request.
        outlet: An outlet's name, or a part of it.
        since: Earliest publication.
        until: Latest publication.
        offset: Articles to pass over.
    """
    site = site_of(request)
    etag = site.etag(request)
    same = unchanged(request, etag)
    if same is not None:
        return same
    asked = {"outlet": outlet, "since": since, "until": until}
    with site.reading() as ledger:
        name = f"audit {(outlet, since, until, offset)}"
        found, more = site.remembered(name, lambda: _some(ledger, asked, offset))
    outlets = sorted(together(found).items(), key=lambda pair: (-pair[1].statements, pair[0] or ""))
    values = {
        "asked": asked,
        "audits": found,
        "outlets": outlets,
        "all": sum((figures for _, figures in outlets), Figures()),
        "offset": offset,
        "on_page": ON_PAGE,
        "more": more,
    }
    return site.page(request, "audit.html", values, etag=etag if site.settled(name) else None)


def _some(ledger: Ledger, asked: Mapping[str, str], offset: int) -> tuple[list[Audit], bool]:
    """The newest articles that fit, and whether there are others."""
    named = {name: value or None for name, value in asked.items()}
    page = ledger.search_documents("", **named, limit=ON_PAGE, offset=offset)
    return [audit(ledger.entries(hit.document.id).reading()) for hit in page.hits], page.more
