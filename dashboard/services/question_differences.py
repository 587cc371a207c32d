"""What differs between two questions, an earlier and a later one, each as a plain sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from dashboard.services import words
from dashboard.services.rule_forms import said
from dashboard.services.source_forms import rate_words
from portfolio.errors import NotFoundError
from portfolio.funding.rules import (
    Capacity,
    CoFunding,
    Eligibility,
    Rule,
    SourceBudget,
    TotalBudget,
)
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.scenario import Aim, Objective, Scenario, StayClose, active_rules
from portfolio.units import from_cents
from portfolio.wording import count, listed, money, percent

T = TypeVar("T")
MOST_PERIODS = 3
"""Periods of an envelope that are told with their figures."""
AIMS: Mapping[Aim, str] = {
    "payoff": "the highest expected payoff",
    "score": "the highest score",
    "blend": "payoff and score together",
    "benefit": "the most benefit",
}
_METHODS = {"ecv": "expected commercial value", "rnpv": "risk-adjusted net present value"}


@dataclass(frozen=True, slots=True)
class Posed:
    """A question, and the data over which it was asked: names and periods are those of the data."""

    scenario: Scenario
    pool: Pool

    @property
    def currency(self) -> str:
        """The currency of the data."""
        return self.pool.cluster.currency


def differences(one: Posed, other: Posed) -> tuple[str, ...]:
    """What the later question `other` asks that the earlier one does not, and the reverse.

    Empty when both ask the same. Names and sentences of rules are as users typed them.
    """
    return (
        *_money(one, other),
        *_aim(one.scenario.objective, other.scenario.objective),
        *_day(one.scenario.on, other.scenario.on),
        *_stay_close(one, other),
        *_periods(one, other),
        *_funders(one, other),
        *_rules(one, other),
    )


def _money(one: Posed, other: Posed) -> Iterable[str]:
    before, after = one.scenario.money, other.scenario.money
    if before == after:
        return
    if before is None or after is None:
        told = money(before or after or 0, (one if after is None else other).currency)
        yield (
            f"The money in all has no limit instead of {told}."
            if after is None
            else f"The money in all is {told} instead of having no limit."
        )
    else:
        yield f"The money in all is {_instead(before, after, other.currency)}."


def _aim(one: Objective, other: Objective) -> Iterable[str]:
    if one.aim != other.aim:
        yield f"It aims for {AIMS[other.aim]} instead of {AIMS[one.aim]}."
    if one.method != other.method:
        yield f"Payoff is the {_METHODS[other.method]} instead of the {_METHODS[one.method]}."
    if one.payoff_weight != other.payoff_weight:
        weights = f"{percent(other.payoff_weight)} instead of {percent(one.payoff_weight)}"
        yield f"Where payoff and score count together, payoff counts for {weights}."
    if one.caution != other.caution:
        caution = f"{percent(other.caution)} instead of {percent(one.caution)}"
        yield f"Payoffs are moved {caution} of the way to their low estimates."


def _day(one: date | None, other: date | None) -> Iterable[str]:
    if one != other:
        yield f"Rules with dates count {_as_on(other)} instead of {_as_on(one)}."


def _as_on(day: date | None) -> str:
    return "whatever their dates" if day is None else f"as on {words.day(day)}"


def _stay_close(one: Posed, other: Posed) -> Iterable[str]:
    before, after = one.scenario.stay_close, other.scenario.stay_close
    if before is None or after is None:
        if after is not None:
            yield f"Only the later one stays close to {_agreed(after)}."
        if before is not None:
            yield f"Only the earlier one stays close to {_agreed(before)}."
        return
    enters = _names(set(after.agreed) - set(before.agreed), other.pool, one.pool)
    leaves = _names(set(before.agreed) - set(after.agreed), one.pool, other.pool)
    changes = [f"with {listed(enters)}"] if enters else []
    changes += [f"without {listed(leaves)}"] if leaves else []
    if changes:
        yield f"It stays close to another mix: the earlier one's {' and '.join(changes)}."
    if before.loss != after.loss:
        losses = f"{percent(after.loss)} instead of {percent(before.loss)}"
        yield f"To stay close it may lose up to {losses} of the best."


def _agreed(close: StayClose) -> str:
    agreed = count(len(close.agreed), "proposal")
    return f"an agreed mix of {agreed}, within {percent(close.loss)} of the best"


def _funders(one: Posed, other: Posed) -> Iterable[str]:
    old = {source.id: source for source in one.scenario.sources}
    new = {source.id: source for source in other.scenario.sources}
    for source_id, source in new.items():
        if source_id in old:
            yield from _funder(old[source_id], source, one, other)
        else:
            amount = money(source.total, other.currency)
            yield f"Only the later one has money from {source.name}: {amount} in all."
    for source_id, source in old.items():
        if source_id not in new:
            amount = money(source.total, one.currency)
            yield f"Only the earlier one has money from {source.name}: {amount} in all."


def _funder(before: Source, after: Source, one: Posed, other: Posed) -> Iterable[str]:
    name = after.name
    if before.name != name:
        yield f"{before.name} is called {name}."
    if before.total != after.total:
        yield f"{name} gives {_instead(before.total, after.total, other.currency)} in all."
    yield from _envelopes(before, after, one, other)
    if before.carry_over != after.carry_over:
        yield (
            f"What {name} does not spend in a period may be spent later."
            if after.carry_over
            else f"What {name} does not spend in a period is lost."
        )
    if before.public != after.public:
        kinds = ("public", "private") if after.public else ("private", "public")
        yield f"{name} gives {kinds[0]} money instead of {kinds[1]} money."
    if set(before.rates) != set(after.rates):
        old_rates, new_rates = (rate_words(source) or "any share" for source in (before, after))
        yield f"Of a project's cost {name} pays at most {new_rates} instead of {old_rates}."
    if before.fee != after.fee:
        fees = f"{percent(after.fee)} instead of {percent(before.fee)}"
        yield f"{name} keeps {fees} of its money for administration."
    for plural, old, new in (
        ("themes", before.themes, after.themes),
        ("scopes", before.scopes, after.scopes),
        ("roles of the lead", before.lead_roles, after.lead_roles),
    ):
        if set(old) != set(new):
            yield f"{name} pays for {_allowed(new, plural)} instead of {_allowed(old, plural)}."


def _allowed(values: Iterable[str], plural: str) -> str:
    names = [str(value) for value in values]
    return f"the {plural} {listed(names)}" if names else f"all {plural}"


def _envelopes(before: Source, after: Source, one: Posed, other: Posed) -> Iterable[str]:
    if len(before.budgets) == len(after.budgets) == 1:
        return  # The total tells it.
    told = _by_period(
        _labelled(one, before.budgets),
        _labelled(other, after.budgets),
        lambda old, new: _instead(old, new, other.currency),
    )
    if told:
        yield f"{after.name} gives {told}."


def _periods(one: Posed, other: Posed) -> Iterable[str]:
    if one.pool.cluster.calendar != other.pool.cluster.calendar:
        yield "The two have other periods."


def _rules(one: Posed, other: Posed) -> Iterable[str]:
    old, new = ({rule.id: rule for rule in active_rules(p.scenario)} for p in (one, other))
    same = {_core(rule) for rule in old.values()} & {_core(rule) for rule in new.values()}
    gone = {rule_id: rule for rule_id, rule in old.items() if _core(rule) not in same}
    come = {rule_id: rule for rule_id, rule in new.items() if _core(rule) not in same}
    before = {i: r for i, r in gone.items() if not _told_already(r, one, other, come.values())}
    after = {i: r for i, r in come.items() if not _told_already(r, other, one, gone.values())}
    for rule_id, rule in after.items():
        if rule_id in before:
            yield _changed(before[rule_id], rule, one, other)
        else:
            yield f"Only the later one asks: {_said(rule, other)}."
    for rule_id, rule in before.items():
        if rule_id not in after:
            yield f"Only the earlier one asks: {_said(rule, one)}."


def _told_already(rule: Rule, posed: Posed, beside: Posed, there: Iterable[Rule]) -> bool:
    """Whether another sentence tells a rule of `posed` that `beside` does not ask like this.

    A rule that comes or goes with a funder is told with it. A total budget is told by the money in
    all where that differs, and where on either side it is the budget that sets it. `there` are the
    rules of `beside` that `posed` does not ask.
    """
    if isinstance(rule, TotalBudget):
        budgets = [each for each in there if isinstance(each, TotalBudget)]
        return posed.scenario.money != beside.scenario.money and (
            _sets_the_money(rule, posed) and all(_sets_the_money(each, beside) for each in budgets)
        )
    funders = {source.id for source in beside.scenario.sources}
    if isinstance(rule, SourceBudget):
        return rule.source not in funders
    if isinstance(rule, CoFunding):
        return not any(source.rates for source in beside.scenario.sources)
    return isinstance(rule, Eligibility) and not (funders and posed.scenario.sources)


def _sets_the_money(budget: TotalBudget, posed: Posed) -> bool:
    return budget.limit == posed.scenario.money


def _core(rule: Rule) -> Rule:
    """What a rule asks, without its name, wording and origin; its dates are read already."""
    return replace(rule, id="", sentence="", origin="", valid_from=None, valid_to=None)


def _changed(before: Rule, after: Rule, one: Posed, other: Posed) -> str:
    if isinstance(before, Capacity) and isinstance(after, Capacity):
        told = _by_period(
            _labelled(one, before.amounts),
            _labelled(other, after.amounts),
            lambda old, new: f"{words.number(new)} instead of {words.number(old)}",
        )
        if told and before.resource == after.resource:
            return f"Of {after.resource} at most {told}."
    told_before, told_after = _said(before, one), _said(after, other)
    if told_before == told_after:
        # A sentence that somebody wrote stays when the rule's values change.
        told_before = _said(replace(before, sentence=""), one)
        told_after = _said(replace(after, sentence=""), other)
    return f"{told_after}; the earlier one asks: {told_before}."


def _said(rule: Rule, posed: Posed) -> str:
    return said(rule, posed.pool, posed.scenario).rstrip(".")


def _by_period(one: Mapping[str, T], other: Mapping[str, T], instead: Callable[[T, T], str]) -> str:
    """The periods whose amounts differ, the first few with figures; "" when none does.

    A period that one of the two lacks is not told: its amount is not nought but not asked.
    """
    changed = [label for label in other if label in one and one[label] != other[label]]
    told = [f"{instead(one[label], other[label])} in {label}" for label in changed[:MOST_PERIODS]]
    if len(changed) > MOST_PERIODS:
        rest = count(len(changed) - MOST_PERIODS, "more period")
        told.append(f"other amounts in {rest}")
    return listed(told)


def _labelled(posed: Posed, amounts: tuple[T, ...]) -> dict[str, T]:
    """Amounts by the names of their periods; none where one amount holds for all periods."""
    calendar = posed.pool.cluster.calendar
    if len(amounts) != calendar.count:
        return {}
    return {calendar.label(period): amount for period, amount in enumerate(amounts)}


def _instead(before: int, after: int, currency: str) -> str:
    """Two amounts in cents, to the cent where they would read alike."""
    texts = [money(cents, currency) for cents in (after, before)]
    if texts[0] == texts[1]:
        sign = words.symbol(currency)
        texts = [f"{sign}{from_cents(cents):,.2f}" for cents in (after, before)]
    return " instead of ".join(texts)


def _names(ids: Iterable[str], pool: Pool, fallback: Pool) -> list[str]:
    return [name_in(pool, project_id, fallback) for project_id in sorted(ids)]


def name_in(pool: Pool | None, project_id: str, fallback: Pool | None = None) -> str:
    """A project's name in a pool, else in another, else its id."""
    for place in (pool, fallback):
        if place is not None:
            try:
                return place.project(project_id).name or project_id
            except NotFoundError:
                continue
    return project_id
