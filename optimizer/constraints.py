"""Every rule as rows: one function a rule, its inequality in the docstring.

x_i is 1 when project i is in the mix, g_i is its grant, g_it its grant in period t.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from optimizer.funding import funding_rows
from optimizer.model import Row, at_least, at_most
from portfolio.feasibility import limit_values, resource_need
from portfolio.funding.eligibility import eligible_sources
from portfolio.funding.needs import to_bring
from portfolio.funding.rules import (
    AtMostOf,
    Capacity,
    Eligibility,
    Limit,
    Must,
    MustNot,
    Requires,
    Rule,
    SourceBudget,
    TotalBudget,
)
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario, active_rules
from portfolio.scoring.classes import ATTRIBUTES


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rows are made of; column i is the candidate at `projects[i]`, in order of id."""

    pool: Pool
    scenario: Scenario
    projects: tuple[Project, ...]
    column: dict[str, int]
    grants: tuple[int, ...]
    by_period: tuple[tuple[int, ...], ...]
    eligible: tuple[frozenset[str], ...]

    def under(self, scenario: Scenario) -> Facts:
        """The same pool under another scenario."""
        return replace(self, scenario=scenario, eligible=_eligible(self.pool, scenario))

    def columns(self, ids: Iterable[str]) -> frozenset[int]:
        """Columns of those of these projects that are candidates."""
        return frozenset(self.column[i] for i in ids if i in self.column)

    def ids(self, columns: Iterable[int]) -> tuple[str, ...]:
        """Ids of the projects at these columns, in order."""
        return tuple(self.projects[column].id for column in sorted(columns))

    def spend(self, columns: Iterable[int]) -> int:
        """Cents that the projects at these columns ask for."""
        return sum(self.grants[column] for column in columns)


def facts(pool: Pool, scenario: Scenario) -> Facts:
    """Gather what the rows are made of."""
    projects = pool.candidates
    calendar = pool.cluster.calendar
    return Facts(
        pool,
        scenario,
        projects,
        {project.id: column for column, project in enumerate(projects)},
        tuple(project.grant for project in projects),
        tuple(project.grant_by_period(calendar) for project in projects),
        _eligible(pool, scenario),
    )


def _eligible(pool: Pool, scenario: Scenario) -> tuple[frozenset[str], ...]:
    return tuple(eligible_sources(pool, scenario).values()) if scenario.sources else ()


def rows(known: Facts) -> tuple[Row, ...]:
    """The rows of every active rule; rows that no mix can break are left out."""
    made = [
        *funding_rows(known.scenario, known.pool.cluster.calendar, known.by_period, known.eligible)
    ]
    for rule in active_rules(known.scenario):
        made += rule_rows(rule, known)
    return tuple(row for row in made if row.most > row.limit)


def rule_rows(rule: Rule, known: Facts) -> list[Row]:
    """The rows of one rule. Budgets of sources and eligibility make theirs together."""
    match rule:
        case TotalBudget():
            return [total_budget(rule, known)]
        case SourceBudget() | Eligibility():
            return []
        case Capacity():
            return capacity(rule, known)
        case Limit():
            return limits(rule, known)
        case Must():
            return must(rule, known)
        case MustNot():
            return must_not(rule, known)
        case Requires():
            return requires(rule, known)
        case AtMostOf():
            return [at_most_of(rule, known)]


def total_budget(rule: TotalBudget, known: Facts) -> Row:
    """Σ_i g_i · x_i ≤ limit."""
    return at_most((rule.id,), "", dict(enumerate(known.grants)), rule.limit)


def capacity(rule: Capacity, known: Facts) -> list[Row]:
    """Σ_i need_i · x_i ≤ amount over the horizon, or for each period t Σ_i need_it · x_i ≤ amount_t.

    need_it is need_i spread evenly over the periods in which i runs.
    """
    calendar = known.pool.cluster.calendar
    needs = [resource_need(project, rule.resource) for project in known.projects]
    if len(rule.amounts) == 1:
        return [at_most((rule.id,), "", dict(enumerate(needs)), Fraction(rule.amounts[0]))]
    runs = [project.periods(calendar) for project in known.projects]
    return [
        at_most(
            (rule.id,),
            calendar.label(t),
            {i: needs[i] / len(runs[i]) for i in range(len(needs)) if t in runs[i]},
            Fraction(amount),
        )
        for t, amount in enumerate(rule.amounts)
    ]


def limits(rule: Limit, known: Facts) -> list[Row]:
    """For each class G: at_least · W ≤ Σ_{i∈G} s_i · x_i ≤ at_most · W.

    s_i is g_i for money and 1 for projects. W is Σ_i s_i · x_i for shares, so that an empty mix
    meets every share, and 1 for amounts.
    """
    by_money = rule.measure in ("money share", "money")
    is_share = rule.measure in ("money share", "project share")
    size = known.grants if by_money else (1,) * len(known.projects)
    class_of = ATTRIBUTES[rule.attribute]
    parts: dict[str, dict[int, int]] = defaultdict(dict)
    for i, project in enumerate(known.projects):
        parts[class_of(project)][i] = size[i]
    made = []
    for value in limit_values(rule, known.pool):
        label = value if rule.attribute != "all" else ""
        part = parts[value]
        for bound, row in ((rule.at_least, at_least), (rule.at_most, at_most)):
            if bound is None:
                continue
            exact = Fraction(bound)
            if not is_share:
                made.append(row((rule.id,), label, part, exact))
                continue
            # Σ_{i∈G} s_i · x_i against n/d · Σ_i s_i · x_i, times d.
            part_of_all = -exact.numerator
            whole = {i: part_of_all * own for i, own in enumerate(size)}
            for i, own in part.items():
                whole[i] += exact.denominator * own
            made.append(row((rule.id,), label, whole, 0))
    return made


def must(rule: Must, known: Facts) -> list[Row]:
    """x_i ≥ 1 for each i named."""
    return [at_least((rule.id,), i, {known.column[i]: 1}, 1) for i in sorted(set(rule.projects))]


def must_not(rule: MustNot, known: Facts) -> list[Row]:
    """x_i ≤ 0 for each candidate i named."""
    named = sorted(set(rule.projects) & known.column.keys())
    return [at_most((rule.id,), i, {known.column[i]: 1}, 0) for i in named]


def requires(rule: Requires, known: Facts) -> list[Row]:
    """x_i − x_k ≤ 0 for each k that i needs, x_k being 1 for what runs and 0 for what never comes."""
    project = known.column.get(rule.project)
    if project is None:
        return []
    made = []
    for need in sorted(to_bring(rule, known.pool) - {rule.project}):
        bring = {known.column[need]: -1} if need in known.column else {}
        made.append(at_most((rule.id,), need, {project: 1, **bring}, 0))
    return made


def at_most_of(rule: AtMostOf, known: Facts) -> Row:
    """Σ_{i∈S} x_i ≤ count, over the candidates in S."""
    return at_most((rule.id,), "", dict.fromkeys(known.columns(rule.projects), 1), rule.count)
