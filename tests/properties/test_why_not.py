"""Every way in for a project that is out, against the oracle: enough, and nothing less is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from optimizer import Route, WhyNot, optimize, why_not
from portfolio.funding.rules import Rule, SourceBudget, TotalBudget
from portfolio.project import Project, ThreePoint
from portfolio.scenario import (
    Objective,
    Scenario,
    with_money,
    with_rules,
    with_source_totals,
    without,
)
from tests.support.cases import cases
from tests.support.loosened import loosened, step_of, ways_of
from tests.support.oracle import Question
from tests.support.pools import SEEDS, questions
from tests.support.verdicts import Asked, question_of
from tests.support.worth import worth

ASKED = st.one_of(
    questions(6, most_rules=3),
    questions(6, most_rules=0, money="sources"),
    questions(7, most_rules=2, money="total"),
)
SAMPLES = 3
"""So many smaller changes are tried beside the one just below."""


def belongs(question: Question, project: str) -> bool:
    """Whether some best mix holds the project."""
    having, lacking = question.best(having=[project]), question.best(lacking=[project])
    return having is not None and (lacking is None or having.value >= lacking.value)


def some_outsider(asked: Asked, seed: int) -> tuple[Project, WhyNot]:
    """A candidate that is not in the best mix, and what is told of it."""
    pool, scenario = asked
    base = optimize(pool, scenario)
    assume(base.status.has_mix)
    out = [project for project in pool.candidates if project.id not in base.ids]
    assume(out)
    project = out[seed % len(out)]
    return project, why_not(pool, scenario, base, project.id)


def with_cost(asked: Asked, project: Project, cost: int) -> Asked:
    """The same question with one project at another cost, its grant in proportion."""
    changed = replace(project, cost=cost, grant=project.grant * cost // project.cost)
    return with_changed(asked, changed)


def with_changed(asked: Asked, changed: Project) -> Asked:
    pool, scenario = asked
    projects = tuple(changed if p.id == changed.id else p for p in pool.projects)
    return replace(pool, projects=projects), scenario


def question_with_worth(asked: Asked, project: Project, micro: int) -> Question:
    pool, scenario = asked
    return Question(pool, scenario, {**worth(pool, scenario.objective), project.id: micro})


def under_rule(asked: Asked, rule: Rule | None, name: str) -> Asked:
    pool, scenario = asked
    return pool, without(scenario, name) if rule is None else with_rules(scenario, rule)


def told_mix_is_best(asked: Asked, route: Route, project: str) -> None:
    """The route's mix is the first of the best ones that hold the project."""
    best = question_of(asked).best(having=[project])
    assert best is not None
    assert tuple(choice.project for choice in route.mix) == best.ids


def enough_and_no_less(
    at: Callable[[int], Asked], steps: int, exact: bool, project: str, draw: Random
) -> None:
    """So many steps bring the project in; one less does not, and none of some smaller numbers."""
    assert belongs(question_of(at(steps)), project)
    if exact and steps > 1:
        less = {steps - 1, 1, *(draw.randrange(1, steps) for _ in range(SAMPLES))}
        assert not any(belongs(question_of(at(k)), project) for k in less)


def never(at: Callable[[int], Asked], most: int, project: str, draw: Random) -> None:
    """No number of steps that is tried brings the project in."""
    tried = {most, *(draw.randint(1, max(most, 1)) for _ in range(SAMPLES))}
    assert not any(belongs(question_of(at(k)), project) for k in tried if k > 0)


def worths_depend(scenario: Scenario) -> bool:
    """Whether the cost of one project moves what the others are worth."""
    return scenario.objective.aim == "blend" and scenario.objective.method == "ecv"


def all_told(asked: Asked, told: WhyNot, project: Project) -> None:
    """Everything that could change is told of once."""
    question, (_, scenario) = question_of(asked), asked
    expected = [("payoff", "")] if scenario.objective.aim != "blend" else []
    expected += [("cost", "")] if project.cost else []
    expected += [("budget", "")] if scenario.money is not None else []
    totals = [r for r in question.rules.values() if isinstance(r, TotalBudget)]
    alone = len(totals) == 1 and not scenario.sources
    for name, rule in question.rules.items():
        if isinstance(rule, SourceBudget):
            expected.append(("source", rule.source))
        elif not (alone and isinstance(rule, TotalBudget)):
            expected.append(("rule", name))
    found = [(each.kind, each.of) for each in (*told.routes, *told.helpless, *told.undecided)]
    assert sorted(found) == sorted(expected)
    assert all(lever.kind == "cost" and worths_depend(scenario) for lever in told.undecided)
    ranks = [(r.relative is None, r.relative or 0) for r in told.routes]
    assert ranks == sorted(ranks)


@cases(360)
@given(ASKED, SEEDS)
def test_every_route_is_enough_and_nothing_less_is(asked: Asked, seed: int) -> None:
    project, told = some_outsider(asked, seed)
    name, draw = project.id, Random(seed)
    if told.tied:
        assert belongs(question_of(asked), name)
        assert told.routes == ()
        return
    assert not belongs(question_of(asked), name)
    all_told(asked, told, project)
    for route in told.routes:
        check_route(asked, project, route, draw)
    for lever in told.helpless:
        check_helpless(asked, project, (lever.kind, lever.of), draw)


def check_route(asked: Asked, project: Project, route: Route, draw: Random) -> None:
    pool, scenario = asked
    name = project.id
    if route.change is not None:
        assert route.change > 0
    match route.kind:
        case "payoff":
            check_payoff(asked, project, route)
        case "cost":
            steps = int(route.change or 0)
            assert (route.now, route.then) == (project.cost, project.cost - steps)
            assert route.exact or worths_depend(scenario)

            def at(k: int) -> Asked:
                return with_cost(asked, project, project.cost - k)

            enough_and_no_less(at, steps, route.exact, name, draw)
            told_mix_is_best(at(steps), route, name)
        case "budget" | "source":
            at = money_at(asked, route.of)
            steps = int(route.change or 0)
            assert route.exact
            enough_and_no_less(at, steps, True, name, draw)
            told_mix_is_best(at(steps), route, name)
        case "rule":
            check_rule(asked, project, route, draw)
    assert name in route.enters
    lost = sum(worth(pool, scenario.objective)[i] for i in route.leaves)
    gained = sum(worth(pool, scenario.objective)[i] for i in route.enters if i != name)
    assert route.others_lose == lost - gained


def money_at(asked: Asked, source: str) -> Callable[[int], Asked]:
    pool, scenario = asked
    if not source:
        return lambda k: (pool, with_money(scenario, (scenario.money or 0) + k))
    total = next(each.total for each in scenario.sources if each.id == source)
    return lambda k: (pool, with_source_totals(scenario, {source: total + k}))


def check_payoff(asked: Asked, project: Project, route: Route) -> None:
    scenario = asked[1]
    assert route.exact
    assert route.then is not None
    if route.words == "payoff":
        plain = with_changed(asked, replace(project, payoff=ThreePoint(*(int(route.then),) * 3)))
        below = with_changed(
            asked, replace(project, payoff=ThreePoint(*(int(route.then) - 1,) * 3))
        )
        assert belongs(question_of(plain), project.id)
        assert not belongs(question_of(below), project.id)
    else:
        micro = route.then * (10_000 if scenario.objective.aim == "payoff" else 1_000_000)
        assert micro.denominator == 1
        assert belongs(question_with_worth(asked, project, int(micro)), project.id)
        assert not belongs(question_with_worth(asked, project, int(micro) - 1), project.id)
    told_mix_is_best(asked, route, project.id)


def check_rule(asked: Asked, project: Project, route: Route, draw: Random) -> None:
    pool, _ = asked
    rule = question_of(asked).rules[route.of]
    if route.change is None:
        off = under_rule(asked, None, route.of)
        assert belongs(question_of(off), project.id)
        told_mix_is_best(off, route, project.id)
        return
    assert route.exact
    assert route.then is not None
    assert route.now is not None
    moved = Decimal(route.change.numerator) / Decimal(route.change.denominator)
    downward = route.then < route.now
    at = under_rule(asked, loosened(rule, downward, moved), route.of)
    assert belongs(question_of(at), project.id)
    told_mix_is_best(at, route, project.id)
    step = step_of(rule, pool)
    most = int(moved // step)
    # Shares are told on the grid of tenths of a percent, where the last step may be a shorter one.
    fewer = {1, *(draw.randint(1, max(most, 1)) for _ in range(SAMPLES))}
    for by in (moved - step * k for k in fewer):
        if 0 < by < moved:
            for down in ways_of(rule):
                less = under_rule(asked, loosened(rule, down, by), route.of)
                assert not belongs(question_of(less), project.id)


def check_helpless(asked: Asked, project: Project, lever: tuple[str, str], draw: Random) -> None:
    pool = asked[0]
    kind, of = lever
    match kind:
        case "payoff":
            assert question_of(asked).best(having=[project.id]) is None
        case "cost":
            never(
                lambda k: with_cost(asked, project, project.cost - k),
                project.cost,
                project.id,
                draw,
            )
        case "budget" | "source":
            never(money_at(asked, of), 100_000, project.id, draw)
        case "rule":
            rule = question_of(asked).rules[of]
            assert not belongs(question_of(under_rule(asked, None, of)), project.id)
            step = step_of(rule, pool)
            for down in ways_of(rule):
                for _ in range(SAMPLES):
                    looser = loosened(rule, down, step * draw.randint(1, 3_000))
                    other = under_rule(asked, looser, of)
                    assert looser is None or not belongs(question_of(other), project.id)


@cases(40)
@given(questions(6, most_rules=2), SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_route(asked: Asked, seed: int, order: Random) -> None:
    pool, scenario = asked
    project, told = some_outsider(asked, seed)
    rows = list(pool.projects)
    order.shuffle(rows)
    other = replace(pool, projects=tuple(rows))
    assert why_not(other, scenario, optimize(other, scenario), project.id) == told


@cases(40)
@given(questions(5, most_rules=1, money="total"), SEEDS)
def test_where_scores_count_the_cost_a_cut_is_enough_though_less_may_be(
    asked: Asked, seed: int
) -> None:
    pool, scenario = asked
    asked = pool, replace(scenario, objective=Objective(aim="blend"))
    project, told = some_outsider(asked, seed)
    for route in told.routes:
        if route.kind == "cost":
            assert not route.exact
            cheap = with_cost(asked, project, int(route.then or 0))
            assert belongs(question_of(cheap), project.id)
