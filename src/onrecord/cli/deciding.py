"""``onrecord decide``, ``undo`` and ``decisions``: what people say of a ledger's entries."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import click

from onrecord.cli.decisions import (
    NOTHING,
    decision_line,
    decision_to_json,
    person,
    show_decisions,
    signed,
    withdrawal_to_json,
)
from onrecord.cli.options import json_option
from onrecord.cli.streams import Sink, note
from onrecord.export.visible import counted, visible
from onrecord.record.decision import VERDICTS, Verdict


@click.command("decide")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("subject")
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.option("--field", metavar="NAME", help="Which field: kind, content, actor, act, polarity, certainty, …")
@click.option("--value", metavar="VALUE", help="What it says from now on; for an actor its id, or none.")
@signed
@json_option("Print the decision as a JSON object.")
def decide(
    *,
    ledger: Path,
    subject: str,
    verdict: str,
    field: str | None,
    value: str | None,
    by: str | None,
    note: str | None,
    as_json: bool,
) -> None:
    """Decide about an entry of LEDGER: a statement, document, actor, link or issue with the id SUBJECT.

    Without --field, the VERDICT is about the entry as a whole. A field is `corrected` to --value: of a statement
    kind, content, cue, source, actor, source_kind, act, polarity, certainty (stretches of the text as
    [[start, end], …]); of an actor name; of a link kind, scope; of an
    issue label, and `bears ID`: on which side the statement with that ID bears on it. `accepted` keeps
    what the field says now. Decisions win over every later run; `onrecord undo` takes one back.
    """
    from onrecord.store import Ledger

    after = None if field == "actor" and value == NOTHING else value
    if field == "actor" and value is None and verdict == "corrected":
        raise click.UsageError("--value is missing: an actor's id, or none")
    if value is not None and verdict != "corrected":
        raise click.UsageError("--value goes with `corrected`")
    with Ledger.open(ledger) as opened:
        made = opened.decide(subject, cast(Verdict, verdict), by=person(by), field=field, after=after, note=note)
        show_decisions(opened, [made], as_json=as_json)


@click.command("undo")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("decision")
@signed
@json_option("Print the decision as a JSON object.")
def undo(*, ledger: Path, decision: str, by: str | None, note: str | None, as_json: bool) -> None:
    """Take the DECISION with this id back: what stood before it stands again. Both stay in LEDGER."""
    from onrecord.store import Ledger

    with Ledger.open(ledger) as opened:
        taken = opened.undo(decision, by=person(by), note=note)
        show_decisions(opened, [taken], as_json=as_json)


@click.command("decisions")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("subject", required=False)
@json_option("Print each decision as one JSON object per line.")
def decisions(*, ledger: Path, subject: str | None, as_json: bool) -> None:
    """List what was decided in LEDGER, in order: about the entry with the id SUBJECT, or about anything.

    Decisions that another one replaced, or that were taken back, are among them and say so.
    """
    from onrecord.store import Ledger

    sink = Sink(sys.stdout.buffer)
    with Ledger.open(ledger, readonly=True) as opened:
        about = None if subject is None else opened.subject(subject)[1]
        found = opened.decisions(about)
        standing = {decision.id for decision in opened.decisions(about, standing=True)}
        withdrawn = opened.withdrawals()
        for decision in found:
            taken = withdrawn.get(decision.id)
            if as_json:
                stands = {"standing": decision.id in standing, "withdrawn": withdrawal_to_json(taken)}
                sink.write_json(decision_to_json(decision) | stands)
                continue
            line = f"{decision.at[:16]}  {decision_line(opened, decision)}"
            if taken is not None:
                line += f"; taken back by {visible(taken.by)}"
            elif decision.id not in standing:
                line += "; replaced by a later one"
            sink.write(f"{line}\n")
        if not as_json:
            note(counted(len(found), "decision"))
