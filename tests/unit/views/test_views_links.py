"""Who says otherwise, what conflicts, who has changed, and by which printings a statement came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import account, somebody
from ledgers import FIRST
from linkers import LINKER, a_link, annotated_links, link_up, put
from onrecord.errors import StoreError
from onrecord.record import Reading
from onrecord.store import Ledger
from onrecord.store.linking import Printed
from onrecord.views.changes import changes
from onrecord.views.conflicts import conflicts
from onrecord.views.otherwise import otherwise
from onrecord.views.trail import LEAST_RUN, compared, trail
from stories import fill, stories, story

ANNA, BO, CY = somebody("Anna Roth"), somebody("Bo Lind"), somebody("Cy Marr")
CLAIM = account(ANNA, "the talks in Doha go on and will last until spring", published="2026-03-01")
COPY = account(ANNA, "the talks in Doha go on", outlet="Post", published="2026-03-02")
AGAIN = account(ANNA, "they are still talking in Doha", outlet="Echo", published="2026-03-03")
YES = account(BO, "talks are held", outlet="Echo", published="2026-03-04")
YES_TOO = account(BO, "there are talks", outlet="Post", published="2026-03-05")
NO = account(CY, "no talks are held anywhere", outlet="Echo", published="2026-03-04")
NO_COPY = account(CY, "no talks are held", outlet="Post", published="2026-03-05")
NOBODY = account(None, "there are no talks in Doha", outlet="Post", published="2026-03-04")
UNDATED = account(ANNA, "the talks are over", outlet="Post", published=None)
READINGS = (CLAIM, COPY, AGAIN, YES, YES_TOO, NO, NO_COPY, NOBODY, UNDATED)


def stmt(reading: Reading) -> str:
    return reading.statements[0].id


LINKS = (
    a_link("same words", stmt(COPY), stmt(CLAIM)),
    a_link("repeats", stmt(AGAIN), stmt(CLAIM), independent=False),
    a_link("agrees", stmt(YES), stmt(CLAIM)),
    a_link("agrees", stmt(YES_TOO), stmt(CLAIM), score=0.6),
    a_link("denies", stmt(NO), stmt(CLAIM), scope="narrower", score=0.8),
    a_link("denies", stmt(NO_COPY), stmt(CLAIM), score=0.7),
    a_link("conflicts", stmt(NO_COPY), stmt(COPY), score=0.95),
    a_link("same words", stmt(NO_COPY), stmt(NO)),
    a_link("conflicts", stmt(NOBODY), stmt(CLAIM), score=0.55),
    a_link("changes", stmt(UNDATED), stmt(CLAIM), independent=False),
    a_link("answers", stmt(YES), stmt(NO), score=0.1),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "a.ledger", create=True) as opened:
        run = opened.start_run(FIRST)
        for reading in READINGS:
            opened.add(run.id, reading)
        put(opened, *LINKS)
        yield opened


def test_a_statement_stands_between_those_who_say_so_too_and_those_who_say_otherwise(ledger: Ledger) -> None:
    found = otherwise(ledger, stmt(CLAIM)[:12])
    assert [each.entry.statement.id for each in found.same] == [stmt(COPY)]
    assert {each.entry.statement.id for each in found.alike} == {stmt(AGAIN), stmt(YES), stmt(YES_TOO)}
    against = [each.entry.statement.id for each in found.against]
    assert against == [stmt(UNDATED), stmt(NO), stmt(NO_COPY), stmt(NOBODY)], "the surest first"
    assert (found.answers, found.more, found.less_sure, found.linked) == ((), 0, 0, True)


def test_reprints_and_one_actor_are_one_account(ledger: Ledger) -> None:
    found = otherwise(ledger, stmt(CLAIM))
    accounts = {each.entry.statement.id: each.account for each in (*found.same, *found.alike, *found.against)}
    assert accounts[stmt(COPY)] == accounts[stmt(AGAIN)] == accounts[stmt(UNDATED)] == 0
    assert accounts[stmt(YES)] == accounts[stmt(YES_TOO)] != 0
    assert accounts[stmt(NO)] == accounts[stmt(NO_COPY)]
    assert len(set(accounts.values())) == 4
    assert (found.accounts_alike, found.accounts_against) == (1, 2)


def test_a_scope_is_told_from_the_side_of_the_other_statement(ledger: Ledger) -> None:
    (seen,) = (each for each in otherwise(ledger, stmt(CLAIM)).against if each.entry.statement.id == stmt(NO))
    assert (seen.scope, seen.left) == ("broader", True)
    (seen,) = (each for each in otherwise(ledger, stmt(NO)).against if each.entry.statement.id == stmt(CLAIM))
    assert (seen.scope, seen.left) == ("narrower", False)


def test_what_is_not_sure_is_counted_and_what_is_too_much_too(ledger: Ledger) -> None:
    found = otherwise(ledger, stmt(CLAIM), least=0.75, most=1)
    assert (found.less_sure, found.more) == (3, 2)
    assert [len(side) for side in (found.same, found.alike, found.against)] == [1, 1, 1]
    assert (found.accounts_alike, found.accounts_against) == (1, 1), "accounts count what is not shown for lack of room"
    weak = LINKS[-1]
    assert otherwise(ledger, stmt(YES)).answers == ()
    ledger.decide(weak.id, "accepted", by="eva")
    assert [each.link.link for each in otherwise(ledger, stmt(YES)).answers] == [weak]


def test_a_link_that_no_words_explain_is_not_shown_unless_asked_for_or_kept(ledger: Ledger) -> None:
    mute = replace(a_link("conflicts", stmt(AGAIN), stmt(NO)), right_evidence=())
    put(ledger, *LINKS, mute)
    assert otherwise(ledger, stmt(AGAIN)).against == ()
    assert otherwise(ledger, stmt(AGAIN)).less_sure == 1
    shown = {each.link.link for each in conflicts(ledger).found}
    assert mute not in shown
    assert mute in {entry.link for entry in ledger.linking.between(("conflicts",), least=0)}
    assert [each.link.link for each in otherwise(ledger, stmt(AGAIN), least=0).against] == [mute]
    ledger.decide(mute.id, "accepted", by="eva")
    assert [each.link.link for each in otherwise(ledger, stmt(AGAIN)).against] == [mute]
    assert mute in {entry.link for entry in ledger.linking.between(("conflicts",), least=0.5)}


def test_a_link_says_that_people_corrected_what_it_rests_on_and_that_a_text_was_replaced(tmp_path: Path) -> None:
    old, new = (
        replace(each, document=replace(each.document, url="https://example.org/1"))
        for each in (NO, account(CY, "some talks are held", outlet="Echo", published="2026-03-06"))
    )
    with Ledger.open(tmp_path / "b.ledger", create=True) as ledger:
        run = ledger.start_run(FIRST)
        for reading in (CLAIM, old, new):
            ledger.add(run.id, reading)
        put(ledger, a_link("denies", stmt(old), stmt(CLAIM)))
        (seen,) = otherwise(ledger, stmt(CLAIM)).against
        assert (seen.corrected, seen.newer and seen.newer.id) == ((), new.document.id)
        ledger.decide(stmt(old), "corrected", by="eva", field="polarity", after="negative")
        ledger.decide(stmt(old), "corrected", by="eva", field="kind", after="direct")
        (seen,) = otherwise(ledger, stmt(CLAIM)).against
        assert seen.corrected == ("polarity",)
        (conflict,) = conflicts(ledger).found
        assert (conflict.superseded, conflict.corrected) == (True, ("polarity",))
        assert ledger.entry(stmt(old)).document == old.document, "the old record stays"


def test_a_statement_that_was_never_linked_says_so(ledger: Ledger) -> None:
    new = account(BO, "it rains")
    ledger.add(ledger.start_run(FIRST).id, new)
    assert not otherwise(ledger, stmt(new)).linked
    assert not trail(ledger, stmt(new)).linked
    with pytest.raises(StoreError, match="OR-407"):
        otherwise(ledger, "s0123456789abcdef")


def test_many_printings_of_two_accounts_are_one_conflict(ledger: Ledger) -> None:
    found = conflicts(ledger, least=0.5)
    assert [(each.link.link, each.links) for each in found.found] == [(LINKS[6], 3), (LINKS[8], 1)]
    first = found.found[0]
    assert (first.left_printings, first.right_printings) == (2, 2)
    assert found.less_sure == 0
    assert conflicts(ledger, least=0.9).less_sure == 3
    assert [each.link.link for each in conflicts(ledger, actor=CY.id).found] == [LINKS[6]]
    ledger.decide(LINKS[6].id, "rejected", by="eva")
    assert conflicts(ledger).found[0].link.link == LINKS[4], "the surest of those that are left"


def test_no_change_is_claimed_without_dates(ledger: Ledger) -> None:
    assert changes(ledger).found == ()
    later = a_link("changes", stmt(AGAIN), stmt(CLAIM), independent=False)
    put(ledger, later)
    (change,) = changes(ledger, actor=ANNA.id).found
    assert (change.before.statement.id, change.after.statement.id) == (stmt(CLAIM), stmt(AGAIN))
    assert change.printings == (2, 1)
    assert changes(ledger, actor=BO.id).found == ()


def test_a_trail_goes_through_all_printings_in_order(ledger: Ledger) -> None:
    printed = Printed(document_id=COPY.document.id, first_id=CLAIM.document.id, share=0.6, credited=True)
    run = ledger.start_run(LINKER)
    ledger.linking.record(run.id, found=[], withdrawn=[], printed=[printed], documents=[])
    found = trail(ledger, stmt(COPY))
    assert [each.entry.statement.id for each in found.printings] == [stmt(CLAIM), stmt(COPY)]
    first, second = found.printings
    assert (first.link, first.parts, first.printed) == (None, (), None)
    assert second.link is not None
    assert (second.link.link, second.printed) == (LINKS[0], printed)
    assert [(part.what, part.text) for part in second.parts] == [
        ("kept", "the talks in Doha go on"),
        ("cut", "and will last until spring"),
    ]
    assert (found.first_known, found.more, found.less_sure) == (True, 0, 0)


def test_a_trail_follows_what_is_sure_and_tells_what_is_not(ledger: Ledger) -> None:
    put(ledger, *LINKS, a_link("re-report", stmt(AGAIN), stmt(COPY), score=0.4))
    found = trail(ledger, stmt(CLAIM))
    assert (len(found.printings), found.less_sure) == (2, 1)
    assert [len(trail(ledger, stmt(each), least=0.3).printings) for each in (CLAIM, COPY, AGAIN)] == [3, 3, 3]
    short = trail(ledger, stmt(AGAIN), least=0.3, most=2)
    assert ([each.entry.statement.id for each in short.printings], short.more) == ([stmt(CLAIM), stmt(AGAIN)], 1)


def test_where_dates_do_not_say_which_was_first_the_trail_does_not(ledger: Ledger) -> None:
    put(ledger, *LINKS, a_link("re-report", stmt(UNDATED), stmt(CLAIM), score=0.9))
    found = trail(ledger, stmt(CLAIM))
    assert not found.first_known
    assert found.printings[-1].entry.statement.id == stmt(UNDATED)


def test_words_are_compared_without_case_and_marks() -> None:
    parts = compared("“We will sign it now,” he wrote.", "we will sign it Now")
    assert [(part.what, part.text) for part in parts] == [("kept", "we will sign it Now"), ("cut", "he wrote.")]
    assert compared("peace is near, they said today", "war goes on in the east") == ()


WORDS = st.lists(st.sampled_from("talks go on and will last until spring".split()), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_a_comparison_loses_no_word(first: list[str], other: list[str]) -> None:
    parts = compared(" ".join(first), " ".join(other))
    if not parts:
        return

    def of(*what: str) -> list[str]:
        return [word for part in parts if part.what in what for word in part.text.split()]

    assert of("kept", "cut") == first
    assert of("kept", "added") == other
    assert all(
        len(part.text.split()) >= min(LEAST_RUN, len(first), len(other)) for part in parts if part.what == "kept"
    )


@pytest.mark.slow
def test_the_annotated_stories_give_their_true_answers(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "stories.ledger", create=True) as ledger:
        fill(ledger)
        link_up(ledger)
        truth = list(annotated_links())
        opposed = {link.id for link in truth if link.kind in ("conflicts", "denies")}
        found = conflicts(ledger)
        assert {each.link.link.id for each in found.found} <= opposed
        # What one actor says against himself is no conflict of two.
        ends = {link.id: ledger.linking.speakers((link.left, link.right)) for link in truth if link.id in opposed}
        of_two = {each for each, said in ends.items() if None in said.values() or len(set(said.values())) == 2}
        denials = {link.id for link in truth if link.id in opposed - of_two and link.independent is False}
        assert sum(each.links for each in found.found) == len(of_two | denials)
        assert len(of_two) > 180
        claimed = {each.link.link.id for each in changes(ledger).found}
        assert claimed <= {link.id for link in truth if link.kind == "changes"} | (opposed - of_two)
        assert len(claimed) > 20
        for reading in stories():
            for one in reading.statements:
                beside = otherwise(ledger, one.id)
                shown = {each.link.link.id for each in (*beside.same, *beside.alike, *beside.against, *beside.answers)}
                mine = {link.id for link in truth if one.id in (link.left, link.right)}
                assert shown <= mine, one.id


def test_the_denial_of_the_story_stands_against_the_unnamed_report(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "stories.ledger", create=True) as ledger:
        fill(ledger)
        link_up(ledger)
        found = otherwise(ledger, story("dev01-talks-a").statements[1].id)
        unnamed = [each for each in found.against if each.entry.chain and not each.entry.chain.origin.named]
        assert unnamed
        assert {each.scope for each in unnamed} == {"narrower"}
        assert all(each.link.link.kind == "conflicts" for each in unnamed)
