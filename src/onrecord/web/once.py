"""One request without a server: what would a page answer?"""

from __future__ import annotations

import asyncio
from urllib.parse import unquote

from fastapi import FastAPI
from starlette.types import Message

from onrecord.errors import UsageError


def get(app: FastAPI, path: str) -> tuple[int, bytes]:
    """What does `app` answer to GET `path`, as a browser on this machine would ask? The status and the body.

    Raises:
        UsageError: OR-001, it is no path.
    """
    if not path.startswith("/"):
        raise UsageError("OR-001", f"{path!r} is not a path: it must begin with /")
    return asyncio.run(_ask(app, path))


async def _ask(app: FastAPI, path: str) -> tuple[int, bytes]:
    where, _, query = path.partition("?")
    status, parts = 500, []

    asked = False

    async def receive() -> Message:
        nonlocal asked
        if asked:
            # Nothing more comes, and nobody goes away before the answer is there.
            await asyncio.Event().wait()
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(where),
        "raw_path": where.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1")],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 80),
    }
    await app(scope, receive, send)
    app.state.site.close()
    return status, b"".join(parts)
