"""``/a/ID``: what an actor says; ``/actors``: who is on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.store import ActorEntry, Entry, Ledger
from onrecord.views.beside import SURE
from onrecord.views.changes import Changes, changes_in
from onrecord.views.conflicts import CHANGING, Pair, pairs_of, read_pairs
from onrecord.views.profile import Profile, profile
from onrecord.views.who import actors_meant
from onrecord.web.site import Site, site_of, unchanged

router = APIRouter(include_in_schema=False)

ON_PAGE = 30
CHANGES = 5
"""Changes of position that are shown at first, the surest ones."""
LISTED = 100
MOST_DAYS = 14
"""More days are shown as months."""


@router.get("/a/{identifier}")
def actor(
    request: Request,
    identifier: str,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    same: Annotated[str, Query(max_length=200)] = "",
    changes: Literal["", "all"] = "",
) -> Response:
    """The actor page.

    Args:
        request: The request.
        identifier: The actor's id, or a unique beginning of it.
        offset: Statements to pass over.
        changes: Whether to show every change of position, however many.
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
        said, more = _said(ledger, seen, offset)
        candidates = _candidates(ledger, entry, same) if same.strip() else ()
    changed = _changes(site, entry, None if changes == "all" else CHANGES)
    values = {
        "profile": seen,
        "entry": entry,
        "said": said,
        "more": more,
        "offset": offset,
        "on_page": ON_PAGE,
        "changes": changed,
        "same": same,
        "candidates": candidates,
        "bars": _bars(seen.times),
    }
    return site.page(request, "actor.html", values, etag=etag if site.settled("changes") else None)


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
    with site.reading() as ledger:
        if name.strip():
            meant = actors_meant(ledger, name.strip())
            found, more = list(meant[offset : offset + LISTED]), len(meant) > offset + LISTED
        else:
            found = list(ledger.actors(limit=LISTED, offset=offset))
            more = any(ledger.actors(limit=1, offset=offset + LISTED))
    values = {
        "name": name,
        "found": found,
        "offset": offset,
        "more": more,
        "listed": LISTED,
    }
    return site.page(request, "actors.html", values, etag=etag)


def _said(ledger: Ledger, seen: Profile, offset: int) -> tuple[list[Entry], bool]:
    """A page of what the actor said, the newest first, and whether more follows."""
    if offset + ON_PAGE >= len(seen.newest) and len(seen.newest) < seen.entry.n_statements:
        found = ledger.search("", actor=seen.entry.actor.id, limit=ON_PAGE, offset=offset)
        return [hit.entry for hit in found.hits], found.more
    chosen = seen.newest[offset : offset + ON_PAGE]
    return list(ledger.some(chosen).values()), offset + ON_PAGE < len(seen.newest)


def _changes(site: Site, entry: ActorEntry, most: int | None) -> Changes | None:
    """Where this actor said otherwise later, at most so many; None if that is still being gathered."""
    everybody = site.gathered("changes", _changing)
    if everybody is None:
        return None
    with site.reading() as ledger:
        return changes_in(read_pairs(ledger, everybody.get(entry.actor.id, ()), most=most))


def _changing(ledger: Ledger) -> dict[str, list[Pair]]:
    """The links that say that somebody said otherwise later, by the actor, the surest first."""
    found: dict[str, list[Pair]] = {}
    for pair in pairs_of(ledger, kinds=CHANGING, least=SURE):
        for actor in pair.actors:
            found.setdefault(actor, []).append(pair)
    return found


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
