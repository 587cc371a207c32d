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

import numpy as np
from numpy.typing import NDArray

from optimizer.facts import Facts
from optimizer.model import Row, Wholes, at_most, wholes
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
    needs = Needs.of(known)
    made = [
        Together((CO_FUNDING_ID if known.eligible[j] else ELIGIBILITY_ID,), "", {j: 1}, ())
        for j in np.flatnonzero(needs.beyond(()).any(axis=1)).tolist()
    ]
    for together in _sets(known, held):
        sources = [source for source in known.scenario.sources if source.id in together]
        made += _of_sources(sources, needs.beyond(together), known)
    return made


@dataclass(frozen=True, slots=True)
class Needs:
    """What columns need in each period and what each source pays of it at most, in whole cents.

    Shapes: cents and caps `(columns, periods)`, a cap 0 where the source may not pay; `endless`
    `(columns,)`, where it may pay all.
    """

    cents: Wholes
    caps: dict[str, Wholes]
    endless: dict[str, NDArray[np.bool_]]

    @classmethod
    def of(cls, known: Facts) -> Needs:
        """Those of a question's ways to choose a project."""
        names = [source.id for source in known.scenario.sources]
        # No sum of what sources may pay is longer than this.
        most = max((project.cost + project.grant for project in known.projects), default=0)
        most *= (len(names) + 1) * known.calendar.count
        nothing = (0,) * known.calendar.count
        caps = known.caps or ({},) * len(known.eligible)
        own = list(zip(known.eligible, caps, strict=True))
        return cls(
            wholes(known.by_period, most).reshape(-1, known.calendar.count),
            {
                name: wholes(
                    [limits.get(name, nothing) if name in who else nothing for who, limits in own],
                    most,
                ).reshape(-1, known.calendar.count)
                for name in names
            },
            {
                name: np.array(
                    [name in who and name not in limits for who, limits in own], dtype=np.bool_
                )
                for name in names
            },
        )

    def beyond(self, inside: Collection[str]) -> Wholes:
        """What each column needs in each period beyond all that sources outside a set may pay it."""
        left = self.cents.copy()
        for name in self.caps.keys() - {*inside}:
            left -= self.caps[name]
            left[self.endless[name]] = 0
        return np.maximum(left, 0)


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
    needs = Needs.of(known)
    short = np.zeros_like(needs.cents[:, 0])
    for t in range(calendar.count):
        inside = frozenset(name for name in held if _reach(sources[name], t) <= supplies)
        short += needs.beyond(inside)[:, t]
    involved = [s.id for s in scenario.sources if any(name == s.id for name, _ in supplies)]
    periods = sorted({t for _, t in supplies})
    label = " to ".join(dict.fromkeys(calendar.label(t) for t in (periods[:1] + periods[-1:])))
    return at_most(
        tuple(source_budget_id(source) for source in involved) or (ELIGIBILITY_ID,),
        label,
        dict(enumerate(short.tolist())),
        sum(sources[name].payable[t] for name, t in supplies) + more,
    )


def _reach(source: Source, period: int) -> frozenset[tuple[str, int]]:
    first = 0 if source.carry_over else period
    return frozenset((source.id, t) for t in range(first, period + 1))


def _of_sources(sources: Sequence[Source], needs: Wholes, known: Facts) -> list[Together]:
    rules = tuple(source_budget_id(source.id) for source in sources)
    carried = any(source.carry_over for source in sources)
    made = []
    for t in range(known.calendar.count):
        span = range(0 if carried else t, t + 1)
        cents = needs[:, span.start : span.stop].sum(axis=1)
        (columns,) = np.nonzero(cents)
        made.append(
            Together(
                rules,
                known.calendar.label(t),
                dict(zip(columns.tolist(), cents[columns].tolist(), strict=True)),
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
