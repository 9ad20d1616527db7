"""``/enter``: show the access token once, where the ledger is served to other machines."""

from __future__ import annotations

from math import ceil
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.web.guard import session_cookie
from onrecord.web.limits import Limit
from onrecord.web.site import site_of

router = APIRouter(include_in_schema=False)
_TRIES = Limit(at_once=10, per_minute=10)


@router.get("/enter")
async def ask(request: Request) -> Response:
    """The form that asks for the token."""
    return site_of(request).page(request, "enter.html", {"wrong": False})


@router.post("/enter")
async def enter(request: Request, token: Annotated[str, Form()] = "") -> Response:
    """Lets in whoever shows the token, with a session of its own."""
    wait_s = _TRIES.wait_s(request.client.host if request.client else "")
    if wait_s:
        raise HTTPException(429, "Too many tries; wait a little.", {"retry-after": str(ceil(wait_s))})
    site = site_of(request)
    if not site.sessions.opens(token.strip()):
        return site.page(request, "enter.html", {"wrong": True}, status=401)
    answer = RedirectResponse("/", status_code=303)
    secure = request.url.scheme == "https"
    answer.headers["set-cookie"] = session_cookie(site.sessions.start(trusted=True), secure=secure)
    return answer
