"""Who speaks in a document, how often, and how sure is that?"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.actor import Actor
from onrecord.record.attribution import NO_REASON
from onrecord.record.reading import Reading
from onrecord.views.aspects import Aspects, aspects_of
from onrecord.views.officials import is_official


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source of a document with everything that it says there.

    Attributes:
        actor: Who it is, or, if it is not `named`, to whom it belongs; None if that is open.
        words: The words that name it in the text, each spelling once, in the order of its statements; empty if the
            text names nobody.
        reason: Why there is no actor; None if there is one or nobody has looked.
        named: Whether the text names it: a name, or a role or pronoun that was resolved.
        official: Whether it speaks for a state, a government or another public body, see ``is_official``.
        said: Its statements, in the order of the document.
    """

    actor: Actor | None
    words: tuple[str, ...]
    reason: str | None
    named: bool
    official: bool
    said: tuple[Aspects, ...]


def sources_of(reading: Reading) -> tuple[Source, ...]:
    """Who speaks in this document? Those who say most come first, then those who come first.

    Each actor is one source; those of an actor whom the text does not name ("officials of the ministry") are another
    one, and not the actor itself. Sources without an actor are told apart by the words that name them; all that the
    text ascribes to nobody is one.
    """
    found: dict[tuple[str, str], list[Aspects]] = {}
    for aspects in aspects_of(reading).values():
        found.setdefault(_key(aspects), []).append(aspects)
    sources = [_source(said) for said in found.values()]
    return tuple(sorted(sources, key=lambda source: -len(source.said)))


def words_of(aspects: Aspects) -> str:
    """The words that name the source of a statement, on one line; empty if there are none."""
    spans = aspects.statement.source
    if not spans and aspects.attribution is not None and aspects.attribution.mention is not None:
        spans = (aspects.attribution.mention,)
    return " … ".join(" ".join(span.of(aspects.text).split()) for span in spans)


def is_named(aspects: Aspects) -> bool:
    """Does the text name the source of this statement?"""
    if aspects.chain is not None:
        return aspects.chain.origin.named
    return aspects.actor is not None


def _key(aspects: Aspects) -> tuple[str, str]:
    actor = aspects.actor
    if actor is None:
        return "words", words_of(aspects).casefold()
    return ("named" if is_named(aspects) else "unnamed"), actor.id


def _source(said: list[Aspects]) -> Source:
    actor = said[0].actor
    words = tuple(dict.fromkeys(filter(None, map(words_of, said))))
    attribution = said[0].attribution
    reason = attribution.reason if attribution is not None else None
    return Source(
        actor=actor,
        words=words,
        reason=None if reason == NO_REASON else reason,
        named=any(is_named(aspects) for aspects in said),
        official=is_official(actor, words),
        said=tuple(said),
    )
