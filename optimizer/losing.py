"""A first mix within a limit on losses, where greedy ones and a small tree meet none.

First one is sought that loses as little as can be, then ones that are worth most less their losses,
which weigh less and less (Lagrange's multiplier for the limit). Both ask another question over the
same columns: the limit is off, and `optimizer.deductions` writes the losses down.
"""

from __future__ import annotations

from copy import copy
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from portfolio.funding.rules import LossLimit, LossWeight
from portfolio.scenario import numbered_id, with_rules, without
from portfolio.scoring.deductions import step
from portfolio.scoring.value import MICRO_A_CENT

if TYPE_CHECKING:
    from optimizer.search import Mix, Question, Search

SAFE = 0.4
"""For this share of the time a mix is sought that loses little enough."""
CAREFUL = (1.0, 0.2, 0.0)
"""How near to the least loss it is asked to come, one after the other."""
WEIGHTS = (Fraction(4), Fraction(2), Fraction(1), Fraction(1, 2))
"""With a weight of 1 losing all costs weighs as much as all projects are worth."""
SHORT, NEARLY = 0.15, 0.02
"""For this share of the time, and as near to the best, mixes are sought by a weight."""


def losing_less(search: Search) -> tuple[Mix | None, bool]:
    """A good mix within the first limit on losses, and whether there is none for certain."""
    for rule in search.question.facts.unwritten:
        if isinstance(rule, LossLimit):
            mix, impossible = _losing_least(search, rule)
            return (None if mix is None else _weighed(search, rule, mix)), impossible
    return None, False


def _losing_least(search: Search, rule: LossLimit) -> tuple[Mix | None, bool]:
    watch = search.watch.within(SAFE).silent()
    question = _weighing(search.question, rule, None)
    start: list[Mix] = []
    for gap in CAREFUL:
        if watch.over:
            break
        found = search.again(question, watch).best(start, gap=gap, ties=False)
        start = [] if found.mix is None else [found.mix]
        mix = search.best_of(start)
        if mix is not None:
            return mix, False
        if found.impossible or (found.bound is not None and _over(question, rule, found.bound)):
            return None, True
    return None, False


def _weighed(search: Search, rule: LossLimit, mix: Mix) -> Mix:
    """The best of a mix and of what weights on losses find within the limit."""
    for weight in WEIGHTS:
        question = _weighing(search.question, rule, weight)
        watch = search.watch.within(SHORT).silent()
        found = search.again(question, watch).best([mix], gap=NEARLY, ties=False)
        other = search.best_of([] if found.mix is None else [found.mix])
        if other is None:
            break
        mix = max(mix, other, key=search.rank)
    return mix


def _weighing(question: Question, rule: LossLimit, weight: Fraction | None) -> Question:
    """The question with losses weighed instead of limited; None for which mix loses least."""
    scenario = question.facts.scenario
    lost = LossWeight(
        id=numbered_id(scenario, rule.id),
        worth=Decimal(100_000),
        level=rule.level,
        outcomes=rule.outcomes,
        seed=rule.seed,
    )
    other = copy(question)
    other.facts = question.facts.under(with_rules(without(scenario, rule.id), lost))
    # Its columns come last, so that all other rows stay as they are.
    parts = other.facts.deductions[-1].columns.values()
    own, off = (0, 1) if weight is None else _shares(question, weight)
    other.worth = (*(own * worth for worth in question.worth), *(-off * micro for micro in parts))
    other.rows = [row for row in question.rows if row.rules != (rule.id,)]
    return other


def _shares(question: Question, weight: Fraction) -> tuple[int, int]:
    """Whole numbers by which worths and losses weigh."""
    costs = sum(project.cost for project in question.facts.projects) * MICRO_A_CENT
    worth = sum(map(abs, question.worth))
    times = (weight * Fraction(worth or 1, costs or 1)).limit_denominator(1_000)
    return times.denominator, max(times.numerator, 1)


def _over(question: Question, rule: LossLimit, bound: int) -> bool:
    """Whether mixes lose more than a limit that gain no more than so many millionths."""
    size = step(question.facts.scenario.objective)
    return -bound - size >= rule.at_most * MICRO_A_CENT
