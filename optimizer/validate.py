"""Check a question before it is asked: every problem at once, in the user's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from decimal import Decimal
from math import isfinite
from typing import get_args

from optimizer.options import Options
from portfolio.errors import InputError, Problem
from portfolio.funding.admission import MEASURES
from portfolio.funding.classes import CLASSES
from portfolio.funding.rules import (
    Admission,
    AtMostOf,
    BalanceRule,
    Capacity,
    CostReserve,
    DeMinimis,
    LeaderLoad,
    Limit,
    LossLimit,
    LossWeight,
    Measure,
    MoneyRule,
    Must,
    MustNot,
    NewTies,
    PayoffReserve,
    ProjectRule,
    Requires,
    Rule,
    SourceBudget,
    Synergy,
    TotalBudget,
    WorthRule,
)
from portfolio.funding.sources import EVERY_CLASS, Source
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Aim, Method, Scenario, active_rules
from portfolio.scoring import value
from portfolio.scoring.classes import ATTRIBUTES
from portfolio.variants import parts, variants

MOST = 10**18
"""No amount is larger: cents, units of a resource, projects."""
MOST_OVERRUN, MOST_OUTCOMES, MOST_CELLS = 100, 20_000, 40_000_000
"""Overruns, as shares of a grant, simulated outcomes, and outcomes of all ways to run a project."""
MOST_YEARS = 100
"""Years that a ceiling on aid may look back."""
FINEST = -100
"""No decimal has more places."""


def check(pool: Pool, scenario: Scenario, options: Options | None = None) -> None:
    """Raise InputError with everything that keeps the question from being asked.

    Problems of the list, of the question and of how to search are told together. Rules that are
    switched off or out of force are not looked at.
    """
    problems = [
        *(_options(options) if options is not None else ()),
        *_repeated(pool, scenario),
        *_objective(scenario),
        *value.problems(pool, scenario.objective),
        *_sources(pool, scenario),
        *_projects(pool),
        *_stay_close(scenario),
    ]
    for rule in active_rules(scenario):
        problems += _rule(rule, pool, scenario)
    if problems:
        raise InputError(tuple(problems))


def _options(options: Options) -> Iterator[Problem]:
    seconds, gap = options.time_limit, options.gap
    if not (_is_number(seconds) and seconds > 0):
        yield Problem("time limit", str(seconds), "Write a number of seconds above 0.")
    if not (_is_number(gap) and gap >= 0):
        yield Problem("gap", str(gap), "Write a share that is not below 0, such as 0.001.")


def _repeated(pool: Pool, scenario: Scenario) -> Iterator[Problem]:
    named = {
        "project": [project.id for project in pool.projects],
        "source": [source.id for source in scenario.sources],
        "rule": [rule.id for rule in active_rules(scenario)],
    }
    for what, ids in named.items():
        for name, times in Counter(ids).items():
            if times > 1:
                remedy = f"{times} {what}s have this id. Give each its own."
                yield Problem(f"{what} id", name, remedy)


def _objective(scenario: Scenario) -> Iterator[Problem]:
    aim = scenario.objective
    if aim.aim not in get_args(Aim):
        yield Problem("aim", str(aim.aim), f"Use one of {', '.join(get_args(Aim))}.")
    if aim.method not in get_args(Method):
        yield Problem("method", str(aim.method), f"Use one of {', '.join(get_args(Method))}.")


def _stay_close(scenario: Scenario) -> Iterator[Problem]:
    if scenario.stay_close is None:
        return
    loss = scenario.stay_close.loss
    if not (_is_number(loss) and loss >= 0):
        yield Problem("loss", str(loss), "Write a share that is not below 0, such as 0.005.")


def _sources(pool: Pool, scenario: Scenario) -> Iterator[Problem]:
    periods = pool.cluster.calendar.count
    for source in scenario.sources:
        yield from _source(source, periods)


def _source(source: Source, periods: int) -> Iterator[Problem]:
    field = f"budget of {source.name}"
    if len(source.budgets) != periods:
        remedy = f"It has {len(source.budgets)} amounts for {periods} periods. Give one a period."
        yield Problem(field, "", remedy)
    for amount in source.budgets:
        if not isinstance(amount, int):
            yield Problem(field, str(amount), "Write a whole number of cents.")
        elif amount < 0:
            yield Problem(field, str(amount), "A budget cannot be below zero.")
        else:
            yield from _size(field, amount)
    if not (_is_number(source.fee) and 0 <= source.fee < 1):
        remedy = "Write a share from 0 to below 1."
        yield Problem(f"fee of {source.name}", str(source.fee), remedy)
    for rate in source.rates:
        if rate.lead not in (*CLASSES, EVERY_CLASS):
            allowed = ", ".join((*CLASSES, EVERY_CLASS))
            yield Problem(f"rates of {source.name}", rate.lead, f"Use one of {allowed}.")
        if not (_is_number(rate.share) and 0 <= rate.share <= 1):
            remedy = "Write a share from 0 to 1."
            yield Problem(f"rates of {source.name}", str(rate.share), remedy)


def _projects(pool: Pool) -> Iterator[Problem]:
    for project in pool.candidates:
        yield from _project(project)


def _project(project: Project) -> Iterator[Problem]:
    grant = f"{project.name}, grant"
    if not isinstance(project.grant, int):
        yield Problem(grant, str(project.grant), "Write a whole number of cents.")
    elif project.grant < 0:
        yield Problem(grant, str(project.grant), "A grant cannot be below zero.")
    else:
        yield from _size(grant, project.grant)
    if any(not (_is_number(part) and part >= 0) for part in project.spend):
        listed = ", ".join(str(part) for part in project.spend)
        yield Problem(f"{project.name}, spending by period", listed, "Use numbers from 0 on.")
    for need in project.resources:
        field = f"{project.name}, {need.resource}"
        if not (_is_number(need.amount) and need.amount >= 0):
            yield Problem(field, str(need.amount), "Write a number that is not below zero.")
        else:
            yield from _size(field, need.amount)
    yield from _ways(project)


def _ways(project: Project) -> Iterator[Problem]:
    """Problems of the ways in which a project may be chosen."""
    if not (project.versions or project.least_share is not None or project.waiting_loss):
        return
    field = f"{project.name}, versions"
    least, loss = project.least_share, project.waiting_loss
    sound = least is None or (_is_number(least) and 0 < least <= 1)
    names = [version.name for version in (*project.versions, *(parts(project) if sound else ()))]
    for name, times in Counter(names).items():
        if times > 1 or not name:
            yield Problem(field, name, "Give each version its own name.")
    for version in project.versions:
        text = f"{version.grant} of {version.cost}"
        if not all(isinstance(cents, int) for cents in (version.cost, version.grant)):
            yield Problem(field, text, "Write whole numbers of cents.")
        elif not 0 <= version.grant <= version.cost:
            yield Problem(field, text, "A grant lies between 0 and the cost of its version.")
        else:
            yield from _size(field, version.cost)
        if not (_is_number(version.worth) and version.worth >= 0):
            remedy = "Write the share of the full worth, such as 0.72."
            yield Problem(field, str(version.worth), remedy)
    if not sound:
        remedy = "Write a share above 0, up to 1."
        yield Problem(f"{project.name}, least share", str(least), remedy)
    if not (_is_number(loss) and 0 <= loss <= 1):
        remedy = "Write a share from 0 to 1."
        yield Problem(f"{project.name}, waiting loss", str(loss), remedy)


def _rule(rule: Rule, pool: Pool, scenario: Scenario) -> Iterator[Problem]:
    if isinstance(rule, MoneyRule):
        yield from _money_rule(rule, scenario)
    elif isinstance(rule, ProjectRule):
        yield from _project_rule(rule, pool)
    elif isinstance(rule, WorthRule):
        yield from _worth_rule(rule, pool)
    else:
        yield from _balance_rule(rule, pool)


def _money_rule(rule: MoneyRule, scenario: Scenario) -> Iterator[Problem]:
    match rule:
        case TotalBudget():
            yield from _whole(rule, "limit", rule.limit)
        case SourceBudget():
            if all(source.id != rule.source for source in scenario.sources):
                remedy = "There is no such source. Correct the id or take the rule out."
                yield Problem(f"rule {rule.id}, source", rule.source, remedy)
        case CostReserve():
            yield from _whole(rule, "limit", rule.limit)
            yield from _some_projects(rule)
            if not (_is_number(rule.overrun) and 0 <= rule.overrun <= MOST_OVERRUN):
                remedy = f"Write a share from 0 to {MOST_OVERRUN}, such as 0.2."
                yield Problem(f"rule {rule.id}, overrun", str(rule.overrun), remedy)
        case DeMinimis():
            yield from _whole(rule, "ceiling", rule.ceiling)
            yield from _whole(rule, "years", rule.years)
            if rule.years > MOST_YEARS:
                remedy = f"Write at most {MOST_YEARS} years."
                yield Problem(f"rule {rule.id}, years", str(rule.years), remedy)
            for grant in rule.granted:
                yield from _whole(rule, f"granted to {grant.organization}", grant.cents)


def _balance_rule(rule: BalanceRule, pool: Pool) -> Iterator[Problem]:
    match rule:
        case Capacity():
            yield from _capacity(rule, pool.cluster.calendar.count)
        case Limit():
            yield from _limit(rule)
        case LossLimit():
            yield from _size(f"rule {rule.id}, at most", abs(rule.at_most))
            yield from _outcomes(rule, pool)


def _worth_rule(rule: WorthRule, pool: Pool) -> Iterator[Problem]:
    match rule:
        case Synergy():
            yield from _named(rule, rule.projects, pool)
            yield from _worth(rule)
            if len(set(rule.projects)) < 2:
                yield Problem(f"rule {rule.id}, projects", "", "Name two projects or more.")
        case NewTies():
            yield from _worth_from_zero(rule)
        case LossWeight():
            yield from _worth_from_zero(rule)
            yield from _outcomes(rule, pool)
        case PayoffReserve():
            yield from _some_projects(rule)
            if not (_is_number(rule.shortfall) and 0 <= rule.shortfall <= 1):
                remedy = "Write a share from 0 to 1, such as 0.3."
                yield Problem(f"rule {rule.id}, shortfall", str(rule.shortfall), remedy)


def _some_projects(rule: CostReserve | PayoffReserve) -> Iterator[Problem]:
    yield from _whole(rule, "projects", rule.projects)
    if rule.projects == 0:
        yield Problem(f"rule {rule.id}, projects", "0", "Name one project or more.")


def _outcomes(rule: LossLimit | LossWeight, pool: Pool) -> Iterator[Problem]:
    """What is wrong with the outcomes that a rule draws."""
    where = f"rule {rule.id}"
    calendar = pool.cluster.calendar
    cells = rule.outcomes * sum(len(variants(p, calendar)) for p in pool.candidates)
    if cells > MOST_CELLS:
        most = MOST_CELLS * rule.outcomes // cells
        text = f"Too many for a list of this length; write at most {most:,}."
        yield Problem(f"{where}, outcomes", str(rule.outcomes), text)
    if not (_is_number(rule.level) and 0 <= rule.level < 1 and _decimals(rule.level) <= 6):
        remedy = "Write a share from 0 to below 1, with at most six decimals."
        yield Problem(f"{where}, level", str(rule.level), remedy)
    if not (1 <= rule.outcomes <= MOST_OUTCOMES):
        text = f"Write a whole number from 1 to {MOST_OUTCOMES:,}."
        yield Problem(f"{where}, outcomes", str(rule.outcomes), text)


def _worth_from_zero(rule: NewTies | LossWeight) -> Iterator[Problem]:
    yield from _worth(rule)
    if _is_number(rule.worth) and rule.worth < 0:
        yield Problem(f"rule {rule.id}, worth", str(rule.worth), "Write 0 or more.")


def _worth(rule: Synergy | NewTies | LossWeight) -> Iterator[Problem]:
    field = f"rule {rule.id}, worth"
    if not _is_number(rule.worth):
        yield Problem(field, str(rule.worth), "Write a number.")
    else:
        yield from _size(field, abs(rule.worth))


def _project_rule(rule: ProjectRule, pool: Pool) -> Iterator[Problem]:
    match rule:
        case Must():
            yield from _named(rule, rule.projects, pool)
            yield from _not_to_choose(rule, pool)
        case MustNot():
            yield from _named(rule, rule.projects, pool)
        case Requires():
            yield from _named(rule, (rule.project, *rule.needs), pool)
        case AtMostOf():
            yield from _named(rule, rule.projects, pool)
            yield from _whole(rule, "count", rule.count)
        case LeaderLoad():
            yield from _whole(rule, "at most", rule.at_most)
        case Admission():
            yield from _admission(rule)


def _admission(rule: Admission) -> Iterator[Problem]:
    where = f"rule {rule.id}"
    if rule.measure not in MEASURES:
        yield Problem(f"{where}, measure", rule.measure, f"Use one of {', '.join(MEASURES)}.")
    for name in rule.classes:
        if name not in CLASSES:
            yield Problem(f"{where}, classes", name, f"Use one of {', '.join(CLASSES)}.")
    share = rule.measure == "grant share"
    yield from _bounds(where, rule.at_least, rule.at_most, share=share)


def _named(rule: Rule, ids: Collection[str], pool: Pool) -> Iterator[Problem]:
    everybody = {project.id for project in pool.projects}
    for project_id in dict.fromkeys(ids):
        if project_id not in everybody:
            remedy = "There is no such project. Correct the id or take it out of the rule."
            yield Problem(f"rule {rule.id}, project", project_id, remedy)


def _not_to_choose(rule: Must, pool: Pool) -> Iterator[Problem]:
    """What has to be in and cannot; other rules may name what no mix can hold."""
    candidates = {project.id for project in pool.candidates}
    everybody = {project.id for project in pool.projects}
    for project_id in dict.fromkeys(rule.projects):
        if project_id in everybody - candidates:
            remedy = "It is not among the proposals to choose from. Take it out of the rule."
            yield Problem(f"rule {rule.id}, project", project_id, remedy)


def _whole(rule: Rule, field: str, number: int) -> Iterator[Problem]:
    if not isinstance(number, int):
        yield Problem(f"rule {rule.id}, {field}", str(number), "Write a whole number.")
    elif number < 0:
        yield Problem(f"rule {rule.id}, {field}", str(number), "It cannot be below zero.")
    else:
        yield from _size(f"rule {rule.id}, {field}", number)


def _capacity(rule: Capacity, periods: int) -> Iterator[Problem]:
    field = f"rule {rule.id}, amounts"
    if len(rule.amounts) not in (1, periods):
        remedy = f"It has {len(rule.amounts)} amounts. Give one for all or one for each period."
        yield Problem(field, "", remedy)
    for amount in rule.amounts:
        if not (_is_number(amount) and amount >= 0):
            yield Problem(field, str(amount), "Write a number that is not below zero.")
        else:
            yield from _size(field, amount)


def _limit(rule: Limit) -> Iterator[Problem]:
    where = f"rule {rule.id}"
    if rule.attribute not in ATTRIBUTES:
        yield Problem(f"{where}, attribute", rule.attribute, f"Use one of {', '.join(ATTRIBUTES)}.")
    if rule.measure not in get_args(Measure):
        allowed = ", ".join(get_args(Measure))
        yield Problem(f"{where}, measure", str(rule.measure), f"Use one of {allowed}.")
    share = rule.measure in ("money share", "project share")
    yield from _bounds(where, rule.at_least, rule.at_most, share=share)


def _bounds(
    where: str, at_least: Decimal | None, at_most: Decimal | None, *, share: bool
) -> Iterator[Problem]:
    bounds = {"at least": at_least, "at most": at_most}
    sound = True
    for field, bound in bounds.items():
        if bound is None:
            continue
        if not (_is_number(bound) and bound >= 0):
            sound = False
            remedy = "Write a number that is not below zero."
            yield Problem(f"{where}, {field}", str(bound), remedy)
        elif share and bound > 1:
            sound = False
            yield Problem(f"{where}, {field}", str(bound), "Write a share from 0 to 1.")
        else:
            yield from _size(f"{where}, {field}", bound)
    if at_least is None and at_most is None:
        yield Problem(where, "", "Say at least or at most how much.")
    elif sound and at_least is not None and at_most is not None and at_least > at_most:
        text = f"{at_least} to {at_most}"
        yield Problem(where, text, "At least is more than at most. Exchange them.")


def _size(field: str, number: int | float | Decimal) -> Iterator[Problem]:
    """What nobody means, and floats cannot hold: numbers far too large, or far too long."""
    if type(number) is int and number <= MOST:
        return
    exact = Decimal(number)
    exponent = exact.as_tuple().exponent
    if exact > MOST:
        yield Problem(field, f"{exact:.3E}", f"It is too large. Use at most {MOST:,}.")
    elif isinstance(exponent, int) and exponent < FINEST and isinstance(number, Decimal):
        yield Problem(field, f"{exact:.3E}", f"It is too long. Use at most {-FINEST} places.")


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _is_number(number: object) -> bool:
    if isinstance(number, Decimal):
        return number.is_finite()
    return isinstance(number, int | float) and isfinite(number)
