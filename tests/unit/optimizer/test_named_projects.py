"""Rules that name a project no mix can hold: running, closed, or of unknown cost. By hand."""

from __future__ import annotations

from datetime import date

import pytest

from optimizer import clash, explain_project, optimize, rule_prices
from portfolio.cluster import Cluster
from portfolio.errors import InputError
from portfolio.feasibility import feasible
from portfolio.funding.rules import AtMostOf, Must, MustNot, Requires, Rule
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus
from portfolio.scenario import Objective, Scenario
from portfolio.selection import Status
from portfolio.units import Calendar

POOL = Pool(
    Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 12, 1)),
    (
        Project("a", "Alpha", 100, 100, benefit=3.0),
        Project("b", "Beta", 100, 100, benefit=2.0),
        Project("run", "Ferry", 100, 100, benefit=9.0, status=ProjectStatus.RUNNING),
        Project("end", "Barge", 100, 100, benefit=9.0, status=ProjectStatus.CLOSED),
        Project("odd", "Dredger", benefit=9.0, cost_known=False),
    ),
)


def asked(*rules: Rule) -> Scenario:
    return Scenario(objective=Objective(aim="benefit"), rules=rules)


def out(project: str) -> MustNot:
    return MustNot(id="r", projects=(project,))


def needs(*ids: str, project: str = "a") -> Requires:
    return Requires(id="r", project=project, needs=ids)


CASES: list[tuple[Rule, tuple[str, ...], str]] = [
    (out("run"), ("a", "b"), "Ferry (running) must stay out"),
    (MustNot(id="r", projects=("a", "end")), ("b",), "Alpha and Barge (closed) must stay out"),
    (
        AtMostOf(id="r", projects=("a", "b", "run", "odd"), count=1),
        ("a",),
        "At most 1 of Alpha or Beta; Ferry (running) and Dredger (cost not known) do not count",
    ),
    (AtMostOf(id="r", projects=("run",), count=0), ("a", "b"), "At most 0 of Ferry (running)"),
    (needs("run", "b"), ("a", "b"), "Alpha needs Ferry (running) and Beta"),
    (needs("end"), ("b",), "Alpha needs Barge (closed), so Alpha cannot be in"),
    (needs("odd"), ("b",), "Alpha needs Dredger (cost not known), so Alpha cannot be in"),
    (needs("run", "end"), ("b",), ""),
    (needs("b", project="run"), ("a", "b"), "Ferry (running) needs Beta"),
    (needs("end", project="run"), ("a", "b"), "Ferry (running) needs Barge (closed)"),
    (needs("odd", project="end"), ("a", "b"), "Barge (closed) needs Dredger (cost not known)"),
]


@pytest.mark.parametrize(("rule", "best", "words"), CASES)
def test_a_rule_may_name_a_project_that_no_mix_can_hold(
    rule: Rule, best: tuple[str, ...], words: str
) -> None:
    scenario = asked(rule)
    found = optimize(POOL, scenario)
    assert (found.status, found.ids) == (Status.OPTIMAL, best)
    assert all(each.met for each in found.checks)
    assert feasible(POOL, scenario, best)
    assert feasible(POOL, scenario, ("a", "b")) == (best == ("a", "b"))
    if words:
        assert sentence(rule, POOL, scenario) == words


@pytest.mark.parametrize("project", ["run", "end", "odd"])
def test_what_must_be_in_has_to_be_a_proposal_to_choose_from(project: str) -> None:
    with pytest.raises(InputError) as caught:
        optimize(POOL, asked(Must(id="r", projects=("a", project))))
    (problem,) = caught.value.problems
    assert problem.value == project
    assert "not among the proposals" in problem.remedy


@pytest.mark.parametrize("need", ["end", "odd"])
def test_what_needs_a_project_that_never_comes_is_shut_out_by_that_rule(need: str) -> None:
    scenario = asked(needs("run", need))
    base = optimize(POOL, scenario)
    found = explain_project(POOL, scenario, base, "a")
    assert (found.inside, found.cost, found.clash) == (False, None, ("r",))
    (price,) = rule_prices(POOL, scenario, base)
    assert price.price == 3_000_000


def test_the_way_out_is_to_do_without_what_never_comes() -> None:
    found = clash(POOL, asked(needs("run", "end", "odd"), Must(id="in", projects=("a",))))
    assert found is not None
    ways = {repair.rule: repair for repair in found.repairs}
    assert ways["r"].change == "Let Alpha do without Barge and Dredger"
    assert ways["r"].amount == 2
    assert optimize(POOL, ways["r"].scenario).ids == ("a", "b")
    (kept,) = (rule for rule in ways["r"].scenario.rules if isinstance(rule, Requires))
    assert kept.needs == ("run",)
    assert ways["in"].change == "Do not insist on Alpha"
