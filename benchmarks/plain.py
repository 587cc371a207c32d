"""The plain formulation of the full model: money by project, source and period as variables."""

from __future__ import annotations

import time
from dataclasses import dataclass

import highspy
import numpy as np

from benchmarks.raw import bare_solver
from optimizer.constraints import bonus_rows, one_of_each, rule_rows
from optimizer.facts import facts
from optimizer.model import Row
from optimizer.objective import worths
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules

THOUSAND = 100_000
"""Cents in the unit in which the plain model counts money."""


@dataclass(frozen=True, slots=True)
class Plain:
    """What HiGHS knew of the plain formulation when its time was up, in the worths' own units."""

    value: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        """(bound − value) / value; infinite without a mix."""
        return (self.bound - self.value) / self.value if self.value > 0 else float("inf")


def plain(pool: Pool, scenario: Scenario, limit: float) -> Plain:
    """Solve it: x[j] binary, m[i,f,t] ≥ 0, Σ_f m = Σ_j g_jt x_j, Σ_i m ≤ B_ft, m ≤ Σ_j cap_jft x_j."""
    known = facts(pool, scenario)
    worth = worths(known)
    made: list[Row] = [*one_of_each(known), *bonus_rows(known)]
    for rule in active_rules(scenario):
        made += rule_rows(rule, known)
    lines = [(row.columns, row.coefficients, -np.inf, row.limit) for row in made]
    width = len(worth)
    cell_rows: dict[tuple[str, int], list[int]] = {}
    for columns in known.columns_of.values():
        for t in range(known.calendar.count):
            paying = [j for j in columns if known.by_period[j][t]]
            if not paying:
                continue
            own: list[int] = []
            for name in sorted(known.eligible[paying[0]]):
                own.append(width)
                cell_rows.setdefault((name, t), []).append(width)
                if all(name in known.caps[j] for j in paying):
                    top = [-known.caps[j][name][t] / THOUSAND for j in paying]
                    lines.append(((width, *paying), (1.0, *top), -np.inf, 0.0))
                width += 1
            needs = [-known.by_period[j][t] / THOUSAND for j in paying]
            lines.append(((*own, *paying), (*[1.0] * len(own), *needs), 0.0, 0.0))
    for source in scenario.sources:
        for t, cents in enumerate(source.payable):
            inside = cell_rows.get((source.id, t), [])
            if inside:
                lines.append((tuple(inside), (1.0,) * len(inside), -np.inf, cents / THOUSAND))
    return _solved(worth, lines, width, limit)


def _solved(worth: tuple[int, ...], lines: list, width: int, limit: float) -> Plain:  # type: ignore[type-arg]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = width, len(lines)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.concatenate(
        [np.array(worth, dtype=float) / 1e9, np.zeros(width - len(worth))]
    )
    model.col_lower_ = np.zeros(width)
    upper = np.full(width, highspy.kHighsInf)
    upper[: len(worth)] = 1.0
    model.col_upper_ = upper
    scales = [max(1.0, *(abs(float(c)) for c in line[1])) / 1000 for line in lines]
    scales = [s if s > 1 else 1.0 for s in scales]
    model.row_lower_ = np.array([line[2] / s for line, s in zip(lines, scales, strict=True)])
    model.row_upper_ = np.array([line[3] / s for line, s in zip(lines, scales, strict=True)])
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(line[0]) for line in lines)])
    matrix.index_ = np.array([j for line in lines for j in line[0]])
    matrix.value_ = np.array(
        [float(c) / s for line, s in zip(lines, scales, strict=True) for c in line[1]]
    )
    kinds = highspy.HighsVarType
    model.integrality_ = [kinds.kInteger] * len(worth) + [kinds.kContinuous] * (width - len(worth))
    solver = bare_solver(limit)
    solver.passModel(model)
    begun = time.perf_counter()
    solver.run()
    info = solver.getInfo()
    return Plain(info.objective_function_value, info.mip_dual_bound, time.perf_counter() - begun)
