"""stages: seeds and scale-ups on the command line, against figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

HEAD = "id,name,cost,payoff,chance of technical success,first grant,chance to pass the gate"
THREE = [f"{i},Trial {i},100,300,0.5,20,0.5" for i in "abc"]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Three projects of 100 that return 300 in one case of two, which 20 would show."""
    file = tmp_path / "seeds.csv"
    file.write_text("\n".join((HEAD, *THREE)), encoding="utf-8")
    return file


def test_three_seeds_and_one_scale_up_in_json(cf, seeds: Path) -> None:
    said = cf("stages", seeds, "--budget", 140, "--json")
    assert said.status == 0
    answer = said.json
    # 7/8 · 220 − 3 · 20, against .5 · 300 − 100: see tests/unit/optimizer/test_stages.py.
    assert (answer["status"], answer["value"], answer["bound"]) == ("OPTIMAL", 132.5, 132.5)
    assert (answer["at_once"]["value"], answer["staging_value"]) == (50, 82.5)
    assert [each["id"] for each in answer["seeds"]] == ["a", "b", "c"]
    assert answer["seeds"][0]["first_grant"] == 20
    assert answer["seeds"][0]["scale_up_grant"] == 80
    assert (answer["planted"], answer["planted_money"]) == (3, 60)
    assert (answer["kept_back"], answer["kept_back_used"]) == (80, 70)
    assert answer["expected_scaled_up"] == 0.875
    assert answer["outcomes"]["exact"] is True
    assert answer["outcomes"]["number"] == 8
    assert answer["trial"] is None


def test_the_text_begins_with_what_to_plant(cf, seeds: Path) -> None:
    said = cf("stages", seeds, "--budget", 140)
    text = " ".join(said.out.replace("\u00a0", " ").split())
    assert "Plant 3 seeds for 60, keep 80 back; about 0.9 will prove themselves" in text
    assert "Worth 165 % more than committing at once." in text
    assert "No other plan is better over all 8 outcomes." in text


def test_a_first_stage_is_assumed_where_none_is_stated(cf, tmp_path: Path) -> None:
    file = tmp_path / "plain.csv"
    rows = [f"{i},Trial {i},100,300,0.5" for i in "abc"]
    file.write_text("\n".join((HEAD.rsplit(",", 2)[0], *rows)), encoding="utf-8")
    said = cf("stages", file, "--budget", 140, "--first-share", 0.2, "--json")
    assert said.json["value"] == 132.5
    none = cf("stages", file, "--budget", 140, "--json")
    assert none.status == 2
    assert "No proposal has a first stage" in none.json["problems"][0]["remedy"]


def test_drawn_outcomes_are_tried_on_others_and_drawn_alike(cf, seeds: Path) -> None:
    asked = ("stages", seeds, "--budget", 140, "--outcomes", 30, "--same-theme", 0.2, "--json")
    said, again = cf(*asked).json, cf(*asked).json
    assert said["outcomes"]["exact"] is False
    assert said["trial"]["outcomes"] == 1_000
    assert said["trial"]["staging_value"]["low"] < said["trial"]["staging_value"]["high"]
    assert [said[key] for key in ("value", "seeds", "trial")] == [
        again[key] for key in ("value", "seeds", "trial")
    ]


def test_arguments_that_nobody_means_are_told_together(cf, seeds: Path) -> None:
    said = cf(
        "stages",
        seeds,
        "--first-share",
        2,
        "--periods",
        0,
        "--outcomes",
        0,
        "--same-lead",
        3,
        "--json",
    )
    assert said.status == 2
    fields = [problem["field"] for problem in said.json["problems"]]
    assert fields == ["--first-share", "--periods", "--outcomes", "--same-lead"]


def test_periods_beyond_the_calendar_are_told(cf, seeds: Path) -> None:
    said = cf("stages", seeds, "--first-share", 0.2, "--periods", 99, "--json")
    assert said.status == 2
    assert "The calendar has" in said.json["problems"][0]["remedy"]


def test_rules_that_no_plan_keeps_end_with_status_one(cf, seeds: Path, tmp_path: Path) -> None:
    question = tmp_path / "q.toml"
    question.write_text(
        "[[rules]]\nkind = 'must'\nid = 'in'\nprojects = ['a']\n"
        "[[rules]]\nkind = 'must not'\nid = 'out'\nprojects = ['a']\n",
        encoding="utf-8",
    )
    said = cf("stages", seeds, "--scenario", question, "--budget", 140, "--json")
    assert (said.status, said.json["status"], said.json["seeds"]) == (1, "INFEASIBLE", [])
