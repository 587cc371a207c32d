"""The exact search: the best mix, proven in whole numbers, and the first of those that tie.

The solver works in floats and forgives small errors. So its mix is checked in whole numbers and
cents; a mix that fails is cut off and the search goes on. What is best, what ties with it and what
is impossible is proven by a tree of our own, exactly; the relaxation's rates leave it only a few
projects to look at. Where the tree would grow too large, the solver proves it as well as it can:
it is asked for any other mix worth as much, in rows of short whole numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from optimizer import solver
from optimizer.bounds import Certificate, certify
from optimizer.constraints import rows
from optimizer.facts import Facts, facts
from optimizer.funding import exact_from_the_start, shortage_row
from optimizer.joined import joined_rows, pairs
from optimizer.lazy import broken_between, broken_by, counting
from optimizer.losing import losing_less
from optimizer.model import Floats, Program, Row, at_least
from optimizer.objective import another, beyond, changes, floor_row, precedence, value, worths
from optimizer.options import Watch
from optimizer.rounding import Filler
from optimizer.swaps import Swaps
from optimizer.tree import Grown, Tree
from portfolio.errors import EngineError
from portfolio.feasibility import feasible
from portfolio.funding.allocation import allocate
from portfolio.pool import Pool
from portfolio.scenario import Scenario

# How far trees are grown from nothing, from a first mix, and with the solver's help.
TRY, FEW, MANY = 600_000, 4_000_000, 40_000_000
ROUGH = 0.05
"""A mix this near to the best is good enough to grow a tree from."""
LARGE = 400
"""With more columns open, a good mix is looked for among the likely ones first."""
KERNELS = ((4.0, 0.2), (8.0, 0.8))
"""How many times as many columns as the relaxation uses, and for which share of the time left."""

JOINING, SWAPPING = 0.3, 0.1
"""Shares of the time for a relaxation with joined rows, and for small steps from its mixes."""
MOST_ROUNDS = 60
"""So often rows that the relaxation's optimum breaks are added before the search."""
SLIGHT = 1e-6
"""A column of which the relaxation takes less counts as not used."""

Mix = frozenset[int]
Floor = tuple[Sequence[int], int]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search knows. `proven`: the mix is best, and as far as time allowed the first that ties.

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
        self._payable = not known.scenario.sources or exact_from_the_start(known)

    @classmethod
    def of(cls, pool: Pool, scenario: Scenario) -> Question:
        """The question that a scenario asks of a pool."""
        known = facts(pool, scenario)
        return cls(known, worths(known))

    @classmethod
    def whether(cls, known: Facts) -> Question:
        """Whether there is any mix: nothing is worth anything."""
        return cls(known, (0,) * known.width)

    def under(self, scenario: Scenario) -> Question:
        """The same pool and worths under other money and rules."""
        known = self.facts.under(scenario)
        own = self.worth[: len(known.variants)]
        return Question(known, own + beyond(known))

    def priced(self, worth: tuple[int, ...]) -> Question:
        """The same mixes, worth something else; cuts found by either are kept for both."""
        other = copy(self)
        other.worth = worth
        return other

    def having(self, row: Row) -> Question:
        """The same question under one more row."""
        other = copy(self)
        other.rows = [*self.rows, row]
        return other

    def holding(self, project_id: str) -> Question:
        """The same question, of mixes that hold a project in one way or another."""
        columns = self.facts.columns_of[project_id]
        return self.having(at_least((), "held", dict.fromkeys(columns, 1), 1))

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.worth)

    def value(self, mix: Mix) -> int:
        """What a mix is worth, in millionths."""
        return value(self.worth, mix)

    def cut(self, mix: Mix) -> Row | None:
        """A row that all allowed mixes meet and this one breaks; None when it is allowed."""
        if not all(row.holds(mix) for row in self.rows):
            return another(mix, self.facts)
        row = broken_by(self.facts, mix)
        if row is not None or self._payable:
            return row
        known = self.facts
        shortage = allocate(known.pool, known.scenario, known.choices(mix)).shortage
        if shortage is None:
            return None
        row = shortage_row(shortage, known)
        if row.holds(mix):
            raise EngineError("A mix that cannot be paid was not cut off.")
        return row

    def whole_costs(self, costs: Sequence[int]) -> bool:
        """Whether the solver sees these costs as they are, so that its optimum is exact."""
        parted = any(not whole for whole in self.facts.whole_columns)
        return not parted and solver.whole_costs(costs)

    def counting(self, mix: Mix) -> list[Row]:
        """Rows that the question lacks to count a mix for no more than it is worth."""
        return [row for row in counting(self.facts, mix) if row not in self.rows]

    def allows(self, mix: Mix) -> bool:
        """Whether a mix meets every rule and can be paid, exactly."""
        return feasible(self.facts.pool, self.facts.scenario, self.facts.choices(mix))


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

    def at(self, kept: frozenset[int], corner: frozenset[int]) -> Box:
        """With only these columns as open as they are, the others in as a corner has them, or out."""
        inside = [j in corner and high > 0 for j, high in enumerate(self.highs)]
        return Box(
            tuple(low if j in kept or low else int(inside[j]) for j, low in enumerate(self.lows)),
            tuple(
                high if j in kept else max(int(inside[j]), self.lows[j])
                for j, high in enumerate(self.highs)
            ),
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
        self._bound: int | None = None
        self._likely: list[int] = []
        self._used = 0
        self._corner: Mix = frozenset()
        self._joined: list[Row] = []

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
        start = self.best_of(known)
        relaxed, point = self._relaxed()
        if point is not None:
            self.certificate = certify(
                question.worth, relaxed.rows, point.rates, self.box.lows, self.box.highs
            )
            self._look_at(point)
            start = self.best_of(
                [start] if start is not None else [], self._rounded(relaxed, point)
            )
        self._bound = None if self.certificate is None else self.certificate.whole
        if aloud:
            self.watch.tell(self._value(start), self._bound, at_once=True)
        return self._searched(start, gap, ties, aloud)

    def _relaxed(self) -> tuple[solver.Relaxation, solver.Point | None]:
        """The relaxation's optimum, under as many rows as it takes for it to break none."""
        question = self.question
        for _ in range(MOST_ROUNDS):
            relaxed = solver.Relaxation(self._program(question.worth, self.box))
            point = relaxed.solve(self.watch)
            missed = [] if point is None else broken_between(question.facts, point.x)
            if not missed:
                break
            question.rows += missed
        joined = [] if point is None else joined_rows(question.facts, question.rows)
        return self._with_joined(joined, relaxed, point) if joined else (relaxed, point)

    def _with_joined(
        self, joined: list[Row], relaxed: solver.Relaxation, point: solver.Point | None
    ) -> tuple[solver.Relaxation, solver.Point | None]:
        """The relaxation's optimum under these rows too, where that does not take too long."""
        program = self._program(self.question.worth, self.box, joined)
        closer = solver.Relaxation(program)
        found = closer.solve(self.watch.within(JOINING))
        if found is None:
            return relaxed, point
        self._joined = joined
        return closer, found

    def _swapped(self, start: Mix | None) -> Mix | None:
        """A better mix by small steps, where much of the worth is that of projects together."""
        question = self.question
        known = question.facts
        if start is None or sum(1 for _ in pairs(known)) < len(known.columns_of):
            return start
        swaps = Swaps(question.facts, question.worth, question.rows)
        return self.best_of([start, swaps.better(start, self.watch.within(SWAPPING))])

    def closest(self, agreed: Collection[str], least: int, start: Mix) -> Found:
        """Of all mixes worth `least`: fewest projects changed from `agreed`, then value, spend, ids."""
        question = self.question
        box = self.box.narrowed(self.certificate, least)
        floors: list[Floor] = [(question.worth, least)]
        mix, proven = start, True
        for costs in (changes(agreed, question.facts), list(question.worth), self._thrift()):
            mix, done = self._maximized(costs, floors, box, mix)
            proven = proven and done
            floors.append((costs, value(costs, mix)))
        mix, done = self._first(floors, box, mix)
        return Found(mix, question.value(mix), None, proven and done)

    def then(self, costs: Sequence[int], best: Found) -> Found:
        """Of all mixes worth as much as a best one, that with most of `costs`."""
        if best.mix is None or best.value is None:
            return best
        box = self.box.narrowed(self.certificate, best.value)
        floors: list[Floor] = [(self.question.worth, best.value)]
        mix, proven = self._maximized(costs, floors, box, best.mix)
        return replace(best, mix=mix, proven=best.proven and proven)

    def worth_at_least(self, least: int | None) -> tuple[Mix | None, bool]:
        """A mix worth at least so much, any mix for None; or none, and whether that is proven."""
        worth = self.question.worth
        relaxed = solver.Relaxation(self._program(worth, self.box))
        point = relaxed.solve(self.watch)
        box = self.box
        if point is not None and least is not None:
            self.certificate = certify(worth, relaxed.rows, point.rates, box.lows, box.highs)
            if self.certificate.whole < least:
                return None, True
            box = box.narrowed(self.certificate, least)
        floors: list[Floor] = [] if least is None else [(worth, least)]
        outcome, mix = self._ask([0] * len(worth), box, None, floors, proof=True)
        return mix, outcome.answer == "infeasible"

    def _look_at(self, point: solver.Point) -> None:
        """Columns by how likely they are in a best mix: those the relaxation uses, then by loss."""
        if self.certificate is None:
            return
        losses, unused = np.abs(self.certificate.losses), point.x <= SLIGHT
        self._likely = np.lexsort((losses, unused)).tolist()
        self._used = int((~unused).sum())
        self._corner = frozenset(np.flatnonzero(self.certificate.losses > 0).tolist())

    @property
    def _parts(self) -> frozenset[int]:
        """The columns that write down amounts."""
        whole = self.question.facts.whole_columns
        return frozenset(j for j, one in enumerate(whole) if not one)

    def _thrift(self) -> list[int]:
        return [-grant for grant in self.question.facts.grants]

    def best_of(self, *many: Iterable[Mix]) -> Mix | None:
        """The best of mixes that box and rules allow; None for none."""
        whole = {self.question.facts.whole(mix) for mixes in many for mix in mixes}
        allowed = (m for m in whole if self.box.holds(m) and self.question.cut(m) is None)
        return max(allowed, key=self.rank, default=None)

    def _rounded(self, relaxed: solver.Relaxation, point: solver.Point) -> list[Mix]:
        """Mixes near the relaxation's optimum."""
        filler = Filler(relaxed.rows, self.question.worth, self._parts)
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

    def _value(self, mix: Mix | None) -> int | None:
        return None if mix is None else self.question.value(mix)

    def _searched(self, start: Mix | None, gap: float, ties: bool, aloud: bool) -> Found:
        """The best mix, first a small tree's, then with the solver's help.

        The better the mix to begin from, the more the relaxation's rates settle and the sooner a
        tree ends. So the solver is asked for a good mix first, and for the best where that is not
        enough to prove it.
        """
        work = TRY if start is None else FEW
        if self.question.facts.deductions:
            # A tree takes up rows as it goes; the solver begins again at each.
            work = MANY
        grown = self._grown(self.question.worth, self.box, start, work)
        mix, answer = grown.mix, "nothing"
        if mix is None and not grown.done:
            mix, impossible = losing_less(self)
            if impossible:
                return IMPOSSIBLE
        if not grown.done:
            mix = self._among_likely(self._swapped(mix), gap, aloud)
        stages = [gap] if self._within(mix, 2 * ROUGH) or gap >= ROUGH else [ROUGH, gap]
        for enough in stages:
            if grown.done or self.watch.over or answer == "infeasible":
                break
            mix, answer = self._improved(mix, enough, aloud)
            if self.watch.left <= 0 or (gap and self._within(mix, gap)):
                return self._known(mix)
            grown = self._grown(self.question.worth, self.box, mix, MANY)
            mix = grown.mix
        if grown.done:
            return self._proven(grown, ties)
        if answer == "infeasible" and mix is None:
            return self._doubted()
        if answer != "proven" or mix is None or (gap and not self._within(mix, 0.0)):
            return self._known(mix)
        return self._settled(mix, ties)

    def again(self, question: Question, watch: Watch) -> Search:
        """A search for another question over the same columns, and more, within the same box."""
        pairs = enumerate(zip(self.box.lows, self.box.highs, strict=True))
        return Search(question, watch, {j: low for j, (low, high) in pairs if low == high})

    def _among_likely(self, start: Mix | None, gap: float, aloud: bool) -> Mix | None:
        """The best mix found among the columns that the relaxation uses or nearly uses.

        Kernel search (Angelelli, Mansini and Speranza, 2010): of a large question a small part is
        solved, then a larger one from there. Nothing is proven by it.
        """
        likely = self._likely
        mix = start
        for times, share in KERNELS:
            size = int(times * self._used)
            box = self.box if mix is None else self._narrowed(mix)
            if len(box.free) <= max(LARGE, size) or self._within(mix, gap) or self.watch.over:
                return mix
            kept = frozenset(likely[:size]) | (mix or frozenset()) | self._parts
            mix = self._solved(box.at(kept, self._corner), mix, gap, share, aloud)
        return mix

    def _solved(
        self, box: Box, start: Mix | None, gap: float, share: float, aloud: bool
    ) -> Mix | None:
        """The better of a mix and of what the solver finds in a box within a share of the time."""
        shorter = copy(self)
        shorter.watch = self.watch.within(share)
        _, mix = shorter._ask(self.question.worth, box, start, gap=gap)
        better = [one for one in (start, mix) if one is not None]
        best = max(better, key=self.question.value, default=None)
        if aloud:
            self.watch.tell(self._value(best), self._bound, at_once=True)
        return best

    def _narrowed(self, mix: Mix) -> Box:
        return self.box.narrowed(self.certificate, self.question.value(mix))

    def _known(self, mix: Mix | None) -> Found:
        """A mix that is not proven best, unless it reaches the bound."""
        if mix is None:
            return Found(None, None, self._bound, proven=False)
        value = self.question.value(mix)
        bound = None if self._bound is None else max(self._bound, value)
        return Found(mix, value, bound, proven=bound == value)

    def _within(self, mix: Mix | None, gap: float) -> bool:
        """Whether a mix is known to be this near to the best."""
        if mix is None or self._bound is None:
            return False
        value = self.question.value(mix)
        return self._bound - value <= gap * abs(value)

    def _proven(self, grown: Grown, ties: bool) -> Found:
        if grown.mix is None:
            return IMPOSSIBLE
        if ties and grown.tied:
            return self._first_of_ties(grown.mix)
        value = self.question.value(grown.mix)
        return Found(grown.mix, value, value, proven=True)

    def _improved(self, start: Mix | None, gap: float, aloud: bool) -> tuple[Mix | None, str]:
        """Search on from `start` as far as the solver can tell; what it says of the mix."""
        question = self.question
        box = self.box if start is None else self._narrowed(start)
        outcome, mix = self._ask(question.worth, box, start, gap=gap, aloud=aloud)
        if outcome.bound is not None:
            self._bound = outcome.bound if self._bound is None else min(self._bound, outcome.bound)
        better = [one for one in (start, mix) if one is not None]
        return max(better, key=question.value, default=None), outcome.answer

    def _doubted(self) -> Found:
        """The solver finds no mix at all, beyond a tree: ask it another way before that is said."""
        outcome, mix = self._ask(self.question.worth, self.box, None, doubt=True)
        if mix is None and outcome.answer == "infeasible":
            return IMPOSSIBLE
        return self._known(mix)

    def _settled(self, mix: Mix, ties: bool) -> Found:
        """Prove a mix by the solver, in rows of whole numbers, or move on to a better one."""
        question = self.question
        least = question.value(mix)
        box = self.box.narrowed(self.certificate, least)
        floors: list[Floor] = [(question.worth, least)]
        outcome, other = self._ask(question.worth, box, None, floors, mix, proof=True)
        if outcome.answer == "infeasible":
            return Found(mix, least, least, proven=True)
        if other is not None and question.value(other) > least:
            return self._settled(other, ties)
        if outcome.answer != "proven" or other is None:
            return self._unsettled(mix)
        if not question.whole_costs(question.worth):
            more: list[Floor] = [(question.worth, least + 1)]
            outcome, better = self._ask([0] * question.width, box, None, more, proof=True)
            if better is not None:
                return self._settled(better, ties)
            if outcome.answer != "infeasible":
                return self._unsettled(mix)
        if not ties:
            return Found(mix, least, least, proven=True)
        return self._first_of_ties(min(mix, other, key=question.facts.spend))

    def _first_of_ties(self, mix: Mix) -> Found:
        """Of all mixes worth as much as this one, which is best: least spend, then the order of ids.

        Where time runs out the mix stays, for it is as good.
        """
        question = self.question
        least = question.value(mix)
        box = self.box.narrowed(self.certificate, least)
        floors: list[Floor] = [(question.worth, least)]
        mix, _ = self._maximized(self._thrift(), floors, box, mix)
        floors.append((self._thrift(), -question.facts.spend(mix)))
        mix, _ = self._first(floors, box, mix)
        return Found(mix, least, least, proven=True)

    def rank(self, mix: Mix) -> tuple[int, int, list[bool]]:
        """Of two mixes the better one ranks higher: value, then spend, then the order of ids."""
        question = self.question
        order = [j in mix for j in range(question.width)]
        return question.value(mix), -question.facts.spend(mix), order

    def _unsettled(self, mix: Mix) -> Found:
        """Stopped before the last proof. Worths that the solver sees whole need none but for ties."""
        least = self.question.value(mix)
        if self.question.whole_costs(self.question.worth):
            return Found(mix, least, least, proven=True)
        bound = self._bound
        if bound is not None:
            bound = max(bound, least)
        return Found(mix, least, bound, proven=bound == least)

    def _maximized(
        self, costs: Sequence[int], floors: Sequence[Floor], box: Box, start: Mix
    ) -> tuple[Mix, bool]:
        """The mix with most of `costs` above the floors, proven in whole numbers or not."""
        grown = self._grown(costs, box, start, MANY, floors, ties=False)
        mix = start if grown.mix is None else grown.mix
        if grown.done:
            return mix, True
        outcome, other = self._ask(costs, box, mix, floors, proof=True)
        if other is not None and value(costs, other) > value(costs, mix):
            mix = other
        if outcome.answer != "proven":
            return mix, outcome.answer == "infeasible"
        if self.question.whole_costs(costs):
            return mix, True
        while True:
            more = [*floors, (costs, value(costs, mix) + 1)]
            outcome, other = self._ask([0] * len(costs), box, None, more, proof=True)
            if other is None:
                return mix, outcome.answer == "infeasible"
            mix = other

    def _first(self, floors: Sequence[Floor], box: Box, start: Mix) -> tuple[Mix, bool]:
        """The first in order of ids of the mixes above the floors."""
        mix = start
        ways = [j for j in box.free if j < len(self.question.facts.variants)]
        for costs in precedence(ways, self.question.width):
            mix, done = self._maximized(costs, floors, box, mix)
            if not done:
                return mix, False
            settled = {j: int(j in mix) for j, cost in enumerate(costs) if cost}
            box = Box(
                tuple(settled.get(j, low) for j, low in enumerate(box.lows)),
                tuple(settled.get(j, high) for j, high in enumerate(box.highs)),
            )
        return mix, True

    def _grown(
        self,
        costs: Sequence[int],
        box: Box,
        start: Mix | None,
        work: int,
        floors: Sequence[Floor] = (),
        *,
        ties: bool = True,
    ) -> Grown:
        """Grow a tree of so much work; `start` is a mix above the floors to begin from."""
        if start is not None and costs is self.question.worth:
            box = box.narrowed(self.certificate, value(costs, start))
        extra = [floor_row(floor_costs, least) for floor_costs, least in floors]
        program = self._program(costs, box, extra)
        tree = Tree(program, self._judged, self.watch, self._whole, self._missed)
        grown = tree.grow(start, work, ties=ties)
        return grown if grown.mix is None else replace(grown, mix=self._whole(grown.mix))

    def _whole(self, mix: Mix) -> Mix:
        """The mix with its bonuses as it earns them: worth no less, and allowed as it was."""
        return self.question.facts.whole(mix)

    def _missed(self, x: Floats) -> list[Row]:
        """Rows by which too little comes off at a point; they are kept for later."""
        known = self.question.facts
        found = broken_between(known, x) if known.deductions else []
        rows = [row for row in found if row not in self.question.rows]
        self.question.rows += rows
        return rows

    def _judged(self, mix: Mix) -> Row | None:
        cut = self.question.cut(mix)
        if cut is not None:
            self.question.rows.append(cut)
        return cut

    def _ask(
        self,
        costs: Sequence[int],
        box: Box,
        start: Mix | None,
        floors: Sequence[Floor] = (),
        other_than: Mix | None = None,
        *,
        gap: float = 0.0,
        proof: bool = False,
        doubt: bool = False,
        aloud: bool = False,
    ) -> tuple[solver.Outcome, Mix | None]:
        """Ask the solver until its mix is allowed, cutting off those that are not.

        Where there is nothing to maximize, a tree is asked first: its "infeasible" is exact.
        """
        if not any(costs) and other_than is None:
            grown = self._grown(costs, box, start, MANY, floors, ties=False)
            if grown.mix is not None:
                x = tuple(int(j in grown.mix) for j in range(self.question.width))
                return solver.Outcome("proven", x, 0), grown.mix
            if grown.done:
                return solver.Outcome("infeasible"), None
        extra = [floor_row(floor_costs, least) for floor_costs, least in floors]
        if other_than is not None:
            extra.append(another(other_than, self.question.facts))
        kept: Mix | None = None
        while True:
            program = self._program(costs, box, extra)
            outcome = solver.solve(
                program, self.watch, gap=gap, start=start, proof=proof, doubt=doubt, aloud=aloud
            )
            if outcome.x is None:
                return outcome, None
            told = frozenset(j for j in range(self.question.width) if outcome.x[j])
            mix = self._whole(told)
            more = self.question.counting(mix)
            self.question.rows += more
            fault = self._fault(told, mix, floors, other_than)
            if fault is not None:
                extra.append(fault)
            elif not more or not any(costs[part] for part in self._parts):
                return outcome, mix
            elif kept is None or value(costs, mix) > value(costs, kept):
                start = kept = mix
            if self.watch.over and kept is not None:
                return replace(outcome, answer="found"), kept
            if self.watch.over:
                return replace(outcome, answer="nothing", x=None), None

    def _fault(
        self, told: Mix, mix: Mix, floors: Sequence[Floor], other_than: Mix | None
    ) -> Row | None:
        """A row that cuts off what a solver told, as the mix that it comes to will not do.

        It looks at the projects alone: of what was told beside them a solver may take a part.
        """
        if mix == other_than or any(value(c, mix) < least for c, least in floors):
            return another(mix, self.question.facts)
        cut = self.question.cut(mix)
        if cut is None:
            return None
        self.question.rows.append(cut)
        return another(mix, self.question.facts) if told != mix else cut

    def _program(self, costs: Sequence[int], box: Box, extra: Sequence[Row] = ()) -> Program:
        return Program(
            costs,
            (*self.question.rows, *self._joined, *extra),
            box.lows,
            box.highs,
            self.question.facts.whole_columns,
        )
