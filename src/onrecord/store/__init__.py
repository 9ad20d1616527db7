"""The ledger: one SQLite file with observations, decisions and the current record."""

from onrecord.store.ledger import Ledger
from onrecord.store.nouns import (
    ActorEntry,
    BearingEntry,
    Breakdown,
    DocumentHit,
    DocumentPage,
    Entries,
    Entry,
    Hit,
    IssueEntry,
    LedgerCounts,
    LinkEntry,
    Manner,
    OpenSource,
    Page,
    Withdrawal,
)

__all__ = [
    "ActorEntry",
    "BearingEntry",
    "Breakdown",
    "DocumentHit",
    "DocumentPage",
    "Entries",
    "Entry",
    "Hit",
    "IssueEntry",
    "Ledger",
    "LedgerCounts",
    "LinkEntry",
    "Manner",
    "OpenSource",
    "Page",
    "Withdrawal",
]
