"""In what respects are two statements alike, and in what opposed?"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise
from math import log1p
from typing import NamedTuple

from onrecord.connect.claim import Claim, Page, Source
from onrecord.connect.words import Number

LONGEST_RUN = 12
QUOTED_RUN = 4
"""Words in a row that two statements share, if they give the same words."""

FEW_WORDS = 2
_DENYING = frozenset({"denies", "declines"})
_REJECTING = frozenset({"denies", "declines", "criticises"})
_CONSENTING = frozenset({"agrees", "confirms", "praises"})
_ASKING = frozenset({"demands", "offers", "asks", "promises", "threatens", "intends"})
_SAME_NUMBER = 0.001


class Comparison(NamedTuple):
    """The respects in which two statements were compared; a share lies in [0, 1], a flag is 0 or 1.

    Attributes:
        of_later: Share of the later one's content words, weighted by rarity, that the earlier one has.
        of_earlier: Share of the earlier one's that the later one has.
        special: Share of the words of the shorter one, those left out that say what its document is about.
        forms: Share of all their different words that the two have in common, function words included.
        doubles: Share of the pairs of neighbouring words of the shorter one that the other has.
        around: Share that the words of the two and around them have in common.
        topic: Share that their documents' titles and openings have in common.
        run: Length of the longest run of equal words, 1 for twelve and more.
        names: Share of the names of the one with fewer that the other one has, context included; 0 if it has none.
        same_numbers: Share of numbers with the same unit that agree.
        other_numbers: Flag: they give different numbers of the same thing.
        same_actor: Flag: the same actor.
        same_side: Flag: not the same actor, but they stand for the same state, party or body.
        other_side: Flag: they stand for different ones.
        unknown_actor: Flag: one of the actors is unresolved.
        unknown_both: Flag: both are.
        mentions: Share that the words which name the two sources have in common.
        relayed: Flag: the later one came through a hop that the earlier one came through too, or through its outlet.
        outlet_named: Flag: one of them speaks of the outlet that printed the other.
        actor_named: Flag: one of them speaks of the other one's actor.
        other_polarity: Flag: one is positive, the other negative.
        other_stance: Flag: what the two say of their propositions differs, a denial of a positive one counted as a
            negative one; 0 if nobody has looked.
        one_denies: Flag: the act of one, but not of the other, denies or declines.
        other_negation: Flag: words that turn round stand in one, but not in the other.
        opposites: How many words of one are opposed to a word of the other, 1 for two and more.
        consents: Flag: the later one's act takes up what another said ("confirms", "agrees").
        rejects: Flag: the later one's act turns against what another said ("denies", "criticises").
        rejected: Flag: the earlier one's act does.
        both_negative: Flag: both say that their propositions are not so, or should not be.
        others_both_negative: The same where they do not come from one mouth.
        unnamed_stance: Flag: stances differ, and one of the two is unnamed.
        asks: Flag: both ask for or offer something.
        one_asks: Flag: one asks for or offers something, the other states something.
        conditions: Share that their requirements have in common.
        one_condition: Flag: one has a condition, the other none.
        same_page: Flag: they stand in the same document.
        days: Days between the documents, 1 for a month and more; 0 if a date is unknown.
        same_day: Flag: both dates are known and equal.
        direct: Flag: both are the speaker's own words.
        same_act: Flag: both do the same by saying it.
        few_words: Flag: one of them has hardly a content word of its own ("that", "seven").
        reprinted: Flag: one document prints the other again, or both print a third.
        length: How much longer the content of one is than that of the other, 1 for ten times.
        cover: The greater of `of_later` and `of_earlier`.
        about: Share of the words of the one that is less so which the surroundings or the topic of the other have.
        one_voice: Flag: both may come from one mouth, see :func:`one_voice`.
        told_by: Flag: the actor of one is a hop through which the other came.
        voice_cover: `cover` where both may come from one mouth.
        voice_turned: Flag: they may, but stance, numbers or conditions differ.
        voice_cover_stance: `cover` where they may, and stances differ.
        others_cover: `cover` where they do not.
        others_stance: Flag: they do not, and stances differ.
        others_cover_stance: `cover` where they do not and stances differ.
        others_about_stance: `about` where they do not and stances differ.
        others_numbers: Flag: they do not, and numbers of one thing differ.
        sides_stance: Flag: they stand for different sides, and stances differ.
    """

    of_later: float
    of_earlier: float
    special: float
    forms: float
    doubles: float
    around: float
    topic: float
    run: float
    names: float
    same_numbers: float
    other_numbers: float
    same_actor: float
    same_side: float
    other_side: float
    unknown_actor: float
    unknown_both: float
    mentions: float
    relayed: float
    outlet_named: float
    actor_named: float
    other_polarity: float
    other_stance: float
    one_denies: float
    other_negation: float
    opposites: float
    consents: float
    rejects: float
    rejected: float
    both_negative: float
    others_both_negative: float
    unnamed_stance: float
    asks: float
    one_asks: float
    conditions: float
    one_condition: float
    same_page: float
    days: float
    same_day: float
    direct: float
    same_act: float
    few_words: float
    reprinted: float
    length: float
    cover: float
    about: float
    one_voice: float
    told_by: float
    voice_cover: float
    voice_turned: float
    voice_cover_stance: float
    others_cover: float
    others_stance: float
    others_cover_stance: float
    others_about_stance: float
    others_numbers: float
    sides_stance: float


FEATURES = Comparison._fields


def compare(later: Claim, earlier: Claim, *, topic: float, reprinted: bool) -> Comparison:
    """In what respects are the two alike, and in what opposed?

    Args:
        later: The one printed later.
        earlier: The other one.
        topic: What their documents' topics have in common, see :func:`share_of_topics`.
        reprinted: Whether the documents are printings of one text.
    """
    shared = later.words.keys() & earlier.words.keys()
    weight = sum([later.words[w] for w in shared])
    doubles, run = _runs(later, earlier)
    mine, theirs = later.stance, earlier.stance
    stance = float(None not in (mine, theirs) and mine != theirs and not _same_words(later, earlier, run))
    negative = float(mine is False and theirs is False)
    same = same_actor(later.source, earlier.source)
    unknown = (later.source.actor is None) + (earlier.source.actor is None)
    side = later.source.side & earlier.source.side
    agree, differ = compare_numbers(later.numbers, earlier.numbers)
    acts = (later.act in _ASKING, earlier.act in _ASKING)
    days = None if later.page.day is None or earlier.page.day is None else abs(later.page.day - earlier.page.day)
    sizes = sorted((len(later.forms) or 1, len(earlier.forms) or 1))
    voice = float(one_voice(later.source, earlier.source))
    one_condition = float(bool(later.conditions) != bool(earlier.conditions))
    sides = float(not side and bool(later.source.side) and bool(earlier.source.side))
    of_later, of_earlier = weight / (later.weight or 1.0), weight / (earlier.weight or 1.0)
    cover, about = max(of_later, of_earlier), min(_about(later, earlier), _about(earlier, later))
    return Comparison(
        of_later=of_later,
        of_earlier=of_earlier,
        special=_special(later, earlier),
        forms=_jaccard(_forms(later)[0], _forms(earlier)[0]),
        doubles=doubles,
        around=_common(later.around, later.weight_around, earlier.around, earlier.weight_around),
        topic=topic,
        run=run,
        names=_names(later, earlier),
        same_numbers=agree,
        other_numbers=float(differ),
        same_actor=float(same),
        same_side=float(not same and bool(side)),
        other_side=sides,
        unknown_actor=float(unknown > 0),
        unknown_both=float(unknown == 2),
        mentions=_jaccard(later.source.mentions, earlier.source.mentions),
        relayed=float(_relayed(later, earlier)),
        outlet_named=float(_speaks_of_outlet(later, earlier.page) or _speaks_of_outlet(earlier, later.page)),
        actor_named=float(_speaks_of(later, earlier.source) or _speaks_of(earlier, later.source)),
        other_polarity=float(None not in (later.polarity, earlier.polarity) and later.polarity != earlier.polarity),
        other_stance=stance,
        one_denies=float((later.act in _DENYING) != (earlier.act in _DENYING)),
        other_negation=float(bool(later.negations) != bool(earlier.negations)),
        opposites=min(2, len(opposed_words(later, earlier))) / 2,
        consents=float(later.act in _CONSENTING),
        rejects=float(later.act in _REJECTING),
        rejected=float(earlier.act in _REJECTING),
        both_negative=negative,
        others_both_negative=negative * (1 - voice),
        unnamed_stance=stance * float(not (later.source.named and earlier.source.named)),
        asks=float(all(acts)),
        one_asks=float(any(acts) and not all(acts)),
        conditions=_conditions(later, earlier),
        one_condition=one_condition,
        same_page=float(later.page.id == earlier.page.id),
        days=min(1.0, log1p(days or 0) / log1p(30)),
        same_day=float(days == 0),
        direct=float(later.kind == earlier.kind == "direct"),
        same_act=float(later.act == earlier.act),
        few_words=float(min(len(later.words), len(earlier.words)) < FEW_WORDS),
        reprinted=float(reprinted),
        length=min(1.0, (sizes[1] / sizes[0] - 1) / 9),
        cover=cover,
        about=about,
        one_voice=voice,
        told_by=float(_told_by(later.source, earlier.source) or _told_by(earlier.source, later.source)),
        voice_turned=voice * float(bool(stance or differ or one_condition)),
        others_numbers=float(differ) * (1 - voice),
        sides_stance=sides * stance,
        **_by_voice(voice, stance=stance, cover=cover, about=about),
    )


def _by_voice(voice: float, *, stance: float, cover: float, about: float) -> dict[str, float]:
    """Cover and stance for one voice and for two, under the names of ``Comparison``."""
    others = 1 - voice
    return {
        "voice_cover": cover * voice,
        "voice_cover_stance": cover * stance * voice,
        "others_cover": cover * others,
        "others_stance": stance * others,
        "others_cover_stance": cover * stance * others,
        "others_about_stance": about * stance * others,
    }


def same_actor(a: Source, b: Source) -> bool:
    """Are the two sources one actor: by its id, or by the same full name and kind?"""
    if a.actor is not None and a.actor == b.actor:
        return True
    full = min(len(a.names), len(b.names))
    return full >= 2 and len(a.names & b.names) == full and a.kind == b.kind


def speaks_for(a: Source, b: Source) -> bool:
    """Is one of the two a body and the other a person or body that stands for it: a ministry and its minister?"""
    if not a.names or not b.names:
        return False
    bodies = [x.kind in ("organisation", "state") for x in (a, b)]
    return any(bodies) and bool(a.side & b.side) and (not all(bodies) or a.names <= b.names or b.names <= a.names)


def one_voice(a: Source, b: Source) -> bool:
    """May the two come from one mouth: one actor, a body and who stands for it, or unnamed sources of one outlet?"""
    if same_actor(a, b) or speaks_for(a, b):
        return True
    return a.actor is None and b.actor is None and not a.named and not b.named and _share_a_hop(a, b)


def _share_a_hop(a: Source, b: Source) -> bool:
    return bool((set(a.path) & set(b.path)) - {None})


def _told_by(a: Source, b: Source) -> bool:
    return a.actor is not None and a.actor in b.path


def _about(a: Claim, b: Claim) -> float:
    """Which share of the words of `a` stands around `b` or in the topic of its document?"""
    around, topic = b.around, b.page.topic
    return sum([w for word, w in a.words.items() if word in around or word in topic]) / (a.weight or 1.0)


def compare_numbers(a: tuple[Number, ...], b: tuple[Number, ...]) -> tuple[float, bool]:
    """Which share of the numbers of one thing agrees, and do any of them differ?"""
    if not a or not b:
        return 0.0, False
    pairs = [(x, y) for x in a for y in b if x.units & y.units]
    agree = [(x, y) for x, y in pairs if abs(x.value - y.value) <= _SAME_NUMBER * max(x.value, y.value)]
    if _adds_up(pairs):
        return 1.0, False
    counted = {x.unit for x, y in pairs if x.unit and x.unit == y.unit}
    differ = bool(counted - {x.unit for x, y in agree if x.unit == y.unit}) or bool(pairs and not agree)
    return len({x.start for x, _ in agree}) / min(len(a), len(b)) if pairs else 0.0, differ


def _adds_up(pairs: list[tuple[Number, Number]]) -> bool:
    """Is one of the numbers the sum of all that the other side gives: seven dead, five guards and two civilians?"""
    mine, theirs = {x.start: x.value for x, _ in pairs}, {y.start: y.value for _, y in pairs}
    one, many = (mine, theirs) if len(mine) < len(theirs) else (theirs, mine)
    return len(one) == 1 < len(many) and sum(many.values()) in one.values()


def longest_run(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[int, int, int]:
    """Where does the longest run of equal words begin in each, and how long is it?"""
    best = (0, 0, 0)
    at: dict[str, list[int]] = {}
    for j, word in enumerate(b):
        at.setdefault(word, []).append(j)
    lengths: dict[int, int] = {}
    for i, word in enumerate(a):
        lengths = {j: lengths.get(j - 1, 0) + 1 for j in at.get(word, ())}
        for j, length in lengths.items():
            if length > best[2]:
                best = (i - length + 1, j - length + 1, length)
    return best


def opposed_words(a: Claim, b: Claim) -> frozenset[str]:
    """Which words of `a` are opposed to a word of `b`, where neither has both?"""
    return b.opposed & a.words.keys() if a.opposed & b.words.keys() else frozenset()


def share_of_topics(a: Page, b: Page) -> float:
    """Weighted share of the words of two documents' topics that both have."""
    return _common(a.topic, sum(a.topic.values()), b.topic, sum(b.topic.values()))


def _common(a: dict[str, float], weight_a: float, b: dict[str, float], weight_b: float) -> float:
    """Weighted share of the words of either that both have."""
    shared = sum([a[word] for word in a.keys() & b.keys()])
    total = weight_a + weight_b - shared
    return shared / total if total else 0.0


def _names(a: Claim, b: Claim) -> float:
    if not a.names or not b.names:
        return 0.0
    few, many = (a, b) if len(a.names) <= len(b.names) else (b, a)
    return len([name for name in few.names if name in many.names or name in many.around]) / len(few.names)


def _speaks_of(claim: Claim, source: Source) -> bool:
    # Union would build a set for every pair.
    return not claim.names.isdisjoint(source.names) or not source.names.isdisjoint(claim.around)


def _conditions(a: Claim, b: Claim) -> float:
    if not a.conditions or not b.conditions:
        return 0.0
    return max((len(x & y) / min(len(x), len(y)) for x in a.conditions for y in b.conditions if x and y), default=0.0)


def _jaccard(a: AbstractSet[str], b: AbstractSet[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


def _special(a: Claim, b: Claim) -> float:
    usual = a.page.usual | b.page.usual
    mine, theirs = a.words.keys() - usual, b.words.keys() - usual
    return len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0.0


@lru_cache(maxsize=4096)
def _forms(claim: Claim) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The different words of a statement, and the pairs of neighbouring ones: every pair of statements asks again."""
    return frozenset(claim.forms), frozenset(pairwise(claim.forms))


def _runs(a: Claim, b: Claim) -> tuple[float, float]:
    """What share of neighbouring words they have in common, and how long their longest run is, up to LONGEST_RUN."""
    (words, mine), (others, theirs) = _forms(a), _forms(b)
    shared = len(mine & theirs)
    if not shared:
        return 0.0, float(not words.isdisjoint(others)) / LONGEST_RUN
    length = 2 if shared == 1 else longest_run(a.forms, b.forms)[2]
    return shared / min(len(mine), len(theirs)), min(length, LONGEST_RUN) / LONGEST_RUN


def _same_words(a: Claim, b: Claim, run: float) -> bool:
    """Does one repeat words of the other and turn none round? A clause has its own polarity, not the whole's."""
    return run * LONGEST_RUN >= QUOTED_RUN and bool(a.negations) == bool(b.negations) and "denies" not in (a.act, b.act)


def _relayed(later: Claim, earlier: Claim) -> bool:
    """Did the later one come through the earlier one's outlet, or did both come through one other hop?"""
    mine, theirs = set(later.source.path[:-1]) - {None}, set(earlier.source.path) - {None}
    return bool(mine & theirs)


def _speaks_of_outlet(claim: Claim, page: Page) -> bool:
    words = page.outlet_words
    return bool(words) and all(word in claim.names or word in claim.around for word in words)
