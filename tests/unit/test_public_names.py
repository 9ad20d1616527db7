"""The public API: few names, loaded when they are used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from cli_fakes import FakeStages

NAMES = {
    "__version__",
    "read",
    "read_all",
    "Extractor",
    "Ledger",
    "Reading",
    "Document",
    "Statement",
    "Span",
    "Published",
    "Origin",
    "Failure",
    "Run",
    "Method",
    "Counts",
    "reading_to_json",
    "reading_from_json",
    "OnRecordError",
    "UsageError",
    "InputError",
    "TextError",
    "ModelError",
    "StoreError",
}


def test_the_public_names_are_these_and_at_most_25():
    assert set(onrecord.__all__) == NAMES == set(dir(onrecord))
    assert len(NAMES) <= 25


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_public_name_is_there_and_says_what_it_is(name):
    value = getattr(onrecord, name)
    assert value is getattr(onrecord, name)
    assert name == "__version__" or value.__doc__


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="rdea"):
        onrecord.rdea  # noqa: B018


def test_import_loads_nothing_but_itself():
    code = "import sys; before = set(sys.modules); import onrecord; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"onrecord", "__future__"}


TEXT = "“We will sign,” said Anna Roth.\n"


def sources(reading: onrecord.Reading) -> list[str]:
    return [span.of(reading.document.text) for stmt in reading.statements for span in stmt.source]


def test_read_takes_a_text_a_path_and_a_string_that_names_a_file(tmp_path, monkeypatch):
    path = tmp_path / "with spaces.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    fake = FakeStages()
    assert sources(onrecord.read(TEXT, stages=fake)) == ["Anna Roth"]
    for place in (path, str(path), "with spaces.txt", Path("with spaces.txt")):
        reading = onrecord.read(place, stages=fake)
        assert sources(reading) == ["Anna Roth"]
        assert reading.document.origin.kind == "file"


@pytest.mark.parametrize("name", ["articel.txt", "no such file.html", "word", "/a/b c.jsonl", Path("x")])
def test_a_mistyped_path_is_an_error_and_not_an_article(name):
    with pytest.raises(onrecord.InputError, match="OR-101"):
        onrecord.read(name, stages=FakeStages())


def test_read_of_several_documents_points_to_read_all(tmp_path):
    path = tmp_path / "two.jsonl"
    path.write_text('{"text": "“A,” said Bo."}\n{"text": "“B,” said Cy."}\n{oops\n', encoding="utf-8")
    with pytest.raises(onrecord.UsageError) as caught:
        onrecord.read(path, stages=FakeStages())
    assert "read_all" in caught.value.hint
    results = list(onrecord.read_all(path, stages=FakeStages()))
    assert [sources(r) for r in results if isinstance(r, onrecord.Reading)] == [["Bo"], ["Cy"]]
    (failure,) = [r for r in results if isinstance(r, onrecord.Failure)]
    assert failure.error.code == "OR-105"
    assert len(list(onrecord.read_all([path, tmp_path / "none"], stages=FakeStages()))) == 4


def test_an_empty_text_is_an_input_error():
    with pytest.raises(onrecord.InputError, match="OR-102"):
        onrecord.read(" \n", stages=FakeStages())
