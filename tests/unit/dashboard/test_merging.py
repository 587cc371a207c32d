"""Two people change one standing question: what each left alone is the other's."""

from __future__ import annotations

from dataclasses import replace

from dashboard.services.merging import merged
from portfolio.funding.rules import Must, MustNot, TotalBudget
from portfolio.funding.sources import Source
from portfolio.scenario import Objective, Scenario

BUDGET = TotalBudget(id="budget", limit=100)
FIRST = Must(id="first", projects=("a",))
SECOND = MustNot(id="second", projects=("b",))
FUND = Source(id="fund", name="Fund", budgets=(5, 5))
BASE = Scenario(sources=(FUND,), rules=(BUDGET, FIRST), off=("first",))


def test_changes_of_different_parts_stand_side_by_side() -> None:
    theirs = replace(BASE, rules=(replace(BUDGET, limit=200), FIRST, SECOND))
    mine = replace(BASE, sources=(replace(FUND, budgets=(9, 9)),), off=())
    both = merged(BASE, theirs, mine)
    assert both.scenario == replace(theirs, sources=mine.sources, off=())
    assert (both.moved, both.both) == (True, ())


def test_the_same_change_by_both_is_one_change() -> None:
    changed = replace(BASE, rules=(replace(BUDGET, limit=200), FIRST))
    assert merged(BASE, changed, changed).scenario == changed
    assert merged(BASE, changed, changed).both == ()


def test_where_both_changed_a_part_mine_stands_and_is_named() -> None:
    theirs = replace(BASE, rules=(replace(BUDGET, limit=200), FIRST))
    mine = replace(BASE, rules=(replace(BUDGET, limit=300), FIRST))
    both = merged(BASE, theirs, mine)
    assert both.scenario == mine
    assert both.both == (replace(BUDGET, limit=300),)


def test_a_rule_that_i_removed_and_they_changed_is_gone_and_named() -> None:
    theirs = replace(BASE, rules=(BUDGET, replace(FIRST, projects=("c",))), off=())
    mine = replace(BASE, rules=(BUDGET,), off=())
    both = merged(BASE, theirs, mine)
    assert both.scenario.rules == (BUDGET,)
    assert both.both == (replace(FIRST, projects=("c",)),)


def test_a_rule_that_they_removed_takes_its_switch_along() -> None:
    theirs = replace(BASE, rules=(BUDGET,), off=())
    mine = replace(BASE, off=("budget", "first"))
    assert merged(BASE, theirs, mine).scenario == replace(theirs, off=("budget",))


def test_the_aim_is_whose_changed_it() -> None:
    aim = Objective(caution=0.5)
    assert merged(BASE, BASE, replace(BASE, objective=aim)).scenario.objective == aim
    assert merged(BASE, replace(BASE, objective=aim), BASE).scenario.objective == aim
    assert merged(BASE, BASE, BASE).moved is False


def test_rules_that_two_added_under_one_id_both_stand() -> None:
    theirs = replace(BASE, rules=(*BASE.rules, replace(SECOND, projects=("x",))))
    mine = replace(
        BASE, rules=(*BASE.rules, replace(SECOND, projects=("y",))), off=("first", "second")
    )
    both = merged(BASE, theirs, mine)
    added = [rule for rule in both.scenario.rules if rule.id not in ("budget", "first")]
    assert [rule.projects for rule in added if isinstance(rule, MustNot)] == [("x",), ("y",)]
    assert len({rule.id for rule in added}) == 2
    assert both.scenario.off == tuple(sorted(("first", added[1].id)))
    assert both.both == ()


def test_funders_that_two_added_under_one_id_both_stand() -> None:
    anna = Source(id="funder", name="Anna's", budgets=(1, 1))
    bo = Source(id="funder", name="Bo's", budgets=(2, 2))
    theirs = replace(BASE, sources=(FUND, anna))
    mine = replace(BASE, sources=(FUND, bo), off=("budget:funder", "first"))
    both = merged(BASE, theirs, mine).scenario
    assert [source.name for source in both.sources] == ["Fund", "Anna's", "Bo's"]
    assert both.off == (f"budget:{both.sources[2].id}", "first")


def test_what_both_changed_stays_told_after_the_next_change_of_mine() -> None:
    theirs = replace(BASE, rules=(replace(BUDGET, limit=200), FIRST))
    mine = replace(BASE, rules=(replace(BUDGET, limit=300), FIRST))
    first = merged(BASE, theirs, mine)
    again = merged(first.base, theirs, replace(first.scenario, off=()))
    assert again.both == (replace(BUDGET, limit=300),)
    assert again.scenario == replace(first.scenario, off=())
    later = replace(theirs, rules=(replace(BUDGET, limit=300), FIRST))
    assert merged(again.base, later, again.scenario).both == ()
