"""The yardstick of the solver benchmarks: HiGHS alone, handed the same rows in one call."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import accumulate

import highspy
import numpy as np

from optimizer.model import Row
from optimizer.search import Question
from portfolio.pool import Pool
from portfolio.scenario import Scenario


def raw_seconds(
    pool: Pool,
    scenario: Scenario,
    limit: float = 20.0,
    clock: Callable[[], float] = time.process_time,
) -> float:
    """Seconds of one solve to proven optimality, or to the limit: no model, no re-check, no ties.

    `clock` tells them: CPU time, unless it is another.
    """
    question = Question.of(pool, scenario)
    solver = raw_solver(question.worth, question.rows, limit)
    begun = clock()
    solver.run()
    return clock() - begun


def raw_solver(worth: tuple[int, ...], rows: list[Row], limit: float) -> highspy.Highs:
    """HiGHS on one thread with the model, to be run to proven optimality, or to the limit."""
    solver = bare_solver(limit)
    solver.passModel(model_of(worth, rows))
    return solver


def bare_solver(limit: float) -> highspy.Highs:
    """HiGHS without a model, on one thread, to proven optimality or the limit."""
    solver = highspy.Highs()
    solver.silent()
    for name, value in (("threads", 1), ("mip_rel_gap", 0.0), ("time_limit", limit)):
        solver.setOptionValue(name, value)
    return solver


def model_of(worth: tuple[int, ...], rows: list[Row]) -> highspy.HighsLp:
    """Maximize worth under the rows; amounts in thousands, where HiGHS is at home."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(worth), len(rows)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.array(worth, dtype=float) / 1e9
    model.col_lower_ = np.zeros(len(worth))
    model.col_upper_ = np.ones(len(worth))
    scales = [max(1, *map(abs, row.coefficients)) / 1000 for row in rows]
    model.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    model.row_upper_ = np.array([row.limit / s for row, s in zip(rows, scales, strict=True)])
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.array([0, *accumulate(len(row.columns) for row in rows)])
    matrix.index_ = np.array([j for row in rows for j in row.columns])
    matrix.value_ = np.array(
        [c / s for row, s in zip(rows, scales, strict=True) for c in row.coefficients]
    )
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(worth)
    return model
