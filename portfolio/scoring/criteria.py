"""Criteria by which a board judges: direction, value function, swing weight, and judgements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal["linear", "threshold", "anchored"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point of a value function: a raw level, its meaning in words, its value (0 to 100)."""

    level: float
    value: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. Its anchors say what a raw level is worth, from 0 (worst) to 100 (best).

    `measure` is "judged" (board members give the level) or the name of a computed measure of
    `portfolio.scoring.measures`. `swing` is 0 to 100, the best swing 100. `shape`: linear and
    anchored interpolate between anchors (anchored shows their words), threshold steps: the value
    of the highest anchor reached.
    Direction lies in the anchors: values that fall as levels rise mean less is better.
    """

    id: str
    name: str
    swing: float
    anchors: tuple[Anchor, ...]
    measure: str = "judged"
    shape: Shape = "linear"
    question: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a board member said of a project on a criterion.

    `level` None: "I do not know". `interest`: the member has an interest and does not count.
    """

    member: str
    project: str
    criterion: str
    level: float | None
    interest: bool = False
