"""Each rule as one sentence, the same wherever it is quoted."""

from __future__ import annotations

from decimal import Decimal

from portfolio.funding.admission import MEASURES
from portfolio.funding.classes import CLASS_WORDS
from portfolio.funding.needs import out_of_reach
from portfolio.funding.rules import (
    EVERY,
    WEIGHED,
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
    LossWeight,
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
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus
from portfolio.scenario import Scenario
from portfolio.wording import NO_BREAK, count, exact_money, listed, money, percent

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
_NOUNS = {
    "partners": "{} partners",
    "helix roles": "{} of business, academia and public",
    "small firms": "{} small firms",
    "newcomers": "{} newcomers",
    "cost": "a cost of {}",
    "grant": "a grant of {}",
    "grant share": "{} of its cost as grant",
    "duration": "a duration of {}",
    "wait": "{} until it starts",
}
_COUNTED = ("partners", "firms", "newcomers")
"""Endings of nouns that one of is told in the singular."""
_RECEIVERS = {
    ("newcomer", "yes"): "newcomers",
    ("newcomer", "no"): "organizations funded before",
}
_PROJECTS = {
    ("international", "yes"): "international projects",
    ("international", "no"): "domestic projects",
    ("newcomer", "yes"): "projects of newcomers",
    ("newcomer", "no"): "projects of organizations funded before",
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
    if isinstance(rule, MoneyRule):
        return _money_rule(rule, scenario, pool.cluster.currency)
    if isinstance(rule, ProjectRule):
        return _project_rule(rule, pool)
    if isinstance(rule, WorthRule):
        return _worth_rule(rule, pool, scenario)
    match rule:
        case Capacity():
            return _capacity(rule, pool)
        case Limit():
            return _limit(rule, pool)
        case LossLimit():
            return _loss_limit(rule, pool.cluster.currency)


def _worth_rule(rule: WorthRule, pool: Pool, scenario: Scenario) -> str:
    match rule:
        case Synergy():
            return _synergy(rule, pool, scenario)
        case NewTies():
            worth = _worth(rule.worth, pool, scenario)
            return f"Each pair that works together for the first time adds {worth}"
        case LossWeight():
            worth = _worth(rule.worth, pool, scenario)
            each = money(WEIGHED, pool.cluster.currency)
            return f"Each {each} lost on average in {_worst(rule.level)} takes off {worth}"
        case PayoffReserve():
            verb = "brings" if rule.projects == 1 else "bring"
            less = f"any {count(rule.projects, 'project')} {verb} {percent(rule.shortfall)} less"
            return f"The mix counts for what it is worth if {less}"


def _money_rule(rule: MoneyRule, scenario: Scenario, currency: str) -> str:
    match rule:
        case TotalBudget():
            return f"The mix costs at most {money(rule.limit, currency)}"
        case SourceBudget():
            return _source_budget(rule, scenario, currency)
        case Eligibility():
            return "Each source pays only for what it is meant for"
        case CoFunding():
            return "Each source pays at most its rate of what a project costs"
        case DeMinimis():
            ceiling = money(rule.ceiling, currency)
            return (
                f"No company and its group gets more than {ceiling} in {count(rule.years, 'year')}"
            )
        case CostReserve():
            who = f"any {count(rule.projects, 'project')}"
            verb = "costs" if rule.projects == 1 else "cost"
            more = f"{who} {verb} {percent(rule.overrun)} more"
            return f"Even if {more}, the mix costs at most {money(rule.limit, currency)}"


def _project_rule(rule: ProjectRule, pool: Pool) -> str:
    match rule:
        case Must():
            return f"{_names(rule.projects, pool)} must be in"
        case MustNot():
            return f"{_names(rule.projects, pool)} must stay out"
        case Requires():
            return _requires(rule, pool)
        case AtMostOf():
            return _at_most_of(rule, pool)
        case Admission():
            return _admission(rule, pool.cluster.currency)
        case LeaderLoad():
            return f"Nobody leads more than {count(rule.at_most, 'project')} at a time"


def _requires(rule: Requires, pool: Pool) -> str:
    name = _names((rule.project,), pool)
    needs = f"{name} needs {_names(rule.needs, pool)}"
    free = not _standing(pool.project(rule.project))
    return f"{needs}, so {name} cannot be in" if free and out_of_reach(rule, pool) else needs


def _at_most_of(rule: AtMostOf, pool: Pool) -> str:
    counted = tuple(i for i in rule.projects if not _standing(pool.project(i)))
    others = tuple(i for i in rule.projects if i not in counted)
    if not counted or not others:
        return f"At most {rule.count} of {_names(rule.projects, pool, 'or')}"
    verb = "does" if len(others) == 1 else "do"
    of = _names(counted, pool, "or")
    return f"At most {rule.count} of {of}; {_names(others, pool)} {verb} not count"


def _admission(rule: Admission, currency: str) -> str:
    measure = MEASURES[rule.measure]

    def said(bound: Decimal) -> str:
        match measure.unit:
            case "cents":
                return money(int(bound), currency)
            case "share":
                return percent(bound)
            case "months":
                return count(int(bound), "month")
            case _:
                return _number(bound)

    who = f"Each project led by {listed(CLASS_WORDS[c] for c in rule.classes)}"
    subject = who.replace(" and ", " or ") if rule.classes else "Each project"
    if rule.at_least is not None and rule.at_most is not None:
        limits = f"{said(rule.at_least)} to {said(rule.at_most)}"
    elif rule.at_least is not None:
        limits = f"at least {said(rule.at_least)}"
    else:
        limits = f"at most {said(rule.at_most or Decimal(0))}"
    noun = _NOUNS[rule.measure].format(limits)
    last = rule.at_least if rule.at_most is None else rule.at_most
    if last == 1 and noun.endswith(_COUNTED):
        noun = noun.removesuffix("s")
    return f"{subject} has {noun}"


def _loss_limit(rule: LossLimit, currency: str) -> str:
    worst = f"In {_worst(rule.level)} the mix"
    if rule.at_most < 0:
        return f"{worst} returns at least {money(-rule.at_most, currency)} on average"
    return f"{worst} loses at most {money(rule.at_most, currency)} on average"


def _worst(level: Decimal) -> str:
    share = f"{(1 - level) * 100:f}"
    share = share.rstrip("0").rstrip(".") if "." in share else share
    return f"the worst {share}{NO_BREAK}% of outcomes"


def _synergy(rule: Synergy, pool: Pool, scenario: Scenario) -> str:
    verb = "adds" if rule.worth >= 0 else "costs"
    worth = _worth(abs(rule.worth), pool, scenario)
    return f"Having {_names(rule.projects, pool)} together {verb} {worth}"


def _worth(worth: Decimal, pool: Pool, scenario: Scenario) -> str:
    """Worth as the aim counts it: money, points, or the list's own benefit."""
    match scenario.objective.aim:
        case "payoff":
            return exact_money(round(worth * 100), pool.cluster.currency)
        case "score" | "blend":
            return f"{_number(worth)} {'point' if worth == 1 else 'points'}"
        case "benefit":
            return f"{_number(worth)} in benefit"


def _source_budget(rule: SourceBudget, scenario: Scenario, currency: str) -> str:
    source = next(source for source in scenario.sources if source.id == rule.source)
    when = "in all, unspent money carried over" if source.carry_over else "in all, period by period"
    fee = f", less {percent(source.fee)} for administration" if source.fee else ""
    return f"{source.name} pays at most {money(source.total, currency)} {when}{fee}"


def _capacity(rule: Capacity, pool: Pool) -> str:
    if len(rule.amounts) == 1:
        return f"At most {_number(rule.amounts[0])} {rule.resource}"
    if len(set(rule.amounts)) == 1:
        return f"At most {_number(rule.amounts[0])} {rule.resource} in each period"
    return f"At most {_number(sum(rule.amounts, Decimal(0)))} {rule.resource}, period by period"


def _limit(rule: Limit, pool: Pool) -> str:
    limits = _limits(rule, pool.cluster.currency)
    if rule.measure == "projects":
        return f"{limits} {_singular_for_one(rule, _projects(rule, pool))}"
    if rule.measure == "project share":
        return f"{limits} of the projects are {_projects(rule, pool)}"
    amount = f"{limits} of the money" if rule.measure == "money share" else limits
    return (
        f"{amount} in all" if rule.attribute == "all" else f"{amount} to {_receivers(rule, pool)}"
    )


def _limits(rule: Limit, currency: str) -> str:
    def amount(limit: Decimal) -> str:
        if rule.measure in ("money share", "project share"):
            return percent(limit)
        return money(int(limit), currency) if rule.measure == "money" else f"{int(limit):,}"

    if rule.at_least is None:
        return f"At most {amount(rule.at_most or Decimal(0))}"
    if rule.at_most is None:
        return f"At least {amount(rule.at_least)}"
    if rule.at_least == rule.at_most:
        return f"Exactly {amount(rule.at_least)}"
    return f"Between {amount(rule.at_least)} and {amount(rule.at_most)}"


def _receivers(rule: Limit, pool: Pool) -> str:
    """Who gets the money, after “to”."""
    if rule.value == EVERY:
        return _EVERY_ONE[rule.attribute]
    key = (rule.attribute, rule.value)
    return _RECEIVERS.get(key) or _PROJECTS.get(key) or _class_name(rule, pool)


def _projects(rule: Limit, pool: Pool) -> str:
    """Which projects are counted, as a plural."""
    if rule.attribute == "all":
        return "projects in all"
    if rule.value == EVERY:
        return f"projects of {_EVERY_ONE[rule.attribute]}"
    known = _PROJECTS.get((rule.attribute, rule.value))
    return known or f"projects of {_class_name(rule, pool)}"


def _singular_for_one(rule: Limit, plural: str) -> str:
    """The noun after the last limit said: one project, two projects."""
    last = rule.at_least if rule.at_most is None else rule.at_most
    if last != 1:
        return plural
    return plural.replace("projects", "project", 1).replace("quick wins", "quick win", 1)


def _class_name(rule: Limit, pool: Pool) -> str:
    if rule.attribute == "lead":
        organization = pool.organization(rule.value)
        return organization.name if organization else rule.value
    return f"the {rule.attribute} {rule.value}"


def _names(ids: tuple[str, ...], pool: Pool, word: str = "and") -> str:
    return listed((_name(pool.project(project_id)) for project_id in ids), word)


def _name(project: Project) -> str:
    standing = _standing(project)
    return f"{project.name} ({standing})" if standing else project.name


def _standing(project: Project) -> str:
    """Why a mix is not free to hold a project; "" for a candidate."""
    if project.status is not ProjectStatus.PROPOSAL:
        return project.status.value
    return "" if project.cost_known else "cost not known"


def _number(amount: Decimal) -> str:
    return f"{amount:,f}".rstrip("0").rstrip(".") if amount % 1 else f"{amount:,.0f}"
