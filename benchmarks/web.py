"""How fast does the reading room answer?

    python benchmarks/web.py --statements 1000000 --links 100000 --out benchmarks/results/web.json

Makes a ledger as `benchmarks/search.py` does, with links between statements that lie near each other, issues on which
statements of some weeks bear, and one article of 20,000 words, serves it with `onrecord serve` in a process of its own,
and lets visitors ask for pages, each page with other words or another id, so that little is answered from what an
earlier visitor left. Visitors ask as people do, who read for a while between two pages (`--pause`), and then without
any pause, which shows what the server can bear. Beside the time on the clock stands the processor time of the server
for each request, which other work on the machine does not stretch as much. Conflicts and the like are gathered beside
the pages; how long that takes, and what the first visitor waits, is said apart. If a Chromium is given, the first paint
of the long article is measured in it.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import search
from onrecord.record import Bearing, Issue, Link, Method, Span, Spans, content_id, link_id
from onrecord.record.bearing import SIDES
from onrecord.store import Entry, Ledger
from report import report
from search import Maker, load, machine, percentile

WORDS = 20_000
ISSUES = 60
MUST_MS = 200.0
MUST_PAINT_MS = 1000.0
MUST_SCRIPT_BYTES = 60_000
KINDS = ("conflicts", "denies", "agrees", "re-report", "changes")


def long_article(ledger: Ledger, maker: Maker) -> str:
    """The id of an article of 20,000 words with some 600 statements; added if it is not there."""
    usual, search.PER_DOCUMENT = search.PER_DOCUMENT, 1
    reading = maker.reading(9_999_999)
    per_statement = len(reading.document.text.split())
    search.PER_DOCUMENT = WORDS // per_statement
    while len((reading := Maker(seed=7).reading(9_999_999)).document.text.split()) < WORDS:
        search.PER_DOCUMENT += 40
    search.PER_DOCUMENT = usual
    run = ledger.start_run(Method(version="benchmark", models={}))
    ledger.add(run.id, reading)
    return reading.document.id


def newest(ledger: Ledger, most: int) -> list[tuple[str, Spans]]:
    """The ids of the newest statements, and the first word of each."""
    found: list[tuple[str, Spans]] = []
    while len(found) < most:
        page = ledger.search("", limit=500, offset=len(found))
        found += [(hit.entry.statement.id, _first_word(hit.entry)) for hit in page.hits]
        if not page.more:
            break
    return found


def add_links(ledger: Ledger, rng: random.Random, n_links: int) -> int:
    """Links between statements that lie near each other in the list of the newest ones."""
    statements = newest(ledger, min(n_links, 20_000))
    found: dict[str, Link] = {}
    for at in range(n_links):
        left, left_words = statements[at % len(statements)]
        right, right_words = statements[(at + rng.randint(1, 40)) % len(statements)]
        kind = rng.choice(KINDS)
        link = Link(
            id=link_id(kind=kind, left=left, right=right),
            kind=kind,
            left=left,
            right=right,
            opposite=kind != "agrees",
            same_time=True,
            independent=True,
            why="made for this benchmark",
            left_evidence=left_words,
            right_evidence=right_words,
            score=round(rng.random(), 3),
        )
        if left != right:
            found[link.id] = link
    run = ledger.start_run(Method(version="benchmark", models={}))
    return ledger.add_links(run.id, found.values())


def add_issues(ledger: Ledger, rng: random.Random, n_issues: int) -> None:
    """Issues on each of which 20 to 200 of the newest statements bear, those of some weeks."""
    statements = newest(ledger, 12_000)
    run = ledger.start_run(Method(version="benchmark", models={}))
    for number in range(n_issues):
        start = rng.randrange(len(statements) - 400)
        chosen = rng.sample(statements[start : start + 400], rng.randint(20, 200))
        label = f"made issue {number}"
        issue = Issue(id=content_id("i", label), label=label, made_by=run.id)
        bearings = [
            Bearing(issue_id=issue.id, statement_id=each, side=rng.choice(SIDES), score=0.8, evidence=words)
            for each, words in chosen
        ]
        ledger.issues.record(run.id, issue, bearings)


def _first_word(entry: Entry) -> Spans:
    start = entry.statement.content[0].start
    return (Span(start, start + len(entry.content.split()[0])),)


class Server:
    """`onrecord serve` in a process of its own."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-m", "onrecord", "serve", str(path), "--port", "0", "--read-only"]
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(command, stderr=self._said, text=True)
        while (found := re.search(r"127\.0\.0\.1:(\d+)", self.said())) is None:
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)
        self.port = int(found[1])

    def said(self) -> str:
        """What the server wrote to its standard error."""
        self._said.seek(0)
        return self._said.read()

    def get(self, path: str) -> bytes:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        assert answer.status == 200, (path, answer.status, self.said()[-3000:])
        return body

    def cpu_s(self) -> float:
        """Processor time used so far, in seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
        self._said.close()


def addresses(ledger: Ledger, maker: Maker, per_kind: int) -> dict[str, list[str]]:
    """Pages to ask for, each kind with other ids and words."""
    rng = maker.rng
    hits = [hit.entry for n in range(8) for hit in ledger.search("", limit=per_kind, offset=n * 2500).hits]
    rng.shuffle(hits)

    def word(first: int, last: int) -> str:
        return maker.vocabulary[rng.randrange(first, last)]

    issues = [issue.id for issue in ledger.issues.labels()]
    names = [rng.choices(maker.names, cum_weights=maker.name_weights)[0] for _ in range(per_kind)]
    return {
        "front": ["/"] * per_kind,
        "document": [f"/d/{entry.document.id}" for entry in hits[:per_kind]],
        "statement": [f"/s/{entry.statement.id}" for entry in hits[per_kind : 2 * per_kind]],
        "actor": [f"/a/{entry.actor.id}" for entry in hits[2 * per_kind : 3 * per_kind] if entry.actor],
        "search, middling word": [f"/search?q={word(300, 3000)}" for _ in range(per_kind)],
        "search, common word": [f"/search?q={word(20, 100)}" for _ in range(per_kind)],
        "search, actor": [f"/search?actor={quote(name)}" for name in names],
        "api, statements": [f"/api/statements?limit=20&q={word(300, 3000)}" for _ in range(per_kind)],
        "api, document": [f"/api/documents/{entry.document.id}" for entry in hits[3 * per_kind : 4 * per_kind]],
        "actors": [f"/actors?offset={rng.randrange(20) * 100}" for _ in range(per_kind)],
        "issue": [f"/i/{rng.choice(issues)}" for _ in range(per_kind)] if issues else [],
        "issues": ["/issues"] * per_kind,
        "audit": [f"/audit?outlet={quote(rng.choice(search.OUTLETS[:30]))}" for _ in range(per_kind)],
        "api, actors": [f"/api/actors?limit=50&cursor={cursor(rng.randrange(2000) * 50)}" for _ in range(per_kind)],
        "api, links": [f"/api/links?limit=50&cursor={cursor(rng.randrange(1800) * 50)}" for _ in range(per_kind)],
        "feed": [f"/feed.atom?q={word(1000, 8000)}" for _ in range(per_kind)],
    }


def cursor(number: int) -> str:
    """The cursor of the API for the items after so many."""
    return base64.urlsafe_b64encode(f"n{number}".encode()).decode().rstrip("=")


def gathered(server: Server, paths: list[str]) -> float:
    """Waits until all that the server gathers beside its pages is there. How long did that take, in seconds?"""
    start = time.monotonic()
    while any(b"being gathered" in server.get(path) for path in paths):
        time.sleep(0.5)
    return round(time.monotonic() - start, 1)


def visit(
    server: Server, pages: dict[str, list[str]], *, users: int, pause_s: float, seconds: float
) -> dict[str, object]:
    """The times of all pages with so many visitors, in milliseconds."""
    times: dict[str, list[float]] = {}
    lock = threading.Lock()
    end = time.monotonic() + seconds

    def asks(seed: int) -> Iterator[tuple[str, str]]:
        rng = random.Random(seed)
        kinds = list(pages)
        while time.monotonic() < end:
            kind = rng.choice(kinds)
            yield kind, rng.choice(pages[kind])

    def visitor(seed: int) -> None:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=120)
        rng = random.Random(seed)
        for kind, path in asks(seed):
            if pause_s:
                time.sleep(rng.expovariate(1 / pause_s))
            start = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            elapsed = 1000 * (time.perf_counter() - start)
            assert answer.status == 200, (path, answer.status, body[:300])
            with lock:
                for group in (kind, "all"):
                    times.setdefault(group, []).append(elapsed)
        connection.close()

    before = server.cpu_s()
    started = time.monotonic()
    visitors = [threading.Thread(target=visitor, args=(seed,)) for seed in range(users)]
    for each in visitors:
        each.start()
    for each in visitors:
        each.join()
    n = len(times["all"])
    return {
        "users": users,
        "pause_s": pause_s,
        "requests": n,
        "requests_per_s": round(n / (time.monotonic() - started), 1),
        "cpu_ms_per_request": round(1000 * (server.cpu_s() - before) / n, 2),
        "pages": {kind: _figures(values) for kind, values in sorted(times.items())},
    }


def one_by_one(server: Server, pages: dict[str, list[str]]) -> dict[str, dict[str, float]]:
    """The times of each kind of page with one visitor, and the server's processor time."""
    found = {}
    for kind, paths in pages.items():
        before, times = server.cpu_s(), []
        for path in paths:
            start = time.perf_counter()
            server.get(path)
            times.append(1000 * (time.perf_counter() - start))
        found[kind] = _figures(times) | {"cpu_ms": round(1000 * (server.cpu_s() - before) / len(times), 2)}
    return found


def _figures(values: list[float]) -> dict[str, float]:
    return {
        "n": len(values),
        "p50_ms": round(percentile(values, 0.5), 1),
        "p95_ms": round(percentile(values, 0.95), 1),
        "max_ms": round(max(values), 1),
    }


def first_paint(server: Server, document: str, chromium: str) -> dict[str, float]:
    """When the long article is first painted in a browser that has seen nothing of us, in milliseconds."""
    from playwright.sync_api import sync_playwright

    painted = []
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(5):
            page = browser.new_context().new_page()
            page.goto(f"http://127.0.0.1:{server.port}/d/{document}", wait_until="load")
            entries = page.evaluate("performance.getEntriesByName('first-contentful-paint').map(e => e.startTime)")
            painted.append(entries[0])
            page.context.close()
        browser.close()
    return {"p50_ms": round(percentile(painted, 0.5), 1), "max_ms": round(max(painted), 1)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--links", type=int, default=100_000)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds that a person reads before the next page")
    parser.add_argument("--per-kind", type=int, default=40)
    parser.add_argument("--ledger", type=Path, help="kept and used again; default: a temporary one")
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="for the first paint; left out if not there")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.ledger or Path(folder) / "made.ledger"
        maker = Maker(seed=1)
        if not path.exists():
            load(path, maker, args.statements)
        with Ledger.open(path) as ledger:
            article = long_article(ledger, maker)
            if next(iter(ledger.links()), None) is None:
                add_links(ledger, maker.rng, args.links)
            if not ledger.issues.labels():
                add_issues(ledger, random.Random(5), ISSUES)
            counts = ledger.counts()
            pages = {kind: paths for kind, paths in addresses(ledger, maker, args.per_kind).items() if paths}
        server = Server(path)
        try:
            # Before anything is gathered or compiled: what the very first visitor sees.
            cold = {kind: _timed(server, paths[0]) for kind, paths in pages.items()}
            took = gathered(server, [paths[0] for paths in pages.values()])
            alone = one_by_one(server, pages)
            crowds = [
                visit(server, pages, users=args.users, pause_s=pause, seconds=args.seconds)
                for pause in (args.pause, 0.0)
            ]
            times = sorted(_timed(server, f"/d/{article}") for _ in range(5))
            paint = first_paint(server, article, args.chromium) if Path(args.chromium).exists() else None
        finally:
            server.stop()
        script = files("onrecord.web").joinpath("static", "onrecord.js").read_bytes()
        result = {
            "what": "pages of the reading room, milliseconds",
            "command": "python benchmarks/web.py",
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "machine": machine(),
            "statements": counts.statements,
            "documents": counts.documents,
            "must_p95_ms": MUST_MS,
            "first_visitor_ms": cold,
            "gathered_after_s": took,
            "one_visitor": alone,
            "crowds": crowds,
            "article_of_20000_words": {"answer_p50_ms": times[2], "first_contentful_paint": paint},
            "script_gzip_bytes": len(gzip.compress(script, 9)),
        }
    report(result, args.out)
    met = crowds[0]["pages"]["all"]["p95_ms"] <= MUST_MS  # type: ignore[index]
    return 0 if met and result["script_gzip_bytes"] <= MUST_SCRIPT_BYTES else 1


def _timed(server: Server, path: str) -> float:
    start = time.perf_counter()
    server.get(path)
    return round(1000 * (time.perf_counter() - start), 1)


if __name__ == "__main__":
    sys.exit(main())
