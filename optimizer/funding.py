"""Money by source and period as rows over projects alone, by Hall's condition.

A mix can be paid exactly when, for every set of envelopes, what the projects need beyond all that
others may pay them is no more than the set holds (Hall 1935, Gale 1957). So no variables for
payments are needed: begin with the sets that matter, and cut off with its own shortage any mix that
still fails.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from optimizer.facts import Facts
from optimizer.model import Row, at_most
from portfolio.funding.allocation import Shortage
from portfolio.funding.rules import SourceBudget
from portfolio.funding.sources import Source
from portfolio.scenario import (
    CO_FUNDING_ID,
    ELIGIBILITY_ID,
    Scenario,
    active_rules,
    source_budget_id,
)

MOST_SETS = 64


def held_sources(scenario: Scenario) -> frozenset[str]:
    """Sources whose budget rule counts; the others pay without limit."""
    return frozenset(
        rule.source for rule in active_rules(scenario) if isinstance(rule, SourceBudget)
    )


@dataclass(frozen=True, slots=True)
class Together:
    """Needs that only these envelopes (source, period) can meet: Σ needs · x ≤ Σ of the envelopes.

    No envelopes at all for a project that nobody can pay: it stays out.
    """

    rules: tuple[str, ...]
    label: str
    needs: dict[int, int]
    envelopes: tuple[tuple[str, int], ...]


def funding_rows(known: Facts) -> list[Row]:
    """The rows of `held_together`, with what the envelopes hold in the scenario."""
    budgets = {source.id: source.payable for source in known.scenario.sources}
    return [
        at_most(one.rules, one.label, one.needs, sum(budgets[name][t] for name, t in one.envelopes))
        for one in held_together(known)
    ]


def held_together(known: Facts) -> list[Together]:
    """For sets F of sources and each period t: Σ_j [g_jt − Σ_{f∉F} cap_jft]⁺ · x_j ≤ Σ_F B_ft.

    The caps are of the sources that may pay j; one without a cap may pay all. Sources that carry
    money over are held to sums up to t instead. What nobody may pay, or all together not enough,
    stays out: x_j ≤ 0.
    """
    if not known.scenario.sources:
        return []
    held = held_sources(known.scenario)
    made = [
        Together((ELIGIBILITY_ID if not who else CO_FUNDING_ID,), "", {j: 1}, ())
        for j, who in enumerate(known.eligible)
        if any(known.by_period[j]) and any(_beyond(known, j, frozenset()))
    ]
    for together in _sets(known, held):
        sources = [source for source in known.scenario.sources if source.id in together]
        beyond = {j: _beyond(known, j, together) for j in range(len(known.eligible))}
        inside = {j: needs for j, needs in beyond.items() if any(needs)}
        made += _of_sources(sources, inside, known)
    return made


def exact_from_the_start(known: Facts) -> bool:
    """Whether `funding_rows` admit no mix that cannot be paid, so that cuts are never needed."""
    carried = any(source.carry_over for source in known.scenario.sources)
    return not carried and len(_sets(known, held_sources(known.scenario))) < MOST_SETS


def shortage_row(shortage: Shortage, known: Facts, more: int = 0) -> Row:
    """The row that a shortage proves: what is needed of its envelopes against what they hold.

    Σ_{j,t} [g_jt − Σ_f cap_jft]⁺ · x_j ≤ Σ_S B_ft + more, over the sources f that may pay j and of
    which an envelope within reach in t is not in S; 0 where one of them has no cap. `more` is what
    may be added to the envelopes in all.
    """
    supplies = frozenset(shortage.supplies)
    scenario, calendar = known.scenario, known.calendar
    sources = {source.id: source for source in scenario.sources}
    held = held_sources(scenario)
    coefficients: dict[int, int] = {}
    for t in range(calendar.count):
        inside = frozenset(name for name in held if _reach(sources[name], t) <= supplies)
        for j in range(len(known.eligible)):
            cents = _short(known, j, t, inside)
            if cents:
                coefficients[j] = coefficients.get(j, 0) + cents
    involved = [s.id for s in scenario.sources if any(name == s.id for name, _ in supplies)]
    periods = sorted({t for _, t in supplies})
    label = " to ".join(dict.fromkeys(calendar.label(t) for t in (periods[:1] + periods[-1:])))
    return at_most(
        tuple(source_budget_id(source) for source in involved) or (ELIGIBILITY_ID,),
        label,
        coefficients,
        sum(sources[name].payable[t] for name, t in supplies) + more,
    )


def _beyond(known: Facts, column: int, inside: Collection[str]) -> tuple[int, ...]:
    """What a column needs in each period beyond all that sources outside a set may pay it."""
    return tuple(_short(known, column, t, inside) for t in range(known.calendar.count))


def _short(known: Facts, column: int, period: int, inside: Collection[str]) -> int:
    cents = known.by_period[column][period]
    if not cents:
        return 0
    caps = known.caps[column] if known.caps else {}
    for name in known.eligible[column]:
        if name not in inside:
            if name not in caps:
                return 0
            cents -= caps[name][period]
    return max(cents, 0)


def _reach(source: Source, period: int) -> frozenset[tuple[str, int]]:
    first = 0 if source.carry_over else period
    return frozenset((source.id, t) for t in range(first, period + 1))


def _of_sources(
    sources: Sequence[Source], needs: dict[int, tuple[int, ...]], known: Facts
) -> list[Together]:
    rules = tuple(source_budget_id(source.id) for source in sources)
    carried = any(source.carry_over for source in sources)
    made = []
    for t in range(known.calendar.count):
        span = range(0 if carried else t, t + 1)
        made.append(
            Together(
                rules,
                known.calendar.label(t),
                {j: sum(own[k] for k in span) for j, own in needs.items()},
                tuple((source.id, k) for source in sources for k in span),
            )
        )
    return made


def _sets(known: Facts, held: frozenset[str]) -> list[frozenset[str]]:
    """The sets of sources that matter, at most `MOST_SETS`.

    Without caps these are the unions of who may pay for each; with caps any set may be short.
    """
    if not any(known.caps):
        return _unions(who for who in known.eligible if who <= held)
    names = sorted(held)
    sizes = range(1, len(names) + 1)
    every = (frozenset(one) for size in sizes for one in combinations(names, size))
    return [one for one, _ in zip(every, range(MOST_SETS), strict=False)]


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
