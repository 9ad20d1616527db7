"""What of the documents of a ledger is looked at when they are asked about an issue?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.connect.claim import Claim
from onrecord.connect.look import look
from onrecord.connect.words import STOP, Token, name_key, tokens
from onrecord.record.position import Position
from onrecord.record.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A document with its statements, cut down to what an issue is compared with.

    Attributes:
        claims: Its statements.
        positions: What each of them does, by its id; those that nobody has looked at are left out.
        text: Its text.
        title: Keys of the words of its title.
        whole: Keys of all its words.
    """

    claims: tuple[Claim, ...]
    positions: Mapping[str, Position]
    text: str
    title: frozenset[str]
    whole: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All documents that are asked.

    Attributes:
        scenes: The documents, in the order in which they were given.
        held_by: How many statements hold a content word, by its key.
        n_statements: How many statements there are.
    """

    scenes: tuple[Scene, ...]
    held_by: Mapping[str, int]
    n_statements: int

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Corpus:
        """What of these readings is looked at?"""
        scenes = tuple(map(_scene, readings))
        counts = Counter(word for scene in scenes for claim in scene.claims for word in claim.words)
        return cls(scenes=scenes, held_by=counts, n_statements=sum(len(scene.claims) for scene in scenes))

    def claims(self) -> Iterator[tuple[Scene, Claim]]:
        """Every statement with its document."""
        return ((scene, claim) for scene in self.scenes for claim in scene.claims)


def _scene(reading: Reading) -> Scene:
    doc = reading.document
    _, claims = look(reading)
    title = frozenset(keys(doc.title or ""))
    return Scene(
        claims=claims,
        positions={position.statement_id: position for position in reading.positions},
        text=doc.text,
        title=title,
        whole=title | frozenset(keys(doc.text)),
    )


def keys(text: str) -> Iterator[str]:
    """The keys of the content words of `text`: stems, and what names of a country and its people share."""
    return (key_of(token) for token in tokens(text) if token.form not in STOP)


def key_of(token: Token) -> str:
    """The key of a word."""
    return name_key(token.form) if token.name else token.stem
