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
from portfolio.scoring.value_functions import ValueFunction
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


@dataclass(frozen=True, slots=True)
class Score:
    """The bare score behind a scorecard; `unknown` names the criteria without a level."""

    points: Fraction | None
    unknown: tuple[str, ...]


Levels = Mapping[str, Mapping[str, Fraction]]
"""Level by criterion and member, for one project."""


def scorecards(pool: Pool, projects: Sequence[Project] | None = None) -> tuple[Scorecard, ...]:
    """A scorecard for each project (the candidates unless named), ranked, in the order given.

    A member who has an interest in a project on one criterion does not count on any. "I do not
    know" counts for nothing. The level of a criterion is the mean over the members who count.
    """
    wanted = pool.candidates if projects is None else tuple(projects)
    judged = _judged_levels(pool)
    yardsticks = _yardsticks(pool.criteria)
    return _ranked(
        [_scorecard(project, yardsticks, judged.get(project.id, {})) for project in wanted]
    )


def scores(pool: Pool) -> dict[str, Score]:
    """The candidates' scores by id, without what a scorecard shows beside them."""
    judged = _judged_levels(pool)
    yardsticks = _yardsticks(pool.criteria)
    found = {}
    for project in pool.candidates:
        parts = _parts(project, yardsticks, judged.get(project.id, {}))
        unknown = tuple(part.name for part in parts if part.value is None)
        found[project.id] = Score(_points(parts), unknown)
    return found


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


@dataclass(frozen=True, slots=True)
class _Yardstick:
    criterion: Criterion
    weight: Fraction
    value: ValueFunction


def _yardsticks(criteria: Sequence[Criterion]) -> tuple[_Yardstick, ...]:
    weights = swing_weights([criterion.swing for criterion in criteria])
    return tuple(
        _Yardstick(criterion, weight, ValueFunction(criterion))
        for criterion, weight in zip(criteria, weights, strict=True)
    )


def _judged_levels(pool: Pool) -> dict[str, dict[str, dict[str, Fraction]]]:
    excluded = {(said.member, said.project) for said in pool.judgements if said.interest}
    levels: dict[str, dict[str, dict[str, Fraction]]] = defaultdict(lambda: defaultdict(dict))
    for said in pool.judgements:
        if said.level is not None and (said.member, said.project) not in excluded:
            levels[said.project][said.criterion][said.member] = exact(said.level)
    return levels


def _scorecard(project: Project, yardsticks: Sequence[_Yardstick], judged: Levels) -> Scorecard:
    parts = tuple(
        replace(part, spread=spread_of(list(_said(yardstick, judged).values())))
        for part, yardstick in zip(_parts(project, yardsticks, judged), yardsticks, strict=True)
    )
    members = _member_scores(yardsticks, judged)
    points = _points(parts)
    coverage = sum(
        (y.weight for y, part in zip(yardsticks, parts, strict=True) if part.value is not None),
        Fraction(0),
    )
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


def _parts(project: Project, yardsticks: Sequence[_Yardstick], judged: Levels) -> tuple[Part, ...]:
    levels = [_level(project, yardstick, judged) for yardstick in yardsticks]
    known = sum(
        (y.weight for y, level in zip(yardsticks, levels, strict=True) if level is not None),
        Fraction(0),
    )
    return tuple(
        _part(yardstick, level, known, len(_said(yardstick, judged)))
        for yardstick, level in zip(yardsticks, levels, strict=True)
    )


def _part(yardstick: _Yardstick, level: Fraction | None, known: Fraction, judges: int) -> Part:
    value = None if level is None else yardstick.value.of(level)
    weight = Fraction(0) if value is None or not known else yardstick.weight / known
    return Part(
        criterion=yardstick.criterion.id,
        name=yardstick.criterion.name,
        level=level,
        value=value,
        weight=weight,
        contribution=Fraction(0) if value is None else weight * value,
        judges=judges,
    )


def _points(parts: Sequence[Part]) -> Fraction | None:
    """The sum of the contributions; None when no criterion that weighs anything is known."""
    if not any(part.weight for part in parts):
        return None
    return sum((part.contribution for part in parts), Fraction(0))


def _level(project: Project, yardstick: _Yardstick, judged: Levels) -> Fraction | None:
    if yardstick.criterion.measure != JUDGED:
        measure = MEASURES.get(yardstick.criterion.measure)
        return measure.of(project) if measure else None
    said = _said(yardstick, judged)
    return sum(said.values(), Fraction(0)) / len(said) if said else None


def _said(yardstick: _Yardstick, judged: Levels) -> Mapping[str, Fraction]:
    """Level by member on a judged criterion."""
    criterion = yardstick.criterion
    return judged.get(criterion.id, {}) if criterion.measure == JUDGED else {}


def _member_scores(yardsticks: Sequence[_Yardstick], judged: Levels) -> tuple[MemberScore, ...]:
    own: dict[str, list[tuple[_Yardstick, Fraction]]] = defaultdict(list)
    for yardstick in yardsticks:
        for member, level in _said(yardstick, judged).items():
            own[member].append((yardstick, yardstick.value.of(level)))
    scores = []
    for member in sorted(own):
        whole = sum((yardstick.weight for yardstick, _ in own[member]), Fraction(0))
        weighted = sum((yardstick.weight * value for yardstick, value in own[member]), Fraction(0))
        if whole:
            scores.append(MemberScore(member, weighted / whole))
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
