"""The reading room: a ledger as pages in a browser, and as JSON. Needs the extra ``web``."""
