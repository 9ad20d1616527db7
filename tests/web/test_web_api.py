"""The API and the feeds: complete, paginated, in the documented form."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from tests.ledgers import a_document
from tests.web.conftest import Room
from tests.web.people import reading_of

from onrecord.record import Method
from onrecord.store import Ledger
from onrecord.web.app import create_app
from onrecord.web.once import get

ATOM = "{http://www.w3.org/2005/Atom}"


def every(room: Room, path: str, limit: int, **asked: str) -> list[dict[str, object]]:
    """All items of a list, page by page."""
    items, cursor = [], ""
    while True:
        page = room.client.get(path, params={"limit": limit, "cursor": cursor, **asked}).json()
        assert len(page["items"]) <= limit
        items += page["items"]
        if page["next"] is None:
            return items
        cursor = page["next"]


@pytest.fixture
def full(room: Room) -> Room:
    """A ledger with more than a page of everything."""
    with Ledger.open(room.ledger) as ledger:
        run = ledger.start_run(Method(version="test", models={}))
        for n in range(60):
            name = f"Person {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n % 26]}{'xyz'[n % 3]}{'pq'[n % 2]}"
            text = f"“We saw thing number {n}” said {name}."
            ledger.add(run.id, reading_of(a_document(text, outlet="Kurier", published=f"2026-05-{n % 28 + 1:02}")))
    return room


@pytest.mark.parametrize("kind", ["documents", "statements", "actors", "links", "issues"])
def test_no_list_is_capped(full: Room, kind: str) -> None:
    with Ledger.open(full.ledger, readonly=True) as ledger:
        there = {
            "documents": {doc.id for doc in ledger.documents()},
            "statements": {e.statement.id for found in ledger.records() for e in found.entries},
            "actors": {e.actor.id for e in ledger.actors()},
            "links": {e.link.id for e in ledger.links()},
            "issues": {e.issue.id for e in ledger.issues.all()},
        }[kind]
    for limit in (7, 50, 200):
        items = every(full, f"/api/{kind}", limit)
        found = [item["document_id"] if kind == "documents" else item.get("id", item.get("link_id")) for item in items]
        assert len(found) == len(there)
        if kind != "links":
            assert set(found) == there


def test_each_item_can_be_asked_for_alone(room: Room) -> None:
    for kind, key in (("documents", "document_id"), ("statements", "id"), ("actors", "id")):
        first = every(room, f"/api/{kind}", 1)[0]
        alone = room.client.get(f"/api/{kind}/{first[key]}")
        assert alone.status_code == 200
        assert alone.headers["etag"]
        assert (
            room.client.get(f"/api/{kind}/{first[key]}", headers={"if-none-match": alone.headers["etag"]}).status_code
            == 304
        )


def test_errors_are_problem_json_with_our_codes(room: Room) -> None:
    for path, status, code in (
        ("/api/statements/zz", 404, "OR-407"),
        ("/api/statements?act=nonsense", 400, "OR-001"),
        ("/api/statements?cursor=%F0%9F%99%82", 400, "OR-001"),
        ("/api/statements?limit=0", 422, "OR-001"),
        ("/api/statements?limit=201", 422, "OR-001"),
        ("/api/links?kind=nonsense", 400, "OR-001"),
        ("/api/nothing", 404, None),
    ):
        answer = room.client.get(path)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        said = answer.json()
        assert said["status"] == status
        assert said.get("code") == code
        assert said["detail"]


def test_the_openapi_document_names_every_list(room: Room) -> None:
    paths = room.client.get("/api/openapi.json").json()["paths"]
    for kind in ("documents", "statements", "actors", "issues", "links"):
        assert f"/api/{kind}" in paths
        assert f"/api/{kind}/{{identifier}}" in paths
    assert not [path for path in paths if not path.startswith(("/api", "/feed"))]


def test_one_request_needs_no_server(room: Room) -> None:
    app = create_app(room.ledger, readonly=True)
    status, body = get(app, "/api/statements?limit=1")
    assert status == 200
    assert json.loads(body) == room.client.get("/api/statements?limit=1").json()
    assert get(app, "/nothing")[0] == 404


def test_a_feed_holds_the_newest_statements_of_an_actor(full: Room) -> None:
    answer = full.client.get("/feed.atom", params={"actor": "Anna Roth", "q": "sign"})
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}content") for entry in entries] == ["“We will not sign”", "“We will sign in May”"]
    assert entries[0].findtext(f"{ATOM}published") == "2026-03-04T00:00:00Z"
    for one in (feed, *entries):
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated")).tzinfo is not None
        assert one.findtext(f"{ATOM}id").startswith(full.address)
    items = full.client.get("/feed.json", params={"actor": "Anna Roth", "q": "sign"}).json()["items"]
    assert [item["url"] for item in items] == [entry.findtext(f"{ATOM}id") for entry in entries]


def test_a_feed_of_everything_is_newest_first(full: Room) -> None:
    items = full.client.get("/feed.json").json()["items"]
    assert len(items) == 50
    days = [item["date_published"] for item in items]
    assert days == sorted(days, reverse=True)
    found = full.client.get("/feed.json", params={"q": "saw"}).json()["items"]
    assert len(found) == 50
    assert found[0]["date_published"] == "2026-05-28T00:00:00Z"


def test_an_article_cannot_break_the_feed(room: Room) -> None:
    feed = ET.fromstring(room.client.get("/feed.atom", params={"q": "script"}).content)
    assert "<script>alert(1)</script>" in feed.findtext(f"{ATOM}entry/{ATOM}content")


def test_statements_that_bear_on_an_issue_are_found_among_many(full: Room) -> None:
    from onrecord.record import Bearing, Issue, issue_id

    with Ledger.open(full.ledger) as ledger:
        wanted = [hit.entry.statement.id for hit in ledger.search("number", limit=60).hits][::7]
        issue = Issue(id=issue_id("Things"), label="Things")
        run = ledger.start_run(Method(version="test", models={}))
        ledger.issues.record(
            run.id, issue, [Bearing(issue_id=issue.id, statement_id=each, side="for") for each in wanted]
        )
    found = every(full, "/api/statements", 2, issue=issue.id)
    assert sorted(item["id"] for item in found) == sorted(wanted)
    assert every(full, "/api/statements", 2, issue=issue.id, q="walrus") == []


def test_a_program_with_the_token_reads_the_api(serve: Callable[..., Room]) -> None:
    room = serve(token="a token that is long enough")
    assert room.client.get("/api/statements").headers["content-type"] == "application/problem+json"
    headers = {"authorization": "Bearer a token that is long enough"}
    assert room.client.get("/api/statements", headers=headers).json()["items"]
