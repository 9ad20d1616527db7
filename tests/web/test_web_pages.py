"""What the pages show, asked over HTTP."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from tests.ledgers import a_document, a_statement
from tests.web.conftest import Room
from tests.web.people import reading_of

from onrecord.export.citation import FORMS, cite, doubts_of, quotation
from onrecord.store import Ledger
from onrecord.web.marked import mark_article, mark_passage


def statement_by(room: Room, name: str, words: str = "") -> str:
    with Ledger.open(room.ledger, readonly=True) as ledger:
        return ledger.search(words, actor=name).hits[0].entry.statement.id


def plain(html: str) -> str:
    """The text of some HTML."""
    body = re.sub(r"<(script|style|title)\b.*?</\1>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace("&#39;", "'")


def test_the_reading_view_shows_who_speaks_and_marks_every_statement(room: Room) -> None:
    with Ledger.open(room.ledger, readonly=True) as ledger:
        found = ledger.search("sign they", actor="Tom Ash").hits[0].entry
        everything = ledger.entries(found.document.id).entries
    page = room.client.get(f"/d/{found.document.id}").text
    for entry in everything:
        assert f'href="/s/{entry.statement.id}"' in page
        assert f'href="/a/{entry.actor.id}"' in page
    for label in ("1", "2"):
        assert f'id="n{label}"' in page
        assert f'id="p{label}"' in page
        assert page.count(f'data-s="{label}"') == 4  # content, source, cue, note
    assert "Interline" in page


def test_the_reading_view_fades_all_but_the_actor_who_is_chosen(room: Room) -> None:
    with Ledger.open(room.ledger, readonly=True) as ledger:
        entry = ledger.search("", actor="Tom Ash", outlet="Interline").hits[0].entry
    page = room.client.get(f"/d/{entry.document.id}", params={"actor": entry.actor.id}).text
    notes = re.findall(r'<div class="note ([^"]*)"[^>]*data-s="(\d)"', page)
    assert [("faded" in classes, label) for classes, label in notes] == [(True, "1"), (False, "2")]
    assert 'aria-current="true"' in page


def test_marks_read_back_as_the_text_with_emoji_and_right_to_left() -> None:
    doc = a_document("🙂 قال علي: «سلام 👩‍👩‍👧» ثم 🏁 said Tom\r\nnext\x00line")
    outer = a_statement(doc, "«سلام 👩‍👩‍👧» ثم 🏁", cue="said", source="Tom")
    inner = a_statement(doc, "سلام 👩‍👩‍👧", within=outer)
    reading = reading_of(doc)
    marked = mark_article(type(reading)(document=doc, statements=(outer, inner)))
    text = "\n".join(re.sub(r"<a class=\"n\".*?</a>|<[^>]+>", "", str(par.html)) for par in marked.paragraphs)
    assert text == doc.text.replace("\r", " ").replace("\x00", "␀")
    content = re.search(r'<mark class="c indirect" data-s="1">.*?</mark>.*?</mark>', str(marked.paragraphs[0].html))
    assert content is not None
    assert marked.labels == {outer.id: "1", inner.id: "1a"}
    assert [note.depth for par in marked.paragraphs for note in par.notes] == [0, 1]


def test_a_passage_lights_one_statement() -> None:
    doc = a_document("A said one. B said two.")
    first = a_statement(doc, "one", source="A")
    second = a_statement(doc, "two", source="B")
    reading = type(reading_of(doc))(document=doc, statements=(first, second))
    (html,) = mark_passage(reading, second.content[0], chosen=second.id)
    assert str(html) == '<mark class="c indirect" data-s="2">two</mark>'


def test_the_statement_page_says_who_said_otherwise_with_the_deciding_words(room: Room) -> None:
    page = plain(room.client.get(f"/s/{statement_by(room, 'Anna Roth', 'may')}").text)
    assert "Anna Roth" in page
    assert "We will not sign" in page
    assert "“not” against no such word" in page
    assert "contradicts yes" in page
    assert "independent no" in page
    assert "Testblatt" in page


def test_links_below_the_asked_score_are_counted_not_hidden(room: Room) -> None:
    path = f"/s/{statement_by(room, 'Anna Roth', 'may')}"
    page = plain(room.client.get(path, params={"least": 0.95}).text)
    assert "1 link with a score below 0.9 left out" in page or "1 link with a score below 1.0 left out" in page
    assert "We will not sign" not in page


def test_the_actor_page_shows_the_change_of_position(room: Room) -> None:
    with Ledger.open(room.ledger, readonly=True) as ledger:
        actor = ledger.search("may").hits[0].entry.actor
    while "is being gathered" in (page := plain(room.client.get(f"/a/{actor.id}").text)):
        time.sleep(0.1)
    assert "Said otherwise later" in page
    assert page.index("We will sign in May") < page.index("We will not sign")
    assert "Testblatt" in page


def test_actors_are_merged_and_taken_apart_again(room: Room) -> None:
    with Ledger.open(room.ledger, readonly=True) as ledger:
        ids = {entry.actor.name: entry.actor.id for entry in ledger.actors()}
    anna, tom = ids["Anna Roth"], ids["Tom Ash"]
    assert "Is the same" in room.client.get(f"/a/{anna}", params={"same": "Tom Ash"}).text
    form = {"form_mark": room.mark(), "by": "Ann", "next": f"/a/{anna}"}
    answer = room.client.post("/merge", data={**form, "actor": tom, "into": anna})
    assert answer.headers["location"] == f"/a/{anna}"
    merged = room.client.get(f"/a/{anna}").text
    assert "They will sign" in merged
    decision = re.search(r'name="decision" value="(x[0-9a-f]+)"', merged)
    assert decision is not None
    room.client.post("/undo", data={**form, "decision": decision[1]})
    assert "They will sign" not in room.client.get(f"/a/{anna}").text
    room.client.post("/rename", data={**form, "actor": anna, "name": "Dr Anna Roth"})
    assert '<h1 dir="auto">Dr Anna Roth</h1>' in room.client.get(f"/a/{anna}").text


def test_search_narrows_and_leads_on(room: Room) -> None:
    everything = room.client.get("/search", params={"q": "sign"}).text
    assert everything.count('<article class="item') == 3
    assert '<mark class="found">sign</mark>' in everything
    only = room.client.get("/search", params={"q": "sign", "actor": "Tom Ash"}).text
    assert only.count('<article class="item') == 1
    assert room.client.get("/search", params={"q": "sign", "since": "2026-03-02"}).text.count('class="item') == 2
    assert room.client.get("/search", params={"what": "documents", "q": "nothing"}).text.count('class="item') == 1
    assert "No statement on record fits" in room.client.get("/search", params={"q": "walrus"}).text
    assert room.client.get("/search", params={"act": "nonsense"}).status_code == 400


def test_what_did_not_change_is_not_sent_again(room: Room) -> None:
    first = room.client.get("/")
    again = room.client.get("/", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    statement = statement_by(room, "Anna Roth")
    room.client.post(
        "/decide", data={"subject": statement, "verdict": "accepted", "by": "Ann", "form_mark": room.mark()}
    )
    assert room.client.get("/", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_the_chosen_theme_is_kept(room: Room) -> None:
    page = room.client.get("/", headers={"cookie": "onrecord_theme=dark"}).text
    assert '<html lang="en" data-theme="dark">' in page
    assert "data-theme=" not in room.client.get("/", headers={"cookie": "onrecord_theme=x"}).text.split("<body")[0]


def test_every_page_has_one_heading_and_names_its_fields(room: Room) -> None:
    statement = statement_by(room, "Anna Roth")
    with Ledger.open(room.ledger, readonly=True) as ledger:
        entry = ledger.entry(statement)
    for path in (
        "/",
        "/search",
        "/read",
        "/actors",
        f"/s/{statement}",
        f"/a/{entry.actor.id}",
        f"/d/{entry.document.id}",
    ):
        page = room.client.get(path).text
        assert page.count("<h1") == 1
        assert 'href="#main"' in page
        for field in re.findall(r'<(?:input|textarea|select)\b[^>]*?\bid="(\w+)"', page):
            assert f'for="{field}"' in page


def test_what_is_not_there_is_said_so(room: Room) -> None:
    for path in ("/s/s0000", "/d/zz", "/a/a99999", "/nothing", "/read/none"):
        answer = room.client.get(path)
        assert answer.status_code == 404
        assert "<h1>" in answer.text


@pytest.mark.parametrize("form", FORMS)
def test_an_unsure_attribution_is_never_a_clean_citation(form: str, room: Room) -> None:
    with Ledger.open(room.ledger) as ledger:
        sure = ledger.search("may").hits[0].entry
        assert doubts_of(sure) == ()
        assert "unsure" not in cite(sure, form).text
        run = ledger.start_run(ledger.run(sure.run_id).method)
        reading = reading_of(a_document('"We will leave", said it.', outlet="Kurier", published="2026-04-01"))
        ledger.add(run.id, reading)
        unsure = ledger.entry(reading.statements[0].id)
        made = cite(unsure, form, link="http://x/s/1")
        assert made.doubts
        assert "attribution unsure" in made.text
        assert "http://x/s/1" in made.text
        assert "attribution unsure" in quotation(unsure)
        ledger.decide(unsure.statement.id, "accepted", by="Ann")
        assert "unsure" not in cite(ledger.entry(unsure.statement.id), form).text


def test_citations_have_the_forms_that_programs_read(room: Room) -> None:
    with Ledger.open(room.ledger, readonly=True) as ledger:
        entry = ledger.search("may").hits[0].entry
    assert cite(entry, "footnote").text == (
        "Anna Roth, paraphrased in “Roth: we will sign,” Testblatt, 1 March 2026."
        if entry.statement.kind != "direct"
        else "Anna Roth, quoted in “Roth: we will sign,” Testblatt, 1 March 2026."
    )
    assert cite(entry, "bibtex").text.startswith("@online{s")
    assert '"date-parts"' in cite(entry, "csl-json").text
    assert cite(entry, "markdown").text.startswith("> ")
    assert "javascript:" not in "".join(cite(entry, form).text for form in FORMS)


def test_a_read_only_ledger_shows_every_page(serve: Callable[..., Room]) -> None:
    room = serve(readonly=True)
    for path in ("/", "/search", "/read", "/actors", f"/s/{statement_by(room, 'Anna Roth')}"):
        assert room.client.get(path).status_code == 200


def test_the_search_page_says_how_the_hits_divide(room: Room) -> None:
    page = room.client.get("/search?q=sign").text
    side = page[page.index("<aside") :]
    assert "All 3 statements found, by:" in plain(side)
    counts = dict(re.findall(r'<li><a href="([^"]+)"[^>]*>[^<]+</a> <span class="soft">(\d+)</span>', side))
    with Ledger.open(room.ledger, readonly=True) as ledger:
        anna, tom = (next(iter(ledger.actors(name))).actor.id for name in ("Anna Roth", "Tom Ash"))
    assert counts[f"/search?q=sign&amp;actor={anna}"] == "2"
    assert counts[f"/search?q=sign&amp;actor={tom}"] == "1"
    assert counts["/search?q=sign&amp;outlet=Testblatt"] == "1"
    assert counts["/search?q=sign&amp;outlet=Interline"] == "2"
    for address, n in counts.items():
        narrowed = room.client.get(address.replace("&amp;", "&")).text
        assert narrowed.count('<article class="item') == int(n), address


def test_facets_of_many_hits_say_of_how_many_they_are(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.pages.search.DIVIDED", 2)
    monkeypatch.setattr("onrecord.web.pages.search.ON_PAGE", 1)
    first = room.client.get("/search?q=sign").text
    assert "The first 2 found, by:" in plain(first)
    assert "<aside" not in room.client.get("/search?q=sign&offset=1").text
