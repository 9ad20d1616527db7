"""Do the hops of a chain come out as a careful reader gives them?"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from casts import StandIn, article
from onrecord.record import Chain
from onrecord.resolve.route import chains
from onrecord.resolve.route.cited import cited_sources

MUST = 0.99
"""The share of the statements whose chain must be right; what fails is printed."""


@dataclass(frozen=True)
class Case:
    """A marked article and the chain of each of its statements, by number."""

    group: str
    outlet: str
    text: str
    chains: tuple[str, ...]


def cases() -> tuple[Case, ...]:
    """The cases of ``chains.txt``."""
    blocks = Path(__file__).with_name("chains.txt").read_text(encoding="utf-8").strip().split("\n\n")
    found = []
    for block in blocks[1:]:
        head, text, *wanted = block.split("\n")
        group, _, outlet = head.partition(" | ")
        wanted = [line.removeprefix("=").strip() for line in wanted]
        found.append(Case(group, outlet or "Kestrel", text.replace(" ¶ ", "\n\n"), tuple(wanted)))
    return tuple(found)


CASES = cases()


def built(case: Case) -> tuple[tuple[str, ...], tuple[Chain, ...]]:
    """The chains of a case, as the file writes them and as they are."""
    reading, cast = article(case.text, outlet=case.outlet)
    found = chains.build(reading, cast)
    return tuple(written(chain, cast) for chain in found), found


def written(chain: Chain, cast: StandIn) -> str:
    assert cast.outlet is not None
    assert chain.hops[-1].actor_id == cast.outlet.id
    names = {known.id: known.name for known in cast.everybody()}
    hops = chain.hops[:-1]
    return " > ".join(("" if hop.named else "?") + (names[hop.actor_id] if hop.actor_id else "") for hop in hops)


def test_nearly_all_chains_are_right() -> None:
    rows, wrong = 0, []
    for case in CASES:
        got, _ = built(case)
        assert len(got) == len(case.chains), case.text
        rows += len(got)
        wrong += [(case.group, case.text, want, has) for want, has in zip(case.chains, got, strict=True) if want != has]
    table = "\n".join(f"{group}\n  {text}\n  want {want!r}\n  has  {has!r}" for group, text, want, has in wrong)
    assert rows >= 100
    assert len(wrong) <= (1 - MUST) * rows, f"{len(wrong)} of {rows} wrong\n{table}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.group)
def test_a_chain_ends_in_the_outlet_and_has_its_evidence_in_the_text(case: Case) -> None:
    reading, _ = article(case.text, outlet=case.outlet)
    _, found = built(case)
    assert [chain.statement_id for chain in found] == [stmt.id for stmt in reading.statements]
    for chain in found:
        assert chain.hops[-1].kind == "outlet"
        for hop in chain.hops:
            for span in (*hop.evidence, *((hop.mention,) if hop.mention else ())):
                assert span.of(reading.document.text).strip()


@pytest.mark.parametrize(
    "text",
    [
        "Norpress quoted “<q1>nothing</q1>” as <s1=outlet:Norpress>Norpress</s1> <c1>said</c1>.",
        "<s1=outlet:Norpress>Norpress</s1> <c1>quoted</c1> <q1>nothing at all</q1>.",
    ],
)
def test_a_citation_of_nobody_cites_nobody(text: str) -> None:
    reading, cast = article(text)
    assert cited_sources(reading, cast) == {}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "<s1=outlet:Norpress>Norpress</s1>, citing its own interlocutors, <c1>wrote</c1> that <q1>x</q1>.",
            "its own interlocutors",
        ),
        (
            "Norpress, <s1=outlet:Norpress>which</s1> <c1>quoted</c1> people close to the owner as saying <q1>x</q1>.",
            "people close to the owner",
        ),
        (
            "<q1>It is over</q1>, <s1=outlet:Norpress>Norpress</s1> <c1>reported</c1>, citing two officials.",
            "two officials",
        ),
        ("<s1=outlet:Kestrel>We</s1> <c1>wrote</c1>, citing Rolf Askim, that <q1>it was over</q1>.", "Rolf Askim"),
        ("<s1=Rolf Askim>Rolf Askim</s1>, citing two officials, <c1>said</c1> <q1>it was over</q1>.", None),
        ("<s1=outlet:Norpress>Norpress</s1>, citing security concerns, <c1>withheld</c1> <q1>the names</q1>.", None),
        ("<s1=outlet:Norpress>Norpress</s1> <c1>said</c1> <q1>he left, citing two doctors</q1>.", None),
    ],
)
def test_whom_an_outlet_cites_is_the_source(text: str, want: str | None) -> None:
    reading, cast = article(text)
    found = [span.of(reading.document.text) for span in cited_sources(reading, cast).values()]
    assert found == ([want] if want else [])


ODD = (
    "",
    " \n\n ",
    "told " * 4_000,
    "citing " * 1_500,
    "in an interview with " * 1_000,
    "A B C, a newspaper, told " * 800,
    "Norpress's “" * 1_500,
    "on the air of " * 1_500,
    "(" * 20_000,
    "“" * 20_000,
    "A’s " * 6_000,
    "x" * 60_000,
    "\u202e\U0001f600 told \u0301Radio\u0000 Orla’s " * 500,
)


@pytest.mark.parametrize("tail", ODD, ids=range(len(ODD)))
def test_odd_text_gives_a_chain_in_little_time(tail: str) -> None:
    case = Case("odd", "Kestrel", f"<s1=Dora Vel>Dora Vel</s1> <c1>told</c1> Radio Orla <q1>so</q1> {tail}", ())
    begun = time.process_time()
    (chain,), _ = built(case)
    assert chain.startswith("Dora Vel")
    assert time.process_time() - begun < 2.0


def test_statements_within_each_other_and_within_nothing_still_have_chains() -> None:
    reading, cast = article(
        "<s1=Dora Vel>Vel</s1> <c1>said</c1> <q1>so</q1>. <s2=Ana Petrik>Petrik</s2> <c2>said</c2> <q2>no</q2>."
    )
    one, two = reading.statements
    for outer in ((two.id, one.id), (one.id, two.id), ("s0", None)):
        stmts = tuple(replace(stmt, within=within) for stmt, within in zip((one, two), outer, strict=True))
        found = chains.build(replace(reading, statements=stmts), cast)
        assert [chain.statement_id for chain in found] == [one.id, two.id]
        assert all(cast.outlet is not None and chain.hops[-1].actor_id == cast.outlet.id for chain in found)


def test_without_an_outlet_the_last_hop_is_nobody_we_know() -> None:
    reading, cast = article("<s1=Dora Vel>Vel</s1> <c1>told</c1> Radio Orla <q1>so</q1>.")
    cast.outlet = None
    (chain,) = chains.build(replace(reading, document=replace(reading.document, outlet=None)), cast)
    assert (chain.hops[-1].actor_id, chain.hops[-1].named, chain.hops[-1].kind) == (None, False, "outlet")


def test_a_spokesman_speaks_for_somebody() -> None:
    reading, cast = article(
        "<s1=Rolf Askim>Rolf Askim</s1> <c1>left</c1> <q1>early</q1>. <s2=?>A spokesman for Rolf Askim</s2>"
        " <c2>confirmed</c2> <q2>it</q2>."
    )
    first, second = chains.build(reading, cast)
    assert first.origin.on_behalf_of is None
    assert second.origin.on_behalf_of == first.origin.actor_id
