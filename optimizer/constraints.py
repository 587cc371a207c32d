"""Every rule as rows: one function a rule, its inequality in the docstring.

x_j is 1 when column j is chosen: a project in one of its versions from one of its start periods. g_j
is its grant, g_jt its grant in period t, X_i = Σ_{j of i} x_j is 1 when project i is in the mix.
z_b is 1 when the mix earns bonus b.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from math import floor, lcm

import numpy as np

from optimizer.facts import Facts
from optimizer.funding import funding_rows
from optimizer.lazy import deduction_rows
from optimizer.model import Row, all_at_most, at_least, at_most, wholes
from portfolio.feasibility import limit_values, resource_need
from portfolio.funding.admission import admitted
from portfolio.funding.aid import granted_before, receiver
from portfolio.funding.leading import leads
from portfolio.funding.needs import to_bring
from portfolio.funding.rules import (
    Admission,
    AtMostOf,
    Capacity,
    CoFunding,
    CostReserve,
    DeMinimis,
    Eligibility,
    LeaderLoad,
    Limit,
    LossLimit,
    MoneyRule,
    Must,
    MustNot,
    ProjectRule,
    Requires,
    Rule,
    SourceBudget,
    TotalBudget,
    WorthRule,
)
from portfolio.scenario import active_rules, decision_day
from portfolio.scoring.classes import ATTRIBUTES


def rows(known: Facts) -> tuple[Row, ...]:
    """The rows of every active rule; rows that no mix can break are left out."""
    made = [*structure(known), *funding_rows(known)]
    for rule in active_rules(known.scenario):
        made += rule_rows(rule, known)
    return tuple(row for row in made if row.most > row.limit)


def structure(known: Facts) -> list[Row]:
    """What holds for every mix: one version and start a project, bonuses as they are earned.

    And of what may come off as little as it is for all columns in; the rest is in `optimizer.lazy`.
    """
    return [*one_of_each(known), *bonus_rows(known), *deduction_rows(known, np.ones(known.width))]


def rule_rows(rule: Rule, known: Facts) -> list[Row]:
    """The rows of one rule. Budgets of sources, eligibility and rates make theirs together.

    Those of `optimizer.lazy` come as they are broken.
    """
    if isinstance(rule, MoneyRule):
        return _money_rows(rule, known)
    if isinstance(rule, ProjectRule):
        return _project_rows(rule, known)
    if isinstance(rule, WorthRule):
        return []
    match rule:
        case Capacity():
            return capacity(rule, known)
        case Limit():
            return limits(rule, known)
        case LossLimit():
            return []


def _money_rows(rule: MoneyRule, known: Facts) -> list[Row]:
    match rule:
        case TotalBudget():
            return [total_budget(rule, known)]
        case SourceBudget() | Eligibility() | CoFunding():
            return []
        case DeMinimis():
            return de_minimis(rule, known)
        case CostReserve():
            return [cost_reserve(rule, known)]


def _project_rows(rule: ProjectRule, known: Facts) -> list[Row]:
    match rule:
        case Must():
            return must(rule, known)
        case MustNot():
            return must_not(rule, known)
        case Requires():
            return requires(rule, known)
        case AtMostOf():
            return [at_most_of(rule, known)]
        case Admission():
            return admission(rule, known)
        case LeaderLoad():
            return leader_load(rule, known)


def one_of_each(known: Facts) -> list[Row]:
    """X_i = Σ_{j of i} x_j ≤ 1 for each project i that may be chosen in more than one way."""
    return [
        at_most((), "", dict.fromkeys(columns, 1), 1)
        for columns in known.columns_of.values()
        if len(columns) > 1
    ]


def bonus_rows(known: Facts) -> list[Row]:
    """For a bonus b with groups G: z_b ≤ Σ_{i∈G} X_i for each; Σ_G X − z_b ≤ |b| − 1 where it costs.

    With a positive worth a best mix has z_b at one wherever it may; with a negative one at zero.
    Such a one has groups of one project each, |b| of them.
    """
    made = []
    for place, bonus in enumerate(known.bonuses):
        own = len(known.variants) + place
        groups = [known.columns(group) for group in bonus.groups]
        if bonus.worth > 0:
            made += [at_most((), "", {own: 1, **dict.fromkeys(g, -1)}, 0) for g in groups]
        else:
            together = {j: 1 for group in groups for j in group}
            made.append(at_most((), "", {**together, own: -1}, len(groups) - 1))
    return made


def total_budget(rule: TotalBudget, known: Facts) -> Row:
    """Σ_j g_j · x_j ≤ limit."""
    entries = wholes(known.grants, max(known.grants, default=0))
    return all_at_most((rule.id,), "", entries, rule.limit)


def capacity(rule: Capacity, known: Facts) -> list[Row]:
    """Σ_j need_j · x_j ≤ amount over the horizon, or for each period t Σ_j need_jt · x_j ≤ amount_t.

    need_jt is need_j spread evenly over the periods in which j runs.
    """
    calendar = known.pool.cluster.calendar
    needs = [resource_need(project, rule.resource) for project in known.projects]
    if len(rule.amounts) == 1:
        return [at_most((rule.id,), "", dict(enumerate(needs)), Fraction(rule.amounts[0]))]
    runs = [project.periods(calendar) for project in known.projects]
    # In whole numbers: so many parts of a unit, evenly over a whole number of periods.
    unit = lcm(*(need.denominator for need in needs)) * lcm(*map(len, runs))
    even = [
        need.numerator * (unit // (need.denominator * len(run)))
        for need, run in zip(needs, runs, strict=True)
    ]
    return [
        at_most(
            (rule.id,),
            calendar.label(t),
            {i: own for i, own in enumerate(even) if t in runs[i]},
            Fraction(amount) * unit,
        )
        for t, amount in enumerate(rule.amounts)
    ]


def limits(rule: Limit, known: Facts) -> list[Row]:
    """For each class G: at_least · W ≤ Σ_{j∈G} s_j · x_j ≤ at_most · W.

    s_j is g_j for money and 1 for projects. W is Σ_j s_j · x_j for shares, so that an empty mix
    meets every share, and 1 for amounts.
    """
    by_money = rule.measure in ("money share", "money")
    is_share = rule.measure in ("money share", "project share")
    size = known.grants[: len(known.projects)] if by_money else (1,) * len(known.projects)
    members: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(map(ATTRIBUTES[rule.attribute], known.projects)):
        members[one].append(i)
    bounds = [
        (Fraction(bound), sign)
        for bound, sign in ((rule.at_least, -1), (rule.at_most, 1))
        if bound is not None
    ]
    made = []
    for value in limit_values(rule, known.pool):
        label = value if rule.attribute != "all" else ""
        own = members[value]
        for bound, sign in bounds:
            if is_share:
                made.append(share_row((rule.id,), label, size, own, bound, sign))
            else:
                part = {i: sign * size[i] for i in own}
                made.append(at_most((rule.id,), label, part, floor(sign * bound)))
    return made


def share_row(
    rules: tuple[str, ...],
    label: str,
    size: Sequence[int],
    members: Sequence[int],
    share: Fraction,
    sign: int,
) -> Row:
    """sign · (Σ_{i∈G} s_i · x_i − n/d · Σ_i s_i · x_i) · d ≤ 0 for a share of n/d."""
    whole, part = share.denominator, -share.numerator
    entries = wholes(size, max(map(abs, size), default=0) * (abs(whole) + abs(part)))
    made = entries * (sign * part)
    made[members] += entries[members] * (sign * whole)
    return all_at_most(rules, label, made, 0)


def cost_reserve(rule: CostReserve, known: Facts) -> Row:
    """Σ_j g_j · x_j ≤ limit; the overruns on top of it are in `optimizer.lazy`."""
    return at_most((rule.id,), "", dict(enumerate(known.grants)), rule.limit)


def must(rule: Must, known: Facts) -> list[Row]:
    """X_i ≥ 1 for each i named."""
    return [
        at_least((rule.id,), i, dict.fromkeys(known.columns_of[i], 1), 1)
        for i in sorted(set(rule.projects))
    ]


def must_not(rule: MustNot, known: Facts) -> list[Row]:
    """X_i ≤ 0 for each candidate i named."""
    named = sorted(set(rule.projects) & known.columns_of.keys())
    return [at_most((rule.id,), i, dict.fromkeys(known.columns_of[i], 1), 0) for i in named]


def requires(rule: Requires, known: Facts) -> list[Row]:
    """X_i − X_k ≤ 0 for each k that i needs, X_k being 1 for what runs and 0 for what never comes."""
    project = known.columns_of.get(rule.project)
    if project is None:
        return []
    made = []
    for need in sorted(to_bring(rule, known.pool) - {rule.project}):
        bring = dict.fromkeys(known.columns_of.get(need, ()), -1)
        made.append(at_most((rule.id,), need, {**dict.fromkeys(project, 1), **bring}, 0))
    return made


def at_most_of(rule: AtMostOf, known: Facts) -> Row:
    """Σ_{i∈S} X_i ≤ count, over the candidates in S."""
    return at_most((rule.id,), "", dict.fromkeys(known.columns(rule.projects), 1), rule.count)


def admission(rule: Admission, known: Facts) -> list[Row]:
    """x_j ≤ 0 for each j that, as it would run, misses the condition."""
    day = decision_day(known.pool.cluster.calendar, known.scenario)
    return [
        at_most((rule.id,), project.id, {j: 1}, 0)
        for j, project in enumerate(known.projects)
        if not admitted((rule,), known.pool, project, day)
    ]


def de_minimis(rule: DeMinimis, known: Facts) -> list[Row]:
    """For each undertaking u: Σ_{j led by u} g_j · x_j ≤ ceiling − what u had before, at least 0."""
    day = decision_day(known.pool.cluster.calendar, known.scenario)
    before = granted_before(rule, known.pool, day)
    grants: dict[str, dict[int, int]] = defaultdict(dict)
    for j, project in enumerate(known.projects):
        owner = receiver(known.pool, project)
        if owner is not None:
            grants[owner][j] = project.grant
    return [
        at_most((rule.id,), owner, grants[owner], max(rule.ceiling - before.get(owner, 0), 0))
        for owner in sorted(grants)
    ]


def leader_load(rule: LeaderLoad, known: Facts) -> list[Row]:
    """For each leader p and period t: Σ_{j of p that runs in t} x_j ≤ at_most − those running now."""
    calendar = known.pool.cluster.calendar
    running = leads(known.pool.running, calendar)
    columns: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for j, project in enumerate(known.projects):
        for leader, t in leads((project,), calendar):
            columns[leader, t][j] = 1
    return [
        at_most(
            (rule.id,),
            f"{leader}, {calendar.label(t)}",
            columns[leader, t],
            max(rule.at_most - running[leader, t], 0),
        )
        for leader, t in sorted(columns)
    ]
