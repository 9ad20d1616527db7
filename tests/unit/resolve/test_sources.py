"""Are the words that name a source found where the statement has none, too few or too many of them?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from casts import article
from onrecord.record import Reading, Span
from onrecord.resolve.page.page import Page
from onrecord.resolve.page.sources import mended
from onrecord.resolve.resolver import Resolver


def unpublished(marked: str) -> Reading:
    """A marked article of no outlet, in which what stands in marks is direct."""
    reading, _ = article(marked)
    text = reading.document.text
    statements = [
        replace(stmt, kind="direct") if stmt.content[0].of(text).startswith("“") else stmt
        for stmt in reading.statements
    ]
    return replace(reading, statements=tuple(statements), document=replace(reading.document, outlet=None))


def sources(marked: str) -> list[str]:
    """The words of each source after mending."""
    reading = unpublished(marked)
    text = reading.document.text
    return [" ".join(span.of(text) for span in stmt.source) for stmt in mended(Page(text), reading.statements)]


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("After the vote Party Leader Mara Tinholt <c1>promised</c1> that <q1>the dam would hold</q1>.",
         "Party Leader Mara Tinholt"),
        ("A scheme the Norrland senator <c1>said</c1> <q1>is meant to fail</q1>.", "the Norrland senator"),
        ("<q1>Visitors</q1>, <c1>said</c1> Tinholt, <q1>must bring boots</q1>.", "Tinholt"),
        ("**09:41** Karel Voss, the president, on Telegram: <q1>“We wait.”</q1>", "Karel Voss"),
        ("The mayor again: <q1>“Nobody asked us.”</q1>", "The mayor"),
        ("<q1>“The future is peace.”</q1> – Shimon Tal", "Shimon Tal"),
        ("TEL ORUN, 3 May (<s1>ATA) - Secretary Murad Tashin</s1> <c1>said</c1> <q1>it rained</q1>.",
         "Secretary Murad Tashin"),
        ("<s1>Brandt</s1>’s chief adviser James Holt <c1>said</c1> <q1>it rained</q1>.",
         "Brandt’s chief adviser James Holt"),
    ],
)  # fmt: skip
def test_the_source_is_found(marked: str, wanted: str) -> None:
    assert sources(marked) == [wanted]


@pytest.mark.parametrize(
    "marked",
    [
        "Saar himself is <c1>said</c1> to <q1>favour a deployment</q1>.",
        "It <c1>is emphasised</c1> that <q1>the patrol stayed at home</q1>.",
        "From afar, the city <c1>can appear</c1> <q1>to be rich</q1>.",
        "<q1>“Nothing has crossed.”</q1>",
    ],
)
def test_who_is_only_spoken_of_is_no_source(marked: str) -> None:
    assert sources(marked) == [""]


def test_a_source_that_is_whole_stays() -> None:
    assert sources("<s1>Ana Korbel (Greens)</s1> <c1>said</c1> <q1>it rained</q1>.") == ["Ana Korbel (Greens)"]


def resolved(marked: str) -> Reading:
    return Resolver.load().resolve(unpublished(marked))


def test_the_statement_keeps_its_own_source() -> None:
    read = resolved("After the vote Mara Tinholt <c1>promised</c1> that <q1>the dam would hold</q1>.")
    (stmt,), (one,) = read.statements, read.attributions
    assert stmt.source == ()
    assert one.mention == Span(len("After the vote "), len("After the vote Mara Tinholt"))
    assert [actor.name for actor in read.actors] == ["Mara Tinholt"]


def test_a_surname_that_several_bear_alike_is_left_open() -> None:
    read = resolved(
        "<s1>Ada Brun</s1> said <q1>it would be sold</q1>. <s2>Nils Brun</s2> said <q2>it would not</q2>. "
        "\n\n<s3>Brun</s3> said <q3>the court would decide</q3>. <s4>Ms Brun</s4> said <q4>nothing was signed</q4>."
    )
    names = {actor.id: actor.name for actor in read.actors}
    third, fourth = read.attributions[2:]
    assert third.actor_id is None
    assert third.reason == "two fit “Brun” equally: Ada Brun and Nils Brun"
    assert {names[other.actor_id] for other in third.alternatives} == {"Ada Brun", "Nils Brun"}
    assert names[fourth.actor_id or ""] == "Ada Brun"


def test_a_surname_before_a_relative_is_brought_in_is_not_the_relatives() -> None:
    read = resolved(
        "<s1>Tuma’s people</s1> say <q1>he will come</q1>. <s2>Filip Tuma, MP, brother of the above,</s2> said "
        "<q2>he would not</q2>. <s3>Mr Tuma</s3> denied <q3>leaking it</q3>."
    )
    names = {actor.id: actor.name for actor in read.actors}
    assert names[read.attributions[2].actor_id or ""] == "Tuma"


def test_a_byline_is_no_source() -> None:
    read = resolved("Ministers resign\n\nBy Anna Kolm\n\n<s1>Anna Kolm</s1> reports that <q1>two ministers left</q1>.")
    (one,) = read.attributions
    assert one.actor_id is None
    assert one.reason == "“Anna Kolm” wrote the article, and speaks for the outlet"
    assert [hop.kind for hop in read.chains[0].hops] == ["outlet"]


def test_without_an_outlet_the_chain_ends_at_the_agency_that_prints() -> None:
    read = resolved("KYIV (Reuters) - <s1>The mayor</s1> said <q1>it rained</q1>.")
    assert [hop.act for hop in read.chains[0].hops] == ["said", "reported"]


def test_names_of_bodies_with_and_without_a_short_state_are_one() -> None:
    read = resolved(
        "<s1>The US Senate</s1> said <q1>no</q1>. Later <s2>the United States Senate</s2> said <q2>yes</q2>."
    )
    assert len({one.actor_id for one in read.attributions}) == 1
    assert [actor.name for actor in read.actors] == ["United States Senate"]


def test_a_headline_says_what_an_interviewed_guest_is() -> None:
    reading = unpublished(
        "Selim Darvash receives us in Geneva. Toskar is far away, and Toskar is at war.\n\n"
        "<s1>Selim Darvash</s1>: <q1>We asked for nothing.</q1>\n\n"
        "<s2>The minister’s office</s2> asked for <q2>cuts</q2>."
    )
    document = replace(reading.document, title="“No gifts”: an interview with Toskar’s foreign minister")
    read = Resolver.load().resolve(replace(reading, document=document))
    names = {actor.id: actor.name for actor in read.actors}
    assert names[read.attributions[1].actor_id or ""] == "Foreign Ministry of Toskar"


def test_a_titled_name_in_a_question_is_a_name() -> None:
    read = resolved("**Would President Volkan meet her?**\n\n<s1>The president</s1> said <q1>he would</q1>.")
    assert [actor.name for actor in read.actors] == ["Volkan"]


def test_the_city_is_the_one_that_names_begin_with() -> None:
    read = resolved("The Ostrava City Library opens in Norrland. <s1>The city</s1> hopes for <q1>a good year</q1>.")
    assert [actor.name for actor in read.actors] == ["Ostrava City"]


def test_a_source_that_ends_in_a_bracket_which_never_opened_is_left_as_it_is() -> None:
    assert sources("<s1>Tinholt)</s1> <c1>said</c1> <q1>the dam would hold</q1>.") == ["Tinholt)"]


def test_a_name_behind_the_comma_says_who_one_of_them_is() -> None:
    reading = resolved("<q1>“We hold the bridge,”</q1> <c1>said</c1> <s1>one of them</s1>, Marta Brandt, who wept.")
    assert [a.name for a in reading.actors] == ["Marta Brandt"]
    left = resolved("<q1>“We hold the bridge,”</q1> <c1>said</c1> <s1>one of them</s1>, and Marta Brandt wept.")
    assert [one.actor_id for one in left.attributions] == [None]
