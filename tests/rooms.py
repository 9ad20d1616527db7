"""A ledger for the pages: two of the shipped stories with their links and issues, some of it in doubt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ledgers import FIRST
from onrecord.connect import Connector
from onrecord.record import Reading
from onrecord.record.document import document_id
from onrecord.record.run import Counts
from onrecord.run.asking import ask_ledger, find_issues
from onrecord.store import Ledger
from stories import stories

HOSTILE = '<script>document.title="owned"</script><img src=x onerror=alert(1)>'
"""What an article may hold and a page must show as text."""

QUESTION = "Are Velmora and Kastria holding talks?"


def fill_room(path: Path) -> None:
    """Makes the ledger at `path`: 12 documents, linked, with the issues found in them and one that was asked."""
    readings = [each for each in stories() if (each.document.story or "")[:5] in ("dev01", "dev02")]
    readings = [_doubtful(each, at) for at, each in enumerate(readings)]
    with Ledger.open(path, create=True) as ledger:
        run = ledger.start_run(FIRST)
        for reading in readings:
            ledger.add(run.id, reading)
        ledger.finish_run(run.id, Counts(kept=len(readings)))
        linking = ledger.start_run(FIRST)
        ledger.add_links(linking.id, Connector.load().link(readings), documents=[r.document.id for r in readings])
        ledger.finish_run(linking.id, Counts(kept=len(readings)))
        find_issues(ledger)
        ask_ledger(ledger, QUESTION, by="ann")


def _doubtful(reading: Reading, at: int) -> Reading:
    """The reading with scores as a machine would give them; one outlet's name and a title try to break out."""
    doc = reading.document
    statements = tuple(
        replace(stmt, score=0.35 + 0.05 * ((7 * at + 3 * place) % 13)) for place, stmt in enumerate(reading.statements)
    )
    if at == 0:
        published = doc.published.value if doc.published else None
        title = f"{doc.title} {HOSTILE}"
        assert document_id(doc.text, url=doc.url, outlet=doc.outlet, published=published) == doc.id
        reading = replace(reading, document=replace(doc, title=title))
    return replace(reading, statements=statements)
