"""A rule as the fields of a form, and the rule that filled-in fields make."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, get_args

from dashboard.services import condition_forms, limit_cells, risk_forms
from dashboard.services.rule_fields import (
    LONGEST,
    MOST_AMOUNT,
    Builder,
    Fields,
    some_projects,
)
from data.text import free_id
from portfolio.errors import ClusterfolioError, InputError, Problem
from portfolio.funding.rules import (
    EVERY,
    Admission,
    AtMostOf,
    Capacity,
    CostReserve,
    DeMinimis,
    LeaderLoad,
    Limit,
    LossLimit,
    LossWeight,
    Measure,
    Must,
    MustNot,
    NewTies,
    PayoffReserve,
    Requires,
    Rule,
    Synergy,
    TotalBudget,
    limit_unit,
)
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.scenario import Scenario, all_rules
from portfolio.scoring.classes import ATTRIBUTES, groups
from portfolio.units import from_cents, to_cents

KINDS = {
    "limit": "A share or an amount for some projects",
    "total budget": "The money in all",
    "capacity": "People, ships, rooms: what the mix may use up",
    "must": "Projects that must be in",
    "must not": "Projects that must stay out",
    "requires": "A project that needs others",
    "at most of": "At most some of a group",
    "admission": "What each project has to be like",
    "de minimis": "Small aid to a company and its group",
    "leader load": "How many projects one person leads",
    "cost reserve": "Money kept back for overruns",
    "loss limit": "How bad it may get",
    "synergy": "Projects that are worth more, or less, together",
    "new ties": "Organizations that work together for the first time",
    "loss weight": "What bad outcomes take off the worth",
    "payoff reserve": "Projects that may bring less than they promise",
}
ATTRIBUTE_WORDS = {
    "all": "All projects",
    "theme": "Theme",
    "scope": "Scope",
    "horizon": "Horizon",
    "risk": "Risk class",
    "region": "Region",
    "lead": "Lead organization",
    "leader": "Project leader",
    "international": "International",
    "newcomer": "Newcomer",
    "rating": "Rating",
}
MEASURE_WORDS: dict[Measure, str] = {
    "money share": "% of the money",
    "project share": "% of the projects",
    "money": "money",
    "projects": "projects",
}


def fields_of(rule: Rule) -> Fields:
    """The fields of a rule that stands."""
    common = Fields(
        sentence=rule.sentence,
        origin=rule.origin,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
    )
    match rule:
        case Limit():
            return replace(
                common,
                attribute=rule.attribute,
                value=rule.value,
                measure=rule.measure,
                at_least=limit_cells.shown(rule.at_least, limit_unit(rule.measure)),
                at_most=limit_cells.shown(rule.at_most, limit_unit(rule.measure)),
            )
        case TotalBudget():
            return replace(common, limit=float(from_cents(rule.limit)))
        case Capacity():
            amounts = tuple(float(amount) for amount in rule.amounts)
            return replace(common, resource=rule.resource, amounts=amounts)
        case Must() | MustNot():
            return replace(common, projects=rule.projects)
        case Requires():
            return replace(common, project=rule.project, projects=rule.needs)
        case AtMostOf():
            return replace(common, projects=rule.projects, count=rule.count)
        case Admission() | DeMinimis() | LeaderLoad() | Synergy() | NewTies():
            return condition_forms.filled(rule, common)
        case CostReserve() | LossLimit() | LossWeight() | PayoffReserve():
            return risk_forms.filled(rule, common)
        case _:
            return common


def build(kind: str, rule_id: str, told: Fields, pool: Pool) -> Rule:
    """The rule of a filled-in form; InputError with everything that is wrong with it."""
    problems: list[Problem] = []
    if told.valid_from and told.valid_to and told.valid_to < told.valid_from:
        problems.append(
            Problem("In force to", told.valid_to.isoformat(), "It ends before it begins.")
        )
    common: dict[str, Any] = {
        "id": rule_id,
        "sentence": told.sentence.strip()[:LONGEST],
        "origin": told.origin.strip()[:LONGEST],
        "valid_from": told.valid_from,
        "valid_to": told.valid_to,
    }
    rule = _BUILDERS[kind](told, pool, common, problems)
    if problems or rule is None:
        raise InputError(tuple(problems))
    return rule


def said(rule: Rule, pool: Pool, scenario: Scenario) -> str:
    """The rule as one sentence; one that speaks of what is gone says so."""
    try:
        return sentence(rule, pool, scenario)
    except (ClusterfolioError, LookupError, StopIteration):
        return f"The rule “{rule.id}” speaks of something that is not here any more"


def new_id(scenario: Scenario, kind: str) -> str:
    """An id that no rule has."""
    return free_id(kind.replace(" ", "-"), {rule.id for rule in all_rules(scenario)})


def values_of(pool: Pool, attribute: str) -> tuple[str, ...]:
    """The values that a limit on an attribute may speak of; the first stands for each of them."""
    if attribute == "all":
        return ("all",)
    return (EVERY, *groups(pool, attribute))


def value_words(pool: Pool, attribute: str, value: str) -> str:
    """A value as a choice."""
    if value == EVERY:
        return "each of them"
    if attribute == "lead":
        organization = pool.organization(value)
        return organization.name if organization else value
    return value


def resources_of(pool: Pool) -> tuple[str, ...]:
    """The named resources that any candidate needs."""
    return tuple(
        sorted({need.resource for project in pool.candidates for need in project.resources})
    )


def _limit(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    share = told.measure in ("money share", "project share")
    ceiling = 100 if share else MOST_AMOUNT
    if told.attribute not in ATTRIBUTES or told.measure not in get_args(Measure):
        problems.append(Problem("Of", told.attribute, "Choose one from the list."))
        return None
    for label, amount in (("At least", told.at_least), ("At most", told.at_most)):
        if amount is not None and not 0 <= amount <= ceiling:
            problems.append(Problem(label, f"{amount:g}", f"Write a number from 0 to {ceiling:,}."))
    if told.at_least is None and told.at_most is None:
        problems.append(Problem("At least, at most", "", "Write at least one of the two."))
    elif told.at_least is not None and told.at_most is not None and told.at_least > told.at_most:
        remedy = "It is above “at most”. Correct one of the two."
        problems.append(Problem("At least", f"{told.at_least:g}", remedy))
    if problems:
        return None
    return Limit(
        attribute=told.attribute,
        value="all" if told.attribute == "all" else told.value,
        measure=told.measure,
        at_least=limit_cells.held(told.at_least, limit_unit(told.measure)),
        at_most=limit_cells.held(told.at_most, limit_unit(told.measure)),
        **common,
    )


def _total(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    if told.limit is None or not 0 <= told.limit <= MOST_AMOUNT:
        shown = "" if told.limit is None else f"{told.limit:g}"
        problems.append(Problem("Money", shown, "Write an amount, not below zero."))
        return None
    return TotalBudget(limit=to_cents(Decimal(str(told.limit))), **common)


def _capacity(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    if not told.resource.strip():
        problems.append(Problem("Resource", "", "Name what is used up, as staff days."))
    if len(told.amounts) not in (1, pool.cluster.calendar.count):
        problems.append(Problem("Amounts", "", "Write one amount, or one for each period."))
    if any(not 0 <= amount <= MOST_AMOUNT for amount in told.amounts):
        problems.append(Problem("Amounts", "", "No amount may be below zero."))
    if problems:
        return None
    amounts = tuple(Decimal(str(amount)) for amount in told.amounts)
    return Capacity(resource=told.resource.strip(), amounts=amounts, **common)


def _must(told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]) -> Rule | None:
    some_projects(told.projects, problems)
    return None if problems else Must(projects=told.projects, **common)


def _must_not(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    some_projects(told.projects, problems)
    return None if problems else MustNot(projects=told.projects, **common)


def _requires(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    if not told.project:
        problems.append(Problem("Project", "", "Choose the project that needs others."))
    if told.project in told.projects:
        problems.append(Problem("Needs", told.project, "A project cannot need itself."))
    some_projects(told.projects, problems)
    return None if problems else Requires(project=told.project, needs=told.projects, **common)


def _at_most_of(
    told: Fields, pool: Pool, common: dict[str, Any], problems: list[Problem]
) -> Rule | None:
    some_projects(told.projects, problems, 2)
    if told.count is None or not 0 <= told.count < max(len(told.projects), 1):
        shown = "" if told.count is None else str(told.count)
        remedy = "Write a number below that of the projects, or the rule says nothing."
        problems.append(Problem("At most", shown, remedy))
    if problems or told.count is None:
        return None
    return AtMostOf(projects=told.projects, count=told.count, **common)


_BUILDERS: dict[str, Builder] = {
    **condition_forms.BUILDERS,
    **risk_forms.BUILDERS,
    "limit": _limit,
    "total budget": _total,
    "capacity": _capacity,
    "must": _must,
    "must not": _must_not,
    "requires": _requires,
    "at most of": _at_most_of,
}
