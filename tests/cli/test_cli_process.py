"""The command line as a process: pipes that close, signals, terminals."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cli_fakes

COMMAND = [sys.executable, cli_fakes.__file__]
LINES = [json.dumps({"text": f"“No {n},” said Bo."}) + "\n" for n in range(500)]


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("".join(LINES), encoding="utf-8")
    return path


def environment(**extra: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "COLUMNS": "100", **extra}


def test_a_closed_pipe_is_quiet(source):
    process = subprocess.Popen(
        [*COMMAND, "extract", str(source)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(SECONDS_EACH="0.001"),
    )
    first = process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read().decode()
    process.stderr.close()
    assert json.loads(first)["text"] == "“No 0,” said Bo."
    assert process.wait(timeout=60) == 0
    assert err == ""


@pytest.mark.parametrize("command", [["flow"], ["explain"], ["--help"]])
def test_a_pipe_that_was_never_open_is_quiet(command):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*COMMAND, *command], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_records_pass_through_one_by_one():
    process = subprocess.Popen(
        [*COMMAND, "extract", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    for line in LINES[:3]:
        process.stdin.write(line.encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["text"] == json.loads(line)["text"]
    _, err = process.communicate()
    assert process.returncode == 0
    assert b"kept 3" in err


def _listen_to_signals() -> None:
    """A job that a shell puts into the background ignores Ctrl-C, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def stopped(arguments: list[str], kind: signal.Signals, ready: Path) -> tuple[int, str, str]:
    """Runs until `ready` holds something, then sends the signal."""
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(SECONDS_EACH="0.02"),
        text=True,
        preexec_fn=_listen_to_signals,  # noqa: PLW1509 -- these tests have no threads of their own
    )
    until = time.monotonic() + 60
    while time.monotonic() < until and not any(path.stat().st_size for path in ready.parent.glob(ready.name)):
        time.sleep(0.01)
    time.sleep(0.2)
    process.send_signal(kind)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.mark.slow
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_stopping_extract_keeps_what_is_finished_and_says_where(source, tmp_path, kind):
    target = tmp_path / "out.jsonl"
    target.write_text("as it was before")
    code, _, err = stopped(["extract", str(source), "-o", str(target)], kind, tmp_path / ".out.jsonl.*.draft")
    assert code == 130
    assert "Traceback" not in err
    assert target.read_text() == "as it was before"
    kept = (tmp_path / "out.jsonl.partial").read_text("utf-8").splitlines()
    assert 0 < len(kept) < len(LINES)
    assert [json.loads(line)["text"] for line in kept] == [json.loads(line)["text"] for line in LINES[: len(kept)]]
    said = re.search(r"stopped\. The (\d+) documents finished are in (.*)\.\n", err)
    assert said is not None, err
    assert (int(said.group(1)), said.group(2)) in (
        (len(kept), str(tmp_path / "out.jsonl.partial")),
        (len(kept) - 1, str(tmp_path / "out.jsonl.partial")),
    )
    assert not list(tmp_path.glob("*.draft"))


@pytest.mark.slow
def test_stopping_add_leaves_whole_documents_and_the_rerun_completes_it(source, tmp_path):
    ledger = tmp_path / "l.db"
    code, _, err = stopped(["add", str(ledger), str(source)], signal.SIGINT, tmp_path / "l.db-wal")
    assert code == 130
    assert re.search(r"stopped\. \d+ documents were added to .*l\.db", err), err
    done = subprocess.run(
        [*COMMAND, "add", str(ledger), str(source), "--json"], capture_output=True, text=True, check=True
    )
    counts = json.loads(done.stdout)
    skipped = counts["skipped"]["already in the ledger"]
    assert skipped > 0
    assert counts["kept"] + skipped == len(LINES)


def on_terminal(*arguments: str, **extra: str) -> str:
    """What a person sees in a terminal that is 100 columns wide."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=child,
        stderr=child,
        env=environment(**{"TERM": "xterm-256color", **extra}),
    )
    os.close(child)
    seen = b""
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    os.close(parent)
    process.wait(timeout=60)
    return seen.decode("utf-8")


def without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(cli_fakes.ARTICLE, encoding="utf-8")
    return path


def test_a_terminal_gets_colours_and_the_same_words(article):
    seen = on_terminal("read", str(article))
    assert "\x1b[" in seen
    plain = without_colours(seen)
    assert "[1] “We will sign, as the charter [1a] ‘must be kept’,” said Anna Roth." in plain
    assert "4 statements: 4 direct; 2 without a source" in plain
    assert "no source given" in plain
    found = re.findall(r"\x1b\[([0-9;]*)m([^\x1b]+)", seen)
    styled = {words: styles for styles, words in found}
    assert len({styled["Anna Roth"], styled["said"], styled["“We will sign, as the charter "]}) == 3
    # The source has its style in the text, in the list and in the legend.
    assert [styles for styles, words in found if words in ("Anna Roth", "source")] == [styled["source"]] * 3


@pytest.mark.parametrize("how", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_no_colours_where_they_are_not_wanted(article, how):
    seen = on_terminal("read", str(article), *([] if how else ["--plain"]), **how)
    assert "\x1b" not in seen
    assert "[1: “We will sign" in seen


@pytest.mark.slow
def test_the_bar_is_on_a_terminal_only_and_shows_rates(source, tmp_path):
    seen = on_terminal("extract", str(source), "-o", str(tmp_path / "o.jsonl"), SECONDS_EACH="0.003")
    assert re.search(r"[\d,.]+ documents/s +[\d,]+ words/s", without_colours(seen))
    done = subprocess.run(
        [*COMMAND, "extract", str(source), "-o", str(tmp_path / "o.jsonl")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_search_on_a_terminal_lights_up_the_words_found(article, tmp_path):
    ledger = tmp_path / "l.db"
    subprocess.run([*COMMAND, "add", str(ledger), str(article)], check=True, capture_output=True)
    seen = on_terminal("search", str(ledger), "charter")
    assert re.search(r"\x1b\[[0-9;]*7[0-9;]*mcharter", seen)
    assert "the charter" in without_colours(seen)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("where", ["stdout", "file"])
def test_a_full_disk_is_an_error_with_a_code(article, where):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        arguments = ["extract", str(article), "--json"] + (["-o", "/dev/full"] if where == "file" else [])
        done = subprocess.run(
            [*COMMAND, *arguments],
            stdout=full if where == "stdout" else subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert json.loads(done.stderr.splitlines()[0])["error"]["code"] == "OR-110"
