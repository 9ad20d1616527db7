"""The ledger: one SQLite file with observations, decisions and the current record."""

from onrecord.store.ledger import Ledger
from onrecord.store.nouns import DocumentHit, DocumentPage, Entries, Entry, Hit, LedgerCounts, Page

__all__ = ["DocumentHit", "DocumentPage", "Entries", "Entry", "Hit", "Ledger", "LedgerCounts", "Page"]
