"""Links between the statements of a few constructed documents."""

from __future__ import annotations

from made_accounts import Said, reading

from onrecord.connect import Connector

QUOTE = "“The bridge over the Lenz will stay closed until the mines are lifted,”"


def test_a_quotation_printed_twice_is_one_account() -> None:
    first = reading(f"{QUOTE} Marta Ilves said.", Said(content=QUOTE, by="Marta Ilves", kind="direct"))
    again = reading(
        f"In Odran on Tuesday Ilves was firm. {QUOTE} she told reporters.",
        Said(content=QUOTE, by="Marta Ilves", kind="direct"),
        outlet="Halden Post",
        day="2026-03-03",
    )
    (link,) = Connector.load().link([again, first])
    assert (link.kind, link.independent, link.opposite) == ("same words", False, False)
    assert (link.left, link.right) == (again.statements[0].id, first.statements[0].id)
    assert "stay closed until the mines are lifted" in (link.why or "")
    assert [s.of(again.document.text) for s in link.left_evidence] == [QUOTE.strip("“,”")]


def test_statements_on_other_matters_are_not_linked() -> None:
    a = reading("Wheat futures rose, traders in Odran said.", Said(content="Wheat futures rose", by="Tibor Kadar"))
    b = reading(
        "The museum will reopen in May, Lena Marek said.",
        Said(content="The museum will reopen in May", by="Lena Marek"),
    )
    assert list(Connector.load().link([a, b])) == []
