"""Search finds what is there, marks it at the right code points, and takes anything a user types."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import account, somebody
from ledgers import SECOND, a_document, a_statement, add, said
from onrecord.errors import UsageError
from onrecord.record import Reading
from onrecord.store import Ledger, Page
from onrecord.store import search as searching
from strategies import texts


def contents(page: Page) -> list[str]:
    return [hit.entry.content for hit in page.hits]


def marked(page: Page) -> list[list[str]]:
    return [[mark.of(hit.entry.document.text) for mark in hit.marks] for hit in page.hits]


TALKS = (
    said("Zelenskyy", "there are no talks in Qatar", outlet="UNN", published="2026-03-04"),
    said("A Bloomberg source", "peace talks were held", outlet="Bloomberg", published="2026-02", kind="mixed"),
    said(
        "The minister",
        "naïve hopes for peace faded",
        outlet="Élysée Times",
        published="2025-12-31T23:30+02:00",
    ),
    said("Čapek", "robots talk", outlet="The Times", published="2026"),
    said("", "it was stated in Qatar", outlet=None, published=None, kind="direct"),
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("talks", {0, 1}),
        ("TALKS", {0, 1}),
        ("talks qatar", {0}),
        ("talks AND qatar", {0}),
        ('"no talks"', {0}),
        ("“no talks”", {0}),
        ("«talks no»", set()),
        ('"talks no"', set()),
        ("peace OR robots", {1, 2, 3}),
        ("talks OR peace naive", {0, 1, 2}),
        ("talks -qatar", {1}),
        ("talks NOT qatar", {1}),
        ('talks -"in qatar"', {1}),
        ("talk*", {0, 1, 3}),
        ('"peace tal"*', {1}),
        ("naive", {2}),
        ("NAÏVE", {2}),
        ("capek", {3}),
        ("zelenskyy", {0}),
        ("zelenskyy talks", {0}),
        ("o554e4e", set()),
        ("m202603", set()),
        ("content:talks", set()),
        ("talks!", {0, 1}),
        ("(talks)", {0, 1}),
        ("no-talks", {0}),
        ("AND talks OR", {0, 1}),
        ('"', None),
        ("???", None),
        ("-talks", None),
        ("OR", None),
    ],
)
def test_queries(ledger: Ledger, query: str, found: set[int] | None) -> None:
    add(ledger, *TALKS)
    if found is None:
        with pytest.raises(UsageError) as caught:
            ledger.search(query)
        assert caught.value.code == "OR-001"
        return
    expected = {TALKS[n].statements[0].id for n in found}
    assert {hit.entry.statement.id for hit in ledger.search(query).hits} == expected


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"source": "zelenskyy"}, {0}),
        ({"source": "bloomberg OR minister"}, {1, 2}),
        ({"source": "qatar"}, set()),
        ({"outlet": "unn"}, {0}),
        ({"outlet": "times"}, {2, 3}),
        ({"outlet": "the times"}, {3}),
        ({"outlet": "elysee"}, {2}),
        ({"outlet": "nobody"}, set()),
        ({"outlet": "%"}, set()),
        ({"since": "2026"}, {0, 1, 3}),
        ({"since": "2026-03"}, {0, 3}),
        ({"since": "2026-03-05"}, {3}),
        ({"until": "2025"}, {2}),
        ({"until": "2026-02-15"}, {1, 2, 3}),
        ({"since": "2026-02-01", "until": "2026-02-28"}, {1, 3}),
        ({"since": "2025-12-31", "until": "2025-12-31"}, {2}),
        ({"since": "2025-12-31T23:30", "until": "2025-12-31T23:30"}, {2}),
        ({"since": "2025-12-31T23:31", "until": "2025-12-31"}, set()),
        ({"since": "1900", "until": "2100"}, {0, 1, 2, 3}),
        ({"kind": "mixed"}, {1}),
        ({"kind": "direct"}, {4}),
        ({"outlet": "UNN", "since": "2026-03", "kind": "indirect", "source": "zel*"}, {0}),
        ({}, {0, 1, 2, 3, 4}),
    ],
)
@pytest.mark.parametrize("query", ["", "talks OR peace OR robots OR qatar OR naive"])
def test_filters(ledger: Ledger, query: str, filters: dict[str, str], found: set[int]) -> None:
    add(ledger, *TALKS)
    expected = {TALKS[n].statements[0].id for n in found}
    assert {hit.entry.statement.id for hit in ledger.search(query, **filters).hits} == expected  # type: ignore[arg-type]


def test_filters_that_make_no_sense(ledger: Ledger) -> None:
    for filters in (
        {"since": "yesterday"},
        {"until": "2026-13"},
        {"since": "2026-02-30"},
        {"since": "2027", "until": "2026"},
        {"since": ""},
        {"kind": "shouted"},
        {"limit": 0},
        {"offset": -1},
    ):
        with pytest.raises(UsageError):
            ledger.search("talks", **filters)  # type: ignore[arg-type]


def test_better_matches_come_first_and_say_so(ledger: Ledger) -> None:
    add(ledger, *(said("Ann", f"filler {n} and much else besides") for n in range(20)))
    add(ledger, said("Ann", "talks and much else that has nothing to do with it"), said("Ann", "talks, talks"))
    page = ledger.search("talks")
    assert contents(page)[0] == "talks, talks"
    assert page.ranked
    assert page.hits[0].rank > page.hits[1].rank > 0


def test_pages_hold_every_hit_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    add(ledger, *(said("Ann", f"talks {n}", published=f"2026-03-{1 + n % 28:02}") for n in range(45)))
    for query, most in (("talks", 10_000), ("talks", 7), ("", 7)):
        monkeypatch.setattr(searching, "MOST_RANKED", most)
        ids: list[str] = []
        more = True
        while more:
            page = ledger.search(query, limit=10, offset=len(ids))
            assert page.offset == len(ids)
            assert page.ranked == (bool(query) and most > 45)
            ids += [hit.entry.statement.id for hit in page.hits]
            more = page.more
        assert len(ids) == len(set(ids)) == 45
    assert ledger.search("", limit=1).hits[0].entry.document.published.value == "2026-03-28"  # type: ignore[union-attr]
    assert ledger.search("talks", limit=10, offset=100).hits == ()


def test_marks_stand_on_the_words_found(ledger: Ledger) -> None:
    doc = a_document("😀 “Naïve talks”, said Ann Talks,\r\n“are no e\u0301lan — TALKS”. 日本の交渉は talks")
    stmt = a_statement(doc, ("Naïve talks", "are no e\u0301lan — TALKS"), source="Ann Talks", cue="said")
    add(ledger, Reading(document=doc, statements=(stmt,)))
    assert marked(ledger.search("talks")) == [["talks", "Talks", "TALKS"]]
    assert marked(ledger.search("naive")) == [["Naïve"]]
    assert marked(ledger.search("élan")) == [["e\u0301lan"]]
    assert marked(ledger.search('"elan talks"')) == [["e\u0301lan — TALKS"]]
    assert marked(ledger.search('"talks are no"')) == [["talks", "are no"]]  # over the gap between two stretches
    assert marked(ledger.search("naive", source="ann")) == [["Naïve", "Ann"]]
    assert marked(ledger.search("")) == [[]]
    hit = ledger.search_documents("交渉 ann").hits[0]
    assert [mark.of(doc.text) for mark in hit.marks] == ["Ann", "交渉"]


def test_scripts_without_spaces(ledger: Ledger) -> None:
    add(
        ledger,
        said("中国外交部发言人", "谈判正在进行"),
        said("首相", "EU交渉を続ける"),
        said("นายกรัฐมนตรี", "การเจรจาดำเนินต่อไป"),
        said("대통령", "협상이 진행 중이다"),
        said("王先生", "判谈"),
    )
    assert contents(ledger.search("谈判")) == ["谈判正在进行"]
    assert marked(ledger.search("谈判")) == [["谈判"]]
    assert contents(ledger.search("判")) == ["判谈", "谈判正在进行"]
    assert contents(ledger.search("eu 交渉")) == ["EU交渉を続ける"]
    assert contents(ledger.search("การเจรจา")) == ["การเจรจาดำเนินต่อไป"]
    assert contents(ledger.search("협상이")) == ["협상이 진행 중이다"]
    assert contents(ledger.search("협상*")) == ["협상이 진행 중이다"]
    assert contents(ledger.search("", source="外交部")) == ["谈判正在进行"]


ODD_QUERIES = texts(max_pieces=8) | st.lists(
    st.sampled_from(
        ['"', "AND", "OR", "NOT", "NEAR(", ")", "(", "*", "-", "^", ":", "+", "{", "}", "content", "talks", "qatar",
         "\x00", "\ud800", "'", ";", "--", "谈", "“", "”", "\\", ",", "é", "😀"]
    ),
    max_size=8,
).map(" ".join) | st.text(max_size=20)  # fmt: skip


@given(ODD_QUERIES, ODD_QUERIES)
def test_whatever_is_typed_is_no_error_of_sql(query: str, source: str) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "a.ledger", create=True) as ledger,
    ):
        add(ledger, *TALKS[:2])
        for asked in (
            lambda: ledger.search(query),
            lambda: ledger.search("", source=source),
            lambda: ledger.search(query, source=source, outlet=source),
            lambda: ledger.search_documents(query),
        ):
            try:
                asked()
            except UsageError as error:
                assert error.code == "OR-001"


@given(st.lists(st.sampled_from(["peace", "Talks", "qatar", "né", "谈", "判", "3.5", "and"]), min_size=1, max_size=6))
def test_a_phrase_of_a_statement_finds_it(words: list[str]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "a.ledger", create=True) as ledger,
    ):
        add(ledger, said("Ann", "so " + " ".join(words) + " it is"), said("Bob", "nothing"))
        page = ledger.search(f'"{" ".join(words)}"')
        assert len(page.hits) == 1
        assert re.sub(r"\W", "", "".join(marked(page)[0])) == re.sub(r"\W", "", "".join(words))


def test_very_long_queries(ledger: Ledger) -> None:
    add(ledger, *TALKS)
    assert ledger.search(" ".join(["talks"] * 2000)).hits
    assert ledger.search(" OR ".join(["talks"] * 200)).hits
    assert not ledger.search("x" * 100_000).hits
    try:
        ledger.search(" OR ".join(["talks -x"] * 20_000))
    except UsageError as error:
        assert error.code == "OR-001"


def test_documents(ledger: Ledger) -> None:
    titled = said("Ann", "it works", outlet="UNN", published="2026-03-04", title="Talks in Qatar")
    add(ledger, titled, *TALKS)
    page = ledger.search_documents("qatar")
    assert {hit.document.id for hit in page.hits} == {r.document.id for r in (titled, TALKS[0], TALKS[4])}
    (hit,) = [hit for hit in page.hits if hit.document.id == titled.document.id]
    assert [mark.of("Talks in Qatar") for mark in hit.title_marks] == ["Qatar"]
    assert (hit.marks, hit.n_statements) == ((), 1)
    assert [h.document.id for h in ledger.search_documents("", outlet="unn", since="2026-03").hits] == [
        TALKS[0].document.id,
        titled.document.id,
    ]
    first = ledger.search_documents("", limit=4)
    rest = ledger.search_documents("", limit=4, offset=4)
    assert (first.more, rest.more) == (True, False)
    assert len({hit.document.id for hit in (*first.hits, *rest.hits)}) == 6


def test_only_the_current_record_is_found(ledger: Ledger) -> None:
    doc = a_document("Ann said that talks stopped. Bob said that talks go on.")
    ann = a_statement(doc, "talks stopped", source="Ann")
    bob = a_statement(doc, "talks go on", source="Bob")
    add(ledger, Reading(document=doc, statements=(ann,)))
    ledger.add(ledger.start_run(SECOND).id, Reading(document=doc, statements=(bob,)))
    assert contents(ledger.search("talks")) == ["talks go on"]
    assert contents(ledger.search("")) == ["talks go on"]
    ledger.decide(bob.id, "rejected", by="eva")
    assert contents(ledger.search("talks")) == []


@pytest.mark.parametrize("most", [0, 2, 10_000])
def test_actors_and_acts_narrow_a_search_whatever_way_it_takes(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(searching, "MOST_RANKED", most)
    monkeypatch.setattr(searching, "MOST_LISTED", most)
    ann, bob = somebody("Ann Roth", listed="Q1", spellings=("A. Roth",)), somebody("Bob Roth")
    add(
        ledger,
        account(ann, "talks go on", published="2026-01"),
        account(ann, "talks were held", published="2026-03", act="denies"),
        account(bob, "talks are over", published="2026-02", act="denies"),
        account(None, "talks may come", published="2026-04"),
        account(ann, "it rains", published="2026-05"),
    )

    def found(query: str, **filters: str) -> list[str]:
        return contents(ledger.search(query, **filters))  # type: ignore[arg-type]

    assert set(found("talks", actor="Ann Roth")) == {"talks go on", "talks were held"}
    assert set(found("talks", actor="a. roth")) == {"talks go on", "talks were held"}
    assert set(found("talks", actor="roth")) == {"talks go on", "talks were held", "talks are over"}
    assert found("talks", actor=bob.id) == found("talks", actor=bob.id[:8]) == ["talks are over"]
    assert found("talks", actor="nobody") == found("", actor="nobody") == []
    assert found("", actor="ann roth") == ["it rains", "talks were held", "talks go on"]
    assert found("", actor="roth", act="denies") == ["talks were held", "talks are over"]
    assert found("talks", act="denies", outlet="UNN", actor="ann", since="2026-02") == ["talks were held"]
    page = ledger.search("", actor="ann roth", limit=1, offset=1)
    assert (contents(page), page.more) == (["talks were held"], True)
    for wrong in ({"actor": "???"}, {"act": "shouts"}):
        with pytest.raises(UsageError):
            found("talks", **wrong)


@pytest.mark.parametrize("most", [2_000, 3])
def test_the_newest_come_first_also_where_words_are_looked_for(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    days = [f"202{n % 4}-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(30)] + ["2023", None]
    add(ledger, *(said("Ann", f"talks {n}", published=day) for n, day in enumerate(days)))
    monkeypatch.setattr(searching, "MOST_LISTED", most)
    found: list[str | None] = []
    for offset in range(0, 40, 5):
        page = ledger.search("talks", newest=True, limit=5, offset=offset)
        assert not page.ranked
        assert page.more == (offset + 5 < len(days))
        found += [hit.entry.document.published.value if hit.entry.document.published else None for hit in page.hits]
    assert found == [*sorted((day for day in days if day is not None), reverse=True), None]
    narrowed = ledger.search("talks", newest=True, since="2022", until="2022", limit=50)
    shown = [hit.entry.document.published.value[:4] for hit in narrowed.hits if hit.entry.document.published]
    assert (
        shown == ["2022"] * len(narrowed.hits) == ["2022"] * sum(day is not None and day[:4] == "2022" for day in days)
    )
