"""Which mentions of a text are of the same one?

A mention joins its best antecedent if that is likelier than that it is new (Lee et al. 2017, with the scores of
``extract``), and the two are of one kind.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.record.mention import Mention


def entities(mentions: Sequence[Mention], *, margin: float = 0.0) -> tuple[tuple[int, ...], ...]:
    """Which mentions belong together? Every mention is in one group; groups are in the order of their first mention.

    Args:
        mentions: The mentions of one text, each antecedent before its mention.
        margin: By how much an antecedent must be likelier than the next one that is of somebody else, and than the
            mention's being new, in [0, 1].
    """
    group_of: list[int] = []
    groups: list[list[int]] = []
    for k, mention in enumerate(mentions):
        mass: dict[int, float] = {}
        for antecedent in mention.antecedents:
            if _fits(mention, mentions[antecedent.mention]):
                group = group_of[antecedent.mention]
                mass[group] = mass.get(group, 0.0) + antecedent.score
        ranked = sorted(mass.items(), key=lambda pair: (-pair[1], pair[0]))
        rest = max(ranked[1][1] if len(ranked) > 1 else 0.0, mention.new)
        if ranked and ranked[0][1] > rest + margin:
            group_of.append(ranked[0][0])
            groups[ranked[0][0]].append(k)
        else:
            group_of.append(len(groups))
            groups.append([k])
    return tuple(tuple(group) for group in groups)


def _fits(one: Mention, two: Mention) -> bool:
    """Can two mentions be of the same one? People and what is no person cannot; nested ones cannot."""
    person = (one.kind == "person") == (two.kind == "person") or "other" in (one.kind, two.kind)
    apart = one.span.end <= two.span.start or two.span.end <= one.span.start
    return person and apart
