"""Does every statement get one answer, whatever the text is like?"""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from casts import article
from onrecord.record import Reading
from onrecord.resolve.resolver import Resolver

PIECES = (
    "Ana Korbel", "Korbel", "President", "the president", "he", "We", "who", "Velia’s", "Foreign Ministry", "of", "the",
    "said", "«", "”", "\n\n", ",", "(", "’s", "Mr.", "U.S", "U.S.", "—", "1.", "😀", "Олена", "is", "officials",
)  # fmt: skip


@cache
def resolver() -> Resolver:
    return Resolver.load()


def by_source(reading: Reading) -> dict[str, str | None]:
    """The name of the actor of each source."""
    names = {actor.id: actor.name for actor in reading.actors}
    text = reading.document.text
    return {
        attribution.mention.of(text): names[attribution.actor_id] if attribution.actor_id else None
        for attribution in reading.attributions
        if attribution.mention is not None
    }


def resolved(marked: str) -> Reading:
    return resolver().resolve(article(marked)[0])


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), st.lists(st.sampled_from(PIECES), max_size=12))
def test_every_statement_has_one_answer(source: list[str], rest: list[str]) -> None:
    before, behind = " ".join(rest[: len(rest) // 2]), " ".join(rest[len(rest) // 2 :])
    reading = resolved(f"{before} <s1>{' '.join(source)}</s1> said <q1>it rained {behind}</q1>.")
    known = {actor.id for actor in reading.actors}
    assert [one.statement_id for one in reading.attributions] == [stmt.id for stmt in reading.statements]
    assert [chain.statement_id for chain in reading.chains] == [stmt.id for stmt in reading.statements]
    for one in reading.attributions:
        assert one.actor_id in known if one.actor_id else one.reason
        assert one.score is not None and 0 <= one.score <= 1
        assert all(span.end <= len(reading.document.text) for span in one.evidence)
    for chain in reading.chains:
        assert all(hop.actor_id is None or hop.actor_id in known for hop in chain.hops)


def test_the_same_reading_gives_the_same_answer() -> None:
    marked = "<s1>Ana Korbel, the mayor,</s1> said <q1>it rained</q1>. <s2>She</s2> added that <q2>it would stop</q2>."
    assert resolved(marked) == resolved(marked)


def test_a_text_without_statements_has_no_actors() -> None:
    reading = resolved("It rained all day.")
    assert reading.attributions == () and reading.actors == ()


def test_a_family_is_told_apart_by_its_given_names() -> None:
    marked = (
        "<s1>Ana Korbel</s1> said <q1>it rained</q1>. <s2>Ivo Korbel</s2> said <q2>it did not</q2>."
        " <s3>Petr Korbel</s3> said <q3>he slept</q3>."
    )
    assert by_source(resolved(marked)) == {name: name for name in ("Ana Korbel", "Ivo Korbel", "Petr Korbel")}


def test_two_articles_never_share_somebody_whom_no_list_knows() -> None:
    one = resolved("<s1>Ana Korbelova</s1> said <q1>it rained</q1>.")
    two = resolved("<s1>Ana Korbelova</s1> said <q1>it snowed</q1>.")
    assert one.attributions[0].actor_id != two.attributions[0].actor_id


def test_an_open_source_says_why_in_plain_words() -> None:
    marked = "<s1>A guard</s1> said <q1>it rained</q1>. <s2>He</s2> said <q2>it would stop</q2>."
    first, second = resolved(marked).attributions
    assert first.reason == "the text does not name the source"
    assert second.reason == "“He” goes back to “A guard”, which the text does not name"
