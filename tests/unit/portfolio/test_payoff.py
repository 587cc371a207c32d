"""Expected payoff, against the worked table and the published examples."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random

import pytest

from portfolio.cluster import Cluster
from portfolio.errors import NotFoundError
from portfolio.pool import Pool
from portfolio.project import CashYear, Project, ThreePoint
from portfolio.scenario import Objective
from portfolio.scoring.payoff import (
    ecv,
    npv,
    pert_mean,
    present_value_needed,
    project_ecv,
    project_rnpv,
    rnpv,
    technical_chance_needed,
)
from portfolio.scoring.value import total, values
from portfolio.units import Calendar, to_cents

MILLION = 1_000_000

# name: PV, Pts, Pcs, D, C, ECV
WORKED = {
    "Alpha": ("30", 0.8, 0.5, "3", "5", "5.0"),
    "Beta": ("63.75", 0.5, 0.8, "5", "2", "19.5"),
    "Gamma": ("8.62", 0.75, 0.75, "2", "1", "2.09875"),
    "Delta": ("3", 1.0, 1.0, "1", "0.5", "1.5"),
    "Echo": ("50", 0.6, 0.75, "5", "3", "15.7"),
    "Foxtrot": ("66.25", 0.5, 0.8, "10", "2", "15.5"),
}


def millions(text: str) -> int:
    return to_cents(text) * MILLION


def worked_pool(order: tuple[str, ...] = tuple(WORKED)) -> Pool:
    projects = tuple(
        Project(
            id=name.lower(),
            name=name,
            cost=millions(WORKED[name][3]),
            grant=millions(WORKED[name][3]),
            payoff=ThreePoint(*[millions(WORKED[name][0])] * 3),
            p_technical=WORKED[name][1],
            p_commercial=WORKED[name][2],
            launch_cost=millions(WORKED[name][4]),
        )
        for name in order
    )
    cluster = Cluster("c", "Worked", "EUR", Calendar(date(2027, 1, 1), 12, 1))
    return Pool(cluster, projects)


def swapped_ecv(pv: float, pts: float, pcs: float, development: float, launch: float) -> float:
    """The known error: Pts inside the brackets and Pcs outside."""
    return (pv * pts - launch) * pcs - development


@pytest.mark.parametrize("name", WORKED)
def test_the_worked_table_gives_its_expected_payoff_exactly(name: str) -> None:
    worth = values(worked_pool(), Objective())
    assert worth[name.lower()] == int(Fraction(WORKED[name][5]) * MILLION * 1_000_000)


@pytest.mark.parametrize("name", WORKED)
def test_the_formula_with_the_chances_swapped_fails_on_the_worked_table(name: str) -> None:
    pv, pts, pcs, development, launch, expected = WORKED[name]
    numbers = (float(pv), pts, pcs, float(development), float(launch))
    assert ecv(*numbers) == pytest.approx(float(expected))
    if pts != pcs:
        assert swapped_ecv(*numbers) != pytest.approx(float(expected))


def test_at_least_four_projects_of_the_worked_table_tell_the_swap() -> None:
    assert sum(row[1] != row[2] for row in WORKED.values()) == 4


def test_the_mix_of_the_worked_table_is_worth_what_its_projects_are() -> None:
    mix = ["alpha", "beta", "gamma", "echo"]
    assert total(worked_pool(), Objective(), mix) == 42_298_750 * 1_000_000


def test_a_stranger_in_a_mix_is_no_silent_zero() -> None:
    with pytest.raises(NotFoundError):
        total(worked_pool(), Objective(), ["nobody"])


def test_rnpv_weighs_spending_by_the_chance_of_reaching_the_stage() -> None:
    cash = [-1.0, -2.0, -4.0, 3.0, 8.0, 8.0]
    reached = [1.0, 0.6, 0.3, 0.24, 0.24, 0.24]
    assert rnpv(cash, reached, 0.1) == pytest.approx(-0.03814, abs=5e-6)
    assert npv(cash, 0.1) == pytest.approx(6.56146, abs=5e-6)


def venture(first_year: int = 0, **changes: object) -> Project:
    amounts = (-1, -2, -4, 3, 8, 8)
    gates = (0.6, 0.5, 0.8, 1.0, 1.0, 1.0)
    cash = tuple(
        CashYear(first_year + t, amount * 100 * MILLION, gate)
        for t, (amount, gate) in enumerate(zip(amounts, gates, strict=True))
    )
    return Project(id="v", name="Venture", cash=cash, **changes)  # type: ignore[arg-type]


def test_gates_multiply_to_the_chance_of_reaching_a_year() -> None:
    worth = project_rnpv(venture(), 0.1, 2027)
    assert worth is not None
    assert float(worth) / (100 * MILLION) == pytest.approx(-0.03814, abs=5e-6)


def test_calendar_years_count_from_the_clusters_first_year() -> None:
    assert project_rnpv(venture(2027), 0.1, 2027) == project_rnpv(venture(), 0.1, 2027)
    later = project_rnpv(venture(2028), 0.1, 2027)
    assert later == project_rnpv(venture(), 0.1, 2027) / Fraction("1.1")  # type: ignore[operator]


def test_two_amounts_of_one_year_add_up_whatever_their_order() -> None:
    split = (CashYear(0, -300, 0.5), CashYear(0, 100), CashYear(1, 1100))
    project = Project(id="s", name="Split", cash=split)
    backwards = Project(id="s", name="Split", cash=split[::-1])
    assert project_rnpv(project, 0.1, 2027) == Fraction(-200 + 500)
    assert project_rnpv(backwards, 0.1, 2027) == Fraction(300)


def test_full_caution_shrinks_income_to_the_low_estimate_and_leaves_spending() -> None:
    plan = (CashYear(0, -100), CashYear(1, 220))
    project = Project(id="p", name="P", cash=plan, payoff=ThreePoint(50, 100, 150))
    assert project_rnpv(project, 0.1, 2027, caution=1.0) == Fraction(-100 + 100)
    assert project_rnpv(project, 0.1, 2027, caution=0.0) == Fraction(-100 + 200)


def test_no_plan_is_not_known_rather_than_zero() -> None:
    assert project_rnpv(Project(id="n", name="N"), 0.1, 2027) is None
    assert project_ecv(Project(id="n", name="N", cost=5)) is None


def test_a_cost_that_is_not_known_is_not_taken_for_none() -> None:
    project = Project(id="n", name="N", payoff=ThreePoint(1, 1, 1), cost_known=False)
    assert project_ecv(project) is None


def test_pert_leans_on_the_likely_value_four_times() -> None:
    assert pert_mean(3.0, 6.0, 21.0) == 8.0


@pytest.mark.parametrize(("caution", "expected"), [(0.0, 800), (0.5, 550), (1.0, 300)])
def test_caution_moves_the_payoff_to_its_low_estimate(caution: float, expected: int) -> None:
    project = Project(id="p", name="P", payoff=ThreePoint(300, 600, 2100))
    assert project_ecv(project, caution) == expected


def test_a_chance_that_is_not_known_counts_as_certain() -> None:
    project = Project(id="p", name="P", cost=10, payoff=ThreePoint(60, 60, 60), p_technical=0.5)
    assert project_ecv(project) == 20


@pytest.mark.parametrize("name", WORKED)
def test_the_payoff_needed_to_reach_the_known_worth_is_the_known_payoff(name: str) -> None:
    pv, pts, pcs, development, launch, expected = WORKED[name]
    needed = present_value_needed(
        Fraction(expected), Fraction(pts), Fraction(pcs), Fraction(development), Fraction(launch)
    )
    assert float(needed or 0) == pytest.approx(float(pv))
    chance = technical_chance_needed(
        float(expected), float(pv), pcs, float(development), float(launch)
    )
    assert chance == pytest.approx(pts)


def test_no_payoff_helps_a_project_that_cannot_succeed() -> None:
    assert present_value_needed(1.0, 0.0, 0.5, 1.0, 1.0) is None
    assert technical_chance_needed(100.0, 50.0, 0.5, 1.0, 1.0) is None


@pytest.mark.parametrize("caution", [0.0, 0.3, 1.0])
def test_the_value_of_a_project_is_the_formula_of_its_estimates_to_the_last_fraction(
    caution: float,
) -> None:
    draw = Random(7)
    for _ in range(50):
        low, likely, high = sorted(draw.randint(-500, 10_000_000) for _ in range(3))
        cost, launch = draw.randint(0, 5_000_000), draw.randint(0, 5_000_000)
        technical, commercial = (draw.choice((None, draw.randint(0, 100) / 100)) for _ in range(2))
        project = Project(
            "a",
            "A",
            cost=cost,
            payoff=ThreePoint(low, likely, high),
            launch_cost=launch,
            p_technical=technical,
            p_commercial=commercial,
        )
        mean = pert_mean(Fraction(low), Fraction(likely), Fraction(high))
        income = mean + Fraction(str(caution)) * (low - mean)
        chances = (Fraction(1 if p is None else str(p)) for p in (technical, commercial))
        assert project_ecv(project, caution) == ecv(
            income, *chances, Fraction(cost), Fraction(launch)
        )
