"""Real project lists by the command line: taken in, then a balanced mix for a fifth of their cost."""

from pathlib import Path

import pytest

from data.importer import read_file, read_result
from tests.unit.cli.conftest import Said, cf, store_url

__all__ = ["Said", "cf", "store_url"]

LISTS = {
    "uk_gmpp/uk_2023.csv": ("uk-gmpp", 230, 244),
    "uk_erdf/England_ESIF_2014-2020_Oct_2016.csv": ("uk-erdf", 383, 394),
    "dk_erdf/DK_ERDF_ESF_2007-2013.csv": ("dk-erdf", 581, 598),
}
RULES = """
[[rules]]
kind = "limit"
id = "themes"
attribute = "theme"
at_most = 0.4
[[rules]]
kind = "limit"
id = "leads"
attribute = "lead"
at_most = 0.25
"""
every_list = pytest.mark.parametrize("name", LISTS)


@every_list
def test_a_published_list_is_taken_in_and_each_unread_cell_is_named(
    cf, real_data: Path, name: str
) -> None:
    profile, least, rows = LISTS[name]
    file = real_data / "real" / name
    said = cf("import", file, "--profile", profile, "--dry-run", "--json")
    answer = said.json
    assert said.status == 0
    assert answer["rows"] == rows
    assert answer["taken"] >= least
    assert len(answer["new"]) == answer["taken"]
    for problem in answer["problems"]:
        assert problem["row"] is not None
        assert problem["field"]
        assert problem["remedy"]


@every_list
def test_a_fifth_of_the_cost_with_two_rules_of_balance_gives_an_explained_mix(
    cf, real_data: Path, tmp_path: Path, name: str
) -> None:
    profile, _, _ = LISTS[name]
    file = real_data / "real" / name
    result = read_result(read_file(file), file.name, profile)
    budget = sum(project.grant for project in result.projects) // 500
    question = tmp_path / "balance.toml"
    question.write_text(RULES, encoding="utf-8")
    asked = (file, "--profile", profile, "--scenario", question, "--budget", budget)
    limits = ("--time-limit", 10, "--gap", 0.01)
    said = cf("recommend", *asked, *limits, "--json")
    answer = said.json
    assert said.status == 0
    assert answer["status"] in ("OPTIMAL", "FEASIBLE")
    assert answer["spend"]["total"] <= budget
    assert {rule["id"] for rule in answer["rules"]} == {"budget", "themes", "leads"}
    assert all(rule["met"] for rule in answer["rules"])
    assert answer["objective"] <= answer["bound"]
    chosen = {project["id"] for project in answer["chosen"]}
    outside = next(p.id for p in result.projects if p.cost_known and p.id not in chosen)
    why = cf("explain", *asked, *limits, "--project", outside, "--json").json
    assert why["inside"] is False
    assert why["sentences"]
