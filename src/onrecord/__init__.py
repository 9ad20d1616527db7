"""onrecord keeps the record: who said what, through whom, on what condition.

>>> import onrecord
>>> reading = onrecord.read("“We will sign,” said Anna Roth.")  # doctest: +SKIP
>>> [stmt.kind for stmt in reading.statements]  # doctest: +SKIP
['direct']

A name is imported when it is first used, so that ``import onrecord`` takes no time and loads no library.
"""

from __future__ import annotations

TYPE_CHECKING = False  # what `typing` says at run time, without importing it
__version__ = "0.1.0"

if TYPE_CHECKING:
    from onrecord.api import read, read_all
    from onrecord.errors import (
        InputError,
        ModelError,
        OnRecordError,
        StoreError,
        TextError,
        UsageError,
    )
    from onrecord.extract import Extractor
    from onrecord.ingest import Failure
    from onrecord.record.codec import reading_from_json, reading_to_json
    from onrecord.record.document import Document, Origin, Published
    from onrecord.record.reading import Reading
    from onrecord.record.run import Counts, Method, Run
    from onrecord.record.span import Span
    from onrecord.record.statement import Statement
    from onrecord.store import Ledger

_HOMES = {
    "read": "onrecord.api",
    "read_all": "onrecord.api",
    "Extractor": "onrecord.extract",
    "Ledger": "onrecord.store",
    "Reading": "onrecord.record.reading",
    "Document": "onrecord.record.document",
    "Statement": "onrecord.record.statement",
    "Span": "onrecord.record.span",
    "Published": "onrecord.record.document",
    "Origin": "onrecord.record.document",
    "Failure": "onrecord.ingest",
    "Run": "onrecord.record.run",
    "Method": "onrecord.record.run",
    "Counts": "onrecord.record.run",
    "reading_to_json": "onrecord.record.codec",
    "reading_from_json": "onrecord.record.codec",
    "OnRecordError": "onrecord.errors",
    "UsageError": "onrecord.errors",
    "InputError": "onrecord.errors",
    "TextError": "onrecord.errors",
    "ModelError": "onrecord.errors",
    "StoreError": "onrecord.errors",
}

__all__ = [
    "Counts",
    "Document",
    "Extractor",
    "Failure",
    "InputError",
    "Ledger",
    "Method",
    "ModelError",
    "OnRecordError",
    "Origin",
    "Published",
    "Reading",
    "Run",
    "Span",
    "Statement",
    "StoreError",
    "TextError",
    "UsageError",
    "__version__",
    "read",
    "read_all",
    "reading_from_json",
    "reading_to_json",
]


def __getattr__(name: str) -> object:
    """The public name, from the module that holds it."""
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
