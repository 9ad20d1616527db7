"""Which link stands between two statements, and on what does it rest?

The three questions of the codebook are answered one by one; the kind follows from the answers and never from one
score: is it the same proposition (scope); which act and polarity has each (opposite); same time, same origin
(same_time, independent)?
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.connect.claim import Claim
from onrecord.connect.closely import Pair
from onrecord.connect.evidence import evidence
from onrecord.connect.heads import RELATIONS, Relation
from onrecord.connect.pair import LONGEST_RUN, QUOTED_RUN, longest_run, same_actor, speaks_for
from onrecord.record.link import Link, LinkKind, Scope, link_id

LEAST = 0.03
"""Two statements that bear on one proposition less likely than this are not linked."""

SAME_TIME_DAYS = 3
"""Documents within so many days speak of the same time, unless they say otherwise."""

BESIDE = 0.15
"""So sure may an opposition within one document be. Of 99 found in real articles and judged one by one, one in ten was
right, the surer ones no more often (``training/pairs.py`` prints it): one article sets two sides, or two figures of one
story, beside each other far more often than two accounts of one thing."""

ANY = frozenset(
    "any anything anyone anybody anywhere no none nobody nothing nowhere neither whatsoever whatever".split()
)
"""Words by which a denial covers all of a sort."""

SURE = 0.5
"""From this probability on, the close reading decides that one is narrower or broader."""

WHOLE = 0.55
"""Share of one's words in the other from which the one adds nothing of its own."""


_RELATION: dict[LinkKind, Relation] = {
    "same words": "origin",
    "re-report": "origin",
    "agrees": "alike",
    "repeats": "alike",
    "conflicts": "opposed",
    "denies": "opposed",
    "changes": "opposed",
    "answers": "answers",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What stands between a statement and an earlier one, without the words that decide: a link costs more to keep.

    Attributes:
        relation: How the two bear on one proposition.
        kind: The kind of the link.
        turned: Whether the earlier one stands on the left: it reacts to what the later one tells again.
        scope: What the right proposition is, compared with the left one.
        score: How likely the kind is right, in [0, 1].
    """

    relation: Relation
    kind: LinkKind
    turned: bool
    scope: Scope
    score: float


@cache
def _judged(relation: Relation, kind: LinkKind, turned: bool, scope: Scope, score: float) -> Judged:
    """Each kept once: among millions of links few thousand differ, as scores have four places."""
    return Judged(relation, kind, turned, scope, score)


def judge(later: Claim, pair: Pair, *, least: float = LEAST) -> Judged | None:
    """Which link stands between the two? None if they do not bear on one proposition."""
    relations = pair.likely.relations
    if pair.likely.bears < least:
        return None
    possible = [r for r in RELATIONS if _possible(r, later, pair)]
    total = sum(relations[r] for r in possible)
    for relation in sorted(possible, key=lambda r: -relations[r]):
        if kind := _kind(relation, later, pair.earlier):
            score = round(pair.likely.bears * relations[relation] / total, 4)
            return _judged(relation, kind, False, _scope(later, pair), _honest(score, relation, later, pair.earlier))
    return None


def copied(later: Claim, earlier: Claim) -> Judged | None:
    """What stands between a statement and one in an earlier printing of its text, if they are the same? Else None."""
    if later.forms != earlier.forms:
        return None
    return _judged("origin", _kind("origin", later, earlier) or "re-report", False, "same", 1.0)


def _possible(relation: Relation, later: Claim, pair: Pair) -> bool:
    """Do the answers to the questions allow this relation?"""
    one, earlier = pair.comparison, pair.earlier
    same = bool(one.one_voice)
    contrary = (pair.contrary or 0.0) >= SURE
    if relation == "origin":
        # Two people do not say one thing with one mouth, unless one of them tells what the other said.
        two = later.source.kind == earlier.source.kind == "person" and not same and not one.actor_named
        two = two and later.source.names.isdisjoint(earlier.source.names)
        # A quotation cut down to one clause has that clause's polarity.
        turned = one.other_stance and (one.one_denies or one.run * LONGEST_RUN < QUOTED_RUN)
        return not (two or one.other_numbers or turned or contrary)
    if relation == "alike" and same:
        # Who gives another number of the same thing does not repeat himself.
        return not one.other_numbers
    if relation == "opposed" and same:
        # Who says the same once more has not changed; the other side may conflict in content alone.
        turned = one.other_stance or one.other_numbers or one.opposites or one.conditions or one.one_condition
        return bool(turned) or contrary
    return True


def retell(model: Judged, later: Claim, earlier: Claim, *, turned: bool, score: float) -> Judged | None:
    """What stands between two statements of which one tells again what an end of `model` says?

    Args:
        model: What stands between the statement that is told again and the other one.
        later: The later one of the two.
        earlier: The other one.
        turned: Whether the earlier one is the reacting one, as in `model`.
        score: How likely it is that the relation holds.
    """
    left, right = (earlier, later) if turned else (later, earlier)
    kind = _kind(model.relation, left, right)
    if kind is None:
        return None
    score = _honest(round(score, 4), model.relation, later, earlier)
    return _judged(model.relation, kind, turned and kind != "changes", model.scope, score)


def link_of(judged: Judged, later: Claim, earlier: Claim) -> Link:
    """The link, with the words that decide."""
    left, right = (earlier, later) if judged.turned else (later, earlier)
    why, left_evidence, right_evidence = evidence(judged.kind, left, right)
    return Link(
        id=link_id(kind=judged.kind, left=left.name, right=right.name),
        kind=judged.kind,
        left=left.name,
        right=right.name,
        scope=judged.scope,
        opposite=judged.relation == "opposed",
        same_time=_same_time(left, right),
        independent=_independent(judged.kind, left, right),
        why=why,
        left_evidence=left_evidence,
        right_evidence=right_evidence,
        score=judged.score,
        story=left.page.story if left.page.story == right.page.story else None,
    )


def judged_of(link: Link, *, turned: bool) -> Judged:
    """What :func:`link_of` made the link from; `turned` if the earlier statement stands on its left."""
    assert link.scope is not None
    assert link.score is not None
    return _judged(_RELATION[link.kind], link.kind, turned, link.scope, link.score)


def _honest(score: float, relation: Relation, later: Claim, earlier: Claim) -> float:
    """The score, but for an opposition within one document no more than :data:`BESIDE`."""
    return min(score, BESIDE) if relation == "opposed" and later.page is earlier.page else score


def _kind(relation: Relation, left: Claim, right: Claim) -> LinkKind | None:
    if relation == "origin":
        quoted = "indirect" not in (left.kind, right.kind)
        return "same words" if quoted and longest_run(left.forms, right.forms)[2] >= QUOTED_RUN else "re-report"
    same = same_actor(left.source, right.source)
    if relation == "alike":
        return "repeats" if same or speaks_for(left.source, right.source) else "agrees"
    if relation == "answers":
        return None if same else "answers"
    if same or speaks_for(left.source, right.source):
        dated = None not in (left.page.day, right.page.day) and left.page.day != right.page.day
        return "changes" if dated else None
    return "denies" if "denies" in (left.act, right.act) else "conflicts"


def _scope(later: Claim, pair: Pair) -> Scope:
    """What is the right proposition, compared with the left one?"""
    if (pair.same or 0.0) >= SURE:
        return "same"
    if _rules_out(later, pair.earlier):
        return "narrower"
    if _rules_out(pair.earlier, later):
        return "broader"
    mine, theirs = pair.comparison.of_later >= WHOLE, pair.comparison.of_earlier >= WHOLE
    if mine and theirs:
        return "same"
    if mine or (pair.narrower or 0.0) >= SURE:
        return "narrower"
    if theirs or (pair.broader or 0.0) >= SURE:
        return "broader"
    return "unclear"


def _rules_out(denial: Claim, other: Claim) -> bool:
    """Does one deny all of a sort ("not any talks") of which the other tells one case (talks in Doha on the grid)?"""
    more = other.names - denial.names or other.numbers
    return denial.stance is False and other.stance is True and not ANY.isdisjoint(denial.forms) and bool(more)


def _same_time(later: Claim, earlier: Claim) -> bool | None:
    days = (later.said_on or later.page.day, earlier.said_on or earlier.page.day)
    if days[0] is None or days[1] is None:
        return None
    return abs(days[0] - days[1]) <= SAME_TIME_DAYS


def _independent(kind: LinkKind, left: Claim, right: Claim) -> bool:
    """Do the two go back to different origins?"""
    if kind in ("same words", "re-report", "repeats", "changes"):
        return False
    return not same_actor(left.source, right.source) and not speaks_for(left.source, right.source)
