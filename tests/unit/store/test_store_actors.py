"""Actors are joined and taken apart by people and by machines; people win, and everything can be taken back."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import account, somebody
from ledgers import FIRST, SECOND
from onrecord.errors import OnRecordError, StoreError, TextError, UsageError
from onrecord.record import Actor, ActorLink, Role
from onrecord.store import Ledger
from onrecord.store.groups import regroup

TABLE = somebody("Volodymyr Zelenskyy", listed="Q3874799", spellings=("Zelensky",))
LOCAL = somebody("Володимир Зеленський")
THIRD = somebody("V. Zelenskij")
OTHER = somebody("Anna Roth")
READINGS = (
    account(TABLE, "talks go on", published="2026-03-04"),
    account(LOCAL, "no talks are held", published="2026-02"),
    account(OTHER, "it rains", published=None),
    account(None, "it snows"),
)


def fill(ledger: Ledger) -> None:
    run = ledger.start_run(FIRST)
    for reading in (*READINGS, account(THIRD, "peace is near", published="2026-05")):
        assert ledger.add(run.id, reading)


def shown(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    return {entry.actor.id: entry.joined for entry in ledger.actors()}


def spoken(ledger: Ledger, actor: Actor) -> list[str]:
    return [entry.content for entry in ledger.statements_of(actor.id)]


def test_actors_come_with_their_counts_and_statements_by_date(ledger: Ledger) -> None:
    fill(ledger)
    counts = {entry.actor.name: entry.n_statements for entry in ledger.actors()}
    assert counts == {TABLE.name: 1, LOCAL.name: 1, THIRD.name: 1, OTHER.name: 1, "UNN": 0}
    assert ledger.actor(TABLE.id[:8]).actor == TABLE
    assert spoken(ledger, TABLE) == ["talks go on"]
    for wrong in ("a", "a0", "", "x", "\ud800"):
        with pytest.raises(StoreError) as caught:
            ledger.actor(wrong)
        assert caught.value.code == "OR-407"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("zelensky", {TABLE.id}),
        ("volodymyr zelenskyy", {TABLE.id}),
        ("ZELENSKYY", {TABLE.id}),
        ("зеленський", {LOCAL.id}),
        ("zelens*", {TABLE.id, THIRD.id}),
        ("zelen", set()),
        ("roth", {OTHER.id}),
    ],
)
def test_actors_are_found_by_any_of_their_names(ledger: Ledger, name: str, found: set[str]) -> None:
    fill(ledger)
    assert {entry.actor.id for entry in ledger.actors(name)} == found
    assert {hit.entry.actor.id for hit in ledger.search("", actor=name).hits if hit.entry.actor} == found


def test_a_merge_shows_in_everything_that_the_ledger_says(ledger: Ledger) -> None:
    fill(ledger)
    made = ledger.merge(LOCAL.id, TABLE.id, by="eva", note="same man")
    entry = ledger.actor(LOCAL.id)
    assert (entry.actor.id, entry.n_statements) == (TABLE.id, 2)
    assert entry.joined == tuple(sorted((TABLE.id, LOCAL.id)))
    assert set(entry.actor.names) == {"Zelensky", LOCAL.name}
    assert spoken(ledger, TABLE) == spoken(ledger, LOCAL) == ["no talks are held", "talks go on"]
    assert LOCAL.id not in shown(ledger)
    second = list(ledger.readings())[1]
    assert second.attributions[0].actor_id == second.chains[0].hops[0].actor_id == TABLE.id
    assert [actor.id for actor in second.actors] == [TABLE.id, second.actors[1].id]
    assert {e.actor.id for e in ledger.actors("зеленський")} == {TABLE.id}
    assert len(ledger.search("talks", actor=LOCAL.id).hits) == 2
    sql = sqlite3.connect(ledger.path)
    rows = sql.execute("SELECT actor, actor_id FROM current_statement WHERE content = 'no talks are held'").fetchall()
    assert rows == [(TABLE.name, TABLE.id)]
    assert sql.execute(
        "SELECT n_statements, n_joined FROM current_actor WHERE actor_id = ?", (TABLE.id,)
    ).fetchall() == [(2, 2)]
    sql.close()
    ledger.undo(made.id[:9], by="tom")
    assert list(ledger.readings())[:4] == list(READINGS)
    assert spoken(ledger, LOCAL) == ["no talks are held"]
    assert ledger.withdrawals()[made.id].by == "tom"


def test_merges_run_on_and_never_in_a_circle(ledger: Ledger) -> None:
    fill(ledger)
    ledger.merge(LOCAL.id, THIRD.id, by="eva")
    ledger.merge(THIRD.id, TABLE.id, by="eva")
    assert ledger.actor(LOCAL.id).actor.id == TABLE.id
    for actor in (LOCAL, THIRD, TABLE):
        with pytest.raises(StoreError) as caught:
            ledger.merge(TABLE.id, actor.id, by="eva")
        assert caught.value.code == "OR-410"
    moved = ledger.merge(LOCAL.id, OTHER.id, by="eva")
    assert ledger.actor(LOCAL.id).actor.id == OTHER.id
    assert moved.supersedes is not None
    ledger.undo(moved.id, by="eva")
    assert ledger.actor(LOCAL.id).actor.id == TABLE.id


def test_a_circle_that_taking_back_would_close_does_no_harm(ledger: Ledger) -> None:
    fill(ledger)
    ledger.merge(LOCAL.id, TABLE.id, by="eva")
    moved = ledger.merge(LOCAL.id, OTHER.id, by="eva")
    ledger.merge(TABLE.id, LOCAL.id, by="eva")
    assert ledger.actor(TABLE.id).actor.id == OTHER.id
    ledger.undo(moved.id, by="eva")
    assert ledger.actor(TABLE.id).actor.id == ledger.actor(LOCAL.id).actor.id == TABLE.id
    assert ledger.actor(OTHER.id).joined == (OTHER.id,)


def test_a_new_name_is_shown_and_the_old_one_still_finds(ledger: Ledger) -> None:
    fill(ledger)
    ledger.merge(LOCAL.id, TABLE.id, by="eva")
    made = ledger.rename(LOCAL.id, "Selenskyj", by="eva")
    assert made.subject == TABLE.id
    assert ledger.actor(LOCAL.id).actor.name == "Selenskyj"
    assert set(ledger.actor(TABLE.id).actor.names) == {TABLE.name, "Zelensky", LOCAL.name}
    assert next(ledger.readings()).actors[0].name == "Selenskyj"
    for name in ("selenskyj", "Volodymyr Zelenskyy"):
        assert [entry.actor.id for entry in ledger.actors(name)] == [TABLE.id]
    sql = sqlite3.connect(ledger.path)
    assert sql.execute("SELECT count(*) FROM current_statement WHERE actor = 'Selenskyj'").fetchone() == (2,)
    sql.close()
    ledger.undo(made.id, by="eva")
    assert ledger.actor(TABLE.id).actor.name == TABLE.name
    for name in ("", "  ", "\ud800"):
        with pytest.raises(UsageError):
            ledger.rename(TABLE.id, name, by="eva")


def test_a_sure_proposal_joins_and_a_person_keeps_apart(ledger: Ledger) -> None:
    fill(ledger)
    run = ledger.start_run(FIRST)
    sure = ActorLink(left=LOCAL.id, right=TABLE.id, score=0.97, why="the same spelling in Cyrillic \ud800")
    doubtful = ActorLink(left=OTHER.id, right=TABLE.id, score=0.6)
    assert ledger.add_actor_links(run.id, [sure, doubtful]) == 2
    assert ledger.add_actor_links(run.id, [sure]) == 0
    assert {(link.why, link.score) for link in ledger.actor_links(TABLE.id)} == {(sure.why, 0.97), (None, 0.6)}
    assert ledger.actor(LOCAL.id).actor.id == TABLE.id
    assert ledger.actor(OTHER.id).actor.id == OTHER.id
    accepted = ledger.decide(OTHER.id, "accepted", by="eva", field=f"same as {TABLE.id[:9]}")
    assert accepted.field == f"same as {TABLE.id}"
    assert ledger.actor(OTHER.id).actor.id == TABLE.id
    parted = ledger.split(LOCAL.id, by="eva")
    assert [decision.verdict for decision in parted] == ["rejected"]
    assert shown(ledger)[TABLE.id] == tuple(sorted((TABLE.id, OTHER.id)))
    again = ledger.start_run(SECOND)
    ledger.add_actor_links(again.id, [replace(sure, score=1.0), ActorLink(left=LOCAL.id, right=OTHER.id)])
    assert ledger.actor(LOCAL.id).joined == (LOCAL.id,)
    ledger.undo(parted[0].id, by="eva")
    assert ledger.actor(LOCAL.id).actor.id == TABLE.id


def test_the_proposals_of_the_last_method_count(ledger: Ledger) -> None:
    fill(ledger)
    ledger.add_actor_links(ledger.start_run(FIRST).id, [ActorLink(left=LOCAL.id, right=TABLE.id)])
    ledger.add_actor_links(ledger.start_run(SECOND).id, [ActorLink(left=THIRD.id, right=TABLE.id)])
    assert ledger.actor(TABLE.id).joined == tuple(sorted((THIRD.id, TABLE.id)))
    assert ledger.actor(LOCAL.id).joined == (LOCAL.id,)


def test_the_last_word_about_two_actors_stands(ledger: Ledger) -> None:
    fill(ledger)
    ledger.merge(LOCAL.id, TABLE.id, by="eva")
    (parted,) = ledger.split(TABLE.id, by="tom")
    assert ledger.actor(LOCAL.id).actor.id == LOCAL.id
    ledger.decide(LOCAL.id, "accepted", by="eva", field=f"same as {TABLE.id}")
    assert ledger.actor(LOCAL.id).actor.id == TABLE.id
    ledger.split(LOCAL.id, by="tom", apart_from=TABLE.id)
    assert ledger.actor(LOCAL.id).actor.id == LOCAL.id
    assert ledger.decisions(TABLE.id) == (parted,)


def test_decisions_about_actors_that_make_no_sense(ledger: Ledger) -> None:
    fill(ledger)
    wrong: list[tuple[type[OnRecordError], dict[str, str | None]]] = [
        (UsageError, {"field": "shoe size", "after": "43"}),
        (UsageError, {"field": f"same as {TABLE.id}", "after": "x"}),
        (StoreError, {"field": "merged into", "after": "a000"}),
        (StoreError, {"field": "merged into", "after": TABLE.id}),
        (TextError, {"field": "merged into"}),
        (TextError, {"field": "name"}),
    ]
    for kind, given_ in wrong:
        with pytest.raises(kind):
            ledger.decide(TABLE.id, "corrected", by="eva", **given_)
    for verdict, field in (("rejected", "name"), ("accepted", "merged into"), ("accepted", f"same as {TABLE.id}")):
        with pytest.raises(UsageError):
            ledger.decide(TABLE.id, verdict, by="eva", field=field)  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        ledger.split(TABLE.id, by="eva")
    with pytest.raises(StoreError):
        ledger.add_actor_links(ledger.start_run(FIRST).id, [ActorLink(left="a0", right=TABLE.id)])
    with pytest.raises(TextError):
        ActorLink(left="a0", right="a0")
    assert ledger.decisions() == ()


def test_what_another_reading_says_of_an_actor_adds_to_it(ledger: Ledger) -> None:
    fill(ledger)
    more = replace(TABLE, names=("Зеленський",), roles=(Role(title="president", start="2019"),))
    added = account(more, "it works", published="2026-06")
    ledger.add(ledger.start_run(FIRST).id, added)
    assert list(ledger.readings())[-1] == added
    assert next(ledger.readings()) == READINGS[0]
    entry = ledger.actor(TABLE.id)
    assert (entry.n_statements, entry.actor.roles) == (2, more.roles)
    assert set(entry.actor.names) == {"Zelensky", "Зеленський"}


PEOPLE = [somebody(name) for name in "ABCDE"]
WHICH = st.integers(0, len(PEOPLE) - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), WHICH, WHICH),
        st.tuples(st.just("split"), WHICH, WHICH),
        st.tuples(st.just("same"), WHICH, WHICH),
        st.tuples(st.just("undo"), st.integers(0, 20), WHICH),
        st.tuples(st.just("propose"), WHICH, WHICH),
        st.tuples(st.just("propose anew"), WHICH, WHICH),
    ),
    max_size=12,
)


def step(ledger: Ledger, what: str, left: str, right: str) -> None:
    if what == "merge":
        ledger.merge(left, right, by="eva")
    elif what == "split":
        ledger.split(left, by="eva", apart_from=right)
    elif what == "same":
        ledger.decide(left, "accepted", by="eva", field=f"same as {right}")
    else:
        run = ledger.start_run(FIRST if what == "propose" else SECOND)
        ledger.add_actor_links(run.id, [ActorLink(left=left, right=right, score=0.95)])


def groups(ledger: Ledger) -> list[tuple[str, str]]:
    rows = ledger._connection.execute("SELECT actor_id, representative_id FROM actor_group ORDER BY actor_id")
    return rows.fetchall()


@settings(max_examples=60)
@given(STEPS)
def test_who_is_one_follows_from_what_was_decided_alone(steps: list[tuple[str, int, int]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "a.ledger", create=True) as ledger,
    ):
        run = ledger.start_run(FIRST)
        for number, person in enumerate(PEOPLE):
            ledger.add(run.id, account(person, f"thing {number} happened"))
        alone = groups(ledger)
        last: dict[frozenset[str], bool] = {}
        made = []
        for what, one, two in steps:
            if what == "undo":
                if one < len(made):
                    ledger.undo(made.pop(one), by="tom")
                    last = {}
            else:
                left, right = PEOPLE[one].id, PEOPLE[two].id
                try:
                    step(ledger, what, left, right)
                except OnRecordError as error:
                    assert one == two or error.code == "OR-410"
                    continue
                if not what.startswith("propose"):
                    made.append(ledger.decisions()[-1].id)
                    last = {frozenset((left, right)): what != "split"}
            for pair, joined in last.items():
                assert (len({ledger.actor(actor).actor.id for actor in pair}) == 1) is joined
            before = groups(ledger)
            regroup(ledger._connection)
            assert groups(ledger) == before
            for entry in ledger.actors():
                assert entry.actor.id in entry.joined
                assert len(list(ledger.statements_of(entry.actor.id))) == entry.n_statements
        if not any(what.startswith("propose") for what, _, _ in steps):
            for decision in made:
                ledger.undo(decision, by="tom")
            assert groups(ledger) == alone
