"""``/``: where accounts conflict, the live issues, what came last, and a place to bring an article."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from onrecord.record.bearing import Side
from onrecord.views.conflicts import conflicts
from onrecord.views.issues import IssueLine, list_issues
from onrecord.web.pages.adding import KINDS
from onrecord.web.site import site_of, unchanged

router = APIRouter(include_in_schema=False)

LATEST = 12
CONFLICTS = 4
ISSUES = 8
OPPOSED: tuple[tuple[Side, Side], ...] = (("affirms", "denies"), ("for", "against"), ("demands", "against"))
"""An issue is live where both of two such sides are taken."""


@router.get("/")
def front(request: Request) -> Response:
    """The front page."""
    site = site_of(request)
    etag = site.etag(request)
    same = unchanged(request, etag)
    if same is not None:
        return same
    with site.reading() as ledger:
        latest = ledger.search("", limit=LATEST)
    counts = site.gathered("counts", lambda ledger: ledger.counts())
    found = site.gathered("conflicts", lambda ledger: conflicts(ledger, most=CONFLICTS))
    issues = site.gathered("issue lines", list_issues) or ()
    pairs = found.found if found is not None else ()
    live = [line for line in issues if is_live(line)]
    values = {
        "latest": latest,
        "counts": counts,
        "conflicts": pairs,
        "gathering": found is None or counts is None,
        "more_conflicts": found.more if found is not None else 0,
        "issues": (live or list(issues))[:ISSUES],
        "n_issues": len(issues),
        "live": bool(live),
        "kinds": KINDS,
    }
    return site.page(
        request, "front.html", values, etag=etag if site.settled("counts", "conflicts", "issue lines") else None
    )


def is_live(line: IssueLine) -> bool:
    """Do people take opposed sides on it?"""
    return any(line.sides.get(one) and line.sides.get(other) for one, other in OPPOSED)
