"""Every command has help with an example and stands in docs/cli.md with all its options."""

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.cli import main
from dashboard.cli.arguments import parse, parser
from dashboard.cli.commands import COMMANDS, Command


def subparser(name: str) -> argparse.ArgumentParser:
    (action,) = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    found: argparse.ArgumentParser = action.choices[name]
    return found


def options(name: str) -> set[str]:
    actions = subparser(name)._actions
    return {option for action in actions for option in action.option_strings if option[:2] == "--"}


def sections(repository: Path) -> dict[str, str]:
    text = (repository / "docs" / "cli.md").read_text(encoding="utf-8")
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {part.splitlines()[0]: part for part in parts}


every_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)


@every_command
def test_a_command_has_help_with_its_examples(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as leaving:
        main([command.name, "--help"])
    assert leaving.value.code == 0
    text = capsys.readouterr().out
    assert command.examples
    assert all(example in text for example in command.examples)


@every_command
def test_an_example_is_understood(command: Command) -> None:
    for example in command.examples:
        program, *typed = shlex.split(example)
        assert program == "clusterfolio"
        assert parse(typed)[1] is command


@every_command
def test_every_argument_of_a_command_is_explained(command: Command) -> None:
    assert [a.dest for a in subparser(command.name)._actions if not a.help] == []


@every_command
def test_a_command_and_its_options_are_in_the_docs(command: Command, repository: Path) -> None:
    found = sections(repository)
    text = found[f"clusterfolio {command.name}"] + found["What all commands share"]
    missing = {option for option in options(command.name) if f"`{option}" not in text}
    assert missing - {"--to"} == set()
    assert all(example in text for example in command.examples)


def test_the_docs_know_no_command_or_option_that_is_not_there(repository: Path) -> None:
    found = sections(repository)
    names = {command.name for command in COMMANDS}
    assert set(found) == {f"clusterfolio {name}" for name in names} | {"What all commands share"}
    known = {option for name in names for option in options(name)}
    told = set(re.findall(r"`(--[a-z-]+)", "".join(found.values())))
    assert told - known == set()


def test_help_imports_neither_streamlit_nor_the_solver_nor_the_store() -> None:
    code = (
        "import sys\nfrom dashboard.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'streamlit', 'highspy', 'pulp', 'pandas', 'sqlalchemy', 'pydantic', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "recommend" in capsys.readouterr().out
