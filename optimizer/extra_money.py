"""How much more money a source would have to give, and when.

For a mix that can be paid when the source has no limit, the least it needs more is what a largest
flow of the money there is leaves unpaid: each cent of it takes one cent more from the source, and
no less would do (Ford and Fulkerson, 1956).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from optimizer.facts import Facts
from optimizer.funding import shortage_row
from optimizer.model import Row
from optimizer.search import Mix, Question
from portfolio.funding.allocation import allocate
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.variants import Pick
from portfolio.wording import exact_money, listed

MOST_PERIODS_NAMED = 3


class Extra:
    """One source of a scenario, and more money in it."""

    def __init__(self, pool: Pool, scenario: Scenario, source: str) -> None:
        self._pool = pool
        self._scenario = scenario
        self.source = next(one for one in scenario.sources if one.id == source)

    def with_budgets(self, budgets: Sequence[int]) -> Scenario:
        """The question with other budgets of the source."""
        changed = replace(self.source, budgets=tuple(budgets))
        sources = (changed if s.id == changed.id else s for s in self._scenario.sources)
        return replace(self._scenario, sources=tuple(sources))

    def needed(self, picks: Sequence[Pick]) -> int:
        """Cents that the source would have to pay more, in all, so that these can be paid."""
        return self._missing(self.source.budgets, picks)

    def budgets(self, picks: Sequence[Pick]) -> tuple[int, ...]:
        """Its budgets with what is needed added, as late as serves.

        From the last period on, each takes all that lessens what is missing cent by cent; a
        largest flow through one edge more never makes an earlier one of use again.
        """
        budgets = list(self.source.budgets)
        missing = self._missing(budgets, picks)
        for period in reversed(range(len(budgets))):
            if not missing:
                break
            more = [*budgets]
            more[period] = self._with_more(period, missing)
            then = self._missing(more, picks)
            budgets[period] = self._with_more(period, missing - then)
            missing = then
        return tuple(budgets)

    def question(self, known: Facts, cents: int) -> Question:
        """The question with so many cents more in the source, in whatever periods serve."""
        budgets = self.source.budgets
        if self.source.carry_over or len(budgets) == 1:
            first = (self._with_more(0, cents), *budgets[1:])
            return Question.whether(known.under(self.with_budgets(first)))
        roomy = self.with_budgets([self._with_more(t, cents) for t in range(len(budgets))])
        return _InAnyPeriod(known.under(self._scenario), known.under(roomy), cents)

    def words(self, budgets: Sequence[int]) -> str:
        """The change to these budgets in a few words."""
        currency, calendar = self._pool.cluster.currency, self._pool.cluster.calendar
        more = [
            (exact_money(new - old, currency), calendar.label(t))
            for t, (new, old) in enumerate(zip(budgets, self.source.budgets, strict=True))
            if new > old
        ]
        total = exact_money(sum(budgets) - self.source.total, currency)
        start = f"{total} more from {self.source.name}"
        if len(budgets) == 1:
            return start
        if len(more) > MOST_PERIODS_NAMED:
            return f"{start} from {more[0][1]} to {more[-1][1]}"
        if len(more) == 1:
            return f"{start} in {more[0][1]}"
        return f"{start}: {listed(f'{amount} in {when}' for amount, when in more)}"

    def _with_more(self, period: int, cents: int) -> int:
        """The budget of a period of which so many cents more can go to projects."""
        if not cents:
            return self.source.budgets[period]
        return self.source.gross(self.source.payable[period] + cents)

    def _missing(self, budgets: Sequence[int], picks: Sequence[Pick]) -> int:
        shortage = allocate(self._pool, self.with_budgets(budgets), picks).shortage
        return 0 if shortage is None else shortage.missing


class _InAnyPeriod(Question):
    """The question with so many cents more, put into whatever periods of a source serve.

    Its rows are those of a source with so much more in each period, which allow all that is asked
    for; a mix that needs more in all is cut off by its own shortage.
    """

    def __init__(self, asked: Facts, roomy: Facts, cents: int) -> None:
        super().__init__(roomy, (0,) * roomy.width)
        self._asked = asked
        self._cents = cents

    def cut(self, mix: Mix) -> Row | None:
        """As for any question; money is looked at with what is added counted once."""
        row = super().cut(mix)
        if row is not None:
            return row
        known = self._asked
        shortage = allocate(known.pool, known.scenario, known.choices(mix)).shortage
        if shortage is None or shortage.missing <= self._cents:
            return None
        return shortage_row(shortage, known, self._cents)
