"""Whole pages and feeds, and the documents that they must become.

After a change that is meant, write the expectations anew and review their difference:
``ONRECORD_GOLDEN=update python -m pytest tests/golden``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from onrecord.ingest import Failure, Item, Skip, read_bytes, read_path

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/input.*"))


def as_json(item: Item) -> dict[str, object]:
    if isinstance(item, Failure):
        return {"failed": item.error.code}
    if isinstance(item, Skip):
        return {"skipped": item.reason}
    date = item.published
    return {
        "id": item.external_id,
        "title": item.title,
        "outlet": item.outlet,
        "published": None if date is None else [date.value, date.precision],
        "language": item.language,
        "url": item.url,
        "paragraphs": item.text.split("\n\n"),
    }


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    [source] = (HERE / case).glob("input.*")
    found = [as_json(item) for item in read_path(source)]
    expected = HERE / case / "expected.json"
    if os.environ.get("ONRECORD_GOLDEN") == "update":
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES)
def test_the_kind_is_found_without_the_file_name(case: str) -> None:
    [source] = (HERE / case).glob("input.*")
    data = source.read_bytes()
    assert [as_json(item) for item in read_bytes(data)] == [as_json(item) for item in read_path(source)]
