"""Acts, polarity, certainty and conditions of sentences of our own, printed by class."""

import re
from collections import Counter

import pytest
from marked import marked, rows

from onrecord.position import Positioner
from onrecord.record.position import ACTS, RELATIONS

POSITIONER = Positioner.load()


def f1(pairs: list[tuple[object, object]], label: object) -> float:
    right = sum(a == b == label for a, b in pairs)
    wanted, found = sum(a == label for a, _ in pairs), sum(b == label for _, b in pairs)
    return 2 * right / (wanted + found) if wanted + found else 0.0


def test_acts_polarity_and_certainty(capsys: pytest.CaptureFixture[str]) -> None:
    acts, polarities, certainties = [], [], []
    for act, polarity, certainty, sentence in rows("sentences.txt"):
        (found,) = POSITIONER.position(marked(sentence)).positions
        acts.append((act, found.act))
        polarities.append((polarity, found.polarity))
        certainties.append((certainty, found.certainty))
    assert len(acts) >= 270
    with capsys.disabled():
        print("\nown sentences: act, how many, F1")
        for act in ACTS:
            print(f"  {act:12} {sum(a == act for a, _ in acts):3}  {f1(acts, act):.3f}")
        print(f"  negative     {sum(a == 'negative' for a, _ in polarities):3}  {f1(polarities, 'negative'):.3f}")
    assert {a for a, _ in acts} == set(ACTS)
    assert min(f1(acts, act) for act in ACTS) >= 0.9
    assert f1(polarities, "negative") >= 0.97
    assert sum(a == b for a, b in certainties) >= 0.97 * len(certainties)


def overlap(one: str, other: str) -> float:
    left, right = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(left & right) / len(left | right)


def test_conditions(capsys: pytest.CaptureFixture[str]) -> None:
    wanted, right, found = Counter[str](), Counter[str](), 0
    for relation, what, requirement, sentence in rows("conditions.txt"):
        reading = POSITIONER.position(marked(sentence))
        text = reading.document.text
        conditions = reading.positions[0].conditions
        found += len(conditions)
        if relation != "none":
            wanted[relation] += 1
            right[relation] += any(
                c.relation == relation
                and overlap(c.what.of(text), what) >= 0.5
                and overlap(c.requirement.of(text), requirement) >= 0.5
                for c in conditions
            )
    with capsys.disabled():
        print("\nown conditions: relation, how many, found")
        for relation in RELATIONS:
            print(f"  {relation:16} {wanted[relation]:3} {right[relation]:3}")
    assert set(wanted) == set(RELATIONS)
    hits = sum(right.values())
    assert 2 * hits / (found + sum(wanted.values())) >= 0.95


# The five of the task, each with what decides.
@pytest.mark.parametrize(
    ("sentence", "act", "polarity", "certainty", "evidence"),
    [
        ("[Ana Ru] {denied} that <the bridge was closed>.", "denies", "positive", "certain", ["denied"]),
        ("[Ana Ru] {did not say} that <the bridge was closed>.", "declines", "positive", "certain", ["not say"]),
        ("<The bridge is not closing>, [Ana Ru] {said}.", "asserts", "negative", "certain", ["not", "said"]),
        ("[Ana Ru] {refused to rule out} <a closure>.", "believes", "positive", "possible", ["refused to rule out"]),
        ("[Ana Ru] {said} <a closure would be a mistake>.", "criticises", "positive", "certain", ["mistake"]),
    ],
)
def test_what_decides(sentence: str, act: str, polarity: str, certainty: str, evidence: list[str]) -> None:
    reading = POSITIONER.position(marked(sentence))
    (found,) = reading.positions
    assert (found.act, found.polarity, found.certainty) == (act, polarity, certainty)
    assert [span.of(reading.document.text) for span in found.evidence] == evidence


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("[The widow] {urged} the minister <to reopen the case>.", "the minister"),
        ("[The widow] {accused} <the bank of hiding the letters>.", "the bank"),
        ("[The widow] {denied} <any knowledge of the letters>.", "any knowledge of the letters"),
        ("[The widow] {asked} <the court to reopen the case>.", "the court"),
        ("<“The verdict is a disgrace,”> {said} [the widow].", "The verdict"),
        ("[The widow] {said} <the train was late>.", None),
    ],
)
def test_at_whom(sentence: str, target: str | None) -> None:
    reading = POSITIONER.position(marked(sentence))
    found = reading.positions[0].target
    assert (found.of(reading.document.text) if found else None) == target
