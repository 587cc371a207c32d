"""A command line to type at, with a store of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

from dashboard.cli import main


def _not_strict(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer read as strict JSON: NaN and infinity are refused."""
        return json.loads(self.out, parse_constant=_not_strict)


Type = Callable[..., Said]


@pytest.fixture(scope="module")
def store_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store for a whole module; it is made, with the demo, by the first command."""
    return f"sqlite:///{tmp_path_factory.mktemp('store') / 'cli.db'}"


@pytest.fixture
def cf(
    store_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Type:
    """`cf("recommend", "demo")`: what the command line answers, typed in a folder of its own."""
    monkeypatch.setenv("CLUSTERFOLIO_STORE", store_url)
    monkeypatch.chdir(tmp_path)

    def typed(*words: object) -> Said:
        capsys.readouterr()
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Said(status, said.out, said.err)

    return typed
