"""Is an unnamed source described as the text describes it?"""

from __future__ import annotations

import pytest

from casts import article
from onrecord.record import Span
from onrecord.resolve.route import chains
from onrecord.resolve.route.anonymity import describe

CASES = (
    # mention | what it is | whose | how many | on what condition
    ("two people briefed on the talks", "people briefed on the talks", None, 2, None),
    ("an official", "official", None, 1, None),
    ("officials", "officials", None, None, None),
    ("a senior diplomat in the Velian embassy", "senior diplomat in the Velian embassy", "the Velian embassy", 1, None),
    ("three members of the ruling party", "members of the ruling party", "the ruling party", 3, None),
    ("One of the officials", "officials", None, 1, None),
    ("Velian officials", "Velian officials", "Velian", None, None),
    ("five aides close to the premier", "aides close to the premier", "the premier", 5, None),
    ("12 residents of Port Orla", "residents of Port Orla", "Port Orla", 12, None),
    ("a spokeswoman for the Ports Board", "spokeswoman for the Ports Board", "the Ports Board", 1, None),
    ("some critics", "critics", None, None, None),
    ("both people", "people", None, 2, None),
    ("sources", "sources", None, None, None),
    ("the newspaper", None, None, None, None),
    (
        "an official who spoke on condition of anonymity because the talks are private",
        "official",
        None,
        1,
        "who spoke on condition of anonymity because the talks are private",
    ),
    (
        "two lawyers, who asked not to be named discussing a client",
        "lawyers",
        None,
        2,
        "who asked not to be named discussing a client",
    ),
    ("a guard who requested anonymity", "guard", None, 1, "who requested anonymity"),
    (
        "a nurse at the hospital who was not authorized to speak to the press",
        "nurse at the hospital",
        "the hospital",
        1,
        "who was not authorized to speak to the press",
    ),
    ("a trader who declined to be identified", "trader", None, 1, "who declined to be identified"),
    ("a man who asked to leave", "man who asked to leave", None, 1, None),
)


@pytest.mark.parametrize(("mention", "position", "side", "count", "condition"), CASES, ids=[case[0] for case in CASES])
def test_a_description_of_an_unnamed_source(
    mention: str, position: str | None, side: str | None, count: int | None, condition: str | None
) -> None:
    text = f"According to {mention}, the road is closed."
    at = text.index(mention)
    found = describe(text, Span(at, at + len(mention)), None)
    spans = [span.of(text) if span else None for span in (found.position, found.side, found.condition)]
    assert [spans[0], spans[1], found.count, spans[2]] == [position, side, count, condition]


def test_the_condition_may_stand_elsewhere_in_the_sentence() -> None:
    reading, cast = article(
        "<s1=?>An aide</s1>, speaking on condition of anonymity, <c1>said</c1> <q1>the road was closed</q1>."
        " <s2=Dora Vel>Dora Vel</s2> <c2>said</c2> <q2>it was open</q2>."
    )
    first, second = chains.build(reading, cast)
    anonymity = first.origin.anonymity
    assert anonymity is not None
    assert anonymity.condition is not None
    assert anonymity.condition.of(reading.document.text) == "speaking on condition of anonymity"
    assert second.origin.anonymity is None


def test_an_unnamed_outlet_is_described_too() -> None:
    reading, cast = article("<s1=Dora Vel>Vel</s1> <c1>told</c1> two local newspapers <q1>nobody slept</q1>.")
    (chain,) = chains.build(reading, cast)
    hop = chain.hops[1]
    assert (hop.named, hop.actor_id) == (False, None)
    assert hop.anonymity is not None
    assert hop.anonymity.count == 2
