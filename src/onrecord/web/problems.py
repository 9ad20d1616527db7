"""What does a visitor see when something is wrong? A page, or for programs an object of problem JSON (RFC 9457)."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from onrecord.errors import (
    CODES,
    InputError,
    ModelError,
    OnRecordError,
    StoreError,
    TextError,
    UsageError,
)
from onrecord.web.site import Site

_STATUS_OF_CODE = {
    "OR-407": 404,
    "OR-402": 503,
    "OR-403": 403,
    "OR-406": 507,
    "OR-409": 409,
    "OR-410": 409,
    "OR-111": 413,
}
_STATUS: tuple[tuple[type[OnRecordError], int], ...] = (
    (UsageError, 400),
    (InputError, 422),
    (TextError, 400),
    (StoreError, 500),
    (ModelError, 500),
)
_MEANING = {
    400: "The request makes no sense.",
    401: "An access token is needed.",
    403: "This is not allowed.",
    404: "There is no such page.",
    405: "This cannot be done with this page.",
    413: "This is too large.",
    415: "This kind of file cannot be read.",
    421: "This address is not ours.",
    422: "The request makes no sense.",
    429: "Too often; wait a little.",
}


def status_of(error: OnRecordError) -> int:
    """Which HTTP status says what this error says?"""
    if error.code in _STATUS_OF_CODE:
        return _STATUS_OF_CODE[error.code]
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def wants_json(request: Request) -> bool:
    """Did a program ask?"""
    return request.url.path.startswith("/api") or request.headers.get("accept", "").startswith("application/json")


def problem(
    request: Request, status: int, detail: str, *, code: str | None = None, hint: str | None = None
) -> Response:
    """The answer that says what is wrong.

    Args:
        request: The request.
        status: The HTTP status.
        detail: One sentence.
        code: onrecord's code of the error, if it has one.
        hint: What to do about it.
    """
    title = CODES[code].meaning if code is not None else _MEANING.get(status, "Something went wrong.")
    if wants_json(request):
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code, "hint": hint}
        return JSONResponse(
            {key: value for key, value in body.items() if value is not None},
            status,
            media_type="application/problem+json",
        )
    if code == "OR-407":
        hint = "The address may be cut off, or a person may have left this out of the record. Search for it above."
    site: Site = request.app.state.site
    return site.page(
        request, "problem.html", {"title": title, "detail": detail, "code": code, "hint": hint}, status=status
    )


async def _on_record_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, OnRecordError)
    return problem(request, status_of(error), error.message, code=error.code, hint=error.hint)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = problem(request, error.status_code, error.detail)
    answer.headers.update(error.headers or {})
    return answer


async def _request_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = "; ".join(f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors())
    return problem(request, 422, said, code="OR-001")


def add_problems(app: FastAPI) -> None:
    """Let `app` answer errors so."""
    app.add_exception_handler(OnRecordError, _on_record_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _request_error)
