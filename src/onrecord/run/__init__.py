"""Running over many documents: in order, with bounded memory, resumable, with counts that add up."""

from onrecord.run.contract import Keeps, Reads, TakesFailures
from onrecord.run.pipeline import (
    IN_LEDGER,
    SAME_TWICE,
    Progress,
    ReadingStream,
    add_stream,
    read_stream,
)
from onrecord.run.quarantine import Quarantine, failure_to_json
from onrecord.run.stages import Stages

__all__ = [
    "IN_LEDGER",
    "SAME_TWICE",
    "Keeps",
    "Progress",
    "Quarantine",
    "ReadingStream",
    "Reads",
    "Stages",
    "TakesFailures",
    "add_stream",
    "failure_to_json",
    "read_stream",
]
