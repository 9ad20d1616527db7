"""``onrecord picture``: what is drawn of what, in which form, and what is said of what cannot be drawn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.store import Ledger
from rooms import QUESTION, fill_room

pytestmark = pytest.mark.slow
pytest.importorskip("vl_convert", reason="the extra `web` is not installed")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("room") / "a.ledger"
    fill_room(path)
    return path


def test_an_issue_is_drawn_by_words_of_its_label(onrecord, room):
    result = onrecord("picture", room, "holding talks")
    assert result.code == 0
    assert result.text.startswith("<svg")
    assert QUESTION in result.text
    assert "href" not in result.text.replace("xmlns:xlink", "")
    assert onrecord("picture", room, "holding talks", "--what", "network").text != result.text


def test_a_statement_is_drawn_as_its_chain(onrecord, room):
    with Ledger.open(room, readonly=True) as ledger:
        reading = next(ledger.readings())
        identifier = reading.chains[0].statement_id
        act = reading.chains[0].origin.act
    for words in ((), ("--what", "chain")):
        result = onrecord("picture", room, identifier, *words)
        assert result.code == 0
        assert act in result.text


def test_the_name_of_the_file_says_the_form(onrecord, room, tmp_path):
    assert onrecord("picture", room, QUESTION, "--output", tmp_path / "a.PNG").code == 0
    assert (tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")
    assert onrecord("picture", room, QUESTION, "--output", tmp_path / "a.svg").code == 0
    assert (tmp_path / "a.svg").read_bytes().startswith(b"<svg")


def test_json_is_vega_lite(onrecord, room):
    spec = json.loads(onrecord("picture", room, QUESTION, "--json").text)
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert len(spec["data"]["values"]) > 5


def test_what_is_not_there_is_not_drawn(onrecord, room, tmp_path):
    result = onrecord("picture", room, "nobody knows", "--output", tmp_path / "a.svg")
    assert result.code == 4
    assert "OR-407" in result.err
    assert not (tmp_path / "a.svg").exists()
    assert onrecord("picture", room, "s000000", "--what", "chain").code == 4
