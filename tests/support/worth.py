"""What each project is worth, from the formulas as published, in exact fractions."""

from __future__ import annotations

from fractions import Fraction

from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Objective


def fraction(number: float | int | None, unknown: int = 1) -> Fraction:
    """The number as written; a chance that is not known counts as 1."""
    return Fraction(unknown) if number is None else Fraction(str(number))


def worth(pool: Pool, objective: Objective) -> dict[str, int]:
    """Millionths of a currency unit (payoff), of a point (score, blend) or of the benefit's unit."""
    projects = [p for p in pool.projects if p.status == "proposal" and p.cost_known]
    match objective.aim:
        case "payoff":
            exact = {p.id: _payoff(pool, p, objective) for p in projects}
            exact = {i: None if cents is None else cents / 100 for i, cents in exact.items()}
        case "score":
            exact = {p.id: _score(pool, p) for p in projects}
        case "benefit":
            exact = {p.id: fraction(p.benefit, unknown=0) for p in projects}
        case "blend":
            weight = fraction(objective.payoff_weight)
            payoff = _shares({p.id: _payoff(pool, p, objective) or Fraction(0) for p in projects})
            score = _shares({p.id: _score(pool, p) or Fraction(0) for p in projects})
            exact = {
                p.id: 100 * (weight * payoff[p.id] + (1 - weight) * score[p.id]) for p in projects
            }
    return {i: round((units or Fraction(0)) * 1_000_000) for i, units in exact.items()}


def _shares(worths: dict[str, Fraction]) -> dict[str, Fraction]:
    whole = sum((w for w in worths.values() if w > 0), Fraction(0))
    return {i: w / whole if whole else Fraction(0) for i, w in worths.items()}


def _payoff(pool: Pool, project: Project, objective: Objective) -> Fraction | None:
    if objective.method == "rnpv":
        return _rnpv(pool, project, objective)
    if project.payoff is None:
        return None
    low, likely, high = (project.payoff.low, project.payoff.likely, project.payoff.high)
    mean = Fraction(low + 4 * likely + high, 6)
    caution = fraction(objective.caution)
    value = caution * low + (1 - caution) * mean
    commercial = value * fraction(project.p_commercial) - project.launch_cost
    return commercial * fraction(project.p_technical) - project.cost


def _rnpv(pool: Pool, project: Project, objective: Objective) -> Fraction | None:
    """Pools here give at most one amount a year, in years from now, and no three points with it."""
    if not project.cash:
        return None
    rate = fraction(pool.cluster.discount_rate)
    total, reached = Fraction(0), Fraction(1)
    for entry in sorted(project.cash, key=lambda entry: entry.year):
        total += entry.amount * reached / (1 + rate) ** entry.year
        reached *= fraction(entry.p_pass)
    return total


def _score(pool: Pool, project: Project) -> Fraction | None:
    """Pools here judge on linear scales from 0 (worth 0) to 10 (worth 100)."""
    partial = {s.member for s in pool.judgements if s.project == project.id and s.interest}
    total, weights = Fraction(0), Fraction(0)
    known = []
    for criterion in pool.criteria:
        levels = [
            fraction(s.level)
            for s in pool.judgements
            if s.project == project.id
            and s.criterion == criterion.id
            and s.level is not None
            and s.member not in partial
        ]
        if levels:
            known.append((fraction(criterion.swing), 10 * sum(levels) / len(levels)))
    for swing, value in known:
        total += swing * value
        weights += swing
    return total / weights if weights else None
