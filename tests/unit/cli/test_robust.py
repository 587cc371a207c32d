"""robust: core indices on the command line, against the mix of the agreed weights."""

from __future__ import annotations

from pathlib import Path


def test_weights_that_are_known_leave_the_mix_with_the_highest_score(cf, tmp_path: Path) -> None:
    question = tmp_path / "q.toml"
    question.write_text("keep_rules = true\n[objective]\naim = 'score'\n", encoding="utf-8")
    best = cf("recommend", "demo", "--scenario", question, "--json").json
    said = cf("robust", "demo", "--width", 0, "--draws", 3, "--json")
    assert said.status == 0
    answer = said.json
    chosen = {project["id"] for project in best["chosen"]}
    indices = {project["id"]: project["core_index"] for project in answer["projects"]}
    assert len(indices) == best["pool"]["candidates"]
    assert {name for name, index in indices.items() if index == 1} == chosen
    assert {index for name, index in indices.items() if name not in chosen} == {0}
    assert (answer["method"], answer["draws"], answer["mixes"]) == ("sample", 3, 1)
    assert set(answer["now"]) == chosen
    assert (answer["ask_next"], answer["knowing_all"]) == ([], 0.0)
    assert answer["information"] == {"weights": "interval", "width": 0.0, "scores": "mean"}


def test_the_text_sorts_the_proposals_for_the_board(cf) -> None:
    said = cf("robust", "demo", "--width", "0.2", "--draws", 20)
    assert said.status == 0
    text = " ".join(said.out.split())
    assert "belong in however the criteria are weighed" in text
    assert "Each weight may be 20 % more or less than agreed." in text.replace("\u00a0", " ")
    assert text.index("In every good mix") < text.index("In no good mix")
    assert "What to ask next" in text


def test_the_numbers_to_ask_for_stand_in_order_of_what_they_are_worth(cf) -> None:
    answer = cf("robust", "demo", "--width", "0.2", "--draws", 60, "--json").json
    asked = answer["ask_next"]
    assert asked
    values = [each["value"] for each in asked]
    assert values == sorted(values, reverse=True)
    assert 0 < values[-1] <= values[0] <= answer["knowing_all"]
    borderline = sum(project["kind"] == "borderline" for project in answer["projects"])
    assert all(0 <= each["settles"] <= borderline for each in asked)
    assert {(each["kind"], each["project"]) for each in asked} == {("weight", None)}


def test_numbers_that_nobody_means_are_told_together(cf) -> None:
    said = cf("robust", "demo", "--width", 3, "--draws", 0, "--json")
    assert said.status == 2
    assert [problem["field"] for problem in said.json["problems"]] == ["--width", "--draws"]


def test_rules_that_no_mix_meets_end_with_status_one(cf, tmp_path: Path) -> None:
    question = tmp_path / "q.toml"
    question.write_text(
        "keep_rules = true\n[[rules]]\nkind = 'must'\nid = 'in'\nprojects = ['ice-radar']\n"
        "[[rules]]\nkind = 'must not'\nid = 'out'\nprojects = ['ice-radar']\n",
        encoding="utf-8",
    )
    said = cf("robust", "demo", "--scenario", question, "--json")
    assert (said.status, said.json["projects"]) == (1, [])
