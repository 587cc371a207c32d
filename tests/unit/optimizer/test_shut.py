"""Rules that keep a project where it is: named by a search for these alone."""

from __future__ import annotations

from datetime import date
from typing import NoReturn

import pytest

from optimizer import explain_project, optimize
from portfolio.cluster import Cluster
from portfolio.funding.rules import AtMostOf, Must, MustNot, Requires, TotalBudget
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Objective, Scenario
from portfolio.units import Calendar

POOL = Pool(
    Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 12, 1)),
    tuple(Project(name.lower(), name, 100, 100, benefit=1.0) for name in ("Alpha", "Beta")),
)
NEEDS = Requires(id="needs", project="alpha", needs=("beta",))
OUT = MustNot(id="out", projects=("beta",))
IDLE = TotalBudget(id="idle", limit=1_000)


@pytest.mark.usefixtures("no_ways_out")
def test_the_fewest_rules_that_shut_a_project_out_are_named_in_the_order_of_the_question() -> None:
    pair = AtMostOf(id="pair", projects=("alpha", "beta"), count=1)
    scenario = Scenario(objective=Objective(aim="benefit"), rules=(OUT, IDLE, pair, NEEDS))
    found = explain_project(POOL, scenario, optimize(POOL, scenario), "alpha")
    # Either of two pairs would do: each is named with what Alpha needs.
    assert (found.inside, found.cost) == (False, None)
    assert found.clash in (("out", "needs"), ("pair", "needs"))


@pytest.mark.usefixtures("no_ways_out")
def test_the_rule_that_holds_a_project_in_is_named() -> None:
    scenario = Scenario(
        objective=Objective(aim="benefit"), rules=(IDLE, Must(id="in", projects=("alpha",)))
    )
    found = explain_project(POOL, scenario, optimize(POOL, scenario), "alpha")
    assert (found.inside, found.cost, found.clash) == (True, None, ("in",))


@pytest.fixture
def no_ways_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ways out of a clash are nobody's question here: whoever looks for one fails."""

    def asked(*_: object) -> NoReturn:
        raise AssertionError("A way out was sought.")

    monkeypatch.setattr("optimizer.infeasibility.repairs", asked)
    monkeypatch.setattr("optimizer.clashes.Hunt.clashes", asked)
