"""Where does a content end? A choice among the words around the end that the tagger drew, by a model of its own.

The tagger decides word by word. An end depends on what is decided about the words around it together: a time or a place
that belongs to the saying ("… on Wednesday at a rally"), an *and* that opens the next clause, an apposition between
commas. So every word near the drawn end is weighed as the last one (McFadden 1974: a conditional logit), by what the
tagger makes of the words between, and by what kinds of words meet at the cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from onrecord.extract.found import Found
from onrecord.extract.layout import B_CONTENT, B_CUE, I_CONTENT, I_CUE
from onrecord.extract.section import Bool, Float32, Int64, Section

REACH = 25
"""How far the end may move, in words."""
_MOST = 8.0
"""Log odds beyond this say nothing more."""

_KINDS: dict[str, str] = {
    "comma": ",",
    "stop": ". ? ! …",
    "colon": ": ;",
    "dash": "- – — ―",
    "opening mark": "“ „ « ‘ ``",
    "closing mark": "” » ’ ''",
    "straight mark": '" `',
    "opening bracket": "( [",
    "closing bracket": ") ]",
    "that": "that",
    "to": "to",
    "whether": "whether if",
    "question word": "who whom whose which what when where how why",
    "and": "and or",
    "but": "but yet so",
    "because": "because since while although though unless until after before once as than",
    "preposition": "in on at by from with during over under into through against about for of between among toward "
    "towards amid despite without within",
    "determiner": "the a an this that's these those his her its their our my your",
    "pronoun": "he she it they we i you there",
    "auxiliary": "is are was were be been being has have had do does did will would can could should may might must "
    "wo ca",
    "adverb": "not never also only even just still now then already too ever however instead rather",
    "time": "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december today yesterday tonight tomorrow week month year",
}
KINDS = (*_KINDS, "name", "number", "word", "sign", "border")
"""What a word may be beside an end; "border" is where a paragraph ends."""
_COMMA, _STOP, _WORD, _SIGN, _BORDER = (KINDS.index(k) for k in ("comma", "stop", "word", "sign", "border"))
_MARKS = tuple(KINDS.index(k) for k in ("opening mark", "closing mark", "straight mark"))
_KNOWN = {word: number for number, words in enumerate(_KINDS.values()) for word in words.split()}

MEASURES = (
    "odds",
    "farther",
    "nearer",
    "stays",
    "next begins",
    "next odds",
    "last odds",
    "next has a role",
    "cue follows",
    "source follows",
    "commas",
    "stops",
    "marks",
    "stays, own",
    "goes on, own",
    "goes on",
    "odds, own",
    "tiny",
)
"""What is measured of each possible end beside the kinds of the words there (``Choices.measures``)."""
PLACES = ("last", "next", "after")
"""The words whose kinds count: the last of the content, the one after it, and what follows punctuation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What speaks for an end.

    Attributes:
        measures: For each of MEASURES, float64 (measures,).
        kinds: For each of PLACES and each of KINDS, float64 (places, kinds).
        stay: What the drawn end is given on top: it moves only for an end that is clearly better.
    """

    measures: npt.NDArray[np.float64]
    kinds: npt.NDArray[np.float64]
    stay: float

    @classmethod
    def from_table(cls, table: Mapping[str, Mapping[str, float]]) -> Weights:
        """Weights by the names of MEASURES, PLACES and KINDS, as ``ends.json`` of a model folder has them."""
        return cls(
            measures=np.array([table["measures"][name] for name in MEASURES]),
            kinds=np.array([[table[place][kind] for kind in KINDS] for place in PLACES]),
            stay=table["measures"]["stay"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The possible ends of several stretches of content, those of one after those of the other.

    Attributes:
        owner: Statement and number of the stretch in it, one pair for each stretch.
        begin: First choice of each stretch, int64 (stretches,).
        drawn: The end that the tagger drew, without trailing punctuation: one past a word; int64 (stretches,).
        ends: One past the last word, int64 (choices,).
        measures: float64 (choices, measures).
        kinds: int64 (choices, places).
    """

    owner: Sequence[tuple[int, int]]
    begin: Int64
    drawn: Int64
    ends: Int64
    measures: npt.NDArray[np.float64]
    kinds: Int64

    def worth(self, weights: Weights) -> npt.NDArray[np.float64]:
        """How much speaks for each choice, float64 (choices,)."""
        out = self.measures @ weights.measures
        for place in range(len(PLACES)):
            out += weights.kinds[place][self.kinds[:, place]]
        return np.asarray(out + weights.stay * self.measures[:, MEASURES.index("stays")])


def with_ends(section: Section, found: Sequence[Found], weights: Weights) -> list[Found]:
    """The statements of `found`, each content ending where most speaks for it. Turns of a conversation stay whole."""
    choices = possible_ends(section, found)
    out = list(found)
    if choices is None:
        return out
    worth = choices.worth(weights)
    limits = np.append(choices.begin[1:], len(worth))
    for row, (number, part) in enumerate(choices.owner):
        begin = choices.begin[row]
        end = int(choices.ends[begin + worth[begin : limits[row]].argmax()])
        if end != choices.drawn[row]:
            item = out[number]
            content = list(item.content)
            content[part] = replace(content[part], end=end)
            out[number] = replace(item, content=tuple(content))
    return out


def possible_ends(section: Section, found: Sequence[Found]) -> Choices | None:
    """Where may the outer contents of `found` end? None if there are none.

    An end lies after a word, in the paragraph of the drawn one, within REACH, and before the next stretch of any role.
    """
    words = section.forms.words
    lettered = np.array([word[0].isalnum() for word in words])
    size = len(words)
    taken = np.zeros(size, dtype=bool)
    for item in found:
        for part in (*item.content, *(p for p in (item.cue, item.source) if p is not None)):
            taken[part.start : part.end] = True
    wall = taken | section.first
    owner: list[tuple[int, int]] = []
    rows: list[tuple[int, int, int, int]] = []
    for number, item in enumerate(found):
        if item.level or item.spoken:
            continue
        for k, part in enumerate(item.content):
            inside = np.flatnonzero(lettered[part.start : part.end])
            if not len(inside):
                continue
            begin, drawn = part.start + int(inside[0]), part.start + int(inside[-1]) + 1
            ahead = np.flatnonzero(wall[drawn : drawn + REACH])
            last = drawn + int(ahead[0]) if len(ahead) else min(drawn + REACH, size)
            owner.append((number, k))
            rows.append((begin, drawn, max(begin + 1, drawn - REACH), last))
    if not owner:
        return None
    begin, drawn, low, high = np.array(rows).T
    counts = high - low + 1
    row = np.repeat(np.arange(len(owner)), counts)
    ends = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts) + low[row]
    kept = lettered[ends - 1]
    row, ends = row[kept], ends[kept]
    measures, kinds = _measured(section, [found[n] for n, _ in owner], row, ends, begin, drawn, lettered)
    starts = np.searchsorted(row, np.arange(len(owner)))
    return Choices(owner=owner, begin=starts, drawn=drawn, ends=ends, measures=measures, kinds=kinds)


def _measured(
    section: Section,
    items: Sequence[Found],
    row: Int64,
    ends: Int64,
    begin: Int64,
    drawn: Int64,
    lettered: Bool,
) -> tuple[npt.NDArray[np.float64], Int64]:
    """Measures and kinds of each choice; `row` says whose it is (``Choices``)."""
    size = len(lettered)
    odds, begins, role = _views(section.tags)
    kind = kinds_of(section.forms.words)
    border = np.append(section.first, True)
    border_next, nearest = border[ends], np.minimum(ends, size - 1)
    sums = {
        "odds": _running(odds),
        "words": _running(lettered),
        "commas": _running(kind == _COMMA),
        "stops": _running(kind == _STOP),
        "marks": _running(np.isin(kind, _MARKS)),
    }
    at = drawn[row]
    low, high = np.minimum(ends, at), np.maximum(ends, at)
    between = {name: total[high] - total[low] for name, total in sums.items()}
    farther, nearer, stays = ends > at, ends < at, ends == at
    way = np.log1p(between["words"])
    path = sums["odds"][ends] - sums["odds"][at]
    own = np.array([item.own for item in items])[row]

    def follows(places: list[int]) -> Bool:
        """Does what begins at `places` (per stretch, -1: nothing does) follow with no word between?"""
        place = np.array(places)[row]
        return np.asarray((place >= ends) & (sums["words"][np.maximum(place, ends)] == sums["words"][ends]))

    measures = (
        path,
        way * farther,
        way * nearer,
        stays,
        np.where(border_next, 0.0, begins[nearest]),
        np.where(border_next, 0.0, odds[nearest]),
        odds[ends - 1],
        np.where(border_next, 0.0, role[nearest]),
        follows([item.cue.start if item.cue else -1 for item in items]),
        follows([item.source.start if item.source else -1 for item in items]),
        between["commas"],
        between["stops"],
        between["marks"],
        stays * own,
        farther * own,
        farther,
        path * own,
        sums["words"][ends] - sums["words"][begin[row]] <= 2,
    )
    second = np.minimum(ends + 1, size)
    after = np.where(border_next | border[second], _BORDER, kind[np.minimum(second, size - 1)])
    after = np.where(~border_next & lettered[nearest], _SIGN, after)
    kinds = np.stack([kind[ends - 1], np.where(border_next, _BORDER, kind[nearest]), after], axis=1)
    return np.stack([np.asarray(m, dtype=np.float64) for m in measures], axis=1), kinds


def _views(tags: Float32) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """For each word: log odds of being content, of beginning one rather than going on, probability of source or cue."""
    logits = tags[:, : I_CONTENT + 1].astype(np.float64)
    chance = np.exp(logits - logits.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    content = chance[:, B_CONTENT] + chance[:, I_CONTENT]
    with np.errstate(divide="ignore"):
        odds = np.clip(np.log(content) - np.log1p(-np.minimum(content, 1.0 - 1e-6)), -_MOST, _MOST)
    begins = np.clip(logits[:, B_CONTENT] - logits[:, I_CONTENT], -_MOST, _MOST)
    return odds, begins, chance[:, 1 : I_CUE + 1].sum(axis=1)


def _running(values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    """Sums up to each place, float64 (values + 1,)."""
    return np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])


def kinds_of(words: Sequence[str]) -> Int64:
    """Which of KINDS is each word? int64 (words,)."""
    return np.array([_kind(word) for word in words], dtype=np.int64)


def _kind(word: str) -> int:
    known = _KNOWN.get(word.casefold())
    if known is not None:
        return known
    first = word[0]
    return _BY_FORM[first.isupper(), first.isdigit(), first.isalpha()]


_BY_FORM = {
    (upper, digit, letter): KINDS.index("name" if upper else "number" if digit else "word" if letter else "sign")
    for upper in (True, False)
    for digit in (True, False)
    for letter in (True, False)
}

assert B_CUE <= I_CUE < B_CONTENT
