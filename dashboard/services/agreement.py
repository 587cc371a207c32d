"""Where the board agrees: members' scores of each proposal, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from dashboard.services import words
from portfolio.pool import Pool
from portfolio.scoring.criteria import Criterion
from portfolio.scoring.exact import exact
from portfolio.scoring.scorecard import Scorecard, scorecards
from portfolio.wording import count

AGREED_WITHIN = 30
"""Points of 100 between the lowest and the highest score up to which we call it agreed."""
FEWEST = 2
"""Scores that it takes to agree or to differ."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """All candidates' scorecards by id, and the ids that several members scored, widest gap first."""

    pool: Pool
    cards: Mapping[str, Scorecard]
    ordered: tuple[str, ...]

    @property
    def agreed(self) -> tuple[str, ...]:
        """The proposals on which all scores lie within `AGREED_WITHIN` points."""
        return tuple(each for each in self.ordered if gap(self.cards[each]) <= AGREED_WITHIN)

    @property
    def scored_by(self) -> int:
        """How many members have scored anything that counts."""
        return len({said.member for card in self.cards.values() for said in card.members})


def gap(card: Scorecard) -> Fraction:
    """Points between the lowest and the highest member's score; 0 without scores."""
    return card.spread.width if card.spread else Fraction(0)


def agreement(pool: Pool, swings: Mapping[str, float] | None = None) -> Agreement:
    """The agreement under the pool's weights, or under other swings by a criterion's id."""
    asked = pool if swings is None else with_swings(pool, swings)
    cards = {card.project: card for card in scorecards(asked)}
    several = [card for card in cards.values() if card.spread and card.spread.count >= FEWEST]
    ordered = sorted(several, key=lambda card: (-gap(card), card.project))
    return Agreement(asked, cards, tuple(card.project for card in ordered))


def with_swings(pool: Pool, swings: Mapping[str, float]) -> Pool:
    """The pool with other swings; a criterion that is not named keeps its own."""
    criteria = tuple(
        replace(criterion, swing=float(swings.get(criterion.id, criterion.swing)))
        for criterion in pool.criteria
    )
    return replace(pool, criteria=criteria)


def means(found: Agreement) -> tuple[Fraction | None, ...]:
    """The mean points of each criterion over the candidates that have a score."""
    known = [card for card in found.cards.values() if card.points is not None]
    return tuple(
        sum((card.parts[k].contribution for card in known), Fraction(0)) / len(known)
        if known
        else None
        for k in range(len(found.pool.criteria))
    )


def headline(found: Agreement, mark: words.Mark) -> str:
    """The answer as one or two sentences."""
    whole = len(found.ordered)
    if not found.pool.criteria:
        return "There is nothing to score by yet."
    if not whole:
        return (
            "Nobody has scored yet." if not found.scored_by else "No two members scored the same."
        )
    widest = found.cards[found.ordered[0]]
    if widest.spread is None or gap(widest) <= AGREED_WITHIN:
        return (
            f"We agree on all {whole:,} proposals."
            if whole > 1
            else "We agree on the one proposal."
        )
    low, high = round(widest.spread.low), round(widest.spread.high)
    name = mark(found.pool.project(widest.project).name)
    return (
        f"We agree on {len(found.agreed) or 'none'} of {whole:,}. "
        f"The widest gap is {name}: scores from {low} to {high}."
    )


def context(found: Agreement) -> str:
    """One plain sentence: what agreeing means, and who has not scored."""
    members, scored = len(found.pool.members), found.scored_by
    if not found.pool.criteria:
        return "Add criteria in Settings."
    if not scored:
        return f"Each of {count(members, 'member')} can begin under “Give my scores”."
    start = f"Agreed means that all scores lie within {AGREED_WITHIN} points of 100."
    if scored < members:
        return f"{start} {scored} of {members} have scored; the picture will move."
    return start


def in_words(criterion: Criterion, level: Fraction | None) -> str:
    """What the anchor nearest to a level says; "" without a level or words."""
    if level is None or not criterion.anchors:
        return ""
    nearest = min(criterion.anchors, key=lambda each: (abs(exact(each.level) - level), each.level))
    return nearest.text
