"""A reading room over a small ledger, served on a real port by fakes that need no model."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from tests.cli_fakes import FakeStages
from tests.ledgers import a_document
from tests.web.people import reading_of

from onrecord.connect import Update
from onrecord.record.link import Link, link_id
from onrecord.record.run import Method
from onrecord.record.span import Span
from onrecord.store import Ledger
from onrecord.web.app import create_app
from onrecord.web.reader import Reader

HOSTILE = (
    "“<script>alert(1)</script> & <img src=x onerror=alert(2)>” said Anna Roth.\n\n“سلام 👩‍👩‍👧 جهان” said Tom Ash."
)


class NoLinks:
    """Finds nothing."""

    reprints = ()

    def start(self):
        return self

    def add(self, readings):
        return Update(links=(), withdrawn=())

    def __iter__(self):
        return iter(())


@dataclass(frozen=True)
class Room:
    """A served ledger."""

    address: str
    ledger: Path
    client: httpx.Client

    def mark(self, path: str = "/enter") -> str:
        """What forms must carry."""
        found = re.search(r'name="form_mark" value="([0-9a-f]+)"', self.client.get(path).text)
        assert found is not None
        return found[1]

    def visitor(self) -> Room:
        """The same room, seen by somebody else's browser."""
        return Room(self.address, self.ledger, httpx.Client(base_url=self.address, timeout=30))


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Four documents with statements by the same people, and links between them."""
    path = tmp_path / "room.ledger"
    texts = [
        ("“We will sign in May” said Anna Roth.", "Testblatt", "2026-03-01", "Roth: we will sign"),
        ("“We will not sign” said Anna Roth. “They will sign” said Tom Ash.", "Interline", "2026-03-04", None),
        (HOSTILE, "<b>Outlet</b>", "2026-03-05", "</title><script>alert(3)</script>"),
        ("Nothing was said.", None, None, None),
    ]
    with Ledger.open(path, create=True) as opened:
        run = opened.start_run(Method(version="test", models={}))
        readings = [
            reading_of(a_document(text, outlet=outlet, published=day, title=title, url="javascript:alert(4)"))
            for text, outlet, day, title in texts
        ]
        for reading in readings:
            opened.add(run.id, reading)
        first, second = readings[0].statements[0].id, readings[1].statements[0].id
        link = Link(
            id=link_id(kind="changes", left=second, right=first),
            kind="changes",
            left=second,
            right=first,
            opposite=True,
            same_time=True,
            independent=False,
            left_evidence=(Span(readings[1].document.text.index("not"), readings[1].document.text.index("not") + 3),),
            right_evidence=(
                Span(readings[0].document.text.index("sign"), readings[0].document.text.index("sign") + 4),
            ),
            why="“not” against no such word; the same speaker",
            score=0.9,
        )
        opened.add_links(run.id, [link], documents=[reading.document.id for reading in readings])
    return path


@pytest.fixture
def serve(ledger: Path) -> Iterator[Callable[..., Room]]:
    """Serves the ledger, with the arguments of `create_app`."""
    running: list[tuple[uvicorn.Server, threading.Thread, httpx.Client]] = []

    def start(**arguments: object) -> Room:
        reader = Reader(ledger, load_stages=FakeStages, load_connector=NoLinks)
        app = create_app(ledger, reader=reader, **arguments)
        listening = socket.create_server(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        client = httpx.Client(base_url=address, timeout=30)
        running.append((server, thread, client))
        return Room(address, ledger, client)

    yield start
    for server, thread, client in running:
        client.close()
        server.should_exit = True
        thread.join()


@pytest.fixture
def room(serve: Callable[..., Room]) -> Room:
    """The ledger, served to this machine."""
    return serve()
