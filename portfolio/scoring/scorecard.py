"""The scorecard: how each criterion adds to a project's score, and where its judges differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scoring.criteria import Criterion
from portfolio.scoring.exact import exact
from portfolio.scoring.measures import JUDGED, MEASURES
from portfolio.scoring.value_functions import level_value
from portfolio.scoring.weights import swing_weights


@dataclass(frozen=True, slots=True)
class Spread:
    """How far members differ: least, most and the middle half, over `count` members.

    Quartiles lie on the straight line between neighbors (Hyndman and Fan's type 7).
    """

    count: int
    low: Fraction
    lower: Fraction
    middle: Fraction
    upper: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        """From the least to the most."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Part:
    """What one criterion adds. `value` is 0 to 100, `contribution` = weight · value, in points.

    `weight` is the swing weight among the criteria that are known for this project; they sum to
    1. A criterion that is not known has level and value None and adds nothing. `judges` counts
    the members behind a judged level, 0 for a computed one.
    """

    criterion: str
    name: str
    level: Fraction | None
    value: Fraction | None
    weight: Fraction
    contribution: Fraction
    judges: int = 0
    spread: Spread | None = None


@dataclass(frozen=True, slots=True)
class MemberScore:
    """A member's own score of a project, 0 to 100, over the criteria that they judged."""

    member: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A project's score in points, 0 to 100, and what it rests on.

    What is not known is never read as zero: the score is taken over the criteria that are known,
    their weights scaled up to 1. `coverage` says how much of the whole weight these hold, and
    `at_least` to `at_most` where the score would lie if the unknown ones were worst or best.
    `points` is None when nothing is known. `rank` 1 is the best; equal points share a rank.
    """

    project: str
    points: Fraction | None
    coverage: Fraction
    at_least: Fraction
    at_most: Fraction
    parts: tuple[Part, ...]
    members: tuple[MemberScore, ...] = ()
    spread: Spread | None = None
    rank: int | None = None

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of the criteria without a level."""
        return tuple(part.name for part in self.parts if part.value is None)


Levels = Mapping[str, Mapping[str, Fraction]]
"""Level by criterion and member, for one project."""


def scorecards(pool: Pool, projects: Sequence[Project] | None = None) -> tuple[Scorecard, ...]:
    """A scorecard for each project (the candidates unless named), ranked, in the order given.

    A member who has an interest in a project on one criterion does not count on any. "I do not
    know" counts for nothing. The level of a criterion is the mean over the members who count.
    """
    wanted = pool.candidates if projects is None else tuple(projects)
    judged = _judged_levels(pool)
    cards = [_scorecard(project, pool.criteria, judged.get(project.id, {})) for project in wanted]
    return _ranked(cards)


def spread_of(numbers: Sequence[Fraction]) -> Spread | None:
    """The spread of some numbers, None of none.

    >>> spread_of([Fraction(n) for n in (1, 2, 3, 4)]).lower
    Fraction(7, 4)
    """
    if not numbers:
        return None
    ordered = sorted(numbers)

    def at(share: Fraction) -> Fraction:
        place = share * (len(ordered) - 1)
        left = int(place)
        right = min(left + 1, len(ordered) - 1)
        return ordered[left] + (ordered[right] - ordered[left]) * (place - left)

    quartiles = (at(Fraction(k, 4)) for k in range(5))
    return Spread(len(ordered), *quartiles)


def _judged_levels(pool: Pool) -> dict[str, dict[str, dict[str, Fraction]]]:
    excluded = {(said.member, said.project) for said in pool.judgements if said.interest}
    levels: dict[str, dict[str, dict[str, Fraction]]] = defaultdict(lambda: defaultdict(dict))
    for said in pool.judgements:
        if said.level is not None and (said.member, said.project) not in excluded:
            levels[said.project][said.criterion][said.member] = exact(said.level)
    return levels


def _scorecard(project: Project, criteria: Sequence[Criterion], judged: Levels) -> Scorecard:
    weights = swing_weights([criterion.swing for criterion in criteria])
    found = [_level(project, criterion, judged) for criterion in criteria]
    coverage = sum(
        (w for w, level in zip(weights, found, strict=True) if level is not None), Fraction(0)
    )
    parts = tuple(
        _part(criterion, level, weight / coverage if known else Fraction(0), judged)
        for criterion, level, weight in zip(criteria, found, weights, strict=True)
        for known in [level is not None and coverage > 0]
    )
    members = _member_scores(criteria, judged)
    points = sum((part.contribution for part in parts), Fraction(0)) if coverage else None
    at_least = (points or Fraction(0)) * coverage
    return Scorecard(
        project=project.id,
        points=points,
        coverage=coverage,
        at_least=at_least,
        at_most=at_least + 100 * (1 - coverage),
        parts=parts,
        members=members,
        spread=spread_of([member.points for member in members]),
    )


def _level(project: Project, criterion: Criterion, judged: Levels) -> Fraction | None:
    if criterion.measure != JUDGED:
        measure = MEASURES.get(criterion.measure)
        return measure.of(project) if measure else None
    levels = judged.get(criterion.id, {})
    return sum(levels.values(), Fraction(0)) / len(levels) if levels else None


def _part(criterion: Criterion, level: Fraction | None, weight: Fraction, judged: Levels) -> Part:
    value = None if level is None else level_value(criterion, level)
    said = judged.get(criterion.id, {}) if criterion.measure == JUDGED else {}
    return Part(
        criterion=criterion.id,
        name=criterion.name,
        level=level,
        value=value,
        weight=weight,
        contribution=Fraction(0) if value is None else weight * value,
        judges=len(said),
        spread=spread_of(list(said.values())),
    )


def _member_scores(criteria: Sequence[Criterion], judged: Levels) -> tuple[MemberScore, ...]:
    members = sorted({member for levels in judged.values() for member in levels})
    scores = []
    for member in members:
        own = [
            (criterion, judged[criterion.id][member])
            for criterion in criteria
            if criterion.measure == JUDGED and member in judged.get(criterion.id, {})
        ]
        weights = swing_weights([criterion.swing for criterion, _ in own])
        points = sum(
            (w * level_value(c, level) for w, (c, level) in zip(weights, own, strict=True)),
            Fraction(0),
        )
        if own:
            scores.append(MemberScore(member, points))
    return tuple(scores)


def _ranked(cards: Sequence[Scorecard]) -> tuple[Scorecard, ...]:
    known = sorted((card.points for card in cards if card.points is not None), reverse=True)
    first_place: dict[Fraction, int] = {}
    for place, points in enumerate(known, start=1):
        first_place.setdefault(points, place)
    return tuple(
        card if card.points is None else replace(card, rank=first_place[card.points])
        for card in cards
    )
