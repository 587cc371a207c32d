"""What the money buys: settings of the funders, the step curve, and its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10
from typing import Literal

from dashboard.services import chosen, words
from dashboard.services.mix import Answered, no_mix
from portfolio.pool import Pool
from portfolio.scenario import Scenario, with_money, with_source_totals
from portfolio.scoring import value
from portfolio.selection import Selection
from portfolio.wording import MINUS, NO_BREAK, count, money

Span = Literal["near", "whole"]
POINTS = 41
NEAR = Fraction(1, 6)
"""How far the near view reaches to each side, as a share of the setting."""
STEPS = 5
NO_STEP_IN_TIME = "No further step was found in time; one may exist."
NO_MORE_STEPS = "There is no further step: more money alone buys no better mix."
ALL = "all"
"""The id of the one purse of a question without funders."""


@dataclass(frozen=True, slots=True)
class Purse:
    """One slider: a funder, or all the money where the question has no funders. Cents."""

    id: str
    name: str
    agreed: int
    most: int
    step: int


def purses(scenario: Scenario, pool: Pool) -> tuple[Purse, ...]:
    """The funders of a question, or all the money as one; empty when nothing limits it."""
    if scenario.sources:
        return tuple(
            Purse(source.id, source.name, source.total, *_range(source.total))
            for source in scenario.sources
        )
    limit = scenario.money
    if limit is None:
        limit = chosen.most_asked(pool)
    return (Purse(ALL, "All money", limit, *_range(limit)),) if limit > 0 else ()


def agreed_name(scenario: Scenario) -> str:
    """What money in all is called: beside funders it says how it is shared."""
    return "All funders, shared as agreed" if scenario.sources else "All money"


def agreed(all_purses: Sequence[Purse]) -> dict[str, int]:
    """What was agreed, in cents by purse."""
    return {purse.id: purse.agreed for purse in all_purses}


def cut(all_purses: Sequence[Purse], share: Fraction) -> dict[str, int]:
    """The same cut for every purse, to whole units: `share` is what is left of each."""
    return {purse.id: int(purse.agreed * share) // 100 * 100 for purse in all_purses}


def scenario_at(scenario: Scenario, setting: Mapping[str, int]) -> Scenario:
    """The question with this much money in each purse."""
    if not scenario.sources:
        return with_money(scenario, setting[ALL])
    return with_source_totals(scenario, setting)


def to_texts(setting: Mapping[str, int]) -> list[str]:
    """A setting for an address."""
    return [f"{purse}:{cents // 100}" for purse, cents in setting.items()]


def from_texts(texts: Sequence[str], all_purses: Sequence[Purse]) -> dict[str, int]:
    """A setting from an address; what is not named or cannot be used is as agreed."""
    setting = agreed(all_purses)
    most = {purse.id: purse.most for purse in all_purses}
    for text in texts:
        purse, _, units = text.rpartition(":")
        if purse in setting and units.isdecimal() and len(units) < 16:
            setting[purse] = min(int(units) * 100, most[purse])
    return setting


def ladder(setting_total: int, scenario: Scenario, pool: Pool, span: Span) -> tuple[int, ...]:
    """The budgets of the curve in cents, rising; the setting itself is one of them."""
    asked = chosen.most_asked(pool)
    if span == "near":
        low, high = int(setting_total * (1 - NEAR)), int(setting_total * (1 + NEAR))
    else:
        low, high = 0, max(setting_total * 2, scenario.money or 0)
    high = max(min(high, max(asked, setting_total)), low + 100)
    step = max((high - low) / (POINTS - 1), 100.0)
    found = {low + round(k * step) // 100 * 100 for k in range(POINTS)}
    return tuple(sorted({cents for cents in found if cents <= high} | {setting_total}))


def headline(now: Answered, then: Answered | None, setting: int, agreed_total: int) -> str:
    """The answer as one sentence. `then` is the answer to what was agreed."""
    pool, unit = now.pool, value.unit(now.scenario.objective)
    currency = pool.cluster.currency
    have = money(words.whole_money(setting), currency)
    if not now.selection.status.has_mix:
        return f"With {have}, {no_mix(now.selection)}."
    if not now.selection.chosen:
        return f"With {have}, no mix is worth more than nothing."
    worth = words.worth(now.selection.value or 0, unit, currency)
    mix = count(len(now.selection.chosen), "proposal")
    if then is None or setting == agreed_total or then.selection.value is None:
        return f"{have} buys {mix} that {_returns(unit)} {worth}."
    change = (now.selection.value or 0) - then.selection.value
    instead = money(words.whole_money(agreed_total), currency)
    amount = words.worth(abs(change), unit, currency)
    side = "more" if change > 0 else "less"
    more = f"{amount} {side}" if change else "the same as agreed"
    return f"With {have} instead of {instead}, the mix returns {worth}: {more}."


def context(
    now: Answered, then: Answered | None, setting: int, agreed_total: int, rate: float | None
) -> str:
    """One or two plain sentences: what each unit of the change is worth, and the next one's rate."""
    found = []
    unit, currency = value.unit(now.scenario.objective), now.pool.cluster.currency
    values = (now.selection.value, then.selection.value if then else None)
    changed = setting != agreed_total
    if changed and values[0] is not None and values[1] is not None:
        gained = Fraction(values[0] - values[1], 1_000_000)
        each = gained / Fraction(setting - agreed_total, 100)
        verb = "cut costs" if setting < agreed_total else "more brings"
        coin, amount = _each(float(each), unit, currency)
        found.append(f"Each {coin} {verb} about {amount}.")
    if rate is not None and now.selection.chosen:
        coin, amount = _each(rate, unit, currency)
        found.append(f"The next {coin} is worth about {amount} (rate).")
    if not changed:
        found.append("Move a slider to see what enters and what leaves.")
    return " ".join(found)


SIZES = (1, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
READABLE = 0.1


def _coin(currency: str) -> str:
    return {"EUR": "euro", "GBP": "pound", "USD": "dollar"}.get(currency, "unit of money")


def _each(amount: float, unit: value.Unit, currency: str) -> tuple[str, str]:
    """For how much money, and what it is worth: one coin in money, else enough to read."""
    if unit == "money":
        minus = MINUS if amount < 0 else ""
        return _coin(currency), f"{minus}{words.symbol(currency)}{abs(amount):,.2f}"
    units = next((size for size in SIZES if abs(amount) * size >= READABLE), SIZES[-1])
    coin = _coin(currency) if units == 1 else money(units * 100, currency)
    return coin, f"{amount * units:.3g} {_unit(unit)}".replace("-", MINUS)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Places of ticks in plain units, and their words."""

    places: tuple[float, ...]
    words: tuple[str, ...]


def money_ticks(low: float, high: float, currency: str) -> Ticks:
    """At most five round amounts from low to high, in currency units."""
    places = round_places(low, high)
    step = _step(places)
    return Ticks(places, tuple(tick_words(place, step, currency) for place in places))


def worth_ticks(low: float, high: float, unit: value.Unit, currency: str) -> Ticks:
    """The same for worth."""
    if unit == "money":
        return money_ticks(low, high, currency)
    places = round_places(low, high)
    digits = _digits(_step(places))
    return Ticks(places, tuple(f"{place:,.{digits}f}".replace("-", MINUS) for place in places))


def round_places(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """At most `most` round numbers in a span, evenly apart by 1, 2, 2.5 or 5 times a power of ten.

    >>> round_places(0, 100), round_places(1.72, 2.21)
    ((0.0, 25.0, 50.0, 75.0, 100.0), (1.8, 1.9, 2.0, 2.1, 2.2))
    """
    if high <= low:
        return (low,)
    power = 10.0 ** floor(log10((high - low) / most))
    for step in (m * power for m in (1, 2, 2.5, 5, 10, 20, 25, 50)):
        first = -floor(-low / step + 1e-9)
        last = floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return tuple(round(k * step, 9) for k in range(first, last + 1)) or (low,)
    return (low, high)


def tick_words(units: float, step: float, currency: str) -> str:
    """Money at a tick with as many digits as the distance to the next tick needs."""
    sign = words.symbol(currency)
    minus = MINUS if units < 0 else ""
    for size, letter in ((1e9, " bn"), (1e6, " m")):
        if (abs(units) >= size and step >= size / 1000) or (step >= size / 10 and units):
            text = f"{abs(units) / size:,.{_digits(step / size)}f}{letter}"
            return f"{minus}{sign}{text}".replace(" ", NO_BREAK)
    return f"{minus}{sign}{abs(units):,.{_digits(step)}f}"


def _step(places: Sequence[float]) -> float:
    return places[1] - places[0] if len(places) > 1 else 1.0


def _digits(step: float) -> int:
    """Decimals that tell multiples of a round step apart and never round one: two for 0.25."""
    return next((n for n in range(7) if abs(step * 10**n - round(step * 10**n)) < 1e-6), 7)


def step_names(pool: Pool, ids: Sequence[str]) -> str:
    """Names of a step, for a table's cell."""
    return ", ".join(pool.project(project_id).name or project_id for project_id in ids)


def step_changes(pool: Pool, base: Selection, step: Selection) -> str:
    """Who stays in another version or from another period on, for a table's cell."""
    found = chosen.changes(chosen.Mix(pool, base.chosen), chosen.Mix(pool, step.chosen))
    return " · ".join(f"{pool.project(i).name or i}: {how}" for i, how in found.items())


def _range(cents: int) -> tuple[int, int]:
    """The end of a slider and its step, in cents: half as much again, at a round number."""
    step = words.round_step(cents) * 100
    most = -(-max(cents * 3 // 2, step) // step) * step
    return most, step


def _returns(unit: value.Unit) -> str:
    return {"money": "should return", "points": "score", "benefit": "bring"}[unit]


def _unit(unit: value.Unit) -> str:
    return "points" if unit == "points" else "in benefit"
