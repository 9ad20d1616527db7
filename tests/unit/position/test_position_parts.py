"""The parts that positions are made of: words, phrases, clauses, negation, factuality, scores."""

import pytest
from marked import marked

from onrecord.errors import TextError
from onrecord.position import Positioner
from onrecord.position.clauses import read_clause
from onrecord.position.factuality import factuality
from onrecord.position.lexicon import Lexicon, forces, signs
from onrecord.position.negation import negators_of
from onrecord.position.tables import rows
from onrecord.position.words import find_words, lemma
from onrecord.record import Span
from onrecord.record.codec import reading_from_json


@pytest.mark.parametrize(
    ("forms", "base"),
    [
        ("denied denies denying deny", "deny"),
        ("urging urged urges", "urge"),
        ("planned planning plans", "plan"),
        ("said says saying", "say"),
        ("told tells", "tell"),
        ("agreed agreeing", "agree"),
        ("vetoed vetoes", "veto"),
        ("reopened reopening", "reopen"),
        ("criticised criticising", "criticise"),
        ("was were is been", "be"),
    ],
)
def test_forms_are_led_back_to_one_word(forms: str, base: str) -> None:
    assert {lemma(form) for form in forms.split()} == {base}


def test_words_are_split_at_apostrophes_that_join() -> None:
    assert list(find_words("They don’t say it's Anna's.").lower) == [
        *("they", "do", "n't", "say", "it", "'s", "anna", "'s", ".")
    ]


def test_the_longest_phrase_counts_and_fillers_may_stand_between() -> None:
    lexicon = Lexicon([("rule", "a"), ("rule out", "b"), ("no only", "c")])
    words = find_words("He ruled it all out. He also ruled clearly out a rule.")
    found = [(hit.phrase, hit.kind) for hit in lexicon.find(words, range(len(words.lower)))]
    assert found == [("rule", "a"), ("rule out", "b"), ("rule", "a")]


@pytest.mark.parametrize("name", ["forces.csv", "signs.csv", "irregular.csv", "verbs.csv", "sets.csv"])
def test_the_lists_hold_every_entry_once(name: str) -> None:
    listed = rows(name)
    assert len(set(listed)) == len(listed) > 5
    assert len({len(row) for row in listed}) == 1


def test_phrases_are_written_as_they_are_looked_up() -> None:
    for lexicon, name in ((forces(), "forces.csv"), (signs(), "signs.csv")):
        for phrase, kind, *_ in rows(name):
            words = find_words(phrase.replace(" '", "'"))
            assert kind in {hit.kind for hit in lexicon.find(words, range(len(words.lower)))}, phrase


@pytest.mark.parametrize(
    ("sentence", "shape", "subject"),
    [
        ("The men who came on Friday did not leave.", "finite", "the men"),
        ("If the talks fail, the army will return.", "finite", "the army"),
        ("to leave the city", "infinitive", ""),
        ("the army to leave the city", "object", "the army"),
        ("leaving the city", "gerund", ""),
        ("Leave the city!", "order", ""),
        ("the prisoners be freed", "subjunctive", "the prisoners"),
        ("a truce of thirty days", "noun", ""),
    ],
)
def test_main_clauses(sentence: str, shape: str, subject: str) -> None:
    words = find_words(sentence)
    clause = read_clause(range(len(words.lower)), words)
    assert clause.shape == shape
    assert " ".join(words.lower[i] for i in clause.subject) == subject


@pytest.mark.parametrize(
    ("sentence", "negators"),
    [
        ("The bridge is not closed.", ["not"]),
        ("Nobody was hurt.", ["nobody"]),
        ("There are no talks.", ["no"]),
        ("She never did.", ["never"]),
        ("The pump failed to start.", ["failed", "to"]),
        ("It has yet to begin.", ["yet", "to"]),
        ("There were three men, not two.", []),
        ("She has never refused to help.", []),
        ("He does not rule out a deal.", []),
        ("No fewer than nine came.", []),
        ("They came although nobody had called.", []),
        ("The men who had no tickets left.", []),
        ("He warned them not to come.", []),
        ("It was late and nobody was there.", []),
    ],
)
def test_what_makes_a_clause_negative(sentence: str, negators: list[str]) -> None:
    words = find_words(sentence)
    clause = read_clause(range(len(words.lower)), words)
    found = negators_of(clause, list(signs().find(words, clause.words)), words)
    assert [words.lower[i] for i in found] == negators


def test_factuality_orders_what_happened_what_may_and_what_did_not() -> None:
    sentences = [
        "The army did not leave the city.",
        "The army may leave the city.",
        "The army left the city.",
    ]
    places = [(s.index("left"), 4) if "left" in s else (s.index("leave"), 5) for s in sentences]
    values = [factuality(s, Span(a, a + n)) for s, (a, n) in zip(sentences, places, strict=True)]
    assert values[0] < -1 < 0.5 < values[1] < 2 < values[2]


def test_factuality_of_no_word_is_open_and_outside_the_text_an_error() -> None:
    assert factuality("He  left.", Span(2, 4)) == 0.0
    with pytest.raises(TextError, match="OR-201"):
        factuality("He left.", Span(3, 99))


def test_what_an_inner_statement_does_the_outer_does_not() -> None:
    text = "Rada Lim said the islands had demanded three ships if the talks fail."
    outer = {"id": "o", "kind": "indirect", "cue": [[9, 13]], "source": [[0, 8]], "content": [[14, 68]]}
    inner = {
        "id": "i",
        "kind": "indirect",
        "cue": [[30, 38]],
        "source": [[14, 25]],
        "content": [[39, 68]],
        "within": "o",
    }
    positioner = Positioner.load()
    alone = positioner.position(reading_from_json({"id": "d", "text": text, "statements": [outer]}))
    both = positioner.position(reading_from_json({"id": "d", "text": text, "statements": [outer, inner]}))
    assert len(alone.positions[0].conditions) == 1
    assert [(p.act, len(p.conditions)) for p in both.positions] == [("asserts", 0), ("demands", 1)]


def test_a_plain_cue_is_trusted_more_than_a_guess_from_the_content() -> None:
    sure, guess = (
        Positioner.load().position(marked(sentence)).positions[0].score
        for sentence in ("[She] {denied} <the charge>.", "[She] {said} <prices will rise>.")
    )
    assert sure is not None and guess is not None and sure > 0.8 > guess
