"""Which documents lie at an address on the web?

This is the only place that calls the network, and only for an address that the user gave.
"""

from __future__ import annotations

import datetime as dt
import io
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.errors import InputError, UsageError
from onrecord.ingest.encoding import check_encoding
from onrecord.ingest.items import Failure, Item
from onrecord.ingest.sniff import InputKind
from onrecord.ingest.source import Source, read_stream
from onrecord.record.document import Origin

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from urllib.request import OpenerDirector

TIMEOUT_S = 20.0
MAX_FETCH_BYTES = 32 * 1024 * 1024
USER_AGENT = "onrecord (reads one page when its user names it)"

KINDS: dict[str, InputKind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
}


def fetch(
    url: str,
    *,
    encoding: str | None = None,
    timeout_s: float = TIMEOUT_S,
    limit_bytes: int = MAX_FETCH_BYTES,
    public: bool = False,
) -> Iterator[Item]:
    """Which documents lie at this address?

    Redirects are followed to http and https only; the origin's path is the address they end at.

    Args:
        url: Address, http or https.
        encoding: As in :func:`~onrecord.ingest.source.read_path`.
        timeout_s: Seconds for the whole fetch, not for each packet.
        limit_bytes: A longer answer is a Failure (OR-111).
        public: Whether only the open internet may be called, see :mod:`onrecord.ingest.public`: for an address that
            somebody else gave. Anything else is a Failure (OR-108).

    Returns:
        A lazy iterator; the address is called when it is first advanced. What cannot be fetched is a Failure
        (OR-108).

    Raises:
        UsageError: OR-001, it is no address of the web, or there is no such encoding.
    """
    if not url.lower().startswith(("http://", "https://")):
        raise UsageError("OR-001", f"{url!r} is not an address that begins with http:// or https://")
    return _fetched(url, check_encoding(encoding), timeout_s, limit_bytes, public)


def _fetched(url: str, encoding: str | None, timeout_s: float, limit_bytes: int, public: bool) -> Iterator[Item]:
    import http.client
    import urllib.request

    deadline = time.monotonic() + timeout_s
    try:
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
        request = urllib.request.Request(_quoted(url), headers=headers)
        with _opener(public).open(request, timeout=timeout_s) as response:
            data = _body(response, deadline, limit_bytes, url)
            source = Source(
                origin_kind="url",
                path=response.geturl(),
                kind=KINDS.get(response.headers.get_content_type()),
                encoding=encoding,
                charset=_charset(response),
                retrieved=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                limit_bytes=limit_bytes,
            )
    except InputError as error:
        yield _failure(url, error)
        return
    except (OSError, http.client.HTTPException, ValueError) as error:
        yield _failure(url, InputError("OR-108", f"cannot fetch {url}: {_why(error)}"))
        return
    yield from read_stream(io.BytesIO(data), source)


def _opener(public: bool) -> OpenerDirector:
    """An opener for http and https; the default one also opens files and FTP, where a redirect could lead."""
    from urllib import request

    if public:
        from onrecord.ingest.public import public_opener

        return public_opener()

    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler,
        request.UnknownHandler,
        request.HTTPHandler,
        request.HTTPDefaultErrorHandler,
        request.HTTPRedirectHandler,
        request.HTTPSHandler,
        request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _body(response: HTTPResponse, deadline: float, limit_bytes: int, url: str) -> bytes:
    """The bytes of the answer.

    Raises:
        InputError: OR-108 it takes too long or is cut off, OR-111 it is too long.
    """
    parts: list[bytes] = []
    size = 0
    while part := response.read1(65_536):
        parts.append(part)
        size += len(part)
        if size > limit_bytes:
            raise InputError("OR-111", f"{url} is larger than {limit_bytes} bytes")
        if time.monotonic() > deadline:
            raise InputError("OR-108", f"cannot fetch {url}: it takes too long")
    expected = response.headers.get("Content-Length", "")
    if expected.isascii() and expected.isdigit() and size < int(expected):
        raise InputError("OR-108", f"cannot fetch {url}: the answer was cut off after {size} of {expected} bytes")
    return b"".join(parts)


def _charset(response: HTTPResponse) -> str | None:
    """The encoding that the sender names, if Python knows it."""
    try:
        return check_encoding(response.headers.get_content_charset())
    except UsageError:
        return None


def _quoted(url: str) -> str:
    """The address with what may not stand in a request line escaped; escapes already there are kept."""
    from urllib.parse import quote, urlsplit, urlunsplit

    parts = urlsplit(url.strip())
    host = parts.netloc
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    keep = "/%:=&?~#+!$,;'@()*[]"
    return urlunsplit((parts.scheme, host, quote(parts.path, safe=keep), quote(parts.query, safe=keep), ""))


def _why(error: Exception) -> str:
    reason = getattr(error, "reason", None)
    return str(error) if reason is None or hasattr(error, "code") else str(reason)


def _failure(url: str, error: InputError) -> Failure:
    return Failure(origin=Origin(kind="url", path=url, digest=""), error=error)
