"""docs/process.md names every table and column as they are, and its recipe runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archives import contents, done, lines, text
from onrecord.archive.schema import COLUMNS
from onrecord.archive.views import VIEWS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "process.md").read_text("utf-8")


@pytest.mark.parametrize("table", COLUMNS)
def test_every_column_is_documented_with_its_meaning(table) -> None:
    section = PAGE.partition(f"\n### {table}\n")[2].partition("\n### ")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in section.splitlines() if line.startswith("| `")]
    assert [(name.strip("`"), meaning) for name, _, meaning in rows] == [
        (name, meaning) for name, (_, meaning) in COLUMNS[table].items()
    ]


def test_every_view_is_named() -> None:
    assert all(f"`{name}`" in PAGE for name in VIEWS)


@pytest.mark.slow
def test_the_recipe_for_spark_makes_the_bytes_of_one_machine(tmp_path) -> None:
    python = os.environ.get("ONRECORD_SPARK_PYTHON", sys.executable)
    if subprocess.run([python, "-c", "import pyspark"], capture_output=True, check=False).returncode:
        pytest.skip("pyspark is not installed")
    archive = tmp_path / "in.jsonl"
    archive.write_text(lines(text(n) for n in range(30)))
    done(tmp_path / "one", archive, shard_bytes=3000)
    recipe = PAGE.partition("```python\n")[2].partition("```")[0]
    assert len(recipe.splitlines()) <= 30
    settings = "shard_bytes=3000, languages=('all',), time_limit_s=20.0, loader='archive_stub:load'"
    recipe = recipe.replace('("/shared/news",)', repr((str(archive),))).replace(
        '"/shared/year"', repr(str(tmp_path / "many"))
    )
    recipe = recipe.replace(")\n\n\ndef finish", f", {settings})\n\n\ndef finish")
    path = os.pathsep.join([str(ROOT / "tests"), str(ROOT / "src"), *sys.path[1:]])
    environment = os.environ | {"PYTHONPATH": path, "PYSPARK_PYTHON": python, "SPARK_LOCAL_IP": "127.0.0.1"}
    ran = subprocess.run([python, "-c", recipe], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "30 read = 30 kept" in ran.stdout
    assert contents(tmp_path / "many") == contents(tmp_path / "one")
