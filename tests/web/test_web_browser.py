"""Every page and the whole review in a real browser: no error, no other host, no barrier, nothing lost."""

from __future__ import annotations

import gzip
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn

from onrecord.record.decision import Decision
from onrecord.store import Ledger
from onrecord.views.review import by_doubt
from onrecord.web.app import create_app
from rooms import QUESTION, fill_room

pytestmark = pytest.mark.slow
sync_api = pytest.importorskip("playwright.sync_api", reason="the extra `dev` is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the extra `dev` is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
MOST_SCRIPT_BYTES = 60_000


@dataclass
class Site:
    address: str
    path: Path

    def decisions(self) -> tuple[Decision, ...]:
        with Ledger.open(self.path, readonly=True) as ledger:
            return ledger.decisions()

    def order(self) -> tuple[str, ...]:
        with Ledger.open(self.path, readonly=True) as ledger:
            return by_doubt(ledger).order


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("room") / "a.ledger"
    fill_room(path)
    return path


@pytest.fixture
def site(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    # Nobody is logged in: everybody says who decides.
    monkeypatch.setattr("onrecord.web.site._login", lambda: "")
    path = tmp_path / "a.ledger"
    shutil.copyfile(filled, path)
    server = uvicorn.Server(uvicorn.Config(create_app(path), port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Site(address=f"http://127.0.0.1:{port}", path=path)
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Visit:
    """A browser of one person, and all that went wrong in it."""

    page: sync_api.Page
    site: Site
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def goto(self, path: str) -> None:
        self.page.goto(self.site.address + path)

    @property
    def at(self) -> str:
        """The statement that is shown."""
        return str(self.page.locator("form.verdicts input[name=at]").get_attribute("value"))

    def press(self, *keys: str) -> None:
        """Keys that lead to a page."""
        for key in keys:
            with self.page.expect_navigation():
                self.page.keyboard.press(key)


@pytest.fixture
def visits(chromium: sync_api.Browser, site: Site) -> Iterator[list[Visit]]:
    made: list[Visit] = []
    yield made
    for visit in made:
        assert visit.errors == []
        assert visit.hosts <= {urlsplit(site.address).netloc}
        visit.page.context.close()


def visit(chromium: sync_api.Browser, site: Site, visits: list[Visit], who: str = "", **settings: object) -> Visit:
    context = chromium.new_context(**settings)
    context.set_default_timeout(20_000)
    if who:
        context.add_cookies([{"name": "onrecord_person", "value": who, "url": site.address}])
    made = Visit(context.new_page(), site)
    made.page.on("console", lambda said: made.errors.append(said.text) if said.type == "error" else None)
    made.page.on("pageerror", lambda error: made.errors.append(str(error)))
    made.page.on("request", lambda asked: made.hosts.add(urlsplit(asked.url).netloc))
    visits.append(made)
    return made


def pages(site: Site) -> list[str]:
    with Ledger.open(site.path, readonly=True) as ledger:
        asked = next(each for each in ledger.issues.all() if each.issue.label == QUESTION)
        links = (each for each in ledger.links() if each.link.kind in ("denies", "conflicts"))
        statement = next(each.link.left for each in links if ledger.entry(each.link.left).actor is not None)
        entry = ledger.entry(statement)
        assert entry.actor is not None
        hostile = next(doc for doc in ledger.documents() if "<script>" in (doc.title or ""))
    return [
        "/",
        "/search?q=talks",
        f"/d/{hostile.id}",
        f"/s/{statement}",
        f"/a/{entry.actor.id}",
        "/actors",
        "/issues",
        f"/i/{asked.issue.id}",
        "/audit",
        "/review",
        f"/review?at={statement}",
        f"/review/edit?at={statement}",
        "/review/agreement",
        "/enter",
    ]


def serious(page: sync_api.Page, *rules: str) -> list[str]:
    """What axe finds that keeps people out, by these rules or all."""
    only = {"runOnly": list(rules)} if rules else {}
    found = axe.Axe().run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['target']} {each['nodes'][0]['html'][:160]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@needs_browser
def test_every_page_is_sound(chromium: sync_api.Browser, site: Site, visits: list[Visit]) -> None:
    seen = visit(chromium, site, visits, "ann", color_scheme="light")
    scripts: dict[str, int] = {}
    seen.page.on(
        "response",
        lambda answer: (
            scripts.update({answer.url: len(gzip.compress(answer.body()))})
            if "javascript" in answer.headers.get("content-type", "")
            else None
        ),
    )
    faults = []
    for path in pages(site):
        seen.goto(path)
        faults += [f"{path} {fault}" for fault in serious(seen.page)]
        # Other colours change nothing but contrasts.
        seen.page.emulate_media(color_scheme="dark")
        faults += [f"{path}, dark: {fault}" for fault in serious(seen.page, "color-contrast")]
        seen.page.emulate_media(color_scheme="light")
        for width in (1280, 360):
            seen.page.set_viewport_size({"width": width, "height": 740})
            wider = seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            faults += [f"{path} is wider than {width} points by {wider}"] * (wider > 0)
        seen.page.set_viewport_size({"width": 1280, "height": 740})
        assert seen.page.title() != "owned"
    assert faults == []
    assert scripts
    assert sum(scripts.values()) < MOST_SCRIPT_BYTES


@needs_browser
def test_a_missing_page_says_so(chromium: sync_api.Browser, site: Site, visits: list[Visit]) -> None:
    lost = visit(chromium, site, visits)
    answer = lost.page.goto(f"{site.address}/i/inothing")
    assert answer is not None
    assert answer.status == 404
    assert serious(lost.page) == []
    # The browser itself tells the console that a page was not found.
    assert all("404" in error for error in lost.errors)
    lost.errors.clear()


@needs_browser
def test_the_whole_review_by_keyboard(chromium: sync_api.Browser, site: Site, visits: list[Visit]) -> None:
    order = site.order()
    ann = visit(chromium, site, visits, "ann")
    ann.goto("/review")
    assert ann.at == order[0]
    ann.press("a", "r", "u")
    assert ann.at == order[3]
    assert "Unsure" in ann.page.get_by_role("status").inner_text()
    ann.press("k")
    assert ann.at == order[2]
    ann.press("j")
    assert ann.at == order[3]
    ann.press("z")  # takes the last decision back, and shows its statement
    assert ann.at == order[2]
    made = site.decisions()
    assert [(each.subject, each.verdict, each.by) for each in made] == [
        (order[0], "accepted", "ann"),
        (order[1], "rejected", "ann"),
        (order[2], "unsure", "ann"),
    ]
    with Ledger.open(site.path, readonly=True) as ledger:
        assert set(ledger.withdrawals()) == {made[2].id}
    ann.page.keyboard.press("?")
    assert ann.page.get_by_role("dialog").is_visible()
    ann.page.keyboard.press("a")  # a key of the page behind the dialog decides nothing
    ann.page.keyboard.press("Escape")
    assert not ann.page.get_by_role("dialog").is_visible()
    assert len(site.decisions()) == 3


@needs_browser
def test_the_name_is_asked_once(chromium: sync_api.Browser, site: Site, visits: list[Visit]) -> None:
    bo = visit(chromium, site, visits)
    bo.goto("/review")
    bo.page.keyboard.type("Bo Ünal")
    bo.press("Enter")
    assert bo.page.locator(".state").inner_text().count("Bo Ünal") == 1
    bo.press("a")
    assert [each.by for each in site.decisions()] == ["Bo Ünal"]
    bo.goto("/review")
    assert bo.at == site.order()[1]


@needs_browser
def test_words_are_chosen_by_keyboard(chromium: sync_api.Browser, site: Site, visits: list[Visit]) -> None:
    ann = visit(chromium, site, visits, "ann")
    with Ledger.open(site.path, readonly=True) as ledger:
        at = next(
            each
            for each in by_doubt(ledger).order
            if len(ledger.entry(each).content.split()) > 6 and len(ledger.entry(each).statement.content) == 1
        )
        before = ledger.entry(at)
    ann.goto(f"/review?at={at}")
    ann.press("e")
    first = ann.page.locator("[data-w].content").first
    first.focus()
    ann.page.keyboard.press("ArrowRight")
    ann.page.keyboard.press("ArrowLeft")
    for _ in range(2):
        ann.page.keyboard.press("Shift+ArrowRight")
    ann.page.keyboard.press("1")
    chosen = ann.page.locator("#content").input_value()
    ann.press("Enter")
    assert ann.at == at
    with Ledger.open(site.path, readonly=True) as ledger:
        after = ledger.entry(at)
    assert after.content == chosen
    assert before.content.startswith(chosen.strip())
    assert after.source == before.source
    (made,) = site.decisions()
    assert (made.field, made.verdict, made.by) == ("content", "corrected", "ann")
    ann.press("z")
    with Ledger.open(site.path, readonly=True) as ledger:
        assert ledger.entry(at).statement == before.statement


@needs_browser
def test_words_are_chosen_with_the_mouse(chromium: sync_api.Browser, site: Site, visits: list[Visit]) -> None:
    ann = visit(chromium, site, visits, "ann")
    at = site.order()[0]
    ann.goto(f"/review/edit?at={at}")
    words = ann.page.locator("[data-w]")
    words.nth(0).click()
    words.nth(2).click(modifiers=["Shift"])
    ann.page.get_by_role("button", name="source").click()
    with ann.page.expect_navigation():
        ann.page.get_by_role("button", name="Save").click()
    with Ledger.open(site.path, readonly=True) as ledger:
        entry = ledger.entry(at)
    assert len(entry.source.split()) in (2, 3)
    assert {each.field for each in site.decisions()} == {"source"}


@needs_browser
def test_the_actor_is_set_by_keyboard(chromium: sync_api.Browser, site: Site, visits: list[Visit]) -> None:
    ann = visit(chromium, site, visits, "ann")
    ann.goto("/review")
    at = ann.at
    ann.page.keyboard.press("s")
    ann.page.locator("#name").focus()
    ann.page.keyboard.type("Ondrej Halvek")
    ann.press("Enter")
    if "/review/actor" in ann.page.url:  # several are called so: the first one
        ann.page.locator("main button").first.focus()
        ann.press("Enter")
    with Ledger.open(site.path, readonly=True) as ledger:
        actor = ledger.entry(at).actor
    assert actor is not None
    assert actor.name == "Ondrej Halvek"
    assert ann.at == at


@needs_browser
def test_the_review_works_without_script(chromium: sync_api.Browser, site: Site, visits: list[Visit]) -> None:
    plain = visit(chromium, site, visits, "ann", java_script_enabled=False)
    plain.goto("/review")
    first = plain.at
    plain.page.get_by_role("button", name="Accept").click()
    assert plain.at == site.order()[1]
    plain.page.get_by_role("button", name="Undo").click()
    assert plain.at == first
    plain.page.get_by_role("link", name="Edit words").click()
    content = plain.page.locator("#content").input_value()
    plain.page.locator("#content").fill("words that stand nowhere")
    plain.page.get_by_role("button", name="Save").click()
    assert "does not stand in the passage" in plain.page.get_by_role("alert").inner_text()
    plain.page.locator("#content").fill(content.split(" … ")[0].split()[0])
    plain.page.get_by_role("button", name="Save").click()
    with Ledger.open(site.path, readonly=True) as ledger:
        assert ledger.entry(first).content == content.split(" … ")[0].split()[0]
    # That a form was refused is told to the console by the browser.
    plain.errors.clear()


@needs_browser
def test_two_browsers_at_once_lose_nothing(chromium: sync_api.Browser, site: Site, visits: list[Visit]) -> None:
    ann, bo = (visit(chromium, site, visits, who) for who in ("ann", "bo"))
    for each in (ann, bo):
        each.goto("/review")
    first = ann.at
    assert bo.at == first
    ann.press("a")
    bo.press("r")  # shown before ann decided: both words are on record
    assert [(each.subject, each.verdict, each.by) for each in site.decisions()] == [
        (first, "accepted", "ann"),
        (first, "rejected", "bo"),
    ]
    second = ann.at
    bo.goto(f"/review?at={second}")
    with Ledger.open(site.path) as ledger:
        position = ledger.entry(second).position
        other = "negative" if position is None or position.polarity == "positive" else "positive"
        ledger.decide(second, "corrected", by="ann", field="polarity", after=other)
    bo.press("a")  # what bo saw is not what the record says now: bo sees it first
    assert "The record has changed" in bo.page.get_by_role("status").inner_text()
    assert bo.at == second
    assert [each for each in site.decisions() if each.by == "bo" and each.subject == second] == []
    bo.press("a")
    assert [each.verdict for each in site.decisions() if each.by == "bo" and each.subject == second] == ["accepted"]
    ann.goto("/review/agreement")
    assert "ann and bo" in ann.page.locator("main").inner_text()


@needs_browser
def test_the_charts_lead_to_sentences(chromium: sync_api.Browser, site: Site, visits: list[Visit]) -> None:
    ann = visit(chromium, site, visits, "ann")
    (issue,) = (path for path in pages(site) if path.startswith("/i/"))
    ann.goto(issue)
    mark = ann.page.locator("figure .chart a").first
    mark.focus()
    ann.press("Enter")
    assert "/s/s" in ann.page.url
    ann.goto(issue)
    for name, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("CSV", b"actor,date,side")):
        with ann.page.expect_download() as download:
            ann.page.get_by_role("link", name=name).first.click()
        assert Path(download.value.path()).read_bytes().startswith(start)
