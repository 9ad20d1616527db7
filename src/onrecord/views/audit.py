"""On whom does an article rest? What an editor checks before printing.

Only statements that are not within others are counted: what a source says that somebody else said is a statement of
its own, but not one for which the article has a source of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace

from onrecord.record.chain import Chain
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.statement import KINDS, Kind
from onrecord.views.aspects import Aspects, aspects_of
from onrecord.views.sources import Source, is_named, sources_of, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is counted of one article, or of several together.

    ``statements = named + unnamed + silent + unread``.

    Attributes:
        articles: Articles.
        statements: Statements that are not within others.
        inner: Statements within others; nothing below counts them.
        sources: Sources, counted in each article anew: actors, and unresolved sources by the words that name them.
        one_source: Articles all of whose statements come from one source; those with one statement among them.
        named: Statements whose source the text names.
        unnamed: Statements whose source it mentions without naming it.
        silent: Statements whose source it does not mention.
        unread: Statements of which nobody has looked who the source is.
        official: Statements by those who speak for a state, a government or another public body.
        kinds: Statements by kind.
        second_hand: Statements that reached the outlet through somebody else: with more than one hop before it.
        unnamed_hop: Statements with somebody in their chain whom the text does not name.
        longest: The hops of the longest chain.
    """

    articles: int = 0
    statements: int = 0
    inner: int = 0
    sources: int = 0
    one_source: int = 0
    named: int = 0
    unnamed: int = 0
    silent: int = 0
    unread: int = 0
    official: int = 0
    kinds: Mapping[Kind, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    second_hand: int = 0
    unnamed_hop: int = 0
    longest: int = 0

    def __add__(self, other: Figures) -> Figures:
        """Both together."""
        sums = {
            each.name: getattr(self, each.name) + getattr(other, each.name)
            for each in fields(self)
            if each.name not in ("kinds", "longest")
        }
        kinds = {kind: self.kinds[kind] + other.kinds[kind] for kind in KINDS}
        return replace(self, **sums, kinds=kinds, longest=max(self.longest, other.longest))

    @property
    def others(self) -> int:
        """Statements of a source that speaks for no public body, as far as its name and the text say."""
        return self.statements - self.silent - self.unread - self.official


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """On whom one article rests.

    Attributes:
        document: The article.
        figures: What is counted of it.
        sources: Its sources with their statements that are not within others; those who say most come first.
        longest: The statement that came by the longest chain; None if no chain is known.
    """

    document: Document
    figures: Figures
    sources: tuple[Source, ...]
    longest: Aspects | None


def audit(reading: Reading) -> Audit:
    """On whom does this article rest?"""
    outer = replace(reading, statements=tuple(stmt for stmt in reading.statements if stmt.within is None))
    all_of_it = tuple(aspects_of(outer).values())
    sources = tuple(source for source in sources_of(outer) if source.actor is not None or source.words)
    official = sum(len(source.said) for source in sources if source.official)
    read = [aspects for aspects in all_of_it if aspects.attribution is not None]
    spoken = [aspects for aspects in read if aspects.actor is not None or not _silent(aspects)]
    chains = [aspects.chain for aspects in all_of_it if aspects.chain is not None]
    named = sum(map(is_named, spoken))
    figures = Figures(
        articles=1,
        statements=len(all_of_it),
        inner=len(reading.statements) - len(all_of_it),
        sources=len(sources),
        one_source=int(len(sources) == 1 and len(spoken) == len(all_of_it)),
        named=named,
        unnamed=len(spoken) - named,
        silent=len(read) - len(spoken),
        unread=len(all_of_it) - len(read),
        official=official if read else 0,
        kinds={kind: sum(aspects.statement.kind == kind for aspects in all_of_it) for kind in KINDS},
        second_hand=sum(chain.distance > 1 for chain in chains),
        unnamed_hop=sum(map(_unnamed_hop, chains)),
        longest=max((len(chain.hops) for chain in chains), default=0),
    )
    longest = max((a for a in all_of_it if a.chain is not None), key=_n_hops, default=None)
    return Audit(document=reading.document, figures=figures, sources=sources, longest=longest)


def together(audits: Iterable[Audit]) -> dict[str | None, Figures]:
    """The figures of each outlet, by its name; None stands for articles of which nothing says who printed them."""
    found: dict[str | None, Figures] = {}
    for each in audits:
        outlet = each.document.outlet
        found[outlet] = found.get(outlet, Figures()) + each.figures
    return found


def _silent(aspects: Aspects) -> bool:
    """Does the text mention no source?"""
    return not words_of(aspects)


def _unnamed_hop(chain: Chain) -> bool:
    # The outlet that printed it is implied; that nobody told us its name says nothing about the text.
    return any(not hop.named for hop in chain.hops if hop.mention is not None)


def _n_hops(aspects: Aspects) -> int:
    return len(aspects.chain.hops) if aspects.chain is not None else 0
