"""Every question about a mix of the full model against the oracle: with versions, parts and starts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from math import ceil

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.certificate import read_certificate, write_certificate
from optimizer import (
    Options,
    Repair,
    alternatives,
    clash,
    explain_project,
    forced_costs,
    next_steps,
    optimize,
    preview,
    rule_prices,
    sweep,
)
from portfolio.funding.rules import (
    Admission,
    BaseRule,
    DeMinimis,
    LeaderLoad,
    Must,
    Rule,
    SourceBudget,
    TotalBudget,
)
from portfolio.scenario import Objective, StayClose, with_money, with_rules
from portfolio.selection import Status
from portfolio.verification import verified
from tests.support.cases import cases
from tests.support.full_oracle import MONEY, Best, FullQuestion, content_of
from tests.support.full_pools import LEADERS, Asked, full_questions
from tests.support.full_verdicts import agrees_in_full, well_paid


def after(base: tuple[str, ...], enters: tuple[str, ...], leaves: tuple[str, ...]) -> set[str]:
    assert set(leaves) <= set(base)
    assert not set(enters) & set(base)
    return (set(base) | set(enters)) - set(leaves)


def holding_exactly(question: FullQuestion, ids: set[str]) -> np.ndarray:
    """The assignments of just these projects, in whatever way."""
    marks = question.count_of(ids) == len(ids)
    return marks & (question.count_of(set(question.ids) - ids) == 0)


# What an answer says of itself


@cases(300)
@given(full_questions())
def test_an_answer_is_verified_without_a_solver_and_so_is_its_certificate(asked: Asked) -> None:
    selection = optimize(*asked)
    assert [check.name for check in verified(*asked, selection) if not check.holds] == []
    text = write_certificate(*asked, selection, {"engine": "1"})
    read = read_certificate(text.encode())
    assert read.untouched
    assert (read.pool, read.scenario) == asked
    assert read.selection == replace(selection, seconds=0.0)
    assert all(check.holds for check in verified(read.pool, read.scenario, read.selection))


@cases(400)
@given(full_questions(), st.data())
def test_another_way_in_an_answer_is_found_unless_it_is_as_good_an_answer(
    asked: Asked, data: st.DataObject
) -> None:
    question = FullQuestion(*asked)
    selection = optimize(*asked)
    assume(selection.chosen)
    place = data.draw(st.integers(0, len(selection.chosen) - 1))
    own = selection.chosen[place]
    others = [
        way.choice
        for project_ways in question.ways
        for way in project_ways
        if way.choice.project == own.project and way.choice != own
    ]
    no_way = [replace(own, version="no such"), replace(own, start=question.calendar.count)]
    other = data.draw(st.sampled_from([*others, *no_way]))
    chosen = (*selection.chosen[:place], other, *selection.chosen[place + 1 :])
    tampered = replace(selection, chosen=chosen)
    found = not all(check.holds for check in verified(*asked, tampered))
    if other in no_way:
        assert found
    elif not found:
        number = question.number(chosen)
        assert question.allowed()[number]
        assert (question.values[number], question.spends[number]) == (
            selection.value,
            selection.spend,
        )
        well_paid(question, chosen, selection.payments)
    content = json.loads(write_certificate(*asked, selection, {}))
    written = content["selection"]["chosen"][place]
    assert (written["project"], written["version"], written["start"]) == (
        own.project,
        own.version,
        own.start,
    )
    written["version"], written["start"] = other.version, other.start
    assert not read_certificate(json.dumps(content).encode()).untouched


# What it costs and what else there is


@cases(150)
@given(full_questions(most_rules=3))
def test_the_price_of_every_rule_is_what_its_absence_would_bring(asked: Asked) -> None:
    question = FullQuestion(*asked)
    best = question.best()
    assume(best is not None)
    base = optimize(*asked)
    prices = rule_prices(*asked, base)
    assert sorted(price.rule for price in prices) == sorted(question.forbidding())
    for told in prices:
        rest = set(question.rules) - {told.rule}
        assert told.proven
        assert told.price == question.best(rest).value - best.value
        mix = holding_exactly(question, after(base.ids, told.enters, told.leaves))
        reached = question.values[mix & question.allowed(rest)].max()
        assert reached == best.value + told.price


@cases(150)
@given(full_questions(most_rules=3))
def test_the_cost_of_forcing_each_project_in_or_out_is_exact(asked: Asked) -> None:
    question = FullQuestion(*asked)
    best = question.best()
    assume(best is not None)
    base = optimize(*asked)
    costs = forced_costs(*asked, base)
    assert set(costs) == set(question.ids)
    for project, told in costs.items():
        forced = {"lacking" if project in best.ids else "having": [project]}
        other = question.best(**forced)
        assert (told.inside, told.proven) == (project in best.ids, True)
        if other is None:
            assert told.cost is None
            assert question.best(told.clash, **forced) is None
            continue
        assert told.cost == best.value - other.value
        mix = after(base.ids, told.enters, told.leaves)
        assert (project in mix) != told.inside
        reached = question.values[holding_exactly(question, mix) & question.allowed()].max()
        assert reached == other.value


@cases(200)
@given(full_questions(), st.integers(1, 5), st.integers(1, 3))
def test_the_best_mixes_apart_are_apart_in_projects(asked: Asked, k: int, apart: int) -> None:
    question = FullQuestion(*asked)
    left = question.allowed().copy()
    wanted: list[Best] = []
    while len(wanted) < k and (best := question.pick(left)) is not None:
        wanted.append(best)
        left &= question.changes(best.ids) >= apart
    got = alternatives(*asked, k=k, apart=apart)
    assert got.exhausted == (len(wanted) < k)
    if not wanted:
        assert [each.status for each in got.selections] == [Status.INFEASIBLE]
        return
    assert [each.chosen for each in got.selections] == [each.chosen for each in wanted]
    for selection, answer in zip(got.selections, wanted, strict=True):
        assert selection.status is Status.OPTIMAL
        assert (selection.value, selection.bound) == (answer.value, answer.value)
        well_paid(question, selection.chosen, selection.payments)


@cases(150)
@given(full_questions(), st.sampled_from(("0", "0.005", "0.05", "0.3", "1")), st.data())
def test_staying_close_means_fewest_projects_changed_within_the_loss(
    asked: Asked, loss: str, data: st.DataObject
) -> None:
    pool, scenario = asked
    question = FullQuestion(*asked)
    agreed = tuple(data.draw(st.lists(st.sampled_from(question.ids), unique=True)))
    selection = optimize(pool, replace(scenario, stay_close=StayClose(agreed, Decimal(loss))))
    best = question.best()
    if best is None:
        assert selection.status is Status.INFEASIBLE
        return
    least = ceil(best.value - Fraction(loss) * abs(best.value))
    near = question.allowed() & (question.values >= least)
    changes = question.changes(agreed)
    expected = question.pick(near & (changes == changes[near].min()))
    assert expected is not None
    assert selection.status is Status.OPTIMAL
    assert (selection.chosen, selection.value) == (expected.chosen, expected.value)


@cases(100)
@given(full_questions(), st.sampled_from((0.01, 0.1, 0.5)), st.integers(0, 9))
def test_a_gap_that_is_allowed_is_told(asked: Asked, gap: float, seed: int) -> None:
    best = FullQuestion(*asked).best()
    selection = optimize(*asked, Options(gap=gap, seed=seed))
    if best is None:
        assert selection.status is Status.INFEASIBLE
        return
    assert selection.value is not None
    assert selection.bound is not None
    assert selection.value <= best.value <= selection.bound
    assert best.value - selection.value <= gap * abs(best.value) + 1


@cases(150)
@given(full_questions(), st.integers(0, 3))
def test_the_worth_needed_is_where_a_project_enters_or_leaves_the_best_mixes(
    asked: Asked, place: int
) -> None:
    pool, scenario = asked
    asked = pool, replace(scenario, objective=Objective("benefit"))
    if FullQuestion(*asked).best() is None:
        return
    project = pool.candidates[place % len(pool.candidates)].id
    needed = explain_project(*asked, optimize(*asked), project).worth_needed
    if needed is None:
        return
    having, lacking = with_and_without(asked, project, needed)
    assert having is not None
    assert lacking is None or having.value == lacking.value
    having, lacking = with_and_without(asked, project, needed - 1)
    assert lacking is not None
    assert having is None or having.value < lacking.value


def with_and_without(asked: Asked, project: str, micro: int) -> tuple[Best | None, Best | None]:
    """The best mix with a project that is worth so much, and the best without it."""
    pool, scenario = asked
    projects = tuple(
        replace(one, benefit=micro / 10**6) if one.id == project else one for one in pool.projects
    )
    question = FullQuestion(replace(pool, projects=projects), scenario)
    return question.best(having=[project]), question.best(lacking=[project])


# Money


BUDGETS = st.lists(st.integers(0, 6000), min_size=1, max_size=5)


def at(asked: Asked, cents: int) -> FullQuestion:
    pool, scenario = asked
    return FullQuestion(pool, with_money(scenario, cents))


@cases(100)
@given(st.sampled_from((None, "total budget", "co-funding")).flatmap(full_questions), BUDGETS)
def test_every_point_of_a_sweep_is_the_best_mix_for_its_money(
    asked: Asked, budgets: list[int]
) -> None:
    points = sweep(*asked, budgets)
    assert [point.budget for point in points] == budgets
    for point in points:
        agrees_in_full(at(asked, point.budget), point.selection)


@cases(150)
@given(st.sampled_from((None, "total budget", "co-funding")).flatmap(full_questions), BUDGETS)
def test_the_preview_gives_projects_that_are_allowed_and_a_bound_that_holds(
    asked: Asked, budgets: list[int]
) -> None:
    for point in preview(*asked, budgets):
        question = at(asked, point.budget)
        best = question.best()
        if best is None:
            assert point.value is None
            continue
        assert best.value <= point.bound
        if point.value is not None:
            mix = holding_exactly(question, set(point.chosen)) & question.allowed()
            assert point.value in question.values[mix]


@cases(60)
@given(full_questions("total budget", most=3), st.just(3))
def test_the_next_steps_are_the_smallest_sums_that_buy_something_better(
    asked: Asked, count: int
) -> None:
    pool, scenario = asked
    asked = pool, replace(scenario, sources=(), off=())
    question = FullQuestion(*asked)
    best = question.best()
    assume(best is not None)
    totals = [rule for rule in question.rules.values() if rule.kind == "total budget"]
    assume(len(totals) == 1)
    (budget,) = totals
    marks = question.allowed(set(question.rules) - {budget.id})
    reached, expected = best.value, []
    for spend in sorted({int(s) for s in question.spends[marks] if s > budget.limit}):
        value = int(question.values[marks & (question.spends <= spend)].max())
        if value > reached:
            reached = value
            expected.append((spend, value - best.value))
    base = optimize(*asked)
    steps = next_steps(*asked, base, count)
    assert [(step.budget, step.gain) for step in steps] == expected[:count]
    for step in steps:
        agrees_in_full(at(asked, step.budget), step.selection)


# Clashes


@cases(150)
@given(full_questions(most=3, most_rules=5))
def test_rules_that_clash_are_a_smallest_set_that_no_mix_meets(asked: Asked) -> None:
    question = FullQuestion(*asked)
    found = clash(*asked)
    if question.best() is not None:
        assert found is None
        return
    assert found is not None
    assert found.proven
    names = [name for name, _ in found.rules]
    assert question.best(names) is None
    for fewer in combinations(question.rules, len(names) - 1):
        assert question.best(fewer) is not None


REPAIRED = ("de minimis", "leader load", "admission", "co-funding", "source budget", "capacity")


def unmet(asked: Asked) -> Asked:
    """The question with every project but the first insisted on, which is often too much."""
    pool, scenario = asked
    insisted = Must(id="insist", projects=tuple(project.id for project in pool.candidates[1:]))
    return pool, with_rules(scenario, insisted)


@pytest.mark.parametrize("kind", REPAIRED)
@cases(80)
@given(data=st.data())
def test_the_repair_of_a_clash_is_the_smallest_change_that_is_enough_alone(
    kind: str, data: st.DataObject
) -> None:
    pool, scenario = unmet(data.draw(full_questions(kind, most=3, most_rules=1)))
    assume(FullQuestion(pool, scenario).best() is None)
    found = clash(pool, scenario)
    assert found is not None
    in_any = {name for each in found.each for name, _ in each.rules}
    for each in found.each:
        aside = in_any - {name for name, _ in each.rules}
        narrowed = replace(scenario, off=(*scenario.off, *sorted(aside)))
        question = FullQuestion(pool, narrowed)
        repairs = {repair.rule: repair for repair in each.repairs}
        for name, _ in each.rules:
            rest = set(question.rules) - {name}
            assert (name in repairs) == (question.best(rest) is not None)
        for name, repair in repairs.items():
            assert repair.proven
            made = replace(repair.scenario, off=(*repair.scenario.off, *sorted(aside)))
            mended = FullQuestion(pool, made)
            assert mended.best() is not None
            agrees_in_full(mended, optimize(pool, made))
            is_smallest(question, question.rules[name], repair)


def is_smallest(question: FullQuestion, rule: BaseRule, repair: Repair) -> None:
    """By what each assignment that meets the other rules would need, or by one step less."""
    others = question.allowed(set(question.rules) - {rule.id})
    match rule:
        case TotalBudget():
            assert repair.amount == min(question.spends[others]) - rule.limit
        case SourceBudget():
            money = [name for name, one in question.rules.items() if isinstance(one, MONEY)]
            old = next(s for s in question.scenario.sources if s.id == rule.source)
            new = next(s for s in repair.scenario.sources if s.id == rule.source)
            assert repair.amount == sum(new.budgets) - sum(old.budgets)
            payable = sum(content_of(new)) - sum(content_of(old))
            short = min(question.missing(money)[others])
            # Rounding after the fee gives away less than a cent a period.
            assert short <= payable < short + len(old.budgets)
        case DeMinimis():
            assert repair.amount == min(aid_above(question, rule)[others])
        case LeaderLoad():
            assert repair.amount == min(load_above(question, rule)[others])
        case Admission():
            for tighter in not_enough(rule, repair):
                assert with_rule(question, tighter).best() is None


def aid_above(question: FullQuestion, rule: DeMinimis) -> np.ndarray:
    """For each assignment, the cents by which it passes the ceiling at most."""
    before, most = question.aid_before(rule), np.zeros(question.count, dtype=np.int64)
    for owner in question.owners():
        more = question.aid(owner)
        whole = np.where(more > 0, more + before.get(owner, 0), 0)
        most = np.maximum(most, whole - rule.ceiling)
    return most


def load_above(question: FullQuestion, rule: LeaderLoad) -> np.ndarray:
    """For each assignment, by how many projects it passes the limit of a leader at most."""
    most = np.zeros(question.count, dtype=np.int64)
    for leader, t in product(set(LEADERS) - {""}, range(question.calendar.count)):
        mine, running = question.load(leader, t)
        most = np.maximum(most, np.where(mine > 0, mine + running, 0) - rule.at_most)
    return most


def not_enough(rule: Admission, repair: Repair) -> Iterator[Admission]:
    """The condition with a bound moved by a step less; as far as it goes, where it is dropped."""
    step = Decimal("0.001") if rule.measure == "grant share" else Decimal(1)
    less = Decimal(10) ** 9
    if repair.amount is not None:
        exact = Decimal(repair.amount.numerator) / Decimal(repair.amount.denominator)
        less = max(exact - step, Decimal(0))
    if rule.at_least is not None:
        yield replace(rule, at_least=rule.at_least - less)
    if rule.at_most is not None:
        yield replace(rule, at_most=rule.at_most + less)


def with_rule(question: FullQuestion, rule: Rule) -> FullQuestion:
    return FullQuestion(question.pool, with_rules(question.scenario, rule))
