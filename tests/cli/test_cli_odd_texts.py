"""Texts as they come: every command takes them, says the text back exactly, and stays quick."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time

import pytest

from onrecord.cli.tools import INSTALLED
from onrecord.models.manifest import SHIPPED

ODD = {
    "lone surrogate": "“Yes \ud83d,” said Bo.",
    "NUL": "“Yes\x00,” said Bo.",
    "emoji": "“Yes 👩‍👩‍👧 😀,” said Bo.",
    "right to left": "“כן, نعم \u202e abc,” said Bo.",
    "combining": "“Ye\u0301s, İ ß ﬁ,” said Bo.",
    "CRLF": "“Yes,” said Bo.\r\n\r\n“No,” said Cy.\r\n",
    "line separators": "“Yes\u2028and\u2029no\x85,” said Bo.",
    "unbalanced": "”” “Yes,” said Bo. “““ «„ ' \"",
    "one letter": "x",
    "markup": "<script>alert(1)</script> “&amp; <b>,” said Bo.",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_come_back_exactly(onrecord, tmp_path, name):
    text = ODD[name]
    line = json.dumps({"text": text, "title": text, "outlet": text}).encode()
    (extracted,) = onrecord("extract", "-", stdin=line + b"\n").lines
    assert extracted["text"] == text
    for stmt in extracted["statements"]:
        for start, end in (*stmt["content"], *stmt["cue"], *stmt["source"]):
            assert text[start:end]
    assert json.loads(onrecord("read", "-", "--json", stdin=line).text)["text"] == text
    ledger = tmp_path / "l.db"
    assert onrecord("add", ledger, "-", stdin=line).code == 0
    assert onrecord("show", ledger, extracted["document_id"], "--json").code == 0
    assert json.loads(onrecord("export", ledger).text)["text"] == text
    for result in (
        onrecord("read", "-", stdin=line),
        onrecord("read", "-", "--html", "-", stdin=line),
        onrecord("search", ledger, ""),
        onrecord("search", ledger, "", "--documents"),
        onrecord("export", ledger, "--format", "csv"),
    ):
        assert result.code == 0
        assert "Traceback" not in result.err
        result.out.decode("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["word " * 10_000_000, '"' * 1_000_000, "“" * 1_000_000, " " * 5_000_000 + "x", "\n" * 1_000_000 + "x"],
    ids=["50 MB on one line", "a million marks", "a million opening marks", "blanks", "line ends"],
)
def test_large_and_hostile_texts_end_in_time(onrecord, text):
    started = time.process_time()
    for arguments in (["--json"], [], ["--html", "-"]):
        assert onrecord("read", "-", *arguments, stdin=text.encode()).code == 0
    assert time.process_time() - started < 60


@pytest.mark.parametrize("data", [b"", b" \n", b"<html><body><nav>Menu</nav></body></html>"])
def test_input_without_an_article_is_an_error(onrecord, data):
    result = onrecord("read", "-", "--json", stdin=data)
    assert result.code == 3
    assert result.error["code"] in ("OR-102", "OR-107")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_other_encodings_are_read_right_or_refused(onrecord, encoding):
    text = "“Мы подпишем в понедельник”, said Bo. Это было вчера, в городе. " * 4
    result = onrecord("read", "-", "--json", stdin=text.encode(encoding, "replace"))
    if result.code == 0:
        assert json.loads(result.text)["text"].strip() == text.encode(encoding, "replace").decode(encoding).strip()
    else:
        assert (result.code, result.error["code"]) in ((3, "OR-104"), (3, "OR-103"))


def test_a_damaged_model_is_found_out(onrecord, tmp_path, article):
    if not (SHIPPED / "manifest.json").exists():
        pytest.skip("the model is not there")
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    weights = max(folder.iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    result = onrecord("read", article, "--model", folder, "--json", tools=INSTALLED)
    assert (result.code, result.error["code"]) == (5, "OR-302")
    weights.unlink()
    result = onrecord("read", article, "--model", folder, "--json", tools=INSTALLED)
    assert (result.code, result.error["code"]) == (5, "OR-301")


@pytest.mark.slow  # onrecord waits five seconds for the other program
def test_a_locked_ledger_is_told_and_can_be_used_afterwards(onrecord, ledger, article):
    holder = sqlite3.connect(ledger, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        result = onrecord("add", ledger, article, "--json")
    finally:
        holder.close()
    assert (result.code, result.error["code"]) == (4, "OR-402")
    assert onrecord("add", ledger, article).code == 0
