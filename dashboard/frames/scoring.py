"""Scores, what they are made of, and the four parts of each candidate."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.frames.columns import numbers, units
from dashboard.services.agenda import turns_on
from dashboard.services.agreement import Agreement, in_words, means
from dashboard.services.four_parts import Parts
from dashboard.services.proposals import lead_name
from dashboard.services.robustness import asked_for
from optimizer import Ask, CoreIndex
from portfolio.pool import Pool
from portfolio.scoring.payoff import payoff_with_caution
from portfolio.scoring.scorecard import Scorecard


def scores(found: Agreement) -> pd.DataFrame:
    """Scores of all candidates: those that several members scored first, widest gap first."""
    rest = sorted(set(found.cards) - set(found.ordered))
    cards = [found.cards[each] for each in (*found.ordered, *rest)]
    spreads = [card.spread for card in cards]
    return pd.DataFrame(
        {
            "Proposal": [found.pool.project(card.project).name for card in cards],
            "Score": numbers(card.points for card in cards),
            "Place": pd.array([card.rank for card in cards], dtype="Int64"),
            "Members": [len(card.members) for card in cards],
            "Lowest": numbers(spread.low if spread else None for spread in spreads),
            "Highest": numbers(spread.high if spread else None for spread in spreads),
            "Apart": numbers(spread.width if spread else None for spread in spreads),
            "Not known": [", ".join(card.unknown) for card in cards],
        }
    )


def score_parts(found: Agreement, card: Scorecard) -> pd.DataFrame:
    """What one score is made of, a criterion a row."""
    return pd.DataFrame(
        {
            "Criterion": [part.name for part in card.parts],
            "Mean level": numbers(part.level for part in card.parts),
            "In words": [
                in_words(criterion, part.level)
                for criterion, part in zip(found.pool.criteria, card.parts, strict=True)
            ],
            "Value": numbers(part.value for part in card.parts),
            "Weight": numbers(part.weight * 100 for part in card.parts),
            "Points": numbers(
                None if part.value is None else part.contribution for part in card.parts
            ),
            "Mean of all": numbers(means(found)),
            "Members": pd.array([part.judges or None for part in card.parts], dtype="Int64"),
            "From": [criterion.measure for criterion in found.pool.criteria],
        }
    )


def four_parts(pool: Pool, found: Sequence[Parts]) -> pd.DataFrame:
    """Candidates with payoff, risk, resources and timeline; money in whole units."""
    projects = [part.project for part in found]
    means = [None if p.payoff is None else payoff_with_caution(p.payoff) for p in projects]
    return pd.DataFrame(
        {
            "Proposal": [project.name for project in projects],
            "Quadrant": [part.corner for part in found],
            "Expected payoff": units(part.expected for part in found),
            "Payoff if it works": units(means),
            "Chance of success": numbers(
                None if p.p_success is None else p.p_success * 100 for p in projects
            ),
            "Asked for": units(project.grant for project in projects),
            "Whole cost": units(project.cost for project in projects),
            "Lead": [lead_name(pool, project) for project in projects],
            "Starts": [project.start for project in projects],
            "Ends": [project.end for project in projects],
            "Months to payoff": pd.array([p.months_to_payoff for p in projects], dtype="Int64"),
            "Horizon": [p.horizon.value if p.horizon else "not known" for p in projects],
        }
    )


def agenda(pool: Pool, chosen: Sequence[CoreIndex]) -> pd.DataFrame:
    """Proposals of a list of the agenda, in its order; money in whole units, shares in percent."""
    projects = [pool.project(each.project) for each in chosen]
    return pd.DataFrame(
        {
            "Proposal": [project.name for project in projects],
            "In sensible mixes": [round(each.index * 100, 1) for each in chosen],
            "Asked for": [project.grant / 100 for project in projects],
            "Theme": [project.theme for project in projects],
            "Lead": [lead_name(pool, project) for project in projects],
            "What it turns on": [turns_on(pool, each) for each in chosen],
        }
    )


def asking(pool: Pool, asked: Sequence[Ask]) -> pd.DataFrame:
    """Numbers to ask for, in their order; worth in points."""
    named = [asked_for(pool, each) for each in asked]
    return pd.DataFrame(
        {
            "Ask for": [number for number, _, _ in named],
            "Proposal": [project for _, project, _ in named],
            "Criterion": [criterion for _, _, criterion in named],
            "Worth": [each.value for each in asked],
            "Give or take": [each.error for each in asked],
            "Places it decides": [each.settles for each in asked],
        }
    )
