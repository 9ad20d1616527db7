"""The table of stages: what each one reads, what it writes, and in which folder it lives.

A document goes down the table and never back up. ``onrecord flow`` prints it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step on the way from bytes to answers.

    Attributes:
        name: What the stage does, one verb.
        reads: The nouns that go in, of those that an earlier stage wrote; the first stage reads bytes.
        writes: The nouns that come out.
        room: The folder of the package in which the stage lives.
        does: One sentence for the reader of the table.
    """

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    room: str
    does: str


STAGES: tuple[Stage, ...] = (
    Stage(
        name="ingest",
        reads=("bytes",),
        writes=("document",),
        room="ingest",
        does="Turns files, folders, feeds, pipes and addresses into documents that know their origin.",
    ),
    Stage(
        name="extract",
        reads=("document",),
        writes=("statement", "mention"),
        room="extract",
        does="Finds every statement with its source, cue and content, and who is mentioned; scores both.",
    ),
    Stage(
        name="resolve",
        reads=("document", "statement", "mention"),
        writes=("attribution", "actor", "chain", "setting"),
        room="resolve",
        does="Says whose each statement is, or why that is not known, through whom it came and where it was said.",
    ),
    Stage(
        name="position",
        reads=("document", "statement"),
        writes=("position",),
        room="position",
        does="Says what every statement does, how far its source commits to it, and on what condition.",
    ),
    Stage(
        name="run",
        reads=("document", "statement"),
        writes=("reading", "run"),
        room="run",
        does="Takes a stream of documents through the stages, and counts what was kept, skipped and failed.",
    ),
    Stage(
        name="connect",
        reads=("reading",),
        writes=("link",),
        room="connect",
        does="Links statements: the same words, agreement, conflict, denial, a change; finds reprints first.",
    ),
    Stage(
        name="issues",
        reads=("reading",),
        writes=("issue",),
        room="issues",
        does="Says which statements bear on a question, and on which side; finds the questions that many bear on.",
    ),
    Stage(
        name="store",
        reads=("reading", "run"),
        writes=("ledger",),
        room="store",
        does="Keeps readings, runs and decisions in one SQLite file.",
    ),
    Stage(
        name="view",
        reads=("ledger", "reading"),
        writes=("answer",),
        room="views",
        does="Answers questions: full-text search, one statement in its passage, agreement with gold.",
    ),
    Stage(
        name="export",
        reads=("ledger", "reading"),
        writes=("file",),
        room="export",
        does="Writes readings for other programs and for people: JSON Lines, CSV, Parquet, an HTML page.",
    ),
)
