"""Bad input: everything wrong is told at once, with status 2, and no trace reaches the user."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.cli import main, program
from dashboard.cli.arguments import parse
from portfolio.errors import EngineError

LIST = "Name,Cost\nOne,5\nTwo,7\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["recomend", "demo"], "recommend"),
        (["recommend"], "POOL"),
        (["recommend", "demo", "--budgett", "5"], "--budgett"),
        (["recommend", "demo", "--budget"], "--budget"),
        (["sweep", "demo"], "--from"),
        (["explain", "demo"], "--project"),
        (["db", "drop"], "upgrade"),
        (["recommend", "nobody"], "Halm Maritime Cluster"),
        (["recommend", "nothing.csv"], "no such file"),
        (["recommend", "folder/nothing"], "no such file"),
        (["recommend", "demo", "--profile", "uk-gmpp"], "Leave --profile out"),
        (["recommend", "demo", "--budget", "12k"], "12k"),
        (["recommend", "demo", "--budget", "-5"], "-5"),
        (["recommend", "demo", "--budget", "1,50"], "1,50"),
        (["recommend", "demo", "--budget", "nan"], "nan"),
        (["recommend", "demo", "--budget", "1e400"], "1e400"),
        (["recommend", "demo", "--time-limit", "0"], "--time-limit"),
        (["recommend", "demo", "--gap", "2"], "--gap"),
        (["recommend", "demo", "--scenario", "no.toml"], "no such file"),
        (["recommend", "demo", "--out", "no/where.json"], "no folder"),
        (["recommend", "demo", "--store", "postgresql://somewhere/db"], "SQLite"),
        (["recommend", "demo", "--store", "sqlite:////no/where/cf.db"], "does not exist"),
        (["recommend", "demo", "--store", "nonsense"], "sqlite"),
        (["explain", "demo", "--project", "ice-rader"], "ice-radar"),
        (["explain", "demo", "--project", "battery-barge"], "running"),
        (["sweep", "demo", "--from", "5", "--to", "1"], "larger"),
        (["sweep", "demo", "--from", "5", "--to", "9", "--steps", "0"], "--steps"),
        (["sweep", "demo", "--from", "5", "--to", "9", "--workers", "here"], "tcp://host:8786"),
        (["sweep", "demo", "--by", "cvar", "--workers", "tcp://host:8786"], "by budget only"),
        (["sweep", "demo", "--from", "5", "--to", "9", "--steps", "1e9"], "--steps"),
        (["review", "demo", "--as-of", "03/04/2026"], "2026-11-30"),
        (["import", "nothing.csv"], "no such file"),
        (["import", "."], "no such file"),
        (["template", "projects.docx"], ".xlsx"),
        (["export", "demo", "projects.docx"], ".csv"),
        (["export", "nobody", "projects.csv"], "nobody"),
        (["serve", "--port", "eighty"], "eighty"),
        (["serve", "--port", "70000"], "70000"),
        (["serve", "--address", "no.such.host.invalid"], "no such address"),
    ],
)
def test_bad_input_ends_with_status_two_and_says_what_to_do(
    cf, typed: list[str], told: str
) -> None:
    said = cf(*typed)
    assert said.status == 2
    assert told in said.err
    assert said.out == ""
    if parse_json(typed):
        said = cf(*typed, "--json")
        assert said.status == 2
        assert said.err == ""
        assert said.json["problems"]
        assert all(problem["remedy"] for problem in said.json["problems"])


def parse_json(typed: list[str]) -> bool:
    return typed[0] != "serve"


def test_everything_wrong_with_the_arguments_is_told_in_one_go(cf, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("budget = -1\nbudgett = 2\n", encoding="utf-8")
    said = cf(
        *("recommend", "demo", "--budget", "x", "--gap", "y", "--time-limit", "z"),
        *("--scenario", bad, "--out", "no/where", "--json"),
    )
    assert [problem["field"] for problem in said.json["problems"]] == [
        "--out",
        "--budget",
        "--time-limit",
        "--gap",
        "budget",
        "budgett",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n\n",
        b"\x00" * 100,
        b"\xff\xfe\x00\x01",
        b"PK\x03\x04 no zip at all",
        b"META\nkey;value\nbudget;x\nPROJECTS\nproject_id;cost\n",
        b"just one line of text",
        b'"unclosed',
        b"Name,Cost\n,\n",
        bytes(range(256)) * 50,
    ],
)
@pytest.mark.parametrize("command", ["recommend", "import", "score", "review"])
def test_a_file_that_is_no_list_is_refused_in_words(
    cf, tmp_path: Path, content: bytes, command: str
) -> None:
    for ending in ("csv", "xlsx", "pb"):
        path = tmp_path / f"hostile.{ending}"
        path.write_bytes(content)
        said = cf(command, path, *(["--dry-run"] if command == "import" else []))
        assert said.status == 2, said
        assert said.err.strip()


def test_names_that_would_steer_a_terminal_do_not(cf, tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    path.write_text("Name,Cost,Payoff\n\x1b[2J\x1b]0;gone\x07Ice\u202e,5,9\n", encoding="utf-8")
    said = cf("recommend", path, "--budget", 10)
    assert said.status == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(said.out)


def test_a_file_of_another_program_is_no_store(cf, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.db"
    stranger.write_bytes(b"not a database" * 100)
    said = cf("recommend", "demo", "--store", f"sqlite:///{stranger}")
    assert said.status == 2
    assert "not a Clusterfolio store" in said.err
    assert stranger.read_bytes() == b"not a database" * 100


def test_a_file_that_is_there_is_not_replaced(cf, tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("mine", encoding="utf-8")
    assert cf("export", "demo", kept).status == 2
    assert kept.read_text("utf-8") == "mine"


def test_what_nobody_expected_is_one_sentence_with_a_code(
    cf, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr(program, "_call", broken)
    said = cf("score", listed)
    assert said.status == 3
    assert "ref." in said.err
    assert "secret" not in said.err
    assert len(said.err.splitlines()) == 1
    said = cf("score", listed, "--json")
    assert said.status == 3
    assert "ref." in said.json["problems"][0]["remedy"]


def test_our_own_fault_has_a_code_too(cf, listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise EngineError("The answer broke a rule.")

    monkeypatch.setattr(program, "_call", broken)
    said = cf("score", listed)
    assert (said.status, "ref." in said.err) == (3, True)


def test_a_stop_by_the_user_is_quiet(cf, listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "_call", stopped)
    assert cf("score", listed).status == 130


def shell(*typed: object, **extra: str) -> subprocess.CompletedProcess[bytes]:
    script = Path(sys.executable).parent / "clusterfolio"
    env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **extra}
    return subprocess.run([script, *map(str, typed)], capture_output=True, env=env, check=False)


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LANG": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_answers_are_utf8_whatever_the_locale_says(tmp_path: Path, locale: dict[str, str]) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Cost,Payoff,Currency\nÆrø färja €,5,9,EUR\n", encoding="utf-8")
    said = shell("recommend", path, "--budget", 10, **locale)
    assert said.returncode == 0, said.stderr
    assert "Ærø färja €" in said.stdout.decode("utf-8")
    said = shell("recommend", path, "--budget", 10, "--json", **locale)
    assert "Ærø färja €" in said.stdout.decode("utf-8")


def test_a_reader_that_goes_away_gets_no_trace(listed: Path) -> None:
    script = Path(sys.executable).parent / "clusterfolio"
    head = shutil.which("true")
    assert head is not None
    piped = subprocess.run(
        ["sh", "-c", f'"{script}" score "{listed}" | "{head}"'],
        capture_output=True,
        text=True,
        check=False,
    )
    assert piped.stderr == ""


def test_help_and_version_end_with_status_zero(capsys: pytest.CaptureFixture[str]) -> None:
    for typed in (["--help"], ["--version"], ["recommend", "--help"]):
        with pytest.raises(SystemExit) as leaving:
            main(typed)
        assert leaving.value.code == 0
    assert parse(["db", "info"])[1] is not None
    assert "clusterfolio" in capsys.readouterr().out


def test_a_file_that_the_machine_refuses_is_told(cf, tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    (tmp_path / "full.csv").symlink_to(full)
    said = cf("export", "demo", tmp_path / "full.csv", "--force")
    assert said.status == 2
    assert "cannot be written" in said.err
