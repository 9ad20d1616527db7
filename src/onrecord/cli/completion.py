"""``onrecord completion``: the script by which a shell completes commands and options."""

from __future__ import annotations

import sys

import click
from click.shell_completion import get_completion_class

from onrecord.cli.options import json_option
from onrecord.cli.streams import Sink
from onrecord.errors import UsageError

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@json_option("Print an object with the shell and the script.")
@click.pass_context
def command(ctx: click.Context, *, shell: str, as_json: bool) -> None:
    """Print the completion script of your shell.

    \b
    bash   onrecord completion bash > ~/.local/share/bash-completion/completions/onrecord
    zsh    onrecord completion zsh > "${fpath[1]}/_onrecord"
    fish   onrecord completion fish > ~/.config/fish/completions/onrecord.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError("OR-001", f"the installed click knows no completion for {shell}")
    root = ctx.find_root().command
    script = kind(root, {}, "onrecord", "_ONRECORD_COMPLETE").source()
    sink = Sink(sys.stdout.buffer)
    if as_json:
        sink.write_json({"shell": shell, "script": script}, indent=2)
    else:
        sink.write(script.rstrip("\n") + "\n")
