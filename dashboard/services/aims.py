"""What a mix can aim for, given what is known of the proposals."""

from __future__ import annotations

from portfolio.pool import Pool
from portfolio.scenario import Aim

WORDS: dict[Aim, str] = {
    "payoff": "Payoff",
    "score": "Score",
    "blend": "Both",
    "benefit": "Benefit",
}


def possible(pool: Pool) -> tuple[Aim, ...]:
    """The aims for which at least one proposal has what its worth is made of."""
    payoff = any(project.payoff is not None or project.cash for project in pool.candidates)
    score = bool(pool.criteria)
    found: list[Aim] = []
    if payoff:
        found.append("payoff")
    if score:
        found.append("score")
    if payoff and score:
        found.append("blend")
    if any(project.benefit is not None for project in pool.candidates):
        found.append("benefit")
    return tuple(found)
