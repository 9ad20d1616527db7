"""onrecord keeps the record: who said what, through whom, on what condition."""

__version__ = "0.1.0"
