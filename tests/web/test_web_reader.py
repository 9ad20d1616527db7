"""Bringing a text, files or an address to the reading room."""

from __future__ import annotations

import json
import time

import httpx
from tests.cli_fakes import FakeStages
from tests.ledgers import a_document
from tests.web.conftest import NoLinks, Room

from onrecord.store import Ledger
from onrecord.web import reader as reading_rooms
from onrecord.web.reader import Reader


def bring(room: Room, **fields: object) -> httpx.Response:
    files = fields.pop("files", [])
    return room.client.post("/read", data={"form_mark": room.mark("/read"), **fields}, files=files or None)


def finished(room: Room, answer: httpx.Response) -> httpx.Response:
    assert answer.status_code == 303
    job = answer.headers["location"]
    while not room.client.get(job, headers={"accept": "application/json"}).json()["over"]:
        time.sleep(0.02)
    return room.client.get(job)


def test_a_pasted_text_is_read_kept_and_shown(room: Room) -> None:
    text = "“We go home” said Eva Berg.\r\n\r\nAnd 👩‍👩‍👧 too."
    answer = finished(room, bring(room, text=text, title="Home", outlet="Kurier", published="2026-06-01"))
    assert answer.status_code == 303
    page = room.client.get(answer.headers["location"]).text
    assert "Eva Berg" in page
    assert "Kurier" in page
    with Ledger.open(room.ledger, readonly=True) as ledger:
        doc = ledger.entries(answer.headers["location"].removeprefix("/d/")).document
    assert doc.text == text.replace("\r\n", "\n")
    assert (doc.title, doc.outlet, doc.published and doc.published.value) == ("Home", "Kurier", "2026-06-01")


def test_files_are_read_each_and_what_cannot_be_read_is_said(room: Room) -> None:
    line = json.dumps({"text": "“One” said Eva Berg."})
    html = "<html><body><article><p>" + "“Two is better” said Eva Berg. " * 20 + "</p></article></body></html>"
    files = [
        ("files", ("a.jsonl", f"{line}\nnot json\n".encode())),
        ("files", ("b.html", html.encode())),
        ("files", ("c.txt", "“Three” said Eva Berg.".encode())),
    ]
    page = finished(room, bring(room, files=files)).text
    assert "4 documents = 3 kept" in page.replace("\n", "")
    assert "1 failed" in page
    assert "a.jsonl, record 2" in page
    assert page.count('href="/d/d') == 3


def test_the_same_text_again_is_not_kept_twice(room: Room) -> None:
    finished(room, bring(room, text="“We go home” said Eva Berg."))
    answer = finished(room, bring(room, text="“We go home” said Eva Berg."))
    assert answer.status_code == 303
    assert len(room.client.get("/api/statements", params={"q": "home"}).json()["items"]) == 1


def test_one_thing_at_a_time_is_brought(room: Room) -> None:
    assert bring(room).status_code == 400
    assert bring(room, text="x", url="https://example.org/").status_code == 400
    assert bring(room, text="x", published="yesterday").status_code == 422
    assert bring(room, url="ftp://example.org/").status_code == 400


def test_a_fault_in_one_job_does_not_stop_the_next(room: Room, tmp_path) -> None:
    class Broken(FakeStages):
        def statements(self, doc):
            if "break" in doc.text:
                raise RuntimeError("broken")
            return super().statements(doc)

    reader = Reader(room.ledger, load_stages=Broken, load_connector=NoLinks)
    bad = reader.take("bad", [a_document("break")])
    good = reader.take("good", [a_document("“One” said Eva Berg.")])
    while not reader.job(good.id).over:
        time.sleep(0.02)
    reader.close()
    assert reader.job(bad.id).state == "failed"
    assert "RuntimeError: broken" in reader.job(bad.id).error
    assert reader.job(good.id).counts.kept == 1


def test_more_documents_than_a_job_reads_are_said_to_be_left_out(room: Room, monkeypatch) -> None:
    monkeypatch.setattr(reading_rooms, "MOST_DOCUMENTS", 2)
    reader = Reader(room.ledger, load_stages=FakeStages, load_connector=NoLinks)
    job = reader.take("many", [a_document(f"“{n}” said Eva Berg.") for n in range(3)])
    while not reader.job(job.id).over:
        time.sleep(0.02)
    reader.close()
    assert reader.job(job.id).left_out
    assert reader.job(job.id).counts.kept == 2
