"""The rules in plain Python, exact in cents: how each stands in a mix, and which are broken.

The optimizer states the same rules once more as rows; the tests prove that both agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from portfolio.errors import NotFoundError
from portfolio.funding.admission import shortfall
from portfolio.funding.aid import granted_before, receiver
from portfolio.funding.allocation import allocate
from portfolio.funding.eligibility import Caps, eligible_sources
from portfolio.funding.leading import leads
from portfolio.funding.needs import to_bring
from portfolio.funding.reserve import at_worst
from portfolio.funding.rules import (
    EVERY,
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
    limit_unit,
)
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario, active_rules, decision_day
from portfolio.scoring.bonuses import bonuses_of
from portfolio.scoring.classes import ATTRIBUTES, UNKNOWN, groups
from portfolio.selection import Payment, RuleCheck, Selection
from portfolio.simulation.tail import tail_loss
from portfolio.variants import Pick, realized, variant


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a selection breaks, as a sentence. `rule` is "" for faults of the answer."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    used: Fraction
    at_least: Fraction | None
    at_most: Fraction | None
    unit: str


def feasible(pool: Pool, scenario: Scenario, chosen: Sequence[Pick]) -> bool:
    """Whether these projects meet every active rule and can be paid.

    Raises NotFoundError for what no candidate can be chosen as.
    """
    allocation = allocate(pool, scenario, chosen)
    if allocation.shortage is not None:
        return False
    return all(check.met for check in checks(pool, scenario, chosen, allocation.payments))


def checks(
    pool: Pool, scenario: Scenario, chosen: Sequence[Pick], payments: Sequence[Payment]
) -> tuple[RuleCheck, ...]:
    """How each active rule stands in a mix: one entry a rule, its tightest row."""
    mix = [one.project for one in realized(pool, chosen)]
    return tuple(
        _tightest(rule, sentence(rule, pool, scenario), _rows(rule, pool, scenario, mix, payments))
        for rule in active_rules(scenario)
    )


def standing(
    rule: Rule, pool: Pool, scenario: Scenario, chosen: Sequence[Pick]
) -> tuple[RuleCheck, ...]:
    """How each row of a rule that looks at no payment stands in a mix."""
    mix = [one.project for one in realized(pool, chosen)]
    words = sentence(rule, pool, scenario)
    return tuple(_check(rule, words, row) for row in _rows(rule, pool, scenario, mix, ()))


def violations(
    pool: Pool,
    scenario: Scenario,
    selection: Selection,
    known: Sequence[RuleCheck] | None = None,
) -> tuple[Violation, ...]:
    """Everything wrong with an answer: broken rules, money that does not add up, strangers.

    Empty for an answer that may be shown. Its value is re-checked by
    `portfolio.scoring.value.total`. `known` is what `checks` gave for it a moment ago.
    """
    strangers = (*_strangers(pool, selection), *_strange_payments(pool, scenario, selection))
    if strangers:
        return strangers
    standing = (
        checks(pool, scenario, selection.chosen, selection.payments) if known is None else known
    )
    found = [
        Violation(check.rule, f"Broken: {check.sentence}") for check in standing if not check.met
    ]
    return (*found, *_money_faults(pool, scenario, selection))


def _strangers(pool: Pool, selection: Selection) -> tuple[Violation, ...]:
    candidates = {project.id for project in pool.candidates}
    unknown = [
        Violation("", f"“{i}” is no candidate.") for i in selection.ids if i not in candidates
    ]
    if len(set(selection.ids)) < len(selection.ids):
        unknown.append(Violation("", "A project is chosen twice."))
    return tuple(unknown) or tuple(_strange_choices(pool, selection))


def _strange_choices(pool: Pool, selection: Selection) -> Iterator[Violation]:
    for choice in selection.chosen:
        try:
            variant(pool.project(choice.project), choice, pool.cluster.calendar)
        except NotFoundError as error:
            yield Violation("", str(error))


def _strange_payments(pool: Pool, scenario: Scenario, selection: Selection) -> Iterator[Violation]:
    lengths = {source.id: len(source.budgets) for source in scenario.sources}
    chosen = frozenset(selection.ids)
    for payment in selection.payments:
        known = (
            0 <= payment.period < min(lengths.get(payment.source, 0), pool.cluster.calendar.count)
        )
        if payment.cents <= 0 or payment.project not in chosen or not known:
            yield Violation(
                "",
                f"The payment of {payment.cents} from “{payment.source}” to “{payment.project}” "
                "does not belong to the mix.",
            )


def _money_faults(pool: Pool, scenario: Scenario, selection: Selection) -> Iterator[Violation]:
    mix = [one.project for one in realized(pool, selection.chosen)]
    grants = sum(project.grant for project in mix)
    if selection.spend != grants:
        yield Violation("", f"The spend {selection.spend} is not the sum of the grants {grants}.")
    if not scenario.sources:
        return
    paid: dict[tuple[str, int], int] = defaultdict(int)
    for payment in selection.payments:
        paid[payment.project, payment.period] += payment.cents
    for project in mix:
        needs = project.grant_by_period(pool.cluster.calendar)
        for period, cents in enumerate(needs):
            if paid[project.id, period] != cents:
                label = pool.cluster.calendar.label(period)
                yield Violation("", f"“{project.id}” is not paid its grant of {label}.")


def _tightest(rule: Rule, words: str, rows: Sequence[_Row]) -> RuleCheck:
    candidates = [_check(rule, words, row) for row in rows]
    if not candidates:
        return RuleCheck(rule.id, words, "", Fraction(0), None, None, "projects")
    slacks = {k: slack for k, one in enumerate(candidates) if (slack := one.slack) is not None}
    return candidates[min(slacks, key=slacks.__getitem__, default=0)]


def _check(rule: Rule, words: str, row: _Row) -> RuleCheck:
    return RuleCheck(rule.id, words, row.label, row.used, row.at_least, row.at_most, row.unit)


def _rows(
    rule: Rule,
    pool: Pool,
    scenario: Scenario,
    mix: Sequence[Project],
    payments: Sequence[Payment],
) -> list[_Row]:
    if isinstance(rule, MoneyRule):
        return _money_rows(rule, pool, scenario, mix, payments)
    if isinstance(rule, ProjectRule):
        return _project_rows(rule, pool, scenario, mix)
    if isinstance(rule, WorthRule):
        return [_worth_row(rule, pool, mix)]
    match rule:
        case Capacity():
            return _capacity_rows(rule, pool, mix)
        case Limit():
            return _limit_rows(rule, pool, mix)
        case LossLimit():
            return [_Row("", _lost(rule, mix), None, Fraction(rule.at_most), "cents")]


def _worth_row(rule: WorthRule, pool: Pool, mix: Sequence[Project]) -> _Row:
    """What a rule on worth counts in a mix; it has no limit."""
    match rule:
        case Synergy() | NewTies():
            ids = {project.id for project in mix}
            earned = [bonus.earned(ids) for bonus in bonuses_of(rule, pool)]
            return _Row("", Fraction(sum(earned)), None, None, "times")
        case LossWeight():
            return _Row("", _lost(rule, mix), None, None, "lost")
        case PayoffReserve():
            return _Row("", Fraction(min(rule.projects, len(mix))), None, None, "projects")


def _lost(rule: LossLimit | LossWeight, mix: Sequence[Project]) -> Fraction:
    by_id = tuple(sorted(mix, key=lambda project: project.id))
    return tail_loss(by_id, rule.level, rule.outcomes, rule.seed)


def _money_rows(
    rule: MoneyRule,
    pool: Pool,
    scenario: Scenario,
    mix: Sequence[Project],
    payments: Sequence[Payment],
) -> list[_Row]:
    match rule:
        case TotalBudget():
            spend = Fraction(sum(project.grant for project in mix))
            return [_Row("", spend, None, Fraction(rule.limit), "cents")]
        case SourceBudget():
            return _source_rows(rule, pool, scenario, payments)
        case Eligibility():
            return [_eligibility_row(pool, scenario, payments)]
        case CoFunding():
            return [_at_most_row(_paid_over_rate(pool, scenario, mix, payments), 0)]
        case DeMinimis():
            return _aid_rows(rule, pool, scenario, mix)
        case CostReserve():
            most = at_worst(rule, (project.grant for project in mix))
            return [_Row("", Fraction(most), None, Fraction(rule.limit), "cents")]


def _project_rows(
    rule: ProjectRule, pool: Pool, scenario: Scenario, mix: Sequence[Project]
) -> list[_Row]:
    match rule:
        case Must():
            missing = set(rule.projects) - {project.id for project in mix}
            return [_at_most_row(len(missing), 0)]
        case MustNot():
            return [_at_most_row(_held(rule.projects, mix), 0)]
        case Requires():
            chosen = _held((rule.project,), mix) == 1
            short = to_bring(rule, pool) - {project.id for project in mix}
            return [_at_most_row(len(short) if chosen else 0, 0)]
        case AtMostOf():
            return [_at_most_row(_held(rule.projects, mix), rule.count)]
        case Admission():
            day = decision_day(pool.cluster.calendar, scenario)
            missed = [shortfall(rule, pool, project, day) for project in mix]
            return [_at_most_row(sum(one is not None for one in missed), 0)]
        case LeaderLoad():
            return _leader_rows(rule, pool, mix)


def _paid_over_rate(
    pool: Pool, scenario: Scenario, mix: Sequence[Project], payments: Sequence[Payment]
) -> int:
    """Projects to which a source pays more in a period than its rate allows."""
    own = Caps(pool, scenario)
    limits = {project.id: own.of(project) for project in mix}
    paid: dict[tuple[str, str, int], int] = defaultdict(int)
    for payment in payments:
        paid[payment.project, payment.source, payment.period] += payment.cents
    over = {
        project
        for (project, source, period), cents in paid.items()
        if source in limits[project] and cents > limits[project][source][period]
    }
    return len(over)


def _aid_rows(
    rule: DeMinimis, pool: Pool, scenario: Scenario, mix: Sequence[Project]
) -> list[_Row]:
    """Aid by undertaking, what it had before included. What it had alone breaks nothing."""
    before = granted_before(rule, pool, decision_day(pool.cluster.calendar, scenario))
    granted: dict[str, int] = defaultdict(int)
    for project in mix:
        owner = receiver(pool, project)
        if owner is not None:
            granted[owner] += project.grant
    return [
        _Row(
            owner,
            Fraction(granted[owner] + before.get(owner, 0)),
            None,
            Fraction(max(rule.ceiling, before.get(owner, 0))),
            "cents",
        )
        for owner in sorted(granted)
    ]


def _leader_rows(rule: LeaderLoad, pool: Pool, mix: Sequence[Project]) -> list[_Row]:
    """Projects by leader and period, those that run already included."""
    calendar = pool.cluster.calendar
    running = leads(pool.running, calendar)
    chosen = leads(mix, calendar)
    return [
        _Row(
            f"{leader}, {calendar.label(t)}",
            Fraction(number + running[leader, t]),
            None,
            Fraction(max(rule.at_most, running[leader, t])),
            "projects",
        )
        for (leader, t), number in sorted(chosen.items())
    ]


def _held(ids: tuple[str, ...], mix: Sequence[Project]) -> int:
    named = frozenset(ids)
    return sum(project.id in named for project in mix)


def _at_most_row(used: int, limit: int) -> _Row:
    return _Row("", Fraction(used), None, Fraction(limit), "projects")


def _source_rows(
    rule: SourceBudget, pool: Pool, scenario: Scenario, payments: Sequence[Payment]
) -> list[_Row]:
    source = next(source for source in scenario.sources if source.id == rule.source)
    paid = [0] * len(source.budgets)
    for payment in payments:
        if payment.source == source.id:
            paid[payment.period] += payment.cents
    if source.carry_over:
        used = [sum(paid[: t + 1]) for t in range(len(paid))]
        limits = [sum(source.payable[: t + 1]) for t in range(len(paid))]
    else:
        used, limits = paid, list(source.payable)
    return [
        _Row(pool.cluster.calendar.label(t), Fraction(used[t]), None, Fraction(limits[t]), "cents")
        for t in range(len(paid))
    ]


def _eligibility_row(pool: Pool, scenario: Scenario, payments: Sequence[Payment]) -> _Row:
    eligible = eligible_sources(pool, scenario)
    wrong = {p.project for p in payments if p.source not in eligible[p.project]}
    return _at_most_row(len(wrong), 0)


def _capacity_rows(rule: Capacity, pool: Pool, mix: Sequence[Project]) -> list[_Row]:
    calendar = pool.cluster.calendar
    whole_horizon = len(rule.amounts) == 1
    used = [Fraction(0)] * len(rule.amounts)
    for project in mix:
        amount = resource_need(project, rule.resource)
        if whole_horizon:
            used[0] += amount
        elif amount:
            periods = project.periods(calendar)
            for t in periods:
                used[t] += amount / len(periods)
    labels = [""] if whole_horizon else [calendar.label(t) for t in range(len(used))]
    return [
        _Row(label, need, None, Fraction(limit), rule.resource)
        for label, need, limit in zip(labels, used, rule.amounts, strict=True)
    ]


def resource_need(project: Project, resource: str) -> Fraction:
    """What the project needs of a named resource over its whole life."""
    return sum(
        (Fraction(need.amount) for need in project.resources if need.resource == resource),
        Fraction(0),
    )


def limit_values(rule: Limit, pool: Pool) -> tuple[str, ...]:
    """The classes a limit speaks of: its own value, or each that a candidate is known to have."""
    if rule.value != EVERY:
        return (rule.value,)
    return tuple(value for value in groups(pool, rule.attribute) if value != UNKNOWN)


def _limit_rows(rule: Limit, pool: Pool, mix: Sequence[Project]) -> list[_Row]:
    by_money = rule.measure in ("money share", "money")
    shares = rule.measure in ("money share", "project share")
    class_of = ATTRIBUTES[rule.attribute]
    by_class: dict[str, int] = defaultdict(int)
    for project in mix:
        by_class[class_of(project)] += project.grant if by_money else 1
    whole = sum(by_class.values())
    unit = limit_unit(rule.measure)
    at_least = None if rule.at_least is None else Fraction(rule.at_least)
    at_most = None if rule.at_most is None else Fraction(rule.at_most)
    rows = []
    for value in limit_values(rule, pool):
        used = Fraction(by_class[value])
        if shares:
            if whole == 0:
                continue
            used /= whole
        rows.append(_Row(value, used, at_least, at_most, unit))
    return rows
