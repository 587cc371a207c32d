"""`clusterfolio sweep --by`: what safety costs, and what can be traded for what."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

LIST = (
    "id,name,cost,payoff,benefit,chance of success\n"
    "a,Anchor,100,400,1,0.9\n"
    "b,Buoy,100,900,2,0.5\n"
    "c,Crane,100,300,6,1\n"
)


@pytest.fixture
def question(tmp_path: Path) -> list[str]:
    (tmp_path / "list.csv").write_text(LIST)
    (tmp_path / "question.toml").write_text('budget = 200\n[objective]\naim = "payoff"\n')
    return [str(tmp_path / "list.csv"), "--scenario", str(tmp_path / "question.toml")]


def told(run: Callable[..., object], *args: str) -> dict:
    done = run("sweep", *args, "--json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_by_a_second_criterion_every_trade_is_listed_from_most_value_on(cf, question) -> None:
    # Worths 260, 350 and 200: a and b make 610 with 3 of benefit, b and c 550 with 8.
    found = told(cf, *question, "--by", "benefit")
    points = [(point["value"], point["second"]) for point in found["points"]]
    assert (found["by"], found["complete"]) == ("benefit", True)
    assert points == [(610, 3), (550, 8)]


def test_by_spend_less_money_buys_less(cf, question) -> None:
    found = told(cf, *question, "--by", "spend")
    points = [(point["value"], point["second"]) for point in found["points"]]
    assert points == [(610, 200), (350, 100), (0, 0)]


def test_by_losses_a_tighter_limit_never_buys_more(cf, question) -> None:
    found = told(cf, *question, "--by", "cvar", "--from=-100", "--to", "200", "--steps", "4")
    points = [point for point in found["points"] if point["value"] is not None]
    assert [point["limit"] for point in found["points"]] == [-100, 0, 100, 200]
    assert all(point["cvar"] <= point["limit"] for point in points)
    values = [point["value"] for point in points]
    assert values == sorted(values)
    assert values[-1] == 610


def test_by_losses_without_a_range_every_trade_is_listed(cf, question) -> None:
    found = told(cf, *question, "--by", "cvar")
    points = [(point["value"], point["second"], point["cvar"]) for point in found["points"]]
    assert (found["by"], found["complete"]) == ("cvar", True)
    assert points[0][0] == 610
    assert points == sorted(points, reverse=True)
    brought = [second for _, second, _ in points]
    assert brought == sorted(brought)
    assert brought == [-cvar for _, _, cvar in points]
    # Crane pays 300 for certain and costs 100: in the worst outcomes too it brings 200.
    assert (points[-1][0], points[-1][1]) == (200, 200)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--by", "luck"], "--by"),
        (["--by", "cvar", "--from", "0"], "--to"),
        (["--by", "cvar", "--from", "5", "--to", "1"], "lies below"),
        (["--by", "cvar", "--from", "x", "--to", "1"], "--from"),
        (["--by", "benefit", "--from", "0"], "Leave it out"),
        (["--by", "payoff"], "the aim itself"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(cf, question, args, words) -> None:
    done = cf("sweep", *question, *args)
    assert done.status == 2
    assert words in done.err
