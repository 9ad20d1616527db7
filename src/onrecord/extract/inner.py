"""Statements inside quoted words: told from the tagger's second level, kept to the shape that such statements have.

An inner statement has a cue and one stretch of content beside it. Without marks of its own the content ends with its
sentence; with marks of its own it ends where they close. What the speaker does by saying it ("I say …", "I know …",
"we ask …") is the act of the outer statement and no statement of its own (codebook, case 6); what was never said is
none either (case 13).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from onrecord.extract.found import Found
from onrecord.extract.layout import B_CONTENT, B_CUE, B_SOURCE, I_CONTENT, I_CUE, I_SOURCE, OUTSIDE
from onrecord.extract.link import Linker, Pull, level_scores, stretches_of
from onrecord.extract.section import Int64, Section
from onrecord.extract.tags import Stretch

_NEVER = -1e4
_NEAR = 2
"""Words that may lie between two stretches of one content: a mark and a stop."""
_OPENING, _CLOSING = frozenset("“‘„«'\"`"), frozenset("”’“»'\"''")
_STOPS = frozenset(".?!…")
_LEFT_OVER = frozenset("and but or so which while because although though as if ; , : - – — .".split())
_CONJUNCTIONS = frozenset({"that", "whether", "if", "to"})
_SPEAKER = frozenset({"i", "we"})
_ACT = re.compile(
    r"(?:(?:do|just|also|really|all|only|can|must|will|would|would like to|want to|wanted to|have to|’d like to) )*"
    r"(?:know|mean|say|tell|ask|repeat|mention|add|note|stress|emphasi[sz]e|urge|call|thank|congratulate|answer|advise)"
    r"\b.*"
)
_UNSAID = re.compile(
    r"(?:.* )?(?:never|not|[’'] t)(?: \w+ly)? "
    r"(?:say|said|tell|told|call|called|ask|asked|promise|promised|threaten|threatened|claim|claimed)\b.*"
)


def inner_statements(section: Section, pull: Pull, outer: Sequence[Found]) -> list[Found]:
    """The statements inside `outer`: those found there already (of level 1), and those of the tagger's second level.

    What is told rather than quoted is left to :mod:`onrecord.extract.again`.
    """
    owner = np.full(len(section.place), -1)
    for number, item in enumerate(outer):
        if not item.level and (item.spoken or item.own >= 0.5):
            for part in item.content:
                owner[part.start : part.end] = number
    found = [replace(item, evidence={**item.evidence, "inner": 1.0}) for item in outer if item.level]
    for item in _second_level(section, pull, owner):
        if not any(item.cue is not None and f.cue is not None and _overlap(item.cue, f.cue) for f in found):
            found.append(item)
    return [shaped for item in found if (shaped := _shaped(item, section.forms.words)) is not None]


def _second_level(section: Section, pull: Pull, owner: Int64) -> list[Found]:
    scores = level_scores(section, 1)
    allowed = scores.copy()
    allowed[:, [B_SOURCE, I_SOURCE, B_CUE, I_CUE]] += pull.tuning.inner
    allowed[:, [B_CONTENT, I_CONTENT]] += pull.tuning.inner_content
    allowed[owner < 0] = _NEVER
    allowed[owner < 0, OUTSIDE] = 0.0
    first = section.first.copy()
    first[1:] |= owner[1:] != owner[:-1]
    return Linker(section, pull, 1, scores, stretches_of(allowed, first), owner).link()


def _shaped(item: Found, words: Sequence[str]) -> Found | None:
    """`item` in the shape of an inner statement, or None if it is none."""
    cue = item.cue
    if cue is None or _is_act(item, words):
        return None
    parts = _beside(item.content, cue, words)
    begin, end = parts[0].start, parts[-1].end
    content = Stretch(begin, _end(words, begin, end))
    while content.end > content.start and _is_left_over(content, words):
        content = Stretch(content.start, content.end - 1)
    if not any(word[0].isalnum() for word in words[content.start : content.end]) or _is_bare_to(content, words):
        return None
    return replace(item, content=(content,))


def _is_left_over(content: Stretch, words: Sequence[str]) -> bool:
    """Does its last word belong to what comes after, or close the quotation around it?"""
    last, inside = words[content.end - 1], words[content.start : content.end - 1]
    closes = last in _CLOSING and (inside.count(last) % 2 == 0 if last in _OPENING else _OPENING.isdisjoint(inside))
    return closes or last.casefold() in _LEFT_OVER


def _is_bare_to(content: Stretch, words: Sequence[str]) -> bool:
    """Is what was wanted left out? "Even if they do not want to, …"."""
    following = content.start + 1
    return words[content.start].casefold() == "to" and (following == len(words) or not words[following][0].isalnum())


def _is_act(item: Found, words: Sequence[str]) -> bool:
    """Is it said by the speaker of the outer statement, here and now, or never?"""
    if item.source is None or item.cue is None:
        return False
    who = [w.casefold() for w in words[item.source.start : item.source.end] if w[0].isalnum()]
    cue = " ".join(words[item.cue.start : item.cue.end]).casefold()
    if _UNSAID.fullmatch(cue):
        return True
    return bool(who) and who[0] in _SPEAKER and _ACT.fullmatch(cue) is not None


def _beside(parts: Sequence[Stretch], cue: Stretch, words: Sequence[str]) -> list[Stretch]:
    """The stretch that stands nearest to the cue, with those that go on from it."""
    nearest = min(parts, key=lambda p: p.start - cue.end if p.start >= cue.end else cue.start - p.end)
    out = [nearest]
    for part in parts[parts.index(nearest) + 1 :]:
        opened = all(word in _CONJUNCTIONS for word in words[nearest.start : out[-1].end])
        if part.start - out[-1].end > _NEAR and not opened:
            break
        out.append(part)
    for part in reversed(parts[: parts.index(nearest)]):
        if out[0].start - part.end > _NEAR:
            break
        out.insert(0, part)
    return out


def _end(words: Sequence[str], begin: int, end: int) -> int:
    """Where does a content that begins at `begin` end, at the latest at `end`?"""
    while begin < end and not words[begin][0].isalnum() and words[begin] not in _OPENING:
        begin += 1
    marked = begin < end and words[begin] in _OPENING
    for k in range(begin + 1, end):
        if marked and words[k] in _CLOSING:
            return k + 1
        if not marked and words[k][0] in _STOPS and (k + 1 == end or words[k + 1][0].isupper()):
            return k if words[k] == "." else k + 1
    return end


def _overlap(a: Stretch, b: Stretch) -> bool:
    return a.start < b.end and b.start < a.end
