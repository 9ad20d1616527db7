"""The review over HTTP: what a form may do, and that nothing is lost when several decide at once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import httpx
import pytest
from tests.web.conftest import Room

from onrecord.store import Ledger
from onrecord.views.review import by_doubt

pytestmark = pytest.mark.slow


def _form(client: httpx.Client, path: str, action: str) -> dict[str, str]:
    """The hidden fields of the first form that leads to `action`."""
    html = client.get(path).text
    found = re.search(rf'<form[^>]*action="{action}".*?</form>', html, re.DOTALL)
    assert found is not None, html
    pairs = re.findall(r'<input type="hidden" name="([^"]+)"(?: data-role="\w+")? value="([^"]*)"', found[0])
    return {name: unescape(value) for name, value in pairs}


def _order(room: Room) -> tuple[str, ...]:
    with Ledger.open(room.ledger, readonly=True) as ledger:
        return by_doubt(ledger).order


def _made(room: Room) -> list[tuple[str, str, str]]:
    with Ledger.open(room.ledger, readonly=True) as ledger:
        return [(each.subject, each.verdict, each.by) for each in ledger.decisions()]


def test_a_decision_needs_our_form_and_a_name(room: Room) -> None:
    at = _order(room)[0]
    form = _form(room.client, f"/review?at={at}", "/review/decide") | {"by": "ann", "verdict": "accepted"}
    for wrong in (
        {"form_mark": ""},
        {"form_mark": "0" * 64},
        {"by": " "},
        {"verdict": "corrected"},
        {"at": "snothing"},
    ):
        answer = room.client.post("/review/decide", data=form | wrong)
        assert answer.status_code in (400, 403, 404), wrong
    assert _made(room) == []
    assert room.client.post("/review/decide", data=form).status_code == 303
    assert _made(room) == [(at, "accepted", "ann")]


def test_only_what_was_shown_is_decided(room: Room) -> None:
    at = _order(room)[0]
    form = _form(room.client, f"/review?at={at}", "/review/decide") | {"by": "ann", "verdict": "accepted"}
    with Ledger.open(room.ledger) as ledger:
        ledger.decide(at, "corrected", by="bo", field="act", after="denies")
    answer = room.client.post("/review/decide", data=form)
    assert "changed=1" in answer.headers["location"]
    assert "The record has changed" in room.client.get(answer.headers["location"]).text
    assert _made(room) == [(at, "corrected", "bo")]
    for action, more in (("actor", {"actor": "nobody"}), ("spans", {"content": "We"})):
        assert "changed=1" in room.client.post(f"/review/{action}", data=form | more).headers["location"]
    assert len(_made(room)) == 1


def test_words_may_be_typed_and_what_was_not_changed_stays(room: Room) -> None:
    at = _order(room)[0]
    with Ledger.open(room.ledger, readonly=True) as ledger:
        before = ledger.entry(at)
    form = _form(room.client, f"/review/edit?at={at}", "/review/spans") | {"by": "ann"}
    typed = {"content": before.content, "source": before.source, "cue": before.cue}
    assert room.client.post("/review/spans", data=form | typed).status_code == 303
    assert _made(room) == []
    shorter = before.content.split()[0]
    assert room.client.post("/review/spans", data=form | typed | {"content": shorter}).status_code == 303
    assert _made(room) == [(at, "corrected", "ann")]
    with Ledger.open(room.ledger, readonly=True) as ledger:
        after = ledger.entry(at)
    assert (after.content, after.source, after.cue) == (shorter, before.source, before.cue)


@pytest.mark.parametrize(
    "wrong",
    [
        {"content": "words that stand nowhere"},
        {"content": ""},
        {"content_spans": "nonsense"},
        {"content_spans": "[[0, 99999]]"},
        {"content_spans": "[[5, 2]]"},
        {"content_spans": "[]"},
    ],
)
def test_words_that_are_not_there_change_nothing(room: Room, wrong: dict[str, str]) -> None:
    at = _order(room)[0]
    form = _form(room.client, f"/review/edit?at={at}", "/review/spans") | {"by": "ann"}
    with Ledger.open(room.ledger, readonly=True) as ledger:
        entry = ledger.entry(at)
    typed = {"content": entry.content, "source": entry.source, "cue": entry.cue}
    assert room.client.post("/review/spans", data=form | typed | wrong).status_code == 400
    assert _made(room) == []


def test_the_actor_is_set_by_name_or_left_open(room: Room) -> None:
    at = _order(room)[0]
    form = _form(room.client, f"/review?at={at}", "/review/actor") | {"by": "ann"}
    missing = room.client.post("/review/actor", data=form | {"name": "Nobody Known"})
    assert missing.status_code == 404
    assert "Nobody on record is called" in missing.text
    assert room.client.post("/review/actor", data=form | {"name": ""}).status_code == 400
    assert room.client.post("/review/actor", data=form | {"actor": "nobody"}).status_code == 303
    with Ledger.open(room.ledger, readonly=True) as ledger:
        assert ledger.entry(at).actor is None
    form = _form(room.client, f"/review?at={at}", "/review/actor") | {"by": "ann"}
    assert room.client.post("/review/actor", data=form | {"name": "Tom Ash"}).status_code == 303
    with Ledger.open(room.ledger, readonly=True) as ledger:
        actor = ledger.entry(at).actor
    assert actor is not None
    assert actor.name == "Tom Ash"


def test_a_second_opinion_is_formed_without_the_first(room: Room) -> None:
    first, second = _order(room)[:2]
    with Ledger.open(room.ledger) as ledger:
        ledger.decide(second, "unsure", by="ann", note="hm")
    room.client.cookies.set("onrecord_person", "bo")
    page = room.client.get("/review?second=1").text
    assert f'name="at" value="{second}"' in page
    assert "ann" not in page
    assert f'name="at" value="{first}"' in room.client.get("/review").text
    assert "ann was unsure" in room.client.get(f"/review?at={second}").text


def test_names_lead_back_to_the_review_alone(room: Room) -> None:
    mark = room.mark("/review/edit?at=" + _order(room)[0])
    for leads_to in ("https://elsewhere.example/", "//elsewhere.example", "/d/x"):
        answer = room.client.post("/review/name", data={"form_mark": mark, "by": "ann", "next": leads_to})
        assert answer.headers["location"] == "/review"


def test_many_who_decide_at_once_lose_nothing(room: Room) -> None:
    order = _order(room)
    people = ("ann", "bo", "cy", "di")

    def review(who: str) -> None:
        mine = room.visitor().client
        for at in order:
            form = _form(mine, f"/review?at={at}", "/review/decide")
            answer = mine.post("/review/decide", data=form | {"by": who, "verdict": "accepted"})
            assert answer.status_code == 303
        mine.close()

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(review, people))
    assert sorted(_made(room)) == sorted((at, "accepted", who) for at in order for who in people)
