"""What a command says: tables that line up, strict JSON, and nothing that steers a terminal."""

import json
from fractions import Fraction

import pytest

from dashboard.cli.output import (
    WIDTH,
    Column,
    Output,
    clean,
    paragraph,
    plain_number,
    table,
    to_json,
)
from portfolio.errors import Problem

COLUMNS = [Column("Project", gives=True), Column("Grant", "right")]


def test_a_table_lines_up_under_its_titles_whatever_the_script() -> None:
    assert table(COLUMNS, [["港湾", "€5"], ["Ice radar", "€1,200"]]).splitlines() == [
        "Project     Grant",
        "─────────  ──────",
        "港湾           €5",
        "Ice radar  €1,200",
    ]


def test_long_words_and_names_are_broken_into_lines_and_lose_nothing() -> None:
    name = "At least a tenth of the money to " + "x" * 180
    lines = table(COLUMNS, [[name, "€1,234,567"]]).splitlines()
    assert {len(line) for line in lines[:2]} == {WIDTH}
    assert max(len(line) for line in lines) == WIDTH
    assert lines[2].endswith("€1,234,567")
    told = "".join(lines[2:]).replace("€1,234,567", "")
    assert told.replace(" ", "") == name.replace(" ", "")


def test_signs_that_steer_a_terminal_are_left_out() -> None:
    hostile = "Ice\x1b[2Jradar\u202e\x9b1m\nend"
    assert clean(hostile) == "Ice [2Jradar  1m end"
    assert "\x1b" not in paragraph(hostile)


def test_json_is_strict_and_keeps_letters(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(to_json({"name": "Ære"})) == {"name": "Ære"}
    assert "Ære" in to_json({"name": "Ære"})
    with pytest.raises(ValueError, match="JSON"):
        to_json({"number": float("nan")})


@pytest.mark.parametrize(
    ("exact", "shown"),
    [(Fraction(5), 5), (Fraction(5, 2), 2.5), (7, 7), (None, None), (Fraction(-1, 3), -1 / 3)],
)
def test_numbers_in_json_are_plain(exact: Fraction | None, shown: float | None) -> None:
    assert plain_number(exact) == shown
    assert isinstance(plain_number(exact), type(shown))


def test_problems_go_to_stderr_as_sentences_or_to_stdout_as_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    problems = (Problem("Cost", "12k", "Write 12000.", 14), Problem("Name", "", "Add a name."))
    assert Output(as_json=False).problems(problems, 2) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == ["Row 14, Cost: “12k”. Write 12000.", "Name: Add a name."]
    Output(as_json=True).problems(problems, 2)
    said = capsys.readouterr()
    assert said.err == ""
    assert json.loads(said.out)["problems"][0] == {
        "row": 14,
        "field": "Cost",
        "value": "12k",
        "remedy": "Write 12000.",
    }
