"""The brute-force oracle of tranches: every plan, every outcome of the gates, every scale-up.

A project is out, funded at once, or planted, from one of its starts on. In each outcome every set of
the seeds that passed is tried, and what is funded then is judged in words. Grants, worths and rules
are worked out here from the project's own figures; nothing comes from `portfolio.staging`,
`portfolio.feasibility` or the optimizer. One source at most, a project in one way only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from fractions import Fraction
from itertools import product
from math import ceil

from portfolio.funding.rules import (
    Admission,
    AtMostOf,
    Capacity,
    CostReserve,
    Limit,
    Must,
    MustNot,
    Requires,
    Rule,
    Synergy,
    TotalBudget,
)
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario

OUT, AT_ONCE, SEED = "out", "at once", "seed"
STOPPED, WHOLE = "stopped", "whole"
State = dict[str, tuple[str, int]]
"""What becomes of each project, and from which period on."""


class StagingOracle:
    """The best plan of a small pool by trying all of them; worths in millionths, exact."""

    def __init__(
        self, pool: Pool, scenario: Scenario, drawn: Sequence[tuple[Set[str], int]] | None = None
    ) -> None:
        """`drawn`: who passes in each outcome, and how often; without it, all by their chances."""
        self.drawn = drawn
        self.pool, self.scenario = pool, scenario
        self.projects = {one.id: one for one in pool.projects}
        self.staged = [one.id for one in pool.projects if one.first_stage is not None]

    def best(self) -> Fraction | None:
        """The largest expected worth of a plan; None where no plan keeps the rules in each outcome."""
        values = [self.value(plan) for plan in self.plans()]
        return max((value for value in values if value is not None), default=None)

    def best_at_once(self) -> Fraction | None:
        """The same without any seed."""
        plans = (p for p in self.plans() if all(kind != SEED for kind, _ in p.values()))
        return max(
            (value for plan in plans if (value := self.value(plan)) is not None), default=None
        )

    def plans(self) -> Iterator[State]:
        """Every plan."""
        options = []
        for i, project in self.projects.items():
            kinds = (AT_ONCE, SEED) if i in self.staged else (AT_ONCE,)
            options.append([(OUT, 0), *product(kinds, self.starts(project))])
        for states in product(*options):
            yield dict(zip(self.projects, states, strict=True))

    def starts(self, project: Project) -> range:
        """The periods in which it may start."""
        calendar = self.pool.cluster.calendar
        first = 0 if project.start is None else calendar.clamp(project.start)
        if project.latest_start is None:
            return range(first, first + 1)
        return range(first, max(first, calendar.clamp(project.latest_start)) + 1)

    def value(self, plan: State) -> Fraction | None:
        """The expected worth of a plan; None where some outcome allows nothing."""
        seeds = [i for i, (state, _) in plan.items() if state == SEED]
        whole = Fraction(0)
        for passed, chance in self._outcomes(seeds):
            ends = [
                self._end(plan, passed, up) for up in product((True, False), repeat=len(passed))
            ]
            allowed = [self.worth(end) for end in ends if self.allowed(end)]
            if not allowed:
                return None
            whole += chance * max(allowed)
        return whole

    def _outcomes(self, seeds: list[str]) -> Iterator[tuple[list[str], Fraction]]:
        """Which of the seeds pass, and the chance of it."""
        if self.drawn is not None:
            times: Counter[tuple[str, ...]] = Counter()
            for passing, often in self.drawn:
                times[tuple(i for i in seeds if i in passing)] += often
            for own, often in times.items():
                yield list(own), Fraction(often, times.total())
            return
        for passes in product((True, False), repeat=len(seeds)):
            chance = Fraction(1)
            for i, so in zip(seeds, passes, strict=True):
                gate = as_written(self.projects[i].first_stage.chance)  # type: ignore[union-attr]
                chance *= gate if so else 1 - gate
            if chance:
                yield [i for i, so in zip(seeds, passes, strict=True) if so], chance

    def _end(self, plan: State, passed: list[str], up: tuple[bool, ...]) -> State:
        grown = {i for i, so in zip(passed, up, strict=True) if so}
        found = {}
        for i, (state, start) in plan.items():
            if state == AT_ONCE:
                found[i] = (AT_ONCE, start)
            elif state == SEED:
                found[i] = (WHOLE if i in grown else STOPPED, start)
        return found

    def worth(self, end: State) -> Fraction:
        """What is expected of an outcome, in millionths: incomes of what goes on, less all costs."""
        total = Fraction(0)
        for i, (state, start) in end.items():
            total += round(self._own(self.projects[i], state, start))
        on = {i for i, (state, _) in end.items() if state != STOPPED}
        for rule in self.scenario.rules:
            if isinstance(rule, Synergy) and set(rule.projects) <= on:
                total += round(Fraction(rule.worth) * 1_000_000)
        return total

    def _own(self, project: Project, state: str, start: int) -> Fraction:
        """Millionths of one project: cents times ten thousand."""
        waited = start - self.starts(project)[0]
        left = (1 - Fraction(project.waiting_loss)) ** waited
        stage = project.first_stage
        gate = Fraction(1) if stage is None else as_written(stage.chance)
        if self.scenario.objective.aim == "benefit":
            points = as_written(project.benefit or 0.0) * 1_000_000 * left
            return Fraction(0) if state == STOPPED else points
        if project.payoff is None:
            return Fraction(0)
        works = as_written(project.p_technical) if project.p_technical is not None else gate
        sells = (
            as_written(project.p_commercial) if project.p_commercial is not None else Fraction(1)
        )
        points3 = (project.payoff.low, project.payoff.likely, project.payoff.high)
        low, likely, high = (round(each * left) for each in points3)
        earns = Fraction(low + 4 * likely + high, 6) * sells - project.launch_cost
        if state == STOPPED:
            return Fraction(-10_000 * self._cost(project, state))
        if state == WHOLE:
            # Of the cases that pass, so many work: all that can, but no more than pass.
            earns *= min(Fraction(1), works / gate) if gate else 0
        else:
            earns *= works
        return 10_000 * (earns - project.cost)

    def _cost(self, project: Project, state: str) -> int:
        if state != STOPPED or project.first_stage is None:
            return project.cost
        first = project.first_stage.grant
        share = Fraction(first, project.grant) if project.grant else Fraction(0)
        return max(round(project.cost * share), first)

    def grants(self, project: Project, state: str, begins: int) -> list[int]:
        """Cents by period. A project that waits keeps its length, as far as the horizon reaches."""
        calendar = self.pool.cluster.calendar
        first = self.starts(project)[0]
        ends = max(first, first if project.end is None else calendar.clamp(project.end))
        periods = min(ends - first, calendar.count - 1 - begins) + 1
        stage = project.first_stage
        if state == AT_ONCE or stage is None:
            parts = even(project.grant, periods)
        else:
            parts = even(stage.grant, min(stage.periods, periods))
            parts += [0] * (stage.periods - len(parts))
            if state == WHOLE:
                parts += even(project.grant - stage.grant, max(periods - stage.periods, 1))
        found = [0] * calendar.count
        for k, cents in enumerate(parts):
            found[min(begins + k, calendar.count - 1)] += cents
        return found

    def allowed(self, end: State) -> bool:
        """Whether what is funded keeps every rule."""
        funded = {i: self.grants(self.projects[i], *state) for i, state in end.items()}
        for source in self.scenario.sources:
            for t, cents in enumerate(source.budgets):
                used = sum(own[t] for own in funded.values())
                if source.carry_over:
                    used = sum(sum(own[: t + 1]) for own in funded.values())
                    cents = sum(source.budgets[: t + 1])
                if used > cents:
                    return False
        return all(self._keeps(rule, end, funded) for rule in self.scenario.rules)

    def _keeps(self, rule: Rule, end: State, funded: dict[str, list[int]]) -> bool:
        spend = {i: sum(own) for i, own in funded.items()}
        on = {i for i, (state, _) in end.items() if state != STOPPED}
        match rule:
            case TotalBudget():
                return sum(spend.values()) <= rule.limit
            case Must():
                return set(rule.projects) <= end.keys()
            case MustNot():
                return not set(rule.projects) & end.keys()
            case Requires():
                needs = set(rule.needs)
                if rule.project in on and not needs <= on:
                    return False
                return rule.project not in end or needs <= end.keys()
            case AtMostOf():
                return len(set(rule.projects) & end.keys()) <= rule.count
            case Admission():
                return all(Fraction(rule.at_least or 0) <= self.projects[i].grant for i in end)
            case Capacity():
                return sum(self._need(i, end[i][0], rule.resource) for i in end) <= Fraction(
                    rule.amounts[0]
                )
            case Limit():
                return self._within(rule, end, spend)
            case CostReserve():
                overruns = sorted(
                    (ceil(cents * Fraction(rule.overrun)) for cents in spend.values()), reverse=True
                )
                return sum(spend.values()) + sum(overruns[: rule.projects]) <= rule.limit
            case Synergy():
                return True
        raise AssertionError(rule)

    def _need(self, i: str, state: str, resource: str) -> Fraction:
        project = self.projects[i]
        whole = sum((Fraction(n.amount) for n in project.resources if n.resource == resource), 0)
        if state != STOPPED or project.first_stage is None:
            return Fraction(whole)
        first = Fraction(project.first_stage.grant, project.grant) if project.grant else Fraction(0)
        return Fraction(round(whole * first * 10**6), 10**6)

    def _within(self, rule: Limit, end: State, spend: dict[str, int]) -> bool:
        sizes = spend if rule.measure in ("money", "money share") else dict.fromkeys(end, 1)
        whole = sum(sizes.values())
        part = Fraction(
            sum(size for i, size in sizes.items() if self.projects[i].theme == rule.value)
        )
        if rule.measure.endswith("share"):
            if not whole:
                return True
            part /= whole
        if rule.at_least is not None and part < Fraction(rule.at_least):
            return False
        return rule.at_most is None or part <= Fraction(rule.at_most)


def as_written(chance: float) -> Fraction:
    """The decimal that was written."""
    return Fraction(str(chance))


def even(cents: int, parts: int) -> list[int]:
    """Cents in equal parts, the larger ones first."""
    return [cents // parts + (k < cents % parts) for k in range(parts)]
