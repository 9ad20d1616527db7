"""What of a document and of a statement is looked at when they are compared with others?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from onrecord.connect.words import Number
from onrecord.record.position import Act, Polarity
from onrecord.record.span import Spans
from onrecord.record.statement import Kind

Order: TypeAlias = tuple[str, str]
"""Publication and id of a document; tuples of this kind sort as the documents were printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What of a document is looked at when its statements are compared with others.

    Attributes:
        id: The document's id.
        name: What links call it: the input's own id, or else its id.
        order: Where it stands among all documents: by publication, those without a date last, then by id.
        day: Day of publication, counted from the year 1; None if it is not known to the day.
        outlet: Its outlet's name in lower case; None if unknown.
        outlet_words: Keys of the words of its outlet's name.
        topic: Rarity of the content words of its title and its text's beginning, by stem.
        usual: Stems that come back so often in it that they say what it is about, and not what one sentence says.
        story: The input's own grouping of documents, if any.
    """

    id: str
    name: str
    order: Order
    day: int | None
    outlet: str | None
    outlet_words: frozenset[str]
    topic: dict[str, float]
    usual: frozenset[str]
    story: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who is behind a statement, as far as two statements can share it.

    Attributes:
        actor: The actor's id; None if unresolved.
        names: Keys of the words of the actor's names.
        kind: What it is; ``unknown`` if unresolved.
        side: Keys of the names of those for whom it stands, as far as the document says.
        named: Whether the text names hop 0.
        path: The actors of the hops after the first, None where one is unresolved; the last is the outlet.
        mentions: Keys of the words by which the text names the source ("two people familiar with the talks").
    """

    actor: str | None
    names: frozenset[str]
    kind: str
    side: frozenset[str]
    named: bool
    path: tuple[str | None, ...]
    mentions: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claim:
    """One statement, cut down to what is compared.

    Attributes:
        name: What links call it: its id, or ``DOCUMENT/STATEMENT`` where ids are those of a file.
        id: The statement's id.
        within: The id of the statement that contains it, or None.
        page: Its document.
        kind: Its form.
        content: Where it stands in the document.
        text: Its words.
        said: Its words, or those of its sentence where it has hardly any of its own ("that", "seven").
        forms: Its words in lower case, in order.
        words: Rarity of its content words, by stem.
        names: Keys of the names in it.
        numbers: The numbers in it.
        negations: How many words in it turn it round.
        act: What is done by saying it; None if nobody has looked.
        polarity: That of its main proposition; None likewise.
        source: Who is behind it.
        around: Rarity of the content words in it and around it: of its sentence, the one before, and the title.
        weight: Sum of `words`.
        weight_around: Sum of `around`.
        opposed: Stems that are opposed to one of `words`.
        occasion: On what occasion it was said; None if the text does not say.
        said_on: The day on which it was said, counted from the year 1; None likewise.
        conditions: Stems of what it requires, by condition.
    """

    name: str
    id: str
    within: str | None
    page: Page
    kind: Kind
    content: Spans
    text: str
    said: str
    forms: tuple[str, ...]
    words: dict[str, float]
    names: frozenset[str]
    numbers: tuple[Number, ...]
    negations: int
    act: Act | None
    polarity: Polarity | None
    source: Source
    around: dict[str, float]
    weight: float
    weight_around: float
    opposed: frozenset[str]
    occasion: str | None
    said_on: int | None
    conditions: tuple[frozenset[str], ...]

    @property
    def stance(self) -> bool | None:
        """Does it affirm its proposition? A denial turns it round; None if nobody has looked."""
        if self.act is None or self.polarity is None:
            return None
        return (self.polarity == "positive") != (self.act == "denies")
