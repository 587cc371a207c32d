"""docs/model.md says what the code does: its measures and the limits of the signals."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portfolio.review.signal import Limits
from portfolio.review.verdicts import Verdict
from portfolio.scoring.measures import MEASURES


@pytest.fixture(scope="module")
def model(repository: Path) -> str:
    return (repository / "docs" / "model.md").read_text(encoding="utf-8")


def row(model: str, name: str) -> str:
    (found,) = re.findall(rf"^\| {name} \|.*$", model, re.MULTILINE)
    return str(found)


def test_every_computed_measure_is_listed(model: str) -> None:
    (line,) = re.findall(r"^Computed measures: .*$", model, re.MULTILINE)
    assert re.findall(r"`([^`]+)`", line) == sorted(MEASURES)


def test_the_limits_of_the_signals_are_the_ones_in_use(model: str) -> None:
    limits = Limits()
    words = {1 / 9: "a ninth", 0.25: "a quarter", 0.5: "half", 0.01: "one has left"}
    for name, numbers in {
        "Pace": (f"{limits.pace_closer:.0%}", f"{limits.pace_against:.0%}"),
        "Gate": ("a day", f"{limits.gate_against} days"),
        "Spending": (f"{limits.thrift_closer:.0%}", f"{limits.thrift_against:.0%}"),
        "Reports": (f"{limits.silence_closer} days", f"{limits.silence_against} days"),
        "Partners": (words[limits.gone_closer], words[limits.gone_against]),
    }.items():
        said = row(model, name).replace(" %", "%")
        assert [number for number in numbers if number not in said] == []
    assert words[limits.late_closer] in row(model, "Pace")
    assert words[limits.late_against] in row(model, "Pace")
    assert limits.gate_closer == 1


def test_every_verdict_is_explained(model: str) -> None:
    explained = set(re.findall(r"\*([a-z ]+)\*", model))
    assert {verdict.value for verdict in Verdict} - {"on plan"} <= explained
