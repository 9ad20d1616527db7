"""Quotation marks of many houses."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from onrecord.text.quotation import find_quotations
from strategies import texts


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He said “no”.", ["“no”"]),
        ("“A,” she said. “B.”", ["“A,”", "“B.”"]),
        ('"A," he said. "B."', ['"A,"', '"B."']),
        ("‘The workers’ rights are gone,’ she said. It’s the ’90s.", ["‘The workers’ rights are gone,’"]),
        ("'Hello,' said the dogs' owner. 'Bye.'", ["'Hello,'", "'Bye.'"]),
        ("„Ja“, sagte er.", ["„Ja“"]),
        ("„Tak” powiedział.", ["„Tak”"]),
        ("»Ja«, sagte er. »Nein.«", ["»Ja«", "»Nein.«"]),
        ("«Oui», dit-il. « Non »", ["«Oui»", "« Non »"]),
        ("”Hej”, sade han.", ["”Hej”"]),
        ("„Dies, „erst Ruhe“, dann das“, sagte er.", ["„Dies, „erst Ruhe“, dann das“", "„erst Ruhe“"]),
        ("He said “it is ‘fine’ now”.", ["“it is ‘fine’ now”", "‘fine’"]),
        ('A stray " mark in “one” line', ["“one”"]),
        ("lost opening,” he said.", ["lost opening,”"]),
        ("“It goes on\n“and on.”", ["“It goes on", "“and on.”"]),
        ("No marks here - said Halvek.", ["No marks here"]),
        ("— Yes, — said Anna. — But not now.", ["Yes,", "But not now."]),
        ("> set off\nnot set off", ["set off"]),
        ("It’s a peace-keeping force.", []),
    ],
)
def test_houses(text: str, wanted: list[str]) -> None:
    assert [q.span.of(text) for q in find_quotations(text)] == wanted


@settings(max_examples=150, deadline=None)
@given(text=texts())
def test_found_stretches_nest_and_lie_in_the_text(text: str) -> None:
    open_ends: list[int] = []
    for quotation in find_quotations(text):
        assert 0 <= quotation.span.start < quotation.span.end <= len(text)
        while open_ends and open_ends[-1] <= quotation.span.start:
            open_ends.pop()
        assert not open_ends or quotation.span.end <= open_ends[-1]
        open_ends.append(quotation.span.end)


@pytest.mark.slow
@pytest.mark.parametrize("unit", ['"', "“", "’ ‘a", "'a ", "a' ", "„x", "»", "- "])
def test_a_million_marks_take_seconds(unit: str) -> None:
    """Twice the text takes about twice the time, not four times."""
    times = []
    for size in (100_000, 400_000):
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        find_quotations(text)
        times.append(time.process_time() - start)
    assert times[1] < 10 * times[0] + 0.5
