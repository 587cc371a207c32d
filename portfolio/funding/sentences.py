"""Each rule as one sentence, the same wherever it is quoted."""

from __future__ import annotations

from decimal import Decimal

from portfolio.funding.rules import (
    EVERY,
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
from portfolio.scenario import Scenario
from portfolio.wording import count, listed, money, percent

_EVERY_ONE = {
    "theme": "each theme",
    "scope": "each scope",
    "horizon": "each horizon",
    "risk": "each risk class",
    "region": "each region",
    "lead": "any one organization",
    "leader": "any one project leader",
    "international": "international and domestic projects each",
    "newcomer": "newcomers and others each",
    "rating": "each rating",
}
_FLAGS = {
    ("international", "yes"): "international projects",
    ("international", "no"): "domestic projects",
    ("newcomer", "yes"): "newcomers",
    ("newcomer", "no"): "organizations funded before",
    ("risk", "high"): "high-risk projects",
    ("risk", "medium"): "medium-risk projects",
    ("risk", "low"): "low-risk projects",
    ("horizon", "quick win"): "quick wins",
    ("horizon", "medium"): "projects of medium horizon",
    ("horizon", "long"): "long-horizon projects",
}


def sentence(rule: Rule, pool: Pool, scenario: Scenario) -> str:
    """The rule's own sentence where it has one, else what its values say."""
    if rule.sentence:
        return rule.sentence
    currency = pool.cluster.currency
    match rule:
        case TotalBudget():
            return f"The mix costs at most {money(rule.limit, currency)}"
        case SourceBudget():
            return _source_budget(rule, scenario, currency)
        case Eligibility():
            return "Each source pays only for what it is meant for"
        case Capacity():
            return _capacity(rule, pool)
        case Limit():
            return _limit(rule, pool)
        case Must():
            return f"{_names(rule.projects, pool)} must be in"
        case MustNot():
            return f"{_names(rule.projects, pool)} must stay out"
        case Requires():
            return f"{_names((rule.project,), pool)} needs {_names(rule.needs, pool)}"
        case AtMostOf():
            return f"At most {rule.count} of {_names(rule.projects, pool, 'or')}"


def _source_budget(rule: SourceBudget, scenario: Scenario, currency: str) -> str:
    source = next(source for source in scenario.sources if source.id == rule.source)
    when = "in all, unspent money carried over" if source.carry_over else "in all, period by period"
    return f"{source.name} pays at most {money(source.total, currency)} {when}"


def _capacity(rule: Capacity, pool: Pool) -> str:
    if len(rule.amounts) == 1:
        return f"At most {_number(rule.amounts[0])} {rule.resource}"
    if len(set(rule.amounts)) == 1:
        return f"At most {_number(rule.amounts[0])} {rule.resource} in each period"
    return f"At most {_number(sum(rule.amounts, Decimal(0)))} {rule.resource}, period by period"


def _limit(rule: Limit, pool: Pool) -> str:
    currency = pool.cluster.currency
    low = None if rule.at_least is None else _amount(rule, rule.at_least, currency)
    high = None if rule.at_most is None else _amount(rule, rule.at_most, currency)
    if low is not None and high is not None:
        amount = f"Exactly {low}" if low == high else f"Between {low} and {high}"
    elif low is not None:
        amount = f"At least {low}"
    else:
        amount = f"At most {high}"
    if rule.attribute == "all":
        return f"{amount} in all"
    return f"{amount} to {_who(rule, pool)}"


def _amount(rule: Limit, limit: Decimal, currency: str) -> str:
    match rule.measure:
        case "money share":
            return f"{percent(limit)} of the money"
        case "project share":
            return f"{percent(limit)} of the projects"
        case "money":
            return money(int(limit), currency)
        case "projects":
            return count(int(limit), "project")


def _who(rule: Limit, pool: Pool) -> str:
    if rule.value == EVERY:
        return _EVERY_ONE[rule.attribute]
    if (rule.attribute, rule.value) in _FLAGS:
        return _FLAGS[rule.attribute, rule.value]
    if rule.attribute == "lead":
        organization = pool.organization(rule.value)
        return organization.name if organization else rule.value
    return f"the {rule.attribute} {rule.value}"


def _names(ids: tuple[str, ...], pool: Pool, word: str = "and") -> str:
    return listed((pool.project(project_id).name for project_id in ids), word)


def _number(amount: Decimal) -> str:
    return f"{amount:,f}".rstrip("0").rstrip(".") if amount % 1 else f"{amount:,.0f}"
