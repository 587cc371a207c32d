"""The parser: what may be typed, and the help that says so."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from textwrap import fill
from typing import NoReturn

from dashboard.cli.commands import COMMANDS, Command
from portfolio.errors import InputError, Problem

_ABOUT = (
    "Clusterfolio helps the people who run an industry cluster fund the right mix of projects, "
    "and stop the wrong ones."
)
_STATUS = """exit status:
  0  done
  1  the question has no answer
  2  the input has faults; all of them are listed
  3  something is wrong on our side"""


class Parser(argparse.ArgumentParser):
    """argparse that raises what is wrong as InputError instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        """Tell the user what was typed wrong, and where to read more."""
        remedy = f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help"
        raise InputError((Problem("Command line", "", remedy),))


def parse(argv: Sequence[str]) -> tuple[argparse.Namespace, Command | None]:
    """What was typed, and the command it asks for (None: no command was named).

    InputError for what cannot be understood. Leaves by SystemExit(0) after --help and --version.
    """
    args = parser().parse_args(argv)
    return args, next((command for command in COMMANDS if command.name == args.command), None)


def parser() -> Parser:
    """The whole parser."""
    whole = Parser(
        prog="clusterfolio",
        description=fill(_ABOUT, 80),
        epilog=f"{_examples(COMMANDS)}\n\n{_STATUS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"clusterfolio {_version()}")
    commands = whole.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    for command in COMMANDS:
        sub = commands.add_parser(
            command.name,
            help=command.summary,
            description=fill(command.about, 80),
            epilog=_examples((command,)),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.add(sub)
        if command.json:
            sub.add_argument("--json", action="store_true", help="answer in JSON, for programs")
        if command.store:
            sub.add_argument(
                "--store",
                metavar="URL",
                help="the store (else CLUSTERFOLIO_STORE, else sqlite:///clusterfolio.db)",
            )
        sub.add_argument("--verbose", action="store_true", help="log what happens, in detail")
    return whole


def _examples(commands: Sequence[Command]) -> str:
    lines = [f"  {example}" for command in commands for example in command.examples[:1]]
    if len(commands) == 1:
        lines = [f"  {example}" for example in commands[0].examples]
    return "\n".join(["examples:" if len(lines) > 1 else "example:", *lines])


def _version() -> str:
    try:
        return version("clusterfolio")
    except PackageNotFoundError:
        return "not installed"
