"""Stages that need no model, in worker processes of their own: some documents kill, hang or swell them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from extractors import Ahead
from onrecord.record.document import Document
from onrecord.record.statement import Statement

LOADER = "archive_stub:load"


class Dangerous(Ahead):
    """As `Ahead`, but for texts that begin with a word in capitals."""

    def statements(self, doc: Document) -> tuple[Statement, ...]:
        word = doc.text.partition(" ")[0]
        if word == "DIE":
            os.kill(os.getpid(), signal.SIGKILL)
        elif word == "HANG":
            time.sleep(600)
        elif word == "SWELL":
            held = []
            while True:
                held.append(bytearray(b"\1" * (8 << 20)))
                time.sleep(0.005)
        elif word == "FAULT":
            raise ZeroDivisionError
        elif word == "ONCE":
            # Dies the first time only, as from an outside hand.
            mark = Path(doc.text.split()[1])
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(float(os.environ.get("SECONDS_EACH", "0")))
        return super().statements(doc)


def load(folder: Path | None, *, threads: int | None, actors: Path | None) -> Dangerous:
    """What a worker calls instead of `Stages.load`."""
    return Dangerous(ahead=3)
