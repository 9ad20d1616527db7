"""Pictures of issues and chains: what they show, and that they are drawn here, alike each time."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace

import pytest

from onrecord.export import charts
from onrecord.export.chain_chart import chain_picture
from onrecord.export.charts import LOOKS, PAGE, account_rows, network, timeline, to_png, to_svg
from onrecord.record.bearing import SIDES
from onrecord.store import Ledger
from onrecord.views.aspects import aspects_of
from onrecord.views.issue import IssueView, view_issue
from rooms import HOSTILE, QUESTION, fill_room

pytestmark = pytest.mark.slow
pytest.importorskip("vl_convert", reason="the extra `web` is not installed")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("charts") / "a.ledger"
    fill_room(path)
    with Ledger.open(path, readonly=True) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def view(ledger: Ledger) -> IssueView:
    return view_issue(ledger, QUESTION)


def test_every_side_has_a_look_of_its_own() -> None:
    assert set(LOOKS) == set(SIDES)
    assert len({colour for colour, _ in LOOKS.values()}) == len(SIDES)
    assert len({shape for _, shape in LOOKS.values()}) == len(SIDES)


def test_the_rows_hold_every_account_once(view: IssueView) -> None:
    rows = account_rows(view)
    assert len(rows) == len(view.accounts) > 5
    assert {row["statement"] for row in rows} == {account.first.entry.statement.id for account in view.accounts}
    assert sum(int(row["prints"]) for row in rows) == len(view.stands)
    assert len({row["origin"] for row in rows}) == view.n_independent


def test_the_timeline_shows_every_dated_account(view: IssueView) -> None:
    picture = timeline(view, paper=PAGE)
    marks = picture.spec["data"]["values"]
    assert sum(mark["n"] for mark in marks) == len(view.accounts)
    assert picture.left_out == ""
    svg = to_svg(picture)
    ElementTree.fromstring(svg)
    assert set(re.findall(r'xlink:href="(/s/[^"]+)"', svg)) == {
        mark["href"].removeprefix("https://here.invalid") for mark in marks
    }
    assert "href" not in to_svg(timeline(view))
    for voice in view.voices:
        assert charts.voice_name(voice)[:20].replace("&", "&amp;") in svg


@pytest.mark.parametrize("draw", [timeline, network])
def test_a_picture_is_drawn_alike_each_time_and_asks_nobody(draw: object, view: IssueView) -> None:
    picture = draw(view)  # type: ignore[operator]
    charts._svg.cache_clear()
    first = to_svg(picture)
    charts._svg.cache_clear()
    assert to_svg(draw(view)) == first  # type: ignore[operator]
    assert "<script" not in first
    assert set(re.findall(r"https?://[^\"' ]+", first)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_what_has_no_date_or_no_place_is_said_to_be_left_out(view: IssueView, monkeypatch: pytest.MonkeyPatch) -> None:
    (voice, *others) = view.voices
    account = voice.accounts[0]
    stand = account.first
    undated = replace(stand.entry, document=replace(stand.entry.document, published=None), setting=None)
    gone = replace(account, stands=(replace(stand, entry=undated),))
    lacking = replace(view, voices=(replace(voice, accounts=(gone, *voice.accounts[1:])), *others))
    assert timeline(lacking).left_out == "Not in the picture, but in the table: 1 without a date."
    monkeypatch.setattr(charts, "MOST_VOICES", 2)
    rest = len(view.voices) - 2
    assert timeline(view).left_out == f"Not in the picture, but in the table: {rest} voices."
    assert network(view).left_out == f"Not in the picture, but in the table: {rest} voices."


def test_a_date_cut_to_what_is_known_stands_at_its_first_day() -> None:
    assert [charts._whole_day(day) for day in ("2026", "2026-03", "2026-03-04", "2026-03-04T10:15")] == [
        "2026-01-01",
        "2026-03-01",
        "2026-03-04",
        "2026-03-04",
    ]


def test_words_from_outside_stay_words(view: IssueView) -> None:
    odd = replace(view, entry=replace(view.entry, issue=replace(view.entry.issue, label=HOSTILE)))
    svg = to_svg(timeline(odd))
    assert "<script" not in svg
    assert "<img" not in svg
    ElementTree.fromstring(svg)


def test_on_a_page_the_words_take_its_colour(view: IssueView) -> None:
    svg = to_svg(timeline(view, paper=PAGE, titled=False))
    assert 'fill="currentColor"' in svg
    assert "style=" not in svg
    assert f">{view.entry.issue.label}<" not in svg
    assert "here.invalid" not in svg
    assert "here.invalid" not in to_svg(network(view, paper=PAGE))


def test_a_png_is_as_large_as_asked(view: IssueView) -> None:
    wide = [struct.unpack(">II", to_png(network(view), scale=scale)[16:24])[0] for scale in (1.0, 2.0)]
    assert wide[1] == pytest.approx(2 * wide[0], abs=2)


def test_a_chain_shows_every_hop_and_who_is_not_named(ledger: Ledger) -> None:
    every = [aspects for reading in ledger.readings() for aspects in aspects_of(reading).values()]
    longest = max((each for each in every if each.chain), key=lambda each: len(each.chain.hops))
    picture = chain_picture(longest)
    svg = to_svg(picture)
    ElementTree.fromstring(svg)
    for hop in longest.chain.hops:
        assert hop.act in svg
    assert picture.alt.count("→") == len(longest.chain.hops) - 1
    unnamed = next(each for each in every if each.chain and not each.chain.origin.named and each.chain.origin.mention)
    assert "unnamed" in to_svg(chain_picture(unnamed))
    assert "Nobody has looked" in chain_picture(replace(longest, chain=None)).alt
