"""``docs/ledger.md`` names every table and view, and its SQL runs."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from ledgers import FIRST, said
from onrecord.store import Ledger
from onrecord.store.connection import APPLICATION_ID
from onrecord.store.decisions import FIELDS
from onrecord.store.groups import HOLDS_FROM
from onrecord.store.search import MOST_RANKED

PAGE = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text("utf-8")


def test_the_page_is_true(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    with Ledger.open(path, create=True) as ledger:
        ledger.add(ledger.start_run(FIRST).id, said("Ann", "talks go on", outlet="UNN", published="2026-03-04"))
    connection = sqlite3.connect(path)
    names = {
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        if not name.endswith("_fts") and "_fts_" not in name
    }
    assert {name for name in names if f"`{name}`" not in PAGE} == set()
    (block,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    queries = [query for query in block.split(";") if query.strip()]
    assert len(queries) == 6
    for query in queries:
        connection.execute(query).fetchall()
    assert connection.execute(queries[0]).fetchall() == [("Ann", 1)]
    (inline,) = re.findall(r"In SQL: `(.*?)`", PAGE)
    assert connection.execute(inline).fetchall()[0][:2] == ("talks go on", "Ann")
    connection.close()
    for field in (name for fields in FIELDS.values() for name in fields):
        assert f"`{field}`" in PAGE, field
    assert f"a score of {HOLDS_FROM}" in PAGE
    assert f"0x{APPLICATION_ID:08X}" in PAGE
    assert f"{MOST_RANKED:,} statements" in PAGE
