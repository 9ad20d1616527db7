"""How do issues and the statements that bear on them lie in the ledger?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from onrecord.errors import StoreError, TextError, UsageError
from onrecord.record.bearing import Bearing, Side, side_of
from onrecord.record.decision import Decision, Verdict
from onrecord.record.issue import Issue
from onrecord.store.connection import translated
from onrecord.store.decisions import BEARS, record_decision, standing_decision
from onrecord.store.groups import MERGED_INTO
from onrecord.store.ids import full_id
from onrecord.store.issues import issue_of, number_of
from onrecord.store.judged import judged_among
from onrecord.store.nouns import BearingEntry, IssueEntry
from onrecord.store.values import spans_of, spans_text
from onrecord.store.write import transaction

_AT_ONCE = 500


class Issues:
    """The questions on which actors take positions, and the statements that bear on them.

    People's word wins: what they merged, renamed, rejected, or said of single statements holds over every run, earlier
    or later. Every method may raise StoreError as those of the ledger do.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, run_method: Callable[[str], str]) -> None:
        self._path = path
        self._connection = connection
        self._run_method = run_method

    # Writing

    def add(self, issue: Issue) -> bool:
        """Records an issue, without saying what bears on it. Was it new?"""
        with translated(self._path), transaction(self._connection):
            known = self._connection.execute("SELECT 1 FROM issue WHERE id = ?", (issue.id,)).fetchone()
            number_of(self._connection, issue)
        return known is None

    def record(self, run_id: str, issue: Issue, bearings: Iterable[Bearing]) -> bool:
        """Records an issue and all statements that bear on it, says this run; or nothing. Does that change anything?

        What an earlier run said of the issue is superseded. If it said the same, nothing is written.

        Raises:
            StoreError: OR-407, there is no such run or statement.
            TextError: OR-201, evidence does not lie in the text of its document.
        """
        found = sorted(bearings, key=lambda bearing: bearing.statement_id)
        with translated(self._path):
            self._run_method(run_id)
            rows = [self._row(bearing) for bearing in found]
            with transaction(self._connection):
                number_of(self._connection, issue)
                if rows == self._said(issue.id):
                    return False
                asking = self._connection.execute(
                    "INSERT INTO asking (issue_id, run_id) VALUES (?, ?)", (issue.id, run_id)
                ).lastrowid
                self._connection.executemany(
                    "INSERT INTO bearing (asking_n, statement_id, side, score, evidence) VALUES (?, ?, ?, ?, ?)",
                    ((asking, *row) for row in rows),
                )
        return True

    def _row(self, bearing: Bearing) -> tuple[str, str, float | None, str]:
        row = self._connection.execute(
            "SELECT length(d.text) FROM statement AS s JOIN document AS d ON d.id = s.document_id WHERE s.id = ?",
            (bearing.statement_id,),
        ).fetchone()
        if row is None:
            raise StoreError("OR-407", f"the ledger has no statement {bearing.statement_id!r}")
        if any(span.end > row[0] for span in bearing.evidence):
            raise TextError("OR-201", f"bearing of {bearing.statement_id}: evidence ends outside the text")
        score = None if bearing.score is None else float(bearing.score)
        return bearing.statement_id, bearing.side, score, spans_text(bearing.evidence)

    def _said(self, issue_id: str) -> list[tuple[str, str, float | None, str]] | None:
        """What the last run said of an issue; None if none ever looked."""
        asked = self._connection.execute("SELECT n FROM last_asking WHERE issue_id = ?", (issue_id,)).fetchone()
        if asked is None:
            return None
        return self._connection.execute(
            "SELECT statement_id, side, score, evidence FROM bearing WHERE asking_n = ? ORDER BY statement_id", asked
        ).fetchall()

    def merge(self, issue: str, into: str, *, by: str, note: str | None = None) -> Decision:
        """Decides that two issues are one, shown as `into`.

        Raises:
            StoreError: OR-407, there is no such issue; OR-410, it would be merged into itself.
        """
        with translated(self._path), transaction(self._connection):
            subject = full_id(self._connection, "issue", issue)
            return record_decision(
                self._connection, subject, "corrected", by=by, field=MERGED_INTO, after=into, note=note
            )

    def rename(self, issue: str, label: str, *, by: str, note: str | None = None) -> Decision:
        """Decides under which label an issue is shown, with all that were merged into it.

        Raises:
            StoreError: OR-407, there is no such issue.
            UsageError: OR-001, the label is empty.
        """
        with translated(self._path), transaction(self._connection):
            subject = self._shown(full_id(self._connection, "issue", issue))
            return record_decision(self._connection, subject, "corrected", by=by, field="label", after=label, note=note)

    def bears(
        self, issue: str, statement: str, bears: bool, *, by: str, side: Side | None = None, note: str | None = None
    ) -> Decision:
        """Decides whether a statement bears on an issue, and if so, on which side.

        Args:
            issue: The issue's id, or a unique beginning of it.
            statement: The statement's id, likewise.
            bears: Whether it bears on the issue.
            by: Who decides.
            side: On which side; None leaves that to the machine.
            note: Why.

        Raises:
            StoreError: OR-407, there is no such issue or statement.
            UsageError: OR-001, a side of a statement that does not bear on the issue, or no such side.
        """
        if side is not None and not bears:
            raise UsageError("OR-001", "a statement that does not bear on an issue takes no side there")
        with translated(self._path), transaction(self._connection):
            subject = self._shown(full_id(self._connection, "issue", issue))
            return self._bears(subject, statement, bears, by=by, side=side, note=note)

    def _bears(
        self, issue: str, statement: str, bears: bool, *, by: str, side: Side | None, note: str | None
    ) -> Decision:
        verdict: Verdict = "corrected" if side is not None else "accepted" if bears else "rejected"
        return record_decision(self._connection, issue, verdict, by=by, field=BEARS + statement, after=side, note=note)

    def split(
        self, issue: str, statements: Sequence[str], new: Issue, *, by: str, note: str | None = None
    ) -> tuple[Decision, ...]:
        """Decides that some statements bear on another issue instead, which is recorded if it is new.

        Raises:
            StoreError: OR-407, there is no such issue or statement.
            UsageError: OR-001, no statement is given, one does not bear on the issue, or the other issue is this one.
        """
        if not statements:
            raise UsageError("OR-001", "name the statements that belong elsewhere")
        with translated(self._path), transaction(self._connection):
            old = self._shown(full_id(self._connection, "issue", issue))
            if self._shown(new.id) == old:
                raise UsageError("OR-001", f"issue {old} cannot be split into itself", hint="Give another label.")
            there = {entry.bearing.statement_id for entry in self._bearings(self._members(old))}
            chosen = [full_id(self._connection, "statement", each) for each in statements]
            for each in chosen:
                if each not in there:
                    raise UsageError("OR-001", f"statement {each} does not bear on issue {old}")
            number_of(self._connection, new)
            made = []
            for each in dict.fromkeys(chosen):
                made.append(self._bears(old, each, False, by=by, side=None, note=note))
                made.append(self._bears(new.id, each, True, by=by, side=None, note=note))
        return tuple(made)

    # Reading

    def all(self, *, rejected: bool = False) -> tuple[IssueEntry, ...]:
        """Every issue, those first on which most statements bear; issues that are one are shown once.

        Args:
            rejected: Whether to include issues that a person rejected.
        """
        with translated(self._path):
            groups: dict[str, list[str]] = {}
            for issue, shown in self._groups().items():
                groups.setdefault(shown, []).append(issue)
            found = [self._entry(_first(shown, members)) for shown, members in groups.items()]
        kept = (entry for entry in found if rejected or not entry.rejected)
        return tuple(sorted(kept, key=lambda entry: (-entry.n_statements, entry.issue.label, entry.issue.id)))

    def one(self, identifier: str) -> IssueEntry:
        """The issue with this id, or a unique beginning of it; or the one into which it was merged.

        Raises:
            StoreError: OR-407, there is none, or several.
        """
        with translated(self._path):
            shown = self._shown(full_id(self._connection, "issue", identifier))
            return self._entry(self._members(shown))

    def bearings(self, identifier: str) -> tuple[BearingEntry, ...]:
        """Which statements of the current record bear on this issue, by their ids?

        Raises:
            StoreError: OR-407, there is no such issue, or several.
        """
        with translated(self._path):
            return tuple(self._bearings(self._members(self._shown(full_id(self._connection, "issue", identifier)))))

    def of_statement(self, identifier: str) -> tuple[IssueEntry, ...]:
        """On which issues does this statement bear? By their labels; rejected issues are left out.

        Raises:
            StoreError: OR-407, there is no such statement, or several.
        """
        with translated(self._path):
            statement = full_id(self._connection, "statement", identifier)
            rows = self._connection.execute(
                "SELECT DISTINCT issue_id FROM current_bearing WHERE statement_id = ?", (statement,)
            ).fetchall()
            groups = [self._members(shown) for shown in {self._shown(issue) for (issue,) in rows}]
            bearing = [
                self._entry(members)
                for members in groups
                if any(entry.bearing.statement_id == statement for entry in self._bearings(members))
            ]
        kept = (entry for entry in bearing if not entry.rejected)
        return tuple(sorted(kept, key=lambda entry: (entry.issue.label, entry.issue.id)))

    def labels(self) -> tuple[Issue, ...]:
        """Every issue as it is shown, by its label; those that a person rejected are left out."""
        with translated(self._path):
            rows = self._connection.execute(
                "SELECT i.issue_id, l.label, l.question, l.made_by, l.parent, l.exact, i.label FROM current_issue AS i "
                "JOIN last_issue AS l ON l.issue_id = i.issue_id "
                "WHERE i.merged_into IS NULL AND i.decision IS NOT 'rejected'"
            ).fetchall()
        shown = [_under(issue_of(row[:-1]), row[-1]) for row in rows]
        return tuple(sorted(shown, key=lambda issue: (issue.label, issue.id)))

    def taken(self, statements: Sequence[str]) -> dict[Issue, tuple[BearingEntry, ...]]:
        """On which issues do some of these statements bear, and on which side? Rejected issues are left out."""
        with translated(self._path):
            asked = json.dumps(list(statements))
            rows = self._connection.execute(
                "SELECT a.issue_id FROM json_each(?1) AS j CROSS JOIN bearing AS b ON b.statement_id = j.value "
                "CROSS JOIN asking AS a ON a.n = b.asking_n "
                "UNION SELECT p.issue_id FROM json_each(?1) AS j "
                "CROSS JOIN last_observation AS o ON o.statement_id = j.value "
                "CROSS JOIN position AS p ON p.reading_id = o.reading_id AND p.statement_id = o.statement_id "
                "WHERE p.issue_id IS NOT NULL "
                "UNION SELECT issue_id FROM bearing_decision WHERE statement_id IN (SELECT value FROM json_each(?1))",
                (asked,),
            ).fetchall()
            groups = self._groups()
            named = dict.fromkeys(groups[issue] for (issue,) in rows)
            found = {
                self._issue(shown): tuple(
                    self._bearings(_first(shown, [each for each, into in groups.items() if into == shown]), statements)
                )
                for shown in named
                if (said := standing_decision(self._connection, shown, None)) is None or said.verdict != "rejected"
            }
        return {issue: bearings for issue, bearings in found.items() if bearings}

    def speaking(self, statements: Iterable[str]) -> Iterator[tuple[str, str | None, str | None]]:
        """Who says these statements, and when were they printed? Those of the current record, by their ids.

        Yields:
            The statement's id, its actor's name, None if that is open, and the publication, None if unknown.
        """
        query = """
            SELECT o.statement_id,
              (SELECT n.name FROM decided_attribution AS a JOIN last_actor AS n ON n.actor_id = a.actor_id
               WHERE a.reading_id = o.reading_id AND a.statement_id = o.statement_id), d.published
            FROM json_each(?) AS j CROSS JOIN current_observation AS o ON o.statement_id = j.value
            JOIN document AS d ON d.id = o.document_id ORDER BY j.key"""
        wanted = list(statements)
        for start in range(0, len(wanted), _AT_ONCE):
            with translated(self._path):
                rows = self._connection.execute(query, (json.dumps(wanted[start : start + _AT_ONCE]),)).fetchall()
            yield from rows

    def found(self) -> dict[Issue, frozenset[str]]:
        """The issues that runs found, as they were found, with the ids of the statements that bear on them."""
        with translated(self._path):
            rows = self._connection.execute(
                "SELECT i.issue_id, (SELECT json_group_array(b.statement_id) FROM last_asking AS a "
                " JOIN bearing AS b ON b.asking_n = a.n WHERE a.issue_id = i.issue_id) "
                "FROM last_issue AS i WHERE i.made_by IN (SELECT id FROM run) ORDER BY i.n"
            ).fetchall()
            return {self._issue(issue, renamed=False): frozenset(json.loads(ids)) for issue, ids in rows}

    def written(self) -> tuple[Issue, ...]:
        """The issues that people wrote, in their words and order; those that a person rejected are left out."""
        with translated(self._path):
            rows = self._connection.execute(
                "SELECT i.issue_id FROM last_issue AS i WHERE i.made_by IS NOT NULL "
                "AND i.made_by NOT IN (SELECT id FROM run) AND NOT EXISTS (SELECT 1 FROM current_decision AS c "
                " WHERE c.subject = i.issue_id AND c.field IS NULL AND c.verdict = 'rejected') ORDER BY i.n"
            ).fetchall()
            return tuple(self._issue(issue, renamed=False) for (issue,) in rows)

    def _groups(self) -> dict[str, str]:
        """Every issue, and the one as which it is shown.

        Of merges that would close a circle, as taking decisions back can leave them, the last word counts.
        """
        rows = self._connection.execute(
            "SELECT subject, json_extract(after, '$') FROM current_decision AS c "
            "WHERE field = ? AND verdict = 'corrected' AND EXISTS (SELECT 1 FROM issue AS i WHERE i.id = c.subject) "
            "ORDER BY n DESC",
            (MERGED_INTO,),
        ).fetchall()
        into: dict[str, str] = {}
        for issue, other in rows:
            if _end(into, other) != issue:
                into[issue] = other
        issues = self._connection.execute("SELECT id FROM issue GROUP BY id ORDER BY min(n)")
        return {issue: _end(into, issue) for (issue,) in issues}

    def _shown(self, issue: str) -> str:
        return self._groups().get(issue, issue)

    def _members(self, shown: str) -> list[str]:
        """An issue that is shown, and then those merged into it."""
        return _first(shown, [issue for issue, into in self._groups().items() if into == shown])

    def _entry(self, members: Sequence[str]) -> IssueEntry:
        shown, *others = members
        (made_by,) = self._connection.execute("SELECT made_by FROM last_issue WHERE issue_id = ?", (shown,)).fetchone()
        found = self._connection.execute("SELECT 1 FROM run WHERE id = ?", (made_by,)).fetchone() is not None
        return IssueEntry(
            issue=self._issue(shown),
            joined=tuple(self._issue(each) for each in others),
            labels=self._labels(members),
            n_statements=len(list(self._bearings(members))),
            found=found,
            decision=standing_decision(self._connection, shown, None),
        )

    def _labels(self, members: Sequence[str]) -> tuple[str, ...]:
        said = [self._issue(each, renamed=renamed) for each in members for renamed in (True, False)]
        names = [name for issue in said for name in (issue.label, issue.question) if name is not None]
        return tuple(dict.fromkeys(names))

    def _issue(self, identifier: str, *, renamed: bool = True) -> Issue:
        row = self._connection.execute(
            "SELECT i.issue_id, i.label, i.question, i.made_by, i.parent, i.exact, "
            "(SELECT json_extract(f.value, '$') FROM field_decision AS f "
            " WHERE f.subject = i.issue_id AND f.field = 'label') FROM last_issue AS i WHERE i.issue_id = ?",
            (identifier,),
        ).fetchone()
        return _under(issue_of(row[:-1]), row[-1] if renamed else None)

    def _bearings(self, members: Sequence[str], among: Sequence[str] | None = None) -> Iterator[BearingEntry]:
        """What bears on issues that are one, the first of which is shown: for each statement the surest row.

        Of all statements, or of those `among` which it is asked.

        A person's last word on a statement holds for all of them.
        """
        words: dict[str, tuple[str, Side | None]] = {}
        marks = ", ".join("?" * len(members))
        for statement, verdict, side in self._connection.execute(
            "SELECT statement_id, verdict, side FROM bearing_decision "
            f"WHERE verdict <> 'unsure' AND issue_id IN ({marks}) ORDER BY n",
            tuple(members),
        ).fetchall():
            words[statement] = verdict, side
        found: dict[str, BearingEntry] = {}
        for member in members:
            rows = self._connection.execute(
                "SELECT statement_id, side, score, evidence_spans, run_id FROM current_bearing WHERE issue_id = ?"
                + ("" if among is None else f" AND statement_id IN ({', '.join('?' * len(among))})"),
                (member, *(among or ())),
            ).fetchall()
            for statement, observed, score, evidence, run_id in rows:
                verdict, side = words.get(statement, (None, None))
                kept = found.get(statement)
                if verdict == "rejected" or (kept is not None and (kept.bearing.score or 0.0) >= (score or 0.0)):
                    continue
                bearing = Bearing(
                    issue_id=members[0],
                    statement_id=statement,
                    side=side or cast("Side | None", observed) or self._side(statement),
                    score=score,
                    evidence=spans_of(evidence),
                )
                found[statement] = BearingEntry(bearing=bearing, run_id=run_id, by_person=verdict is not None)
        return (found[statement] for statement in sorted(found))

    def _side(self, statement: str) -> Side:
        """Which side it takes by what it does, where no run compared it with the question."""
        (reading,) = self._connection.execute(
            "SELECT reading_id FROM last_observation WHERE statement_id = ?", (statement,)
        ).fetchone()
        judged = judged_among(self._connection, [(reading, statement)]).get(statement)
        return side_of(judged.position if judged is not None else None)


def _under(issue: Issue, label: str | None) -> Issue:
    """The issue under the label that a person gave it, if one did."""
    return issue if label is None else replace(issue, label=label)


def _first(shown: str, members: Sequence[str]) -> list[str]:
    return [shown, *(member for member in members if member != shown)]


def _end(into: dict[str, str], issue: str) -> str:
    while issue in into:
        issue = into[issue]
    return issue
