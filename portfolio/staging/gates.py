"""What the gates may say: every outcome with its exact chance, or many that are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import lcm, prod, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from portfolio.errors import InputError, Problem
from portfolio.project import Project
from portfolio.scoring.exact import exact
from portfolio.simulation.assumptions import CLASSES
from portfolio.simulation.noise import stream
from portfolio.simulation.normal import threshold

MOST_COUNTED = 10
"""Up to so many gates that may go either way, all outcomes are counted and none is drawn."""

MOST_OUTCOMES = 10_000

Passed = frozenset[str]
Use = Literal["gate", "fresh gate"]


@dataclass(frozen=True, slots=True)
class Luck:
    """How gates are drawn: `theme`, `sponsor` and `technology` as in `simulation.Assumptions`.

    With all at zero, each gate is by itself.
    """

    outcomes: int = 200
    seed: int = 1
    theme: float = 0.0
    sponsor: float = 0.0
    technology: float = 0.0

    @property
    def alone(self) -> bool:
        """Whether no gate shares its luck with another."""
        return not any(self.shared.values())

    @property
    def shared(self) -> dict[str, float]:
        """What two gates owe to a class that they share, by kind."""
        return {"theme": self.theme, "sponsor": self.sponsor, "technology": self.technology}


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Who passes, and how often: outcome k has the chance `weights[k]` / Σ weights.

    `counted`: these are all outcomes, with their exact chances. Of drawn ones, one may have the
    weight 0 (see `with_nobody`).
    """

    passed: tuple[Passed, ...]
    weights: tuple[int, ...]
    counted: bool

    @property
    def whole(self) -> int:
        """Σ weights."""
        return sum(self.weights)


def gates(projects: Sequence[Project], luck: Luck) -> Outcomes:
    """All outcomes where they are few and each gate is by itself, else so many drawn ones."""
    open_ = [one for one in projects if 0 < _chance(one) < 1]
    if luck.alone and len(open_) <= MOST_COUNTED:
        return counted(projects)
    return drawn(projects, luck)


def counted(projects: Sequence[Project]) -> Outcomes:
    """Every outcome with its chance, the product of the gates' own.

    >>> from portfolio.project import FirstStage, Project
    >>> found = counted([Project("a", "A", first_stage=FirstStage(0, 1, 0.25))])
    >>> [sorted(each) for each in found.passed], found.weights
    ([['a'], []], (1, 3))
    """
    sides = [_sides(one) for one in projects]
    found: Counter[Passed] = Counter()
    whole = lcm(*(chance.denominator for own in sides for _, chance in own)) ** len(sides)
    for each in product(*sides):
        passed = frozenset(i for i, _ in each if i)
        found[passed] += int(prod((chance for _, chance in each), start=Fraction(whole)))
    common = np.gcd.reduce(np.array(list(found.values()), dtype=object))
    return Outcomes(
        tuple(found), tuple(weight // int(common) for weight in found.values()), counted=True
    )


def drawn(projects: Sequence[Project], luck: Luck, use: Use = "gate") -> Outcomes:
    """So many outcomes, alike ones together; raises InputError for what cannot be drawn.

    Each project, theme and lead draws from a stream of its own, as in `portfolio.simulation`: the
    first outcomes are the same however many are asked for and whoever else is staged. Gates are
    drawn apart from the outcomes of `simulation`, and those of another `use` apart from these.
    """
    check(luck)
    passing = _passing(projects, luck, use)
    names = [one.id for one in projects]
    found = Counter(
        frozenset(name for name, passes in zip(names, row, strict=True) if passes)
        for row in passing.tolist()
    )
    return Outcomes(tuple(found), tuple(found.values()), counted=False)


def with_nobody(outcomes: Outcomes, projects: Sequence[Project]) -> Outcomes:
    """The outcomes with the one in which only gates that are certain are passed, weighing 0 if not drawn.

    Passing a gate allows to scale up and forces nothing. So a plan whose rules can be kept where
    nobody passes can keep them in every outcome, drawn or not.

    >>> from portfolio.project import FirstStage, Project
    >>> ones = [Project("a", "A", first_stage=FirstStage(0, 1, 0.9))]
    >>> with_nobody(Outcomes((frozenset("a"),), (5,), counted=False), ones).weights
    (5, 0)
    """
    nobody = frozenset(one.id for one in projects if _chance(one) == 1)
    if nobody in outcomes.passed:
        return outcomes
    return replace(outcomes, passed=(*outcomes.passed, nobody), weights=(*outcomes.weights, 0))


def check(luck: Luck) -> None:
    """InputError with everything that keeps gates from being drawn."""
    found = []
    if not 1 <= luck.outcomes <= MOST_OUTCOMES:
        remedy = f"Write a whole number from 1 to {MOST_OUTCOMES:,}."
        found.append(Problem("outcomes", str(luck.outcomes), remedy))
    names = {"theme": "same theme", "sponsor": "same lead", "technology": "same technology"}
    for kind, share in luck.shared.items():
        if not 0 <= share <= 1:
            found.append(Problem(names[kind], str(share), "Write a number from 0 to 1."))
    if not found and sum(luck.shared.values()) > 1:
        together = " + ".join(str(share) for share in luck.shared.values())
        field = " and ".join(names.values())
        found.append(Problem(field, together, "Together they may be at most 1."))
    if found:
        raise InputError(tuple(found))


def _chance(project: Project) -> float:
    """The chance of its gate; a project without one passes."""
    return 1.0 if project.first_stage is None else project.first_stage.chance


def _sides(project: Project) -> list[tuple[str, Fraction]]:
    chance = exact(_chance(project))
    both = [(project.id, chance), ("", 1 - chance)]
    return [side for side in both if side[1]]


def _passing(projects: Sequence[Project], luck: Luck, use: Use) -> NDArray[np.bool_]:
    """Who passes; shape `(outcomes, projects)`. The luck of a project is normal, low is good."""
    shared = luck.shared
    passing = np.empty((luck.outcomes, len(projects)), dtype=np.bool_)
    drawn: dict[tuple[str, str], NDArray[np.float64]] = {}
    for place, one in enumerate(projects):
        keys = [(kind, name) for kind in shared if shared[kind] and (name := CLASSES[kind](one))]
        own = max(1 - sum(shared[kind] for kind, _ in keys), 0.0)
        z = sqrt(own) * _normal(luck, f"{use} of project", one.id)
        for kind, name in keys:
            if (kind, name) not in drawn:
                drawn[kind, name] = _normal(luck, f"{use} of {kind}", name)
            z += sqrt(shared[kind]) * drawn[kind, name]
        chance = _chance(one)
        passing[:, place] = (z < threshold(chance)) if 0 < chance < 1 else chance == 1
    return passing


def _normal(luck: Luck, kind: str, name: str) -> NDArray[np.float64]:
    return stream(luck.seed, kind, name).standard_normal(luck.outcomes)
