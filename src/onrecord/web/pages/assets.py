"""``/static/``: the style sheet, the script and the icon."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_YEAR = "public, max-age=31536000, immutable"

router = APIRouter(include_in_schema=False)
_STATIC = {
    file.name: (file.read_bytes(), TYPES["." + file.name.rsplit(".", 1)[-1]])
    for file in files("onrecord.web").joinpath("static").iterdir()
    if file.name.endswith(tuple(TYPES))
}


@router.get("/static/{name}")
async def static(request: Request, name: str) -> Response:
    """One of our own files: what has no name here cannot be asked for, wherever a path leads."""
    if name not in _STATIC:
        raise HTTPException(404, "There is no such file.")
    data, kind = _STATIC[name]
    # The address changes with the file; without that mark the browser asks again.
    kept = {"cache-control": _YEAR} if request.query_params.get("v") else {}
    return Response(data, media_type=kind, headers=kept)
