"""What each project is worth, from the formulas as published, in exact fractions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Objective


def fraction(number: float | int | None, unknown: int = 1) -> Fraction:
    """The number as written; a chance that is not known counts as 1."""
    return Fraction(unknown) if number is None else Fraction(str(number))


def worth(pool: Pool, objective: Objective) -> dict[str, int]:
    """Millionths of a currency unit (payoff), of a point (score, blend) or of the benefit's unit."""
    projects = _candidates(pool)
    whole = [(project, Fraction(1)) for project in projects]
    return dict(zip((p.id for p in projects), worth_as_run(pool, objective, whole), strict=True))


def worth_as_run(
    pool: Pool, objective: Objective, runs: Sequence[tuple[Project, Fraction]]
) -> list[int]:
    """The same of candidates as they would run: with the share of their worth that is left.

    Payoff follows from the numbers as it would run; score and benefit are that share of the
    project's own.
    """

    def payoff() -> list[Fraction]:
        return [_payoff(pool, project, objective) or Fraction(0) for project, _ in runs]

    def score() -> list[Fraction]:
        own = {p.id: _score(pool, p) or Fraction(0) for p in _candidates(pool)}
        return [own[project.id] * share for project, share in runs]

    match objective.aim:
        case "payoff":
            exact = [cents / 100 for cents in payoff()]
        case "score":
            exact = score()
        case "benefit":
            own = {p.id: fraction(p.benefit, unknown=0) for p in pool.projects}
            exact = [own[project.id] * share for project, share in runs]
        case "blend":
            weight = fraction(objective.payoff_weight)
            as_proposed = _candidates(pool)
            all_payoff = _positive(_payoff(pool, p, objective) for p in as_proposed)
            all_score = _positive(_score(pool, p) for p in as_proposed)
            exact = [
                100 * (weight * _part(one, all_payoff) + (1 - weight) * _part(other, all_score))
                for one, other in zip(payoff(), score(), strict=True)
            ]
    return [round(units * 1_000_000) for units in exact]


def _candidates(pool: Pool) -> list[Project]:
    return [p for p in pool.projects if p.status == "proposal" and p.cost_known]


def _positive(worths: Iterable[Fraction | None]) -> Fraction:
    return sum((w for w in worths if w is not None and w > 0), Fraction(0))


def _part(one: Fraction, whole: Fraction) -> Fraction:
    return one / whole if whole else Fraction(0)


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
