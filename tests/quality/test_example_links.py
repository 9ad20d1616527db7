"""On the example article alone, the president's denial stands against the unnamed, relayed report, with its scope."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.connect import Connector
from onrecord.ingest import read_paths
from onrecord.record import Document
from onrecord.run import Stages, add_stream
from onrecord.run.linking import link_ledger
from onrecord.store import Ledger
from onrecord.views.conflicts import conflicts
from onrecord.views.otherwise import otherwise
from onrecord.views.trace import trace_link

DENIAL = "not conducting any behind-the-scenes negotiations"
REPORT = "holding negotiations in Qatar"


@pytest.mark.shared
@pytest.mark.slow
def test_the_denial_and_the_report_conflict_and_the_report_is_narrower(shared: Path, tmp_path: Path) -> None:
    with Stages.load(threads=1) as stages, Ledger.open(tmp_path / "example.ledger", create=True) as ledger:
        add_stream(ledger, read_paths([str(shared / "samples" / "example.txt")]), stages)
        linked = link_ledger(ledger, Connector.load)
        assert linked.links.standing == linked.links.found > 0
        (reading,) = ledger.readings()
        denial = next(stmt for stmt in reading.statements if DENIAL in words(reading.document, stmt.content))
        found = otherwise(ledger, denial.id)
        (report,) = (each for each in found.against if REPORT in each.entry.content)
        assert (report.link.link.kind, report.scope) == ("conflicts", "narrower")
        assert report.link.link.independent
        chain = report.entry.chain
        assert chain is not None
        assert not chain.origin.named
        assert chain.distance > 1, "it came through Bloomberg"
        assert report.account != 0
        assert any(each.link.link.id == report.link.link.id or each.links > 1 for each in conflicts(ledger).found)
        trace = trace_link(ledger, report.link.link.id)
        assert {trace.left.statement.id, trace.right.statement.id} == {denial.id, report.entry.statement.id}
        assert trace.entry.link.why


def words(doc: Document, spans: object) -> str:
    return " ".join(span.of(doc.text) for span in spans)  # type: ignore[attr-defined]
