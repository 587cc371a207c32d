"""The best mix for a question: asked of the engine, and said in sentences and figures."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import optimizer
from dashboard.services import chosen, words
from dashboard.services.chosen import Mix
from optimizer import Options, Progress
from portfolio.funding.rules import Limit
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario, active_rules
from portfolio.scoring import value
from portfolio.selection import RuleCheck, Selection, Status
from portfolio.wording import count, money, percent

Report = Callable[[object], None]
MOST_OTHERWISE = 5
"""Projects chosen otherwise than proposed that a sentence names."""
FEW = 20
"""Below so many chances their sum is told to a tenth."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer."""

    pool: Pool
    scenario: Scenario
    selection: Selection

    @property
    def proven(self) -> bool:
        """Whether more time could not change it."""
        return self.selection.status in (Status.OPTIMAL, Status.INFEASIBLE)

    @property
    def inside(self) -> frozenset[str]:
        """Ids of the projects in the mix."""
        return frozenset(self.selection.ids)

    @property
    def as_chosen(self) -> Mix:
        """The mix as versions and starts of the data it was chosen from."""
        return Mix(self.pool, self.selection.chosen)

    @property
    def mix(self) -> tuple[Project, ...]:
        """The projects in the mix as they were chosen, in order of id."""
        return chosen.projects(self.pool, self.selection.chosen)


def find(
    pool: Pool, scenario: Scenario, options: Options, report: Report, cancel: threading.Event
) -> Answered:
    """The best mix."""
    selection = optimizer.optimize(pool, scenario, options, progress=report, cancel=cancel)
    return Answered(pool, scenario, selection)


def headline(answered: Answered) -> str:
    """The answer as one sentence with its numbers."""
    pool, selection = answered.pool, answered.selection
    rules = len(active_rules(answered.scenario))
    match selection.status:
        case Status.OPTIMAL | Status.FEASIBLE:
            return _fund(answered)
        case Status.INFEASIBLE:
            return _none(rules)
        case Status.NO_SOLUTION_FOUND:
            return f"None found in {selection.seconds:.0f} seconds; one may exist."
        case _:
            return f"{pool.cluster.name}: no answer could be found."


def context(answered: Answered) -> str:
    """One plain sentence beside the answer: how certain it is, or what to do."""
    selection = answered.selection
    rules = len(active_rules(answered.scenario))
    match selection.status:
        case Status.OPTIMAL if answered.scenario.stay_close is not None:
            loss = percent(answered.scenario.stay_close.loss)
            return f"It stays as close as possible to what was agreed, within {loss} of the best."
        case Status.OPTIMAL if rules:
            within = "rule" if rules == 1 else count(rules, "rule")
            return f"No other mix does better within the {within}."
        case Status.OPTIMAL:
            return "No other mix does better."
        case Status.FEASIBLE:
            return f"Good, not proven best{missing(answered)}."
        case Status.INFEASIBLE:
            return "The rules that cannot hold together stand below, with the way out of each."
        case Status.NO_SOLUTION_FOUND:
            return "Look longer, or make a rule milder."
        case _:
            return selection.message


def otherwise(answered: Answered, mark: words.Mark) -> str:
    """Which projects are chosen otherwise than proposed, and how; "" where all are as proposed."""
    found = chosen.clauses(answered.pool, answered.selection.chosen, mark)
    if not found:
        return ""
    told = [
        f"{mark(answered.pool.project(project_id).name or project_id)} {how}"
        for project_id, how in sorted(found.items())
    ]
    rest = [f"{len(told) - MOST_OTHERWISE:,} more"] if len(told) > MOST_OTHERWISE else []
    return f"Not as proposed: {'; '.join([*told[:MOST_OTHERWISE], *rest])}."


def missing(answered: Answered) -> str:
    """How much a mix that is not proven best could lack at most, as a clause after a colon."""
    selection, pool = answered.selection, answered.pool
    if selection.value is None or selection.bound is None:
        return ": how much could be missing is not known"
    lack = max(selection.bound - selection.value, 0)
    unit = value.unit(answered.scenario.objective)
    share = f" ({percent(selection.gap)})" if selection.gap is not None else ""
    return f": at most {words.worth(lack, unit, pool.cluster.currency)}{share} could be missing"


def certainty(answered: Answered) -> str:
    """The proof in a few words."""
    match answered.selection.status:
        case Status.OPTIMAL:
            return "Proven best"
        case Status.FEASIBLE:
            return "Good, not proven best"
        case Status.INFEASIBLE:
            return "Proven: no mix"
        case _:
            return "No answer yet"


def no_mix(selection: Selection) -> str:
    """Why there is no mix, as a clause: for certain, or only not found yet."""
    if selection.status is Status.INFEASIBLE:
        return "no mix meets all rules"
    return "no mix was found in time, and one may exist"


def rules_met(answered: Answered) -> tuple[int, int]:
    """How many rules the mix meets, of how many that count."""
    checks = answered.selection.checks
    return sum(check.met for check in checks), len(checks)


def worth_of(answered: Answered) -> str:
    """The worth of the mix for a sentence; "" without a mix."""
    if answered.selection.value is None:
        return ""
    unit = value.unit(answered.scenario.objective)
    return words.worth(answered.selection.value, unit, answered.pool.cluster.currency)


def progress_words(pool: Pool, scenario: Scenario) -> Callable[[object], str]:
    """How to say what is known while the engine looks."""
    unit = value.unit(scenario.objective)

    def say(progress: object) -> str:
        if not isinstance(progress, Progress):
            return "Looking for the best mix."
        if progress.of:
            return f"Checked {progress.done} of {progress.of}."
        if progress.value is None:
            return "Looking for the best mix."
        best = f"Best so far {words.worth(progress.value, unit, pool.cluster.currency)}"
        if progress.bound is None or progress.bound <= progress.value:
            return f"{best}."
        share = Fraction(progress.bound - progress.value, max(abs(progress.value), 1))
        return f"{best}, at most {percent(share)} missing."

    return say


def progress_share(progress: object) -> float | None:
    """How far work made of parts is, 0 to 1."""
    if isinstance(progress, Progress) and progress.of:
        return min(progress.done / progress.of, 1.0)
    return None


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of a mix: label, value and note, short enough for a phone."""

    label: str
    value: str
    note: str


def numbers(answered: Answered) -> tuple[Number, ...]:
    """Up to four figures of a mix: what is left, what others add, the largest share, what works."""
    found = (
        _left_over(answered),
        other_money(answered),
        _largest_lead(answered) or _largest_theme(answered),
        expected_to_work(answered),
    )
    return tuple(number for number in found if number is not None)


def _fund(answered: Answered) -> str:
    pool, selection = answered.pool, answered.selection
    number, whole = len(selection.chosen), len(pool.candidates)
    if number == 0:
        return f"Fund none of {count(whole, 'proposal')}: no mix is worth more than nothing."
    spend = money(words.whole_money(selection.spend), pool.cluster.currency)
    start = f"Fund {number:,} of {count(whole, 'proposal')} for {spend}."
    worth = worth_of(answered)
    match value.unit(answered.scenario.objective):
        case "money":
            return f"{start} Together they should return {worth} after all costs."
        case "points":
            return f"{start} Together they score {worth}."
        case "benefit":
            return f"{start} Together they bring {worth.removesuffix(' in benefit')} in benefit."


def _none(rules: int) -> str:
    match rules:
        case 1:
            return "No mix meets the rule."
        case 2:
            return "No mix meets both rules."
        case _:
            return f"No mix meets all {count(rules, 'rule')}."


def _left_over(answered: Answered) -> Number:
    currency = answered.pool.cluster.currency
    limit = answered.scenario.money
    if limit is None:
        return Number(
            "Committed", words.short_money(answered.selection.spend, currency), "no limit"
        )
    left = limit - answered.selection.spend
    note = "all of it is used" if left == 0 else f"of {words.short_money(limit, currency)}"
    return Number("Left over", words.short_money(left, currency), note)


def other_money(answered: Answered) -> Number:
    """Co-funding for each unit of grant: Σ (cost − grant) / Σ grant.

    In a list that knows no co-funding, the average grant instead.
    """
    currency = answered.pool.cluster.currency
    grants = sum(project.grant for project in answered.mix)
    if not any(project.co_funding for project in answered.pool.candidates):
        average = grants // max(len(answered.mix), 1)
        return Number("Average grant", words.short_money(average, currency), "of those in")
    sign = words.symbol(currency)
    label = f"Others add per {sign}1"
    if grants == 0:
        return Number(label, "–", "no grant")
    others = Fraction(sum(project.co_funding for project in answered.mix), grants)
    return Number(label, f"{sign}{float(others):.2f}", "co-funding")


def _largest_lead(answered: Answered) -> Number | None:
    shares = _shares(answered, lambda project: project.lead)
    if not shares:
        return None
    limit = _lead_limit(answered)
    note = "one lead" if limit is None else f"limit: {percent(limit)}"
    return Number("Largest lead", words.whole_percent(max(shares)), note)


def _largest_theme(answered: Answered) -> Number | None:
    shares = _shares(answered, lambda project: project.theme)
    return (
        Number("Largest theme", words.whole_percent(max(shares)), "of the money")
        if shares
        else None
    )


def _shares(answered: Answered, group: Callable[[Project], str]) -> list[Fraction]:
    """Shares of the spend by group; projects of no group are left out."""
    by_group: dict[str, int] = {}
    for project in answered.mix:
        if group(project):
            by_group[group(project)] = by_group.get(group(project), 0) + project.grant
    spend = answered.selection.spend
    return [Fraction(cents, spend) for cents in by_group.values()] if spend else []


def _lead_limit(answered: Answered) -> Fraction | None:
    limits = [
        Fraction(rule.at_most)
        for rule in active_rules(answered.scenario)
        if isinstance(rule, Limit)
        and rule.attribute == "lead"
        and rule.measure == "money share"
        and rule.at_most is not None
    ]
    return min(limits, default=None)


def expected_to_work(answered: Answered) -> Number | None:
    """Expected number of successes: the sum of the chances that are known; None without any."""
    chances = [p for project in answered.mix if (p := project.p_success) is not None]
    if not chances:
        return None
    unknown = len(answered.mix) - len(chances)
    note = f"chance of {unknown:,} not known" if unknown else "sum of chances"
    return Number("Expected to work", _of_all(chances), note)


def _of_all(chances: Sequence[float]) -> str:
    """The sum of chances of how many: to a tenth where they are few, halves up.

    It never reads as none or all unless it is exactly so.
    """
    whole = len(chances)
    exact = sum((Decimal(str(chance)) for chance in chances), Decimal(0))
    step = Decimal("0.1") if whole < FEW else Decimal(1)
    near = exact.quantize(step, ROUND_HALF_UP)
    if near == 0 < exact:
        told = f"under {step}"
    elif near == whole > exact:
        told = f"over {whole - step:,}"
    else:
        told = f"{near:,}".removesuffix(".0")
    return f"{told} of {whole:,}"


def check_words(check: RuleCheck, currency: str) -> str:
    """How a rule stands in the mix, for a table: used and limit in its own unit."""
    if check.unit == "times":
        return f"earned {count(int(check.used), 'time')}" if check.used else "not earned"
    if check.unit == "lost":
        verb = "gains" if check.used < 0 else "loses"
        return f"{verb} {_amount(abs(check.used), 'cents', currency)} there"
    used = _amount(check.used, check.unit, currency)
    label = f"{check.label}: " if check.label else ""
    if check.at_least is not None and check.at_most is not None:
        low, high = (_amount(x, check.unit, currency) for x in (check.at_least, check.at_most))
        return f"{label}{used}, allowed {low} to {high}"
    if check.at_least is not None:
        return f"{label}{used}, at least {_amount(check.at_least, check.unit, currency)}"
    if check.at_most is not None:
        return f"{label}{used}, at most {_amount(check.at_most, check.unit, currency)}"
    return f"{label}{used}"


def _amount(amount: Fraction, unit: str, currency: str) -> str:
    match unit:
        case "cents":
            return money(words.whole_money(round(amount)), currency)
        case "share":
            return percent(amount)
        case "projects":
            return words.number(amount)
        case _:
            return f"{words.number(amount)} {unit}"
