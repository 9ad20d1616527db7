"""``/decide``, ``/undo``, ``/merge``, ``/split``, ``/rename``: what people decide, by forms of any page.

Decisions are only ever added, each in a transaction of its own: of two visitors who decide at once, both are on
record, in the order in which they came. A decision is on record before the answer is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar, cast
from urllib.parse import quote

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from onrecord.record.decision import Decision, Verdict
from onrecord.store import Ledger
from onrecord.web.site import PERSON, person_of, site_of

router = APIRouter(include_in_schema=False)

T = TypeVar("T")
_MOST_LETTERS = 10_000


@router.post("/decide")
def decide(
    request: Request,
    subject: Annotated[str, Form()],
    verdict: Annotated[str, Form()],
    by: Annotated[str, Form()] = "",
    field: Annotated[str, Form()] = "",
    after: Annotated[str, Form()] = "",
    note: Annotated[str, Form(max_length=_MOST_LETTERS)] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Records a decision about a statement, document, actor, link or issue."""

    def work(ledger: Ledger) -> Decision:
        return ledger.decide(
            subject,
            cast("Verdict", verdict),
            by=person_of(by),
            field=field or None,
            after=after or None,
            note=note or None,
        )

    return _done(request, work, by, next)


@router.post("/undo")
def undo(
    request: Request,
    decision: Annotated[str, Form()],
    by: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Takes a decision back."""
    return _done(request, lambda ledger: ledger.undo(decision, by=person_of(by)), by, next)


@router.post("/merge")
def merge(
    request: Request,
    actor: Annotated[str, Form()],
    into: Annotated[str, Form()],
    by: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Decides that two actors are one."""
    return _done(request, lambda ledger: ledger.merge(actor, into, by=person_of(by)), by, next)


@router.post("/split")
def split(
    request: Request,
    actor: Annotated[str, Form()],
    apart_from: Annotated[str, Form()] = "",
    by: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Decides that an actor is not another one."""

    def work(ledger: Ledger) -> Decision:
        return ledger.split(actor, by=person_of(by), apart_from=apart_from or None)[-1]

    return _done(request, work, by, next)


@router.post("/rename")
def rename(
    request: Request,
    actor: Annotated[str, Form()],
    name: Annotated[str, Form()],
    by: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Decides under which name an actor is shown."""
    return _done(request, lambda ledger: ledger.rename(actor, name.strip(), by=person_of(by)), by, next)


def _done(request: Request, work: Callable[[Ledger], Decision], by: str, leads_to: str) -> Response:
    """Does it, and answers a program with the decision, a browser with the page that it came from."""
    site = site_of(request)
    with site.deciding() as ledger:
        made = work(ledger)
    if request.headers.get("accept", "").startswith("application/json"):
        answer: Response = JSONResponse({"id": made.id, "subject": made.subject, "verdict": made.verdict})
    else:
        # Only to a page of ours: an address that begins with two slashes, or a backslash, leads elsewhere.
        ours = leads_to.startswith("/") and not leads_to.startswith(("//", "/\\"))
        answer = RedirectResponse(leads_to if ours else "/", status_code=303)
    answer.set_cookie(PERSON, quote(by.strip()[:200]), max_age=31_536_000, samesite="strict", httponly=True)
    return answer
