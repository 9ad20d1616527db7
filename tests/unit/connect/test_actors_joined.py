"""Proposals that actors of different documents are one."""

from __future__ import annotations

from dataclasses import replace

from made_accounts import Said, reading

from onrecord.connect.actors import join
from onrecord.record import Actor, ExternalId, Reading, content_id


def of_document(one: Reading) -> Reading:
    """With actors that belong to the document alone."""
    own = {a.id: replace(a, id=content_id("a", one.document.id, a.name)) for a in one.actors}
    return replace(
        one,
        actors=tuple(own.values()),
        attributions=tuple(replace(a, actor_id=own[a.actor_id].id if a.actor_id else None) for a in one.attributions),
    )


def article(text: str, by: str, outlet: str) -> Reading:
    return of_document(reading(text, Said(content="the road is open", by=by), outlet=outlet))


def test_the_same_full_name_is_one_actor() -> None:
    a = article("Corland's minister Ruth Keller said the road is open.", "Ruth Keller", "Herald")
    b = article("the road is open, said Ruth Keller, Corland's minister.", "Ruth Keller", "Courier")
    (found,) = join([a, b])
    assert (found.kept, found.joined) == (a.attributions[0].actor_id, b.attributions[0].actor_id)
    assert found.documents == (a.document.id, b.document.id)
    assert "corland" in found.why


def test_a_family_name_alone_proves_nothing() -> None:
    a = article("Keller said the road is open.", "Keller", "Herald")
    b = article("the road is open, Keller said.", "Keller", "Courier")
    assert list(join([a, b])) == []


def test_namesakes_of_two_states_stay_two() -> None:
    a = article("Corland's minister Ruth Keller said the road is open.", "Ruth Keller", "Herald")
    b = article("Morland's ambassador Ruth Keller said the road is open.", "Ruth Keller", "Courier")
    assert list(join([a, b])) == []


def test_namesakes_in_one_document_are_never_joined_to_others() -> None:
    a = article("Ruth Keller said the road is open.", "Ruth Keller", "Herald")
    twin = Actor(id="a0000000000000002", name="Ruth Keller", kind="person")
    b = article("the road is open, Ruth Keller said.", "Ruth Keller", "Courier")
    assert list(join([a, replace(b, actors=(*b.actors, twin))])) == []


def test_an_actor_of_a_catalogue_needs_no_proposal() -> None:
    a, b = (article("Ruth Keller said the road is open.", "Ruth Keller", outlet) for outlet in ("Herald", "Courier"))
    listed = [
        replace(
            r, actors=tuple(replace(x, external_ids=(ExternalId(scheme="wikidata", value="Q1"),)) for x in r.actors)
        )
        for r in (a, b)
    ]
    assert list(join(listed)) == []
