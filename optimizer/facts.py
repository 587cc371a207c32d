"""What the rows are made of: a column for each way to choose a project, for bonuses and deductions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from optimizer.deductions import Deduction, deductions
from portfolio.funding.eligibility import Caps, eligible_sources
from portfolio.funding.rules import CostReserve, LossLimit, LossWeight
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario, active_rules
from portfolio.scoring.bonuses import Bonus, bonuses
from portfolio.selection import Choice
from portfolio.simulation.outcome_table import Cents
from portfolio.simulation.tail import loss_table
from portfolio.units import Calendar
from portfolio.variants import Variant, variants

Needs = tuple[int, ...]
Limits = dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Facts:
    """The columns of a question and what is known of them.

    Column j below `len(variants)` is the way to choose a project at `variants[j]`, by order of
    id, then as `portfolio.variants` orders them; those beyond stand for `bonuses`, then for
    `deductions`. `grants` has one entry a column, 0 for those beyond; `by_period`, `eligible` and
    `caps` one a variant. `unwritten` are the rules of `optimizer.lazy`.
    """

    pool: Pool
    scenario: Scenario
    variants: tuple[Variant, ...]
    columns_of: dict[str, tuple[int, ...]]
    by_period: tuple[Needs, ...]
    bonuses: tuple[Bonus, ...]
    eligible: tuple[frozenset[str], ...]
    caps: tuple[Limits, ...]
    unwritten: tuple[LossLimit | CostReserve, ...]
    deductions: tuple[Deduction, ...]
    tables: dict[tuple[int, int], Cents] = field(default_factory=dict, compare=False, repr=False)
    grants: tuple[int, ...] = field(init=False)
    projects: tuple[Project, ...] = field(init=False)

    def __post_init__(self) -> None:
        """What is asked for often."""
        own = tuple(one.project.grant for one in self.variants)
        beyond = len(self.bonuses) + sum(len(one.parts) for one in self.deductions)
        object.__setattr__(self, "grants", own + (0,) * beyond)
        object.__setattr__(self, "projects", tuple(one.project for one in self.variants))

    def under(self, scenario: Scenario) -> Facts:
        """The same pool under another scenario."""
        earned = bonuses(self.pool, scenario)
        return replace(
            self,
            scenario=scenario,
            bonuses=earned,
            eligible=_eligible(self.pool, scenario, self.variants),
            caps=_caps(self.pool, scenario, self.variants),
            unwritten=_unwritten(scenario),
            deductions=_deductions(self.pool, scenario, self.variants, earned),
        )

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.grants)

    @property
    def calendar(self) -> Calendar:
        """The cluster's periods."""
        return self.pool.cluster.calendar

    def columns(self, ids: Iterable[str]) -> frozenset[int]:
        """All columns of those of these projects that are candidates."""
        return frozenset(j for i in ids for j in self.columns_of.get(i, ()))

    def losses(self, rule: LossLimit | LossWeight) -> Cents:
        """What each way to choose a project loses in each outcome that a rule draws, in cents.

        Shape `(outcomes, variants)`; drawn once for these columns, whatever is asked of them.
        """
        drawn = rule.outcomes, rule.seed
        if drawn not in self.tables:
            self.tables[drawn] = loss_table(self.projects, *drawn)
        return self.tables[drawn]

    @property
    def whole_columns(self) -> tuple[bool, ...]:
        """For each column, whether a solver has to take it whole: not what writes down amounts."""
        parts = sum(len(one.parts) for one in self.deductions)
        return (True,) * (self.width - parts) + (False,) * parts

    def mix(self, chosen: Iterable[Choice]) -> frozenset[int]:
        """The columns of a mix, what it earns and what comes off among them; KeyError for a stranger."""
        column = {one.choice: j for j, one in enumerate(self.variants)}
        return self.whole(column[choice] for choice in chosen)

    def whole(self, columns: Iterable[int]) -> frozenset[int]:
        """A mix with the bonuses that it earns and what comes off it, and no others."""
        own = frozenset(j for j in columns if j < len(self.variants))
        if not (self.bonuses or self.deductions):
            return own
        ids = {self.projects[j].id for j in own}
        earned = (k for k, bonus in enumerate(self.bonuses) if bonus.earned(ids))
        off = (one.written(one.amount(own, self.losses)) for one in self.deductions)
        return own.union({len(self.variants) + k for k in earned}, *off)

    def choices(self, columns: Iterable[int]) -> tuple[Choice, ...]:
        """The choices at these columns, in order; bonuses are none."""
        return tuple(self.variants[j].choice for j in sorted(columns) if j < len(self.variants))

    def ids(self, columns: Iterable[int]) -> tuple[str, ...]:
        """Ids of the projects at these columns, in order, each once."""
        return tuple(dict.fromkeys(choice.project for choice in self.choices(columns)))

    def spend(self, columns: Iterable[int]) -> int:
        """Cents that the projects at these columns ask for."""
        return sum(self.grants[column] for column in columns)


def facts(pool: Pool, scenario: Scenario) -> Facts:
    """Gather what the rows are made of."""
    calendar = pool.cluster.calendar
    ways = tuple(one for project in pool.candidates for one in variants(project, calendar))
    return facts_of(pool, scenario, ways)


def facts_of(pool: Pool, scenario: Scenario, ways: tuple[Variant, ...]) -> Facts:
    """The same for these ways to choose projects."""
    calendar = pool.cluster.calendar
    earned = bonuses(pool, scenario)
    columns: dict[str, list[int]] = {}
    for j, one in enumerate(ways):
        columns.setdefault(one.project.id, []).append(j)
    return Facts(
        pool,
        scenario,
        ways,
        {name: tuple(own) for name, own in columns.items()},
        tuple(one.project.grant_by_period(calendar) for one in ways),
        earned,
        _eligible(pool, scenario, ways),
        _caps(pool, scenario, ways),
        _unwritten(scenario),
        _deductions(pool, scenario, ways, earned),
    )


def _unwritten(scenario: Scenario) -> tuple[LossLimit | CostReserve, ...]:
    rules = active_rules(scenario)
    return tuple(rule for rule in rules if isinstance(rule, LossLimit | CostReserve))


def _deductions(
    pool: Pool, scenario: Scenario, ways: tuple[Variant, ...], earned: tuple[Bonus, ...]
) -> tuple[Deduction, ...]:
    return deductions(pool, scenario, ways, len(ways) + len(earned))


def _eligible(
    pool: Pool, scenario: Scenario, ways: tuple[Variant, ...]
) -> tuple[frozenset[str], ...]:
    if not scenario.sources:
        return ()
    who = eligible_sources(pool, scenario)
    return tuple(who[one.project.id] for one in ways)


def _caps(pool: Pool, scenario: Scenario, ways: tuple[Variant, ...]) -> tuple[Limits, ...]:
    if not any(source.rates for source in scenario.sources):
        return ()
    own = Caps(pool, scenario)
    return tuple(own.of(one.project) for one in ways)
