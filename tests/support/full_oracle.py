"""The brute-force oracle of the full model: every way to put a small mix together, judged by words.

Each project is out or in by one of its ways (`tests.support.ways`), and every combination is an
assignment, numbered so that of two that tie the one with the smaller number comes first: at the
first way, in order of project and then as its ways are listed, that one has and the other lacks,
the one that has it. Nothing here comes from `portfolio.feasibility`, its funding or the optimizer:
rules are sums over all assignments, money is Hall's condition over sets of envelopes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from math import lcm, prod

import numpy as np
from numpy.typing import NDArray

from portfolio.funding.rules import (
    Admission,
    AtMostOf,
    BaseRule,
    Capacity,
    CoFunding,
    DeMinimis,
    Eligibility,
    LeaderLoad,
    Limit,
    Must,
    MustNot,
    NewTies,
    Requires,
    SourceBudget,
    Synergy,
    TotalBudget,
)
from portfolio.funding.sources import Source
from portfolio.organization import HelixRole, Organization
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus
from portfolio.scenario import Scenario
from portfolio.selection import Choice
from tests.support.oracle import (
    MOST_IN_64_BITS,
    active_periods,
    by_period,
    may_pay,
    project_class,
    spending_weights,
)
from tests.support.ways import Way, months_later, ways
from tests.support.worth import worth_as_run

Marks = NDArray[np.bool_]
Sums = NDArray[np.int64]
MOST_ASSIGNMENTS = 20_000
MONEY = (SourceBudget, Eligibility, CoFunding)


@dataclass(frozen=True)
class Best:
    """The best assignment: most worth, then least spend, then the smallest number."""

    number: int
    chosen: tuple[Choice, ...]
    value: int
    spend: int

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(choice.project for choice in self.chosen)


class FullQuestion:
    """A pool and a scenario, with every assignment listed."""

    def __init__(self, pool: Pool, scenario: Scenario) -> None:
        self.pool = pool
        self.scenario = scenario
        self.calendar = pool.cluster.calendar
        self.day = scenario.on or pool.cluster.calendar.start
        self.organizations = {one.id: one for one in pool.organizations}
        by_id = sorted(pool.projects, key=lambda project: project.id)
        self.projects = [p for p in by_id if p.status is ProjectStatus.PROPOSAL and p.cost_known]
        self.ids = tuple(project.id for project in self.projects)
        self.ways = [ways(project, self.calendar) for project in self.projects]
        self.every_way = [way for own in self.ways for way in own]
        self.shape = tuple(len(own) + 1 for own in self.ways)
        self.count = prod(self.shape)
        assert self.count <= MOST_ASSIGNMENTS
        self.spends = self.sums([way.project.grant for way in self.every_way])
        self._masks: dict[str, Marks] = {}
        self._missing: dict[frozenset[str], Sums] = {}

    @cached_property
    def values(self) -> Sums:
        """What each assignment is worth, in millionths."""
        runs = [(way.project, way.share) for way in self.every_way]
        worth = worth_as_run(self.pool, self.scenario.objective, runs)
        return self.sums(worth) + self._together()

    # Assignments

    def sums(self, sizes: Sequence[int]) -> Sums:
        """For every assignment, the sum of the sizes (one a way) of what it chooses."""
        assert sum(map(abs, sizes)) < MOST_IN_64_BITS
        out = np.zeros(1, dtype=np.int64)
        begin = 0
        for own in self.ways:
            end = begin + len(own)
            out = np.add.outer(out, np.array([*sizes[begin:end], 0], dtype=np.int64)).ravel()
            begin = end
        return out

    def chosen(self, number: int) -> tuple[Choice, ...]:
        """The choices of an assignment."""
        return tuple(way.choice for way in self.members(number))

    def members(self, number: int) -> list[Way]:
        """The ways that an assignment holds."""
        places = np.unravel_index(number, self.shape) if self.shape else ()
        pairs = zip(self.ways, places, strict=True)
        return [own[place] for own, place in pairs if place < len(own)]

    def number(self, chosen: Collection[Choice]) -> int:
        """The number of an assignment."""
        number = 0
        for own in self.ways:
            places = [k for k, way in enumerate(own) if way.choice in chosen]
            number = number * (len(own) + 1) + (places[0] if places else len(own))
        return number

    def holds(self, project: str) -> Marks:
        """Which assignments have this project, in whatever way."""
        return self.count_of([project]) > 0

    def count_of(self, ids: Collection[str]) -> Sums:
        """How many of these projects each assignment has."""
        return self.sums([int(way.project.id in ids) for way in self.every_way])

    def pick(self, marks: Marks) -> Best | None:
        """The best of the assignments marked."""
        numbers = np.flatnonzero(marks)
        if not len(numbers):
            return None
        numbers = numbers[self.values[numbers] == self.values[numbers].max()]
        numbers = numbers[self.spends[numbers] == self.spends[numbers].min()]
        first = int(numbers[0])
        return Best(first, self.chosen(first), int(self.values[first]), int(self.spends[first]))

    def best(
        self,
        rules: Collection[str] | None = None,
        *,
        having: Collection[str] = (),
        lacking: Collection[str] = (),
    ) -> Best | None:
        """The best assignment under these rules that has and lacks some projects."""
        marks = self.allowed(rules).copy()
        for name in having:
            marks &= self.holds(name)
        for name in lacking:
            marks &= ~self.holds(name)
        return self.pick(marks)

    def changes(self, agreed: Collection[str]) -> Sums:
        """For every assignment, how many projects it has and `agreed` lacks, or the other way."""
        lost = len(set(agreed) & set(self.ids))
        signs = [-1 if way.project.id in agreed else 1 for way in self.every_way]
        return self.sums(signs) + lost

    # Rules

    @cached_property
    def rules(self) -> dict[str, BaseRule]:
        """Every rule that counts, by id: switched on, and in force on the day asked about."""
        every: list[BaseRule] = [
            SourceBudget(id=f"budget:{source.id}", source=source.id)
            for source in self.scenario.sources
        ]
        if every:
            every.append(Eligibility(id="eligibility"))
        if any(source.rates for source in self.scenario.sources):
            every.append(CoFunding(id="co-funding"))
        every.extend(self.scenario.rules)
        day = self.scenario.on
        return {
            rule.id: rule
            for rule in every
            if rule.id not in self.scenario.off
            and (day is None or rule.valid_from is None or day >= rule.valid_from)
            and (day is None or rule.valid_to is None or day <= rule.valid_to)
        }

    def forbidding(self) -> list[str]:
        """Ids of the rules that can forbid a mix."""
        return [i for i, rule in self.rules.items() if not isinstance(rule, Synergy | NewTies)]

    def allowed(self, rules: Collection[str] | None = None) -> Marks:
        """Which assignments meet these rules (all by default), the others switched off."""
        names = frozenset(self.rules if rules is None else rules)
        marks = self.missing(names) == 0
        for name in names:
            if not isinstance(self.rules[name], MONEY):
                marks &= self.meets(name)
        return marks

    def meets(self, name: str) -> Marks:
        """Which assignments meet a rule that looks at no payment."""
        if name not in self._masks:
            self._masks[name] = self._judged(self.rules[name])
        return self._masks[name]

    def _judged(self, rule: BaseRule) -> Marks:
        match rule:
            case TotalBudget():
                return self.spends <= rule.limit
            case Must():
                return self.count_of(rule.projects) == len(set(rule.projects))
            case MustNot():
                return self.count_of(rule.projects) == 0
            case AtMostOf():
                return self.count_of(rule.projects) <= rule.count
            case Requires():
                return self._with_what_it_needs(rule)
            case Capacity():
                return self._within_capacity(rule)
            case Limit():
                return self._within_limits(rule)
            case Admission():
                faults = [int(not self.admits(rule, way)) for way in self.every_way]
                return self.sums(faults) == 0
            case DeMinimis():
                return self._within_aid(rule)
            case LeaderLoad():
                return self._within_load(rule)
            case Synergy() | NewTies():
                return np.ones(self.count, dtype=bool)
        raise AssertionError(f"The oracle does not know {rule}")

    def _with_what_it_needs(self, rule: Requires) -> Marks:
        marks = np.ones(self.count, dtype=bool)
        standing = {project.id: project.status for project in self.pool.projects}
        without = ~self.holds(rule.project)
        for need in rule.needs:
            if standing[need] is not ProjectStatus.RUNNING:
                marks &= without | self.holds(need)
        return marks

    def capacity_needs(self, rule: Capacity, period: int) -> list[Fraction]:
        """What each way needs of the resource in a period, or in all where the rule has one amount."""
        needs = []
        for way in self.every_way:
            whole = Fraction(0)
            for need in way.project.resources:
                whole += Fraction(need.amount) if need.resource == rule.resource else 0
            running = active_periods(way.project, self.calendar)
            if len(rule.amounts) > 1:
                whole = whole / len(running) if period in running else Fraction(0)
            needs.append(whole)
        return needs

    def _within_capacity(self, rule: Capacity) -> Marks:
        marks = np.ones(self.count, dtype=bool)
        for period, amount in enumerate(rule.amounts):
            needs, limit = self.capacity_needs(rule, period), Fraction(amount)
            unit = lcm(limit.denominator, *(need.denominator for need in needs))
            marks &= self.sums([int(need * unit) for need in needs]) <= int(limit * unit)
        return marks

    def limit_values(self, rule: Limit) -> list[str]:
        """The classes that a limit speaks of."""
        known = {project_class(project, rule.attribute) for project in self.projects}
        return sorted(known - {"not known"}) if rule.value == "*" else [rule.value]

    def limit_sums(self, rule: Limit, value: str) -> tuple[Sums, Sums]:
        """The size of the class in each assignment, and what its limits are shares of."""
        money = rule.measure in ("money", "money share")
        sizes = [way.project.grant if money else 1 for way in self.every_way]
        inside = [project_class(way.project, rule.attribute) == value for way in self.every_way]
        part = self.sums([size * own for size, own in zip(sizes, inside, strict=True)])
        share = rule.measure in ("money share", "project share")
        return part, self.sums(sizes) if share else np.ones(self.count, dtype=np.int64)

    def _within_limits(self, rule: Limit) -> Marks:
        marks = np.ones(self.count, dtype=bool)
        for value in self.limit_values(rule):
            part, whole = self.limit_sums(rule, value)
            if rule.at_least is not None:
                least = Fraction(rule.at_least)
                marks &= part * least.denominator >= whole * least.numerator
            if rule.at_most is not None:
                most = Fraction(rule.at_most)
                marks &= part * most.denominator <= whole * most.numerator
        return marks

    # Conditions, aid and leaders

    def kind(self, organization: str) -> str:
        """Class of an organization: a firm by its size, research, public, or other."""
        known = self.organizations.get(organization)
        if known is None:
            return "other"
        if known.role is HelixRole.ACADEMIA:
            return "academia"
        if known.role is HelixRole.PUBLIC:
            return "public"
        firm = known.role is HelixRole.BUSINESS and known.size.value in ("small", "mid", "large")
        return known.size.value if firm else "other"

    def measured(self, measure: str, way: Way) -> Fraction | None:
        """What a project as it would run has of a measure; None where that is not known."""
        project = way.project
        partners = {p.organization for p in project.partners if p.active} - {project.lead}
        everybody = partners | ({project.lead} if project.lead else set())
        known = [self.organizations[name] for name in everybody if name in self.organizations]
        match measure:
            case "partners":
                return Fraction(len(partners))
            case "helix roles":
                return Fraction(len(helix(known)))
            case "small firms":
                return Fraction([self.kind(one.id) for one in known].count("small"))
            case "newcomers":
                return Fraction(sum(one.newcomer for one in known))
            case "cost":
                return Fraction(project.cost)
            case "grant":
                return Fraction(project.grant)
            case "grant share":
                return Fraction(project.grant, project.cost) if project.cost else None
            case "duration":
                months = whole_months(project.start, project.end)
                # Of dates the wrong way round nobody knows what they mean.
                return None if months is not None and project.end < project.start else months
            case "wait":
                return max(whole_months(self.day, project.start) or Fraction(0), Fraction(0))
        raise AssertionError(measure)

    def admits(self, rule: Admission, way: Way) -> bool:
        """Whether a condition admits a project as it would run."""
        if rule.classes and self.kind(way.project.lead) not in rule.classes:
            return True
        found = self.measured(rule.measure, way)
        if found is None:
            return False
        enough = rule.at_least is None or found >= Fraction(rule.at_least)
        return enough and (rule.at_most is None or found <= Fraction(rule.at_most))

    def undertaking(self, organization: str) -> str | None:
        """The group of a firm, or the firm itself; None for what is no firm."""
        if self.kind(organization) not in ("small", "mid", "large"):
            return None
        return self.organizations[organization].group or organization

    def aid_before(self, rule: DeMinimis) -> dict[str, int]:
        """Cents by undertaking that were granted less than so many years before the day, or later."""
        before: dict[str, int] = {}
        for grant in rule.granted:
            owner = self.undertaking(grant.organization)
            if owner is not None and grant.on > months_later(self.day, -12 * rule.years):
                before[owner] = before.get(owner, 0) + grant.cents
        return before

    def aid(self, owner: str) -> Sums:
        """Cents that each assignment grants to an undertaking."""
        return self.sums(
            [
                way.project.grant if self.undertaking(way.project.lead) == owner else 0
                for way in self.every_way
            ]
        )

    def owners(self) -> set[str]:
        """The undertakings that lead a candidate."""
        named = {self.undertaking(project.lead) for project in self.projects}
        return {owner for owner in named if owner is not None}

    def _within_aid(self, rule: DeMinimis) -> Marks:
        before = self.aid_before(rule)
        marks = np.ones(self.count, dtype=bool)
        for owner in self.owners():
            more = self.aid(owner)
            # What it had before breaks nothing as long as nothing is added.
            marks &= (more == 0) | (more + before.get(owner, 0) <= rule.ceiling)
        return marks

    def load(self, leader: str, period: int) -> tuple[Sums, int]:
        """Projects of a leader in a period: of each assignment, and of those that run."""

        def counts(project: Project) -> bool:
            return project.leader == leader and period in active_periods(project, self.calendar)

        running = [p for p in self.pool.projects if p.status is ProjectStatus.RUNNING]
        mine = self.sums([int(counts(way.project)) for way in self.every_way])
        return mine, sum(map(counts, running))

    def _within_load(self, rule: LeaderLoad) -> Marks:
        marks = np.ones(self.count, dtype=bool)
        leaders = {project.leader for project in self.projects} - {""}
        for leader, period in product(leaders, range(self.calendar.count)):
            mine, running = self.load(leader, period)
            marks &= (mine == 0) | (mine + running <= rule.at_most)
        return marks

    # What projects are worth together

    def _together(self) -> Sums:
        more = np.zeros(self.count, dtype=np.int64)
        for rule in self.rules.values():
            if isinstance(rule, Synergy):
                more += round(Fraction(rule.worth) * 10**6) * self._all_in(rule.projects)
            elif isinstance(rule, NewTies):
                more += round(Fraction(rule.worth) * 10**6) * self.ties()
        return more

    def _all_in(self, ids: Collection[str]) -> Sums:
        """1 where all of these are in; what runs counts as in, and what runs alone earns nothing."""
        standing = {project.id: project.status for project in self.pool.projects}
        open_ = {i for i in ids if standing[i] is not ProjectStatus.RUNNING}
        if not open_:
            return np.zeros(self.count, dtype=np.int64)
        return (self.count_of(open_) == len(open_)).astype(np.int64)

    def ties(self) -> Sums:
        """For each assignment, how many pairs it brings together that no project had before."""
        old = {
            pair
            for project in self.pool.projects
            if project.status in (ProjectStatus.RUNNING, ProjectStatus.CLOSED)
            for pair in pairs(project)
        }
        new = {pair for project in self.projects for pair in pairs(project)} - old
        out = np.zeros(self.count, dtype=np.int64)
        for pair in new:
            bringing = [project.id for project in self.projects if pair in pairs(project)]
            out += self.count_of(bringing) > 0
        return out

    # Money

    def missing(self, names: Collection[str]) -> Sums:
        """For each assignment, the cents that cannot be paid under those of these rules on money."""
        money = frozenset(name for name in names if isinstance(self.rules[name], MONEY))
        if money not in self._missing:
            self._missing[money] = self._short([self.rules[name] for name in money])
        return self._missing[money]

    def _short(self, rules: Sequence[BaseRule]) -> Sums:
        """Hall's condition with rates: no set of envelopes is asked for more than it holds.

        Of the envelopes E: Σ [grant − what the others may pay of it]⁺ ≤ Σ content. Sources that
        are held to no budget pay as much as their rates allow.
        """
        worst = np.zeros(self.count, dtype=np.int64)
        sources = self.scenario.sources
        if not sources:
            return worst
        held = [s for s in sources if any(is_budget_of(rule, s) for rule in rules)]
        terms = Terms(
            any(isinstance(rule, Eligibility) for rule in rules),
            any(isinstance(rule, CoFunding) for rule in rules),
        )
        most = [[self.may_pay_at_most(way, s, terms) for s in sources] for way in self.every_way]
        grants = [by_period(w.project, w.project.grant, self.calendar) for w in self.every_way]
        for sides in product(*(drawn_upon(source, self.calendar.count) for source in held)):
            inside = {(s.id, t) for s, side in zip(held, sides, strict=True) for t in side}
            content = sum(
                content_of(s)[t] for s, side in zip(held, sides, strict=True) for t in side
            )
            needs = []
            for own, limits in zip(grants, most, strict=True):
                need = 0
                for t, cents in enumerate(own):
                    others = sum(
                        limit[t]
                        for source, limit in zip(sources, limits, strict=True)
                        if (source.id, t) not in inside
                    )
                    need += max(cents - others, 0)
                needs.append(need)
            if sum(needs) > content:
                worst = np.maximum(worst, self.sums(needs) - content)
        return worst

    def may_pay_at_most(self, way: Way, source: Source, terms: Terms) -> list[int]:
        """Cents by period that a source may pay of a project as it would run, its money aside."""
        project = way.project
        grants = by_period(project, project.grant, self.calendar)
        if terms.conditions and not may_pay(self.pool, project, source):
            return [0] * len(grants)
        share = self.rate(source, project.lead)
        if not terms.rates or share == 1:
            return grants
        return [min(grant, cap) for grant, cap in zip(grants, self._caps(way, share), strict=True)]

    def _caps(self, way: Way, share: Fraction) -> list[int]:
        """The rate of the cost in each period, each part of it rounded up to the cent."""
        project, last = way.project, self.calendar.count - 1
        first = active_periods(project, self.calendar).start
        parts = spending_weights(project, self.calendar)
        caps = [0] * self.calendar.count
        for offset, part in enumerate(parts):
            exact = share * project.cost * Fraction(part, sum(parts))
            caps[min(first + offset, last)] += -int(-exact // 1)
        return caps

    def rate(self, source: Source, lead: str) -> Fraction:
        """The share of the cost that a source pays at most; 1 for no limit."""
        by_class = {rate.lead: Fraction(rate.share) for rate in source.rates}
        return by_class.get(self.kind(lead), by_class.get("*", Fraction(1)))


@dataclass(frozen=True)
class Terms:
    """Which of the terms of sources count."""

    conditions: bool
    rates: bool


def is_budget_of(rule: BaseRule, source: Source) -> bool:
    """Whether a rule holds a source to its money."""
    return isinstance(rule, SourceBudget) and rule.source == source.id


def content_of(source: Source) -> list[int]:
    """Cents by period that can go to projects, whole cents after the fee."""
    return [int(budget * (1 - Fraction(source.fee))) for budget in source.budgets]


def drawn_upon(source: Source, periods: int) -> list[tuple[int, ...]]:
    """The sets of a source's envelopes that matter: any; up to a period where money is carried on."""
    every = range(periods)
    if source.carry_over:
        return [tuple(every[:end]) for end in range(periods + 1)]
    return [one for size in range(periods + 1) for one in combinations(every, size)]


def pairs(project: Project) -> set[frozenset[str]]:
    """Every two organizations that a project has together; who has left is not there."""
    names = {partner.organization for partner in project.partners if partner.active}
    names |= {project.lead} - {""}
    return {frozenset(pair) for pair in combinations(names, 2)}


def helix(organizations: Collection[Organization]) -> set[HelixRole]:
    """Which of business, academia and public are there."""
    triple = {HelixRole.BUSINESS, HelixRole.ACADEMIA, HelixRole.PUBLIC}
    return {one.role for one in organizations} & triple


def whole_months(begin: date | None, end: date | None) -> Fraction | None:
    """The fewest months after which a day is reached, below zero for one before."""
    if begin is None or end is None:
        return None
    months = (end.year - begin.year) * 12 + end.month - begin.month - 1
    while months_later(begin, months) < end:
        months += 1
    return Fraction(months)
