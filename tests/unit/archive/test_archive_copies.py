"""Copies found by MinHash: what the exact judge finds on the same pairs, and next to no false merges."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from archives import done, lines, packed, record
from ledgers import a_document
from onrecord.archive.copies import find_copies, sketch_tables
from onrecord.archive.views import ask, database
from onrecord.connect.claim import Page
from onrecord.connect.reprints import print_of, reprint

sys.path.append(str(Path(__file__).parents[1] / "connect"))
from printings import Article, pairs


def a_print(article: Article, name: str):
    doc = a_document(article.text, outlet=article.outlet, published=article.day)
    page = Page(id=name, name=name, order=(article.day, name), day=None, outlet=article.outlet.casefold(),
                outlet_words=frozenset(), topic={}, usual=frozenset(), story=None)  # fmt: skip
    return print_of(page, doc.text)


def meets(first, second) -> bool:
    """Do the two meet in a band?"""
    _, bands = sketch_tables([(0, first), (1, second)])
    found = [{(row["band"], row["hash"]) for row in bands.to_pylist() if row["n"] == n} for n in (0, 1)]
    return bool(found[0] & found[1])


@pytest.mark.slow
def test_the_bands_lose_few_copies_and_the_judge_merges_nothing_else() -> None:
    exact = lost = false = apart = again = found = 0
    for pair in pairs(240):
        first, second = a_print(pair.first, "1"), a_print(pair.second, "2")
        judged = reprint(second, first) is not None
        met = meets(first, second)
        again += pair.again
        apart += not pair.again
        found += pair.again and judged and met
        false += not pair.again and judged and met
        exact += judged
        lost += judged and not met
    assert exact > 80 and apart > 80
    assert lost <= 0.05 * exact
    assert found >= 0.85 * again
    assert false <= 0.01 * apart


@pytest.mark.slow
def test_the_earliest_printing_leads_its_cluster(tmp_path) -> None:
    import json

    body = "\n\n".join(
        f"The council of {town} voted on Monday to close the old bridge over the river {river} for {n} weeks, and the "
        f"mayor said that nobody should expect a ferry before the spring floods in the {side} valley have passed."
        for n, (town, river, side) in enumerate([("Arlen", "Mor", "upper"), ("Bresk", "Sava", "lower"),
                                                 ("Corvo", "Lind", "eastern"), ("Dunmar", "Velin", "western")], 3)
    )  # fmt: skip
    other = body.translate(str.maketrans("aeiou", "uoiea"))
    rows = [
        {"id": "late", "text": body, "outlet": "C", "published": "2026-03-09"},
        {"id": "first", "text": body + " ", "outlet": "A", "published": "2026-03-01"},
        {"id": "cut", "text": "\n\n".join(body.split("\n\n")[:3]), "outlet": "B", "published": "2026-03-05"},
        {"id": "apart", "text": other, "outlet": "A", "published": "2026-02-01"},
        {"id": "undated", "text": body + "  ", "outlet": "D"},
    ]
    archive = tmp_path / "in.jsonl"
    archive.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done(tmp_path / "out", archive, shard_bytes=300)
    found = find_copies(tmp_path / "out", memory="200MB")
    assert (found.documents, found.clusters, found.copies) == (5, 1, 3)
    with database(tmp_path / "out") as connection:
        sql = ("SELECT d.external_id, f.external_id FROM copies c JOIN documents d ON d.id = c.document_id"
               " JOIN documents f ON f.id = c.first ORDER BY 1")  # fmt: skip
        assert list(ask(connection, sql).rows) == [("cut", "first"), ("late", "first"), ("undated", "first")]


@pytest.mark.slow
def test_short_texts_are_no_copies(tmp_path) -> None:
    archive = tmp_path / "in.jsonl"
    archive.write_text(lines(["He said no.", "He said no. ", "He said no.  "]))
    done(tmp_path / "out", archive)
    assert find_copies(tmp_path / "out").copies == 0


@pytest.mark.slow
def test_a_page_dated_after_the_day_it_was_fetched_leads_no_cluster(tmp_path) -> None:
    """A clock that is wrong: the copy states a day years ahead, or none, and was fetched after the first one."""
    body = " ".join(f"{'bcdfgh'[k % 6]}{'aeiou'[k % 5]}{k}" for k in range(200))
    pages = [
        ("2099-01-01", "2026-03-05T00:00:00Z", "ahead"),
        ("2026-03-02", "2026-03-04T00:00:00Z", "first"),
        (None, "2026-03-06T00:00:00Z", "undated"),
    ]
    records = []
    for number, (day, fetched, title) in enumerate(pages):
        meta = f'<meta property="article:published_time" content="{day}">' if day else ""
        head = f"<html lang=en><head><title>{title}</title>{meta}</head>"
        html = f"{head}<body><article><h1>{title}</h1><p>{body}</p></article></body></html>"
        records.append(record(number, html.encode()).replace(b"2026-03-04T10:15:00Z", fetched.encode()))
    archive = tmp_path / "in.warc.gz"
    archive.write_bytes(packed(records))
    done(tmp_path / "out", archive, shard_bytes=10**6)
    assert find_copies(tmp_path / "out").copies == 2
    with database(tmp_path / "out") as connection:
        sql = 'SELECT DISTINCT d.title FROM copies c JOIN documents d ON d.id = c."first"'
        assert list(ask(connection, sql).rows) == [("first",)]
