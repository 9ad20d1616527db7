"""On which issues are the statements of many documents?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from onrecord.connect.claim import Claim
from onrecord.issues.alike import network_of
from onrecord.issues.communities import communities
from onrecord.issues.corpus import Corpus, Scene
from onrecord.issues.label import label_of
from onrecord.record.bearing import Bearing, side_of
from onrecord.record.issue import Issue, issue_id

FEWEST = 3
"""Statements of an issue; fewer are not called one."""

LARGE = 10_000
"""From so many statements on, the network is cut finer as it grows: plain modularity joins small communities in large
networks (Fortunato and Barthélemy 2007)."""

KEPT = 0.5
"""An issue that was found before keeps its name if so large a share of it, or of the new one, is in both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """An issue that was found, and the statements that bear on it.

    Attributes:
        issue: The issue, labelled in words of its statements.
        bearings: Its statements, those first that are most like the others.
    """

    issue: Issue
    bearings: tuple[Bearing, ...]


def find(
    corpus: Corpus, *, made_by: str, known: Mapping[Issue, Collection[str]] | None = None, taken: Collection[str] = ()
) -> tuple[Cluster, ...]:
    """On which issues are the statements of `corpus`? Those first that have most.

    Args:
        corpus: The statements.
        made_by: The run that asks.
        known: Issues that earlier runs found, with the ids of their statements: an issue that is found again keeps its
            id and label, though its statements have become more.
        taken: Labels of other issues, which no new one may bear.
    """
    known = known or {}
    claims = list(corpus.claims())
    network = network_of(corpus)
    groups: dict[int, list[int]] = defaultdict(list)
    fineness = max(1.0, len(claims) / LARGE)
    for number, community in enumerate(communities(network, fineness=fineness)):
        groups[community].append(number)
    found = sorted((group for group in groups.values() if len(group) >= FEWEST), key=lambda group: (-len(group), group))
    again = _again([{claims[n][1].id for n in group} for group in found], known)
    labels = {*taken, *(issue.label for issue in known)}
    clusters = []
    for place, group in enumerate(found):
        issue = again.get(place)
        if issue is None:
            label = label_of([claims[n][1] for n in group], corpus, taken=labels)
            labels.add(label)
            issue = Issue(id=issue_id(label), label=label, made_by=made_by)
        clusters.append(_cluster(issue, group, claims, network))
    return tuple(clusters)


def _again(found: Sequence[Collection[str]], known: Mapping[Issue, Collection[str]]) -> dict[int, Issue]:
    """Which of the groups is an issue that is known? Each is one at most, those first that share most."""
    where: dict[str, int] = {statement: place for place, group in enumerate(found) for statement in group}
    shared: list[tuple[int, int, Issue]] = []
    for issue, statements in known.items():
        counts: dict[int, int] = defaultdict(int)
        for statement in statements:
            if statement in where:
                counts[where[statement]] += 1
        shared += [
            (count, place, issue)
            for place, count in counts.items()
            if count >= KEPT * min(len(statements), len(found[place]))
        ]
    again: dict[int, Issue] = {}
    for _, place, issue in sorted(shared, key=lambda each: (-each[0], each[1], each[2].id)):
        if place not in again and issue not in again.values():
            again[place] = issue
    return again


def _cluster(
    issue: Issue,
    group: Sequence[int],
    claims: Sequence[tuple[Scene, Claim]],
    network: Sequence[Mapping[int, float]],
) -> Cluster:
    inside = set(group)
    bearings = []
    for number in group:
        scene, claim = claims[number]
        position = scene.positions.get(claim.id)
        ties = network[number]
        total = sum(ties.values())
        # The share of what it is like that lies inside: how firmly it belongs.
        score = sum(weight for other, weight in ties.items() if other in inside) / total if total else 0.0
        side = side_of(position)
        bearings.append(
            Bearing(
                issue_id=issue.id,
                statement_id=claim.id,
                # What was found has no question to be affirmed.
                side="states" if side == "affirms" else side,
                score=round(min(1.0, score), 4),
                evidence=position.evidence if position is not None else (),
            )
        )
    bearings.sort(key=lambda bearing: (-(bearing.score or 0.0), bearing.statement_id))
    return Cluster(issue=issue, bearings=tuple(bearings))
