"""One project explained: why it is in or out, what that costs, and what would change it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from optimizer.explain import DEFAULT, ForcedCost, Standing, forced_cost
from optimizer.options import Listener, Options
from portfolio.errors import NotFoundError
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario, with_money
from portfolio.scoring.exact import exact
from portfolio.scoring.payoff import (
    payoff_with_caution,
    present_value_needed,
    technical_chance_needed,
)
from portfolio.scoring.value import MICRO_A_CENT, values
from portfolio.selection import Choice, Selection

PROBES = 6
"""How often the span between too little and enough money is halved."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a project is in or out, as `explain.ForcedCost` says it, and what would change it.

    `worth_needed` (millionths): from this worth on it is in (or, for one that is in, below it it
    is out), all else the same; exact, because a mix's worth is the sum of its projects'. None
    where no worth does, or worths depend on one another (a blend, or ways of the project that are
    worth a share of it). `payoff_needed` (cents, present
    value given success) and `chance_needed` (0 to 1, of technical and commercial success) say the
    same of the one estimate behind it, for an aim of payoff by ECV. `more_money` (cents): with so
    much more in all, shared as agreed, it is in a best mix, by exact answers on either side of it;
    the span between is halved `PROBES` times, and it is the upper end. None where it is out even
    with money for everything asked, or the time was up.
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
    held: tuple[Choice, ...] = ()
    instead: tuple[Choice, ...] = ()


def explain_project(
    pool: Pool,
    scenario: Scenario,
    base: Selection,
    project_id: str,
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> Explanation:
    """Why a candidate is in the mix or not, and what would change it.

    Raises NotFoundError for an id that is no candidate's, and as `explain.rule_prices`.
    """
    standing = Standing(pool, scenario, base, options, progress, cancel)
    if project_id not in standing.question.facts.columns_of:
        raise NotFoundError(f"“{project_id}” is no proposal a mix can hold.")
    standing.watch.part(0, 2)
    cost = forced_cost(standing, project_id)
    standing.watch.part(1, 2)
    needed = _worth_needed(standing, cost)
    payoff, chance = _estimates_needed(standing, pool.project(project_id), needed, cost.inside)
    money = _more_money(standing, cost)
    standing.watch.part(2, 2)
    return Explanation(
        cost.project,
        cost.inside,
        cost.cost,
        cost.proven,
        cost.enters,
        cost.leaves,
        cost.clash,
        needed,
        payoff,
        chance,
        money,
        held=cost.held,
        instead=cost.instead,
    )


def _worth_needed(standing: Standing, cost: ForcedCost) -> int | None:
    """w_i + (V* − V*(i in)) for one that is out, w_i − (V* − V*(i out)) for one that is in."""
    objective = standing.scenario.objective
    if cost.cost is None or not cost.proven or objective.aim == "blend":
        return None
    known = standing.question.facts
    if any(known.variants[j].share != 1 for j in known.columns_of[cost.project]):
        return None
    worth = values(standing.pool, objective)[cost.project]
    return worth - cost.cost if cost.inside else worth + cost.cost


def _estimates_needed(
    standing: Standing, project: Project, needed: int | None, inside: bool
) -> tuple[int | None, float | None]:
    """The payoff and the chance at which the ECV comes to the worth needed; None where none does.

    With caution the payoff that counts is no longer one estimate, so neither is said then.
    """
    objective = standing.scenario.objective
    plain = objective.aim == "payoff" and objective.method == "ecv" and not objective.caution
    if needed is None or project.payoff is None or not plain:
        return None, None
    target = Fraction(needed, MICRO_A_CENT)
    technical, commercial = (
        Fraction(1) if chance is None else exact(chance)
        for chance in (project.p_technical, project.p_commercial)
    )
    development, launch = Fraction(project.cost), Fraction(project.launch_cost)
    payoff = present_value_needed(target, technical, commercial, development, launch)
    present = payoff_with_caution(project.payoff)
    chance = technical_chance_needed(target, present, commercial, development, launch)
    rounded = None if payoff is None else (floor(payoff) if inside else ceil(payoff))
    return (
        rounded if rounded is not None and rounded >= 0 else None,
        None if chance is None or not chance else float(chance * commercial),
    )


def _more_money(standing: Standing, cost: ForcedCost) -> int | None:
    """Cents of more money with which the project is in a best mix; None when none was found."""
    money = standing.scenario.money
    if cost.inside or not cost.cost or not cost.proven or money is None:
        return None
    enough = max(sum(standing.question.facts.grants), 1)
    if not _enters(standing, cost.project, money + enough):
        return None
    step = max(standing.pool.project(cost.project).grant, 1)
    short = 0
    while step < enough:
        if _enters(standing, cost.project, money + step):
            enough = step
        else:
            short, step = step, step * 2
    for _ in range(PROBES):
        middle = (short + enough) // 2
        if middle == short:
            break
        if _enters(standing, cost.project, money + middle):
            enough = middle
        else:
            short = middle
    return None if standing.watch.over else enough


def _enters(standing: Standing, project_id: str, money: int) -> bool:
    """Whether a best mix for this much money holds the project, for certain."""
    question = standing.question.under(with_money(standing.scenario, money))
    having = standing.turned(question, project_id, inside=True)
    if having.mix is None or having.value is None or not having.proven:
        return False
    lacking = standing.turned(question, project_id, inside=False)
    if lacking.impossible:
        return True
    return lacking.proven and lacking.value is not None and having.value >= lacking.value
