"""What the worth of a mix can be weighed against, the best trades, and their words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal, get_args

from dashboard.services import aims, budgets, words
from dashboard.services.budgets import Ticks
from dashboard.services.curve import Known
from dashboard.services.curve import points as points_of
from dashboard.services.mix import Answered
from dashboard.services.question import Question
from optimizer import MOST_POINTS, BandPoint, Front, FrontPoint, Second, WorstOutcomes
from portfolio.pool import Pool
from portfolio.scenario import Aim, Scenario
from portfolio.scoring import value
from portfolio.scoring.value import MICRO
from portfolio.wording import count, percent

Id = Literal["losses", "payoff", "score", "benefit", "spend", "projects"]
MONEY = "Money"
"""The name of the curve of budgets, beside those of the trades."""
SMALL = Fraction(1, 50)
"""The part of the worth that the trade suggested first gives up at most."""
_NAMES: dict[Id, str] = {
    "losses": "Bad outcomes",
    "payoff": "Payoff",
    "score": "Score",
    "benefit": "Benefit",
    "spend": "Money spent",
    "projects": "Number of projects",
}
_AXES: dict[Id, str] = {
    "losses": "What the worst tenth of outcomes brings on average",
    "payoff": "Expected payoff",
    "score": "Points",
    "benefit": "Benefit",
    "spend": "Money spent",
    "projects": "Projects in the mix",
}
_SHORT: dict[Id, str] = _AXES | {"losses": "Worst tenth brings", "projects": "Projects"}
_GAINS: dict[Id, str] = {
    "losses": "makes the worst tenth of outcomes {} better",
    "payoff": "raises the expected payoff by {}",
    "score": "adds {}",
    "benefit": "adds {}",
    "spend": "saves {}",
    "projects": "funds {}",
}
_HEADINGS: dict[Id, str] = {
    "losses": "What safety costs",
    "payoff": "What more payoff costs",
    "score": "What a higher score costs",
    "benefit": "What more benefit costs",
    "spend": "What saving money costs",
    "projects": "What more projects cost",
}


@dataclass(frozen=True, slots=True)
class Trade:
    """What the worth is weighed against. Amounts of it are the engine's: the more, the better."""

    id: Id
    second: Second

    @property
    def name(self) -> str:
        """What it is called where one of several is picked."""
        return _NAMES[self.id]

    @property
    def axis(self) -> str:
        """The title of its axis."""
        return _AXES[self.id]

    @property
    def short(self) -> str:
        """The head of a column and the label of a figure."""
        return _SHORT[self.id]

    @property
    def heading(self) -> str:
        """What the chart answers."""
        return _HEADINGS[self.id]

    @property
    def by_money(self) -> bool:
        """Whether amounts are money."""
        return self.id in ("losses", "payoff", "spend")

    def plain(self, second: int) -> float:
        """An amount as it is shown, in plain units."""
        return (-second if self.id == "spend" else second) / self._unit

    def said(self, second: int, currency: str) -> str:
        """An amount for a sentence."""
        shown = -second if self.id == "spend" else second
        if self.id == "projects":
            return count(shown, "project")
        return words.worth(shown * (MICRO // self._unit), self._kind, currency)

    def told(self, second: int, currency: str) -> str:
        """An amount for a figure."""
        shown = -second if self.id == "spend" else second
        if self.id == "projects":
            return f"{shown:,}"
        return words.short_worth(shown * (MICRO // self._unit), self._kind, currency)

    def size(self, more: float, currency: str) -> str:
        """A change of it in plain units, without its sign, for a figure."""
        whole = round(abs(more) * self._unit)
        return self.told(-whole if self.id == "spend" else whole, currency)

    def gain(self, more: int, currency: str) -> str:
        """What so much more of it means, as a clause."""
        amount = self.said(-more if self.id == "spend" else more, currency)
        if self.id == "projects":
            amount = count(more, "more project")
        return _GAINS[self.id].format(amount)

    def ticks(self, low: float, high: float, currency: str) -> Ticks:
        """At most five round amounts, in plain units."""
        if self.by_money:
            return budgets.money_ticks(low, high, currency)
        return budgets.worth_ticks(low, high, "points", currency)

    @property
    def _unit(self) -> int:
        """How many of the engine's whole numbers make one plain unit."""
        return {"losses": 100, "spend": 100, "projects": 1}.get(self.id, MICRO)

    @property
    def _kind(self) -> value.Unit:
        return "money" if self.by_money else "points" if self.id == "score" else "benefit"


def trades(pool: Pool, scenario: Scenario) -> tuple[Trade, ...]:
    """What the worth of this question can be weighed against, given what is known of proposals."""
    known = aims.possible(pool)
    found = [Trade("losses", WorstOutcomes())] if "payoff" in known else []
    for aim in get_args(Aim):
        if aim in known and aim in _NAMES and aim != scenario.objective.aim:
            found.append(Trade(aim, replace(scenario.objective, aim=aim)))
    return (*found, Trade("spend", "spend"), Trade("projects", "projects"))


@dataclass(frozen=True, slots=True)
class Spot:
    """A mix by what it has of the second criterion and what it is worth, in the engine's numbers."""

    second: int
    value: int


def spot(point: FrontPoint) -> Spot:
    """An exact point as numbers."""
    return Spot(point.second, point.selection.value or 0)


@dataclass(frozen=True, slots=True)
class Traded:
    """What is known of a trade: the mix we suggest, the band, and the exact front so far."""

    base: Spot
    band: tuple[BandPoint, ...]
    front: Front | None = None

    @property
    def whole(self) -> bool:
        """Whether every best trade is known."""
        return self.front is not None and self.front.complete

    @property
    def full(self) -> bool:
        """Whether as many are known as are looked for."""
        return self.front is not None and len(self.front.points) >= MOST_POINTS

    @property
    def best(self) -> Spot:
        """The mix of most worth known."""
        return max([self.base, *self.spots[:1]], key=lambda one: (one.value, one.second))

    @property
    def points(self) -> tuple[FrontPoint, ...]:
        """The exact points, from the most worth on."""
        return () if self.front is None else self.front.points

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The same as numbers."""
        return tuple(map(spot, self.points))

    @property
    def share(self) -> float:
        """How much of the range is settled, 0 to 1."""
        if self.front is None or not self.front.points:
            return 0.0
        gaps = [(gap.high if gap.low is None else gap.low, gap.high) for gap in self.front.gaps]
        first, last = self.front.points[0].second, self.front.points[-1].second
        whole = max([last, *(high for _, high in gaps)]) - first
        return 1 - sum(high - low for low, high in gaps) / whole if whole else 1.0


def curve(traded: Traded) -> tuple[Known, ...]:
    """Everything known of a trade as one curve, by rising −second, so that the worth never falls.

    Between two points of the front without a gap no mix is worth more than the second of them.
    """
    known = [
        Known(-one.second, one.value, one.bound) for one in traded.band if one.bound is not None
    ]
    known.append(Known(-traded.base.second, traded.base.value, None))
    spots = traded.spots
    known += [Known(-one.second, one.value, one.value) for one in spots]
    good = () if traded.front is None else traded.front.good
    known += [Known(-one.second, one.selection.value, None) for one in good]
    gaps = () if traded.front is None else traded.front.gaps
    open_ = [gap.low for gap in gaps if gap.low is not None]
    for one, two in pairwise(spots):
        if not any(one.second < low <= two.second for low in open_):
            known.append(Known(-one.second - 1, two.value, two.value))
    return points_of(known)


def suggested(traded: Traded) -> Spot | None:
    """The trade told first: the most of the second criterion for a small part of the worth.

    Where nothing is to be had for so little, that which gives up least. None without any trade.
    """
    base = traded.best
    spots = traded.spots if len(traded.spots) > 1 else _estimated(traded)
    better = [one for one in spots if one.second > base.second]
    small = [one for one in better if base.value - one.value <= SMALL * abs(base.value)]
    if small:
        return max(small, key=lambda one: one.second)
    return max(better, key=lambda one: (one.value, one.second), default=None)


def _estimated(traded: Traded) -> list[Spot]:
    return [Spot(one.second, one.value) for one in traded.band if one.value is not None]


def headline(trade: Trade, traded: Traded, pool: Pool, scenario: Scenario) -> str:
    """What a little worth buys, as one sentence."""
    first = suggested(traded)
    if first is not None:
        return exchange(trade, traded.best, first, pool, scenario)
    if traded.whole:
        return f"{trade.name}: no other mix does better, whatever worth is given up."
    return f"{trade.name}: no mix that does better is known yet."


def exchange(trade: Trade, base: Spot, other: Spot, pool: Pool, scenario: Scenario) -> str:
    """What a mix gives up against the one we suggest, and what it gains, as a sentence."""
    currency, unit = pool.cluster.currency, value.unit(scenario.objective)
    lost, more = base.value - other.value, other.second - base.second
    if lost <= 0 and more == 0:
        return "This is as good as the mix we suggest, on both sides."
    amount = words.worth(lost, unit, currency)
    part = (
        f"{percent(Fraction(lost, base.value))} of the worth, {amount},"
        if base.value > 0
        else amount
    )
    if lost <= 0:
        return f"Without giving up any worth, another mix {trade.gain(more, currency)}."
    return f"Giving up {part} {trade.gain(more, currency)}."


def context(traded: Traded) -> str:
    """How many trades there are, and whether these are all."""
    found = len(traded.spots)
    if found == 0:
        return "These are close estimates; exact points are on their way."
    mixes = count(found, "mix", "mixes")
    if traded.whole:
        return f"{mixes} that no other beats on both sides; there are no more."
    if traded.full:
        return f"{mixes} that no other beats on both sides; there are more, and no more are sought."
    return f"{mixes} so far that no other beats on both sides; more may lie between."


def limited(trade: Trade, scenario: Scenario, question: Question, second: int) -> Question | None:
    """The question of mixes that have at least so much; None where a question cannot say so.

    Where funders share the money, a smaller sum would be shared out otherwise.
    """
    if trade.id == "losses":
        return replace(question, losses=-second)
    if trade.id == "spend" and not scenario.sources:
        return replace(question, money=-second)
    return None


def label(trade: Trade, base: Spot, other: Spot, currency: str) -> str:
    """A trade in a few words: how much of the second criterion, for which part of the worth."""
    told = trade.told(other.second, currency)
    lost = given_up(base, other)
    return f"{told}, worth {percent(-lost / 100)}" if lost else told


def given_up(base: Spot, other: Spot) -> float | None:
    """Percent of the worth that a mix gives up; None where that says nothing."""
    if base.value <= 0:
        return None
    return float(Fraction(base.value - other.value, base.value) * 100)


def figures(
    trade: Trade, traded: Traded, best: Answered, this: Answered, other: Spot
) -> list[tuple[str, str, str]]:
    """Label, value and change of up to four figures of a mix, beside the one we suggest."""
    pool, base = best.pool, traded.best
    currency, unit = pool.cluster.currency, value.unit(best.scenario.objective)
    change = other.value - base.value
    more = trade.plain(other.second) - trade.plain(base.second)
    spend, size = this.selection.spend, len(this.selection.chosen)
    spent, sized = spend - best.selection.spend, size - len(best.selection.chosen)

    def signed(amount: str, by: float) -> str:
        return words.signed(amount, (by > 0) - (by < 0))

    found = [
        (
            "Expected payoff" if unit == "money" else "Worth",
            words.short_worth(other.value, unit, currency),
            signed(words.short_worth(abs(change), unit, currency), change),
        ),
        (trade.short, trade.told(other.second, currency), signed(trade.size(more, currency), more)),
        (
            "Money spent",
            words.short_money(spend, currency),
            signed(words.short_money(abs(spent), currency), spent),
        ),
        ("Projects", f"{size:,}", signed(f"{abs(sized):,}", sized)),
    ]
    return list({name: (name, *rest) for name, *rest in found}.values())
