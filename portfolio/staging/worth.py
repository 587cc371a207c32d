"""What a staged project is worth where it is stopped and where it is scaled up, in millionths.

The expected payoff of a project holds the chance that it works already. Money spent before the
gate is gone in either case; what a project earns comes only after it. So, of a project whose
risk-weighted income is I (its expected payoff before its cost D), with the chance P that it works
and g that it passes the gate:

- stopped at the gate: −D₁, the cost of its first stage;
- scaled up: I / max(P, g) − D.

Passing and working are read off the same luck, as `portfolio.simulation` draws success: it passes
below the g-quantile and works below the P-quantile, so that P(works | passes) = min(1, P / g), and
I times min(1, P / g) / P is I / max(P, g). Where g = P, expected worth falls by nothing but the
chance of having saved the rest: g · (I / g − D) − (1 − g) · D₁ = I − D + (1 − g) · (D − D₁).

In a plan of cash flows (rNPV) each amount holds the chance P_t that all gates of the years before
it are passed, and no later ones. What falls up to the end of the gate's year comes in either case;
of what falls later, amount CF_t · P_t becomes CF_t · P_t / max(P_t, g) where it is scaled up.

A score and a benefit hold no chance: at once they count whole, and so they do where a project goes
on. Where it is stopped they count nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from portfolio.pool import Pool
from portfolio.project import CashYear, Project
from portfolio.scenario import Objective
from portfolio.scoring.exact import exact
from portfolio.scoring.payoff import chance, rnpv_years
from portfolio.scoring.scorecard import scores
from portfolio.scoring.value import BLEND_TOTAL, MICRO, MICRO_A_CENT, expected_payoff
from portfolio.staging.staged import Staged
from portfolio.variants import Variant, variant


@dataclass(frozen=True, slots=True)
class Ends:
    """Worth in millionths of a staged project: stopped at its gate, and scaled up after it."""

    stopped: int
    scaled_up: int


def gated(pool: Pool, staged: Iterable[Staged]) -> Pool:
    """The pool with chances that are not known read off the gate.

    A project whose chance of technical success is not known would count as certain, which its gate
    denies; so the gate's chance stands for it, and in a plan of cash flows without any gate, the
    gate stands at the end of the year in which the first stage ends. Whether such a project is
    staged or funded at once, it is as risky.
    """
    by_id = {one.whole.id: one for one in reversed(list(staged))}
    projects = [
        _gated(one, by_id[one.id], pool) if one.id in by_id else one for one in pool.projects
    ]
    return replace(pool, projects=tuple(projects))


def ends(read: Pool, objective: Objective, staged: Sequence[Staged]) -> tuple[Ends, ...]:
    """The worth of each in either case, under an aim, in their order; `read` is their `gated` pool.

    Nothing is known of a project whose payoff is not, so it is worth 0 in either case, as it is
    when it is funded at once.
    """
    money = [_money(read, objective, one) for one in staged]
    points = [_points(read, objective, one) for one in staged]
    match objective.aim:
        case "payoff":
            return tuple(_rounded(one, MICRO_A_CENT) for one in money)
        case "score" | "benefit":
            return tuple(_rounded(one, MICRO) for one in points)
        case "blend":
            weight = exact(objective.payoff_weight)
            payoffs = [expected_payoff(read, each, objective) for each in read.candidates]
            earned = [each.points for each in scores(read).values()]
            part = BLEND_TOTAL * weight / (_positive(payoffs) or 1)
            other = BLEND_TOTAL * (1 - weight) / (_positive(earned) or 1)
            return tuple(
                _rounded(
                    tuple(part * cents + other * point for cents, point in zip(*both, strict=True)),
                    MICRO,
                )
                for both in zip(money, points, strict=True)
            )


Both = tuple[Fraction, Fraction]


def _money(read: Pool, objective: Objective, one: Staged) -> Both:
    """Expected payoff in cents, stopped and scaled up."""
    if objective.aim not in ("payoff", "blend"):
        return Fraction(0), Fraction(0)
    project = _read(read, one).project
    whole = expected_payoff(read, project, objective)
    if whole is None:
        return Fraction(0), Fraction(0)
    if objective.method == "rnpv":
        return _flows(read, project, objective, one)
    income = whole + project.cost
    stopped = Fraction(-one.stopped.cost)
    return stopped, income * _freed(chance(project.p_technical), one) - project.cost


def _flows(read: Pool, project: Project, objective: Objective, one: Staged) -> Both:
    """The plan of cash flows in cents, up to the gate and to its end."""
    cluster = read.cluster
    this_year, gate = cluster.calendar.start.year, _gate_year(one, read)
    before = after = Fraction(0)
    for year, cents, reached in rnpv_years(
        project, cluster.discount_rate, this_year, objective.caution
    ):
        if year <= gate:
            before += cents * reached
        else:
            after += cents * reached * _freed(reached, one)
    return before, before + after


def _points(read: Pool, objective: Objective, one: Staged) -> Both:
    """Points of the score, or the benefit, stopped and scaled up."""
    project = read.project(one.choice.project)
    if objective.aim == "payoff":
        return Fraction(0), Fraction(0)
    if objective.aim == "benefit":
        own = None if project.benefit is None else exact(project.benefit)
    else:
        own = scores(read)[project.id].points
    return Fraction(0), (own or Fraction(0)) * _read(read, one).share


def _read(read: Pool, one: Staged) -> Variant:
    """The project from the start of the seed on, with chances as the gates say."""
    return variant(read.project(one.choice.project), one.choice, read.cluster.calendar)


def _freed(weighted: Fraction, one: Staged) -> Fraction:
    """1 / max(P, g): what a passed gate makes of an amount that is weighted with the chance P."""
    likelier = max(weighted, exact(one.stage.chance))
    return 1 / likelier if likelier else Fraction(0)


def _gated(project: Project, one: Staged, pool: Pool) -> Project:
    chance = one.stage.chance
    if project.p_technical is None:
        project = replace(project, p_technical=chance)
    if project.cash and all(entry.p_pass == 1 for entry in project.cash):
        gate = CashYear(_gate_year(one, pool), 0, chance)
        project = replace(project, cash=(*project.cash, gate))
    return project


def _gate_year(one: Staged, pool: Pool) -> int:
    """The year in which the first stage ends, counted from the calendar's first."""
    calendar = pool.cluster.calendar
    return calendar.last_day(one.gate).year - calendar.start.year


def _positive(worths: Iterable[Fraction | None]) -> Fraction:
    return sum((worth for worth in worths if worth and worth > 0), Fraction(0))


def _rounded(both: Sequence[Fraction], scale: int) -> Ends:
    """Both in whole millionths, halves to even."""
    return Ends(round(both[0] * scale), round(both[1] * scale))
