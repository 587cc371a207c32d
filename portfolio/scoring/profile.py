"""A project's profile: its payoff, risk, resources and timeline in figures and a sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Objective, Scenario
from portfolio.scoring.payoff import payoff_with_caution
from portfolio.scoring.quadrants import Quadrant, Thresholds, median_thresholds, quadrant
from portfolio.scoring.resources import Resources, resources
from portfolio.scoring.risk import Risk, risk
from portfolio.scoring.timeline import Timeline, timeline
from portfolio.scoring.value import expected_payoff
from portfolio.wording import count, day, listed, money, of_hundred

UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Figure:
    """A labelled number: `value` for machines in `unit` (None: not known), `text` for readers.

    Money is in currency units (`unit` is the currency's code), chances are 0 to 1 (unit
    "chance"), dates are ISO text (unit "date").
    """

    label: str
    value: float | int | str | None
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """One of the four parts: its figures, and what they say in one sentence."""

    name: str
    figures: tuple[Figure, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The four parts of a project, the way a venture capitalist looks at one."""

    project: str
    name: str
    quadrant: Quadrant | None
    payoff: Aspect
    risk: Aspect
    resources: Aspect
    timeline: Aspect

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """The four parts in their usual order."""
        return (self.payoff, self.risk, self.resources, self.timeline)


def profile(
    pool: Pool,
    project: Project,
    scenario: Scenario | None = None,
    thresholds: Thresholds | None = None,
) -> Profile:
    """The profile of a project under a scenario's aim and sources (the standing ones by default).

    The quadrant is taken at the pool's medians unless thresholds are given.
    """
    question = pool.scenario if scenario is None else scenario
    lines = thresholds or median_thresholds(pool)
    corner = None if lines is None else quadrant(project, lines)
    currency = pool.cluster.currency
    return Profile(
        project=project.id,
        name=project.name,
        quadrant=corner,
        payoff=_payoff(pool, project, question.objective),
        risk=_risk(risk(project), corner, currency),
        resources=_resources(resources(pool, project, question), currency),
        timeline=_timeline(timeline(project)),
    )


def profiles(pool: Pool, scenario: Scenario | None = None) -> tuple[Profile, ...]:
    """The profiles of all candidates, in order of id."""
    lines = median_thresholds(pool)
    return tuple(profile(pool, project, scenario, lines) for project in pool.candidates)


def _payoff(pool: Pool, project: Project, objective: Objective) -> Aspect:
    currency = pool.cluster.currency
    points = project.payoff
    expected = expected_payoff(pool, project, objective)
    mean = None if points is None else payoff_with_caution(points)
    figures = (
        _money("Low", None if points is None else points.low, currency),
        _money("Likely", None if points is None else points.likely, currency),
        _money("High", None if points is None else points.high, currency),
        _money("Mean, if it succeeds", mean, currency),
        _money("Expected after all costs", expected, currency),
    )
    return Aspect("payoff", figures, _payoff_sentence(project, expected, mean, currency))


def _payoff_sentence(
    project: Project, expected: Fraction | None, mean: Fraction | None, currency: str
) -> str:
    parts = []
    if project.payoff is not None and mean is not None:
        low, high = money(project.payoff.low, currency), money(project.payoff.high, currency)
        parts.append(
            f"If it succeeds it should return {money(mean, currency)} (between {low} and {high})"
        )
    if expected is not None:
        parts.append(
            f"after the chance of success and all costs, {money(expected, currency)} is expected"
        )
    if not parts and project.benefit is not None:
        return "What it should return in money is not known; its benefit is."
    if not parts:
        return "What it should return is not known, so it counts as worth nothing."
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _risk(found: Risk, corner: Quadrant | None, currency: str) -> Aspect:
    figures = (
        _chance("Technical success", found.technical),
        _chance("Commercial success", found.commercial),
        _chance("Success in all", found.success),
        _chance("The whole cost is lost", found.loss),
        _money("Low outcome, given success", found.low_outcome, currency),
        Figure("Quadrant", corner and corner.value, "", corner.value if corner else UNKNOWN),
    )
    return Aspect("risk", figures, _risk_sentence(found, corner, currency))


def _risk_sentence(found: Risk, corner: Quadrant | None, currency: str) -> str:
    if found.success is None or found.loss is None:
        return "Its chance of success is not known, so it counts as certain."
    kind = f", {_article(corner)}" if corner else ""
    works = f"It works in {of_hundred(found.success)} cases{kind}"
    if found.loss == 0 or found.most_lost is None:
        return f"{works}."
    return f"{works}; in the others up to {money(found.most_lost, currency)} is lost."


def _article(corner: Quadrant) -> str:
    if corner is Quadrant.BREAD_AND_BUTTER:
        return corner.value
    return f"an {corner.value}" if corner is Quadrant.OYSTER else f"a {corner.value}"


def _resources(found: Resources, currency: str) -> Aspect:
    payers = [source.name for source in found.sources if source.may_pay]
    figures = [
        _money("Whole cost", found.cost, currency),
        _money("Grant", found.grant, currency),
        _money("Co-funding", found.co_funding, currency),
    ]
    figures += [
        _money(f"Grant in {period.label}", period.cents, currency) for period in found.by_period
    ]
    figures += [
        Figure(need.resource, _plain(need.amount), need.resource, f"{float(need.amount):,g}")
        for need in found.needs
    ]
    if found.sources:
        text = listed(payers) if payers else "none"
        figures.append(Figure("Sources that may pay", len(payers), "sources", text))
    return Aspect("resources", tuple(figures), _resources_sentence(found, payers, currency))


def _resources_sentence(found: Resources, payers: list[str], currency: str) -> str:
    if found.grant is None or found.cost is None:
        return "Its cost is not known, so no mix can hold it yet."
    text = f"It asks for {money(found.grant, currency)} of its {money(found.cost, currency)}"
    if len(found.by_period) > 1:
        text += f" over {count(len(found.by_period), 'period')}"
    if found.sources and payers:
        text += f"; {listed(payers, 'or')} may pay"
    elif found.sources:
        text += "; none of the sources may pay for it"
    if found.needs:
        needs = (f"{float(need.amount):,g} {need.resource}" for need in found.needs)
        text += f"; it takes {listed(needs)}"
    return f"{text}."


def _timeline(found: Timeline) -> Aspect:
    months = found.months
    figures = (
        _day("Start", found.start),
        _day("End", found.end),
        Figure(
            "Length",
            _plain(months),
            "months",
            UNKNOWN if months is None else count(round(months), "month"),
        ),
        Figure(
            "Time to payoff",
            found.to_payoff,
            "months",
            UNKNOWN if found.to_payoff is None else count(found.to_payoff, "month"),
        ),
        Figure(
            "Horizon",
            found.horizon and found.horizon.value,
            "",
            found.horizon.value if found.horizon else UNKNOWN,
        ),
    )
    return Aspect("timeline", figures, _timeline_sentence(found))


def _timeline_sentence(found: Timeline) -> str:
    if found.start and found.end:
        runs = f"It runs from {day(found.start)} to {day(found.end)}"
    elif found.start:
        runs = f"It starts on {day(found.start)}; its end is not known"
    elif found.end:
        runs = f"It ends on {day(found.end)}; its start is not known"
    else:
        runs = "When it runs is not known"
    if found.to_payoff is None or found.horizon is None:
        return f"{runs}; when it pays off is not known."
    kind = "a quick win" if found.quick_win else f"a {found.horizon.value} horizon"
    return f"{runs}; it pays off after {count(found.to_payoff, 'month')}, {kind}."


def _money(label: str, cents: Fraction | int | None, currency: str) -> Figure:
    if cents is None:
        return Figure(label, None, currency, UNKNOWN)
    return Figure(label, _plain(Fraction(cents) / 100), currency, money(cents, currency))


def _chance(label: str, chance: Fraction | None) -> Figure:
    text = UNKNOWN if chance is None else of_hundred(chance)
    return Figure(label, _plain(chance), "chance", text)


def _day(label: str, when: date | None) -> Figure:
    if when is None:
        return Figure(label, None, "date", UNKNOWN)
    return Figure(label, when.isoformat(), "date", day(when))


def _plain(number: Fraction | None) -> float | int | None:
    """A plain number for JSON: an int where it is one."""
    if number is None:
        return None
    return int(number) if number.denominator == 1 else float(number)
