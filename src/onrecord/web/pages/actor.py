"""``/a/ID``: what an actor says; ``/actors``: who is on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.store import ActorEntry, Ledger
from onrecord.views.beside import SURE
from onrecord.views.changes import Change, changes
from onrecord.views.profile import profile
from onrecord.views.who import actors_meant
from onrecord.web.site import Site, site_of, unchanged

router = APIRouter(include_in_schema=False)

ON_PAGE = 30
LISTED = 100
FIRST = 2_000
"""Actors that are remembered."""
MOST_DAYS = 14
"""More days are shown as months."""


@router.get("/a/{identifier}")
def actor(
    request: Request,
    identifier: str,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    same: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The actor page.

    Args:
        request: The request.
        identifier: The actor's id, or a unique beginning of it.
        offset: Statements to pass over.
        same: A name; those who bear it are offered to be made one with this actor.
    """
    site = site_of(request)
    etag = site.etag(request)
    held = unchanged(request, etag)
    if held is not None:
        return held
    with site.reading() as ledger:
        seen = profile(ledger, identifier)
        entry = seen.entry
        said = list(seen.newest[offset : offset + ON_PAGE + 1])
        if offset + ON_PAGE >= len(seen.newest):
            found = ledger.search("", actor=entry.actor.id, limit=ON_PAGE + 1, offset=offset)
            said = [hit.entry for hit in found.hits]
        candidates = _candidates(ledger, entry, same) if same.strip() else ()
    changed = _changes(site, entry)
    values = {
        "profile": seen,
        "entry": entry,
        "said": said[:ON_PAGE],
        "more": len(said) > ON_PAGE,
        "offset": offset,
        "on_page": ON_PAGE,
        "changes": changed,
        "same": same,
        "candidates": candidates,
        "bars": _bars(seen.days),
    }
    return site.page(request, "actor.html", values, etag=etag if site.settled() else None)


@router.get("/actors")
def actors(
    request: Request,
    name: Annotated[str, Query(max_length=200)] = "",
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """Who is on record, those of whom most is first."""
    site = site_of(request)
    etag = site.etag(request)
    held = unchanged(request, etag)
    if held is not None:
        return held
    # Of a large ledger it takes long to count what each actor said: those of whom most is are remembered.
    first = site.gathered("actors", lambda ledger: list(islice(ledger.actors(), FIRST)))
    with site.reading() as ledger:
        if name.strip():
            found = list(actors_meant(ledger, name.strip())[offset : offset + LISTED + 1])
        elif first is not None and (offset + LISTED < FIRST or len(first) < FIRST):
            found = first[offset : offset + LISTED + 1]
        else:
            found = [] if offset < FIRST else list(islice(ledger.actors(), offset, offset + LISTED + 1))
    gathering = first is None and not name.strip()
    values = {
        "gathering": gathering,
        "name": name,
        "found": found[:LISTED],
        "offset": offset,
        "more": len(found) > LISTED,
        "listed": LISTED,
    }
    return site.page(request, "actors.html", values, etag=etag if site.settled() else None)


def _changes(site: Site, entry: ActorEntry) -> list[Change] | None:
    """Where this actor said otherwise later; None if that is still being gathered."""
    everybody = site.gathered("changes", lambda ledger: changes(ledger, least=SURE).found)
    if everybody is None:
        return None
    own = set(entry.joined)
    return [each for each in everybody if each.after.attribution and each.after.attribution.actor_id in own]


def _candidates(ledger: Ledger, entry: ActorEntry, name: str) -> list[ActorEntry]:
    return [each for each in actors_meant(ledger, name.strip()) if each.actor.id != entry.actor.id][:LISTED]


def _bars(days: Mapping[str, int]) -> list[tuple[str, int, float]]:
    """Time, statements, and the length of its bar as a share of the longest; by month where there are many days."""
    cut = 10 if len(days) <= MOST_DAYS else 7
    times: Counter[str] = Counter()
    for day, n in days.items():
        times[day[:cut]] += n
    highest = max(times.values(), default=1)
    return [(time, n, n / highest) for time, n in times.items()]
