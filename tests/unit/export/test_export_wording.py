"""All that is said of a statement is put into the codebook's words, and what is unknown is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

import strategies
from ledgers import a_document, a_statement
from onrecord.export.wording import (
    actor_lines,
    chain_line,
    condition_line,
    form_line,
    labelled_lines,
    plain_line,
    position_line,
    setting_line,
    source_line,
    speaker_line,
    summary,
)
from onrecord.record import (
    Actor,
    Anonymity,
    Attribution,
    Chain,
    Condition,
    Hop,
    Position,
    Reading,
    Role,
    Setting,
    Span,
)
from onrecord.views.aspects import Aspects, aspects_of
from onrecord.views.sources import sources_of

DOC = a_document("Two officials told Reuters in Kyiv on Monday that it works, but only if it rains.", outlet="UNN")
STMT = a_statement(DOC, "it works", source="Two officials", cue="told")
MINISTRY = Actor(id="a1", name="the Ministry", kind="organisation")
REUTERS = Actor(id="a2", name="Reuters", kind="outlet")
ACTORS = {actor.id: actor for actor in (MINISTRY, REUTERS)}


def span(words: str) -> Span:
    start = DOC.text.index(words)
    return Span(start, start + len(words))


def said(**parts: object) -> Aspects:
    return Aspects(statement=STMT, text=DOC.text, actors=ACTORS, **parts)


def attributed(actor: str | None, reason: str | None = None, *, kind: str = "anonymous") -> Attribution:
    return Attribution(
        statement_id=STMT.id, mention=span("Two officials"), source_kind=kind, actor_id=actor, reason=reason, score=0.7
    )


def a_hop(**parts: object) -> Hop:
    known = {"mention": None, "actor_id": None, "kind": "outlet", "named": True, "act": "said"}
    return Hop(**(known | parts))


@pytest.mark.parametrize(
    ("attribution", "line"),
    [
        (None, "Two officials"),
        (attributed("a1", kind="role"), "the Ministry (role “Two officials”)"),
        (attributed(None, "a group"), "unresolved (anonymous “Two officials”): a group"),
        (attributed(None, "no reason given"), "unresolved (anonymous “Two officials”)"),
    ],
)
def test_who_said_it(attribution: Attribution | None, line: str) -> None:
    assert plain_line(source_line(said(attribution=attribution))) == line


def test_people_of_a_body_are_not_called_the_body() -> None:
    chain = Chain(statement_id=STMT.id, hops=(a_hop(mention=span("Two officials"), actor_id="a1", named=False),))
    aspects = said(attribution=attributed("a1"), chain=chain)
    assert plain_line(source_line(aspects)) == "unnamed, of the Ministry (anonymous “Two officials”)"
    assert plain_line(chain_line(aspects)) == "“Two officials” (unnamed of the Ministry; said)"


@pytest.mark.parametrize(
    ("hop", "line"),
    [
        (a_hop(actor_id="a2", act="reported"), "Reuters (reported)"),
        (a_hop(named=False, act="published"), "outlet not given (published)"),
        (a_hop(kind="unknown", named=False), "no source given (said)"),
        (a_hop(mention=span("Reuters")), "“Reuters” (unresolved; said)"),
        (a_hop(mention=span("Two officials"), kind="group", named=False), "“Two officials” (group, unnamed; said)"),
        (a_hop(actor_id="a2", on_behalf_of="a1"), "Reuters (for the Ministry; said)"),
        (
            a_hop(
                mention=span("Two officials"),
                kind="group",
                named=False,
                anonymity=Anonymity(position=span("officials"), count=2, condition=span("only if it rains")),
            ),
            "“Two officials” (group, unnamed; 2 of them; “only if it rains”; said)",
        ),
    ],
)
def test_each_hop(hop: Hop, line: str) -> None:
    assert plain_line(chain_line(said(chain=Chain(statement_id=STMT.id, hops=(hop,))))) == line


def test_act_setting_condition_and_form() -> None:
    condition = Condition(relation="only if", what=span("it works"), requirement=span("it rains"))
    position = Position(
        statement_id=STMT.id, act="denies", polarity="negative", certainty="possible", conditions=(condition,),
        target=span("Reuters"),
    )  # fmt: skip
    setting = Setting(
        statement_id=STMT.id, occasion="interview", occasion_spans=(span("told Reuters"),), addressee=span("Reuters"),
        addressee_id="a2", place=span("in Kyiv"), said=span("on Monday"), said_on="2026-03-02",
    )  # fmt: skip
    aspects = said(position=position, setting=setting, attribution=attributed("a1"))
    assert plain_line(position_line(aspects)) == "denies · negative · possible · about “Reuters”"
    assert plain_line(setting_line(aspects)) == "interview “told Reuters” · “in Kyiv” · “on Monday” · 2026-03-02"
    assert plain_line(condition_line(condition, DOC.text)) == "only if · requirement “it rains” · for “it works”"
    assert plain_line(form_line(aspects)) == "“told” · indirect · score 0.90, actor 0.70"
    assert [label for label, _ in labelled_lines(aspects)] == ["setting", "condition"]


def test_who_an_actor_is() -> None:
    actor = Actor(
        id="a3", name="Ann", kind="person", names=tuple("ABC"), roles=(Role(title="minister", start="2024"),)
    )  # fmt: skip
    lines = [plain_line(line) for line in actor_lines(actor, names=2)]
    assert lines == ["Ann · person · a3", "also A, B and 1 more", "roles minister (2024 –)"]


@given(strategies.readings())
def test_whatever_was_read_is_put_into_lines_that_cannot_command_a_terminal(reading: Reading) -> None:
    lines = [speaker_line(source) for source in sources_of(reading)]
    for aspects in aspects_of(reading).values():
        lines += [source_line(aspects), position_line(aspects), form_line(aspects)]
        lines += [line for _, line in labelled_lines(aspects)]
    for line in lines:
        assert not set(plain_line(line)) & set(map(chr, (*range(9), *range(0x0B, 0x20), 0x7F, 0x9B)))
    resolved = {each.statement_id for each in reading.attributions if each.actor_id is not None}
    unresolved = sum(bool(stmt.source) and stmt.id not in resolved for stmt in reading.statements)
    says = f"{unresolved} unresolved" in summary(reading)
    assert says == bool(unresolved and reading.attributions)


def test_an_unresolved_source_is_never_silent() -> None:
    nobody = replace(STMT, source=())
    none = Attribution(statement_id=STMT.id, mention=None, source_kind="none", actor_id=None, reason="no reason given")
    aspects = Aspects(statement=nobody, text=DOC.text, attribution=none)
    assert plain_line(source_line(aspects)) == "unresolved: no source given"
