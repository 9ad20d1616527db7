"""Running over many documents: in order, with bounded memory, resumable, with counts that add up."""

from onrecord.run.contract import Extracts, Keeps, TakesFailures
from onrecord.run.pipeline import (
    IN_LEDGER,
    SAME_TWICE,
    Progress,
    ReadingStream,
    add_stream,
    extract_stream,
)
from onrecord.run.quarantine import Quarantine, failure_to_json

__all__ = [
    "IN_LEDGER",
    "SAME_TWICE",
    "Extracts",
    "Keeps",
    "Progress",
    "Quarantine",
    "ReadingStream",
    "TakesFailures",
    "add_stream",
    "extract_stream",
    "failure_to_json",
]
