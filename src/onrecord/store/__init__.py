"""The ledger: one SQLite file with observations, decisions and the current record."""

from onrecord.store.ledger import Ledger
from onrecord.store.nouns import (
    ActorEntry,
    DocumentHit,
    DocumentPage,
    Entries,
    Entry,
    Hit,
    LedgerCounts,
    LinkEntry,
    OpenSource,
    Page,
    Withdrawal,
)

__all__ = [
    "ActorEntry",
    "DocumentHit",
    "DocumentPage",
    "Entries",
    "Entry",
    "Hit",
    "Ledger",
    "LedgerCounts",
    "LinkEntry",
    "OpenSource",
    "Page",
    "Withdrawal",
]
