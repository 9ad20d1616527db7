"""What the commands that decide have in common: who decides, and how a decision is shown."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli.streams import Sink
from onrecord.errors import StoreError, UsageError
from onrecord.export.visible import visible

if TYPE_CHECKING:
    from onrecord.record.decision import Decision
    from onrecord.store import Ledger, Withdrawal

F = TypeVar("F", bound=Callable[..., Any])
NOTHING = "none"
"""What a user types for "no actor", and what is shown for it."""


def signed(function: F) -> F:
    """``--by`` and ``--note``: who decides, and why."""
    by = click.option("--by", metavar="NAME", help="Who decides; the name of your login by default.")
    note = click.option("--note", metavar="WORDS", help="Why.")
    return by(note(function))


def person(by: str | None) -> str:
    """Who decides?

    Raises:
        UsageError: OR-001, nobody was named and this computer does not say who is logged in.
    """
    if by is not None:
        return by
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError(
            "OR-001", "this computer does not say who you are", hint="Name yourself with --by NAME."
        ) from error


def show_decisions(ledger: Ledger, made: Iterable[Decision], *, as_json: bool) -> None:
    """Prints decisions just made."""
    sink = Sink(sys.stdout.buffer)
    for decision in made:
        if as_json:
            sink.write_json(decision_to_json(decision))
        else:
            sink.write(f"{decision_line(ledger, decision)}\n")


def decision_line(ledger: Ledger, decision: Decision) -> str:
    """A decision on one line: what it is about, what it said before and says now, and who made it."""
    what: str = decision.verdict
    if decision.field is not None:
        field, _, other = decision.field.partition("same as ")
        what += f" {visible(field)}" if not other else f" same as {_named(ledger, other)}"
    if decision.after is not None:
        what += f": {_value(ledger, decision.before)} → {_value(ledger, decision.after)}"
    note = f" ({visible(decision.note)})" if decision.note else ""
    return f"{decision.id}  {_named(ledger, decision.subject)} {what}, by {visible(decision.by)}{note}"


def _value(ledger: Ledger, said: str | None) -> str:
    value = json.loads(said) if said is not None else None
    return NOTHING if value is None else _named(ledger, str(value))


def _named(ledger: Ledger, text: str) -> str:
    """An actor's id with its name, an issue's with its label; every other text as it is."""
    try:
        if text.startswith("a"):
            return f"{visible(ledger.actor(text).actor.name)} ({visible(text)})"
        if text.startswith("i"):
            return f"{visible(ledger.issues.one(text).issue.label)} ({visible(text)})"
    except StoreError:
        return visible(text)
    return visible(text)


def decision_to_json(decision: Decision) -> dict[str, object]:
    """The JSON form of a decision."""
    return {
        "id": decision.id,
        "subject": decision.subject,
        "field": decision.field,
        "before": None if decision.before is None else json.loads(decision.before),
        "after": None if decision.after is None else json.loads(decision.after),
        "verdict": decision.verdict,
        "by": decision.by,
        "at": decision.at,
        "note": decision.note,
        "supersedes": decision.supersedes,
    }


def withdrawal_to_json(withdrawal: Withdrawal | None) -> dict[str, object] | None:
    """The JSON form of taking a decision back; null if it was not."""
    if withdrawal is None:
        return None
    return {"by": withdrawal.by, "at": withdrawal.at, "note": withdrawal.note}
