"""The docs cannot drift: every command is in them, and every example in them is read."""

import re
from pathlib import Path

import pytest

from data.samples import demo_pools
from data.scenario_file import parse_scenario
from optimizer import Options, optimize
from portfolio.funding.rules import Rule
from portfolio.pool import Pool
from portfolio.scenario import Scenario, all_rules


@pytest.fixture(scope="module")
def demo() -> Pool:
    return demo_pools()[0]


@pytest.fixture(scope="module")
def example(repository: Path, demo: Pool) -> Scenario:
    text = (repository / "docs" / "scenario.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    return parse_scenario(block.encode(), demo)


def test_the_full_example_shows_every_kind_of_rule_and_every_key(example: Scenario) -> None:
    kinds = {rule.kind for rule in example.rules}
    assert kinds == {kind.__dataclass_fields__["kind"].default for kind in Rule.__args__}
    assert example.stay_close is not None
    assert example.off == ("few-partners",)


def test_the_full_example_takes_from_the_cluster_what_it_leaves_out(
    example: Scenario, demo: Pool
) -> None:
    region = next(source for source in demo.scenario.sources if source.id == "region")
    (asked,) = [source for source in example.sources if source.id == "region"]
    assert (asked.name, asked.carry_over, asked.scopes) == (
        region.name,
        region.carry_over,
        region.scopes,
    )
    assert asked.total == 1_000_000_00


def test_the_full_example_has_no_two_rules_of_one_id(example: Scenario) -> None:
    ids = [rule.id for rule in all_rules(example)]
    assert len(ids) == len(set(ids))


def test_the_full_example_has_an_answer(example: Scenario, demo: Pool) -> None:
    selection = optimize(demo, example, Options(time_limit=20, gap=0.05))
    assert selection.status.has_mix
    assert all(check.met for check in selection.checks)
    assert "air-watch" in selection.ids
