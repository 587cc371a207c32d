"""A criterion as the fields of a form, and the criterion that filled-in fields make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import get_args

from data.text import slug
from portfolio.errors import InputError, Problem
from portfolio.scoring.criteria import Anchor, Criterion, Shape
from portfolio.scoring.measures import JUDGED, MEASURES
from portfolio.scoring.weights import swing_weights

LONGEST = 300
SHAPE_WORDS: dict[Shape, str] = {
    "anchored": "sentences, and straight lines between them",
    "linear": "straight lines between the levels",
    "threshold": "steps: a level counts once it is reached",
}
MEASURE_WORDS = {JUDGED: "the board's judgement"} | {
    name: f"{name} ({measure.unit})" if measure.unit else name for name, measure in MEASURES.items()
}
FIRST = (Anchor(0, 0, "nothing of it"), Anchor(5, 50, "half of it"), Anchor(10, 100, "all of it"))
"""Anchors to begin with."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a form holds. `anchors` are triples of level, value and words, as they were typed."""

    name: str
    question: str
    swing: float
    measure: str
    shape: str
    anchors: tuple[tuple[object, object, object], ...]


def build(criterion_id: str, told: Fields, taken: Sequence[str]) -> Criterion:
    """The criterion of a filled-in form; InputError with everything that is wrong with it.

    `taken` are the names of the others.
    """
    problems: list[Problem] = []
    name = told.name.strip()[:LONGEST]
    if not name:
        problems.append(Problem("Name", "", "Give the criterion a name."))
    elif name in taken:
        problems.append(Problem("Name", name, "Another criterion has this name. Choose another."))
    if told.measure not in MEASURE_WORDS:
        problems.append(Problem("Measured by", told.measure, "Choose one from the list."))
    if told.shape not in get_args(Shape):
        problems.append(Problem("Between the levels", told.shape, "Choose one from the list."))
    if not 0 <= told.swing <= 100:
        problems.append(Problem("Swing", f"{told.swing:g}", "Write a number from 0 to 100."))
    anchors = _anchors(told.anchors, problems)
    if problems:
        raise InputError(tuple(problems))
    shape = next(each for each in get_args(Shape) if each == told.shape)
    question = told.question.strip()[:LONGEST]
    return Criterion(criterion_id, name, told.swing, anchors, told.measure, shape, question)


def placed(criteria: Sequence[Criterion], criterion: Criterion) -> tuple[Criterion, ...]:
    """The criteria with one added, or put in the place of the one of the same id."""
    if all(each.id != criterion.id for each in criteria):
        return (*criteria, criterion)
    return tuple(criterion if each.id == criterion.id else each for each in criteria)


def without(criteria: Sequence[Criterion], criterion_id: str) -> tuple[Criterion, ...]:
    """The criteria without one."""
    return tuple(each for each in criteria if each.id != criterion_id)


def new_id(name: str, criteria: Sequence[Criterion]) -> str:
    """An id made of a name, that no criterion has."""
    taken = {each.id for each in criteria}
    base, number = slug(name or "criterion"), 1
    candidate = base
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def weights(criteria: Sequence[Criterion]) -> tuple[float, ...]:
    """Each criterion's share of the whole, in per cent."""
    shares = swing_weights([each.swing for each in criteria])
    return tuple(float(share * 100) for share in shares)


def anchored_words(criterion: Criterion) -> str:
    """The worst and the best answer in words."""
    ordered = sorted(criterion.anchors, key=lambda each: each.value)
    if not ordered:
        return ""
    worst, best = (each.text or f"{each.level:g}" for each in (ordered[0], ordered[-1]))
    return f"from “{worst}” to “{best}”"


def _anchors(
    rows: Sequence[tuple[object, object, object]], problems: list[Problem]
) -> tuple[Anchor, ...]:
    found: list[Anchor] = []
    for place, (level, value, words) in enumerate(rows, start=1):
        if level is None and value is None and not words:
            continue
        level_number, value_number = _number(level), _number(value)
        if level_number is None:
            problems.append(Problem("Level", _said(level), "Write a number.", place))
        if value_number is None or not 0 <= value_number <= 100:
            remedy = "Write a number from 0 (worst) to 100 (best)."
            problems.append(Problem("Value", _said(value), remedy, place))
        elif level_number is not None:
            text = "" if words is None else str(words).strip()[:LONGEST]
            found.append(Anchor(level_number, value_number, text))
    levels = [anchor.level for anchor in found]
    if len(set(levels)) < len(levels):
        problems.append(Problem("Level", "", "Two answers have the same level. Give each its own."))
    if len(found) < 2 and not problems:
        problems.append(Problem("Answers", "", "Write at least two: the worst and the best."))
    return tuple(sorted(found, key=lambda anchor: anchor.level))


def _number(cell: object) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or not isfinite(cell):
        return None
    return float(cell)


def _said(cell: object) -> str:
    return "" if cell is None else str(cell)[:80]
