"""Is each source taken for whom a careful reader takes it?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from casts import article
from onrecord.record import Reading
from onrecord.resolve.resolver import Resolver

MUST = 0.98
"""The share of the sources that must be right; what fails is printed."""


@dataclass(frozen=True)
class Case:
    """A marked article, and how each of its sources is named and who it is."""

    group: str
    text: str
    wanted: tuple[str, ...]


def cases() -> tuple[Case, ...]:
    """The cases of ``cast.txt``."""
    blocks = Path(__file__).with_name("cast.txt").read_text(encoding="utf-8").strip().split("\n\n")
    found = []
    for block in blocks[1:]:
        group, text, *wanted = block.split("\n")
        found.append(Case(group, text.replace(" ¶ ", "\n\n"), tuple(line.removeprefix("= ") for line in wanted)))
    return tuple(found)


def resolved(resolver: Resolver, marked: str) -> Reading:
    """The reading of a marked article, with whoever its sources are."""
    reading, _ = article(marked)
    return resolver.resolve(reading)


def written(reading: Reading) -> list[str]:
    """Each source as the cases write it, in the order of the statements."""
    names = {actor.id: actor.name for actor in reading.actors}
    out = []
    for attribution, chain in zip(reading.attributions, reading.chains, strict=True):
        name = names[attribution.actor_id] if attribution.actor_id else "-"
        unnamed = attribution.actor_id is not None and not chain.hops[0].named
        out.append(f"{attribution.source_kind} {'?' if unnamed else ''}{name}")
    return out


def test_nearly_all_sources_are_right() -> None:
    resolver = Resolver.load()
    rows, wrong = 0, []
    for case in cases():
        got = written(resolved(resolver, case.text))
        assert len(got) == len(case.wanted), case.text
        rows += len(got)
        wrong += [(case.group, case.text, want, has) for want, has in zip(case.wanted, got, strict=True) if want != has]
    table = "\n".join(f"{group}\n  {text}\n  want {want!r}\n  has  {has!r}" for group, text, want, has in wrong)
    assert rows >= 100
    assert len(wrong) <= (1 - MUST) * rows, f"{len(wrong)} of {rows} wrong\n{table}"
