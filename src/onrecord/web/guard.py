"""What must hold of every request before a page sees it, and of every answer before it leaves.

The name that the browser asked for must be ours (a foreign name that was made to lead here is refused, so that no page
elsewhere reads this one), whoever comes in must have shown the token where there is one, a change must come from our
own pages, and no request may be larger than its page reads. Every answer carries a policy under which a browser runs
nothing but our own script.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web.access import SESSION, Sessions
from onrecord.web.problems import problem

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not no-referrer: under that, browsers hide from us that a form was sent from our own page.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SMALL_BYTES = 256 * 1024
"""What a request may send to a page that takes no documents."""

LARGE = {"/read": 32 * 1024 * 1024}
"""Paths of pages that take documents, and how many bytes a request may send there."""

OPEN = ("/static/", "/enter")
"""Where those may go who have not shown the token yet."""

SAFE = ("GET", "HEAD", "OPTIONS")
_PORT = re.compile(r":\d{1,5}$")


class Guard:
    """Lets through what may come in.

    Args:
        app: What answers.
        sessions: Who may come in.
        hosts: The names under which we are asked for, without ports; addresses are names too.
        any_address: Whether every bare IP address counts as ours: where we listen to all of them.
        readonly: Whether every change is refused.
    """

    def __init__(
        self, app: ASGIApp, *, sessions: Sessions, hosts: Collection[str], any_address: bool, readonly: bool
    ) -> None:
        self._app = app
        self._sessions = sessions
        self._hosts = frozenset(host.lower() for host in hosts)
        self._any_address = any_address
        self._readonly = readonly

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        session = _cookie(headers)
        fresh = not self._sessions.known(session)
        if fresh:
            session = self._sessions.start(trusted=False)
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        trusted = self._sessions.trusted(session) or self._sessions.opens(bearer)
        scope.setdefault("state", {}).update(session=session, trusted=trusted)
        outgoing = _Outgoing(send, session=session if fresh else None, secure=scope.get("scheme") == "https")
        refused = self._refused(scope, headers, trusted=trusted)
        request = Request(scope, receive)
        if refused is not None:
            await problem(request, *refused)(scope, receive, outgoing)
            return
        limit = LARGE.get(scope["path"], SMALL_BYTES)
        stated = headers.get("content-length", "0")
        if stated.isdecimal() and int(stated) <= limit:
            await self._app(scope, _counted(receive, limit), outgoing)
        else:
            await problem(request, 413, _too_large(limit))(scope, receive, outgoing)

    def _refused(self, scope: Scope, headers: Headers, *, trusted: bool) -> tuple[int, str] | None:
        """Why is this request not let through? A status and a sentence."""
        host = headers.get("host", "")
        if not self._is_ours(host):
            return 421, "The browser asked for a name that is not this server's. Use the address that it printed."
        if not trusted and not scope["path"].startswith(OPEN):
            return 401, "Open the address with the access token that `onrecord serve` printed."
        if scope["method"] in SAFE:
            return None
        if self._readonly and not scope["path"].startswith(OPEN):
            return 403, "This ledger is shown read-only: nothing can be changed."
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
        if site not in ("same-origin", "none") or (origin is not None and urlsplit(origin).netloc != host):
            return 403, "A change must come from a page of this server."
        return None

    def _is_ours(self, host: str) -> bool:
        name = _PORT.sub("", host).strip("[]").lower()
        if name in self._hosts:
            return True
        if not self._any_address:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


class _Outgoing:
    """Puts our headers, and a new session, on an answer."""

    def __init__(self, send: Send, *, session: str | None, secure: bool) -> None:
        self._send, self._session, self._secure = send, session, secure

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "private, no-cache")
            if self._session is not None and SESSION not in headers.get("set-cookie", ""):
                headers.append("set-cookie", session_cookie(self._session, secure=self._secure))
        await self._send(message)


def session_cookie(session: str, *, secure: bool) -> str:
    """The header that gives a session to a browser, which shows it to nobody else and to no script."""
    return f"{SESSION}={session}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if secure else ''}"


def _cookie(headers: Headers) -> str | None:
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return None
    return cookies[SESSION].value if SESSION in cookies else None


def _too_large(limit: int) -> str:
    return f"A request to this page may hold {limit:,} bytes at most."


def _counted(receive: Receive, limit: int) -> Receive:
    """`receive`, until more than `limit` bytes came."""
    size = 0

    async def counting() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > limit:
            # This kind of error alone passes through whatever reads the form.
            raise HTTPException(413, _too_large(limit))
        return message

    return counting
