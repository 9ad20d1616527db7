"""The user's own list of actors: what it overrides, and what is wrong with its rows."""

from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.resolve.resolver import Resolver
from onrecord.resolve.table.table import ActorTable
from onrecord.resolve.table.users import UserActors, read_user_actors

HEADER = "id,name,kind,aliases,role,jurisdiction,start,end,wikidata,same_as"


@pytest.fixture(scope="module")
def shipped() -> ActorTable:
    return ActorTable.open()


def listed(folder: Path, *rows: str, header: str = HEADER, shipped: ActorTable | None = None) -> UserActors:
    path = folder / "actors.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return read_user_actors(path, shipped)


def codes(users: UserActors) -> list[tuple[str, int]]:
    return [(problem.code, int(problem.message.split("line ")[1].split(":")[0])) for problem in users.problems]


def test_people_states_and_outlets_of_the_list_are_found(tmp_path: Path, shipped: ActorTable) -> None:
    users = listed(
        tmp_path,
        "p1,Ondřej Hálvek,person,O. Halvek,President|Mayor,Galdia|Odran,2019-05-20|2012,|2019,,",
        "s1,Galdia,state,Galdian,,,,,,",
        "m1,Polna Gazeta,outlet,gazeta.example,,,,,,",
        shipped=shipped,
    )
    table = users.over(shipped)
    assert (users.rows, users.kept, users.problems) == (3, 3, ())
    assert [one.id for one in table.find("ONDREJ HALVEK")] == ["p1"]
    assert [(one.id, one.match.partial) for one in table.find("Halvek")] == [("p1", True)]
    assert [one.id for one in table.place("Galdian")] == ["s1"]
    assert [one.id for one in table.outlet("https://www.gazeta.example/a/b")] == ["m1"]
    assert [one.id for one in table.holder("president", "Galdia", date(2021, 1, 1))] == ["p1"]
    assert table.holder("president", "Galdia", date(2018, 1, 1)) == ()
    assert [one.label for one in table.find("Angela Merkel")] == ["Angela Merkel"]


def test_a_row_replaces_the_entry_of_the_table_that_it_names(tmp_path: Path, shipped: ActorTable) -> None:
    known = shipped.find("Volodymyr Zelenskyy")[0]
    users = listed(tmp_path, f"zel,Volodymyr Zelensky,person,Ze,,,,,,{known.id}", shipped=shipped)
    table = users.over(shipped)
    for name in ("Volodymyr Zelenskyy", "Володимир Зеленський", "Ze", "Selenskyj"):
        assert [(one.id, one.label) for one in table.find(name)] == [(known.id, "Volodymyr Zelensky")], name
    held = table.holder("president", "Ukraine", date(2021, 1, 1))
    assert [(one.id, one.label) for one in held] == [(known.id, "Volodymyr Zelensky")]
    assert held[0].actor().id == known.actor().id


def test_the_lists_holder_of_an_office_comes_before_the_tables(tmp_path: Path, shipped: ActorTable) -> None:
    users = listed(tmp_path, "x,Xenia Roth,person,,President,France,2016-01-01,2016-12-31,,", shipped=shipped)
    table = users.over(shipped)
    assert [one.id for one in table.holder("French president", None, date(2016, 3, 10))] == ["x"]
    assert [one.label for one in table.holder("French president", None, date(2018, 3, 10))] == ["Emmanuel Macron"]


def test_rows_that_are_the_same_are_one_actor_shown_as_the_last_says(tmp_path: Path) -> None:
    users = listed(
        tmp_path,
        "a,Jan Kowalczyk,person,,Mayor,PL,2001,2005,,b",
        "b,Johann Kowal,person,,,,,,,c",
        "c,Jan Kowal,person,Janek,Senator,PL,2010,,,",
    )
    found = users.table.find("Jan Kowalczyk")
    assert [(one.id, one.label) for one in found] == [("c", "Jan Kowal")]
    assert {role.title for role in found[0].roles} == {"Mayor", "Senator"}
    assert users.kept == 1


def test_a_list_without_a_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name") as raised:
        listed(tmp_path, "1,A", header="id,label")
    assert raised.value.code == "OR-113"


def test_bad_rows_are_reported_with_their_line_and_good_ones_kept(tmp_path: Path) -> None:
    users = listed(
        tmp_path,
        "a,Anna A,person,,,,,,,b",
        "b,Bea B,person,,,,,,,a",
        "c,Carl C,person,,Minister of Finance|Mayor,FR|FR,2020|2015,2021|2010,,",
        "c,Carl D,person,,,,,,,",
        ",Eve E,person,,,,,,,",
        "f,,person,,,,,,,",
        "g,Gus G,alien,,,,,,,",
        "h,Hal H,person,,,,,,,nowhere",
        "i,Ida, I,person,,,,,,,x",
        "j,Jo J,person,,Mayor,FR,20-1-2020,,,",
        "k,Kim K,person,,,,,,,",
    )
    assert codes(users) == [
        ("OR-115", 2),
        ("OR-115", 3),
        ("OR-116", 4),
        ("OR-114", 5),
        ("OR-117", 6),
        ("OR-117", 7),
        ("OR-117", 8),
        ("OR-117", 9),
        ("OR-117", 10),
        ("OR-116", 11),
    ]
    assert users.rows == 11
    assert {one for name in ("Anna A", "Bea B", "Carl C", "Hal H", "Jo J", "Kim K") for one in ids(users, name)} == set(
        "abchjk"
    )
    assert users.kept == 6
    assert [role.title for role in users.table.find("Carl C")[0].roles] == ["Minister of Finance"]
    assert "line 4 has it" in users.problems[3].message


def ids(users: UserActors, name: str) -> list[str]:
    return [one.id for one in users.table.find(name)]


def test_semicolons_tabs_quotes_line_breaks_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "actors.csv"
    path.write_bytes('﻿id;name;aliases\r\n1;"Anna\r\nLind";A. Lind|Лінд Анна\r\n2;Bo Lund;\r\n;Cy Land;\r\n'.encode())
    users = read_user_actors(path)
    assert ids(users, "Anna Lind") == ["1"]
    assert ids(users, "Bo Lund") == ["2"]
    assert codes(users) == [("OR-117", 5)]
    path.write_text("name\tid\nAnna Lind\t7\n", encoding="utf-8")
    assert ids(read_user_actors(path), "Anna Lind") == ["7"]


def test_a_file_that_is_not_there_or_not_utf8_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as missing:
        read_user_actors(tmp_path / "none.csv")
    assert missing.value.code == "OR-101"
    path = tmp_path / "actors.csv"
    path.write_bytes("id,name\n1,Zoë\n".encode("latin-1"))
    with pytest.raises(InputError) as raised:
        read_user_actors(path)
    assert raised.value.code == "OR-104"


def test_an_empty_list_changes_nothing(tmp_path: Path, shipped: ActorTable) -> None:
    users = listed(tmp_path, shipped=shipped)
    assert (users.rows, users.kept) == (0, 0)
    assert users.over(shipped).find("Angela Merkel") == shipped.find("Angela Merkel")


def test_two_thousand_rows_with_a_hundred_wrong_ones_lose_none_in_silence(tmp_path: Path) -> None:
    rows = [f"{row % 1900},Given{row} Surname{row},person,,,,,,," for row in range(2000)]
    users = listed(tmp_path, *rows)
    assert users.rows == users.kept + len(users.problems) == 2000
    assert {problem.code for problem in users.problems} == {"OR-114"}
    assert ids(users, "Given1899 Surname1899") == ["1899"]


def test_the_resolver_reads_the_list(tmp_path: Path) -> None:
    path = tmp_path / "actors.csv"
    path.write_text("id,name\n1,Anna Lind\n1,Bo Lund\n", encoding="utf-8")
    resolver = Resolver.load(path)
    assert [problem.code for problem in resolver.problems] == ["OR-114"]
    assert set(resolver.models) == {"actors", "user actors"}
    assert resolver.models["actors"] == Resolver.load().models["actors"]
    assert Resolver.load().problems == ()
