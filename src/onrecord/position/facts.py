"""What is to be seen in a statement that tells what it does? Named facts, each with the words that show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import TypeAlias

from onrecord.position.clauses import AUXILIARIES, Clause, read_clause
from onrecord.position.frame import Frame
from onrecord.position.lexicon import Hit, forces, rank, signs
from onrecord.position.negation import negators_of
from onrecord.position.tables import word_sets
from onrecord.position.words import Words

Facts: TypeAlias = Mapping[str, tuple[int, ...]]
_Fact: TypeAlias = tuple[str, tuple[int, ...]]

NEUTRAL = frozenset({"say", "stress", "claim", "find", "relay", "hearsay", "suggest", "describe"})
"""Forces that leave it to the content what is done."""
OPINION = frozenset({"believe", "suppose", "doubt", "hope", "fear"})
"""Forces that tell how firmly something is said, where the speaker speaks of himself."""
_NEGATORS = frozenset("not n't never no neither nor cannot without nobody none".split())
_PREDICATED = frozenset({"must", "ready", "praise", "blame", "false", "impossible", "may", "we agree"})
"""Signs that count only in the predicate: "the plan is bad", but "bad weather came"."""
_VALUES = frozenset({"praise", "blame"})
_BESIDE = frozenset({"praise", "blame", "danger", "threat", "ready", "may", "future time"})
_MODAL = {"'ll": "will", "wo": "will", "'d": "would", "ca": "can", "cannot": "can"}
_REACH = 4


def force_of(frame: Frame, words: Words) -> tuple[Hit | None, tuple[Hit, ...]]:
    """What does the cue do, above all and besides? None if no list knows it."""
    cue = set(frame.cue)
    hits = [hit for hit in forces().find(words, [*frame.cue, *frame.lead]) if hit.at[0] in cue]
    hits = [hit for hit in hits if not any(set(hit.at) < set(longer.at) for longer in hits)]
    if not hits:
        return None, ()
    joined = [i for i in frame.cue if words.lower[i] in {"and", "but"}]
    # "warned them and asked": the last verb is the one that has the content.
    near = [hit for hit in hits if not joined or hit.at[0] > joined[-1]] or hits
    first = min(near, key=lambda hit: (rank(hit.kind), -len(hit.at)))
    return first, tuple(hit for hit in hits if hit is not first)


def facts_of(
    frame: Frame, words: Words, *, kind: str, nested: bool, conditions: Sequence[str], inner: Set[int] = frozenset()
) -> Facts:
    """Which facts hold of the statement, and by which words?

    Args:
        frame: Its parts.
        words: The words of the text.
        kind: Its form: direct, indirect or mixed.
        nested: Whether it stands within another statement.
        conditions: The relations of its conditions.
        inner: Indices of the words that belong to statements within it: what those do, it does not do.
    """
    found: dict[str, tuple[int, ...]] = {}
    for name, at in _facts(frame, words, kind, nested, conditions, inner):
        # Whoever relays a denial speaks of the negative as well.
        if inner.isdisjoint(at) or name.endswith(" not"):
            found.setdefault(name, at)
    return found


def _facts(
    frame: Frame, words: Words, kind: str, nested: bool, conditions: Sequence[str], inner: Set[int]
) -> Iterator[_Fact]:
    yield from _cue_facts(frame, words)
    yield f"form {kind}", ()
    if nested:
        yield "nested", ()
    if inner:
        yield "holds another", ()
    yield from _source_facts(frame, words)
    for relation in conditions:
        yield "condition", ()
        yield f"condition {relation}", ()
    if not frame.content:
        return
    clauses = [read_clause(sentence, words) for sentence in frame.content]
    yield f"shape {clauses[0].shape}", ()
    if clauses[0].shape in {"noun", "infinitive"}:
        head = next((h for h in forces().find(words, clauses[0].words[:6]) if h.kind not in NEUTRAL), None)
        if head is not None:
            yield f"head {head.kind}", head.at
    for place, (clause, sentence) in enumerate(zip(clauses, frame.content, strict=True)):
        where = min(place + 1, 2)
        for fact, at in _clause_facts(clause, sentence, frame, words):
            yield f"{where} {fact}", at
    yield from _asking_facts(frame, words)
    length = sum(map(len, frame.content))
    yield f"sentences {min(len(frame.content), 4)}", ()
    yield "length " + ("short" if length < 10 else "middle" if length < 90 else "long"), ()


def _cue_facts(frame: Frame, words: Words) -> Iterator[_Fact]:
    force, others = force_of(frame, words)
    lower = [words.lower[i] for i in frame.cue]
    if force is None:
        yield "cue none", ()
        yield "cue " + ("empty" if not lower else "unknown" if any(w.isalpha() for w in lower) else "mark"), ()
    else:
        yield f"cue {force.kind}", force.at
        yield f"lemma {force.phrase}", force.at
        said = {*force.at, *frame.source[1:]}
        negators = tuple(i for i in (*frame.source[:1], *frame.cue) if words.lower[i] in _NEGATORS and i not in said)
        negators = tuple(i for i in negators if i <= force.at[-1])
        if negators and said.isdisjoint(i for i in frame.cue if words.lower[i] in {"not", "n't"}):
            yield "cue not", negators
        if words.lower[force.at[0]].endswith("ly") or words.lemmas[force.at[0]] in {"seem", "appear"}:
            yield "cue adverb", force.at[:1]
        if words.lower[force.at[0]].endswith("ing"):
            yield "cue progressive", force.at[:1]
        for hit in others:
            yield f"also {hit.kind}", hit.at
    for word in ("would", "will", "to", "could", "may", "might"):
        if word in lower:
            yield f"cue word {word}", (frame.cue[lower.index(word)],)


def _source_facts(frame: Frame, words: Words) -> Iterator[_Fact]:
    lower = {words.lower[i] for i in frame.source}
    unsure = tuple(i for i in (*frame.source, *frame.cue) if words.lower[i] in word_sets()["unsure"])
    if unsure:
        yield "source unsure", unsure
    for name in ("official", "expert", "unnamed", "first person", "body"):
        if not lower.isdisjoint(word_sets()[name]):
            yield f"source {name}", ()
    if not lower:
        yield "source none", ()


def _asking_facts(frame: Frame, words: Words) -> Iterator[_Fact]:
    first = next((i for i in frame.content[0] if words.lower[i].isalpha()), None)
    if first is not None and words.lower[first] in word_sets()["question"]:
        yield "question word", (first,)
    if first is not None and words.lower[first] == "about":
        yield "matter", (first,)
    marks = tuple(part[-1] for part, asked in zip(frame.content, frame.asked, strict=True) if asked)
    if frame.asked[-1]:
        yield "asks last", marks
    if all(frame.asked):
        yield "asks all", marks
    elif marks:
        yield "asks some", marks


def _clause_facts(clause: Clause, sentence: Sequence[int], frame: Frame, words: Words) -> Iterator[_Fact]:
    who = _subject_class(clause, frame, words)
    hits = list(signs().find(words, clause.words))
    negators = negators_of(clause, hits, words)
    if negators:
        yield "not", negators
    if clause.subject:
        yield f"of {who}", ()
    if clause.modal:
        modal = _MODAL.get(clause.modal, clause.modal)
        at = tuple(i for i in clause.words if words.lower[i] == clause.modal)[:1]
        yield modal, at
        yield f"{modal} of {who}", at
        if negators:
            yield f"{modal} not", (*at, *negators)
    if clause.verb is not None and words.lemmas[clause.verb] in word_sets()["stative"]:
        yield "stative", (clause.verb,)
    if clause.shape == "order":
        yield "order", clause.words[:1]
    if not any(words.lower[i] in AUXILIARIES for i in clause.words) and not _is_past(clause, words):
        yield "bare", ()
    if clause.shape == "noun" and any(words.lower[i] == "as" for i in clause.words[1:]):
        yield "as", ()
    for hit in hits:
        if hit.kind not in {"negator", "no negator"}:
            yield hit.kind if _in_predicate(hit, clause, words) else f"beside {hit.kind}", hit.at
    main = set(clause.words)
    for hit in signs().find(words, [i for i in sentence if i not in main]):
        if hit.kind in _BESIDE:
            yield f"beside {hit.kind}", hit.at


def _in_predicate(hit: Hit, clause: Clause, words: Words) -> bool:
    """Is the sign what the clause says, and not something that it mentions on the way?"""
    if hit.kind == "threat":
        return clause.verb in hit.at
    if hit.kind in _VALUES:
        return _is_said(hit, clause, words)
    if hit.kind == "must" and _is_idle(hit, clause, words):
        return False
    reach = clause.words[len(clause.subject) :][:_REACH]
    return hit.kind not in _PREDICATED or not set(reach).isdisjoint(hit.at)


def _is_idle(hit: Hit, clause: Clause, words: Words) -> bool:
    """Does "must" demand nothing, as in "had to", "I must say", "need not"?"""
    lower = words.lower[hit.at[0]]
    said = clause.verb is not None and words.lemmas[clause.verb] in {"say", "tell", "ask", "admit"}
    speaks = bool({words.lower[i] for i in clause.subject} & {"i", "we"})
    waived = words.lemmas[hit.at[0]] in {"have", "need"} and any(words.lemmas[i] == "not" for i in clause.words)
    return lower in {"had", "needed"} or (said and speaks) or waived


def _is_past(clause: Clause, words: Words) -> bool:
    if clause.verb is None:
        return False
    word = words.lower[clause.verb]
    return word.endswith("ed") or (word != words.lemmas[clause.verb] and not word.endswith(("s", "ing")))


def _is_said(hit: Hit, clause: Clause, words: Words) -> bool:
    """Is the value said of something, as in "the plan is a disaster", or on its own, as in "a disaster"?"""
    if clause.shape == "noun" or clause.verb in hit.at:
        return True
    predicate = clause.words[len(clause.subject) :]
    linked = any(words.lemmas[i] in {"be", "'s", "seem", "look", "become"} for i in predicate[:_REACH])
    return linked and hit.at[0] in predicate


def _subject_class(clause: Clause, frame: Frame, words: Words) -> str:
    lower = [words.lower[i] for i in clause.subject]
    if not lower:
        return "nobody"
    if not {"i", "we"}.isdisjoint(lower):
        return "us"
    first = {"he": "them", "she": "them", "they": "them", "it": "it", "you": "you", "there": "there", "this": "there"}
    if lower[0] in first:
        return first[lower[0]]
    if lower[0] in {"his", "her", "its", "their", "our", "my"}:
        return "theirs"
    source = {words.lower[i] for i in frame.source if len(words.lower[i]) > 3}
    if not source.isdisjoint(lower):
        return "source"
    return "body" if lower[-1] in word_sets()["body"] else "other"
