"""The least payoff, or worth, with which a best mix holds a project."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from optimizer.duel import Duel, Verdict
from optimizer.least import Nothing
from optimizer.search import Mix, Question
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint
from portfolio.scoring.payoff import payoff_with_caution
from portfolio.scoring.value import MICRO, MICRO_A_CENT, total, unit, values

MOST = 10**24
"""No payoff in cents beyond is looked at."""


class Needed(NamedTuple):
    """What stands and what is needed, in `unit`; `estimate` where it is the payoff given success.

    `exact`: no less is enough, for certain.
    """

    now: Fraction
    then: Fraction
    unit: str
    exact: bool
    estimate: bool


def least_payoff(duel: Duel, present: Verdict) -> Needed | Nothing:
    """The least payoff given success, in cents, or else the least own worth.

    The best mix without the project stays worth v. For an aim of payoff by ECV without caution it is
    the one estimate of the payoff (a low, likely and high that are the same). The worth of each way
    to run the project never falls as it rises, and neither does the best mix with it: so a payoff
    that makes some mix worth v is enough, and it is lowered as long as a cent less still has one.
    Elsewhere, and where no payoff does, it is the worth itself: as every way to run the project
    gains as much, it lacks v less the best mix with it.
    """
    having, lacking = present.having, present.lacking
    if having.impossible:
        return Nothing(proven=True)
    if not (having.proven and lacking.proven) or having.value is None or lacking.value is None:
        return Nothing(proven=False)
    known = duel.question.facts
    objective = known.scenario.objective
    project = known.pool.project(duel.project)
    plain = objective.aim == "payoff" and objective.method == "ecv" and not objective.caution
    if plain and project.payoff is not None and having.mix is not None:
        found = _lowered(duel, having.mix, lacking.value)
        if found is not None:
            now, (then, exact) = payoff_with_caution(project.payoff), found
            return Needed(now, Fraction(then), "cents", exact, estimate=True)
    worth = values(known.pool, objective)[project.id]
    scale = MICRO_A_CENT if objective.aim == "payoff" else MICRO
    measure = unit(objective)
    return Needed(
        Fraction(worth, scale),
        Fraction(worth + lacking.value - having.value, scale),
        "cents" if measure == "money" else measure,
        exact=True,
        estimate=False,
    )


def at_payoff(pool: Pool, project_id: str, cents: int) -> Pool:
    """The pool with one project of this payoff given success, for certain."""
    others = (one for one in pool.projects if one.id != project_id)
    return replace(pool, projects=(*others, _with_payoff(pool, project_id, cents)))


def _lowered(duel: Duel, mix: Mix, least: int) -> tuple[int, bool] | None:
    """The least payoff with a mix worth `least`, and whether that is proven; None where there is none."""
    payoff = _enough(duel, mix, least)
    while payoff:
        found, proven = duel.worth(_question(duel, payoff - 1), least)
        if found is None:
            return payoff, proven
        payoff = _enough(duel, found, least)
    return None if payoff is None else (payoff, True)


def _enough(duel: Duel, mix: Mix, least: int) -> int | None:
    """The least payoff from zero on at which one mix is worth `least`, by halving."""
    known = duel.question.facts
    own = duel.question.facts.columns_of[duel.project]
    rest = duel.question.value(mix.difference(own))
    (choice,) = known.choices(mix.intersection(own))

    def enough(payoff: int) -> bool:
        pool = replace(known.pool, projects=(_with_payoff(known.pool, duel.project, payoff),))
        return total(pool, known.scenario.objective, (choice,)) + rest >= least

    low, high = -1, 1
    while not enough(high):
        if high > MOST:
            return None
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _question(duel: Duel, payoff: int) -> Question:
    """The question of mixes with the project, at another payoff."""
    known = duel.question.facts
    forced = duel.having(known.scenario).facts.scenario
    return Question.of(at_payoff(known.pool, duel.project, payoff), forced)


def _with_payoff(pool: Pool, project_id: str, cents: int) -> Project:
    return replace(pool.project(project_id), payoff=ThreePoint(cents, cents, cents))
