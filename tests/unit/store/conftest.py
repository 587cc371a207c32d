"""An open store with the demo in it, on a file that goes away with the test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Store


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with the demo, made once to be copied."""
    file = tmp_path_factory.mktemp("demo") / "store.db"
    Store.open(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a store that is not there yet."""
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def store(url: str, tmp_path: Path, demo_file: Path) -> Iterator[Store]:
    """An open store with the demo."""
    shutil.copyfile(demo_file, tmp_path / "store.db")
    with Store.open(url) as opened:
        yield opened
