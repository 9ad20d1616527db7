"""``onrecord issue``: the questions on which actors take positions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.decisions import person, show_decisions, signed
from onrecord.cli.machine import cpu_flags
from onrecord.cli.options import json_option
from onrecord.cli.streams import Sink, note

if TYPE_CHECKING:
    from onrecord.run.asking import Found

_LEDGER = click.argument("ledger", type=click.Path(path_type=Path))
_PLAIN = click.option("--plain", "as_plain", is_flag=True, help="No colours, on a terminal too.")


class IssueGroup(click.Group):
    """Commands on issues; without one of their names, LEDGER ISSUE shows an issue and LEDGER alone lists them."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names, or else that which is meant."""
        if args and args[0] not in self.commands:
            words = [each for each in args if not each.startswith("-")]
            name = "show" if len(words) > 1 else "list"
            return name, self.commands[name], args
        return super().resolve_command(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """How it is called."""
        return ["[OPTIONS]", "COMMAND LEDGER … | LEDGER [ISSUE]"]


@click.group("issue", cls=IssueGroup)
def command() -> None:
    """Issues: the questions on which actors take positions, written by you or found in a ledger.

    `onrecord issue add LEDGER "Are they holding talks?"` finds the statements that bear on a question, and on which
    side each is. `onrecord issue find LEDGER` finds issues by itself. `onrecord issue LEDGER ISSUE` shows one: who says
    what, since when, on what condition, in how many independent accounts. An ISSUE is named by its id, its label or
    question, or words in them. What people merge, split, rename and reject holds over every later run, and `onrecord
    undo` takes it back.
    """


@command.command("add")
@_LEDGER
@click.argument("question")
@click.option("--by", metavar="NAME", help="Who writes it; the name of your login by default.")
@_PLAIN
@json_option("Print the issue with its statements as a JSON object.")
def add(*, ledger: Path, question: str, by: str | None, as_plain: bool, as_json: bool) -> None:
    """Write the QUESTION into LEDGER as an issue, and find the statements that bear on it, each with its side.

    The same question again asks documents that came in since, and keeps what people decided. `onrecord decide LEDGER
    ISSUE rejected` takes an issue out of the list.
    """
    from onrecord.run.asking import ask_ledger
    from onrecord.store import Ledger

    with Ledger.open(ledger) as opened:
        entry = ask_ledger(opened, question, by=person(by), cpu=cpu_flags())
        _show(opened, entry.issue.id, as_plain=as_plain, as_json=as_json)


@command.command("find")
@_LEDGER
@json_option("Print the counts as a JSON object.")
def find(*, ledger: Path, as_json: bool) -> None:
    """Find the issues of LEDGER by what its statements share: words, names, documents and time.

    They are labelled in words of the statements themselves. Issues that were found before and are found again keep
    their labels; questions that people wrote are asked again of everything.
    """
    from onrecord.export.visible import counted
    from onrecord.run.asking import find_issues
    from onrecord.store import Ledger

    with Ledger.open(ledger) as opened:
        found = find_issues(opened, cpu=cpu_flags())
    if as_json:
        Sink(sys.stdout.buffer).write_json(_found_to_json(found))
        return
    note(
        f"{counted(found.new + found.again, 'issue')} = {found.new:,} new + {found.again:,} found again;"
        f" {found.gone:,} gone; {found.placed:,} of {counted(found.statements, 'statement')} bear on one"
    )
    note(f"{counted(found.asked, 'question')} asked again. List them: onrecord issue list {ledger}")


def _found_to_json(found: Found) -> dict[str, object]:
    return {
        "documents": found.documents,
        "statements": found.statements,
        "placed": found.placed,
        "new": found.new,
        "again": found.again,
        "gone": found.gone,
        "asked": found.asked,
    }


@command.command("list")
@_LEDGER
@click.option("--rejected", is_flag=True, help="Issues that a person rejected, too.")
@_PLAIN
@json_option("Print each issue as one JSON object per line.")
def list_command(*, ledger: Path, rejected: bool, as_plain: bool, as_json: bool) -> None:
    """List the issues of LEDGER, those first on which most statements bear."""
    from onrecord.cli.issue_pages import print_lines
    from onrecord.cli.paper import Paper
    from onrecord.export.issues import line_to_json
    from onrecord.export.visible import counted
    from onrecord.store import Ledger
    from onrecord.views.issues import list_issues

    with Ledger.open(ledger, readonly=True) as opened:
        lines = list_issues(opened, rejected=rejected)
    if as_json:
        sink = Sink(sys.stdout.buffer)
        for line in lines:
            sink.write_json(line_to_json(line))
        return
    print_lines(lines, Paper(plain=as_plain))
    note(counted(len(lines), "issue"))
    if not lines:
        note('find some with `onrecord issue find LEDGER`, or write one: onrecord issue add LEDGER "…?"')


@command.command("show")
@_LEDGER
@click.argument("issue")
@_PLAIN
@json_option("Print the issue with its statements as a JSON object.")
def show(*, ledger: Path, issue: str, as_plain: bool, as_json: bool) -> None:
    """Show who takes which position on an ISSUE of LEDGER: by actor and date, with conditions, and who says otherwise.

    Prints of one utterance are one account, and accounts of one actor have one origin: both are counted once. That is
    known of documents that `onrecord link` has compared.
    """
    from onrecord.store import Ledger

    with Ledger.open(ledger, readonly=True) as opened:
        _show(opened, issue, as_plain=as_plain, as_json=as_json)


def _show(ledger: object, issue: str, *, as_plain: bool, as_json: bool) -> None:
    from onrecord.cli.issue_pages import print_issue
    from onrecord.cli.paper import Paper
    from onrecord.export.issues import issue_to_json
    from onrecord.store import Ledger
    from onrecord.views.issue import view_issue

    assert isinstance(ledger, Ledger)
    view = view_issue(ledger, issue)
    if as_json:
        Sink(sys.stdout.buffer).write_json(issue_to_json(view))
    else:
        print_issue(view, Paper(plain=as_plain))


@command.command("dossier")
@_LEDGER
@click.argument("issue")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print a table in Markdown, for an article or a wiki.")
@_PLAIN
@json_option("Print the dossier as a JSON object.")
def dossier(*, ledger: Path, issue: str, as_markdown: bool, as_plain: bool, as_json: bool) -> None:
    """Show what is on record of the negotiation that an ISSUE of LEDGER is about, row by row.

    Parties, third parties with their role, venue, channel, level, agenda, preconditions of each party, and how far it
    got by each account. Every cell names the statements that support it and those that dispute it; what nobody says is
    "not stated".
    """
    from onrecord.cli.issue_pages import print_dossier
    from onrecord.cli.paper import Paper
    from onrecord.export.issues import dossier_to_json, dossier_to_markdown
    from onrecord.store import Ledger
    from onrecord.views.dossier import view_dossier

    if as_markdown and as_json:
        raise click.UsageError("--markdown and --json do not go together")
    with Ledger.open(ledger, readonly=True) as opened:
        view = view_dossier(opened, issue)
    if as_json:
        Sink(sys.stdout.buffer).write_json(dossier_to_json(view))
    elif as_markdown:
        Sink(sys.stdout.buffer).write(dossier_to_markdown(view))
    else:
        print_dossier(view, Paper(plain=as_plain))


@command.command("merge")
@_LEDGER
@click.argument("issue")
@click.argument("into")
@signed
@json_option("Print the decision as a JSON object.")
def merge(*, ledger: Path, issue: str, into: str, by: str | None, note: str | None, as_json: bool) -> None:
    """Decide that two issues of LEDGER are one: ISSUE is shown as INTO from now on, with all its statements."""
    from onrecord.store import Ledger
    from onrecord.views.issue import issue_meant

    with Ledger.open(ledger) as opened:
        one, other = (issue_meant(opened, each).issue.id for each in (issue, into))
        made = opened.issues.merge(one, other, by=person(by), note=note)
        show_decisions(opened, [made], as_json=as_json)


@command.command("split")
@_LEDGER
@click.argument("issue")
@click.argument("statements", nargs=-1, required=True, metavar="STATEMENT...")
@click.option(
    "--into", "into", required=True, metavar="LABEL", help="The issue on which they bear instead; made if new."
)
@signed
@json_option("Print each decision as one JSON object per line.")
def split(
    *,
    ledger: Path,
    issue: str,
    statements: tuple[str, ...],
    into: str,
    by: str | None,
    note: str | None,
    as_json: bool,
) -> None:
    """Decide that STATEMENTs, named by their ids, do not bear on an ISSUE of LEDGER but on another one."""
    from onrecord.record.issue import Issue, issue_id
    from onrecord.store import Ledger
    from onrecord.views.issue import issue_meant

    label = " ".join(into.split())
    if not label:
        raise click.UsageError("--into is empty: give the other issue a label")
    with Ledger.open(ledger) as opened:
        who = person(by)
        new = Issue(id=issue_id(label), label=label, made_by=who)
        made = opened.issues.split(issue_meant(opened, issue).issue.id, statements, new, by=who, note=note)
        show_decisions(opened, made, as_json=as_json)


@command.command("rename")
@_LEDGER
@click.argument("issue")
@click.argument("label")
@signed
@json_option("Print the decision as a JSON object.")
def rename(*, ledger: Path, issue: str, label: str, by: str | None, note: str | None, as_json: bool) -> None:
    """Decide under which LABEL an ISSUE of LEDGER is shown. Its first one still finds it."""
    from onrecord.store import Ledger
    from onrecord.views.issue import issue_meant

    with Ledger.open(ledger) as opened:
        made = opened.issues.rename(issue_meant(opened, issue).issue.id, label, by=person(by), note=note)
        show_decisions(opened, [made], as_json=as_json)
