"""Links of ledgers that are not as they should be: ten thousand copies, corrected texts, no dates, merged actors."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from accounts import account, somebody
from ledgers import add
from linkers import NearestEarlier, a_link, put
from onrecord.cli.main import run
from onrecord.record import Reading
from onrecord.run.linking import link_ledger
from onrecord.store import Ledger
from onrecord.views.changes import changes
from onrecord.views.conflicts import conflicts
from onrecord.views.otherwise import otherwise
from onrecord.views.trail import trail

ANNA, BO = somebody("Anna Roth"), somebody("Bo Lind")
COPIES = 10_000


def stmt(reading: Reading) -> str:
    return reading.statements[0].id


def at(reading: Reading, url: str) -> Reading:
    return replace(reading, document=replace(reading.document, url=url))


@pytest.mark.slow
def test_ten_thousand_copies_of_one_wire_story_are_one_account(ledger: Ledger, tmp_path: Path) -> None:
    """Links to the first printing from all, and a conflict of each copy with a denial: one conflict, two accounts."""
    first = account(ANNA, "talks go on in Doha", outlet="Agency", published="2026-03-01")
    no = account(BO, "no talks go on", outlet="Echo", published="2026-03-02")
    add(ledger, first, no)
    copies = [stmt(first), *_copies(tmp_path / "a.ledger", first)]
    put(
        ledger,
        *(a_link("same words", copy, copies[0]) for copy in copies[1:]),
        *(a_link("conflicts", copy, stmt(no)) for copy in copies),
    )
    (conflict,) = conflicts(ledger).found
    assert (conflict.links, conflict.left_printings) == (COPIES, COPIES)
    found = otherwise(ledger, stmt(no))
    assert (len(found.against), found.more, found.accounts_against) == (40, COPIES - 40, 1)
    assert {each.account for each in found.against} == {1}
    way = trail(ledger, copies[-1], most=20)
    assert (len(way.printings), way.more, way.printings[0].entry.statement.id) == (20, COPIES - 20, copies[0])
    assert copies[-1] in {each.entry.statement.id for each in way.printings}


def _copies(path: Path, first: Reading) -> list[str]:
    """Copies of a document, its reading and its statement, made in SQL: reading them one by one takes minutes."""
    connection = sqlite3.connect(path)
    names = {
        table: [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})") if name not in ("n", "id")]
        for table in ("document", "reading", "statement", "observation", "attribution")
    }
    ids = []
    with connection:
        for number in range(1, COPIES):
            document, statement = f"d{number:016x}", f"s{number:016x}"
            new = {"document_id": document, "statement_id": statement, "outlet": f"Outlet {number}"}
            new["published"] = "2026-03-03"
            for table, key, row_id in (
                ("document", first.document.id, document),
                ("reading", first.document.id, None),
                ("statement", stmt(first), statement),
                ("observation", stmt(first), None),
                ("attribution", stmt(first), None),
            ):
                where = {"document": "id", "reading": "document_id", "statement": "id"}.get(table, "statement_id")
                chosen = [f":{name}" if name in new else name for name in names[table]]
                into = names[table] + (["id"] if row_id else [])
                out = chosen + ([":row"] if row_id else [])
                values = {**new, "row": row_id, "key": key, "reading_id": None}
                sql = (
                    f"INSERT INTO {table} ({', '.join(into)}) SELECT {', '.join(out)} FROM {table} WHERE {where} = :key"
                )
                if table in ("observation", "attribution"):
                    sql = sql.replace("SELECT reading_id", "SELECT (SELECT max(id) FROM reading)")
                connection.execute(sql, values)
            ids.append(statement)
    connection.close()
    return ids


def test_an_outlet_that_corrects_itself_neither_conflicts_nor_changes(ledger: Ledger, tmp_path: Path, capsysbinary):
    old = at(account(ANNA, "twelve men died", published="2026-03-01"), "https://example.org/1")
    new = at(account(ANNA, "eight men died", published="2026-03-02"), "https://example.org/1")
    wrong = at(account(BO, "nobody died", published="2026-03-02"), "https://example.org/1")
    add(ledger, old, wrong, new)
    put(ledger, a_link("changes", stmt(new), stmt(old)), a_link("conflicts", stmt(wrong), stmt(old)))
    assert (changes(ledger).found, changes(ledger).versions) == ((), 1)
    assert (conflicts(ledger).found, conflicts(ledger).versions) == ((), 1)
    (seen,) = (each for each in otherwise(ledger, stmt(new)).against)
    assert seen.version
    assert (seen.newer and seen.newer.id) == new.document.id
    assert [entry.document.id for entry in ledger.statements_of(ANNA.id)] == [old.document.id, new.document.id]
    for words in (("show", stmt(old)), ("show", old.document.id), ("who", "Anna Roth")):
        assert run([words[0], str(tmp_path / "a.ledger"), *words[1:]]) == 0
        assert (
            f"the outlet has replaced this text on 2026-03-02: {new.document.id}"
            in capsysbinary.readouterr().out.decode()
        )
    assert run(["show", str(tmp_path / "a.ledger"), stmt(new)]) == 0
    assert "has replaced" not in capsysbinary.readouterr().out.decode()
    assert run(["changes", str(tmp_path / "a.ledger")]) == 0
    assert "1 more between two versions of one text" in capsysbinary.readouterr().err.decode()


def test_documents_without_a_date_are_linked_and_claim_no_change(ledger: Ledger) -> None:
    readings = [account(ANNA, f"talks {word}", outlet=word, published=None) for word in ("go on", "are over")]
    add(ledger, *readings)
    link_ledger(ledger, NearestEarlier)
    (entry,) = ledger.links()
    ledger.decide(entry.link.id, "corrected", by="eva", field="kind", after="changes")
    assert [each.link.kind for each in ledger.links()] == ["changes"], "a person may say so"
    assert changes(ledger).found == (), "but nothing says which was first"


def test_actors_merged_after_linking_are_one_in_every_view_at_once(ledger: Ledger, capsysbinary, tmp_path) -> None:
    first = account(ANNA, "talks go on", published="2026-03-01")
    later = account(BO, "talks are over", outlet="Post", published="2026-03-05")
    add(ledger, first, later)
    put(ledger, a_link("conflicts", stmt(later), stmt(first)))
    assert (len(conflicts(ledger).found), otherwise(ledger, stmt(first)).accounts_against) == (1, 1)
    made = ledger.merge(BO.id, ANNA.id, by="eva")
    assert conflicts(ledger).found == ()
    (change,) = changes(ledger, actor=BO.id[:10]).found
    assert (change.before.statement.id, change.after.statement.id) == (stmt(first), stmt(later))
    found = otherwise(ledger, stmt(first))
    assert (found.accounts_against, [each.link.link.kind for each in found.against]) == (0, ["changes"])
    assert link_ledger(ledger, NearestEarlier).links.found == 1, "by another method, from scratch"
    ledger.undo(made.id, by="eva")
    assert run(["trace", str(tmp_path / "a.ledger"), next(ledger.links()).link.id, "--json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["link"]["kind"] == "repeats"


def test_two_people_who_decide_against_each_other(ledger: Ledger) -> None:
    first = account(ANNA, "talks go on", published="2026-03-01")
    no = account(BO, "no talks go on", outlet="Post", published="2026-03-02")
    add(ledger, first, no)
    link = a_link("conflicts", stmt(no), stmt(first), score=0.6)
    put(ledger, link)
    ledger.decide(link.id, "accepted", by="eva")
    ledger.decide(link.id, "rejected", by="bo")
    assert conflicts(ledger).found == ()
    assert otherwise(ledger, stmt(first)).against == ()
    ledger.decide(link.id, "corrected", by="eva", field="kind", after="agrees")
    ledger.decide(link.id, "unsure", by="eva")
    (seen,) = otherwise(ledger, stmt(first)).alike
    assert seen.link.decision is not None
    assert seen.link.decision.verdict == "unsure"
    assert otherwise(ledger, stmt(first), least=0.9).alike == (), "unsure keeps nothing that is not sure enough"
