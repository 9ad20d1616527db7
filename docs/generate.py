"""Writes the parts of the documentation that repeat what the program says of itself.

    python docs/generate.py

Makes ``docs/cli.md`` and ``docs/errors.md``, and the example in ``README.md`` if the model is there. A test
fails while the first two differ from what this makes.
"""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.cli.explain import exit_code_of
from onrecord.cli.main import COMMANDS, cli
from onrecord.errors import CODES

ROOT = Path(__file__).parents[1]
GENERATED = "<!-- Made by docs/generate.py from what the program says of itself. -->"
EXAMPLE = re.compile(r"(<!-- example -->\n).*?(<!-- /example -->)", re.DOTALL)
STORY = "dev01-talks-a"


def cli_reference() -> str:
    """The text of ``docs/cli.md``."""
    parts = [f"# Command line\n\n{GENERATED}\n\n{_help(cli)}\n"]
    for name, command in _commands():
        usage = f"\n## onrecord {name}\n\n    {_usage(name, command)}\n"
        parts += [usage, f"\n{_help(command)}\n", f"\n{_options(command)}" if command.params else ""]
    parts.append(_NOTES)
    return "".join(parts)


def _commands() -> Iterator[tuple[str, click.Command]]:
    """Every command, and after a group of them each of its own."""
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", each) for inner, each in command.commands.items())


def _usage(name: str, command: click.Command) -> str:
    arguments = []
    for param in command.params:
        if isinstance(param, click.Argument):
            shown = (param.metavar or str(param.name)).upper()
            arguments.append(shown if param.required else f"[{shown}]")
    return " ".join(["onrecord", name, "[OPTIONS]", *arguments])


def _help(command: click.Command) -> str:
    blocks = []
    for block in inspect.cleandoc(command.help or "").split("\n\n"):
        if block.startswith("\b"):
            blocks.append("\n".join(f"    {line}" for line in block.split("\n")[1:]))
        else:
            blocks.append(" ".join(block.split()).replace("<", "\\<"))
    return "\n\n".join(blocks)


def _options(command: click.Command) -> str:
    rows = ["| option | what it does |", "|---|---|"]
    for param in command.params:
        if isinstance(param, click.Option):
            rows.append(f"| {_option(param)} | {_meaning(param)} |")
    return "\n".join(rows) + "\n"


def _option(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    if option.is_flag:
        return names
    if isinstance(option.type, click.Choice):
        return f"{names} " + " \\| ".join(option.type.choices)
    return f"{names} {option.metavar or 'N'}"


def _meaning(option: click.Option) -> str:
    default = f" Default: {option.default}." if option.show_default else ""
    return (option.help or "").replace("|", "\\|") + default


_NOTES = """
## Exit codes

| code | meaning |
|--:|---|
| 0 | ok; also when the reader of the pipe stops reading (`| head`) |
| 1 | some items failed; the others were kept. `--allow-failures` makes it 0 |
| 2 | the command makes no sense as given |
| 3 | the input could not be read, or the output not written: nothing was kept |
| 4 | the ledger cannot be used, or has no such entry |
| 5 | the model is missing, damaged or does not run |
| 130 | stopped by Ctrl-C or `kill`; a line on stderr says what was kept |

## Streams

Data goes to stdout as UTF-8. Everything else goes to stderr: errors, the counts at the end
(`read = kept + skipped + failed`, with reasons), and on a terminal a progress bar with documents/s and
words/s. Colours appear on a terminal only; `NO_COLOR`, `TERM=dumb` and `--plain` turn them off.

A file named with `-o` or `--html` appears when it is whole; until then, whatever was there stays. If the work
is stopped or fails half-way, what was finished is left in `FILE.partial`.

Nothing but an address that you give makes onrecord call the network.
"""


def errors_reference() -> str:
    """The text of ``docs/errors.md``."""
    rows = [f"| {code} | {exit_code_of(code)} | {entry.meaning} | {entry.hint} |" for code, entry in CODES.items()]
    return f"{_ERRORS}\n" + "\n".join(rows) + "\n"


_ERRORS = f"""# Errors

{GENERATED}

Every error has a code, a sentence and a hint. `onrecord explain CODE` prints a row of this table. With
`--json`, an error is one line on stderr: `{{"error": {{"code": …, "message": …, "hint": …}}}}`. In Python,
each is an `onrecord.OnRecordError` with `code`, `message`, `hint` and `exit_code`.

| code | exit | meaning | what to do |
|---|--:|---|---|"""


def example() -> Iterator[str]:
    """The lines of the example in the README, as `onrecord read` prints them, wrapped for the page."""
    stories = (ROOT / "src/onrecord/demo/stories.jsonl").read_text("utf-8").splitlines()
    (story,) = [line for line in stories if json.loads(line)["id"] == STORY]
    done = subprocess.run(
        [sys.executable, "-c", "from onrecord.cli.main import main; main()", "read", "-"],
        input=story,
        capture_output=True,
        text=True,
        check=True,
    )
    for line in done.stdout.splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        yield from textwrap.wrap(line, 100, subsequent_indent=indent, break_on_hyphens=False) or [""]


def main() -> None:
    """Write the files."""
    (ROOT / "docs/cli.md").write_text(cli_reference(), encoding="utf-8")
    (ROOT / "docs/errors.md").write_text(errors_reference(), encoding="utf-8")
    from onrecord.models.manifest import SHIPPED

    if (SHIPPED / "manifest.json").exists():
        readme = (ROOT / "README.md").read_text("utf-8")
        block = "```\n" + "\n".join(example()) + "\n```\n"
        readme = EXAMPLE.sub(lambda found: found.group(1) + block + found.group(2), readme)
        (ROOT / "README.md").write_text(readme, encoding="utf-8")


if __name__ == "__main__":
    main()
