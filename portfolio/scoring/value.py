"""What each project is worth under an objective, as exact integers that can be added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import isfinite
from typing import Literal

from portfolio.errors import InputError, Problem
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Objective
from portfolio.scoring.exact import exact
from portfolio.scoring.payoff import project_ecv, project_rnpv
from portfolio.scoring.scorecard import scores
from portfolio.selection import Choice
from portfolio.variants import Pick, Variant, realized
from portfolio.wording import listed

MICRO = 1_000_000
MICRO_A_CENT = MICRO // 100
BLEND_TOTAL = 100
"""Points that all candidates of positive worth share out in a blend."""

Unit = Literal["money", "points", "benefit"]


def unit(objective: Objective) -> Unit:
    """What values count in: currency units, score points, or the benefit's own unit."""
    match objective.aim:
        case "payoff":
            return "money"
        case "score" | "blend":
            return "points"
        case "benefit":
            return "benefit"


def values(pool: Pool, objective: Objective) -> dict[str, int]:
    """Worth of each candidate as proposed, in millionths of its `unit`, by id, in order of id.

    payoff: ECV, or rNPV of the plan of cash flows. score: points of the scorecard, 0 to 100.
    benefit: the number that came with the list. blend: 100 · (w · payoff / Σ payoff⁺ + (1 − w) ·
    score / Σ score⁺) points, each part measured against the sum of all candidates' positive worth
    in it, so that both weigh as stated, whatever their units: funding every candidate of positive
    worth makes 100. A part that is not known adds nothing, and neither does one that is positive
    for nobody. A project that lacks what its worth is made of is worth 0 and is in `incomplete`.
    Each worth is computed exactly and rounded once, halves to even, so neither rows nor judgements
    have an order that matters. Raises InputError, with every problem, for chances outside 0 to 1
    and numbers that are none.
    """
    as_proposed = _as_proposed(pool)
    worth = variant_values(pool, objective, as_proposed)
    return {one.project.id: micro for one, micro in zip(as_proposed, worth, strict=True)}


def variant_values(
    pool: Pool, objective: Objective, variants: Sequence[Variant]
) -> tuple[int, ...]:
    """Worth of ways to choose candidates, in millionths, in their order. Raises as `values`.

    Payoff comes from the project as it would run; a score or a benefit is the variant's share of
    that of the project as proposed.
    """
    _check(pool, objective)
    scale = MICRO_A_CENT if objective.aim == "payoff" else MICRO
    return tuple(_rounded(worth, scale) for worth in _worth(pool, objective, variants))


def total(pool: Pool, objective: Objective, picks: Iterable[Pick]) -> int:
    """Worth of a mix in millionths: the sum over its projects.

    Raises NotFoundError for what no candidate can be chosen as.
    """
    return sum(variant_values(pool, objective, realized(pool, picks)))


def incomplete(pool: Pool, objective: Objective) -> dict[str, str]:
    """Candidates that count as worth nothing, or for a part only, for want of data, and why.

    By id, in order of id; each reason is a clause such as "its payoff is not known".
    """
    parts = _parts(pool, objective, _as_proposed(pool))
    reasons = {
        project.id: [clause for clause, worth in parts.items() if worth[place] is None]
        for place, project in enumerate(pool.candidates)
    }
    return {project_id: listed(clauses) for project_id, clauses in reasons.items() if clauses}


def assumed(pool: Pool, objective: Objective) -> dict[str, str]:
    """Candidates whose worth rests on an assumption, and which; milder than `incomplete`.

    By id, in order of id. A chance that is not known counts as certain; a score over some of the
    criteria stands for all of them; rNPV without three points takes no caution.
    """
    notes: dict[str, list[str]] = {project.id: [] for project in pool.candidates}
    if objective.aim in ("payoff", "blend"):
        for project in pool.candidates:
            notes[project.id] += _payoff_assumptions(project, objective)
    if objective.aim in ("score", "blend"):
        for project_id, score in scores(pool).items():
            if score.points is not None and score.unknown:
                notes[project_id].append(f"its score leaves out {listed(score.unknown)}")
    return {project_id: listed(clauses) for project_id, clauses in notes.items() if clauses}


def expected_payoff(pool: Pool, project: Project, objective: Objective) -> Fraction | None:
    """Expected payoff in cents by the objective's method and caution, whatever its aim.

    None when the estimates that the method needs are not there.
    """
    if objective.method == "rnpv":
        cluster = pool.cluster
        this_year = cluster.calendar.start.year
        return project_rnpv(project, cluster.discount_rate, this_year, objective.caution)
    return project_ecv(project, objective.caution)


def problems(pool: Pool, objective: Objective) -> tuple[Problem, ...]:
    """Everything that keeps the candidates from being valued: what `values` raises."""
    found = [
        Problem(field, str(number), "Write a number from 0 to 1.")
        for field, number in (
            ("payoff weight", objective.payoff_weight),
            ("caution", objective.caution),
        )
        if not 0 <= number <= 1
    ]
    for project in pool.candidates:
        found += _project_problems(project)
    return tuple(found)


def _rounded(worth: Fraction, scale: int) -> int:
    """worth · scale as a whole number, halves to even.

    >>> [_rounded(Fraction(k, 4), 2) for k in (-3, -1, 1, 3, 5)]
    [-2, 0, 0, 2, 2]
    """
    whole, rest = divmod(worth.numerator * scale, worth.denominator)
    half = 2 * rest - worth.denominator
    return whole + (half > 0 or (half == 0 and whole % 2))


Part = list[Fraction | None]


def _as_proposed(pool: Pool) -> list[Variant]:
    return [Variant(Choice(p.id), p, Fraction(1)) for p in pool.candidates]


def _parts(pool: Pool, objective: Objective, variants: Sequence[Variant]) -> dict[str, Part]:
    """The parts of a worth (cents, points, benefit), by the clause said where one is missing."""
    parts: dict[str, Part] = {}
    if objective.aim in ("payoff", "blend"):
        plan = "its plan of cash flows" if objective.method == "rnpv" else "its payoff"
        parts[f"{plan} is not known"] = [
            expected_payoff(pool, one.project, objective) for one in variants
        ]
    if objective.aim in ("score", "blend"):
        points = {i: score.points for i, score in scores(pool).items()}
        parts["nobody has scored it"] = [
            _times(points[one.project.id], one.share) for one in variants
        ]
    if objective.aim == "benefit":
        parts["its benefit is not known"] = [
            None
            if one.project.benefit is None
            else _times(exact(pool.project(one.project.id).benefit or 0.0), one.share)
            for one in variants
        ]
    return parts


def _times(part: Fraction | None, share: Fraction) -> Fraction | None:
    return None if part is None else part * share


def _worth(pool: Pool, objective: Objective, variants: Sequence[Variant]) -> list[Fraction]:
    parts = list(_parts(pool, objective, variants).values())
    if objective.aim != "blend":
        return [worth or Fraction(0) for worth in parts[0]]
    payoff, score = (
        _positive(part) for part in _parts(pool, objective, _as_proposed(pool)).values()
    )
    weight = exact(objective.payoff_weight)
    return [
        BLEND_TOTAL * (weight * _part_of(one, payoff) + (1 - weight) * _part_of(other, score))
        for one, other in zip(*parts, strict=True)
    ]


def _positive(part: Iterable[Fraction | None]) -> Fraction:
    return sum((worth for worth in part if worth and worth > 0), Fraction(0))


def _part_of(worth: Fraction | None, whole: Fraction) -> Fraction:
    return worth / whole if worth and whole else Fraction(0)


def _payoff_assumptions(project: Project, objective: Objective) -> list[str]:
    if objective.method == "rnpv":
        cautious = objective.caution > 0 and project.cash and project.payoff is None
        return ["its income takes no caution"] if cautious else []
    if project.payoff is None:
        return []
    chances = {"technical": project.p_technical, "commercial": project.p_commercial}
    unknown = [name for name, chance in chances.items() if chance is None]
    return [f"its {listed(unknown)} success counts as certain"] if unknown else []


def _check(pool: Pool, objective: Objective) -> None:
    found = problems(pool, objective)
    if found:
        raise InputError(found)


def _project_problems(project: Project) -> list[Problem]:
    chances = {
        "chance of technical success": project.p_technical,
        "chance of commercial success": project.p_commercial,
    }
    for entry in project.cash:
        chances[f"chance to pass the gate of year {entry.year}"] = entry.p_pass
    found = [
        Problem(f"{project.name}, {field}", str(number), "Write a chance from 0 to 1.")
        for field, number in chances.items()
        if number is not None and not 0 <= number <= 1
    ]
    if project.benefit is not None and not isfinite(project.benefit):
        remedy = "Write a number, or leave it empty."
        found.append(Problem(f"{project.name}, benefit", str(project.benefit), remedy))
    return found
