"""The installer tells uv what this machine has told pip, and nothing else."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def installer(repository: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("installer", repository / ".ci" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_machine_without_pip_settings_adds_no_index(installer: ModuleType) -> None:
    env = installer.uv_environment({}, {"HOME": "/nowhere"})
    assert not {"UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS", "SSL_CERT_FILE"} & set(env)
    assert env["UV_PYTHON_DOWNLOADS"] == "never"


def test_the_indexes_of_pip_become_the_indexes_of_uv(installer: ModuleType, tmp_path: Path) -> None:
    settings = {
        "index-url": "https://mirror.example/index",
        "extra-index-url": "https://one.example/index\nhttps://two.example/index",
        "find-links": f"{tmp_path} {tmp_path}/missing",
        "cert": "/etc/mirror.pem",
    }
    env = installer.uv_environment(settings, {})
    assert env["UV_DEFAULT_INDEX"] == "https://mirror.example/index"
    assert env["UV_INDEX"] == "https://one.example/index https://two.example/index"
    assert env["UV_FIND_LINKS"] == str(tmp_path)
    assert env["SSL_CERT_FILE"] == "/etc/mirror.pem"


def test_what_was_said_to_uv_itself_wins_over_what_was_said_to_pip(installer: ModuleType) -> None:
    said = {"UV_DEFAULT_INDEX": "https://ours.example/index"}
    env = installer.uv_environment({"index-url": "https://mirror.example/index"}, said)
    assert env["UV_DEFAULT_INDEX"] == "https://ours.example/index"


def test_settings_of_the_environment_win_over_those_of_files(
    installer: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PIP_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "pip.conf"
    file.write_text("[global]\nindex-url = https://file.example/i\nfind-links =\n  a b\n  it's\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    assert installer.pip_settings()["index-url"] == "https://file.example/i"
    assert installer.pip_settings()["find-links"].split() == ["a", "b", "it's"]
    monkeypatch.setenv("PIP_INDEX_URL", "https://environment.example/i")
    assert installer.pip_settings()["index-url"] == "https://environment.example/i"
