"""Money by source and period as rows over projects alone, by Hall's condition.

A mix can be paid exactly when, for every set of envelopes, the projects that can draw on nothing
else need no more than it holds (Hall 1935, Gale 1957). So no variables for payments are needed:
begin with the sets that matter, and cut off with its own shortage any mix that still fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from optimizer.model import Row, at_most
from portfolio.funding.allocation import Shortage
from portfolio.funding.rules import SourceBudget
from portfolio.funding.sources import Source
from portfolio.scenario import ELIGIBILITY_ID, Scenario, active_rules, source_budget_id
from portfolio.units import Calendar

MOST_SETS = 64

Needs = Sequence[tuple[int, ...]]
Eligible = Sequence[frozenset[str]]


def held_sources(scenario: Scenario) -> frozenset[str]:
    """Sources whose budget rule counts; the others pay without limit."""
    return frozenset(
        rule.source for rule in active_rules(scenario) if isinstance(rule, SourceBudget)
    )


@dataclass(frozen=True, slots=True)
class Together:
    """Needs that only these envelopes (source, period) can meet: Σ needs · x ≤ Σ of the envelopes.

    No envelopes at all for a project that needs money and that no source may pay: it stays out.
    """

    rules: tuple[str, ...]
    label: str
    needs: dict[int, int]
    envelopes: tuple[tuple[str, int], ...]


def funding_rows(
    scenario: Scenario, calendar: Calendar, needs: Needs, eligible: Eligible
) -> list[Row]:
    """The rows of `held_together`, with what the envelopes hold in the scenario."""
    budgets = {source.id: source.budgets for source in scenario.sources}
    return [
        at_most(one.rules, one.label, one.needs, sum(budgets[name][t] for name, t in one.envelopes))
        for one in held_together(scenario, calendar, needs, eligible)
    ]


def held_together(
    scenario: Scenario, calendar: Calendar, needs: Needs, eligible: Eligible
) -> list[Together]:
    """For sets F of sources and each period t: Σ_{i: all who may pay i are in F} g_it·x_i ≤ Σ_F B_ft.

    Sources that carry money over are held to sums up to t instead. A project that needs money and
    that no source may pay stays out: x_i ≤ 0.
    """
    if not scenario.sources:
        return []
    held = held_sources(scenario)
    payers = {i: who for i, who in enumerate(eligible) if any(needs[i]) and who <= held}
    made = [Together((ELIGIBILITY_ID,), "", {i: 1}, ()) for i, who in payers.items() if not who]
    for together in _unions(set(payers.values())):
        sources = [source for source in scenario.sources if source.id in together]
        inside = [i for i, who in payers.items() if who and who <= together]
        made += _of_sources(sources, inside, needs, calendar)
    return made


def exact_from_the_start(scenario: Scenario, eligible: Eligible) -> bool:
    """Whether `funding_rows` admit no mix that cannot be paid, so that cuts are never needed."""
    carried = any(source.carry_over for source in scenario.sources)
    return not carried and len(_unions(set(eligible))) < MOST_SETS


def shortage_row(
    shortage: Shortage,
    scenario: Scenario,
    calendar: Calendar,
    needs: Needs,
    eligible: Eligible,
    more: int = 0,
) -> Row:
    """The row that a shortage proves: all that can draw only on its envelopes against what they hold.

    Σ_{i,t: every envelope within reach of (i, t) is in S} g_it · x_i ≤ Σ_S B_ft + more, where
    `more` is what may be added to them in all.
    """
    supplies = frozenset(shortage.supplies)
    sources = {source.id: source for source in scenario.sources}
    held = held_sources(scenario)
    coefficients: dict[int, int] = {}
    for i, who in enumerate(eligible):
        if who and not who <= held:
            continue
        for t, cents in enumerate(needs[i]):
            if cents and _reach((sources[source] for source in who), t) <= supplies:
                coefficients[i] = coefficients.get(i, 0) + cents
    involved = [s.id for s in scenario.sources if any(name == s.id for name, _ in supplies)]
    periods = sorted({t for _, t in supplies})
    label = " to ".join(dict.fromkeys(calendar.label(t) for t in (periods[:1] + periods[-1:])))
    return at_most(
        tuple(source_budget_id(source) for source in involved) or (ELIGIBILITY_ID,),
        label,
        coefficients,
        sum(sources[name].budgets[t] for name, t in supplies) + more,
    )


def _reach(sources: Iterable[Source], period: int) -> frozenset[tuple[str, int]]:
    return frozenset(
        (source.id, t)
        for source in sources
        for t in range(0 if source.carry_over else period, period + 1)
    )


def _of_sources(
    sources: Sequence[Source], inside: Sequence[int], needs: Needs, calendar: Calendar
) -> list[Together]:
    rules = tuple(source_budget_id(source.id) for source in sources)
    carried = any(source.carry_over for source in sources)
    made = []
    for t in range(calendar.count):
        span = range(0 if carried else t, t + 1)
        made.append(
            Together(
                rules,
                calendar.label(t),
                {i: sum(needs[i][k] for k in span) for i in inside},
                tuple((source.id, k) for source in sources for k in span),
            )
        )
    return made


def _unions(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Every union of some of the sets, the single ones first, at most `MOST_SETS` of them."""
    single = sorted((one for one in set(sets) if one), key=lambda one: (len(one), sorted(one)))
    closed = dict.fromkeys(single)
    for one in single:
        for other in list(closed):
            if len(closed) >= MOST_SETS:
                return list(closed)[:MOST_SETS]
            closed.setdefault(one | other)
    return list(closed)
