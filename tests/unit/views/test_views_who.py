"""A name in any spelling finds the actor, and nobody who fits is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts import account, somebody
from ledgers import FIRST
from onrecord.store import Ledger, OpenSource
from onrecord.views.unresolved import unresolved
from onrecord.views.who import actors_meant

LISTED = somebody("Volodymyr Zelenskyy", listed="Q3874799", spellings=("Zelensky",))
ROTH = somebody("Anna Roth")
OTHER_ROTH = somebody("Bo Roth")
BARE = somebody("Lind")
FULL = somebody("Eva Lind")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "a.ledger", create=True) as opened:
        run = opened.start_run(FIRST)
        for actor in (LISTED, ROTH, OTHER_ROTH, BARE, FULL):
            opened.add(run.id, account(actor, f"{actor.name} goes home", published="2026-03-04"))
        yield opened


def names(ledger: Ledger, wanted: str) -> list[str]:
    return sorted(entry.actor.name for entry in actors_meant(ledger, wanted))


@pytest.mark.parametrize(
    "wanted",
    ["Volodymyr Zelenskyy", "zelensky", "Зеленский", "Володимир Зеленський", "President Zelenskyy", "Selenskyj"],
)
def test_any_spelling_finds_him(ledger: Ledger, wanted: str) -> None:
    assert names(ledger, wanted) == ["Volodymyr Zelenskyy"]


def test_an_id_or_its_beginning_means_that_actor(ledger: Ledger) -> None:
    assert names(ledger, ROTH.id) == names(ledger, ROTH.id[:9]) == ["Anna Roth"]


def test_a_surname_means_all_who_bear_it(ledger: Ledger) -> None:
    assert names(ledger, "Roth") == ["Anna Roth", "Bo Roth"]
    # One of them is known by the surname alone, which must not hide the other.
    assert names(ledger, "Lind") == ["Eva Lind", "Lind"]
    assert names(ledger, "Eva Lind") == ["Eva Lind"]


@pytest.mark.parametrize("wanted", ["", "  ", "?!", "Nobody Atall", "a" * 17])
def test_who_is_not_there_is_not_found(ledger: Ledger, wanted: str) -> None:
    assert names(ledger, wanted) == []


def test_reasons_that_differ_in_a_name_are_one() -> None:
    found = unresolved(
        [
            OpenSource(reason="nobody in the article fits “him”", source_kind="pronoun", n_statements=2),
            OpenSource(reason="nobody in the article fits “the chief”", source_kind="role", n_statements=3),
            OpenSource(reason="two fit “he” equally: A and B", source_kind="pronoun", n_statements=1),
            OpenSource(reason="two fit “her” equally: C and D", source_kind="pronoun", n_statements=1),
            OpenSource(reason="the text names no source", source_kind="none", n_statements=9),
        ]
    )
    assert [(each.reason, each.n_statements) for each in found] == [
        ("the text names no source", 9),
        ("nobody in the article fits “…”", 5),
        ("two fit “…” equally", 2),
    ]
    assert found[1].by_kind == {"role": 3, "pronoun": 2}
