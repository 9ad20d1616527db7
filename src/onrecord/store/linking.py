"""What was linked so far, what remains to be linked, and which documents print others again?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from onrecord.record.document import Document
from onrecord.record.link import Link, LinkKind
from onrecord.record.reading import Reading
from onrecord.store.connection import translated
from onrecord.store.links import (
    current_links,
    links_among,
    one_origin,
    outlined_links,
    speakers,
    standing_links,
    unlinked,
    weaker_links,
    write_linked,
    write_links,
)
from onrecord.store.nouns import LinkEntry
from onrecord.store.observed import observed_reading
from onrecord.store.read import document_by_id
from onrecord.store.words import expression
from onrecord.store.write import transaction

_AT_ONCE = 500
_STANDING = (
    "SELECT p.document_id, p.first_id, p.share, p.credited, p.n FROM reprint AS p WHERE p.method_id = ? "
    "AND NOT EXISTS (SELECT 1 FROM reprint_end AS e WHERE e.reprint_n = p.n)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """That a document prints an earlier one again.

    Attributes:
        document_id: The later document.
        first_id: The earliest printing known; never a reprint itself.
        share: Share of the words of one that lie in the other, whichever way is more, in [0, 1].
        credited: Whether the later one names the outlet of the first.
    """

    document_id: str
    first_id: str
    share: float
    credited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCounts:
    """What a run changed.

    Attributes:
        found: Links that are new.
        withdrawn: Links that no longer hold.
        standing: Links of this method that hold now.
        reprints: Documents that print an earlier one again, as this method sees it now.
    """

    found: int
    withdrawn: int
    standing: int
    reprints: int


class Linking:
    """The links of a ledger as machines found them; see :attr:`onrecord.store.Ledger.linking`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, run_method: Callable[[str], str]) -> None:
        self._path = path
        self._connection = connection
        self._run_method = run_method

    def waiting(self, method_id: str) -> tuple[str, ...]:
        """Which documents has this method not compared, as they were read last? In the order of printing."""
        with translated(self._path):
            new = set(unlinked(self._connection, method_id))
        return tuple(identifier for identifier in self.documents() if identifier in new)

    def linked(self, document_id: str) -> bool:
        """Has the method that linked last compared this document, as it was read last, with others?"""
        with translated(self._path):
            row = self._connection.execute(
                "SELECT 1 FROM linking AS k WHERE k.method_id = (SELECT m.method_id FROM linking_method AS m) "
                "AND k.reading_id = (SELECT max(r.id) FROM reading AS r WHERE r.document_id = ?)",
                (document_id,),
            ).fetchone()
        return row is not None

    def reread(self, method_id: str) -> bool:
        """Was a document read anew, by another method of reading, after this method had linked it?"""
        with translated(self._path):
            row = self._connection.execute(
                "SELECT 1 FROM linking AS k JOIN reading AS r ON r.id = k.reading_id WHERE k.method_id = ?1 "
                "AND NOT EXISTS (SELECT 1 FROM linking AS j WHERE j.method_id = ?1 "
                "AND j.reading_id = (SELECT max(l.id) FROM reading AS l WHERE l.document_id = r.document_id)) LIMIT 1",
                (method_id,),
            ).fetchone()
        return row is not None

    def printed(self, method_id: str) -> list[Printed]:
        """Which documents print others again, as this method sees it?"""
        with translated(self._path):
            return list(map(_printed, self._connection.execute(_STANDING, (method_id,)).fetchall()))

    def naming(self, names: Iterable[str]) -> set[str]:
        """The documents whose latest reading names an actor with the words of one of these names, and perhaps more."""
        found: set[str] = set()
        with translated(self._path):
            for name in names:
                match = expression(f'"{name}"', columns="names")
                rows = match and self._connection.execute(
                    "SELECT DISTINCT r.document_id FROM actor_fts AS f JOIN reading_actor AS m ON m.actor_n = f.rowid "
                    "JOIN reading AS r ON r.id = m.reading_id WHERE actor_fts MATCH ?",
                    (match,),
                )
                found.update(document for (document,) in rows or ())
        return found

    def any_linked(self) -> bool:
        """Was anything of this ledger ever linked?"""
        with translated(self._path):
            return self._connection.execute("SELECT 1 FROM linking LIMIT 1").fetchone() is not None

    def documents(self) -> tuple[str, ...]:
        """Every document, in the order of printing: by publication, those without a date last, then by id."""
        with translated(self._path):
            rows = self._connection.execute("SELECT id FROM document ORDER BY coalesce(published, '~'), id").fetchall()
        return tuple(identifier for (identifier,) in rows)

    def observed(self, documents: Iterable[str]) -> Iterator[Reading]:
        """What did the machine observe in these documents when it read them last, whatever people decided?"""
        for identifier in documents:
            with translated(self._path):
                reading = observed_reading(self._connection, identifier)
            yield reading

    def standing(self, method_id: str) -> Iterator[Link]:
        """The links that hold as this method sees it, in the order in which they were found."""
        with translated(self._path):
            yield from standing_links(self._connection, method_id)

    def outlined(self, method_id: str) -> Iterator[Link]:
        """The same links without the words that decide and the three answers: enough to go on linking from."""
        with translated(self._path):
            yield from outlined_links(self._connection, method_id)

    def record(
        self,
        run_id: str,
        *,
        found: Iterable[Link],
        withdrawn: Iterable[str],
        printed: Iterable[Printed],
        documents: Iterable[str],
    ) -> LinkCounts:
        """Records what a run found, all of it or nothing.

        Args:
            run_id: The run.
            found: Links that are new or hold on other grounds; those on record already are left as they are.
            withdrawn: The ids of links that no longer hold.
            printed: All documents of the ledger that print an earlier one again, as this run sees it.
            documents: The ids of the documents that were compared with all others.

        Raises:
            StoreError: OR-407, there is no such run or statement.
            TextError: OR-201, evidence does not lie in the text of its document.
        """
        with translated(self._path):
            method_id = self._run_method(run_id)
            with transaction(self._connection):
                new, ended = write_links(self._connection, run_id, method_id, found, withdrawn)
                self._write_reprints(run_id, method_id, printed)
                write_linked(self._connection, run_id, method_id, documents)
                return LinkCounts(
                    found=new,
                    withdrawn=ended,
                    standing=self._count("link", "link_end", "link_n", method_id),
                    reprints=self._count("reprint", "reprint_end", "reprint_n", method_id),
                )

    def counts(self, method_id: str) -> tuple[int, int]:
        """How many links and reprints hold, as this method sees it?"""
        with translated(self._path):
            return (
                self._count("link", "link_end", "link_n", method_id),
                self._count("reprint", "reprint_end", "reprint_n", method_id),
            )

    def _count(self, table: str, ends: str, key: str, method_id: str) -> int:
        (number,) = self._connection.execute(
            f"SELECT count(*) FROM {table} AS t WHERE t.method_id = ? "
            f"AND NOT EXISTS (SELECT 1 FROM {ends} AS e WHERE e.{key} = t.n)",
            (method_id,),
        ).fetchone()
        return int(number)

    def _write_reprints(self, run_id: str, method_id: str, printed: Iterable[Printed]) -> None:
        rows = self._connection.execute(_STANDING, (method_id,)).fetchall()
        before = {_printed(row): cast(int, row[-1]) for row in rows}
        after = set(printed)
        self._connection.executemany(
            "INSERT INTO reprint_end (reprint_n, run_id) VALUES (?, ?)",
            [(number, run_id) for each, number in before.items() if each not in after],
        )
        self._connection.executemany(
            "INSERT INTO reprint (run_id, method_id, document_id, first_id, share, credited) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (run_id, method_id, each.document_id, each.first_id, each.share, int(each.credited))
                for each in sorted(after - before.keys(), key=lambda each: each.document_id)
            ],
        )

    def first_printing(self, document_id: str) -> Printed | None:
        """Which earlier document does this one print again? None if it prints none, or nothing was linked yet."""
        with translated(self._path):
            row = self._connection.execute(
                "SELECT document_id, first_id, share, credited FROM current_reprint WHERE document_id = ?",
                (document_id,),
            ).fetchone()
        return None if row is None else _printed(row)

    def reprints(self, document_id: str) -> tuple[Printed, ...]:
        """Which later documents print this one again, in the order of printing?"""
        with translated(self._path):
            rows = self._connection.execute(
                "SELECT p.document_id, p.first_id, p.share, p.credited FROM current_reprint AS p "
                "JOIN document AS d ON d.id = p.document_id WHERE p.first_id = ? "
                "ORDER BY coalesce(d.published, '~'), d.id",
                (document_id,),
            ).fetchall()
        return tuple(map(_printed, rows))

    def between(
        self, kinds: Collection[LinkKind], *, least: float, statement_id: str | None = None
    ) -> Iterator[LinkEntry]:
        """The links of these kinds in the current record that are sure enough and explained, or that a person kept.

        Args:
            kinds: Kinds of links, as corrected.
            least: The lowest score; unless it is 0, there must be deciding words on both sides too.
            statement_id: One of their ends; None for all.
        """
        with translated(self._path):
            yield from current_links(
                self._connection, statement_id=statement_id, kinds=kinds, rejected=False, least=least
            )

    def among(self, statements: Collection[str]) -> list[LinkEntry]:
        """The links of the current record both of whose ends are among these statements, by their ids."""
        with translated(self._path):
            return links_among(self._connection, statements)

    def weaker(self, kinds: Collection[LinkKind], *, least: float) -> int:
        """How many links of these kinds, as they were found, have a lower score or no words to explain them?"""
        with translated(self._path):
            return weaker_links(self._connection, kinds, least)

    def one_origin(
        self, *, least: float, below: bool = False, of: Collection[str] | None = None
    ) -> list[tuple[str, str]]:
        """Which statements go back to one utterance: pairs of ids.

        Args:
            least: Leave out links with a lower score, unless a person kept them.
            below: Those with a lower score instead.
            of: Only pairs with one of these statements; None for all.
        """
        with translated(self._path):
            return list(one_origin(self._connection, least=least, below=below, of=of))

    def speakers(self, statements: Iterable[str]) -> dict[str, str | None]:
        """Which actors said these statements? None where that is open, or the text names nobody."""
        with translated(self._path):
            return speakers(self._connection, statements)

    def sources(self, statements: Iterable[str]) -> dict[str, str | None]:
        """Which actors are the sources of these statements, named in the text or not? None where that is open."""
        query = (
            "SELECT p.statement_id, p.actor_id FROM json_each(?) AS j "
            "CROSS JOIN speaker AS p ON p.statement_id = j.value"
        )
        with translated(self._path):
            return dict(self._connection.execute(query, (json.dumps(list(statements)),)).fetchall())

    def in_order(self, statements: Iterable[str]) -> list[str]:
        """These statements in the order of printing: by publication, those without a date last, then by document."""
        found: list[tuple[str, str, int, str]] = []
        with translated(self._path):
            for identifier in statements:
                found += self._connection.execute(
                    "SELECT coalesce(d.published, '~'), d.id, s.n, s.id FROM statement AS s "
                    "JOIN document AS d ON d.id = s.document_id WHERE s.id = ?",
                    (identifier,),
                )
        return [identifier for *_, identifier in sorted(found)]

    def newer_version(self, document_id: str) -> Document | None:
        """With which text did the outlet replace this document: under the same address, or the same id of its own?

        The one published last, or, where that says nothing, the one that arrived last. None if this is the one.
        """
        with translated(self._path):
            rows = self._connection.execute(
                "SELECT l.published, l.n, l.id FROM document AS d JOIN document AS l ON l.url = d.url "
                "AND l.outlet IS d.outlet WHERE d.id = ?1 "
                "UNION SELECT l.published, l.n, l.id FROM document AS d JOIN document AS l "
                "ON l.external_id = d.external_id AND l.outlet = d.outlet "
                "AND (l.url = d.url OR l.url IS NULL OR d.url IS NULL) WHERE d.id = ?1",
                (document_id,),
            ).fetchall()
            dated = all(published is not None for published, _, _ in rows)
            _, _, last = max(rows, key=lambda row: (row[0] if dated else "", row[1]), default=("", 0, document_id))
            return None if last == document_id else document_by_id(self._connection, last)


def _printed(row: tuple[object, ...]) -> Printed:
    document, first, share, credited = row[:4]
    return Printed(
        document_id=cast(str, document), first_id=cast(str, first), share=cast(float, share), credited=bool(credited)
    )
