"""The outcomes themselves: what each project brings or costs in each of many futures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from portfolio.project import Project
from portfolio.simulation.assumptions import CLASSES, Assumptions, check
from portfolio.simulation.noise import stream
from portfolio.simulation.outcome_table import Cents, outcome_table

Draws = NDArray[np.float32]

ROWS = 16_384
"""Outcomes that are drawn at a time: they fit the processor's cache."""
ROOM = 2**24
"""Cells of a block at most, for mixes of very many projects."""


def outcomes(projects: Sequence[Project], assumptions: Assumptions | None = None) -> Cents:
    """Net value of each project in each outcome, in cents; shape `(outcomes, projects)`.

    A column belongs to its project: it is the same whatever the order of the projects and whoever
    else is among them, and the first rows are the same however many are asked for. Each row is as
    likely as any other. Projects may be variants of those of a pool; two with one id share their
    luck. The mean of a column tends to the project's ECV, with `uplift` on its costs.
    InputError with every assumption, chance and estimate that cannot be used.

    Luck is normal: z = Σ √loading · F(class) + √(1 − Σ loadings) · own, one factor for each class
    that is known (Vasicek, 1987; Li, 2000, for the Gaussian copula). A project of no known theme,
    lead or technology has that share of luck to itself.
    """
    assumed = assumptions or Assumptions()
    check(assumed, tuple(projects))
    table = np.empty((len(projects), assumed.outcomes), np.int64)
    for _ in blocks(projects, assumed, table.T):
        pass
    return table.T


def blocks(
    projects: Sequence[Project], assumptions: Assumptions, out: Cents | None = None
) -> Iterator[Cents]:
    """The same in blocks of rows, so that any number of outcomes fits the memory.

    A block is good until the next one is asked for, unless they are written into `out`.
    """
    known = tuple(projects)
    check(assumptions, known)
    tables = [outcome_table(project, assumptions, max(len(known), 1)) for project in known]
    luck = _Luck(known, assumptions)
    rows = max(min(ROWS, ROOM // max(len(known), 1)), 1)
    kept = np.empty((len(known), min(rows, assumptions.outcomes)), np.int64).T
    z, cell = np.empty(rows, np.float32), np.empty(rows, np.int64)
    for first in range(0, assumptions.outcomes, rows):
        count = min(rows, assumptions.outcomes - first)
        block = kept[:count] if out is None else out[first : first + count]
        luck.next(count)
        for place, table in enumerate(tables):
            luck.of(place, z[:count])
            z[:count] *= np.float32(table.cells)
            z[:count] += np.float32(table.origin)
            np.copyto(cell[:count], z[:count], casting="unsafe")
            np.take(table.cents, cell[:count], out=block[:, place], mode="clip")
        yield block


class _Luck:
    """Draws of projects and classes, in standard deviations."""

    def __init__(self, projects: Sequence[Project], assumptions: Assumptions) -> None:
        self._factors: dict[tuple[str, str], np.random.Generator] = {}
        self._own: list[np.random.Generator] = []
        self._shared: list[list[tuple[str, str]]] = []
        self._scale: list[np.float32] = []
        self._drawn: dict[tuple[str, str], Draws] = {}
        self._assumptions = assumptions
        for project in projects:
            classes = [
                (kind, name)
                for kind, of in CLASSES.items()
                if (name := of(project)) and assumptions.loading(kind)
            ]
            for key in classes:
                if key not in self._factors:
                    self._factors[key] = stream(assumptions.seed, *key)
            rest = max(1 - sum(assumptions.loading(kind) for kind, _ in classes), 0.0)
            self._own.append(stream(assumptions.seed, "project", project.id))
            self._shared.append(classes)
            self._scale.append(np.float32(sqrt(rest)))

    def next(self, count: int) -> None:
        """Draw the classes' luck of the next `count` outcomes."""
        for key, draw in self._factors.items():
            drawn = draw.standard_normal(count, dtype=np.float32)
            drawn *= np.float32(sqrt(self._assumptions.loading(key[0])))
            self._drawn[key] = drawn

    def of(self, place: int, out: Draws) -> None:
        """Write the whole luck of the project at this place into `out`."""
        self._own[place].standard_normal(dtype=np.float32, out=out)
        out *= self._scale[place]
        for key in self._shared[place]:
            out += self._drawn[key]
