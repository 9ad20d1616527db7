"""What does a statement do whose cue leaves that open ("said", a colon)? By rules over the facts of its content."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.position.facts import Facts
from onrecord.record.position import Act

_OWN = ("us", "them", "body", "source", "theirs")
_WILLED = ("will", "would")
_PERFORMED: tuple[tuple[str, Act], ...] = (
    ("we reject", "declines"),
    ("we deny", "denies"),
    ("urge", "demands"),
    ("we condemn", "criticises"),
    ("we thank", "praises"),
    ("we promise", "promises"),
    ("we warn", "warns"),
    ("we offer", "offers"),
    ("we confirm", "confirms"),
    ("we agree", "agrees"),
)
_HEADS: dict[str, Act] = {
    "demand": "demands",
    "recommend": "demands",
    "offer": "offers",
    "promise": "promises",
    "threaten": "threatens",
    "praise": "praises",
    "criticise": "criticises",
    "deny": "denies",
    "reject": "declines",
    "warn": "warns",
    "fear": "believes",
}


def by_content(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]]:
    """What is done by saying it, and which facts decide? The first rule that fits.

    Args:
        facts: What is seen in the statement.
        force: What its cue does, one of those that leave it to the content; None if no list knows the cue.
    """
    for rule in _RULES:
        found = rule(facts, force)
        if found is not None:
            act, names = found
            return act, tuple(name for name in names if name in facts)
    return "asserts", (f"cue {force}",) if force else ()


def _asked(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]] | None:
    loose = facts.keys() & {"cue empty", "cue mark"} and "asks last" in facts and "length long" not in facts
    return ("asks", ("asks all", "asks last")) if "asks all" in facts or loose else None


def _undone(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]] | None:
    # "has not said why": what was asked for is not given.
    undone = "cue not" in facts and force in {"say", "stress", "claim", "relay", "suggest", "describe"}
    return ("declines", ("cue not", f"cue {force}")) if undone else None


def _told(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]] | None:
    if "shape infinitive" in facts and "lemma swear" in facts:
        return "promises", ("lemma swear",)
    told = facts.keys() & {"shape infinitive", "shape object"} and "lemma tell" in facts
    return ("demands", ("lemma tell", "cue word to")) if told else None


def _named(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]] | None:
    if force != "describe":
        return None
    if facts.keys() & {"1 false", "1 beside false"}:
        return "denies", ("1 false", "1 beside false", "cue describe")
    praise, blame = (_any(facts, sign, "1", "2", "1 beside") for sign in ("praise", "blame"))
    if praise and not blame:
        return "praises", (*praise, "cue describe")
    return ("criticises", (*blame, "cue describe")) if blame or "form mixed" in facts else None


def _headed(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]] | None:
    for head, act in _HEADS.items():
        if f"head {head}" in facts:
            return act, (f"head {head}",)
    return None


def _performed(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]] | None:
    for place in ("1", "2"):
        for sign, act in _PERFORMED:
            if f"{place} {sign}" in facts:
                return act, (f"{place} {sign}",)
    return None


def _conditional(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]] | None:
    if "condition" not in facts or "length long" in facts:
        return None
    modal = facts.keys() & {"1 will", "1 would"}
    own = _own(facts)
    threat = modal and ("1 threat" in facts or ("1 will not" in facts and not own))
    if threat and facts.keys() & {"condition if", "condition unless"}:
        return "threatens", ("1 threat", "1 will", "1 would")
    if "condition unless" in facts or facts.keys() & {"condition not without", "condition until"}:
        return "demands", ("1 not", "1 impossible", "1 must")
    if facts.keys() & {"condition only if", "condition before", "condition when"} and not facts.keys() & {
        "1 may",
        "1 of us",
    }:
        return ("demands", ("1 not", "1 must")) if "1 not" not in facts or "condition only if" in facts else None
    could = any(f"1 could of {one}" in facts for one in _OWN)
    ready = facts.keys() & {"1 ready", "1 we offer"} or own or could or (modal and "form indirect" in facts)
    if ready and facts.keys() & {"condition if", "condition after", "condition in exchange for"}:
        return "offers", ("1 ready", "1 we offer", "1 will", "1 would")
    return None


def _false(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]] | None:
    return ("denies", ("1 false",)) if "1 false" in facts else None


def _needed(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]] | None:
    if "1 order" in facts and "form indirect" not in facts:
        return "demands", ("1 order",)
    if "1 must" in facts:
        return "demands", ("1 must",)
    if "length long" in facts or "form indirect" in facts:
        return None
    if "2 must" in facts and facts.keys() & {"2 of us", "2 must of us", "2 should of us"}:
        return "demands", ("2 must",)
    return ("demands", ("2 order",)) if "2 order" in facts and "length short" not in facts else None


def _ahead(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]] | None:
    for modal in ("1 will", "1 would"):
        if modal in facts:
            if not _own(facts):
                return ("predicts", (modal,)) if modal == "1 will" or "form indirect" in facts else None
            return ("threatens", ("1 threat", modal)) if "1 threat" in facts else ("promises", (modal,))
    if "1 may" in facts and facts.keys() & {"1 future time", "1 beside future time"}:
        return "predicts", ("1 may", "1 future time", "1 beside future time")
    return None


def _ready(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]] | None:
    return ("offers", ("1 ready",)) if "1 ready" in facts else None


def _valued(facts: Facts, force: str | None) -> tuple[Act, tuple[str, ...]] | None:
    if "length long" in facts or (_own(facts) and "1 of theirs" not in facts):
        return None
    praise, blame = (_any(facts, sign, "1", "2") for sign in ("praise", "blame"))
    if blame:
        return "criticises", blame
    return ("praises", praise) if praise and "form indirect" not in facts else None


def _any(facts: Facts, sign: str, *places: str) -> tuple[str, ...]:
    return tuple(name for name in (f"{place} {sign}" for place in places) if name in facts)


def _own(facts: Facts) -> bool:
    if facts.keys() & {"source expert", "1 stative"}:
        return False
    if "form direct" in facts:
        return any(f"1 {modal} of us" in facts for modal in _WILLED)
    who = (*_OWN, "it") if facts.keys() & {"cue stress", "source body"} else _OWN
    return any(f"1 {modal} of {one}" in facts for modal in _WILLED for one in who)


_RULES: tuple[Callable[[Facts, str | None], tuple[Act, tuple[str, ...]] | None], ...] = (
    _asked,
    _undone,
    _told,
    _named,
    _headed,
    _performed,
    _conditional,
    _false,
    _needed,
    _valued,
    _ahead,
    _ready,
)
