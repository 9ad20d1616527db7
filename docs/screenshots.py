"""Takes pictures of every page in the browser, light, dark and as wide as a phone: ``python docs/screenshots.py``.

The ledger is the demo's, read and linked anew, or the one given. The pictures lie in docs/screenshots/.
"""

from __future__ import annotations

import argparse
import base64
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from onrecord.store import Ledger
from onrecord.web.app import create_app

HERE = Path(__file__).parent / "screenshots"
QUALITY = 58
LOOKS: dict[str, dict[str, object]] = {
    "light": {"viewport": {"width": 1200, "height": 860}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1200, "height": 860}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 780}, "color_scheme": "light", "is_mobile": True, "has_touch": True},
}


def demo_ledger(path: Path) -> None:
    """Reads and links the stories that came with onrecord, finds their issues and asks one."""
    commands = (
        ["add", str(path), str(files("onrecord.demo").joinpath("stories.jsonl"))],
        ["link", str(path)],
        ["issue", "find", str(path)],
        ["issue", "add", str(path), "Are Velmora and Kastria holding talks?", "--by", "ann"],
    )
    for command in commands:
        subprocess.run([sys.executable, "-m", "onrecord", *command], check=True, stdout=subprocess.DEVNULL)


def pages(ledger: Ledger) -> dict[str, str]:
    """The pages to take, by name: those of a statement that others contradict, its article, actor and issue."""
    against = [each.link for each in ledger.links() if each.link.kind in ("denies", "conflicts", "changes")]
    surest = sorted(against, key=lambda link: (link.score or 0.0, link.id))[-20:]
    denied = {end for link in surest for end in (link.left, link.right)}
    said = {each.actor.id: each.n_statements for each in ledger.actors()}

    def weight(identifier: str) -> tuple[int, int, str]:
        entry = ledger.entry(identifier)
        return (said[entry.actor.id] if entry.actor else 0, len(entry.content), identifier)

    statement = max(denied, key=weight)
    entry = ledger.entry(statement)
    assert entry.actor is not None
    asked = next(each for each in ledger.issues.all() if not each.found)
    return {
        "front": "/",
        "search": "/search?q=talks",
        "document": f"/d/{entry.document.id}",
        "statement": f"/s/{statement}",
        "actor": f"/a/{entry.actor.id}",
        "actors": "/actors",
        "issues": "/issues",
        "issue": f"/i/{asked.issue.id}",
        "audit": "/audit",
        "review": "/review",
        "review-edit": f"/review/edit?at={statement}",
        "review-agreement": "/review/agreement",
    }


def some_reviews(path: Path) -> None:
    """Two people decide about a few statements, so that there is agreement to show."""
    with Ledger.open(path) as ledger:
        for at, statement in enumerate(ledger.reviewing.by_doubt()[-24:]):
            ledger.decide(statement, "rejected" if at % 8 == 0 else "accepted", by="ann")
            ledger.decide(statement, "rejected" if at % 5 == 0 else "accepted", by="bo")


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """The ledger served on a free port of this machine; its address."""
    server = uvicorn.Server(uvicorn.Config(create_app(path), port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def take(page: Page, target: Path) -> None:
    """Writes what the page shows, as WebP, or as PNG if the name says so."""
    if target.suffix == ".png":
        page.screenshot(path=target)
        return
    devtools = page.context.new_cdp_session(page)
    taken = devtools.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    target.write_bytes(base64.b64decode(taken["data"]))


def chromium() -> str:
    """The browser of this machine."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    raise SystemExit("there is no Chromium on this machine; on Debian: apt install chromium")


def take_all(browser: Browser, address: str, found: dict[str, str], out: Path, form: str, *, only: str) -> None:
    """Every page in every look."""
    for look, settings in LOOKS.items():
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        context.add_cookies([{"name": "onrecord_person", "value": "cy", "url": address}])
        page = context.new_page()
        for name, path in found.items():
            if only and only not in f"{name}-{look}":
                continue
            answer = page.goto(address + path, wait_until="networkidle")
            if answer is None or not answer.ok:
                raise SystemExit(f"{path} was answered with {answer.status if answer else 'nothing'}")
            take(page, out / f"{name}-{look}.{form}")
        context.close()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledger", type=Path, help="a ledger that is linked and has issues; the demo's by default")
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--form", choices=("webp", "png"), default="webp")
    parser.add_argument("--only", default="", help="only pictures whose name holds this")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as folder:
        ledger_path = Path(folder) / "demo.ledger"
        if asked.ledger:
            shutil.copyfile(asked.ledger, ledger_path)
        else:
            demo_ledger(ledger_path)
        some_reviews(ledger_path)
        with Ledger.open(ledger_path, readonly=True) as ledger:
            found = pages(ledger)
        with serving(ledger_path) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            # What takes long to gather is gathered beside the pages: asked for once, it is there for the pictures.
            first = browser.new_page()
            for path in found.values():
                first.goto(address + path)
            first.wait_for_timeout(3000)
            take_all(browser, address, found, asked.out, asked.form, only=asked.only)
            browser.close()


if __name__ == "__main__":
    main()
