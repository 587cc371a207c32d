"""The exact search: the best mix, proven in whole numbers, and the first of those that tie.

The solver works in floats and forgives small errors. So its mix is checked in whole numbers and
cents; a mix that fails is cut off and the search goes on. When the solver is done, one more
search asks for any other mix worth as much. Its rows are short enough to be exact, and the
relaxation's rates leave only a few projects open, so it either proves the mix to be the only
best one or finds what ties with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimizer import solver
from optimizer.bounds import Certificate, certify
from optimizer.constraints import Facts, facts, rows
from optimizer.funding import exact_from_the_start, shortage_row
from optimizer.model import Program, Row
from optimizer.objective import another, changes, floor_rows, precedence, value, worths
from optimizer.options import Watch
from optimizer.rounding import Filler
from portfolio.errors import EngineError
from portfolio.feasibility import feasible
from portfolio.funding.allocation import allocate
from portfolio.pool import Pool
from portfolio.scenario import Scenario

Mix = frozenset[int]
Floor = tuple[Sequence[int], int]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search knows. `proven`: the mix is best, and first among those that tie.

    `value` and `bound` are exact; `mix` None with `proven` means that no mix meets the rules.
    """

    mix: Mix | None
    value: int | None
    bound: int | None
    proven: bool

    @property
    def impossible(self) -> bool:
        """Whether no mix meets the rules, for certain."""
        return self.mix is None and self.proven


IMPOSSIBLE = Found(None, None, None, proven=True)


class Question:
    """A scenario over a pool as rows and worths. Cuts found on the way are kept for later."""

    def __init__(self, known: Facts, worth: tuple[int, ...]) -> None:
        self.facts = known
        self.worth = worth
        self.rows: list[Row] = list(rows(known))
        self._payable = not known.scenario.sources or exact_from_the_start(
            known.scenario, known.eligible
        )

    @classmethod
    def of(cls, pool: Pool, scenario: Scenario) -> Question:
        """The question that a scenario asks of a pool."""
        return cls(facts(pool, scenario), worths(pool, scenario.objective))

    def under(self, scenario: Scenario) -> Question:
        """The same pool and worths under other money and rules."""
        return Question(self.facts.under(scenario), self.worth)

    @property
    def width(self) -> int:
        """Number of candidates."""
        return len(self.worth)

    def value(self, mix: Mix) -> int:
        """What a mix is worth, in millionths."""
        return value(self.worth, mix)

    def cut(self, mix: Mix) -> Row | None:
        """A row that all allowed mixes meet and this one breaks; None when it is allowed."""
        if not all(row.holds(mix) for row in self.rows):
            return another(mix, self.width)
        if self._payable:
            return None
        pool, scenario = self.facts.pool, self.facts.scenario
        shortage = allocate(pool, scenario, self.facts.ids(mix)).shortage
        if shortage is None:
            return None
        calendar = pool.cluster.calendar
        row = shortage_row(shortage, scenario, calendar, self.facts.by_period, self.facts.eligible)
        if row.holds(mix):
            raise EngineError("A mix that cannot be paid was not cut off.")
        return row

    def allows(self, mix: Mix) -> bool:
        """Whether a mix meets every rule and can be paid, exactly."""
        return feasible(self.facts.pool, self.facts.scenario, self.facts.ids(mix))


@dataclass(frozen=True, slots=True)
class Box:
    """Between which bounds each project is chosen: open (0, 1), in (1, 1) or out (0, 0)."""

    lows: tuple[int, ...]
    highs: tuple[int, ...]

    @classmethod
    def open(cls, width: int, fixed: Mapping[int, int] | None = None) -> Box:
        """All open, except for those fixed."""
        fixed = fixed or {}
        return cls(
            tuple(fixed.get(j, 0) for j in range(width)),
            tuple(fixed.get(j, 1) for j in range(width)),
        )

    def holds(self, mix: Collection[int]) -> bool:
        """Whether a mix keeps to it."""
        chosen = [int(j in mix) for j in range(len(self.lows))]
        return all(
            low <= x <= high for low, x, high in zip(self.lows, chosen, self.highs, strict=True)
        )

    def narrowed(self, certificate: Certificate | None, least: int) -> Box:
        """Less what the certificate settles for every mix worth `least` or more."""
        if certificate is None:
            return self
        at_low, at_high = certificate.settled(least)
        return Box(
            tuple(np.where(at_high, self.highs, self.lows).tolist()),
            tuple(np.where(at_low, self.lows, self.highs).tolist()),
        )

    @property
    def free(self) -> list[int]:
        """Columns that are still open."""
        return [j for j, low in enumerate(self.lows) if low < self.highs[j]]

    @property
    def point(self) -> Mix:
        """The mix of all columns at their low."""
        return frozenset(j for j, low in enumerate(self.lows) if low)


class Search:
    """One search for the best mix of a question within a box."""

    def __init__(
        self, question: Question, watch: Watch, fixed: Mapping[int, int] | None = None
    ) -> None:
        self.question = question
        self.watch = watch
        self.box = Box.open(question.width, fixed)
        self.certificate: Certificate | None = None

    def best(
        self,
        known: Iterable[Mix] = (),
        *,
        gap: float = 0.0,
        ties: bool = True,
        aloud: bool = False,
    ) -> Found:
        """The best mix; `known` are mixes to begin from, used where they keep to box and rules.

        With `ties` it is the first of the best: least spend, then the order of ids.
        """
        question = self.question
        start = self._best_of(known)
        relaxed = solver.Relaxation(self._program(question.worth, self.box))
        point = relaxed.solve(self.watch)
        if point is not None:
            self.certificate = certify(
                question.worth, relaxed.rows, point.rates, self.box.lows, self.box.highs
            )
            start = self._best_of(
                [start] if start is not None else [], self._rounded(relaxed, point)
            )
        found = self._improved(start, gap, aloud)
        if found.mix is None or found.value is None or not found.proven:
            return found
        if not ties and solver.whole_costs(question.worth):
            return found
        return self._settled(found.mix)

    def closest(self, agreed: Mix, least: int, start: Mix) -> Found:
        """Of all mixes worth `least`: fewest changes from `agreed`, then value, spend, ids."""
        question = self.question
        box = self.box.narrowed(self.certificate, least)
        floors: list[Floor] = [(question.worth, least)]
        mix, proven = start, True
        for costs in (changes(agreed, question.width), list(question.worth), self._thrift()):
            mix, done = self._maximized(costs, floors, box, mix)
            proven = proven and done
            floors.append((costs, value(costs, mix)))
        mix, done = self._first(floors, box, mix)
        return Found(mix, question.value(mix), None, proven and done)

    def _thrift(self) -> list[int]:
        return [-grant for grant in self.question.facts.grants]

    def _best_of(self, *many: Iterable[Mix]) -> Mix | None:
        allowed = {
            mix
            for mixes in many
            for mix in mixes
            if self.box.holds(mix) and self.question.cut(mix) is None
        }
        return max(
            allowed,
            key=lambda mix: (
                self.question.value(mix),
                -self.question.facts.spend(mix),
                [j in mix for j in range(self.question.width)],
            ),
            default=None,
        )

    def _rounded(self, relaxed: solver.Relaxation, point: solver.Point) -> list[Mix]:
        """Mixes near the relaxation's optimum."""
        filler = Filler(relaxed.rows, self.question.worth)
        out = frozenset(j for j, high in enumerate(self.box.highs) if not high)
        order = sorted(range(self.question.width), key=lambda j: (-point.x[j], -self._merit(j), j))
        return [
            filler.fill(
                relaxed.rows.limits,
                self.box.point | {j for j in order if point.x[j] >= least and j not in out},
                order,
                out,
            )
            for least in (0.999, 0.5)
        ]

    def _merit(self, column: int) -> float:
        return float(self.certificate.losses[column]) if self.certificate is not None else 0.0

    def _improved(self, start: Mix | None, gap: float, aloud: bool) -> Found:
        """Search on from `start` until nothing better is left, as far as the solver can tell."""
        question = self.question
        bound = None if self.certificate is None else self.certificate.whole
        value = None if start is None else question.value(start)
        if value is not None and bound is not None and bound <= value:
            return Found(start, value, value, proven=True)
        if aloud:
            self.watch.tell(value, bound, at_once=True)
        box = self.box if value is None else self.box.narrowed(self.certificate, value + 1)
        outcome, mix = self._ask(question.worth, box, start, gap=gap, aloud=aloud)
        if outcome.bound is not None:
            bound = outcome.bound if bound is None else min(bound, outcome.bound)
        if outcome.answer == "infeasible":
            # Nothing in the narrowed box: what there was to begin from is the best.
            return IMPOSSIBLE if value is None else Found(start, value, value, proven=True)
        if mix is not None and (value is None or question.value(mix) > value):
            start, value = mix, question.value(mix)
        if value is None or start is None:
            return Found(None, None, bound, proven=False)
        if outcome.answer == "proven" and (gap <= 0 or (bound is not None and bound <= value)):
            return Found(start, value, value, proven=True)
        return Found(start, value, value if bound is None else max(bound, value), proven=False)

    def _settled(self, mix: Mix) -> Found:
        """Prove the mix in whole numbers, or move on to a better one or to the first that ties."""
        question = self.question
        while True:
            least = question.value(mix)
            box = self.box.narrowed(self.certificate, least)
            if not box.free:
                return Found(mix, least, least, proven=True)
            outcome, other = self._ask(question.worth, box, None, [(question.worth, least)], mix)
            if outcome.answer == "infeasible":
                return Found(mix, least, least, proven=True)
            if other is None:
                return self._unsettled(mix, outcome)
            if question.value(other) > least:
                mix = other
                continue
            if outcome.answer != "proven":
                return self._unsettled(mix, outcome)
            break
        floors: list[Floor] = [(question.worth, least)]
        mix = max(mix, other, key=lambda one: -question.facts.spend(one))
        mix, proven = self._maximized(self._thrift(), floors, box, mix)
        if question.value(mix) > least:
            return self._settled(mix)
        floors.append((self._thrift(), -question.facts.spend(mix)))
        mix, done = self._first(floors, box, mix)
        return Found(mix, least, least, proven and done)

    def _unsettled(self, mix: Mix, outcome: solver.Outcome) -> Found:
        """Stopped before the last proof. Worths that the solver sees whole need none but for ties."""
        least = self.question.value(mix)
        if solver.whole_costs(self.question.worth):
            return Found(mix, least, least, proven=True)
        bound = least if self.certificate is None else max(self.certificate.whole, least)
        if outcome.bound is not None:
            bound = max(min(bound, outcome.bound), least)
        return Found(mix, least, bound, proven=bound == least)

    def _maximized(
        self, costs: Sequence[int], floors: Sequence[Floor], box: Box, start: Mix
    ) -> tuple[Mix, bool]:
        """The mix with most of `costs` above the floors, proven in whole numbers or not."""
        mix = start
        outcome, other = self._ask(costs, box, start, floors)
        if other is not None and value(costs, other) > value(costs, mix):
            mix = other
        if outcome.answer != "proven":
            return mix, outcome.answer == "infeasible"
        if solver.whole_costs(costs):
            return mix, True
        while True:
            more = [*floors, (costs, value(costs, mix) + 1)]
            outcome, other = self._ask([0] * len(costs), box, None, more)
            if other is None:
                return mix, outcome.answer == "infeasible"
            mix = other

    def _first(self, floors: Sequence[Floor], box: Box, start: Mix) -> tuple[Mix, bool]:
        """The first in order of ids of the mixes above the floors."""
        mix = start
        for costs in precedence(box.free, self.question.width):
            outcome, other = self._ask(costs, box, mix, floors)
            if outcome.answer != "proven" or other is None:
                return mix, False
            if value(costs, other) > value(costs, mix):
                mix = other
            settled = {j: int(j in mix) for j, cost in enumerate(costs) if cost}
            box = Box(
                tuple(settled.get(j, low) for j, low in enumerate(box.lows)),
                tuple(settled.get(j, high) for j, high in enumerate(box.highs)),
            )
        return mix, True

    def _ask(
        self,
        costs: Sequence[int],
        box: Box,
        start: Mix | None,
        floors: Sequence[Floor] = (),
        other_than: Mix | None = None,
        *,
        gap: float = 0.0,
        aloud: bool = False,
    ) -> tuple[solver.Outcome, Mix | None]:
        """Ask the solver until its mix is allowed, cutting off those that are not."""
        extra: list[Row] = [] if other_than is None else [another(other_than, self.question.width)]
        carries = 0
        for floor_costs, least in floors:
            made, added = floor_rows(floor_costs, least, self.question.width + carries)
            extra += made
            carries += added
        # A start without its carries is no point of the longer program.
        begin = None if carries else start
        while True:
            program = self._program(costs, box, extra, carries)
            outcome = solver.solve(program, self.watch, gap=gap, start=begin, aloud=aloud)
            if outcome.x is None:
                return outcome, None
            mix = frozenset(j for j in range(self.question.width) if outcome.x[j])
            if mix == other_than or any(value(c, mix) < least for c, least in floors):
                extra.append(another(mix, self.question.width))
            elif (cut := self.question.cut(mix)) is not None:
                self.question.rows.append(cut)
            else:
                return outcome, mix
            if self.watch.over:
                return replace(outcome, answer="nothing", x=None), None

    def _program(
        self, costs: Sequence[int], box: Box, extra: Sequence[Row] = (), carries: int = 0
    ) -> Program:
        width = self.question.width
        return Program(
            (*costs, *(0,) * carries),
            (*self.question.rows, *extra),
            (*box.lows, *(-1,) * carries),
            (*box.highs, *(width,) * carries),
            (True,) * (width + carries),
        )
