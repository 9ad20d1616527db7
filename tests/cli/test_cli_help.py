"""Help is quick, complete and honest."""

from __future__ import annotations

import importlib
import subprocess
import sys

import click
import pytest

from onrecord.cli.main import COMMANDS, cli, run

HEAVY = (
    "numpy",
    "onnxruntime",
    "trafilatura",
    "tokenizers",
    "feedparser",
    "rich",
    "pyarrow",
    "sqlite3",
    "lxml",
)


def loaded_by(code: str) -> set[str]:
    probe = f"{code}\nimport sys\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stderr.split()}


def test_help_loads_no_command_and_no_heavy_library():
    modules = loaded_by("from onrecord.cli.main import run\nrun(['--help'])")
    assert not modules & set(HEAVY)


def test_help_imports_no_module_of_a_command():
    code = "import sys\nfrom onrecord.cli.main import run\nrun(['--help'])\n"
    code += "assert not [m for m in sys.modules if m in %r], sys.modules" % [
        f"onrecord.cli.{module.partition(':')[0]}" for module, _ in COMMANDS.values()
    ]
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_the_table_says_what_it_does(name):
    (module, _, attribute), line = COMMANDS[name][0].partition(":"), COMMANDS[name][1]
    command = getattr(importlib.import_module(f"onrecord.cli.{module}"), attribute or "command")
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.help
    assert line.endswith(".")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_json_and_help_for_every_option(name):
    command = cli.get_command(click.Context(cli), name)
    for each in command.commands.values() if isinstance(command, click.Group) else (command,):
        options = [param for param in each.params if isinstance(param, click.Option)]
        assert "--json" in {name for option in options for name in option.opts}, each.name
        assert all(option.help for option in options), each.name


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_ends_well(name, capsysbinary):
    assert run([name, "--help"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"Usage: onrecord " + name.encode())


def test_version(capsysbinary):
    from onrecord import __version__

    assert run(["--version"]) == 0
    assert capsysbinary.readouterr().out.decode() == f"onrecord {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_names_the_program(onrecord, shell):
    result = onrecord("completion", shell)
    assert result.code == 0
    assert "_ONRECORD_COMPLETE" in result.text


def test_completion_offers_commands_and_options():
    code = "from onrecord.cli.main import main; main()"

    def offered(words: str, at: int) -> str:
        env = {"_ONRECORD_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(at), "PATH": ""}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
        return done.stdout

    assert "plain,search" in offered("onrecord s", 1)
    assert "plain,--outlet" in offered("onrecord search --o", 2)
