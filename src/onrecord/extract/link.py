"""Which content, cue and source belong together?

Every statement of the corpus has one cue, so the cue is its anchor: each word of a content points to its cue, each word
of a cue to its source (after Dozat and Manning 2017). A stretch goes where its words point on average.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.extract.dots import dots
from onrecord.extract.forms import OPENING
from onrecord.extract.found import Found
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
)
from onrecord.extract.section import Bool, Float32, Int64, Section
from onrecord.extract.tags import Stretch, best_tags, stretches
from onrecord.extract.tuning import TUNED, Tuning
from onrecord.models.session import PointerBiases

REACH = 640
"""How far a pointer may reach, in pieces: a little more than a window."""
_TOO_FAR = -30.0
_ENDS = frozenset(". ? ! …".split())


class Pull:
    """What a pointer gains or loses by where it points: the learned biases and the cost of the way, in tables.

    Attributes:
        tuning: The numbers that no training sets.
        null: For pointing at nothing; float32 (pointers,).
        far: By distance in pieces from -REACH - 1 to REACH + 1, the ends standing for all that is further;
            float32 (pointers, 2 * REACH + 3).
        step: By bucket of distance in paragraphs; float32 (pointers, STEPS).
    """

    def __init__(self, biases: PointerBiases, tuning: Tuning = TUNED) -> None:
        self.tuning = tuning
        bucket = distance_bucket(np.arange(-REACH - 1, REACH + 2))
        ways = np.arange(DISTANCES) % (DISTANCES // 2)
        steps = np.abs(np.arange(STEPS) - STEPS // 2)
        self.null = biases.null
        cost = np.array([tuning.far_cost, tuning.far_cost_source] * LEVELS)
        self.far: Float32 = (biases.distance - np.outer(cost, ways))[:, bucket].astype(np.float32)
        self.far[:, [0, -1]] = _TOO_FAR
        self.step: Float32 = (biases.step - tuning.step_cost * steps).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The stretches of one level, each role's in order; `spare` are what else may be a source, for cues without one."""

    sources: Sequence[Stretch]
    cues: Sequence[Stretch]
    contents: Sequence[Stretch]
    spare: Sequence[Stretch] = ()


def log_softmax(x: Float32) -> Float32:
    """Over the last axis."""
    top = x.max(axis=-1, keepdims=True)
    out: Float32 = x - top - np.log(np.exp(x - top).sum(axis=-1, keepdims=True))
    return out


def level_scores(section: Section, level: int) -> Float32:
    """Log probabilities of the role tags of one level, float32 (words, tags)."""
    size = len(ROLE_TAGS)
    return log_softmax(section.tags[:, level * size : (level + 1) * size])


def stretches_of(scores: Float32, first: Bool) -> Parts:
    """The stretches of the best tags, paragraph by paragraph.

    Args:
        scores: Log probabilities, float32 (words, tags).
        first: Whether a word begins a paragraph, bool (words,).
    """
    bounds = np.append(np.flatnonzero(first), len(first))
    if bounds[0] != 0:
        bounds = np.insert(bounds, 0, 0)
    tags = best_tags(scores, bounds)
    return Parts(
        sources=stretches(tags, B_SOURCE, I_SOURCE, first),
        cues=stretches(tags, B_CUE, I_CUE, first),
        contents=stretches(tags, B_CONTENT, I_CONTENT, first),
    )


class Linker:
    """Joins the stretches of one level.

    Args:
        section: The tagger's view.
        pull: What a pointer gains or loses by where it points.
        level: 0 for outer statements, 1 for those inside them.
        scores: Log probabilities of the level's tags, float32 (words, tags).
        parts: The stretches.
        owner: For inner stretches: which outer statement each word belongs to, int64 (words,). No pointer leaves it.
    """

    def __init__(
        self, section: Section, pull: Pull, level: int, scores: Float32, parts: Parts, owner: Int64 | None = None
    ) -> None:
        self.section, self.pull, self.level, self.scores, self.owner = section, pull, level, scores, owner
        self.step = section.step
        self.sources, self.cues, self.contents = [*parts.sources, *parts.spare], parts.cues, parts.contents
        self.certain = len(parts.sources)

    def link(self) -> list[Found]:
        """The statements of this level, in the order of the text."""
        if not self.contents:
            return []
        to_cue = self._pointed(self.contents, self.cues, 2 * self.level)
        to_source = self._to_source()
        chosen = to_cue.argmax(axis=1)
        members: dict[int, list[int]] = {}
        out: list[Found] = []
        for k, cue in enumerate(chosen.tolist()):
            if cue:
                members.setdefault(cue, []).append(k)
        bare = [k for k, cue in enumerate(chosen.tolist()) if not cue]
        for cue, contents in members.items():
            source = int(to_source[cue - 1].argmax()) if len(to_source) else 0
            for part in self._apart(self._kept(contents, to_cue[:, cue], self.cues[cue - 1])):
                out.append(self._found(part, cue, source, to_cue, to_source))
        out += [self._found(group, 0, 0, to_cue, to_source) for group in self._runs(bare)]
        out.sort(key=lambda f: f.content[0].start)
        return out

    def _to_source(self) -> Float32:
        """Mean log probability that a cue points to no source (column 0) or to each, float32 (cues, 1 + sources).

        Spare sources are there for the cues that would point to none.
        """
        pointer = 2 * self.level + 1
        out = np.full((len(self.cues), 1 + len(self.sources)), _TOO_FAR, dtype=np.float32)
        out[:, : 1 + self.certain] = self._pointed(self.cues, self.sources[: self.certain], pointer)
        bare = np.flatnonzero(out.argmax(axis=1) == 0).tolist()
        if bare and len(self.sources) > self.certain:
            spare = self._pointed([self.cues[k] for k in bare], self.sources[self.certain :], pointer)
            out[bare, 0] = spare[:, 0]
            out[bare, 1 : 1 + self.certain] = _TOO_FAR
            out[bare, 1 + self.certain :] = spare[:, 1:]
        return out

    def _kept(self, contents: list[int], worth: Float32, cue: Stretch) -> list[int]:
        """Of the contents of one cue: the longest, and those that the tagger is sure enough of.

        What is told in another paragraph than the cue belongs to it seldom, if anything in its own does.

        Args:
            contents: Numbers of contents that point to the cue.
            worth: Mean log probability that a content points to it, float32 (contents,).
            cue: The cue.
        """
        if self.level or len(contents) == 1:
            return contents
        near = [k for k in contents if self.step[self.contents[k].end - 1] == self.step[cue.start]]
        longest = max(near or contents, key=lambda k: self.contents[k].end - self.contents[k].start)
        rest = [k for k in contents if not near or k in near or self._is_own(self.contents[k])]
        return [k for k in rest if k == longest or self._belongs(self.contents[k], float(worth[k]))]

    def _belongs(self, part: Stretch, worth: float) -> bool:
        """Is it sure enough that a further stretch, which points to the cue by `worth`, is content?"""
        tuning = self.pull.tuning
        least = tuning.part if self._is_own(part) else tuning.part_told
        return worth + 2 * self._mean(part, B_CONTENT, I_CONTENT) >= least

    def _apart(self, contents: list[int]) -> list[list[int]]:
        """Contents of one cue: what is told, and what is quoted after it in sentences of its own, are two statements.

        "The plan was dead, Bell said. “Nobody will miss it.”" is two; "The plan, Bell said, was “a farce”" is one.
        """
        words = self.section.forms.words
        quoted = [k for k in contents if self._is_own(self.contents[k]) and words[self.contents[k].start] in OPENING]
        told = [k for k in contents if k not in quoted]
        if self.level or not quoted or not told or max(told) > min(quoted):
            return [contents]
        end, start = self.contents[told[-1]].end, self.contents[quoted[0]].start
        ended = any(word in _ENDS for word in words[end - 1 : start]) or self.step[end - 1] != self.step[start]
        marked = any(word in OPENING for k in told for word in words[self.contents[k].start : self.contents[k].end])
        return [told, quoted] if ended and not marked else [contents]

    def _is_own(self, part: Stretch) -> bool:
        """Does the tagger take it for the speaker's own words?"""
        return bool(self.section.tags[part.start : part.end, OWN_WORDS].mean() >= 0.0)

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

    def _pointed(self, froms: Sequence[Stretch], tos: Sequence[Stretch], pointer: int) -> Float32:
        """Mean log probability that a stretch points to nothing (column 0) or to each of `tos`; (froms, 1 + tos)."""
        if not froms:
            return np.zeros((0, 1 + len(tos)), dtype=np.float32)
        rows = np.concatenate([np.arange(s.start, s.end) for s in froms])
        heads = np.cumsum([0, *(s.end - s.start for s in froms[:-1])])
        lengths = np.array([s.end - s.start for s in froms], dtype=np.float32)
        score: Float32 = np.full((len(rows), 1), self.pull.null[pointer], dtype=np.float32)
        if tos:
            columns = np.concatenate([np.arange(s.start, s.end) for s in tos])
            sizes = np.array([s.end - s.start for s in tos])
            edges = np.cumsum([0, *sizes[:-1]])
            v = self.section.vectors
            pair = dots(v[rows, pointer, 0], v[columns, pointer, 1]) / np.float32(POINTER_WIDTH**0.5)
            place, step = self.section.place, self.step
            far = (place[columns] + (REACH + 1))[None, :] - place[rows][:, None]
            pair += self.pull.far[pointer].take(far, mode="clip")
            apart = (step[columns] + STEPS // 2)[None, :] - step[rows][:, None]
            pair += self.pull.step[pointer].take(apart, mode="clip")
            if self.owner is not None:
                pair[self.owner[rows][:, None] != self.owner[columns][None, :]] = _TOO_FAR
            # A stretch takes what its words take together: the logarithm of the sum of their exponentials.
            top = np.maximum.reduceat(pair, edges, axis=1)
            mass = np.add.reduceat(np.exp(pair - np.repeat(top, sizes, axis=1)), edges, axis=1)
            score = np.concatenate([score, np.log(mass) + top], axis=1)
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
