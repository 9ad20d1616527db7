"""By which printings did a statement travel, and what did each cut or change?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from onrecord.record.document import Document
from onrecord.store import Entry, Ledger, LinkEntry
from onrecord.store.linking import Printed
from onrecord.views.beside import SAME, SURE, Context

What: TypeAlias = Literal["kept", "cut", "added"]

COMPARABLE = 0.35
"""Two contents of which less is common are the same in other words: a comparison word by word says nothing."""

LEAST_RUN = 2
"""Words in a row that two contents must share for the comparison to say that they were kept."""

_WORD = re.compile(r"\S+")
_EDGES = "“”\"'‘’«»„.,;:!?…()[]-–—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some words of a comparison with the first printing.

    Attributes:
        text: The words.
        what: Whether both have them (*kept*), only the first printing (*cut*), or only this one (*added*).
    """

    text: str
    what: What


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """One printing of the utterance.

    Attributes:
        entry: The statement as it is printed there.
        link: The link to the first printing; None if there is none but by others, and for the first itself.
        printed: That its document prints an earlier document again as a whole; None if it does not.
        through: The media by which the words came, the printing one left out: agencies and other outlets.
        parts: Its content compared with that of the first printing, word by word; empty for the first itself, and where
            it is told in other words.
        newer: The text with which the outlet replaced its document; None if it did not.
    """

    entry: Entry
    link: LinkEntry | None
    printed: Printed | None
    through: tuple[str, ...]
    parts: tuple[Part, ...]
    newer: Document | None

    @property
    def same_words(self) -> bool:
        """Does it say what the first printing says, word for word?"""
        return bool(self.parts) and all(part.what == "kept" for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """The way of one utterance through the documents of a ledger.

    Attributes:
        entry: The statement that was asked for.
        printings: Every printing, by publication, those without a date last; it is among them.
        first_known: Whether the dates say which one was first.
        more: Printings that were not compared, since there are too many.
        less_sure: Links to further printings, left out because their score is too low.
        linked: Whether its document was ever linked; if not, that there is one printing says nothing.
    """

    entry: Entry
    printings: tuple[Printing, ...]
    first_known: bool
    more: int
    less_sure: int
    linked: bool


def trail(ledger: Ledger, identifier: str, *, least: float = SURE, most: int = 100) -> Trail:
    """Where was this utterance printed first, through whom did it come, and what did each printing cut or change?

    Args:
        ledger: The ledger.
        identifier: The statement's id, or a unique beginning of it.
        least: Links with a lower score lead nowhere; those that a person kept do.
        most: Printings to compare; of more, the first ones.

    Raises:
        StoreError: OR-407, there is no such statement, or several.
    """
    entry = ledger.entry(identifier)
    context = Context(ledger)
    reached = _reached(ledger, entry.statement.id, least)
    order = ledger.linking.in_order(reached)
    shown = order[:most]
    if entry.statement.id not in shown:
        shown = [*shown[: most - 1], entry.statement.id]
    context.expect(shown)
    entries = [context.entry(each) for each in shown]
    first = entries[0]
    days = [each.document.published.value[:10] if each.document.published else None for each in entries]
    weaker = ledger.linking.one_origin(least=least, below=True, of=shown)
    return Trail(
        entry=entry,
        printings=tuple(_printing(ledger, context, each, first, least) for each in entries),
        first_known=days[0] is not None and days.count(days[0]) == 1 and None not in days,
        more=len(order) - len(shown),
        less_sure=len({pair for pair in weaker if not reached.issuperset(pair)}),
        linked=ledger.linking.linked(entry.document.id),
    )


def _reached(ledger: Ledger, start: str, least: float) -> set[str]:
    """The statements that tell the utterance."""
    reached = {start}
    waiting = {start}
    while waiting:
        pairs = ledger.linking.one_origin(least=least, of=waiting)
        waiting = {end for pair in pairs for end in pair} - reached
        reached |= waiting
    return reached


def _printing(ledger: Ledger, context: Context, entry: Entry, first: Entry, least: float) -> Printing:
    links = () if entry is first else ledger.linking.between(SAME, least=least, statement_id=entry.statement.id)
    back = [each for each in links if first.statement.id in (each.link.left, each.link.right)]
    return Printing(
        entry=entry,
        link=max(back, key=lambda each: each.link.score or 1.0, default=None),
        printed=ledger.linking.first_printing(entry.document.id),
        through=_through(entry),
        parts=() if entry is first else compared(first.content, entry.content),
        newer=context.newer(entry.document.id),
    )


def _through(entry: Entry) -> tuple[str, ...]:
    """The outlets by which it came, as the chain names them, without the one that printed it."""
    names = []
    for hop in entry.chain.hops[1:-1] if entry.chain is not None else ():
        actor = entry.named(hop.actor_id)
        words = " ".join(hop.mention.of(entry.document.text).split()) if hop.mention is not None else ""
        if hop.kind == "outlet" and (actor is not None or words):
            names.append(actor.name if actor is not None else words)
    return tuple(dict.fromkeys(names))


def compared(first: str, other: str) -> tuple[Part, ...]:
    """What did `other` keep of `first`, cut and add, word by word? Empty if they have too little in common.

    Case, and marks at the edges of words, do not count.
    """
    a, b = _WORD.findall(first), _WORD.findall(other)
    blocks = SequenceMatcher(None, _keys(a), _keys(b), autojunk=False).get_matching_blocks()
    # A word alone that both happen to have tells nothing.
    told = [block for block in blocks if block.size >= min(LEAST_RUN, len(a), len(b))]
    common = sum(block.size for block in told)
    if not common or common < COMPARABLE * min(len(a), len(b)):
        return ()
    parts: list[Part] = []
    i = j = 0
    for at, to, size in (*told, (len(a), len(b), 0)):
        stretches: tuple[tuple[list[str], What], ...] = (
            (a[i:at], "cut"),
            (b[j:to], "added"),
            (b[to : to + size], "kept"),
        )
        parts += (Part(text=" ".join(words), what=what) for words, what in stretches if words)
        i, j = at + size, to + size
    return tuple(parts)


def _keys(words: list[str]) -> list[str]:
    return [word.strip(_EDGES).casefold() or word for word in words]
