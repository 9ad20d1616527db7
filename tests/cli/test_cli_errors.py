"""Bad input gives an error with a code and a hint, the right exit code, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.cli.explain import exit_code_of
from onrecord.cli.tools import Tools
from onrecord.errors import CODES, InputError, ModelError, OnRecordError, StoreError, TextError, UsageError

GOOD = '{"text": "“Yes,” said Bo."}'


def test_missing_file_is_told_with_code_and_hint(onrecord):
    result = onrecord("read", "/no/such file.txt")
    assert result.code == 3
    assert result.out == b""
    assert result.err.startswith("onrecord: error OR-101: cannot read /no/such file.txt")
    assert f"hint: {CODES['OR-101'].hint}" in result.err
    assert "Traceback" not in result.err


def test_with_json_the_error_is_an_object_on_stderr(onrecord):
    result = onrecord("read", "/no/such", "--json")
    assert result.code == 3
    assert result.error["code"] == "OR-101"
    assert set(result.error) == {"code", "message", "hint"}


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("nonsense",), "No such command 'nonsense'"),
        (("read",), "Missing argument"),
        (("read", "x", "--colour"), "No such option"),
        (("search", "l.db", "x", "--limit", "0"), "--limit"),
        (("search", "l.db", "x", "--kind", "rude"), "--kind"),
    ],
)
def test_usage_errors_have_our_form(onrecord, args, words):
    result = onrecord(*args)
    assert result.code == 2
    assert result.err.startswith("onrecord: error OR-001: ")
    assert words in result.err
    assert "--help`" in result.err
    assert onrecord(*args, "--json").error["code"] == "OR-001"


def test_without_a_command_the_help_is_shown_and_the_exit_code_is_2(onrecord):
    result = onrecord()
    assert result.code == 2
    assert result.err.startswith("Usage: onrecord")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "OR-102"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x03\x00", "OR-103"),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00", "OR-103"),
        ("«Ні», — сказав він. ".encode("cp1251") * 9, "OR-104"),
    ],
)
def test_input_that_is_no_text(onrecord, data, code):
    result = onrecord("read", "-", "--json", stdin=data)
    assert result.code == 3
    assert result.error["code"] == code


def test_named_encoding_is_used(onrecord):
    result = onrecord("read", "-", "--json", "--encoding", "cp1251", stdin="“Ні”, said Bo.".encode("cp1251"))
    assert result.code == 0
    assert json.loads(result.text)["text"] == "“Ні”, said Bo."


def test_unknown_encoding_is_a_usage_error(onrecord):
    assert onrecord("read", "-", "--encoding", "klingon", stdin=b"x").code == 2


def test_one_bad_line_of_ten_loses_no_other(onrecord, tmp_path):
    lines = [f'{{"text": "“Yes,” said Bo {"I" * n}."}}' for n in range(1, 11)]
    lines[2] = "{not json"
    source = tmp_path / "ten.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    quarantine = tmp_path / "bad.jsonl"
    result = onrecord("extract", source, "--quarantine", quarantine)
    assert result.code == 1
    assert len(result.lines) == 9
    assert [row["provenance"]["record"] for row in result.lines] == [1, 2, 4, 5, 6, 7, 8, 9, 10]
    assert "line 3" in result.err
    assert "read 10 = kept 9 + skipped 0 + failed 1 (OR-105: 1); 9 statements" in result.err
    (failure,) = [json.loads(line) for line in quarantine.read_text().splitlines()]
    assert (failure["record"], failure["code"]) == (3, "OR-105")
    assert onrecord("extract", source, "--allow-failures").code == 0


def test_if_nothing_could_be_read_the_exit_code_says_so_even_if_failures_are_allowed(onrecord, tmp_path):
    source = tmp_path / "bad.jsonl"
    source.write_text("{bad}\n{worse}\n")
    assert onrecord("extract", source, "--allow-failures").code == 3


def test_many_failures_are_counted_not_shouted(onrecord, tmp_path):
    source = tmp_path / "bad.jsonl"
    source.write_text("{\n" * 100 + GOOD)
    result = onrecord("extract", source)
    assert result.code == 1
    assert result.err.count("error OR-105") == 20
    assert "--quarantine" in result.err
    assert "failed 100 (OR-105: 100)" in result.err


def test_counts_as_json_on_stderr(onrecord):
    result = onrecord("extract", "-", "--json", stdin=f"{GOOD}\n{{\n{GOOD}\n".encode())
    assert result.code == 1
    counts = json.loads(result.err.splitlines()[-1])["counts"]
    assert counts == {
        "read": 3,
        "kept": 1,
        "skipped": {"same document twice": 1},
        "failed": {"OR-105": 1},
        "statements": 1,
        "words": 3,
    }


def raising(error: OnRecordError) -> Tools:
    def load(_folder: Path | None, _threads: int | None, _actors: Path | None):
        raise error

    return Tools(load_stages=load)


@pytest.mark.parametrize("code", ["OR-301", "OR-302", "OR-303"])
@pytest.mark.parametrize("command", [("read", "-"), ("extract", "-"), ("add", "{tmp}/l.db", "-")])
def test_a_model_that_cannot_be_used_ends_with_5(onrecord, tmp_path, code, command):
    args = [word.replace("{tmp}", str(tmp_path)) for word in command]
    result = onrecord(*args, "--json", stdin=GOOD.encode(), tools=raising(ModelError(code, "no model")))
    assert result.code == 5
    assert result.error == {"code": code, "message": "no model", "hint": CODES[code].hint}
    assert list(tmp_path.iterdir()) == []


def test_the_model_is_not_loaded_for_input_that_cannot_be_read(onrecord):
    assert onrecord("read", "/no/such", tools=raising(ModelError("OR-301", "no model"))).code == 3


def test_a_missing_model_folder_ends_with_5(onrecord, tmp_path, article):
    from onrecord.cli.tools import INSTALLED

    result = onrecord("read", article, "--model", tmp_path, "--json", tools=INSTALLED)
    assert (result.code, result.error["code"]) == (5, "OR-301")


@pytest.mark.parametrize("command", [("search", "{}", "x"), ("show", "{}", "s0"), ("export", "{}")])
def test_a_ledger_that_is_not_there_or_none_ends_with_4(onrecord, tmp_path, command):
    missing = tmp_path / "missing.db"
    result = onrecord(*(word.format(missing) for word in command), "--json")
    assert (result.code, result.error["code"]) == (4, "OR-408")
    assert not missing.exists()
    other = tmp_path / "other.db"
    other.write_bytes(b"not a ledger at all, but long enough to look at" * 9)
    result = onrecord(*(word.format(other) for word in command), "--json")
    assert (result.code, result.error["code"]) == (4, "OR-401")
    assert onrecord("add", other, "-", "--json", stdin=b"x").error["code"] == "OR-401"
    assert other.read_bytes().startswith(b"not a ledger")


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(onrecord, code):
    result = onrecord("explain", code.lower())
    assert result.code == 0
    assert CODES[code].meaning in result.text
    assert CODES[code].hint in result.text
    told = json.loads(onrecord("explain", code, "--json").text)
    assert told == {
        "code": code,
        "exit_code": exit_code_of(code),
        "meaning": CODES[code].meaning,
        "hint": CODES[code].hint,
    }


def test_explain_without_a_code_lists_all(onrecord):
    text = onrecord("explain").text
    assert all(code in text for code in CODES)
    assert {entry["code"] for entry in json.loads(onrecord("explain", "--json").text)} == set(CODES)


def test_explain_of_an_unknown_code(onrecord):
    assert onrecord("explain", "OR-999", "--json").error["code"] == "OR-002"


def test_exit_codes_of_families_are_those_of_the_classes():
    by_class = {
        UsageError: "OR-0",
        InputError: "OR-1",
        TextError: "OR-2",
        ModelError: "OR-3",
        StoreError: "OR-4",
    }
    for kind, family in by_class.items():
        for code in (code for code in CODES if code.startswith(family)):
            assert exit_code_of(code) == kind.exit_code
