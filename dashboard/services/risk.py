"""What could go wrong with a mix, in sentences, figures and the bars of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

import numpy as np

from dashboard.services import words
from dashboard.services.mix import Answered, Number
from data.uplifts import uplifts
from portfolio.project import Project
from portfolio.scoring.bonuses import bonuses
from portfolio.scoring.value import unit as unit_of
from portfolio.simulation.assumptions import Assumptions
from portfolio.simulation.figures import Marks, RiskFigures, simulate
from portfolio.simulation.outcome_table import Cents
from portfolio.wording import NO_BREAK, count, listed, money, percent

MOST_BARS = 32
AT_LEAST = 1_000
ROOM = 2_000_000
"""Outcomes times projects that a screen may draw before it answers."""
EDGES = (0.005, 0.995)
"""The bars reach from the one to the other; what lies beyond stands in two open bars."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many outcomes lie from `low` to below `high`, in cents; None is open."""

    low: int | None
    high: int | None
    cases: int


@dataclass(frozen=True, slots=True)
class Look:
    """The figures of a mix and the bars of its net outcome, from the worst to the best."""

    figures: RiskFigures
    bars: tuple[Bar, ...]

    @property
    def empty(self) -> bool:
        """Whether no project of the mix has a payoff that is known."""
        return self.figures.gaps.payoff == self.figures.projects


def together(answered: Answered) -> str:
    """What the projects of a mix earn together, which no case holds; "" where it is nothing."""
    earned = sum(
        bonus.worth
        for bonus in bonuses(answered.pool, answered.scenario)
        if bonus.earned(answered.inside)
    )
    if not earned:
        return ""
    unit, currency = unit_of(answered.scenario.objective), answered.pool.cluster.currency
    more = words.worth(earned, unit, currency)
    return f"What the projects earn together by your rules ({more}) is in none of the cases."


def for_screen(projects: int) -> Assumptions:
    """The usual assumptions, with as many outcomes as a click has time for."""
    usual = Assumptions()
    most = max(ROOM // max(projects, 1), AT_LEAST)
    return Assumptions(outcomes=min(usual.outcomes, most))


def look(projects: Sequence[Project], assumptions: Assumptions, marks: Marks | None = None) -> Look:
    """Simulate a mix. InputError for what cannot be used."""
    figures, net = simulate(projects, assumptions, marks)
    return Look(figures, bars(net))


def bars(net: Cents) -> tuple[Bar, ...]:
    """Outcomes in bars of a round width, of which one begins at zero.

    >>> [(each.low, each.high, each.cases) for each in bars(np.array([-3, 0, 1, 7, 7]))]
    [(-3, -2, 1), (-2, -1, 0), (-1, 0, 0), (0, 1, 1), (1, 2, 1), (2, 3, 0), (3, 4, 0), (4, 5, 0), \
(5, 6, 0), (6, 7, 0), (7, 8, 2)]
    """
    least, most = (int(each) for each in np.quantile(net, EDGES, method="inverted_cdf"))
    step = _step((most - least) / (MOST_BARS - 1))
    first, last = least // step, most // step + 1
    edges = np.array([place * step for place in range(first, last + 1)], dtype=np.int64)
    inside = np.histogram(net, edges)[0].tolist()
    # numpy counts what lies on the last edge inside.
    beyond = int((net >= edges[-1]).sum())
    inside[-1] -= int((net == edges[-1]).sum())
    below = int((net < edges[0]).sum())
    found = [
        Bar(int(low), int(high), cases)
        for low, high, cases in zip(edges, edges[1:], inside, strict=False)
    ]
    under = [Bar(None, int(edges[0]), below)] if below else []
    over = [Bar(int(edges[-1]), None, beyond)] if beyond else []
    return (*under, *found, *over)


def headline(seen: Look, currency: str) -> str:
    """How the mix ends nine times in ten, and how often it loses."""
    figures = seen.figures
    if seen.empty:
        return "No payoff of this mix is known, so there is nothing to simulate."
    low, high = (about(cents, currency) for cents in (figures.p5, figures.p95))
    if low == high:
        return (
            f"In 9 of 10 cases the mix ends at {low} after all costs; {_losing(figures, currency)}."
        )
    return (
        f"In 9 of 10 cases the mix ends between {low} and {high} after all costs; "
        f"{_losing(figures, currency)}."
    )


def context(seen: Look) -> str:
    """Who fails, and who may be great."""
    figures = seen.figures
    failing = f"Expect {_expected(figures)} to fail."
    times = words.number(figures.marks.times)
    great = (
        f"In {cases(figures.breakthrough)} cases at least one is a breakthrough: it brings {times} "
        "times its cost or more, after all costs."
    )
    return f"{failing} {great}"


def numbers(seen: Look, currency: str) -> tuple[Number, ...]:
    """Four figures, short enough for a phone."""
    figures = seen.figures
    lose = figures.marks.lose
    label = f"Loses over {words.short_money(lose, currency)}" if lose else "Loses money"
    share = percent(1 - Decimal(str(figures.marks.beta)))
    return (
        Number(label, _short(figures.loss), "cases"),
        Number("A breakthrough", _short(figures.breakthrough), "cases"),
        Number("Expected to fail", _expected(figures, ""), "projects"),
        Number(f"Worst {share}", words.short_money(-figures.cvar, currency), "on average"),
    )


def rows(seen: Look, currency: str) -> list[tuple[str, str]]:
    """Every figure with its words, for a table."""
    figures = seen.figures
    lose = figures.marks.lose
    loses = f"Loses more than {money(lose, currency)}" if lose else "Loses money"
    times = words.number(figures.marks.times)
    share = percent(1 - Decimal(str(figures.marks.beta)))
    return [
        ("On average", about(figures.expected, currency)),
        ("Half end below", about(figures.p50, currency)),
        ("1 in 20 ends below", about(figures.p5, currency)),
        ("1 in 20 ends above", about(figures.p95, currency)),
        ("Usual distance from the average", about(figures.sd, currency)),
        (f"Worst {share} of cases, on average", about(-figures.cvar, currency)),
        (loses, f"{cases(figures.loss)} cases"),
        (f"At least one brings {times} times its cost", f"{cases(figures.breakthrough)} cases"),
        ("Projects expected to fail", _expected(figures, "")),
    ]


def unknown(seen: Look) -> tuple[str, ...]:
    """What the figures rest on that nobody has said."""
    gaps = seen.figures.gaps
    told = []
    if gaps.payoff:
        told.append(
            f"{count(gaps.payoff, 'project counts', 'projects count')} for nothing, "
            "as payoff or cost is not known."
        )
    if gaps.chance:
        told.append(
            f"{count(gaps.chance, 'project has', 'projects have')} a chance that is not known and "
            "counts as certain."
        )
    if gaps.spread:
        told.append(
            f"{count(gaps.spread, 'project names', 'projects name')} a single payoff, so it either "
            "comes in full or not at all."
        )
    return tuple(told)


def basis(seen: Look, assumptions: Assumptions) -> str:
    """How the cases were drawn."""
    together = [
        f"{percent(share)} with others of {name}"
        for share, name in (
            (assumptions.theme, "its theme"),
            (assumptions.sponsor, "its lead"),
            (assumptions.loading("technology"), "its technology"),
        )
        if share
    ]
    luck = f" A project shares its luck to {listed(together)}." if together else ""
    raised = (
        f" All costs are {percent(assumptions.uplift)} higher than estimated."
        if assumptions.uplift
        else ""
    )
    return (
        f"{seen.figures.outcomes:,} cases, the same ones each time.{luck} One success in ten pays "
        f"less than its low estimate, one in ten more than its high one, and a few far more.{raised}"
    )


def range_words(bar: Bar, currency: str) -> str:
    """The span of a bar, for a table or a mark."""
    low, high = (
        None if cents is None else words.short_money(cents, currency)
        for cents in (bar.low, bar.high)
    )
    if low is None:
        return f"below {high}"
    return f"{low} or more" if high is None else f"{low} to {high}"


def share_words(bar: Bar, whole: int) -> str:
    """How many of a hundred cases a bar holds, to a tenth; it reads as none only where it is."""
    if 0 < bar.cases * 2_000 < whole:
        return "under 0.1 of 100"
    return f"{bar.cases * 100 / whole:.1f} of 100"


def about(cents: int, currency: str) -> str:
    """Money rounded to three digits: no more is known of the future.

    >>> about(56_766_406, "EUR"), about(-1_603_264_574, "EUR"), about(0, "EUR")
    ('€568,000', '−€16.00\\xa0million', '€0')
    """
    return money(words.whole_money(_rounded(cents)), currency)


def short(cents: int, currency: str) -> str:
    """The same for a mark in a picture."""
    return words.short_money(_rounded(cents), currency)


def cases(share: float) -> str:
    """A chance as cases of a hundred; it reads as none or all only where it is.

    >>> cases(0.072), cases(0.001), cases(0.0), cases(0.9999), cases(1.0)
    ('7 of 100', 'under 1 of 100', 'none of 100', 'over 99 of 100', 'all of 100')
    """
    if share in (0, 1):
        return "all of 100" if share else "none of 100"
    near = round(share * 100)
    if near in (0, 100):
        return "over 99 of 100" if near else "under 1 of 100"
    return f"{near} of 100"


def overrun(text: str) -> float | None:
    """A share by which costs are raised: a number (0.24), or a class and its bound.

    A class is named as in the list that ships ("equipment and development"), with ":lower" or
    ":upper" behind it; upper without. None for what is neither.

    >>> overrun("0.24"), overrun("Equipment and development"), overrun("standard buildings:lower")
    (0.24, 2.0, 0.02)
    """
    name, _, bound = text.partition(":")
    found = uplifts().find(name)
    if found is not None and bound.strip().lower() in ("", "upper", "lower"):
        return float(found.cost_lower if bound.strip().lower() == "lower" else found.cost_upper)
    try:
        share = float(text)
    except ValueError:
        return None
    return share if -1 <= share <= 100 else None


def overrun_classes() -> str:
    """The names of the classes, for a remedy."""
    return listed([f"“{each.id}”" for each in uplifts().classes], "or")


def _rounded(cents: int) -> int:
    step: int = 10 ** max(len(str(abs(cents))) - 3, 0)
    return round(cents / step) * step


def _losing(figures: RiskFigures, currency: str) -> str:
    lose = figures.marks.lose
    loses = f"it loses more than {money(lose, currency)}" if lose else "it loses money"
    return f"in {cases(figures.loss)} {loses}"


def _expected(figures: RiskFigures, of: str = " projects") -> str:
    return f"{words.number(figures.failures)} of {figures.projects:,}{of}"


def _short(share: float) -> str:
    """Cases of a hundred, for a figure of eight signs."""
    told = cases(share)
    return (
        told.replace("under ", "<").replace("over ", ">").replace(" of ", f"{NO_BREAK}of{NO_BREAK}")
    )


def _step(least: float) -> int:
    """The smallest 1, 2 or 5 with noughts that is at least so much, and at least 1."""
    if least <= 1:
        return 1
    power = 10 ** floor(log10(least))
    return next(m * power for m in (1, 2, 5, 10, 20) if m * power >= ceil(least))
