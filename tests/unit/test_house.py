"""The house rules that no linter holds: who may lean on what, what is pinned, what an install carries."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

PACKAGES = ("dashboard", "data", "optimizer", "portfolio")
LOCKS = ("requirements.lock", "requirements-dev.lock", ".ci/bootstrap.lock")


def outside_imports(source: str) -> set[str]:
    """The top-level names that a module imports from outside its own package."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names)


def test_the_model_leans_on_the_standard_library_and_numpy_alone(repository: Path) -> None:
    modules = sorted((repository / "portfolio").rglob("*.py"))
    assert modules
    foreign = {
        str(module.relative_to(repository)): sorted(beyond)
        for module in modules
        if (beyond := outside_imports(module.read_text()) - {"numpy", "portfolio"})
    }
    assert foreign == {}


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("streamlit", {"pages", "components", "state", "cache", "navigation", "server"}),
        ("pandas", {"frames"}),
    ],
)
def test_in_the_dashboard_a_library_stays_in_its_rooms(
    repository: Path, library: str, rooms: set[str]
) -> None:
    astray = [
        str(module.relative_to(repository))
        for module in (repository / "dashboard").rglob("*.py")
        if library in outside_imports(module.read_text())
        and not rooms & set(module.relative_to(repository).with_suffix("").parts)
    ]
    assert astray == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_package_with_hashes_and_names_no_address(
    repository: Path, name: str
) -> None:
    text = (repository / name).read_text()
    packages = re.split(r"\n(?=\S)", text.strip())
    assert [
        p for p in packages if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:", p, re.DOTALL)
    ] == []
    assert "://" not in text


def test_everything_a_user_runs_is_pinned_the_same_for_developers(repository: Path) -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^\S+==.*$", (repository / name).read_text(), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_chart_colors_come_in_tens_or_charts_fall_back_to_colors_of_their_own(
    repository: Path,
) -> None:
    theme = tomllib.loads((repository / ".streamlit" / "config.toml").read_text())["theme"]
    lengths = {
        f"{mode} {name}": len(colors)
        for mode in ("light", "dark")
        for name, colors in theme[mode].items()
        if name.startswith("chart")
    }
    assert len(lengths) == 6
    assert set(lengths.values()) == {10}


def test_an_install_carries_every_file_of_the_packages(repository: Path, tmp_path: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--", *PACKAGES, "streamlit_app.py"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    files = {name for name in tracked if name and (repository / name).is_file()}
    source = tmp_path / "source"
    for name in files | {"pyproject.toml", "README.md", "LICENSE"}:
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(repository / name, target)
    build = "from setuptools.build_meta import build_wheel; print(build_wheel('..'))"
    subprocess.run(
        [sys.executable, "-c", build], cwd=source, capture_output=True, text=True, check=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert files - set(archive.namelist()) == set()
