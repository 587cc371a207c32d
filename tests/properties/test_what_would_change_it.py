"""What would bring a project into the mix: its worth, payoff, chance, or more money."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given

from optimizer import explain_project, forced_costs, optimize
from portfolio.errors import NotFoundError
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint
from portfolio.scenario import Objective, Scenario, with_money
from tests.support.cases import cases
from tests.support.oracle import Question
from tests.support.pools import SEEDS, questions
from tests.support.verdicts import Asked, question_of
from tests.support.worked_table import worked_pool, worked_scenario
from tests.support.worth import worth


def belongs(question: Question, project: str) -> bool:
    """Whether some best mix holds the project."""
    having, lacking = question.best(having=[project]), question.best(lacking=[project])
    return having is not None and (lacking is None or having.value >= lacking.value)


def dispensable(question: Question, project: str) -> bool:
    """Whether some best mix does without the project."""
    having, lacking = question.best(having=[project]), question.best(lacking=[project])
    return lacking is not None and (having is None or lacking.value >= having.value)


def worth_this(asked: Asked, project: str, micro: int) -> Question:
    """The same question with another worth of one project."""
    pool, scenario = asked
    return Question(pool, scenario, {**worth(pool, scenario.objective), project: micro})


def with_project(asked: Asked, project: str, **changes: object) -> Asked:
    """The same question with another estimate of one project."""
    pool, scenario = asked
    projects = tuple(
        replace(p, **changes) if p.id == project else p  # type: ignore[arg-type]
        for p in pool.projects
    )
    return replace(pool, projects=projects), scenario


def one_of(pool: Pool, seed: int) -> Project:
    assume(pool.candidates)
    return pool.candidates[seed % len(pool.candidates)]


@cases(120)
@given(questions(7, most_rules=2), SEEDS)
def test_the_worth_needed_is_where_a_project_enters_or_leaves_the_best_mixes(
    asked: Asked, seed: int
) -> None:
    assume(question_of(asked).best() is not None)
    project = one_of(asked[0], seed)
    base = optimize(*asked)
    told = explain_project(*asked, base, project.id)
    cost = forced_costs(*asked, base)[project.id]
    assert (told.inside, told.cost, told.proven) == (cost.inside, cost.cost, cost.proven)
    if told.worth_needed is None:
        assert told.cost is None or asked[1].objective.aim == "blend"
        return
    at, below = (worth_this(asked, project.id, told.worth_needed - k) for k in (0, 1))
    assert belongs(at, project.id)
    assert dispensable(at, project.id)
    assert not belongs(below, project.id)


@cases(120)
@given(questions(7, most_rules=2), SEEDS)
def test_the_payoff_needed_is_right_to_the_cent(asked: Asked, seed: int) -> None:
    pool, scenario = asked
    asked = pool, replace(scenario, objective=Objective())
    assume(question_of(asked).best() is not None)
    project = one_of(pool, seed)
    told = explain_project(*asked, optimize(*asked), project.id)
    if told.payoff_needed is None:
        return
    at, below = (
        question_of(with_project(asked, project.id, payoff=ThreePoint(*(cents,) * 3)))
        for cents in (told.payoff_needed, told.payoff_needed - 1)
    )
    if told.inside:
        assert dispensable(at, project.id)
    else:
        assert belongs(at, project.id)
        assert not belongs(below, project.id)


@cases(80)
@given(questions(7, most_rules=1, money="total"), SEEDS)
def test_the_chance_needed_brings_the_worth_needed(asked: Asked, seed: int) -> None:
    pool, scenario = asked
    asked = pool, replace(scenario, objective=Objective())
    assume(question_of(asked).best() is not None)
    project = one_of(pool, seed)
    told = explain_project(*asked, optimize(*asked), project.id)
    if told.chance_needed is None:
        return
    assert 0 < told.chance_needed <= 1
    commercial = 1 if project.p_commercial is None else project.p_commercial
    raised = with_project(asked, project.id, p_technical=told.chance_needed / commercial)
    assert told.worth_needed is not None
    reached = worth(*_pool_and_aim(raised))[project.id]
    assert reached == pytest.approx(told.worth_needed, rel=1e-9, abs=2)


def _pool_and_aim(asked: Asked) -> tuple[Pool, Objective]:
    return asked[0], asked[1].objective


@cases(80)
@given(questions(7, most_rules=2), SEEDS)
def test_with_the_money_that_is_named_a_project_is_in_a_best_mix(asked: Asked, seed: int) -> None:
    pool, scenario = asked
    assume(question_of(asked).best() is not None)
    project = one_of(pool, seed)
    told = explain_project(*asked, optimize(*asked), project.id)
    if told.more_money is not None:
        assert not told.inside
        assert told.more_money > 0
        richer = with_money(scenario, (scenario.money or 0) + told.more_money)
        assert belongs(question_of((pool, richer)), project.id)


def test_the_worked_table_says_what_foxtrot_needs_at_15() -> None:
    pool, scenario = worked_pool(), worked_scenario("15")
    told = explain_project(pool, scenario, optimize(pool, scenario), "Foxtrot")
    # With Foxtrot in, 5 are left: Beta, together 35.0 against 42.29875.
    assert told.cost == 7_298_750 * 1_000_000
    assert told.worth_needed == 22_798_750 * 1_000_000
    # ((PV · 0.8 − 2) · 0.5) − 10 = 22.79875
    assert told.payoff_needed == 84_496_875_00
    # 20 buy Beta, Echo and Foxtrot.
    assert told.more_money is not None
    assert told.more_money >= 5_000_000_00


def test_a_stranger_is_not_explained() -> None:
    pool, scenario = worked_pool(), worked_scenario("15")
    with pytest.raises(NotFoundError):
        explain_project(pool, scenario, optimize(pool, scenario), "Omega")


def test_nothing_is_needed_of_a_project_that_no_rule_and_no_worth_keeps_out() -> None:
    pool = worked_pool()
    scenario = Scenario()
    told = explain_project(pool, scenario, optimize(pool, scenario), "Delta")
    assert told.inside
    assert told.worth_needed == 0
