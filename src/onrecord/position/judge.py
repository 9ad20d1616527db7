"""What does a statement do, and how far does its source commit to it? By rules over the facts seen in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.position.content import by_content
from onrecord.position.facts import NEUTRAL, Facts
from onrecord.record.position import Act, Certainty, Polarity

_ACTS: dict[str, Act] = {
    "deny": "denies",
    "no comment": "declines",
    "not rule out": "believes",
    "suppose": "believes",
    "call into doubt": "criticises",
    "apologise": "asserts",
    "confirm": "confirms",
    "demand": "demands",
    "recommend": "demands",
    "insist": "demands",
    "offer": "offers",
    "threaten": "threatens",
    "predict": "predicts",
    "doubt": "believes",
    "fear": "believes",
    "hope": "intends",
    "intend": "intends",
    "praise": "praises",
    "criticise": "criticises",
}
_WANTED = frozenset(
    {"shape infinitive", "shape subjunctive", "shape object", "shape noun", "condition", "1 must", "1 bare"}
)
"""What to insist on, to demand it; to insist that something is so is to say it."""
_UNDONE = frozenset({"confirm", "demand", "promise", "offer", "recommend", "agree", "praise", "ask", "weigh"})
_TURNED = frozenset({"believe", "want", "intend", "hope", "find", "estimate", "predict", "hearsay", "fear"})
"""Attitudes: "does not want P" is about not P. To leave other acts undone is to decline."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one statement.

    Attributes:
        act: What it does.
        polarity: That of its content's main proposition.
        certainty: How far the source commits to it.
        by: The facts that decide the act.
        also: The facts that make it negative, or less than certain.
    """

    act: Act
    polarity: Polarity
    certainty: Certainty
    by: tuple[str, ...]
    also: tuple[str, ...]


def judge(facts: Facts, force: str | None) -> Judgement:
    """What does the statement do of which `facts` hold, if its cue has the force `force`?"""
    act, by = _act(facts, force)
    polarity, turned = _polarity(facts, force, act, by)
    certainty, hedged = _certainty(facts, force, act)
    return Judgement(act, polarity, certainty, by, (*turned, *hedged))


def _act(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]]:
    if force is None or force in NEUTRAL:
        return by_content(facts, force)
    by = (f"cue {force}",)
    if "cue not" in facts:
        if force in {"deny", "dismiss", "reject"}:
            return "agrees", ("cue not", *by)
        if force in _UNDONE:
            return "declines", ("cue not", *by)
    if force == "insist" and not facts.keys() & _WANTED:
        return by_content(facts, force)
    special = _SPECIAL.get(force)
    return (special(facts) if special is not None else _ACTS[force]), by


def _ask(facts: Facts) -> Act:
    if facts.keys() & {"1 order", "1 urge"} and "form indirect" not in facts:
        return "demands"
    if facts.keys() & {"source none", "question word", "asks last", "also ask", "matter"}:
        return "asks"
    return "demands" if facts.keys() & {"shape infinitive", "shape noun", "shape object", "cue word to"} else "asks"


def _agree(facts: Facts) -> Act:
    promised = facts.keys() & {"shape infinitive", "1 would", "1 will"}
    return "promises" if promised and "lemma agree" in facts else "agrees"


def _warn(facts: Facts) -> Act:
    own = {f"1 {modal} of {who}" for modal in ("will", "would") for who in ("us", "them", "body", "source", "theirs")}
    return "threatens" if facts.keys() & own and "1 threat" in facts else "warns"


def _want(facts: Facts) -> Act:
    return "demands" if "shape object" in facts else "intends"


def _promise(facts: Facts) -> Act:
    told = facts.keys() & {"lemma assure", "lemma reassure"}
    return "asserts" if told and not facts.keys() & {"1 will", "1 would", "shape infinitive"} else "promises"


def _weigh(facts: Facts) -> Act:
    held = "lemma consider" in facts and "cue progressive" not in facts and "shape gerund" not in facts
    return "believes" if "1 as" in facts or held else "intends"


def _estimate(facts: Facts) -> Act:
    return "predicts" if facts.keys() & {"1 will", "1 would", "1 future time"} else "asserts"


def _dismiss(facts: Facts) -> Act:
    return "declines" if "1 proposal noun" in facts and "1 claim noun" not in facts else "denies"


def _reject(facts: Facts) -> Act:
    return "denies" if "1 claim noun" in facts and "shape infinitive" not in facts else "declines"


def _believe(facts: Facts) -> Act:
    if "lemma see" in facts and facts.keys() & {"1 future time", "1 will"}:
        return "predicts"
    return "asserts" if "source none" in facts and "lemma know" in facts else "believes"


_SPECIAL: dict[str, Callable[[Facts], Act]] = {
    "ask": _ask,
    "agree": _agree,
    "warn": _warn,
    "want": _want,
    "promise": _promise,
    "weigh": _weigh,
    "estimate": _estimate,
    "dismiss": _dismiss,
    "reject": _reject,
    "believe": _believe,
}


def _polarity(facts: Facts, force: str | None, act: Act, by: tuple[str, ...]) -> tuple[Polarity, tuple[str, ...]]:
    by_cue = force is not None and force not in NEUTRAL
    if act in ("asks", "declines", "denies") or (act == "criticises" and by_cue):
        return "positive", ()
    where = "2 not" if by and by[0].startswith("2 ") else "1 not"
    names = [name for name in (where, "cue not") if name in facts and (name == where or force in _TURNED)]
    turns = len(names) + (force == "doubt")
    return ("negative", tuple(names)) if turns % 2 else ("positive", ())


_CERTAIN = frozenset({"declines", "denies", "criticises", "praises", "demands", "threatens", "promises"})
_UNSURE = frozenset({"predict", "estimate", "suppose"})
_HEDGES = ("1 likely", "1 we believe", "source unsure", "also hearsay")


def _certainty(facts: Facts, force: str | None, act: Act) -> tuple[Certainty, tuple[str, ...]]:
    if act in _CERTAIN:
        return "certain", ()
    if "1 may" in facts:
        return "possible", ("1 may",)
    cue = (f"cue {force}",)
    if force == "not rule out" or (force == "weigh" and act == "intends"):
        return "possible", cue
    if act == "warns":
        return "certain", ()
    hedges = tuple(name for name in _HEDGES if name in facts)
    if hedges:
        return "probable", hedges
    hearsay = force == "hearsay" and bool(facts.keys() & {"source none", "cue adverb"})
    return ("probable", cue) if hearsay or force in _UNSURE or _opines(facts) else ("certain", ())


def _opines(facts: Facts) -> bool:
    """Does the speaker say "I think", which is less than to say it?"""
    said = {"lemma think", "lemma believe", "lemma feel", "lemma guess"}
    return "source first person" in facts and bool(facts.keys() & said)
