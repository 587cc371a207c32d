"""What would have to change where a condition, aid, a leader, a rate or a fee is in the way, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from optimizer import Repair, clash, optimize
from portfolio.cluster import Cluster
from portfolio.funding.rules import (
    Admission,
    AidGrant,
    DeMinimis,
    LeaderLoad,
    Must,
    Rule,
)
from portfolio.funding.sources import Rate, Source
from portfolio.organization import Organization
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus, Version
from portfolio.scenario import Objective, Scenario
from portfolio.selection import Choice, Status
from portfolio.units import Calendar

CLUSTER = Cluster("c", "Cluster", "EUR", Calendar(date(2027, 1, 1), 6, 2))
ALPHA = Project(
    "alpha",
    "Alpha",
    10_000,
    10_000,
    benefit=1.0,
    lead="acme",
    leader="Kim",
    start=date(2027, 1, 1),
    end=date(2027, 6, 30),
)
BETA = replace(ALPHA, id="beta", name="Beta", cost=12_000)


def pool(*projects: Project) -> Pool:
    return Pool(CLUSTER, projects, (Organization("acme", "Acme"),))


def asked(*rules: Rule, sources: tuple[Source, ...] = ()) -> Scenario:
    """All these rules, Alpha being insisted on."""
    insisted = Must(id="must", projects=("alpha",))
    return Scenario(objective=Objective("benefit"), sources=sources, rules=(insisted, *rules))


def repaired(where: Pool, scenario: Scenario, rule: str) -> Repair:
    """The repair of a rule, after which there is a mix."""
    found = clash(where, scenario)
    assert found is not None
    repair = next(one for one in found.repairs if one.rule == rule)
    assert repair.proven
    assert optimize(where, repair.scenario).status is Status.OPTIMAL
    return repair


def condition(measure: str, **bounds: str) -> Admission:
    limits = {name: Decimal(bound) for name, bound in bounds.items()}
    return Admission(id="condition", measure=measure, **limits)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "amount", "unit"),
    [
        (condition("cost", at_most="9999"), 1, "cents"),
        (condition("cost", at_least="10250"), 250, "cents"),
        (condition("duration", at_least="12"), 6, "months"),
        (condition("partners", at_least="2"), 2, "organizations"),
        (condition("grant share", at_most="0.8"), Fraction(1, 5), "share"),
        # The whole cost is as far as a share goes.
        (condition("grant share", at_most="0.9995"), Fraction(1, 2000), "share"),
    ],
)
def test_a_condition_moves_no_further_than_it_has_to(
    rule: Admission, amount: Fraction, unit: str
) -> None:
    repair = repaired(pool(ALPHA, BETA), asked(rule), "condition")
    assert (repair.amount, repair.unit) == (amount, unit)


def test_of_two_bounds_the_one_in_the_way_moves() -> None:
    rule = condition("cost", at_least="10250", at_most="20000")
    repair = repaired(pool(ALPHA, BETA), asked(rule), "condition")
    (changed,) = (one for one in repair.scenario.rules if one.id == "condition")
    assert (repair.amount, changed) == (250, replace(rule, at_least=Decimal(10_000)))


def test_what_is_not_known_of_another_project_does_not_drop_a_condition() -> None:
    rule = condition("duration", at_least="12")
    repair = repaired(pool(ALPHA, replace(BETA, end=None)), asked(rule), "condition")
    assert (repair.amount, repair.change) == (6, "Each project has a duration of at least 6 months")


@pytest.mark.parametrize("end", [None, date(2026, 1, 1)])
def test_a_condition_that_nobody_can_read_is_dropped(end: date | None) -> None:
    where = pool(replace(ALPHA, end=end), BETA)
    repair = repaired(where, asked(condition("duration", at_least="7")), "condition")
    assert (repair.amount, repair.unit, repair.change) == (None, "", "Drop this rule")


def test_the_version_that_needs_least_counts() -> None:
    small = replace(ALPHA, versions=(Version("small", 9_000, 9_000, Decimal("0.5")),))
    repair = repaired(pool(small), asked(condition("cost", at_most="8000")), "condition")
    assert repair.amount == 1_000
    mended = optimize(pool(small), repair.scenario)
    assert mended.chosen == (Choice("alpha", "small"),)


def test_a_ceiling_of_aid_rises_by_what_is_missing_after_what_was_granted() -> None:
    before = AidGrant("acme", date(2026, 1, 1), 25_000)
    ceiling = DeMinimis(id="aid", ceiling=30_000, granted=(before,))
    repair = repaired(pool(ALPHA), asked(ceiling), "aid")
    assert (repair.amount, repair.unit, repair.change) == (5_000, "cents", "Allow €50 more aid")
    had_more = replace(ceiling, granted=(before, before))
    assert repaired(pool(ALPHA), asked(had_more), "aid").amount == 30_000


def test_a_leader_may_have_as_many_more_as_are_needed() -> None:
    running = tuple(
        replace(BETA, id=f"r{k}", status=ProjectStatus.RUNNING, end=None) for k in range(3)
    )
    repair = repaired(pool(ALPHA, *running), asked(LeaderLoad(id="load", at_most=1)), "load")
    assert (repair.amount, repair.unit) == (3, "projects")
    assert repair.change == "Nobody leads more than 4 projects at a time instead of 1"


def test_more_from_a_source_has_its_fee_in_it() -> None:
    # 95 of 100 go to projects: 47 of the 50 there are, so 10,000 cents take 10,527 in all.
    source = Source("s", "State", (5_000, 0), fee=Decimal("0.05"))
    repair = repaired(pool(ALPHA), asked(sources=(source,)), "budget:s")
    assert repair.scenario.sources[0].budgets == (10_527, 0)
    assert (repair.amount, repair.unit) == (5_527, "cents")
    assert repair.change == "€55.27 more from State in 2027 H1"


def test_a_rate_has_no_one_size_and_is_switched_off() -> None:
    rates = (Rate("small", Decimal("0.5")),)
    source = Source("s", "State", (20_000, 0), rates=rates)
    repair = repaired(pool(ALPHA), asked(sources=(source,)), "co-funding")
    assert (repair.amount, repair.scenario.off) == (None, ("co-funding",))
