"""The web application over one ledger."""

from __future__ import annotations

import importlib
import os
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord import __version__
from onrecord.errors import StoreError
from onrecord.store import Ledger
from onrecord.web.access import Sessions, token_hash
from onrecord.web.guard import SAFE, Guard
from onrecord.web.limits import Limit
from onrecord.web.problems import add_problems
from onrecord.web.reader import Reader, installed_reader
from onrecord.web.site import Site, site_of

PAGES = (
    "front",
    "search",
    "document",
    "statement",
    "actor",
    "feeds",
    "api",
    "issue",
    "review",
    "audit",
    "adding",
    "deciding",
    "entering",
    "assets",
)
"""The modules of `onrecord.web.pages`, each with a ``router``."""

LOCAL = ("127.0.0.1", "localhost", "::1")
"""The names of this machine for itself."""

AT_ONCE = 8
"""Requests answered side by side; more would only take time from each other."""


def create_app(
    ledger_path: str | os.PathLike[str],
    *,
    token: str | None = None,
    kept_hash: str | None = None,
    readonly: bool = False,
    hosts: Collection[str] = LOCAL,
    any_address: bool = False,
    reader: Reader | None = None,
) -> FastAPI:
    """The ledger at `ledger_path` as a site.

    Args:
        ledger_path: A ledger.
        token: What visitors must show once; only its hash is kept. None: everybody who reaches the site may come in,
            which is right only where that is this machine alone.
        kept_hash: The hash of such a token, instead of it.
        readonly: Whether nothing can be changed.
        hosts: The names by which browsers may ask for the site, without ports.
        any_address: Whether they may also ask by any bare IP address; only with a token.
        reader: What reads what visitors bring; None for the models that came with onrecord.

    Raises:
        StoreError: The ledger cannot be opened.
        UsageError: OR-001, the token can be guessed.
    """
    # Opened once for writing: a ledger of an older version is brought up to date before anybody reads it.
    _open_once(Path(ledger_path), readonly=readonly)
    sessions = Sessions(token_hash(token) if token is not None else kept_hash)
    site = Site(
        Path(ledger_path),
        sessions=sessions,
        readonly=readonly,
        reader=reader or installed_reader(Path(ledger_path)),
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = AT_ONCE
        yield
        site.reader.close()
        site.close()

    app = FastAPI(
        title="onrecord",
        version=__version__,
        description="Who said what, through whom, on what condition, and who says otherwise.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        dependencies=[Depends(_from_our_page)],
        lifespan=lifespan,
    )
    app.state.site = site
    app.state.read_limit = Limit(at_once=10, per_minute=20)
    app.add_middleware(
        Guard,
        sessions=sessions,
        hosts=hosts,
        any_address=any_address and sessions.token is not None,
        readonly=readonly,
    )
    add_problems(app)
    for name in PAGES:
        app.include_router(importlib.import_module(f"onrecord.web.pages.{name}").router)
    return app


def _open_once(path: Path, *, readonly: bool) -> None:
    try:
        Ledger.open(path, readonly=readonly).close()
    except StoreError as error:
        if error.code != "OR-403" or readonly:
            raise
        Ledger.open(path, readonly=True).close()


async def _from_our_page(request: Request) -> None:
    """Refuses a change that no form of ours asked for: one that does not carry the session's mark."""
    if request.method in SAFE:
        return
    mark = request.headers.get("x-form-mark")
    if mark is None:
        mark = str((await request.form()).get("form_mark", ""))
    session = request.scope["state"]["session"]
    if not site_of(request).sessions.marked(session, mark):
        raise HTTPException(403, "This form is too old, or not from this server. Load the page again.")
