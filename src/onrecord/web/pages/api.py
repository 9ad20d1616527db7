"""``/api``: documents, statements, actors, issues and links as JSON, a page at a time."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.errors import UsageError
from onrecord.export.public import actor_to_json, document_to_json, statement_to_json
from onrecord.record.codec import link_to_json, reading_to_json
from onrecord.record.link import LINK_KINDS, LinkKind
from onrecord.store import Entry, IssueEntry, Ledger, LinkEntry
from onrecord.web.asking import Wanted, find, find_documents, wanted
from onrecord.web.site import site_of, unchanged

MOST = 200


class Problem(BaseModel):
    """What is wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str | None = None
    hint: str | None = None


class Page(BaseModel):
    """Some items, and how to get those after them."""

    items: list[dict[str, Any]]
    next: str | None = None


_PROBLEM = {"model": Problem, "content": {"application/problem+json": {}}}
router = APIRouter(
    prefix="/api",
    tags=["ledger"],
    responses={status: {**_PROBLEM, "description": text} for status, text in {
        400: "A filter or cursor makes no sense", 404: "There is no such entry", 422: "A value is out of bounds",
        503: "Another program keeps the ledger locked",
    }.items()},
)  # fmt: skip

Cursor = Annotated[
    str, Query(max_length=40, description="The `next` of the page before. Nothing is left out between pages.")
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Items on a page.")]
Identifier = Annotated[str, Path(max_length=40, description="An id, or a unique beginning of one.")]


def _answer(request: Request, make: Callable[[Ledger], object]) -> Response:
    """What `make` says, unless the caller holds it already."""
    site = site_of(request)
    etag = site.etag(request, more="json")
    same = unchanged(request, etag)
    if same is not None:
        return same
    with site.reading() as ledger:
        made = make(ledger)
    return JSONResponse(made, headers={"etag": etag})


def _at(cursor: str) -> int:
    """How many items come before the page of this cursor; of links, the number of the last one before it?

    Raises:
        UsageError: OR-001, it is not a cursor of ours.
    """
    if not cursor:
        return 0
    try:
        number = int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").removeprefix("n"))
    except (binascii.Error, UnicodeError, ValueError) as error:
        raise UsageError("OR-001", "this is not a cursor", hint="Use `next` of the page before as it is.") from error
    if not 0 <= number < 2**53:
        raise UsageError("OR-001", "this is not a cursor", hint="Use `next` of the page before as it is.")
    return number


def _cursor(number: int | None) -> str | None:
    return None if number is None else base64.urlsafe_b64encode(f"n{number}".encode()).decode("ascii").rstrip("=")


def _page(items: Iterable[dict[str, object]], after: int | None) -> dict[str, object]:
    return {"items": list(items), "next": _cursor(after)}


def _some(items: Iterable[Any], make: Callable[[Any], dict[str, object]], cursor: str, limit: int) -> dict[str, object]:
    """A page of what comes one by one."""
    at = _at(cursor)
    some = list(islice(iter(items), at, at + limit + 1))
    return _page(map(make, some[:limit]), at + limit if len(some) > limit else None)


@router.get("/documents", response_model=Page)
def documents(
    request: Request, asked: Annotated[Wanted, Depends(wanted)], cursor: Cursor = "", limit: Limit = 50
) -> Response:
    """Documents that hold the words, best first; without words newest first. Only q, outlet, since and until count."""

    def make(ledger: Ledger) -> object:
        at = _at(cursor)
        page = find_documents(ledger, asked, limit=limit, offset=at)
        items = (document_to_json(hit.document) | {"n_statements": hit.n_statements} for hit in page.hits)
        return _page(items, at + limit if page.more else None)

    return _answer(request, make)


@router.get("/documents/{identifier}", response_model=dict[str, Any])
def document(request: Request, identifier: Identifier) -> Response:
    """A document with its text and its current statements, in the form of `onrecord extract`."""
    return _answer(request, lambda ledger: reading_to_json(ledger.entries(identifier).reading(), texts=True))


@router.get("/statements", response_model=Page)
def statements(
    request: Request, asked: Annotated[Wanted, Depends(wanted)], cursor: Cursor = "", limit: Limit = 50
) -> Response:
    """Statements that fit, best first; without words newest first. `next` is null after the last one."""

    def make(ledger: Ledger) -> object:
        found = find(ledger, asked, limit=limit, offset=_at(cursor))
        return _page((_statement(hit.entry) for hit in found.hits), found.after)

    return _answer(request, make)


@router.get("/statements/{identifier}", response_model=dict[str, Any])
def statement(request: Request, identifier: Identifier) -> Response:
    """A statement with its document."""
    return _answer(request, lambda ledger: _statement(ledger.entry(identifier)))


@router.get("/actors", response_model=Page)
def actors(
    request: Request,
    name: Annotated[str, Query(max_length=500, description="Words of the name; all actors without.")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Response:
    """Who is on record, those of whom most is first."""

    def make(ledger: Ledger) -> object:
        at = _at(cursor)
        found = list(ledger.actors(name.strip() or None, limit=limit, offset=at))
        more = any(ledger.actors(name.strip() or None, limit=1, offset=at + limit))
        return _page(map(actor_to_json, found), at + limit if more else None)

    return _answer(request, make)


@router.get("/actors/{identifier}", response_model=dict[str, Any])
def actor(request: Request, identifier: Identifier) -> Response:
    """An actor, with the ids of those that are one with it."""
    return _answer(request, lambda ledger: actor_to_json(ledger.actor(identifier)))


@router.get("/issues", response_model=Page)
def issues(request: Request, cursor: Cursor = "", limit: Limit = 50) -> Response:
    """The issues, those first on which most statements bear."""
    return _answer(request, lambda ledger: _some(ledger.issues.all(), _issue, cursor, limit))


@router.get("/issues/{identifier}", response_model=dict[str, Any])
def issue(request: Request, identifier: Identifier) -> Response:
    """An issue, with every statement that bears on it and its side."""

    def make(ledger: Ledger) -> object:
        found = ledger.issues.one(identifier)
        bearings = ledger.issues.bearings(found.issue.id)
        said = [
            {
                "statement": b.bearing.statement_id,
                "side": b.bearing.side,
                "score": b.bearing.score,
                "by_person": b.by_person,
            }
            for b in bearings
        ]
        return _issue(found) | {"bearings": said}

    return _answer(request, make)


@router.get("/links", response_model=Page)
def links(
    request: Request,
    statement: Annotated[str, Query(max_length=40, description="The id of a statement at one end.")] = "",
    kind: Annotated[str, Query(max_length=40, description=", ".join(LINK_KINDS))] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Response:
    """How statements stand to each other, in the order in which that was found."""
    chosen: LinkKind | None = next((each for each in LINK_KINDS if each == kind), None)
    if kind and chosen is None:
        raise UsageError("OR-001", f"kind must be one of {', '.join(LINK_KINDS)}, not {kind!r}")

    def make(ledger: Ledger) -> object:
        found = list(islice(ledger.links(statement or None, chosen, after=_at(cursor)), limit + 1))
        return _page(map(_link, found[:limit]), found[limit - 1].number if len(found) > limit else None)

    return _answer(request, make)


@router.get("/links/{identifier}", response_model=dict[str, Any])
def link(request: Request, identifier: Identifier) -> Response:
    """A link."""
    return _answer(request, lambda ledger: _link(ledger.link(identifier)))


def _statement(entry: Entry) -> dict[str, object]:
    decision = None if entry.decision is None else {"verdict": entry.decision.verdict, "by": entry.decision.by}
    return statement_to_json(entry) | {"document": document_to_json(entry.document), "decision": decision}


def _issue(entry: IssueEntry) -> dict[str, object]:
    found = entry.issue
    return {
        "id": found.id,
        "label": found.label,
        "question": found.question,
        "parent": found.parent,
        "statements": entry.n_statements,
        "joined": [each.id for each in entry.joined],
    }


def _link(entry: LinkEntry) -> dict[str, object]:
    decision = None if entry.decision is None else {"verdict": entry.decision.verdict, "by": entry.decision.by}
    return link_to_json(entry.link) | {"decision": decision}
