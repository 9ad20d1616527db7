"""What all pages share: the ledger, the templates, and the version of what they show."""

from __future__ import annotations

import getpass
import hashlib
import queue
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, TypeVar, cast
from urllib.parse import unquote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from onrecord import __version__
from onrecord.errors import UsageError
from onrecord.export.visible import counted, visible
from onrecord.store import Ledger
from onrecord.web.access import Sessions
from onrecord.web.phrases import add_phrases
from onrecord.web.reader import Reader

_MOST_KEPT = 16
_MOST_REMEMBERED = 200
_PIECES_AT_ONCE = 400
_QUICK_S = 0.1
PATIENCE_S = 1.0
"""How long after it began pages wait for what takes long to gather, before they are shown without it."""
THEME = "onrecord_theme"
"""The cookie that says whether a visitor chose light or dark."""

PERSON = "onrecord_person"
"""The cookie that remembers under which name a visitor decides."""

MENU = (("/", "Front page"), ("/issues", "Issues"), ("/actors", "Actors"), ("/audit", "Audit"), ("/review", "Review"))
"""What the head of every page leads to: addresses and their names."""


T = TypeVar("T")


class _Kept(NamedTuple):
    version: str
    value: object
    until: float


class _Making(NamedTuple):
    done: Future[None]
    began: float


class Site:
    """The ledger as a site.

    Attributes:
        path: The ledger's file.
        readonly: Whether nothing can be changed here.
        sessions: Who may come in.
        reader: Reads what visitors bring.
        templates: The pages.
    """

    def __init__(self, path: Path, *, sessions: Sessions, readonly: bool, reader: Reader) -> None:
        self.path = path
        self.readonly = readonly
        self.sessions = sessions
        self.reader = reader
        self._lock = Lock()
        self._makers = ThreadPoolExecutor(1, "onrecord-maker")
        self._locks: dict[str, Lock] = {}
        self._making: dict[str, _Making] = {}
        self._remembered: dict[str, _Kept] = {}
        # Who runs the server decides under the name of the login; visitors from elsewhere give their own.
        self._login = "" if sessions.token is not None else _login()
        self._idle: queue.LifoQueue[Ledger] = queue.LifoQueue()
        self.templates = Environment(
            loader=PackageLoader("onrecord.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_shown,
            auto_reload=False,
        )
        self.templates.globals.update(
            asset=asset, version=__version__, ledger_name=path.name, readonly=readonly, menu=MENU
        )
        self.templates.filters.update(counted=counted, query=query_string, capitalize_first=_capitalized)
        add_phrases(self.templates)

    @contextmanager
    def reading(self) -> Iterator[Ledger]:
        """A ledger to read in, for one request."""
        try:
            ledger = self._idle.get_nowait()
        except queue.Empty:
            ledger = Ledger.open(self.path, readonly=True)
        try:
            yield ledger
        except BaseException:
            ledger.close()
            raise
        if self._idle.qsize() < _MOST_KEPT:
            self._idle.put(ledger)
        else:
            ledger.close()

    @contextmanager
    def deciding(self) -> Iterator[Ledger]:
        """A ledger to write in, for one request. It waits for others that write."""
        with Ledger.open(self.path, wait_s=10.0) as ledger:
            yield ledger

    def close(self) -> None:
        """Closes the ledgers that wait for a request."""
        self._makers.shutdown(cancel_futures=True)
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return

    def version(self) -> str:
        """Changes whenever the ledger does: what was written lies in its file or in the log beside it."""
        said = []
        for place in (self.path, Path(f"{self.path}-wal")):
            # A log without anything in it comes and goes with those who read.
            with suppress(FileNotFoundError):
                stat = place.stat()
                said.append(f"{stat.st_mtime_ns}.{stat.st_size}" if stat.st_size else "")
        return "/".join(filter(None, said))

    def person(self, request: Request) -> str:
        """Under which name does this visitor decide? Empty if nobody said so yet."""
        return unquote(request.cookies.get(PERSON, "")) or self._login

    def remembered(self, name: str, make: Callable[[], T]) -> T:
        """What `make` says of the ledger as it is, made once for each state of the ledger.

        What takes long to make is made again only after twenty times as long: while others write all the time, a page
        may show what held some moments ago, instead of keeping a processor busy.

        Args:
            name: Names the question; it stands for everything that the answer depends on but the ledger.
            make: Answers it.
        """
        with self._lock:
            lock = self._locks.pop(name, None) or Lock()
            self._locks[name] = lock  # the last asked for stands at the end
            for oldest in list(self._locks)[:-_MOST_REMEMBERED]:
                del self._locks[oldest]
                self._remembered.pop(oldest, None)
        with lock:
            kept = self._remembered.get(name)
            if kept is None or self._is_stale(kept):
                kept = self._keep(name, make)
        return cast("T", kept.value)

    def gathered(self, name: str, make: Callable[[Ledger], T], *, patience_s: float = PATIENCE_S) -> T | None:
        """As :meth:`remembered`, made in a thread of its own, so that no page waits long for it.

        Args:
            name: Names the question; it stands for everything that the answer depends on but the ledger.
            make: Answers it.
            patience_s: How long after it began to wait for the answer, in seconds: one who comes later does not wait.

        Returns:
            The answer; None if it is still being made.
        """
        with self._lock:
            kept = self._remembered.get(name)
            stale = kept is None or self._is_stale(kept)
            making = self._making.get(name)
            if stale and (making is None or making.done.done()):
                making = self._making[name] = _Making(self._makers.submit(self._make, name, make), time.monotonic())
        if stale and making is not None and (left := making.began + patience_s - time.monotonic()) > 0:
            with suppress(TimeoutError):
                making.done.result(left)
        kept = self._remembered.get(name)
        return cast("T", kept.value) if kept is not None else None

    def trusts(self, request: Request) -> bool:
        """May this visitor come in?"""
        return bool(request.scope.get("state", {}).get("trusted", True))

    def _make(self, name: str, make: Callable[[Ledger], object]) -> None:
        with self.reading() as ledger:
            self._keep(name, lambda: make(ledger))

    def _keep(self, name: str, make: Callable[[], object]) -> _Kept:
        version, start = self.version(), time.monotonic()
        value = make()
        took = time.monotonic() - start
        rest = 20 * took if took > _QUICK_S else 0
        kept = self._remembered[name] = _Kept(version, value, time.monotonic() + rest)
        return kept

    def _is_stale(self, kept: _Kept) -> bool:
        return kept.version != self.version() and time.monotonic() > kept.until

    def settled(self, *names: str) -> bool:
        """Is what is remembered or gathered under these names true of the ledger as it is?"""
        version = self.version()
        kept = [self._remembered.get(name) for name in names]
        return all(each is not None and each.version == version for each in kept)

    def etag(self, request: Request, *, more: str = "") -> str:
        """Names what this request would be answered with now."""
        state = request.scope.get("state", {})
        asked = (
            request.url.path,
            request.url.query,
            request.cookies.get(THEME),
            request.cookies.get(PERSON),
            state.get("session"),
            more,
        )
        what = (self.version(), __version__, *asked)
        return f'W/"{hashlib.sha256(repr(what).encode("utf-8", "surrogatepass")).hexdigest()[:24]}"'

    def page(
        self,
        request: Request,
        template: str,
        values: Mapping[str, object],
        *,
        status: int = 200,
        etag: str | None = None,
    ) -> Response:
        """A page made from a template.

        Args:
            request: The request that it answers.
            template: A file in ``templates/``.
            values: What the template names.
            status: The HTTP status.
            etag: What :meth:`etag` said before anything was read from the ledger; None if the page may differ
                each time.
        """
        html = self.templates.get_template(template).render(**self._common(request), **values)
        return HTMLResponse(html, status, headers={"etag": etag} if etag is not None else None)

    def long_page(self, request: Request, template: str, values: Mapping[str, object], *, etag: str) -> Response:
        """As :meth:`page`, sent while it is made, so that a browser paints its beginning at once."""
        stream = self.templates.get_template(template).stream(**self._common(request), **values)
        stream.enable_buffering(_PIECES_AT_ONCE)
        return StreamingResponse(iter(stream), media_type="text/html; charset=utf-8", headers={"etag": etag})

    def _common(self, request: Request) -> dict[str, object]:
        """What every page shows."""
        state = request.scope.get("state", {})
        session = state.get("session")
        return {
            "request_path": request.url.path,
            "person": unquote(request.cookies.get(PERSON, "")) or self._login,
            "theme": theme_of(request),
            "form_mark": self.sessions.mark(session) if session else "",
            "trusted": self.trusts(request),
        }


def unchanged(request: Request, etag: str) -> Response | None:
    """The answer that what the browser holds is still true; None if it is not."""
    if etag in (each.strip() for each in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers={"etag": etag})
    return None


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def person_of(by: str) -> str:
    """Who decides, by what a form says.

    Raises:
        UsageError: OR-001, nobody.
    """
    if not by.strip():
        raise UsageError("OR-001", "say who decides", hint="Go back and give your name: decisions are signed.")
    return by.strip()[:200]


def theme_of(request: Request) -> str | None:
    """What this visitor chose, light or dark; None for what the browser says."""
    theme = request.cookies.get(THEME)
    return theme if theme in ("light", "dark") else None


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _shown(value: Any) -> Any:
    """Text from outside without letters that command a browser or cannot be sent; what is made by us stays."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return "" if value is None else value


def query_string(values: Mapping[str, object], **changes: object) -> str:
    """``?a=1&b=2`` of all values that say something, with some of them changed."""
    said = {name: value for name, value in {**values, **changes}.items() if value not in (None, "", ())}
    return "?" + urlencode(said) if said else ""


@cache
def asset(name: str) -> str:
    """The address of a file in ``static/``; it changes when the file does, so that browsers may keep it."""
    data = files("onrecord.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(data).hexdigest()[:12]}"
