"""On whom an article rests is counted so that it adds up, in one article and in all of an outlet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

import strategies
from onrecord.record import Reading
from onrecord.views.audit import Figures, audit, together
from onrecord.views.officials import is_official
from onrecord.views.sources import sources_of
from stories import stories, story


@given(strategies.readings())
def test_the_counts_of_any_article_add_up(reading: Reading) -> None:
    found = audit(reading)
    figures = found.figures
    assert figures.statements + figures.inner == len(reading.statements)
    assert figures.named + figures.unnamed + figures.silent + figures.unread == figures.statements
    assert sum(figures.kinds.values()) == figures.statements
    assert figures.sources == len(found.sources)
    for part in (figures.second_hand, figures.unnamed_hop, figures.official):
        assert 0 <= part <= figures.statements
    assert sum(len(source.said) for source in found.sources) + figures.silent >= figures.statements - figures.unread


@given(strategies.readings())
def test_every_statement_has_one_source_in_the_list(reading: Reading) -> None:
    said = [aspects.statement.id for source in sources_of(reading) for aspects in source.said]
    assert sorted(said) == sorted(stmt.id for stmt in reading.statements)


def test_an_article_of_known_people() -> None:
    figures = audit(story("dev01-talks-a")).figures
    assert (figures.statements, figures.inner, figures.sources) == (7, 1, 2)
    assert (figures.named, figures.unnamed, figures.silent) == (6, 1, 0)
    assert (figures.official, figures.others) == (6, 1)
    assert (figures.second_hand, figures.longest, figures.one_source) == (7, 3, 0)


def test_unnamed_people_of_a_body_are_not_that_body() -> None:
    reading = story("dev01-talks-a")
    first = reading.chains[0]
    unnamed = replace(first, hops=(replace(first.hops[0], named=False), *first.hops[1:]))
    sources = sources_of(replace(reading, chains=(unnamed, *reading.chains[1:])))
    halvek = [source for source in sources if source.actor is not None and source.actor.name == "Ondrej Halvek"]
    assert sorted((source.named, len(source.said)) for source in halvek) == [(False, 1), (True, 5)]


def test_nobody_is_called_unnamed_before_anybody_has_looked() -> None:
    reading = story("dev01-talks-a")
    figures = audit(Reading(document=reading.document, statements=reading.statements)).figures
    assert (figures.unread, figures.named, figures.unnamed, figures.silent) == (7, 0, 0, 0)


def test_an_outlet_that_nobody_named_is_no_unnamed_source() -> None:
    reading = story("dev01-talks-a")
    last = tuple(
        replace(chain, hops=(chain.hops[0], replace(chain.hops[-1], mention=None, named=False, actor_id=None)))
        for chain in reading.chains
        if chain.origin.named
    )
    assert audit(replace(reading, chains=last)).figures.unnamed_hop == 0


def test_outlets_are_the_sums_of_their_articles() -> None:
    audits = [audit(reading) for reading in stories()]
    outlets = together(audits)
    assert sum(outlets.values(), Figures()) == sum((each.figures for each in audits), Figures())
    assert sum(figures.articles for figures in outlets.values()) == len(stories())
    assert outlets["Velinform"].longest == max(
        each.figures.longest for each in audits if each.document.outlet == "Velinform"
    )


@pytest.mark.parametrize(
    ("words", "official"),
    [
        ("two officials briefed on the talks", True),
        ("the head of state", True),
        ("Kastria's Foreign Ministry", True),
        ("the prime minister", True),
        ("the UN secretary-general", True),
        ("a former minister", False),
        ("a retired teacher", False),
        ("the company's chief executive", False),
    ],
)
def test_who_is_official_by_the_words(words: str, official: bool) -> None:
    assert is_official(None, [words]) is official
