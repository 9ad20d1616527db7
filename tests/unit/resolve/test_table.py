"""The table of actors: places, outlets, abbreviations, offices that overlap, files that are none."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ModelError
from onrecord.record.actor import ExternalId
from onrecord.resolve.table.listed import DatedRole
from onrecord.resolve.table.offices import office
from onrecord.resolve.table.table import LIMIT, SHIPPED, ActorTable
from onrecord.resolve.table.terms import Term, first_day, in_office, last_day

TABLE = ActorTable.open()

# What a text has, the state or body that it stands for, by what it was found.
PLACES = """
the Kremlin | Russia | metonym
White House | United States | metonym
Downing Street | United Kingdom | metonym
the Élysée | France | metonym
Elysee | France | metonym
Bankova | Ukraine | metonym
Brussels | European Union | metonym
Beijing | China | capital
Washington | United States | capital
Kyiv | Ukraine | capital
Kiev | Ukraine | capital
Киев | Ukraine | capital
Moskau | Russia | capital
Varsovie | Poland | capital
Париж | France | capital
Berlin | Germany | capital
Ankara | Türkiye | capital
French | France | demonym
Poland | Poland | name
Deutschland | Germany | name
Україна | Ukraine | name
US | United States | name
U.S. | United States | name
the United Kingdom | United Kingdom | name
UK | United Kingdom | name
Georgia | Georgia | name
Texas | Texas | name
"""
PLACE_ROWS = [tuple(part.strip() for part in line.split("|")) for line in PLACES.strip().splitlines()]


@pytest.mark.parametrize(("name", "label", "how"), PLACE_ROWS, ids=[row[0] for row in PLACE_ROWS])
def test_places_stand_for_states_and_bodies(name: str, label: str, how: str) -> None:
    found = TABLE.place(name)
    assert (found[0].label, found[0].match.how) == (label, how)


def test_a_metonym_is_never_a_person() -> None:
    for name, _, _ in PLACE_ROWS:
        assert all(one.kind in ("state", "organisation") for one in TABLE.place(name)), name


def test_countries_come_before_their_parts() -> None:
    assert [(one.label, one.type) for one in TABLE.place("Georgia")] == [("Georgia", ""), ("Georgia", "US state")]


OUTLETS = {
    "Reuters": "Reuters",
    "reuters.com": "Reuters",
    "https://www.unn.ua/en/news/1": "UNN",
    "AP": "Associated Press",
    "The Associated Press": "Associated Press",
    "AFP": "Agence France-Presse",
    "dpa": "Deutsche Presse-Agentur",
    "Укрінформ": "Ukrinform",
    "Interfax": "Interfax",
    "ТАСС": "TASS",
    "PAP": "PAP",
    "New York Times": "The New York Times",
    "edition.cnn.com": "CNN",
    "Wikinews": "Wikinews",
    "Bloomberg News": "Bloomberg",
}


@pytest.mark.parametrize(("name", "label"), OUTLETS.items())
def test_outlets_by_name_and_address(name: str, label: str) -> None:
    found = TABLE.outlet(name)
    assert found[0].label == label
    assert found[0].kind == "outlet"


def test_abbreviations_want_their_capitals() -> None:
    assert [one.label for one in TABLE.find("WHO")][:1] == ["World Health Organization"]
    assert TABLE.find("who") == ()
    assert TABLE.find("Who") == ()
    assert TABLE.place("us") == ()
    assert [one.label for one in TABLE.find("Nato")] == ["NATO"]
    assert [one.label for one in TABLE.find("U.N.")][:1] == ["United Nations"]


def test_a_surname_alone_is_partial_and_ranked() -> None:
    found = TABLE.find("Yermak")
    assert found[0].label == "Andriy Yermak"
    assert len(found) > 1
    assert all(one.match.partial and one.match.how == "surname" and one.match.strength <= 0.5 for one in found)
    assert len(TABLE.find("Al Thani")) <= LIMIT


def test_a_full_name_that_nobody_has_is_nobody() -> None:
    for name in ("Karim Hale", "Ondrej Halvek", "Barnaby Obama", "Wanda Putin", "Zoltan Merkel", "", " ", "…"):
        assert TABLE.find(name) == (), name


def test_two_presidents_of_one_name_are_two_people() -> None:
    father, son = TABLE.find("George H. W. Bush")[0], TABLE.find("George W. Bush")[0]
    assert father.id != son.id
    assert {one.id for one in TABLE.find("Bush")} >= {father.id, son.id}
    assert len({one.id for one in TABLE.find("Biden") if one.salience > 4}) == 1


def test_no_person_is_a_body() -> None:
    rows = sqlite3.connect(SHIPPED).execute(
        "SELECT label FROM actor WHERE kind = 0 AND (label LIKE '%council%' OR label LIKE '%committee%'"
        " OR label LIKE '%ministry%' OR label LIKE '%vacant%' OR label LIKE '%government%' OR label LIKE 'president %')"
    )
    assert rows.fetchall() == []


def test_every_name_and_role_has_a_list_with_a_licence() -> None:
    connection = sqlite3.connect(SHIPPED)
    for table in ("name", "role"):
        lost = connection.execute(
            f"SELECT count(*) FROM {table} t LEFT JOIN layer l ON l.row = t.layer WHERE l.licence IS NULL"
        )
        assert lost.fetchone() == (0,)
    notice = (Path(__file__).parents[3] / "NOTICE").read_text("utf-8")
    for (name,) in connection.execute("SELECT name FROM layer"):
        assert name in notice


def test_an_entry_becomes_an_actor_of_the_record() -> None:
    listed = TABLE.find("Donald Trump")[0]
    actor = listed.actor()
    assert (actor.name, actor.kind) == ("Donald Trump", "person")
    assert ExternalId(scheme="wikidata", value="Q22686") in actor.external_ids
    assert actor.name not in actor.names
    assert any(role.title == "President" and role.start == "2017-01-20" for role in actor.roles)
    again = TABLE.by_id(listed.id)
    assert again is not None
    assert again.actor() == actor
    assert TABLE.by_id("onr:nobody") is None


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as missing:
        ActorTable.open(tmp_path / "none.sqlite")
    assert missing.value.code == "OR-301"
    for content in (b"not a database, whatever its name says" * 40, b""):
        path = tmp_path / "bad.sqlite"
        path.write_bytes(content)
        with pytest.raises(ModelError) as damaged:
            ActorTable.open(path)
        assert damaged.value.code == "OR-302"


def test_the_table_is_not_written_to_and_its_digest_is_that_of_the_file() -> None:
    before = SHIPPED.stat()
    TABLE.find("Merkel")
    assert SHIPPED.stat().st_mtime_ns == before.st_mtime_ns
    assert len(TABLE.sha256) == 64


@given(st.text(max_size=40))
def test_any_text_may_be_asked(text: str) -> None:
    for found in (TABLE.find(text), TABLE.place(text), TABLE.outlet(text), TABLE.holder(text, None, date(2020, 1, 1))):
        assert all(0.0 < one.match.strength <= 1.0 for one in found)


OFFICES = {
    "Foreign Secretary": "minister of foreign affairs",
    "the acting Minister of Foreign Affairs and European Integration": "minister of foreign affairs",
    "Secretary of Defense": "minister of defence",
    "Chancellor of the Exchequer": "minister of finance",
    "chancellor": "chancellor",
    "prime minister (head of government)": "prime minister",
    "Secretary of the National Security and Defense Council": None,
    "Deputy Minister of Finance": None,
    "secretary": None,
    "minister": None,
    "": None,
}


@pytest.mark.parametrize(("title", "name"), OFFICES.items())
def test_titles_come_to_offices(title: str, name: str | None) -> None:
    assert office(title) == name


def term(holder: int, start: str | None = None, end: str | None = None, seen: tuple[str, str] | None = None) -> Term:
    first, last = seen or (None, None)
    role = DatedRole(
        title="President",
        office="president",
        chief="state",
        jurisdiction="XX",
        start=start,
        end=end,
        first_seen=first,
        last_seen=last,
    )
    return Term(holder=holder, role=role)


def holders(terms: list[Term], day: str) -> list[tuple[int, float]]:
    return [(found.holder, strength) for found, strength in in_office(terms, date.fromisoformat(day), sole=True)]


def test_a_term_without_an_end_lasts_until_the_next_begins() -> None:
    terms = [term(1, "2010-05-01"), term(2, "2014-05-01")]
    assert holders(terms, "2012-01-01") == [(1, 0.8)]
    assert holders(terms, "2014-05-01") == [(2, 0.8)]
    assert holders(terms, "2009-01-01") == []


def test_the_last_sighting_is_not_the_end() -> None:
    terms = [term(1, "2010-05-01", seen=("2011-01-01", "2012-01-01"))]
    assert holders(terms, "2011-06-01") == [(1, 1.0)]
    assert holders(terms, "2012-06-01") == [(1, 0.8)]
    assert holders(terms, "2016-06-01") == [(1, 0.4)]


def test_who_was_only_seen_later_gives_way_to_who_is_known_to_have_held_it() -> None:
    terms = [term(1, "2012-05-15", "2017-05-14"), term(2, seen=("2019-10-01", "2019-10-31"))]
    assert holders(terms, "2016-03-10") == [(1, 1.0)]
    assert holders(terms, "2019-10-15") == [(2, 0.9)]


def test_the_day_of_a_handover_has_two_holders() -> None:
    terms = [term(1, "2012-05-15", "2017-05-14"), term(2, "2017-05-14", "2022-05-14")]
    assert [holder for holder, _ in holders(terms, "2017-05-14")] == [2, 1]


def test_dates_cut_short_cover_what_they_may_mean() -> None:
    assert (first_day("2016"), last_day("2016")) == (date(2016, 1, 1), date(2016, 12, 31))
    assert (first_day("2016-02"), last_day("2016-02")) == (date(2016, 2, 1), date(2016, 2, 29))
    assert (first_day("2016-13"), last_day("16"), first_day(None)) == (None, None, None)
    assert holders([term(1, "2016", "2017-02")], "2017-02-28") == [(1, 1.0)]
