"""The brute-force oracle: every mix of a small pool, judged by the words of the rules alone.

It shares no code with `portfolio.feasibility` or the optimizer. Rules become sums over all 2ⁿ
mixes; money follows Hall's condition: a mix can be paid if and only if, for every set of
(source, period) envelopes, what can be paid from that set alone does not exceed its content.
Mix number m holds project k (in order of id) if bit k of m is set.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray

from portfolio.funding.rules import (
    AtMostOf,
    BaseRule,
    Capacity,
    Eligibility,
    Limit,
    Must,
    MustNot,
    Requires,
    SourceBudget,
    TotalBudget,
)
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus
from portfolio.scenario import Scenario
from portfolio.units import Calendar

Mixes = NDArray[np.bool_]
Sums = NDArray[np.int64]
MOST_PROJECTS = 15
MOST_IN_64_BITS = 2**62


@dataclass(frozen=True)
class Answer:
    """The best mix: most worth, then least spend, then the fixed order of ids."""

    ids: tuple[str, ...]
    value: int
    spend: int


class Question:
    """A pool, a scenario and what each project is worth (whole numbers), with every mix listed."""

    def __init__(self, pool: Pool, scenario: Scenario, worth: dict[str, int]) -> None:
        self.pool = pool
        self.scenario = scenario
        self.calendar = pool.cluster.calendar
        self.projects = sorted(
            (p for p in pool.projects if p.status is ProjectStatus.PROPOSAL and p.cost_known),
            key=lambda p: p.id,
        )
        assert len(self.projects) <= MOST_PROJECTS
        self.ids = tuple(p.id for p in self.projects)
        self.values = sums([worth[i] for i in self.ids])
        self.spends = sums([p.grant for p in self.projects])
        self._masks: dict[str, Mixes] = {}
        self._payable: dict[frozenset[str], Mixes] = {}

    @cached_property
    def rules(self) -> dict[str, BaseRule]:
        """Every rule that counts, by id: switched on, and in force on the day."""
        every: list[BaseRule] = []
        for source in self.scenario.sources:
            every.append(SourceBudget(id=f"budget:{source.id}", source=source.id))
        if self.scenario.sources:
            every.append(Eligibility(id="eligibility"))
        every.extend(self.scenario.rules)
        day = self.scenario.on
        return {
            rule.id: rule
            for rule in every
            if rule.id not in self.scenario.off
            and (day is None or rule.valid_from is None or day >= rule.valid_from)
            and (day is None or rule.valid_to is None or day <= rule.valid_to)
        }

    def allowed(self, rules: Collection[str] | None = None) -> Mixes:
        """Which mixes meet these rules (all by default), the others switched off."""
        names = frozenset(self.rules if rules is None else rules)
        money = {name for name in names if isinstance(self.rules[name], SourceBudget | Eligibility)}
        mask = self._paid(frozenset(money)).copy()
        for name in names - money:
            mask &= self._rule(name)
        return mask

    def best(
        self,
        rules: Collection[str] | None = None,
        *,
        having: Collection[str] = (),
        lacking: Collection[str] = (),
    ) -> Answer | None:
        """The best mix under these rules that has and lacks some projects; None if there is none."""
        mask = self.allowed(rules)
        for name in having:
            mask &= self.holds(name)
        for name in lacking:
            mask &= ~self.holds(name)
        return self.pick(mask)

    def pick(self, mask: Mixes) -> Answer | None:
        """The best mix of those marked."""
        mixes = np.flatnonzero(mask)
        if not len(mixes):
            return None
        mixes = mixes[self.values[mixes] == self.values[mixes].max()]
        mixes = mixes[self.spends[mixes] == self.spends[mixes].min()]
        first = max((self.members(int(m)) for m in mixes), key=self.precedence)
        number = self.number(first)
        return Answer(first, int(self.values[number]), int(self.spends[number]))

    def precedence(self, ids: Collection[str]) -> tuple[bool, ...]:
        """Of two tied mixes the one with the greater precedence wins.

        At the first id, in order, that one of them has and the other lacks, the one that has it.
        """
        return tuple(i in ids for i in self.ids)

    def holds(self, project: str) -> Mixes:
        """Which mixes have this project."""
        bit = self.ids.index(project)
        return (np.arange(1 << len(self.ids)) >> bit & 1).astype(bool)

    def members(self, mix: int) -> tuple[str, ...]:
        """Ids of a mix, in order."""
        return tuple(i for k, i in enumerate(self.ids) if mix >> k & 1)

    def number(self, ids: Collection[str]) -> int:
        """The number of a mix."""
        return sum(1 << self.ids.index(i) for i in ids)

    def changes(self, agreed: Collection[str]) -> Sums:
        """For every mix, how many projects it has and `agreed` lacks, or the other way round."""
        return sum(
            ((self.holds(i) != (i in agreed)).astype(np.int64) for i in self.ids),
            np.zeros(1 << len(self.ids), dtype=np.int64),
        )

    def _rule(self, name: str) -> Mixes:
        if name not in self._masks:
            self._masks[name] = self._meets(self.rules[name])
        return self._masks[name]

    def _count(self, ids: Collection[str]) -> Sums:
        return sums([int(i in ids) for i in self.ids])

    def _meets(self, rule: BaseRule) -> Mixes:
        match rule:
            case TotalBudget():
                return self.spends <= rule.limit
            case Must():
                return self._count(rule.projects) == len(set(rule.projects))
            case MustNot():
                return self._count(rule.projects) == 0
            case Requires():
                return self._with_what_it_needs(rule)
            case AtMostOf():
                return self._count(rule.projects) <= rule.count
            case Capacity():
                return self._within_capacity(rule)
            case Limit():
                return self._within_limits(rule)
        raise AssertionError(f"The oracle does not know {rule}")

    def _with_what_it_needs(self, rule: Requires) -> Mixes:
        mask = np.ones(1 << len(self.ids), dtype=bool)
        if rule.project not in self.ids:
            return mask
        without = ~self.holds(rule.project)
        standing = {project.id: project.status for project in self.pool.projects}
        for need in rule.needs:
            if standing[need] is ProjectStatus.RUNNING:
                continue
            mask &= (without | self.holds(need)) if need in self.ids else without
        return mask

    def _within_capacity(self, rule: Capacity) -> Mixes:
        mask = np.ones(1 << len(self.ids), dtype=bool)
        for period, amount in enumerate(rule.amounts):
            needs = []
            for project in self.projects:
                whole = sum(
                    (Fraction(n.amount) for n in project.resources if n.resource == rule.resource),
                    Fraction(0),
                )
                running = active_periods(project, self.calendar)
                share = Fraction(int(period in running), len(running))
                needs.append(whole if len(rule.amounts) == 1 else whole * share)
            limit = Fraction(amount)
            unit = lcm(limit.denominator, *(need.denominator for need in needs))
            mask &= sums([int(need * unit) for need in needs]) <= int(limit * unit)
        return mask

    def _within_limits(self, rule: Limit) -> Mixes:
        mask = np.ones(1 << len(self.ids), dtype=bool)
        classes = [project_class(project, rule.attribute) for project in self.projects]
        money = rule.measure in ("money", "money share")
        sizes = [project.grant if money else 1 for project in self.projects]
        whole = sums(sizes)
        known = sorted(set(classes) - {"not known"})
        for value in known if rule.value == "*" else [rule.value]:
            part = sums([s if c == value else 0 for s, c in zip(sizes, classes, strict=True)])
            for limit, is_least in ((rule.at_least, True), (rule.at_most, False)):
                if limit is None:
                    continue
                exact = Fraction(limit)
                against = whole if rule.measure.endswith("share") else np.ones_like(whole)
                left, right = times(part, exact.denominator), times(against, exact.numerator)
                mask &= (left >= right if is_least else left <= right).astype(bool)
        return mask

    def _paid(self, money: frozenset[str]) -> Mixes:
        if money not in self._payable:
            self._payable[money] = self._hall(money)
        return self._payable[money]

    def _hall(self, money: frozenset[str]) -> Mixes:
        return (self.missing(money) == 0).astype(bool)

    def missing(self, money: Collection[str]) -> Sums:
        """For every mix, the cents that cannot be paid under these rules about money."""
        worst = np.zeros(1 << len(self.ids), dtype=np.int64)
        if not self.scenario.sources:
            return worst
        envelopes, contents = self._envelopes()
        limited = {source.id for source in self.scenario.sources if f"budget:{source.id}" in money}
        demands: dict[int, list[int]] = {}
        for k, project in enumerate(self.projects):
            payers = self.payers(project, "eligibility" in money)
            if any(source.id not in limited for source in payers):
                continue
            for period, cents in enumerate(grant_by_period(project, self.calendar)):
                reach = sum(
                    1 << envelopes[source.id, t]
                    for source in payers
                    for t in range(0 if source.carry_over else period, period + 1)
                )
                if cents:
                    demands.setdefault(reach, [0] * len(self.ids))[k] += cents
        for envelope_set in unions(demands):
            held = sum(c for e, c in enumerate(contents) if envelope_set >> e & 1)
            only_these = [n for reach, n in demands.items() if reach | envelope_set == envelope_set]
            needs = [sum(column) for column in zip(*only_these, strict=True)]
            if needs and sum(needs) > held:
                worst = np.maximum(worst, sums(needs) - held)
        return worst

    def _envelopes(self) -> tuple[dict[tuple[str, int], int], list[int]]:
        envelopes: dict[tuple[str, int], int] = {}
        contents = []
        for source in self.scenario.sources:
            for period, cents in enumerate(source.budgets):
                envelopes[source.id, period] = len(contents)
                contents.append(cents)
        return envelopes, contents

    def payers(self, project: Project, conditions_count: bool) -> list[Source]:
        """The sources that may pay for a project; all of them when conditions do not count."""
        sources = list(self.scenario.sources)
        return [s for s in sources if not conditions_count or may_pay(self.pool, project, s)]


def may_pay(pool: Pool, project: Project, source: Source) -> bool:
    """Whether a source's conditions admit a project, and the project the source."""
    roles = {organization.id: organization.role for organization in pool.organizations}
    return (
        (not project.sources or source.id in project.sources)
        and (not source.themes or project.theme in source.themes)
        and (not source.scopes or project.scope in source.scopes)
        and (not source.lead_roles or roles.get(project.lead) in source.lead_roles)
    )


def sums(sizes: Sequence[int]) -> Sums:
    """The sum over each mix, shape `(2ⁿ,)`; Python's own integers where 64 bits are too few."""
    fits = sum(abs(size) for size in sizes) < MOST_IN_64_BITS
    out = np.zeros(1, dtype=np.int64 if fits else object)
    for size in sizes:
        out = np.concatenate([out, out + size])
    return out


def times(numbers: Sums, factor: int) -> Sums:
    """All numbers times a factor, exact."""
    fits = int(np.abs(numbers).max()) * abs(factor) < MOST_IN_64_BITS
    return (numbers if fits else numbers.astype(object)) * factor


def unions(sets: Collection[int]) -> set[int]:
    """Every union of some of these bit sets, the empty one included."""
    closed = {0}
    for one in sets:
        closed |= {other | one for other in closed}
    return closed


def months_before(project_day_year: int, month: int, calendar: Calendar) -> int:
    """Months from the calendar's start to a month, below zero before it."""
    return (project_day_year - calendar.start.year) * 12 + month - calendar.start.month


def active_periods(project: Project, calendar: Calendar) -> range:
    """The periods from start to end of a project; days outside count as the nearest period."""

    def inside(year: int, month: int) -> int:
        period = months_before(year, month, calendar) // calendar.months
        return max(0, min(calendar.count - 1, period))

    first = inside(project.start.year, project.start.month) if project.start else 0
    last = inside(project.end.year, project.end.month) if project.end else first
    return range(first, max(first, last) + 1)


def grant_by_period(project: Project, calendar: Calendar) -> list[int]:
    """The grant over the periods."""
    return by_period(project, project.grant, calendar)


def spending_weights(project: Project, calendar: Calendar) -> list[int]:
    """How spending is shared out from the start on: by the profile, evenly without one."""
    if sum(project.spend):
        return list(project.spend)
    return [1] * (len(project.spend) or len(active_periods(project, calendar)))


def by_period(project: Project, cents: int, calendar: Calendar) -> list[int]:
    """Money over the periods, by the spend profile or evenly, whole cents by largest rest.

    Rests that tie go to the earlier period; what lies past the horizon falls into its last period.
    """
    running = active_periods(project, calendar)
    weights = spending_weights(project, calendar)
    exact = [Fraction(cents * w, sum(weights)) for w in weights]
    shares = [int(e) for e in exact]
    by_rest = sorted(range(len(exact)), key=lambda k: shares[k] - exact[k])
    for k in by_rest[: cents - sum(shares)]:
        shares[k] += 1
    out = [0] * calendar.count
    for k, share in enumerate(shares):
        out[min(running.start + k, calendar.count - 1)] += share
    return out


def project_class(project: Project, attribute: str) -> str:
    """The class of a project on an attribute of balance; "not known" where nothing is said."""
    chance = None
    for part in (project.p_technical, project.p_commercial):
        if part is not None:
            chance = Fraction(str(part)) * (1 if chance is None else chance)
    months = project.months_to_payoff
    words = {
        "all": "all",
        "theme": project.theme,
        "scope": project.scope and project.scope.value,
        "horizon": None
        if months is None
        else ("quick win" if months <= 12 else "medium" if months <= 36 else "long"),
        "risk": None
        if chance is None
        else (
            "high" if chance < Fraction(4, 10) else "medium" if chance < Fraction(7, 10) else "low"
        ),
        "region": project.region,
        "international": "yes" if project.international else "no",
        "newcomer": "yes" if project.newcomer else "no",
        "lead": project.lead,
        "leader": project.leader,
        "rating": project.rating,
    }
    return words[attribute] or "not known"
