"""The wheel, installed where nothing else is, works from an empty folder without a network."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from onrecord.models.manifest import SHIPPED

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "src/onrecord/demo/stories.jsonl"

NO_NETWORK = """
import socket, sys

def refuse(*args, **kwargs):
    raise AssertionError("the network was called")

socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = refuse
from onrecord.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


def pip(python: Path | str, *arguments: str) -> None:
    done = subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and "connection" in done.stderr.lower():
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def python(tmp_path_factory) -> Path:
    """A Python with the wheel, what it needs, and nothing more."""
    if not (SHIPPED / "manifest.json").exists():
        pytest.skip("the model is not there, and a wheel without it is none")
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (wheel,) = folder.glob("onrecord-*.whl")
    venv.create(folder / "venv", with_pip=True)
    found = folder / "venv/bin/python"
    pip(found, "install", "--quiet", str(wheel))
    return found


def offline(python: Path, folder: Path, *arguments: str, stdin: str = "") -> str:
    # -P keeps the current folder, and with it this checkout, off the path.
    done = subprocess.run(
        [python, "-P", "-c", NO_NETWORK, *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": str(folder), "LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_wheel_does_its_main_job_from_an_empty_folder_without_a_network(python, tmp_path):
    assert "Commands:" in offline(python, tmp_path, "--help")
    lines = STORIES.read_text("utf-8").splitlines()
    story = json.loads(offline(python, tmp_path, "read", "-", "--json", stdin=lines[0]))
    assert story["statements"]
    offline(python, tmp_path, "add", "l.db", "-", stdin="\n".join(lines[:3]) + "\n")
    assert offline(python, tmp_path, "search", "l.db", "--json", "--limit", "1")
    assert json.loads(offline(python, tmp_path, "doctor", "--json"))["ok"] is True
    assert offline(python, tmp_path, "read", "-", "--html", "-", stdin="“Yes,” said Bo.").startswith("<!DOCTYPE")


@pytest.mark.slow
def test_parquet_without_pyarrow_is_an_error_that_says_what_to_install(python, tmp_path):
    offline(python, tmp_path, "add", "l.db", "-", stdin="“Yes,” said Bo.")
    done = subprocess.run(
        [
            python,
            "-P",
            "-m",
            "onrecord",
            "export",
            "l.db",
            "--format",
            "parquet",
            "-o",
            "x.parquet",
            "--json",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    error = json.loads(done.stderr.splitlines()[0])["error"]
    assert (done.returncode, error["code"]) == (2, "OR-003")
    assert "pip install" in error["hint"]
    assert not list(tmp_path.glob("*.parquet*"))
