"""Which documents print another one again?"""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from made_accounts import document
from printings import Article, articles, pairs

from onrecord.connect.look import look
from onrecord.connect.reprints import Print, Printings, print_of
from onrecord.record import Document, Reading

MUST = 0.95


def taken(article: Article) -> Print:
    doc = document(article.text, outlet=article.outlet, day=article.day)
    return printed(doc)


def printed(doc: Document) -> Print:
    page, _ = look(Reading(document=doc, statements=()))
    return print_of(page, doc.text)


@pytest.mark.slow
def test_printings_are_told_from_texts_written_apart() -> None:
    found: Counter[tuple[bool, bool]] = Counter()
    wrong = []
    for pair in pairs():
        printings = Printings()
        first, second = taken(pair.first), taken(pair.second)
        printings.add(first)
        printings.add(second)
        again = printings.reprint(second.page.id) is not None
        found[pair.again, again] += 1
        if again != pair.again:
            wrong.append(pair.how)
    f1 = 2 * found[True, True] / (2 * found[True, True] + found[True, False] + found[False, True])
    assert sum(found.values()) == 200
    assert f1 >= MUST, (f1, Counter(wrong))


def test_the_earliest_printing_is_the_first_whatever_the_order() -> None:
    base = articles()[0]
    days = ("2026-03-03", "2026-03-04", "2026-03-05")
    prints = [taken(Article(base.story, f"Outlet {k}", day, base.text)) for k, day in enumerate(days)]
    for order in permutations(prints):
        printings = Printings()
        for one in order:
            printings.add(one)
        assert printings.reprint(prints[0].page.id) is None
        firsts = [found.of.id for p in prints[1:] if (found := printings.reprint(p.page.id))]
        assert firsts == [prints[0].page.id] * 2


def test_a_document_without_a_date_never_counts_as_the_first() -> None:
    base = articles()[0]
    undated = document(base.text, outlet="Undated", day=None)
    printings = Printings()
    for one in (printed(undated), taken(base)):
        printings.add(one)
    found = printings.reprint(undated.id)
    assert found is not None
    assert found.of.outlet == base.outlet.casefold()


def test_an_empty_text_prints_nothing_again() -> None:
    printings = Printings()
    empty = document("", outlet="A"), document("No.", outlet="B")
    for doc in empty:
        printings.add(printed(doc))
    assert [printings.reprint(doc.id) for doc in empty] == [None, None]
