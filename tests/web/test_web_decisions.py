"""Two browsers decide at once, and the server dies in the middle: nothing that was answered is lost."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import Room

from onrecord.store import Ledger


def statements(room_ledger: Path) -> list[str]:
    with Ledger.open(room_ledger, readonly=True) as ledger:
        return [entry.statement.id for found in ledger.records() for entry in found.entries]


def test_two_who_decide_at_once_lose_nothing(room: Room) -> None:
    ids = statements(room.ledger)
    errors: list[object] = []

    def decide(name: str) -> None:
        other = room.visitor()
        mark = other.mark()
        for turn in range(6):
            for each in ids:
                verdict = "accepted" if turn % 2 else "rejected"
                form = {"subject": each, "verdict": verdict, "by": name, "form_mark": mark, "note": f"{name} {turn}"}
                answer = other.client.post("/decide", data=form, headers={"accept": "application/json"})
                if answer.status_code != 200:
                    errors.append(answer.text)
        other.client.close()

    people = [threading.Thread(target=decide, args=(name,)) for name in ("Ann", "Ben")]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert errors == []
    with Ledger.open(room.ledger, readonly=True) as ledger:
        for each in ids:
            made = ledger.decisions(each)
            assert sorted(decision.note for decision in made) == sorted(
                f"{name} {turn}" for name in ("Ann", "Ben") for turn in range(6)
            )
            # Each names the one that it replaced: one line, no forks.
            assert [d.supersedes for d in made] == [None, *(d.id for d in made[:-1])]
            assert [d.id for d in ledger.decisions(each, standing=True)] == [made[-1].id]


def test_who_decides_must_be_said(room: Room) -> None:
    form = {"subject": statements(room.ledger)[0], "verdict": "accepted", "by": " ", "form_mark": room.mark()}
    assert room.client.post("/decide", data=form).status_code == 400


def test_the_name_of_who_decides_is_remembered(room: Room) -> None:
    one = statements(room.ledger)[0]
    form = {"subject": one, "verdict": "accepted", "by": "Ann Ø", "form_mark": room.mark()}
    room.client.post("/decide", data=form)
    assert 'name="by" value="Ann Ø"' in room.client.get(f"/s/{one}").text


@pytest.mark.slow
def test_what_was_answered_is_on_record_after_kill_9(ledger: Path) -> None:
    ids = statements(ledger)
    for round_number in range(3):
        server = subprocess.Popen(
            [sys.executable, "-m", "onrecord", "serve", str(ledger), "--port", "0"],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        address = re.search(r"http://[\d.]+:\d+", server.stderr.readline())[0]
        answered: list[str] = []

        def decide(address: str = address, answered: list[str] = answered, turn: int = round_number) -> None:
            with httpx.Client(base_url=address, timeout=10) as client:
                for _ in range(100):
                    try:
                        page = client.get("/enter").text
                        break
                    except httpx.TransportError:
                        time.sleep(0.1)
                mark = re.search(r'name="form_mark" value="([0-9a-f]+)"', page)[1]
                for n in range(10_000):
                    form = {
                        "subject": ids[n % len(ids)],
                        "verdict": "accepted" if n % 2 else "unsure",
                        "by": "Ann",
                        "note": f"{turn}-{n}",
                        "form_mark": mark,
                    }
                    try:
                        answer = client.post("/decide", data=form, headers={"accept": "application/json"})
                    except httpx.TransportError:
                        return
                    answered.append(answer.json()["id"])

        person = threading.Thread(target=decide)
        person.start()
        while len(answered) < 5 and person.is_alive():
            time.sleep(0.01)
        time.sleep(0.02 * round_number)
        server.send_signal(signal.SIGKILL)
        server.wait()
        server.stderr.close()
        person.join()
        with Ledger.open(ledger) as opened:
            recorded = {decision.id for decision in opened.decisions()}
        assert len(answered) >= 5
        assert set(answered) <= recorded
