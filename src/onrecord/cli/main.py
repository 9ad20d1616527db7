"""The command line: which command does what, and what becomes of errors.

Data goes to stdout, everything else to stderr. Exit codes: 0 ok, 1 some items failed, 2 usage, 3 input
unreadable, 4 ledger, 5 model, 130 stopped.
"""

from __future__ import annotations

import errno
import importlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import click

from onrecord import __version__
from onrecord.cli.streams import Stopped, note, quiet_stdout, show_error
from onrecord.errors import EXIT_OK, EXIT_STOPPED, InputError, OnRecordError, UsageError

if TYPE_CHECKING:
    from onrecord.cli.tools import Tools

COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("reading", "Show who said what in an article."),
    "extract": ("extracting", "Documents in, documents with their statements out."),
    "add": ("adding", "Read documents and keep their statements in a ledger."),
    "link": ("linking", "Find how the statements of a ledger stand to each other."),
    "search": ("searching", "Find statements in a ledger by their words."),
    "show": ("showing", "Show one statement or document of a ledger."),
    "who": ("who", "Show what an actor said, by date."),
    "actors": ("actors", "List who speaks in a ledger, and who is unresolved."),
    "otherwise": ("otherwise", "Show who says so too, and who says otherwise."),
    "conflicts": ("conflicting:conflicts", "Show which accounts conflict or deny each other."),
    "changes": ("conflicting:changes", "Show which actors said otherwise later."),
    "trail": ("trails", "Show the printings of a statement: what each cut or changed."),
    "trace": ("tracing", "Show why: each step from the words to the page."),
    "issue": ("issues", "Issues: who takes which position on a question, and negotiation dossiers."),
    "audit": ("auditing", "Show on whom articles rest: what an editor checks."),
    "picture": ("picturing", "Draw an issue or a chain for print, as SVG or PNG."),
    "export": ("exporting", "Write everything in a ledger for other programs."),
    "process": ("processing", "Read a whole archive into Parquet, with all processors or a cluster."),
    "load": ("loading", "Bring what `onrecord process` wrote into a ledger."),
    "copies": ("copying", "Find the documents of an archive that print an earlier one again."),
    "query": ("querying", "Ask what `onrecord process` wrote in SQL."),
    "decide": ("deciding:decide", "Decide about a statement, document, actor, link or issue of a ledger."),
    "merge": ("joining:merge", "Decide that two actors are one."),
    "split": ("joining:split", "Decide that actors are not one."),
    "rename": ("joining:rename", "Decide under which name an actor is shown."),
    "undo": ("deciding:undo", "Take a decision back."),
    "decisions": ("deciding:decisions", "List what people decided."),
    "serve": ("serving", "Show a ledger in the browser."),
    "demo": ("demo", "Make a ledger of the shipped stories, to try things on."),
    "evaluate": ("evaluating", "Score onrecord on your own annotated data."),
    "doctor": ("doctor", "Check that this installation is sound."),
    "flow": ("flow", "Print the stages that a document goes through."),
    "explain": ("explain", "Say what an error code means and what to do."),
    "completion": ("completion", "Print the completion script of your shell."),
}
"""Each command: the module of `onrecord.cli` that holds it (and its name there, if that is not `command`), and its
line in the help.

A module is imported when its command is run, so that ``onrecord --help`` loads none of them.
"""


class LazyGroup(click.Group):
    """A group of commands that imports a command when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        name, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(f"onrecord.cli.{name}"), attribute or "command")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=LazyGroup, context_settings=SETTINGS)
@click.version_option(__version__, prog_name="onrecord", message="%(prog)s %(version)s")
def cli() -> None:
    """Read news and keep the record: who said what, through whom, on what condition.

    Data goes to stdout, everything else to stderr. `onrecord COMMAND --help` explains a command, and
    `onrecord explain CODE` an error. Exit codes: 0 ok, 1 some items failed, 2 usage, 3 input unreadable,
    4 ledger, 5 model, 130 stopped.
    """


def run(args: Sequence[str], *, tools: Tools | None = None) -> int:
    """What does this command line end with?

    Args:
        args: The arguments after ``onrecord``.
        tools: What the commands work with; None for the installed extractor.

    Returns:
        The exit code.
    """
    as_json = "--json" in args
    try:
        with _stoppable():
            code = _invoke(list(args), tools)
            sys.stdout.flush()
            return code
    except Stopped as stop:
        note(f"stopped. {stop}".rstrip())
        return EXIT_STOPPED
    except (KeyboardInterrupt, click.Abort):
        note("stopped.")
        return EXIT_STOPPED
    except OnRecordError as error:
        show_error(error, as_json=as_json)
        return error.exit_code
    except click.ClickException as error:
        return _show_usage(error, as_json=as_json)
    except OSError as error:
        return _show_os_error(error, as_json=as_json)


def _invoke(args: list[str], tools: Tools | None) -> int:
    try:
        with cli.make_context("onrecord", args, obj=tools) as ctx:
            code = cli.invoke(ctx)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    return code if isinstance(code, int) else EXIT_OK


def _show_usage(error: click.ClickException, *, as_json: bool) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return error.exit_code
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "onrecord"
    shown = UsageError("OR-001", error.format_message(), hint=f"Run `{path} --help`.")
    show_error(shown, as_json=as_json)
    return shown.exit_code


def _show_os_error(error: OSError, *, as_json: bool) -> int:
    quiet_stdout()
    if error.errno == errno.EPIPE:
        # The reader of the pipe (`| head`) has had enough; that is no failure.
        return EXIT_OK
    where = f"{error.filename}: " if error.filename else ""
    shown = InputError("OR-110", f"{where}{error.strerror or error}")
    show_error(shown, as_json=as_json)
    return shown.exit_code


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let `kill` end a command in the same orderly way as Ctrl-C."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:
        # Only the main thread may set handlers; elsewhere the caller's stay.
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def main() -> None:
    """Run the command line and leave with its exit code."""
    if os.environ.get("_ONRECORD_COMPLETE"):
        cli.main(prog_name="onrecord")
    sys.exit(run(sys.argv[1:]))
