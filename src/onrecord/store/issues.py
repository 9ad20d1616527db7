"""How do issues lie in the ledger?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import cast

from onrecord.record.ids import content_id
from onrecord.record.issue import Issue
from onrecord.store.values import Value, exact_values, sql_values

_COLUMNS = ("id", "label", "question", "made_by", "parent", "exact")
_INSERT = f"INSERT INTO issue ({', '.join(_COLUMNS)}, form) VALUES ({', '.join('?' * (len(_COLUMNS) + 1))})"


def write_issues(connection: sqlite3.Connection, reading_id: int, issues: Sequence[Issue]) -> None:
    """Records which issues a reading names, in its order, and what it says of them."""
    numbers = [number_of(connection, issue) for issue in issues]
    connection.executemany(
        "INSERT INTO reading_issue (reading_id, ordinal, issue_n) VALUES (?, ?, ?)",
        ((reading_id, ordinal, number) for ordinal, number in enumerate(numbers)),
    )


def number_of(connection: sqlite3.Connection, issue: Issue) -> int:
    """The row that says this of the issue; made if nobody has said it before."""
    said: dict[str, Value] = {
        "id": issue.id,
        "label": issue.label,
        "question": issue.question,
        "made_by": issue.made_by,
        "parent": issue.parent,
    }
    form = content_id("f", issue.id, issue.label, issue.question, issue.made_by, issue.parent)
    known = connection.execute("SELECT n FROM issue WHERE form = ?", (form,)).fetchone()
    if known is not None:
        return int(known[0])
    stored = sql_values(said)
    made = connection.execute(_INSERT, (*(stored[name] for name in _COLUMNS), form)).lastrowid
    assert made is not None
    return made


def issues_of(connection: sqlite3.Connection, reading_id: int | None, named: Iterable[str]) -> tuple[Issue, ...]:
    """The issues that a reading lists, and then those of `named` that it does not list."""
    columns = ", ".join(f"i.{name}" for name in _COLUMNS)
    rows = connection.execute(
        f"SELECT {columns} FROM reading_issue AS r JOIN issue AS i ON i.n = r.issue_n "
        "WHERE r.reading_id = ? ORDER BY r.ordinal",
        (reading_id,),
    )
    found = {issue.id: issue for issue in map(issue_of, rows)}
    for identifier in named:
        if identifier not in found:
            row = connection.execute(
                f"SELECT {columns} FROM issue AS i WHERE i.id = ? ORDER BY i.n DESC LIMIT 1", (identifier,)
            ).fetchone()
            found[identifier] = issue_of(row)
    return tuple(found.values())


def issue_of(row: Sequence[Value]) -> Issue:
    """The issue of a row with the columns of the table, without its number and form."""
    values = exact_values(dict(zip(_COLUMNS, row, strict=True)))
    return Issue(
        id=cast(str, values["id"]),
        label=cast(str, values["label"]),
        question=cast("str | None", values["question"]),
        made_by=cast("str | None", values["made_by"]),
        parent=cast("str | None", values["parent"]),
    )
