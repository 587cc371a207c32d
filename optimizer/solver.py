"""The solvers by name: PuLP problems, handed to HiGHS whole, with CBC behind it.

Whole numbers become floats here and nowhere else. What comes back is a proposal: callers check
every mix in whole numbers before they believe it.
"""

from __future__ import annotations

import logging
import math
import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import gcd
from pathlib import Path
from threading import Thread, current_thread
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import pulp

from optimizer.digits import shortened
from optimizer.model import Floats, Indices, Program, Row, Sparse, sparse
from optimizer.moving import Moving, moving
from optimizer.options import Watch
from portfolio.errors import EngineError

try:
    import highspy
except ImportError:  # pragma: no cover - CBC takes over where HiGHS has no wheel
    HAS_HIGHS = False
else:
    HAS_HIGHS = True

log = logging.getLogger(__name__)

# A solver takes what is this close for equal, and x this close to 1 for 1. Rows are brought down to
# entries where floats are finer than that; where a step of whole numbers is not far above it,
# `optimizer.digits` splits the row first.
TOLERANCE = 1e-9
LARGEST_ROW_ENTRY = 10
LARGEST_COST = 20
HUGE = 1e200

# Questions are small and asked often: restarts and symmetry cost more than they bring.
SEARCHING = {
    "mip_feasibility_tolerance": TOLERANCE,
    "primal_feasibility_tolerance": TOLERANCE,
    "mip_abs_gap": 0.0,
    "mip_allow_restart": False,
    "mip_heuristic_run_feasibility_jump": False,
}
# To prove that nothing better is left, looking for something better is a waste.
PROVING = {
    "mip_detect_symmetry": False,
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}  # A second opinion, before it is said that there is no mix at all.
DOUBTING = {
    "presolve": "off",
    "mip_feasibility_tolerance": 1e-6,
    "primal_feasibility_tolerance": 1e-7,
}

# HiGHS looks at the clock between its steps. With so many entries, rows and columns a step may take
# many seconds, so its work is looked at from outside, and left alone when it does not end in time.
LONG_STEPS = 100_000
GLANCE, GRACE = 0.05, 0.3
WORKER = "highs"
LEFT_ALONE: list[Thread] = []

Answer = Literal["proven", "found", "infeasible", "nothing"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solve gave: the values of whole columns, the objective's bound, what is known.

    "proven": `x` is best within the gap asked for and the solver's tolerance. "found": stopped
    before. "infeasible": no x at all. "nothing": stopped before any x. `bound` is never below the
    true maximum; None when there is none.
    """

    answer: Answer
    x: tuple[int, ...] | None = None
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """An optimum of the relaxation: columns between their bounds, and the rate of each row."""

    x: Floats
    rates: Floats


def left_alone() -> bool:
    """Whether a solve still runs that was not waited for: the process should end without it."""
    return any(worker.is_alive() for worker in LEFT_ALONE)


def exponent(numbers: Collection[int], bits: int) -> int:
    """The power of two, at most 0, that brings the largest of these numbers down to `bits` bits."""
    return min(0, bits - max(map(abs, numbers), default=0).bit_length())


def cost_scale(costs: Sequence[int]) -> tuple[int, int]:
    """Divisor and exponent that make floats of costs: cost / divisor · 2^exponent."""
    divisor = gcd(*costs) or 1
    return divisor, exponent([cost // divisor for cost in costs], LARGEST_COST)


def scaled_costs(costs: Sequence[int]) -> list[float]:
    """Costs as the floats that `cost_scale` makes of them."""
    divisor, shift = cost_scale(costs)
    return [math.ldexp(cost // divisor, shift) for cost in costs]


def outward(bound: float, costs: Sequence[int], settled: int = 0) -> int | None:
    """A bound of the solver's in the program's own whole numbers, rounded away from the mix.

    The solver drops what improves by less than its tolerance, so that much is added. None for
    an infinite bound. `settled` is what the bound holds beside the costs.
    """
    if not abs(bound) < HUGE:
        return None
    divisor, shift = cost_scale(costs)
    beside = in_floats(settled, costs)
    slack = 2 * TOLERANCE + (abs(bound) + abs(beside)) * 1e-12
    return math.floor(math.ldexp(bound - beside + slack, -shift)) * divisor + settled


def inward(value: float, costs: Sequence[int], settled: int = 0) -> int | None:
    """An objective of the solver's in the program's own whole numbers; None for an infinite one."""
    if not abs(value) < HUGE:
        return None
    divisor, shift = cost_scale(costs)
    return round(math.ldexp(value - in_floats(settled, costs), -shift)) * divisor + settled


def in_floats(settled: int, costs: Sequence[int]) -> float:
    """What settled columns are worth, in the units in which the solver sees the costs."""
    divisor, shift = cost_scale(costs)
    return math.ldexp(settled / divisor, shift)


def whole_costs(costs: Sequence[int]) -> bool:
    """Whether the solver sees these costs as whole numbers, so that its optimum is exact."""
    return cost_scale(costs)[1] == 0


class Column(pulp.LpVariable):  # type: ignore[misc]
    """A variable with a plain name and Python's own hash: a dense row asks for every column's."""

    name = ""
    __hash__ = object.__hash__


class Problem(pulp.LpProblem):  # type: ignore[misc]
    """A maximization whose columns are all known before its rows are.

    PuLP looks through every row for new columns, when it is added and each time they are listed.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__("mix", pulp.LpMaximize)
        super()._add_variables(columns)

    def variables(self) -> list[Column]:
        """The columns, in order."""
        return list(self._variables)

    def _add_variables(self, variables: object) -> None:
        """No row brings new ones."""


def as_problem(program: Program) -> Problem:
    """The program as a PuLP problem; columns x0 …, rows r0 … in order, numbers scaled for floats."""
    digits = len(str(program.width))
    columns = [
        Column(
            f"x{j:0{digits}}",
            program.lows[j],
            program.highs[j],
            pulp.LpInteger if program.whole[j] else pulp.LpContinuous,
            _skip_v4_deprecation=True,
        )
        for j in range(program.width)
    ]
    problem = Problem(columns)
    costs = scaled_costs(program.costs)
    problem.setObjective(pulp.LpAffineExpression(zip(columns, costs, strict=True)))
    for number, row in enumerate(program.rows):
        entries, limit = scaled(row)
        pairs = zip((columns[j] for j in row.columns), entries, strict=True)
        left = pulp.LpAffineExpression(pairs)
        problem.addConstraint(pulp.LpConstraint(left, pulp.LpConstraintLE, f"r{number}", limit))
    return problem


def scaled(row: Row) -> tuple[list[float], float]:
    """The row's entries and limit as floats, all times the same power of two."""
    shift = exponent(row.coefficients, LARGEST_ROW_ENTRY)
    power = math.ldexp(1.0, shift)
    return [value * power for value in row.coefficients], row.limit * power


def solve(
    program: Program,
    watch: Watch,
    *,
    gap: float = 0.0,
    start: Collection[int] | None = None,
    proof: bool = False,
    doubt: bool = False,
    aloud: bool = False,
) -> Outcome:
    """Maximize the program.

    `start` are columns at one in a mix to begin from. `proof`: it is probably the best already.
    `doubt`: a second opinion, by another way and with more patience for small errors.
    `aloud`: the objective is what the user asked for, so tell the watch what is known meanwhile.
    """
    reduced = moving(program)
    if reduced.impossible:
        return Outcome("infeasible")
    if not reduced.columns:
        return Outcome("proven", reduced.whole(()), reduced.settled)
    if watch.over:
        return Outcome("nothing")
    inside = None if start is None else reduced.inside(start)
    outcome = _solved(reduced, watch, gap, inside, _manner(proof, doubt), aloud)
    return outcome if outcome.x is None else replace(outcome, x=reduced.whole(outcome.x))


def _manner(proof: bool, doubt: bool) -> Mapping[str, object]:
    return PROVING if proof else DOUBTING if doubt else {}


def _solved(
    reduced: Moving,
    watch: Watch,
    gap: float,
    start: Collection[int] | None,
    manner: Mapping[str, object],
    aloud: bool,
) -> Outcome:
    """What HiGHS gives, or CBC where HiGHS fails or is not there; `x` over the moving columns."""
    program = reduced.program
    short = shortened(program)
    problem = as_problem(short.program)
    if HAS_HIGHS:

        def ear(value: float, bound: float) -> None:
            settled = reduced.settled
            known = inward(-value, program.costs, settled)
            watch.tell(known, outward(-bound, program.costs, settled))

        solver = HighsAtOnce(
            watch,
            gap=gap,
            start=None if start is None else short.point(start, program.width),
            more=manner,
            ear=ear if aloud else None,
            beside=in_floats(reduced.settled, program.costs),
        )
        problem.solve(solver)
        outcome = solver.outcome(program, reduced.settled)
        if outcome is not None:
            return outcome
        log.warning("HiGHS gave up on a problem; CBC is asked instead.")
    return _solve_by_cbc(problem, program, watch, gap, reduced.settled)


class HighsAtOnce(pulp.LpSolver):  # type: ignore[misc]
    """HiGHS as a PuLP solver that takes the whole problem in one call.

    PuLP's own bridge adds columns and rows one by one, cannot start from a mix, and cannot be
    stopped. One thread always: HiGHS refuses to change its number of threads within a process.
    """

    name = "HighsAtOnce"

    def __init__(
        self,
        watch: Watch,
        *,
        gap: float = 0.0,
        start: Sequence[int] | None = None,
        more: Mapping[str, object] = MappingProxyType({}),
        ear: Callable[[float, float], None] | None = None,
        beside: float = 0.0,
    ) -> None:
        super().__init__(msg=False, timeLimit=watch.left)
        self._watch = watch
        self._gap = gap
        self._start = start
        self._settings = {**SEARCHING, **more}
        self._ear = ear
        self._beside = beside
        self._live: Any = None
        self._heard: tuple[float, float] | None = None
        self._kept: Sequence[float] | None = start
        self._left_alone = False

    def available(self) -> bool:
        """Whether HiGHS is installed."""
        return HAS_HIGHS

    def actualSolve(self, lp: pulp.LpProblem) -> int:  # noqa: N802 - PuLP's name
        """Hand the problem over, run, and write status and values back into it."""
        self._live = self._load(lp)
        self._run()
        if self._left_alone:
            lp.assignStatus(pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound)
            return int(lp.status)
        lp.solverModel = self._live
        status = self._live.getModelStatus()
        kinds = highspy.HighsModelStatus
        if status in (kinds.kOptimal, kinds.kModelEmpty):
            lp.assignStatus(pulp.LpStatusOptimal, pulp.LpSolutionOptimal)
        elif status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
            lp.assignStatus(pulp.LpStatusInfeasible, pulp.LpSolutionInfeasible)
        elif self._has_solution():
            lp.assignStatus(pulp.LpStatusOptimal, pulp.LpSolutionIntegerFeasible)
        else:
            lp.assignStatus(pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound)
        if self._has_solution():
            values = list(self._live.getSolution().col_value)
            for variable, value in zip(lp.variables(), values, strict=True):
                variable.varValue = value
        return int(lp.status)

    def outcome(self, program: Program, settled: int) -> Outcome | None:
        """What the last solve gave; None when HiGHS itself failed."""
        if self._left_alone:
            return self._last_heard(program, settled)
        status = self._live.getModelStatus()
        kinds: Any = highspy.HighsModelStatus
        if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
            return Outcome("infeasible")
        info = self._live.getInfo()
        bound = outward(-info.mip_dual_bound, program.costs, settled)
        x = self._whole(program.width)
        if status in (kinds.kOptimal, kinds.kModelEmpty) and x is not None:
            return Outcome("proven", x, bound)
        if status in (kinds.kTimeLimit, kinds.kInterrupt, kinds.kHighsInterrupt):
            return Outcome("nothing" if x is None else "found", x, bound)
        return None

    def _run(self) -> None:
        """Run, in a thread of its own where steps are long, and leave it alone when time is up."""
        live = self._live
        if live.getNumNz() + live.getNumRow() + live.getNumCol() < LONG_STEPS:
            self._live.run()
            return
        self._live.cbMipImprovingSolution += self._keep
        worker = Thread(target=self._live.run, name=WORKER, daemon=True)
        worker.start()
        while worker.is_alive() and not self._watch.over:
            worker.join(GLANCE)
            if self._ear is not None and self._heard is not None:
                self._ear(*self._heard)
        worker.join(GRACE)
        self._left_alone = worker.is_alive()
        if self._left_alone:
            LEFT_ALONE[:] = [*filter(Thread.is_alive, LEFT_ALONE), worker]

    def _keep(self, event: Any) -> None:
        self._kept = list(event.data_out.mip_solution)

    def _last_heard(self, program: Program, settled: int) -> Outcome:
        """What a solve that was left alone had told."""
        bound = None if self._heard is None else outward(-self._heard[1], program.costs, settled)
        if self._kept is None:
            return Outcome("nothing", None, bound)
        return Outcome("found", tuple(map(round, self._kept[: program.width])), bound)

    def _has_solution(self) -> bool:
        feasible = highspy.SolutionStatus.kSolutionStatusFeasible
        return bool(self._live.getInfo().primal_solution_status == int(feasible))

    def _whole(self, width: int) -> tuple[int, ...] | None:
        if not self._has_solution():
            return None
        values = self._live.getSolution().col_value[:width]
        return tuple(map(round, values)) if all(map(math.isfinite, values)) else None

    def _load(self, lp: pulp.LpProblem) -> Any:
        live = _set_up(self._watch, {"mip_rel_gap": self._gap, **self._settings})
        # A gap is a share of the whole objective, what settled columns are worth included.
        _hand_over_problem(live, lp, beside=-self._beside)
        live.cbMipInterrupt += self._heed
        live.cbSimplexInterrupt += self._heed
        if self._start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = [float(value) for value in self._start]
            live.setSolution(solution)
        return live

    def _heed(self, event: Any) -> None:
        self._heard = event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
        if self._watch.over:
            event.interrupt()
        elif self._ear is not None and current_thread().name != WORKER:
            self._ear(*self._heard)


def quiet_highs(*, heeding: bool = True) -> Any:
    """A HiGHS that prints nothing; without `heeding` it is quicker and has no callbacks."""
    return _quiet(heeding)()


def _set_up(watch: Watch, settings: Mapping[str, object]) -> Any:
    """A HiGHS for the time that is left. One thread: it refuses to change their number later."""
    live = quiet_highs()
    own = {"threads": 1, "random_seed": watch.options.seed, "time_limit": watch.left}
    for name, value in (own | {**settings}).items():
        live.setOptionValue(name, value)
    return live


@cache
def _quiet(heeding: bool) -> type[Any]:
    class Quiet(highspy.Highs):
        """HiGHS without its banner: switching callbacks on would print it before anything else."""

        def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS's name
            """Called on construction: turn the log off first."""
            self.setOptionValue("output_flag", False)
            if heeding:
                super().enableCallbacks()  # type: ignore[no-untyped-call]

    return Quiet


def _hand_over_problem(live: Any, lp: pulp.LpProblem, beside: float) -> None:
    """The problem as one HiGHS model, to be minimized; `beside` it is a constant cost."""
    variables = lp.variables()
    place = {variable: j for j, variable in enumerate(variables)}
    constraints = lp.constraints()
    starts, columns, entries = [0], [], []
    for constraint in constraints:
        columns.extend([place[variable] for variable in constraint.expr])
        entries.extend(constraint.expr.values())
        starts.append(len(columns))
    endless = highspy.kHighsInf
    kinds = [int(v.cat == pulp.LpInteger) for v in variables]
    hand_over(
        live,
        Arrays(
            -_floats([lp.objective.get(v, 0.0) for v in variables]),
            _floats([v.lowBound for v in variables]),
            _floats([endless if v.upBound is None else v.upBound for v in variables]),
            np.array(starts, dtype=np.int32),
            np.array(columns, dtype=np.int32),
            _floats(entries),
            _floats([-c.constant for c in constraints]),
        ),
        kinds=np.array(kinds, dtype=np.int32),
        beside=beside,
    )


def _floats(numbers: Sequence[float]) -> Floats:
    return np.array(numbers, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Arrays:
    """Minimize costs · x under rows · x ≤ limits, lows ≤ x ≤ highs, as HiGHS takes it.

    Entries of row k stand at start[k] to start[k + 1] of `column` and `value`.
    """

    costs: Floats
    lows: Floats
    highs: Floats
    start: Indices
    column: Indices
    value: Floats
    limits: Floats


def hand_over(live: Any, made: Arrays, kinds: Indices | None = None, beside: float = 0.0) -> None:
    """The whole problem in one call; `kinds` 1 for whole columns, `beside` is a constant cost."""
    width, height = len(made.costs), len(made.limits)
    live.passModel(
        width,
        height,
        len(made.value),
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        beside,
        made.costs,
        made.lows,
        made.highs,
        np.full(height, -highspy.kHighsInf),
        made.limits,
        made.start,
        made.column,
        made.value,
        np.zeros(width, dtype=np.int32) if kinds is None else kinds,
    )


class Relaxation:
    """The program without wholeness, kept loaded so that a small change is solved in no time."""

    def __init__(self, program: Program) -> None:
        self.rows: Sparse = sparse(program.rows, program.width)
        self._program = program
        self._shifts = row_shifts(self.rows)
        self._live: Any = None

    def limit(self, row: int, limit: int) -> None:
        """Change the limit of a row."""
        self.rows.limits[row] = limit
        if self._live is not None:
            upper = math.ldexp(limit, int(self._shifts[row]))
            self._live.changeRowBounds(row, -highspy.kHighsInf, upper)

    def solve(self, watch: Watch) -> Point | None:
        """The optimum of the relaxation; None when it has none or was stopped.

        A rate is what one unit of a row's limit is worth, in the units of the costs.
        """
        if not HAS_HIGHS or self._program.width == 0:
            return None
        if self._live is None:
            self._live = self._loaded(watch)
        self._live.run()
        if self._live.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._live.getSolution()
        divisor, shift = cost_scale(self._program.costs)
        duals = np.maximum(-np.array(solution.row_dual, dtype=np.float64), 0.0)
        rates = np.ldexp(duals, self._shifts - shift) * float(divisor)
        return Point(np.array(solution.col_value, dtype=np.float64), rates)

    def _loaded(self, watch: Watch) -> Any:
        """The rows handed to HiGHS as they stand, scaled as `as_problem` scales them."""
        live = _set_up(watch, SEARCHING)
        program, rows = self._program, self.rows
        value = np.ldexp(rows.value, self._shifts[rows.row])
        hand_over(
            live,
            Arrays(
                -_floats(scaled_costs(program.costs)),
                _floats(program.lows),
                _floats(program.highs),
                rows.start,
                rows.column,
                value,
                np.ldexp(rows.limits, self._shifts),
            ),
        )

        def heed(event: Any) -> None:
            if watch.over:
                event.interrupt()

        live.cbSimplexInterrupt += heed
        return live


def row_shifts(rows: Sparse) -> Indices:
    """For each row the exponent by which `scaled` brings its entries down."""
    largest = np.zeros(len(rows.limits))
    np.maximum.at(largest, rows.row, np.abs(rows.value))
    _, bits = np.frexp(largest)
    shifts: Indices = np.minimum(LARGEST_ROW_ENTRY - bits, 0)
    return shifts


def _solve_by_cbc(
    problem: pulp.LpProblem, program: Program, watch: Watch, gap: float, settled: int
) -> Outcome:
    """CBC by PuLP, in a process group of its own that ends with the watch."""
    solver = _Cbc(watch, gap)
    problem.solve(solver)
    kind = problem.sol_status
    # PuLP reads CBC's "Integer infeasible" into the status alone.
    if pulp.LpSolutionInfeasible == kind or problem.status == pulp.LpStatusInfeasible:
        return Outcome("infeasible")
    if kind not in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
        return Outcome("nothing")
    variables = problem.variables()[: program.width]
    x = tuple(round(variable.varValue or 0.0) for variable in variables)
    if kind == pulp.LpSolutionIntegerFeasible or gap > 0:
        return Outcome("found", x)
    best = outward(pulp.value(problem.objective), program.costs)
    return Outcome("proven", x, None if best is None else best + settled)


class _Cbc(pulp.COIN_CMD):  # type: ignore[misc]
    """PuLP's CBC, stopped when the watch says so, with its files in a folder of its own."""

    def __init__(self, watch: Watch, gap: float) -> None:
        super().__init__(path=pulp.PULP_CBC_CMD.pulp_cbc_path, msg=False, threads=1, gapRel=gap)
        self._watch = watch

    def solve_CBC(self, lp: pulp.LpProblem, use_mps: bool = True) -> int:  # noqa: N802
        """Write the problem, let CBC work on it, read what it found."""
        with tempfile.TemporaryDirectory(prefix="clusterfolio-") as folder:
            mps, found = Path(folder, "mix.mps"), Path(folder, "mix.sol")
            variables, names, rows, _ = lp.writeMPS(str(mps), rename=1)
            command = [self.path, str(mps), "-max", "-sec", f"{max(self._watch.left, 0.01):.2f}"]
            command += ["-timeMode", "elapsed", "-ratio", repr(self.optionsDict["gapRel"])]
            command += ["-threads", "1", "-solve", "-solution", str(found)]
            self._run(command)
            if not found.exists():
                raise EngineError("The solver ended without an answer.")
            status, values, *_, kind = self.readsol_MPS(str(found), lp, variables, names, rows)
        lp.assignVarsVals(values)
        lp.assignStatus(status, kind)
        return int(status)

    def _run(self, command: list[str]) -> None:
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, start_new_session=True, stdout=quiet, stderr=quiet)
        while process.poll() is None:
            try:
                process.wait(0.05)
            except subprocess.TimeoutExpired:
                if self._watch.cancelled:
                    os.killpg(process.pid, signal.SIGINT)
