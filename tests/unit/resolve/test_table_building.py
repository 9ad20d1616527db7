"""How the compiled lists are cleaned and merged before they become the table."""

import sqlite3
from pathlib import Path

import pytest
from training.actor_clean import clean_label, clean_person, clean_roles, is_mixed
from training.actor_merge import merge_by_name, merge_people
from training.actors import build, labelled

from onrecord.resolve.table.compile import write_entries
from onrecord.resolve.table.entries import Entry, EntryName, EntryRole
from onrecord.resolve.table.table import SHIPPED, ActorTable

LABELS = {
    "Air Vice-Marshal Michael Wigston": "Michael Wigston",
    "it is managed by Director Raymond F. Greene": "Raymond F. Greene",
    "Territorial Council Bruno Magras": "Bruno Magras",
    "co-chiefs of state Captain Regent Oscar Mona": "Oscar Mona",
    "Elizabeth Ii": "Elizabeth II",
    "Maurizio Greganti Minister": "Maurizio Greganti",
    "King Charles III": "Charles III",
    "Martin Luther King": "Martin Luther King",
    "Kessai H. Note": "Kessai H. Note",
    "Ursula von der Leyen": "Ursula von der Leyen",
}


@pytest.mark.parametrize(("label", "name"), LABELS.items())
def test_words_around_a_name_are_taken_off(label: str, name: str) -> None:
    assert clean_label(label) == name


def person(
    label: str, *roles: EntryRole, names: tuple[str, ...] = (), country: str = "XX", layer: str = "oeda"
) -> Entry:
    texts = {EntryName(text=text, how="name", layer=layer) for text in (label, *names)}
    return Entry(id=f"x:{label}", kind="person", label=label, country=country, names=texts, roles=set(roles))


def role(title: str, start: str = "", end: str = "", **more: str) -> EntryRole:
    return EntryRole(title=title, layer="factbook", jurisdiction="XX", start=start, end=end, **more)


def test_bodies_listed_as_persons_are_bodies_and_debris_is_nobody() -> None:
    body = clean_person(person("Islamic Revolutionary Council"), ())
    assert body is not None
    assert body.kind == "organisation"
    assert clean_person(person("Vacant"), ()) is None
    assert clean_person(person("office: 4201 Wisconsin Avenue"), ()) is None
    assert clean_person(person("Ndez"), ()) is None


def test_a_name_cut_from_its_country_is_joined_to_its_title() -> None:
    found = clean_person(person("Polynesia Edouard Fritch"), ("French Polynesia",))
    assert found is not None
    assert found.label == "Edouard Fritch"


def test_names_with_titles_and_names_of_others_are_left_out() -> None:
    found = clean_person(person("Gerhard Schroder", names=("Chancellor Schroder", "Alan Johnson", "Gerd Schroder")), ())
    assert found is not None
    assert {name.text for name in found.names} == {"Gerhard Schroder", "Gerd Schroder"}


def find_body(name: str) -> str | None:
    return {"European Commission": "onr:b:ec", "France": "FR"}.get(name)


def test_roles_get_offices_chiefs_and_jurisdictions() -> None:
    entry = person(
        "A B",
        role("President (head of state)", "2012-05-15", last_seen="2015-01-01"),
        role("President (head of government)", "2012-05-15", last_seen="2016-01-01"),
        EntryRole(title="President of the European Commission", layer="seed", jurisdiction="DE", start="2019-12-01"),
        EntryRole(title="President", layer="cia-wl-2019", jurisdiction="XX", last_seen="2019-10"),
    )
    roles = sorted(clean_roles(entry, find_body))
    assert [(one.office, one.chief, one.jurisdiction, one.last_seen) for one in roles] == [
        ("president", "both", "XX", "2016-01-01"),
        ("president", "", "onr:b:ec", ""),
    ]


def test_terms_that_follow_each_other_are_one() -> None:
    entry = person(
        "A B", role("US Senator", "2007-01-04", "2013-01-03"), role("US Senator", "2013-01-03", "2019-01-03")
    )
    assert [(one.start, one.end) for one in clean_roles(entry, find_body)] == [("2007-01-04", "2019-01-03")]


def test_one_person_told_twice_is_merged_and_two_are_not() -> None:
    term = role("President", "2020-01-01", office="president")
    people = [
        person("Joe Wick", role("government", "2009-01-20"), names=("Joseph Wick",), layer="oeda"),
        person("Joseph Wick", role("government", "2013-01-20"), layer="factbook"),
        person("Mary Elizabeth Truss", term, layer="factbook"),
        person("Liz Truss", term, layer="onrecord"),
        person("George W. Bush", role("government", "2001-01-20"), layer="factbook"),
        person("George H. W. Bush", role("government", "1989-01-20"), layer="oeda"),
        person("Anna Novak", role("government", "2001"), layer="oeda"),
        person("Berta Novak", role("government", "2001"), layer="factbook"),
        person("Jan Lind", role("government", "1950", "1955"), layer="oeda"),
        person("Jan Lind", role("government", "2015"), layer="factbook"),
    ]
    labels = [one.label for one in merge_people(people)]
    assert sorted(labels) == [
        "Anna Novak",
        "Berta Novak",
        "George H. W. Bush",
        "George W. Bush",
        "Jan Lind",
        "Jan Lind",
        "Joe Wick",
        "Liz Truss",
    ]


def test_wikidata_ids_decide_before_names() -> None:
    one, two = person("Jan Lind", layer="factbook"), person("Jan Lind", layer="oeda")
    one.wikidata, two.wikidata = "Q1", "Q2"
    assert len(merge_people([one, two])) == 2
    two.wikidata = "Q1"
    assert len(merge_people([one, two])) == 1


def test_bodies_of_one_name_are_merged_within_a_country() -> None:
    def body(label: str, country: str) -> Entry:
        names = {EntryName(text=label, how="name", layer="oeda")}
        return Entry(id=f"{label}{country}", kind="organisation", label=label, country=country, names=names)

    bodies = [body("Labour Party", "GB"), body("The Labour Party", ""), body("Labour Party", "NZ")]
    assert len(merge_by_name(bodies)) == 2


def test_a_row_with_the_names_of_two_people_is_seen() -> None:
    assert is_mixed(person("George Bush", names=("George W. Bush", "George H. W. Bush")))
    assert not is_mixed(person("Joe Biden", names=("Joseph R. Biden", "Joseph Biden")))


def test_what_is_written_is_found_again() -> None:
    connection = sqlite3.connect(":memory:")
    entries = [labelled(person("Jana Korde", role("Minister of Defence", "2020-01-01", office="minister of defence")))]
    assert write_entries(connection, entries, {"oeda": "MIT", "factbook": "CC0-1.0"}) == 1
    table = ActorTable(connection)
    assert [one.label for one in table.find("Korde")] == ["Jana Korde"]
    assert table.find("Яна Корде")[0].match.how == "spelling"


@pytest.mark.slow
@pytest.mark.shared
def test_the_shipped_table_is_what_the_lists_give(shared: Path, tmp_path: Path) -> None:
    entries, licences, report = build(shared / "data" / "actors")
    connection = sqlite3.connect(tmp_path / "actors.sqlite")
    write_entries(connection, map(labelled, entries), licences)
    shipped = sqlite3.connect(SHIPPED)
    for table in ("layer", "actor", "name", "surname", "title", "role"):
        question = f"SELECT * FROM {table}"
        assert connection.execute(question).fetchall() == shipped.execute(question).fetchall(), table
    print(f"table: {report}")
    assert SHIPPED.stat().st_size <= 8 * 2**20
