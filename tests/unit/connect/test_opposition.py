"""What turns one statement against another, and what only looks as if it did."""

from __future__ import annotations

import pytest
from made_accounts import Said, reading

from onrecord.connect import Connector
from onrecord.connect.look import look
from onrecord.connect.pair import Comparison, compare, compare_numbers
from onrecord.connect.words import numbers, tokens
from onrecord.record import Act, Link, Polarity


def told(content: str, by: str, *, act: Act = "asserts", polarity: Polarity = "positive", day: str = "2026-03-02"):  # type: ignore[no-untyped-def]
    # No two texts may look like printings of one.
    texts = {
        "2026-03-02": f"{by} spoke of {content} on the border of Rumelin.",
        "2026-03-03": f"Asked by a radio station in Halden, {by} had this to say: {content}, and hung up.",
        "2026-03-05": f"By Thursday the tone had changed. It was {content}, as {by} put it to the deputies.",
    }
    return reading(
        texts[day],
        Said(content=content, by=by, act=act, polarity=polarity),
        outlet=f"Herald {by}",
        day=day,
    )


def compared(first, later) -> Comparison:  # type: ignore[no-untyped-def]
    (a,), (b,) = look(first)[1], look(later)[1]
    return compare(b, a, topic=0.5, reprinted=False)


def link(first, later) -> Link:  # type: ignore[no-untyped-def]
    (found,) = Connector.load().link([first, later])
    return found


def test_two_who_deny_the_same_do_not_deny_each_other() -> None:
    first = told("no negotiations with Kastria", "Marta Ilves", polarity="negative")
    later = told("holding negotiations with Kastria", "Lidia Maren", act="denies", day="2026-03-03")
    assert compared(first, later).both_negative
    assert link(first, later).kind == "agrees"


def test_a_denial_of_what_another_says_denies_it() -> None:
    first = told("holding negotiations with Kastria", "Marta Ilves")
    later = told("holding negotiations with Kastria", "Lidia Maren", act="denies", day="2026-03-03")
    assert not compared(first, later).both_negative
    assert link(first, later).kind == "denies"


def test_another_number_of_the_same_thing_in_other_words_is_a_change() -> None:
    first = told("five guards dead in the raid", "Edda Vane")
    later = told("nine people killed in the raid", "Edda Vane", day="2026-03-05")
    assert compared(first, later).other_numbers
    assert link(first, later).kind == "changes"


@pytest.mark.parametrize(
    ("a", "b", "agree", "differ"),
    [
        ("seven dead", "a toll of five guards and two civilians", 1.0, False),
        ("seven dead", "a toll of five guards and three civilians", 0.0, True),
        ("two soldiers wounded", "twelve dead", 0.0, False),
        ("22 bodies", "two dead", 0.0, True),
    ],
)
def test_numbers_of_one_thing(a: str, b: str, agree: float, differ: bool) -> None:
    mine, theirs = (tuple(numbers(list(tokens(text)))) for text in (a, b))
    assert compare_numbers(mine, theirs) == (agree, differ)


def test_a_clause_cut_from_a_quotation_is_not_turned_round() -> None:
    whole = told("we came home, and there will not be a fourth round", "Nadir Rom")
    clause = told("there will not be a fourth round", "Nadir Rom", polarity="negative", day="2026-03-03")
    assert not compared(whole, clause).other_stance
