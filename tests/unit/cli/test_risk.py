"""risk: how the best mix may end, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

LIST = """Name,Cost,Grant,Theme,Lead,Payoff low,Payoff,Payoff high,Technical success,Commercial success
One,100,100,a,x,1000,1000,1000,100%,100%
Two,200,200,a,y,50,50,50,100%,100%
"""


@pytest.fixture
def contradiction(tmp_path: Path) -> Path:
    question = tmp_path / "q.toml"
    question.write_text(
        "keep_rules = true\n[[rules]]\nkind = 'must'\nid = 'in'\nprojects = ['ice-radar']\n"
        "[[rules]]\nkind = 'must not'\nid = 'out'\nprojects = ['ice-radar']\n",
        encoding="utf-8",
    )
    return question


def test_the_mix_is_the_recommended_one_and_its_mean_what_it_should_return(cf) -> None:
    best = cf("recommend", "demo", "--json").json
    said = cf("risk", "demo", "--outcomes", 40_000, "--json")
    assert said.status == 0
    answer = said.json
    assert [each["id"] for each in answer["chosen"]] == [each["id"] for each in best["chosen"]]
    found = answer["risk"]
    assert found["expected"] == pytest.approx(best["objective"], abs=0.01)
    assert abs(found["mean"] - found["expected"]) < 5 * found["mean_error"]
    assert found["outcomes"] == answer["assumptions"]["outcomes"] == 40_000
    assert found["projects"] == len(best["chosen"])
    assert found["p5"] < found["p50"] < found["p95"]
    assert sum(bar["share"] for bar in found["histogram"]) == pytest.approx(1)


def test_the_same_seed_draws_the_same_and_another_one_others(cf) -> None:
    first, again, other = (
        cf("risk", "demo", "--outcomes", 500, "--seed", seed, "--json").json for seed in (3, 3, 4)
    )
    assert first == again
    assert first["risk"]["p50"] != other["risk"]["p50"]


def test_less_is_lost_than_the_more_that_is_named(cf) -> None:
    any_loss, great_loss = (
        cf("risk", "demo", "--lose", amount, "--json").json["risk"]["loss"]
        for amount in (0, 1_500_000)
    )
    assert great_loss["more_than"] == 1_500_000
    assert 0 < great_loss["chance"] < any_loss["chance"]


def test_a_certain_mix_has_the_figures_on_paper(cf, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    question = tmp_path / "q.toml"
    question.write_text(
        "keep_rules = true\n[[rules]]\nkind = 'must'\nid = 'all'\nprojects = ['two']\n",
        encoding="utf-8",
    )
    typed = ("risk", file, "--scenario", question, "--budget", 300, "--overrun", 0.5)
    said = cf(*typed, "--breakthrough", 5, "--json")
    assert said.status == 0, said.out
    found = said.json["risk"]
    # 1,000 + 50 − 1.5 · 300
    assert {found[name] for name in ("expected", "mean", "p5", "p50", "p95")} == {600}
    assert (found["sd"], found["loss"]["chance"], found["breakthrough"]["chance"]) == (0, 0, 1)
    assert (found["expected_failures"], found["worst"]["mean"]) == (0, 600)
    assert found["not_known"] == {"payoff": 0, "chance": 0, "spread": 2}


def test_the_text_says_it_in_the_words_of_a_board(cf) -> None:
    said = cf("risk", "demo", "--lose", 500_000, "--worst", 0.1, "--outcomes", 2_000)
    assert said.status == 0
    text = " ".join(said.out.split()).replace("\u00a0", " ")
    assert "In 9 of 10 cases the mix ends between" in text
    assert "it loses more than €500,000." in text
    assert "Worst 10 % of cases, on average" in text
    assert "2,000 cases, the same ones each time." in text
    assert "15 % with others of its theme, 10 % with others of its lead and 10 %" in text


def test_overruns_are_a_share_or_a_class_of_projects(cf) -> None:
    said = {
        text: cf("risk", "demo", "--outcomes", 10, "--overrun", text, "--json").json
        for text in ("2", "Equipment and  Development", "equipment and development:lower", "0.1")
    }
    shares = [answer["assumptions"]["overrun"] for answer in said.values()]
    assert shares == [2.0, 2.0, 0.1, 0.1]
    means = [answer["risk"]["expected"] for answer in said.values()]
    assert means[0] == means[1] < means[2] == means[3]


def test_without_a_mix_there_is_nothing_to_simulate(cf, contradiction: Path) -> None:
    said = cf("risk", "demo", "--scenario", contradiction, "--json")
    assert (said.status, said.json["status"], said.json["risk"]) == (1, "INFEASIBLE", None)
    said = cf("risk", "demo", "--scenario", contradiction)
    assert said.status == 1
    assert "nothing that could go wrong" in " ".join(said.out.split())


def test_all_that_nobody_means_is_told_together(cf) -> None:
    typed = {
        "--outcomes": "0",
        "--seed": "1.5",
        "--same-theme": "2",
        "--tail": "1",
        "--overrun": "castles",
        "--lose": "-5",
        "--breakthrough": "nan",
        "--worst": "0",
        "--budget": "12k",
    }
    words = [word for pair in typed.items() for word in pair]
    said = cf("risk", "demo", *words, "--json")
    assert said.status == 2
    assert {problem["field"] for problem in said.json["problems"]} == set(typed)
    said = cf("risk", "demo", "--same-theme", 0.7, "--same-lead", 0.4, "--json")
    assert [problem["value"] for problem in said.json["problems"]] == ["0.7 + 0.4"]
    said = cf("risk", "demo", "--same-theme", 0.7, "--same-technology", 0.3, "--json")
    assert [problem["value"] for problem in said.json["problems"]] == ["0.7 + 0.1 + 0.3"]


def test_what_is_left_of_the_luck_may_hang_on_the_technology(cf) -> None:
    said = cf("risk", "demo", "--same-theme", 0.7, "--same-lead", 0.25, "--outcomes", 500, "--json")
    assert said.status == 0
    assert said.json["assumptions"]["same_technology"] == pytest.approx(0.05)
