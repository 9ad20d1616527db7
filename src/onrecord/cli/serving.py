"""``onrecord serve``: show a ledger in the browser."""

from __future__ import annotations

import ipaddress
import socket
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import json_option
from onrecord.cli.streams import Sink, note
from onrecord.errors import EXIT_OK, EXIT_SOME_FAILED, UsageError

if TYPE_CHECKING:
    from fastapi import FastAPI

_MISSING = 'install it with: pip install "onrecord[web]"'


@click.command("serve")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen to; others need the token.")
@click.option("--port", type=click.IntRange(0, 65535), default=8383, show_default=True, help="0 takes a free one.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="Another name by which browsers may ask for it.")
@click.option("--token", metavar="WORDS", help="The access token that visitors must show; made up by default.")
@click.option("--new-token", is_flag=True, help="Make a new access token; the old one opens nothing any more.")
@click.option("--read-only", "readonly", is_flag=True, help="Let nobody change anything.")
@click.option("--open", "open_browser", is_flag=True, help="Open the page in the browser.")
@json_option("Print the address as a JSON object, once it answers.")
@click.option("--get", "path", metavar="PATH", help="Print what one page answers, such as /api/statements, and end.")
def command(
    *,
    ledger: Path,
    host: str,
    port: int,
    names: tuple[str, ...],
    token: str | None,
    new_token: bool,
    readonly: bool,
    open_browser: bool,
    as_json: bool,
    path: str | None,
) -> int:
    """Show LEDGER in the browser, on this machine: read, search, follow a speaker, decide, cite.

    The page is for this machine alone unless --host says otherwise; then visitors must show an access token, which is
    printed when it is made, once. Nothing is sent anywhere; an address that you give to read is fetched.
    """
    try:
        from onrecord.web.app import LOCAL, create_app
    except ModuleNotFoundError as error:
        raise UsageError("OR-003", f"`onrecord serve` needs {error.name}; {_MISSING}") from error
    if path is not None:
        return _get(create_app(ledger, readonly=True), path)
    if _is_local(host) and token is None:
        app = create_app(ledger, readonly=readonly, hosts=(*LOCAL, host, *names))
    else:
        hosts = (*LOCAL, host, socket.gethostname(), *names)
        every = host in ("0.0.0.0", "::")
        kept = None if token is not None else _token(ledger, renew=new_token)
        app = create_app(ledger, token=token, kept_hash=kept, readonly=readonly, hosts=hosts, any_address=every)
    return _serve(app, host, port, open_browser=open_browser, as_json=as_json)


def _is_local(host: str) -> bool:
    """Does only this machine reach what listens there?"""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _token(ledger: Path, *, renew: bool) -> str:
    """The hash of the token of this ledger; a new token is shown now and never again."""
    from onrecord.web.access import kept_token

    place = Path(f"{ledger}.token")
    kept, made = kept_token(place, renew=renew)
    if made is not None:
        note(f"access token, shown this once: {made}")
        note(f"its hash is kept in {place}; --new-token makes another")
    return kept


def _get(app: FastAPI, path: str) -> int:
    from onrecord.web.once import get

    status, body = get(app, path)
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()
    return EXIT_OK if status < 400 else EXIT_SOME_FAILED


def _serve(app: FastAPI, host: str, port: int, *, open_browser: bool, as_json: bool) -> int:
    import uvicorn

    # Bound before anything is said, so that the address printed is one that answers.
    listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    port = listening.getsockname()[1]
    shown = "127.0.0.1" if host == "0.0.0.0" else "[::1]" if host == "::" else f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/"
    if as_json:
        Sink(sys.stdout.buffer).write_json({"address": address})
    else:
        note(f"{address}  (Ctrl-C ends it)")
    if open_browser:
        webbrowser.open(address)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=30)
    with listening:
        uvicorn.Server(config).run(sockets=[listening])
    return EXIT_OK
