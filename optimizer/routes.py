"""One project explained: why it is in or out, what that costs, and what would change it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from optimizer.dial import Dial
from optimizer.duel import Duel
from optimizer.explain import DEFAULT, ForcedCost, Standing, forced_cost
from optimizer.least import Least, least_money
from optimizer.options import Listener, Options
from portfolio.errors import NotFoundError
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Objective, Scenario
from portfolio.scoring.payoff import (
    chance,
    payoff_with_caution,
    present_value_needed,
    technical_chance_needed,
)
from portfolio.scoring.value import MICRO_A_CENT, values
from portfolio.selection import Choice, Selection


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a project is in or out, as `explain.ForcedCost` says it, and what would change it.

    `worth_needed` (millionths): from this worth on it is in (or, for one that is in, below it it
    is out), all else the same; exact, because a mix's worth is the sum of its projects'. None
    where no worth does, or worths depend on one another (a blend, ways of the project that are
    worth a share of it, or rules that take something off for what could go wrong).
    `payoff_needed` (cents, present value given success) and `chance_needed` (0 to 1, of technical
    and commercial success) say the same of the one estimate behind it, for an aim of payoff by ECV.
    `more_money` (cents): with so
    much more in all, shared as agreed, it is in a best mix, and with `least_money` with no less.
    None where it is out however much there is, or the time was up.
    """

    project: str
    inside: bool
    cost: int | None
    proven: bool
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    clash: tuple[str, ...] = ()
    worth_needed: int | None = None
    payoff_needed: int | None = None
    chance_needed: float | None = None
    more_money: int | None = None
    least_money: bool = False
    held: tuple[Choice, ...] = ()
    instead: tuple[Choice, ...] = ()


def explain_project(
    pool: Pool,
    scenario: Scenario,
    base: Selection,
    project_id: str,
    options: Options = DEFAULT,
    *,
    money: bool = True,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> Explanation:
    """Why a candidate is in the mix or not, and what would change it.

    Without `money`, `more_money` is left out: it takes longest. Raises NotFoundError for an id that
    is no candidate's, and as `explain.rule_prices`.
    """
    standing = Standing(pool, scenario, base, options, progress, cancel)
    if project_id not in standing.question.facts.columns_of:
        raise NotFoundError(f"“{project_id}” is no proposal a mix can hold.")
    standing.watch.part(0, 2)
    cost = forced_cost(standing, project_id)
    standing.watch.part(1, 2)
    project, objective = pool.project(project_id), standing.scenario.objective
    worth, payoff, chance_ = _worth_needed(standing, cost), None, None
    # A payoff is another in each version; which one a mix would take is not told by one number.
    if worth is not None and len(standing.question.facts.columns_of[project_id]) == 1:
        payoff = payoff_needed(project, objective, worth, inside=cost.inside)
        chance_ = _chance_needed(project, objective, worth)
    more = _more_money(standing, cost) if money else None
    standing.watch.part(2, 2)
    return Explanation(
        cost.project,
        cost.inside,
        cost.cost,
        cost.proven,
        cost.enters,
        cost.leaves,
        cost.clash,
        worth,
        None if payoff is None else int(payoff[1]),
        chance_,
        None if more is None else more.steps,
        more is not None and more.exact,
        cost.held,
        cost.instead,
    )


def _worth_needed(standing: Standing, cost: ForcedCost) -> int | None:
    """w_i + (V* − V*(i in)) for one that is out, w_i − (V* − V*(i out)) for one that is in."""
    objective = standing.scenario.objective
    if cost.cost is None or not cost.proven or objective.aim == "blend":
        return None
    known = standing.question.facts
    if known.deductions or any(
        known.variants[j].share != 1 for j in known.columns_of[cost.project]
    ):
        return None
    worth = values(standing.pool, objective)[cost.project]
    return worth - cost.cost if cost.inside else worth + cost.cost


def payoff_needed(
    project: Project, objective: Objective, worth: int, *, inside: bool
) -> tuple[Fraction, Fraction] | None:
    """The payoff given success in cents as it stands, and at which the ECV comes to a worth.

    Rounded to a cent so that the worth is reached (or, for a project that is in, just not). None
    where the worth does not follow from one estimate: another aim or method, a chance of zero, or
    with caution, which weighs three points. None too where no payoff from zero on will do.
    """
    plain = objective.aim == "payoff" and objective.method == "ecv" and not objective.caution
    if project.payoff is None or not plain:
        return None
    needed = present_value_needed(
        Fraction(worth, MICRO_A_CENT),
        chance(project.p_technical),
        chance(project.p_commercial),
        Fraction(project.cost),
        Fraction(project.launch_cost),
    )
    if needed is None:
        return None
    rounded = floor(needed) if inside else ceil(needed)
    return (payoff_with_caution(project.payoff), Fraction(rounded)) if rounded >= 0 else None


def _chance_needed(project: Project, objective: Objective, worth: int) -> float | None:
    """The chance of success at which the ECV comes to a worth; None where none does."""
    plain = objective.aim == "payoff" and objective.method == "ecv" and not objective.caution
    if project.payoff is None or not plain:
        return None
    commercial = chance(project.p_commercial)
    technical = technical_chance_needed(
        Fraction(worth, MICRO_A_CENT),
        payoff_with_caution(project.payoff),
        commercial,
        Fraction(project.cost),
        Fraction(project.launch_cost),
    )
    return float(technical * commercial) if technical else None


def _more_money(standing: Standing, cost: ForcedCost) -> Least | None:
    """Cents of more money with which the project is in a best mix; None when none was found."""
    now = standing.scenario.money
    if cost.inside or not cost.cost or not cost.proven or now is None:
        return None
    duel = Duel(standing.question, cost.project, standing.watch)
    found = least_money(duel, Dial(standing.scenario))
    return replace(found, steps=found.steps - now) if isinstance(found, Least) else None
