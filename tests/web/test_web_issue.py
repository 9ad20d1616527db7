"""The issue pages and the audit over HTTP: asked, found, filtered, taken away; every figure as the views say."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import httpx
import pytest
from tests.web.conftest import Room

from onrecord.store import Ledger
from onrecord.views.issue import view_issue

pytestmark = pytest.mark.slow
QUESTION = "Will Anna Roth sign?"


def _ask(room: Room, question: str = QUESTION, by: str = "ann") -> httpx.Response:
    return room.client.post("/issues", data={"form_mark": room.mark("/issues"), "question": question, "by": by})


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_question_asked_on_the_page_becomes_an_issue(room: Room) -> None:
    assert "No issue is on record yet" in room.client.get("/issues").text
    answer = _ask(room)
    assert answer.status_code == 303
    page = room.client.get(answer.headers["location"])
    with Ledger.open(room.ledger, readonly=True) as ledger:
        view = view_issue(ledger, QUESTION)
    assert page.status_code == 200
    words = _words(page.text)
    assert view.accounts
    assert f"{len(view.accounts)} account" in words
    assert f"{view.n_independent} independent origin" in words
    for account in view.accounts:
        assert f'href="/s/{account.first.entry.statement.id}"' in page.text
    assert QUESTION in room.client.get("/issues").text
    assert view.entry.issue.made_by == "ann"


def test_issues_are_found_from_the_page(room: Room) -> None:
    answer = room.client.post("/issues", data={"form_mark": room.mark("/issues")})
    assert answer.headers["location"] == "/issues"


def test_a_question_is_signed_marked_and_has_words(room: Room, serve: Callable[..., Room]) -> None:
    assert _ask(room, by=" ").status_code == 400
    assert _ask(room, question="?!").status_code == 400
    assert room.client.post("/issues", data={"question": QUESTION, "by": "ann"}).status_code == 403
    with Ledger.open(room.ledger, readonly=True) as ledger:
        assert ledger.issues.all() == ()
    shut = serve(readonly=True)
    assert 'name="question"' not in shut.client.get("/issues").text
    assert shut.client.post("/issues", data={"question": QUESTION, "by": "ann"}).status_code == 403


def test_a_side_narrows_the_positions(room: Room) -> None:
    place = _ask(room).headers["location"]
    with Ledger.open(room.ledger, readonly=True) as ledger:
        view = view_issue(ledger, QUESTION)
    for side, n in view.sides.items():
        page = room.client.get(f"{place}?side={side}").text
        assert page.count('<p class="when">') == n
    assert room.client.get(f"{place}?side=nonsense").text.count('<p class="when">') == len(view.accounts)


def test_what_is_shown_can_be_taken_away(room: Room) -> None:
    place = _ask(room).headers["location"]
    with Ledger.open(room.ledger, readonly=True) as ledger:
        view = view_issue(ledger, QUESTION)
    rows = list(csv.DictReader(io.StringIO(room.client.get(f"{place}/accounts.csv").text)))
    assert {row["statement"] for row in rows} == {each.first.entry.statement.id for each in view.accounts}
    for what in ("timeline", "network"):
        assert room.client.get(f"{place}/{what}.svg").content.startswith(b"<svg")
        png = room.client.get(f"{place}/{what}.png")
        assert (png.headers["content-type"], png.content[:4]) == ("image/png", b"\x89PNG")
    statement = view.accounts[0].first.entry.statement.id
    assert room.client.get(f"/s/{statement}/chain.svg").content.startswith(b"<svg")
    for wrong in (f"{place}/nothing.svg", f"{place}/timeline.gif", "/i/inothing", "/s/snothing/chain.svg"):
        assert room.client.get(wrong).status_code in (404, 422)


def test_a_cell_that_would_be_a_formula_is_text(room: Room) -> None:
    with Ledger.open(room.ledger) as ledger:
        actor = next(each for each in ledger.actors("Anna Roth"))
        ledger.rename(actor.actor.id, "=cmd()", by="ann")
    place = _ask(room, question="Will they sign?").headers["location"]
    rows = list(csv.DictReader(io.StringIO(room.client.get(f"{place}/accounts.csv").text)))
    assert "'=cmd()" in {row["actor"] for row in rows}


def test_the_audit_adds_up_and_can_be_narrowed(room: Room) -> None:
    page = room.client.get("/audit").text
    assert "4 articles" in _words(page)
    assert "<b>Outlet</b>" not in page
    one = _words(room.client.get("/audit?outlet=Interline").text)
    assert "1 article" in one
    assert "Testblatt" not in one
    assert "No article fits" in room.client.get("/audit?outlet=nobody").text
    assert room.client.get("/audit?since=whenever").status_code == 400
    assert room.client.get("/audit?offset=-1").status_code == 422
