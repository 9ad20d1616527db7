"""Who takes which position on an issue, in how many accounts, and what a dossier says of a negotiation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from accounts import account, somebody
from ledgers import FIRST, SECOND
from onrecord.errors import StoreError
from onrecord.record import Bearing, Condition, Issue, Link, LinkKind, Reading, Side, Span, issue_id, link_id
from onrecord.store import Ledger
from onrecord.views.dossier import FIELDS, Cell, view_dossier
from onrecord.views.issue import issue_meant, view_issue
from onrecord.views.issues import list_issues

ANN, BOB = somebody("Ann Roth"), somebody("Bob Lind")
TALKS = Issue(
    id=issue_id("Are Velmora and Kastria holding talks?"),
    label="Are Velmora and Kastria holding talks?",
    question="Are Velmora and Kastria holding talks?",
    made_by="eva",
)
MET = account(ANN, "the delegations met in Doha to discuss the power grid", outlet="UNN", published="2026-03-01")
REPRINT = account(ANN, "the delegations met in Doha to discuss the grid", outlet="Herald", published="2026-03-02")
DENIED = account(
    BOB, "no talks with Velmora were held in Doha", outlet="KASTA", published="2026-03-03", polarity="negative"
)
TURNED = account(ANN, "no delegations met", outlet="UNN", published="2026-03-04", polarity="negative")
WHISPER = account(None, "the talks with Kastria were postponed", outlet="Meridian", published="2026-03-05")
UNDATED = account(None, "the talks go on in Vienna", outlet="Meridian", published=None)
SIDES: dict[str, tuple[Reading, Side]] = {
    "met": (MET, "affirms"),
    "reprint": (REPRINT, "affirms"),
    "denied": (DENIED, "denies"),
    "turned": (TURNED, "denies"),
    "whisper": (WHISPER, "affirms"),
    "undated": (UNDATED, "unclear"),
}


def the(reading: Reading) -> str:
    return reading.statements[0].id


def conditional(reading: Reading) -> Reading:
    """Bob's denial, on a condition."""
    text = reading.document.text
    start = text.index("no talks")
    condition = Condition(
        relation="before", what=Span(start, start + 8), requirement=Span(text.index("Doha"), text.index("Doha") + 4)
    )
    return replace(reading, positions=(replace(reading.positions[0], conditions=(condition,)),))


def link(kind: LinkKind, left: Reading, right: Reading, score: float = 0.9) -> Link:
    ends = {"left": the(left), "right": the(right)}
    words = {"left_evidence": (Span(0, 3),), "right_evidence": (Span(0, 3),)}
    return Link(id=link_id(kind=kind, **ends), kind=kind, **ends, **words, score=score, independent=kind == "conflicts")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "a.ledger", create=True) as opened:
        run = opened.start_run(FIRST)
        for reading, _ in SIDES.values():
            opened.add(run.id, conditional(reading) if reading is DENIED else reading)
        asking = opened.start_run(SECOND)
        opened.issues.record(
            asking.id,
            TALKS,
            [
                Bearing(issue_id=TALKS.id, statement_id=the(reading), side=side, score=0.6)
                for reading, side in SIDES.values()
            ],
        )
        yield opened


def join(ledger: Ledger, *found: Link) -> None:
    ledger.add_links(ledger.start_run(SECOND).id, found)


def test_without_links_every_print_is_an_account(ledger: Ledger) -> None:
    view = view_issue(ledger, TALKS.id)
    assert not view.linked
    assert len(view.accounts) == len(view.stands) == 6
    # Ann's three accounts have one origin; the two of nobody known have their own.
    assert view.n_independent == 4


def test_prints_of_one_utterance_are_one_account(ledger: Ledger) -> None:
    join(ledger, link("re-report", REPRINT, MET))
    view = view_issue(ledger, TALKS.id)
    assert view.linked
    first = view.accounts[0]
    assert [stand.entry.statement.id for stand in first.stands] == [the(MET), the(REPRINT)]
    assert first.first.day == "2026-03-01"
    assert dict(view.sides) == {"affirms": 2, "denies": 2, "unclear": 1}
    assert (view.independent("denies"), view.independent("threatens")) == (2, 0)


def test_a_link_that_is_not_sure_folds_nothing_until_a_person_accepts_it(ledger: Ledger) -> None:
    unsure = link("re-report", REPRINT, MET, score=0.2)
    join(ledger, unsure)
    assert len(view_issue(ledger, TALKS.id).accounts) == 6
    ledger.decide(unsure.id, "accepted", by="eva")
    assert len(view_issue(ledger, TALKS.id).accounts) == 5


def test_accounts_are_told_by_who_speaks_and_by_date(ledger: Ledger) -> None:
    join(ledger, link("re-report", REPRINT, MET))
    voices = view_issue(ledger, TALKS.id).voices
    ann = next(voice for voice in voices if voice.actor is not None and voice.actor.name == "Ann Roth")
    assert ann.sides == ("affirms", "denies")
    assert [account.first.day for account in ann.accounts] == ["2026-03-01", "2026-03-04"]
    unknown = [voice for voice in voices if voice.actor is None]
    assert [(voice.words, len(voice.accounts)) for voice in unknown] == [("An official", 2)]
    assert unknown[0].accounts[-1].first.day is None
    assert len(voices[0].accounts) == max(len(voice.accounts) for voice in voices)


def test_who_says_otherwise_once_for_two_accounts(ledger: Ledger) -> None:
    sure, less = link("conflicts", DENIED, MET, 0.9), link("conflicts", DENIED, REPRINT, 0.7)
    unsure = link("denies", DENIED, WHISPER, 0.1)
    join(ledger, link("same words", REPRINT, MET), less, sure, unsure, link("agrees", WHISPER, MET))
    view = view_issue(ledger, TALKS.id)
    assert [entry.link.id for entry in view.otherwise] == [sure.id]
    assert view.stand(sure.left).side == "denies"
    with pytest.raises(KeyError):
        view.stand("s0")


def test_links_to_statements_on_other_matters_do_not_count(ledger: Ledger) -> None:
    other = account(BOB, "the bridge is shut", outlet="UNN")
    ledger.add(ledger.start_run(SECOND).id, other)
    join(ledger, link("conflicts", DENIED, other))
    assert view_issue(ledger, TALKS.id).otherwise == ()


def test_conditions_are_there(ledger: Ledger) -> None:
    (stand,) = view_issue(ledger, TALKS.id).conditional
    assert stand.entry.statement.id == the(DENIED)
    assert [condition.relation for condition in stand.conditions] == ["before"]


def test_what_an_issue_is_called_by(ledger: Ledger) -> None:
    for words in (TALKS.id, TALKS.id[:6], TALKS.label, "are velmora  and kastria holding talks", "talks KASTRIA"):
        assert issue_meant(ledger, words).issue == TALKS
    ledger.issues.rename(TALKS.id, "Doha", by="eva")
    assert issue_meant(ledger, "doha").issue.id == issue_meant(ledger, "holding talks").issue.id == TALKS.id
    for words in ("", "   ", "nothing of the kind", "i0000"):
        with pytest.raises(StoreError) as caught:
            issue_meant(ledger, words)
        assert caught.value.code == "OR-407"


def test_the_list_says_who_and_when(ledger: Ledger) -> None:
    (line,) = list_issues(ledger)
    assert (line.issue, line.entry.n_statements) == (TALKS, 6)
    assert (line.first, line.last) == ("2026-03-01", "2026-03-05")
    assert line.actors == ("Ann Roth", "Bob Lind")
    assert line.sides == {"affirms": 3, "denies": 2, "unclear": 1}


def test_an_issue_without_statements(ledger: Ledger) -> None:
    empty = Issue(id=issue_id("Is it open?"), label="Is it open?", made_by="eva")
    ledger.issues.add(empty)
    view = view_issue(ledger, empty.id)
    assert (view.accounts, view.voices, view.otherwise, view.n_independent) == ((), (), (), 0)
    assert all(row.cells == () for row in view_dossier(ledger, empty.id).rows)


# Dossiers


def cells(ledger: Ledger, field: str) -> dict[str, Cell]:
    (row,) = [row for row in view_dossier(ledger, TALKS.id).rows if row.field == field]
    return {cell.value: cell for cell in row.cells}


def said_by(backings: tuple) -> list[str]:
    return [backing.stand.entry.statement.id for backing in backings]


def test_a_dossier_has_every_field_in_order(ledger: Ledger) -> None:
    found = view_dossier(ledger, TALKS.id)
    assert tuple(row.field for row in found.rows) == FIELDS
    assert found.row("venue") is found.rows[FIELDS.index("venue")]


def test_who_denies_disputes_what_others_say(ledger: Ledger) -> None:
    join(ledger, link("re-report", REPRINT, MET))
    venues = cells(ledger, "venue")
    assert set(venues) == {"Doha", "Vienna"}
    assert (said_by(venues["Doha"].support), said_by(venues["Doha"].dispute)) == ([the(MET)], [the(DENIED)])
    assert venues["Doha"].n_independent == 1
    states = cells(ledger, "status")
    assert list(states) == ["held", "denied", "postponed"]
    assert said_by(states["denied"].support) == [the(DENIED), the(TURNED)]
    assert set(said_by(states["held"].dispute)) == {the(DENIED), the(TURNED)}
    assert said_by(states["denied"].dispute) == [the(MET)]


def test_the_other_rows(ledger: Ledger) -> None:
    assert list(cells(ledger, "agenda")) == ["the power grid"]
    assert list(cells(ledger, "level")) == ["envoy"]
    assert set(cells(ledger, "party")) == {"Velmora", "Kastria"}
    assert cells(ledger, "channel") == cells(ledger, "third party") == {}
    (precondition,) = cells(ledger, "precondition").values()
    assert (precondition.value, precondition.role) == ("Doha (before: no talks)", "Bob Lind")


def test_every_cell_shows_its_words(ledger: Ledger) -> None:
    for row in view_dossier(ledger, TALKS.id).rows:
        for cell in row.cells:
            assert cell.support
            for backing in (*cell.support, *cell.dispute):
                words = backing.words.of(backing.stand.entry.document.text)
                assert words.strip()
                if row.field in ("venue", "agenda", "party") and backing in cell.support:
                    assert cell.value in words
