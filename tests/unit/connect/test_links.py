"""Links between the statements of a few constructed documents."""

from __future__ import annotations

from made_accounts import Said, reading

from onrecord.connect import Connector
from onrecord.connect.web import MOST_CARRIED

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


def test_copies_of_one_story_bring_a_few_links_each() -> None:
    text = (
        f"{QUOTE} Marta Ilves said on Tuesday after a night of talks with the port authority of Odran. "
        "Engineers had counted eleven mines in the fairway since June, and none of them had been lifted by the weekend."
    )
    said = Said(content=QUOTE, by="Marta Ilves", kind="direct")
    copies = [reading(text, said, outlet=f"Herald {k}", day=f"2026-03-{3 + k // 20:02}") for k in range(200)]
    links = Connector.load().start()
    update = links.add(copies)
    assert len(links.reprints) == len(copies) - 1
    assert len(copies) - 1 <= len(update.links) <= (1 + MOST_CARRIED) * len(copies)
    assert {link.kind for link in update.links} == {"same words"}
    assert not any(link.independent for link in update.links)
