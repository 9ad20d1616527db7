"""On what conditions does a statement stand?

A condition is found by its marker ("only if", "unless", "in exchange for"). What the marker joins are two stretches of
one sentence, cut by rule: what must be so (the requirement), and for what. Where a marker also tells mere time
("after", "when", "until"), there is a condition only if what it is for lies ahead, is demanded or is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.position.clauses import DISCOURSE, MARKS
from onrecord.position.tables import word_sets
from onrecord.position.words import Words, is_verb
from onrecord.record.position import Relation

_MARKERS: tuple[tuple[str, Relation], ...] = (
    ("not earlier than when", "after"),
    ("no earlier than when", "after"),
    ("only in exchange for", "in exchange for"),
    ("only in return for", "in exchange for"),
    ("on the condition that", "only if"),
    ("on condition that", "only if"),
    ("in exchange for", "in exchange for"),
    ("in return for", "in exchange for"),
    ("as soon as", "when"),
    ("as long as", "only if"),
    ("so long as", "only if"),
    ("in order to", "only if"),
    ("provided that", "only if"),
    ("providing that", "only if"),
    ("conditional on", "only if"),
    ("conditional upon", "only if"),
    ("contingent on", "only if"),
    ("contingent upon", "only if"),
    ("only provided", "only if"),
    ("only after", "after"),
    ("only once", "after"),
    ("only when", "only if"),
    ("only if", "only if"),
    ("until after", "until"),
    ("prior to", "before"),
    ("provided", "only if"),
    ("unless", "unless"),
    ("without", "not without"),
    ("until", "until"),
    ("till", "until"),
    ("before", "before"),
    ("after", "after"),
    ("once", "after"),
    ("when", "when"),
    ("if", "if"),
)
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], Relation]]] = {}
for _marker, _relation in _MARKERS:
    _parts = tuple(_marker.split())
    _BY_FIRST.setdefault(_parts[0], []).append((_parts, _relation))

_NOT_BEFORE: dict[str, frozenset[str]] = {
    "if": frozenset(
        "even as what ask asked asking asks know knew see wonder wondered unclear or say only sure tell doubt".split()
    ),
    "before": frozenset(
        "even ever never long just shortly soon day week month year days weeks months years hours minutes or".split()
    ),
    "after": frozenset(
        "even long shortly soon day week month year days weeks months years hours minutes named look".split()
    ),
    "until": frozenset({"even"}),
    "when": frozenset("even since ask know say especially not time day moment point period years".split()),
    "once": frozenset("at more than only least just , not for".split()),
    "provided": frozenset("is are was were be been being has have had it he she they not one that which".split()),
    "without": frozenset({"even"}),
}
_POLITE = frozenset({("i", "may"), ("i", "can"), ("i", "could"), ("you", "will"), ("you", "like"), ("you", "please")})
_NOT_AFTER: dict[str, frozenset[str]] = {
    "if": frozenset("not any only so anything that".split()),
    "once": frozenset("again more a every in".split()),
    "before": frozenset(", . the".split()) - {"the", ","},
    "without": frozenset("doubt question exception further delay fail".split()),
    "after": frozenset("all that".split()),
    "provided": frozenset("by to for with in".split()),
}
_AHEAD = frozenset(
    "will 'll wo would 'd shall can could ca cannot may might must should need ready possible impossible "
    "willing".split()
)
_NEGATIVE = frozenset(
    "no not n't never nothing nobody none neither nor cannot impossible unthinkable unacceptable".split()
)
_NECESSARY = frozenset("must should need needs needed require requires required want wants demand demands".split())
_TAKING = frozenset("receive get have see obtain be give given accept to".split())
_PAST = frozenset("was were had did".split())
_PURPOSE = ("in", "order", "to")
_BREAKS = frozenset(";:—–-()[]")
_STOPS = frozenset(".?!…")
_JOINS = frozenset("and but however so then yet nor not or which who because while although as for".split())
_LEADING = frozenset({",", "that", "and", "but", "so"})
_TRIM = MARKS | (DISCOURSE - {"no"}) | frozenset(", . … only even just that first then however".split())
_FINITE = _AHEAD | frozenset("is are was were be have has had do does did 's 're 'm 've".split())
_SUBJECTS = frozenset("i we you he she it they there everyone everybody nobody".split())
_NOBODY = _SUBJECTS | frozenset("him her them me us this that".split())
_BEFORE_PARTICIPLE = frozenset("the a an its his her their our my being been get gets and , not".split())
_QUESTION = frozenset("who what when where why how which".split())
_OPEN = frozenset("possible impossible ready can could cannot not no never".split())
_BACK = frozenset({"would", "could", "'d"})
_WILLED = frozenset("demand recommend insist offer promise agree threaten want intend hope reject".split())
_CLAIMING = frozenset("demand recommend want".split())
"""What a cue does that makes a bare noun in its content lie ahead; and that makes it the price."""


@dataclass(frozen=True, slots=True)
class Found:
    """A condition, as indices of words.

    Attributes:
        relation: How the two hang together.
        what: First and last word of what the requirement is for.
        requirement: First and last word of what is required.
        marker: The words that join them.
    """

    relation: Relation
    what: tuple[int, int]
    requirement: tuple[int, int]
    marker: tuple[int, ...]


def find_conditions(sentence: Sequence[int], words: Words, *, force: str | None) -> Iterator[Found]:
    """Which conditions does one sentence state?

    Args:
        sentence: Indices of its words, as far as they belong to the statement.
        words: The words of the text.
        force: What the cue does, as ``forces.csv`` calls it: what is demanded or offered lies ahead, though it be a
            bare noun ("a truce").
    """
    lower = [words.lower[i] for i in sentence]
    place = 0
    while place < len(lower):
        if lower[place] not in _BY_FIRST:
            place += 1
            continue
        length, relation = _marker_at(lower, place)
        if relation is None:
            place += 1
            continue
        found = _cut(sentence, lower, place, length, relation, force=force)
        if found is not None:
            yield found
        place += length


def _marker_at(lower: Sequence[str], place: int) -> tuple[int, Relation | None]:
    for parts, relation in _BY_FIRST[lower[place]]:
        if tuple(lower[place : place + len(parts)]) != parts:
            continue
        before = lower[place - 1] if place else ""
        after = lower[place + len(parts)] if place + len(parts) < len(lower) else ""
        if lower[place] == "if" and tuple(lower[place + 1 : place + 3]) in _POLITE:
            return 1, None
        if len(parts) == 1 and (before in _NOT_BEFORE.get(parts[0], ()) or after in _NOT_AFTER.get(parts[0], ())):
            return 1, None
        return len(parts), relation
    return 1, None


def _cut(
    sentence: Sequence[int], lower: Sequence[str], place: int, length: int, relation: Relation, *, force: str | None
) -> Found | None:
    begin = _clause_begin(lower, place)
    left = _trimmed(lower, begin, place)
    leads = left is None or (lower[place - 1] in _LEADING and lower[place] != "only")
    after = place + length
    end = _lead_end(lower, after) if leads else _clause_end(lower, after)
    main = _main_after(lower, end) if leads else _main_before(lower, *left) if left else None
    if leads and main is None and left is not None:
        leads, end, main = False, _clause_end(lower, after), _main_before(lower, *left)
    if relation == "not without" and main is not None and not leads and _FINITE.isdisjoint(lower[slice(*main)]):
        end = next((k for k in range(after + 1, end) if lower[k] in _FINITE), end)
    other = _trimmed(lower, after, end)
    if main is None or other is None:
        return None
    if tuple(lower[place:after]) == _PURPOSE:
        needed = _needed(lower, main)
        sides = (other, needed) if needed else None
    else:
        sides = _sides(lower, relation, main, other, force=force)
    if sides is None:
        return None
    what, requirement = sides
    return Found(
        relation=relation,
        what=(sentence[what[0]], sentence[what[1] - 1]),
        requirement=(sentence[requirement[0]], sentence[requirement[1] - 1]),
        marker=tuple(sentence[place:after]),
    )


def _clause_begin(lower: Sequence[str], place: int) -> int:
    begin = place
    while begin > 0 and lower[begin - 1] not in _BREAKS:
        if lower[begin - 1] == "," and begin < place - 1 and lower[begin] in {"but", "however", "so", "and"}:
            break
        begin -= 1
    return begin


def _clause_end(lower: Sequence[str], after: int) -> int:
    """Where does a clause that stands behind its main clause end?"""
    end = after
    while end < len(lower) and lower[end] not in _BREAKS and lower[end] not in _STOPS:
        if lower[end] == "," and end > after and (end + 1 == len(lower) or lower[end + 1] in _JOINS):
            break
        end += 1
    return end


def _lead_end(lower: Sequence[str], after: int) -> int:
    """Where does a clause that stands before its main clause end? At the comma after which that one begins."""
    stop = _sentence_end(lower, after)
    commas = [k for k in range(after + 1, stop) if lower[k] == ","]
    for comma, following in pairwise([*commas, stop]):
        if _is_clause(lower, comma + 1, following):
            return comma
    # "If the talks fail we will leave", "Without names there is …": no comma, but a subject further on.
    verb = next((k for k in range(after, stop) if lower[k] in _FINITE), after)
    second = next((k for k in range(verb + 1, stop) if lower[k] in _SUBJECTS), None)
    if second is None:
        second = next((k for k in range(after + 1, stop) if lower[k] in _SUBJECTS), None)
    return second if second is not None else commas[0] if commas else stop


def _sentence_end(lower: Sequence[str], after: int) -> int:
    return next((k for k in range(after, len(lower)) if lower[k] in _BREAKS or lower[k] in _STOPS), len(lower))


def _is_clause(lower: Sequence[str], begin: int, end: int) -> bool:
    words = [w for w in lower[begin:end] if w not in _TRIM]
    return bool(words) and (words[0] in _SUBJECTS or not _FINITE.isdisjoint(words))


def _main_after(lower: Sequence[str], end: int) -> tuple[int, int] | None:
    """The main clause that follows a clause in front of it."""
    dots = end < len(lower) and lower[end] in {".", "…"}
    begin = end + 1
    while dots and begin < len(lower) and lower[begin] in {".", "…"}:
        begin += 1
    if end >= len(lower) or (dots and begin < end + 3 and lower[end] != "…"):
        return None
    if lower[end] in _SUBJECTS:
        begin = end
    elif lower[end] != "," and not dots:
        return None
    stop = begin
    while stop < len(lower) and lower[stop] not in _BREAKS and lower[stop] not in _STOPS:
        if lower[stop] == "," and stop + 1 < len(lower) and lower[stop + 1] in _JOINS and stop - begin > 3:
            break
        stop += 1
    return _trimmed(lower, begin, stop)


def _main_before(lower: Sequence[str], begin: int, end: int) -> tuple[int, int] | None:
    """The main clause before a marker, without clauses that stand before it in turn."""
    for k in range(end - 2, begin, -1):
        if lower[k - 1] in {",", "and", "think", "believe"} and lower[k] in _SUBJECTS and _is_clause(lower, k, end):
            return _trimmed(lower, k, end)
    return _trimmed(lower, begin, end)


def _trimmed(lower: Sequence[str], begin: int, end: int) -> tuple[int, int] | None:
    while begin < end and (lower[begin] in _TRIM or (lower[begin] == "no" and lower[begin + 1 : begin + 2] == [","])):
        begin += 1
    while begin < end and (lower[end - 1] in _TRIM or lower[end - 2 : end] == ["in", "principle"]):
        end -= 2 if lower[end - 1] == "principle" else 1
    return (begin, end) if begin < end else None


def _sides(
    lower: Sequence[str], relation: Relation, main: tuple[int, int], other: tuple[int, int], *, force: str | None
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Which of the two stretches is required, and for which? None if the marker joins them by time alone."""
    said, told = lower[slice(*main)], lower[slice(*other)]
    bare = force in _WILLED and _FINITE.isdisjoint(said)
    if relation == "in exchange for":
        return (other, main) if bare and force in _CLAIMING else (main, other)
    if relation in ("if", "unless"):
        return main, other
    if _is_time(told) or (len(told) == 1 and told[0] in _NOBODY):
        return None
    negative = not _NEGATIVE.isdisjoint(said)
    if relation == "not without":
        judged = _FINITE.isdisjoint(said) and lower[other[1] : other[1] + 1] != [] and lower[other[1]] in _FINITE
        return (main, other) if negative or (judged and main[0] <= 1) else None
    if relation == "until":
        return (main, other) if negative else _waited_for(lower, other) if "wait" in said else None
    if relation == "before":
        if negative or (bare and force == "reject"):
            return main, other
        needed = _needed(lower, main)
        if needed is not None:
            return other, needed
        return (other, main) if bare and force in _CLAIMING else None
    if relation == "only if":
        return main, other
    past = _is_past(told) and _BACK.isdisjoint(said)
    return (main, other) if not past and (bare or _lies_ahead(relation, said, told)) else None


def _lies_ahead(relation: Relation, said: Sequence[str], told: Sequence[str]) -> bool:
    if said[0] in _QUESTION:
        return False
    if relation == "when":
        passive = not {"is", "are"}.isdisjoint(told) and said[0] in {"i", "we"} and _PAST.isdisjoint(said)
        return "believe" not in said and (passive or not _AHEAD.isdisjoint(said))
    if _FINITE.isdisjoint(told) and not any(w.endswith("s") and is_verb(w[:-1]) for w in told):
        return not _OPEN.isdisjoint(said)
    return not _AHEAD.isdisjoint(said)


def _needed(lower: Sequence[str], main: tuple[int, int]) -> tuple[int, int] | None:
    for at in range(*main):
        if lower[at] in _NECESSARY:
            begin = at + 1
            while begin < main[1] and lower[begin] in _TAKING:
                begin += 1
            return (begin, main[1]) if begin < main[1] else None
    return None


def _waited_for(lower: Sequence[str], other: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """In "wait until after the vote to decide": what the waiting is for, and what is waited for."""
    begin, end = other
    end = next((k for k in range(begin + 1, end) if lower[k] in _JOINS), end)
    cut = next((k for k in range(begin + 1, end) if lower[k] in {"before", "to"}), None)
    return None if cut is None else ((cut + 1 if lower[cut] == "before" else cut, end), (begin, cut))


def _is_past(told: Sequence[str]) -> bool:
    if not _PAST.isdisjoint(told):
        return True
    return any(
        word.endswith("ed") and before not in _FINITE and before not in _BEFORE_PARTICIPLE and not before.endswith("ly")
        for before, word in pairwise(told)
    )


def _is_time(told: Sequence[str]) -> bool:
    return len(told) <= 6 and all(w in word_sets()["time"] or w[:1].isdigit() for w in told)
