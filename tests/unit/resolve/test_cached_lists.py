"""Is a long list of actors found compiled by the next run, with everything that was said of it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.resolve.table import cached, users
from onrecord.resolve.table.users import UserActors, read_user_actors

LIST = "id,name,role,jurisdiction,start\np1,Mara Tinholt,President,FR,2001\np1,Karl Brun,,,\np2,Olwen Pryce,,,\n"


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(cached, "LARGE", 1)
    path = tmp_path / "actors.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def told(found: UserActors) -> tuple[object, ...]:
    """All that a list says of itself."""
    names = [one.label for one in found.table.find("Mara Tinholt")]
    return found.rows, found.kept, found.replaced, found.sha256, [str(one) for one in found.problems], names


def test_the_second_reading_says_the_same_without_compiling(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = told(read_user_actors(listed))
    assert len(list(cached.folder().glob("actors-*.sqlite"))) == 1

    def never(*_: object) -> int:
        raise AssertionError("compiled again")

    monkeypatch.setattr(users, "write_entries", never)
    assert told(read_user_actors(listed)) == first
    assert first[4] == [f"OR-114: {listed}, line 3: id 'p1' again; line 2 has it and was kept"]


def test_another_list_is_compiled_anew(listed: Path) -> None:
    read_user_actors(listed)
    listed.write_text(LIST.replace("Mara", "Nora"), encoding="utf-8")
    assert [one.label for one in read_user_actors(listed).table.find("Nora Tinholt")] == ["Nora Tinholt"]


def test_a_damaged_copy_is_not_used(listed: Path) -> None:
    first = told(read_user_actors(listed))
    (kept,) = cached.folder().glob("actors-*.sqlite")
    kept.write_bytes(b"not a database")
    assert told(read_user_actors(listed)) == first


def test_a_folder_that_cannot_be_written_does_no_harm(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(listed))
    assert read_user_actors(listed).kept == 2


def test_few_lists_are_kept(listed: Path) -> None:
    for number in range(6):
        listed.write_text(LIST.replace("Mara", f"Mara{number}"), encoding="utf-8")
        read_user_actors(listed)
    assert len(list(cached.folder().iterdir())) == 4
