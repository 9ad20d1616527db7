"""From tags and pointers to statements: which content, cue and source belong together?

Every statement of the corpus has one cue, so the cue is its anchor: each word of a content points to its cue, each word
of a cue to its source (after Dozat and Manning 2017). A stretch goes where its words point on average.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from onrecord.extract.layout import (
    B_CONTENT,
    B_CUE,
    B_SOURCE,
    DISTANCES,
    I_CONTENT,
    I_CUE,
    I_SOURCE,
    LEVELS,
    OWN_WORDS,
    POINTER_WIDTH,
    POINTERS,
    ROLE_TAGS,
    STEPS,
    distance_bucket,
    step_bucket,
)
from onrecord.extract.tags import Stretch, best_tags, stretches
from onrecord.models.session import PointerBiases

Float32: TypeAlias = npt.NDArray[np.float32]
Int64: TypeAlias = npt.NDArray[np.int64]
Bool: TypeAlias = npt.NDArray[np.bool_]

REACH = 640
"""How far a pointer may reach, in pieces: a little more than a window."""
_TOO_FAR = -30.0
MOST = 0.5
"""Share of a dash quotation that must read like the speaker's own words before the rest is taken to be so too."""
STEP_COST, FAR_COST = 1.5, 0.2
"""What each paragraph, and each bucket of distance, costs a pointer on top of what it learned within one window. Tuned
on the held-out training articles, where it keeps a content from a like cue far away."""


class Pull:
    """What a pointer gains or loses by where it points: the learned biases and the cost of the way, in tables.

    Attributes:
        null: For pointing at nothing; float32 (pointers,).
        far: By distance in pieces from -REACH - 1 to REACH + 1, the ends standing for all that is further;
            float32 (pointers, 2 * REACH + 3).
        step: By bucket of distance in paragraphs; float32 (pointers, STEPS).
    """

    def __init__(self, biases: PointerBiases, *, step_cost: float = STEP_COST, far_cost: float = FAR_COST) -> None:
        bucket = distance_bucket(np.arange(-REACH - 1, REACH + 2))
        self.null = biases.null
        self.far: Float32 = (biases.distance - far_cost * (np.arange(DISTANCES) % (DISTANCES // 2)))[:, bucket].astype(
            np.float32
        )
        self.far[:, [0, -1]] = _TOO_FAR
        self.step: Float32 = (biases.step - step_cost * np.abs(np.arange(STEPS) - STEPS // 2)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Section:
    """The tagger's view of some paragraphs, word by word.

    Attributes:
        tags: Tag logits of each word's first piece, float32 (words, TAGS).
        vectors: Its pointer vectors, float32 (words, pointers, 2, width).
        place: Its number in the document's pieces, int64 (words,).
        first: Whether it begins a paragraph, bool (words,).
        dash: Whether it stands in a dash quotation (``text.quotation``), bool (words,).
    """

    tags: Float32
    vectors: Float32
    place: Int64
    first: Bool
    dash: Bool

    @property
    def step(self) -> Int64:
        """Number of each word's paragraph, int64 (words,)."""
        return np.cumsum(self.first).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Found:
    """A statement in words of its section.

    Attributes:
        content: Its stretches, in order.
        cue: Its cue, or None.
        source: Its source, or None.
        level: 0 for an outer statement, 1 for one inside it.
        own: How likely each content is the speaker's own words, mean over words, in [0, 1].
        evidence: What its score is computed from, by name.
    """

    content: tuple[Stretch, ...]
    cue: Stretch | None
    source: Stretch | None
    level: int
    own: float
    evidence: dict[str, float]


def log_softmax(x: Float32) -> Float32:
    """Over the last axis."""
    top = x.max(axis=-1, keepdims=True)
    out: Float32 = x - top - np.log(np.exp(x - top).sum(axis=-1, keepdims=True))
    return out


def decode(section: Section, pull: Pull) -> list[Found]:
    """Which statements does the tagger see in `section`? Outer ones and those inside them, in the order of the text."""
    if len(section.place) == 0:
        return []
    out: list[Found] = []
    bounds = np.append(np.flatnonzero(section.first), len(section.place))
    if bounds[0] != 0:
        bounds = np.insert(bounds, 0, 0)
    for level in range(LEVELS):
        size = len(ROLE_TAGS)
        scores = log_softmax(section.tags[:, level * size : (level + 1) * size])
        tags = best_tags(scores, bounds)
        out += _Linker(section, pull, level, scores, tags).link()
    return out


class _Linker:
    """Joins the stretches of one level."""

    def __init__(self, section: Section, pull: Pull, level: int, scores: Float32, tags: Int64) -> None:
        self.section, self.pull, self.level, self.scores = section, pull, level, scores
        self.step = section.step
        first = section.first
        self.sources = stretches(tags, B_SOURCE, I_SOURCE, first)
        self.cues = stretches(tags, B_CUE, I_CUE, first)
        self.contents = stretches(tags, B_CONTENT, I_CONTENT, first)
        if level == 0:
            self._make_dash_quotations_whole()

    def link(self) -> list[Found]:
        """The statements of this level."""
        if not self.contents:
            return []
        to_cue = self._pointed(self.contents, self.cues, 2 * self.level)
        to_source = self._pointed(self.cues, self.sources, 2 * self.level + 1)
        chosen = to_cue.argmax(axis=1)
        members: dict[int, list[int]] = {}
        out: list[Found] = []
        for k, cue in enumerate(chosen.tolist()):
            if cue:
                members.setdefault(cue, []).append(k)
        bare = [k for k, cue in enumerate(chosen.tolist()) if not cue]
        for cue, contents in members.items():
            source = int(to_source[cue - 1].argmax()) if len(to_source) else 0
            out.append(self._found(contents, cue, source, to_cue, to_source))
        out += [self._found(group, 0, 0, to_cue, to_source) for group in self._runs(bare)]
        out.sort(key=lambda f: f.content[0].start)
        return out

    def _make_dash_quotations_whole(self) -> None:
        """A paragraph that ends in a dash and a cue is one quotation up to the dash, if most of it reads like one."""
        own_content = self.section.tags[:, OWN_WORDS] > 0
        inside = np.zeros(len(own_content), dtype=bool)
        for part in self.contents:
            inside[part.start : part.end] = True
        edges = np.flatnonzero(np.diff(np.concatenate([[0], self.section.dash.astype(np.int8), [0]])))
        for start, end in zip(edges[0::2].tolist(), edges[1::2].tolist(), strict=True):
            cued = any(end <= cue.start and self.step[cue.start] == self.step[start] for cue in self.cues)
            if cued and self.section.first[start] and (inside & own_content)[start:end].mean() >= MOST:
                kept = [p for p in self.contents if p.end <= start or p.start >= end]
                self.contents = sorted([*kept, Stretch(start, end)], key=lambda p: p.start)

    def _runs(self, bare: list[int]) -> list[list[int]]:
        """Contents without a cue, those that go on from the one before joined to it."""
        runs: list[list[int]] = []
        for k in bare:
            if (
                runs
                and self.contents[k].goes_on
                and runs[-1][-1] == k - 1
                and self.contents[k - 1].end == self.contents[k].start
            ):
                runs[-1].append(k)
            else:
                runs.append([k])
        return runs

    def _pointed(self, froms: list[Stretch], tos: list[Stretch], pointer: int) -> Float32:
        """Mean log probability that a stretch points to nothing (column 0) or to each of `tos`; (froms, 1 + tos)."""
        if not froms:
            return np.zeros((0, 1 + len(tos)), dtype=np.float32)
        rows = np.concatenate([np.arange(s.start, s.end) for s in froms])
        heads = np.cumsum([0, *(s.end - s.start for s in froms[:-1])])
        lengths = np.array([s.end - s.start for s in froms], dtype=np.float32)
        score: Float32 = np.full((len(rows), 1), self.pull.null[pointer], dtype=np.float32)
        if tos:
            columns = np.concatenate([np.arange(s.start, s.end) for s in tos])
            edges = np.cumsum([0, *(s.end - s.start for s in tos[:-1])])
            v = self.section.vectors
            pair = v[rows, pointer, 0] @ v[columns, pointer, 1].T / np.float32(POINTER_WIDTH**0.5)
            far = self.section.place[columns][None, :] - self.section.place[rows][:, None]
            pair += self.pull.far[pointer][np.clip(far, -REACH - 1, REACH + 1) + (REACH + 1)]
            pair += self.pull.step[pointer][step_bucket(self.step[columns][None, :] - self.step[rows][:, None])]
            mass: Float32 = np.logaddexp.reduceat(pair, edges, axis=1).astype(np.float32)
            score = np.concatenate([score, mass], axis=1)
        spread = log_softmax(score)
        mean: Float32 = (np.add.reduceat(spread, heads, axis=0) / lengths[:, None]).astype(np.float32)
        return mean

    def _found(self, contents: list[int], cue: int, source: int, to_cue: Float32, to_source: Float32) -> Found:
        """Put one statement together and note what its score depends on."""
        own_logit = self.section.tags[:, OWN_WORDS]
        parts = [self.contents[k] for k in contents]
        words = np.concatenate([np.arange(p.start, p.end) for p in parts])
        is_content = np.logaddexp(self.scores[words, B_CONTENT], self.scores[words, I_CONTENT])
        cue_part = self.cues[cue - 1] if cue else None
        source_part = self.sources[source - 1] if source else None
        evidence = {
            "content": float(is_content.mean()),
            "content weakest": float(is_content.min()),
            "begins": float(max(self.scores[parts[0].start, B_CONTENT], self.scores[parts[0].start, I_CONTENT])),
            "to cue": float(np.mean([to_cue[k, cue] for k in contents])),
            "no cue": float(cue == 0),
            "cue": float(self._mean(cue_part, B_CUE, I_CUE)),
            "to source": float(to_source[cue - 1, source]) if cue else 0.0,
            "no source": float(source == 0),
            "source": float(self._mean(source_part, B_SOURCE, I_SOURCE)),
            "length": float(np.log(len(words))),
            "parts": float(len(parts) - 1),
            "inner": float(self.level),
        }
        own = float((1.0 / (1.0 + np.exp(-own_logit[words]))).mean())
        return Found(tuple(parts), cue_part, source_part, self.level, own, evidence)

    def _mean(self, part: Stretch | None, begin: int, inside: int) -> float:
        """Mean log probability that the words of `part` have its role; 0 if there is none."""
        if part is None:
            return 0.0
        rows = self.scores[part.start : part.end]
        return float(np.logaddexp(rows[:, begin], rows[:, inside]).mean())


assert len(POINTERS) == 2 * LEVELS
