"""The least payoff, or worth, with which a best mix holds a project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from optimizer.duel import Duel, Verdict
from optimizer.least import Nothing
from optimizer.search import Mix, Question
from portfolio.pool import Pool
from portfolio.project import Project, ThreePoint
from portfolio.scoring.payoff import payoff_with_caution
from portfolio.scoring.value import MICRO, MICRO_A_CENT, total, unit, values

MOST = 10**24
"""No payoff in cents, and no worth in millionths, beyond is looked at."""


class Needed(NamedTuple):
    """What stands and what is needed, in `unit`; `estimate` where it is the payoff given success.

    `exact`: no less is enough, for certain.
    """

    now: Fraction
    then: Fraction
    unit: str
    exact: bool
    estimate: bool


@dataclass(frozen=True, slots=True)
class _Scale:
    """A number of the project that its worth rises with: what stands, the least there is, what follows.

    `own` is the worth of one way to run the project (its column) at a number, `asked` the question
    of mixes with the project there.
    """

    now: int
    least: int | None
    own: Callable[[int, int], int]
    asked: Callable[[int], Question]


def least_payoff(duel: Duel, present: Verdict) -> Needed | Nothing:
    """The least payoff given success, in cents, or else the least own worth.

    The best mix without the project stays worth v. For an aim of payoff by ECV without caution it is
    the one estimate of the payoff (a low, likely and high that are the same); for points and benefit
    the worth of the project as proposed, of which each way to run it is worth its share. The worth of
    each way never falls as that rises, and neither does the best mix with the project: so a number
    that makes some mix worth v is enough, and it is lowered as long as one less still has a mix.
    Elsewhere, and where no payoff does, it is the worth in whichever way the project runs: as all of
    them gain as much, it lacks v less the best mix with it. Where something is taken off for what
    could go wrong, the payoff is halved until a cent less is too little, and less may do.
    """
    having, lacking = present.having, present.lacking
    if having.impossible:
        return Nothing(proven=True)
    if not (having.proven and lacking.proven) or having.value is None or lacking.value is None:
        return Nothing(proven=False)
    known = duel.question.facts
    objective = known.scenario.objective
    project = known.pool.project(duel.project)
    if known.deductions:
        return _halved(duel, project)
    worth = values(known.pool, objective)[project.id]
    mix = having.mix or frozenset()
    if objective.aim != "payoff":
        found = _lowered(duel, mix, lacking.value, _worth_scale(duel, worth))
        if found is None:
            return Nothing(proven=True)
        now, then = Fraction(worth, MICRO), Fraction(found[0], MICRO)
        return Needed(now, then, unit(objective), found[1], estimate=False)
    if project.payoff is not None and objective.method == "ecv" and not objective.caution:
        found = _lowered(duel, mix, lacking.value, _payoff_scale(duel))
        if found is not None:
            now = payoff_with_caution(project.payoff)
            return Needed(now, Fraction(found[0]), "cents", found[1], estimate=True)
    now = Fraction(worth, MICRO_A_CENT)
    then = Fraction(worth + lacking.value - having.value, MICRO_A_CENT)
    return Needed(now, then, "cents", exact=True, estimate=False)


def _halved(duel: Duel, project: Project) -> Needed | Nothing:
    """A payoff that brings it in and of which a cent less does not, for an aim of payoff by ECV."""
    objective = duel.question.facts.scenario.objective
    if project.payoff is None or objective.aim != "payoff" or objective.method != "ecv":
        return Nothing(proven=False)
    now = payoff_with_caution(project.payoff)
    # A payoff that is certain can do with less than one that may fall short.
    low, high = -1, max(ceil(now), 1)
    while not _inside(duel, high):
        if high > MOST or duel.watch.over:
            return Nothing(proven=False)
        low, high = high, 2 * high
    while high - low > 1 and not duel.watch.over:
        middle = (low + high) // 2
        low, high = (low, middle) if _inside(duel, middle) else (middle, high)
    return Needed(now, Fraction(high), "cents", exact=False, estimate=True)


def _inside(duel: Duel, payoff: int) -> bool:
    """Whether a best mix holds the project at another payoff, for certain."""
    scenario = duel.question.facts.scenario
    pool = at_payoff(duel.question.facts.pool, duel.project, payoff)
    other = Duel(Question.of(pool, scenario), duel.project, duel.watch)
    return other.verdict(scenario).inside is True


def at_payoff(pool: Pool, project_id: str, cents: int) -> Pool:
    """The pool with one project of this payoff given success, for certain."""
    others = (one for one in pool.projects if one.id != project_id)
    return replace(pool, projects=(*others, _with_payoff(pool, project_id, cents)))


def at_worth(duel: Duel, micro: int) -> Question:
    """The question of mixes with the project, as proposed worth so much, for points or benefit."""
    question = duel.having(duel.question.facts.scenario)
    worth = list(question.worth)
    for column in question.facts.columns_of[duel.project]:
        worth[column] = _share_of(duel, column, micro)
    return question.priced(tuple(worth))


def _lowered(duel: Duel, mix: Mix, least: int, scale: _Scale) -> tuple[int, bool] | None:
    """The least number with a mix worth `least`, and whether that is proven; None for none."""
    number = _enough(duel, mix, least, scale)
    while number is not None and number != scale.least:
        found, proven = duel.worth(scale.asked(number - 1), least)
        if found is None:
            return number, proven
        lower = _enough(duel, found, least, scale)
        number = number - 1 if lower is None else lower
    return None if number is None else (number, True)


def _enough(duel: Duel, mix: Mix, least: int, scale: _Scale) -> int | None:
    """The least number at which one mix is worth `least`, by halving; None where none is."""
    own = mix.intersection(duel.question.facts.columns_of[duel.project])
    rest = duel.question.value(mix.difference(own))
    (column,) = own

    def enough(number: int) -> bool:
        return scale.own(column, number) + rest >= least

    low = -MOST if scale.least is None else scale.least - 1
    step = 1
    high = max(scale.now, low + 1)
    while not enough(high):
        if high > MOST:
            return None
        low, high, step = high, high + step, 2 * step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _payoff_scale(duel: Duel) -> _Scale:
    """The payoff given success, in cents from zero on."""
    known = duel.question.facts
    pool, objective = known.pool, known.scenario.objective

    def own(column: int, payoff: int) -> int:
        alone = replace(pool, projects=(_with_payoff(pool, duel.project, payoff),))
        return total(alone, objective, (known.variants[column].choice,))

    def asked(payoff: int) -> Question:
        forced = duel.having(known.scenario).facts.scenario
        return Question.of(at_payoff(pool, duel.project, payoff), forced)

    return _Scale(0, 0, own, asked)


def _worth_scale(duel: Duel, now: int) -> _Scale:
    """The worth of the project as proposed, in millionths."""
    return _Scale(
        now,
        None,
        lambda column, micro: _share_of(duel, column, micro),
        lambda micro: at_worth(duel, micro),
    )


def _share_of(duel: Duel, column: int, micro: int) -> int:
    """What a way to run the project is worth, as a share of the project as proposed."""
    return round(duel.question.facts.variants[column].share * micro)


def _with_payoff(pool: Pool, project_id: str, cents: int) -> Project:
    return replace(pool.project(project_id), payoff=ThreePoint(cents, cents, cents))
