"""All outcomes of the gates in one program: what is decided before them stands once, the rest in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from optimizer.model import Program, Row, at_most
from optimizer.staging_question import StagedQuestion
from optimizer.staging_recourse import First, ScaleUps, bonus_rows

LONG = 6
"""A row with more columns before the gates has them added up in one."""

Weighed = tuple[frozenset[int], int]
"""The seeds that pass in an outcome, and its weight."""


@dataclass(frozen=True, slots=True)
class Together:
    """Outcomes taken together: their weight, and by seed the weight of those in which it passes."""

    passing: Mapping[int, int]
    weight: int


def each(outcomes: Sequence[Weighed]) -> list[Together]:
    """Every outcome by itself."""
    return [Together(dict.fromkeys(sorted(passed), weight), weight) for passed, weight in outcomes]


def grouped(outcomes: Sequence[Weighed], number: int) -> list[Together]:
    """So many groups of outcomes, as they come.

    With scale-ups that may be split, what a plan is worth is concave in how far seeds pass, so
    that it is worth no less in the mean of a group than on average in its outcomes (Jensen): the
    bound of such a program holds for the outcomes themselves.
    """
    found = []
    for k in range(number):
        own = outcomes[k::number]
        passing: dict[int, int] = defaultdict(int)
        for passed, weight in own:
            for seed in sorted(passed):
                passing[seed] += weight
        found.append(Together(passing, sum(weight for _, weight in own)))
    return found


@dataclass(frozen=True, slots=True)
class Extensive:
    """The program. Columns: ways without a gate, seeds, then for each outcome its scale-ups.

    With w_k the seed, y_ks ≤ w_k its scale-up in outcome s where it passes, x_j the ways without a
    gate, and a the row of a rule over ways: Σ_j a_j · x_j + Σ_k a_stopped · w_k
    + Σ_k (a_grown − a_stopped) · y_ks ≤ b for each s. Rows that are the same in several outcomes
    stand once. Costs are millionths times weights; columns for what is earned together come last.
    """

    program: Program
    at_once: tuple[int, ...]
    seeds: int
    scaled_up: dict[tuple[int, int], int]

    @property
    def before(self) -> int:
        """How many columns are decided before the gates."""
        return len(self.at_once) + self.seeds

    def first(self, x: Sequence[int]) -> First:
        """What a point decides before the gates."""
        own = len(self.at_once)
        return First(
            frozenset(column for place, column in enumerate(self.at_once) if x[place]),
            frozenset(k for k in range(self.seeds) if x[own + k]),
        )

    def row(self, row: Row, question: StagedQuestion, s: int) -> Row:
        """A row over ways as it stands in outcome s."""
        place = {column: k for k, column in enumerate(self.at_once)}
        before, more = _parts(row, question, place)
        after = {
            self.scaled_up[s, k]: value for k, value in more.items() if (s, k) in self.scaled_up
        }
        return _plain(row, {**before, **after})

    def columns(self, first: First, seconds: Sequence[ScaleUps]) -> frozenset[int]:
        """The columns at one for a plan and its scale-ups, what is earned together left out."""
        place = {column: k for k, column in enumerate(self.at_once)}
        own = len(self.at_once)
        before = {place[column] for column in first.at_once} | {own + k for k in first.seeds}
        return frozenset(before) | {
            self.scaled_up[s, k]
            for s, one in enumerate(seconds)
            for k in one.scaled_up
            if (s, k) in self.scaled_up
        }


def extensive(
    question: StagedQuestion,
    outcomes: Sequence[Together],
    *,
    whole: bool = True,
    shared: bool = True,
) -> Extensive:
    """The program of a question over outcomes; without `whole`, scale-ups may be split.

    With `shared`, what a long row takes before the gates is a column of its own, u ≥ Σ a · x, so
    that each outcome's row is short: a large program has a tenth of the entries. Such columns are
    not whole, nor are they 0 to 1.
    """
    return _Maker(question, outcomes, shared).made(whole)


class _Maker:
    """Gathers the columns and rows."""

    def __init__(
        self, question: StagedQuestion, outcomes: Sequence[Together], shared: bool
    ) -> None:
        self.question = question
        self.shared = shared
        self.spans: dict[int, tuple[int, int]] = {}
        self.outcomes = outcomes
        self.weight = sum(one.weight for one in outcomes)
        self.place = {column: k for k, column in enumerate(question.at_once)}
        self.own = len(question.at_once)
        ends = question.ends
        self.costs = [self.weight * question.worth[j] for j in question.at_once]
        self.costs += [self.weight * one.stopped for one in ends]
        self.scaled_up: dict[tuple[int, int], int] = {}
        for s, one in enumerate(outcomes):
            for k in sorted(one.passing):
                self.scaled_up[s, k] = len(self.costs)
                self.costs.append(one.weight * (ends[k].scaled_up - ends[k].stopped))
        self.rows: dict[tuple[tuple[int, ...], tuple[int, ...], int], Row] = {}

    def made(self, whole: bool) -> Extensive:
        for row in self.question.rows:
            self._rule(row)
        for (s, k), column in self.scaled_up.items():
            one = self.outcomes[s]
            held = {column: one.weight, self.own + k: -one.passing[k]}
            self._keep(at_most((), "", held, 0))
        self._together()
        before = self.own + len(self.question.staged)
        width = len(self.costs)
        program = Program(
            self.costs,
            tuple(self.rows.values()),
            [self.spans.get(j, (0, 1))[0] for j in range(width)],
            [self.spans.get(j, (0, 1))[1] for j in range(width)],
            [j < before or (whole and j not in self.spans) for j in range(width)],
        )
        return Extensive(program, self.question.at_once, len(self.question.staged), self.scaled_up)

    def _rule(self, row: Row) -> None:
        """The row of a rule in every outcome."""
        before, more = _parts(row, self.question, self.place)
        if self.shared and len(before) > LONG and len(more) > 1:
            before = self._used(before)
        nobody = False
        for s, one in enumerate(self.outcomes):
            up = [k for k in more if k in one.passing]
            if up or not nobody:
                nobody = nobody or not up
                after = {self.scaled_up[s, k]: more[k] for k in up}
                self._keep(_plain(row, {**before, **after}))

    def _used(self, before: dict[int, int]) -> dict[int, int]:
        """A column for what is taken before the gates, in a unit in which it is a small number."""
        unit = 1 << max(max(map(abs, before.values())).bit_length() - 1, 0)
        own = len(self.costs)
        self.costs.append(0)
        least = sum(min(value, 0) for value in before.values())
        most = sum(max(value, 0) for value in before.values())
        self.spans[own] = (least // unit, -(-most // unit))
        self._keep(at_most((), "", {**before, own: -unit}, 0), always=True)
        return {own: unit}

    def _together(self) -> None:
        """What is earned together, in each outcome, or once where no gate decides on it."""
        question = self.question
        ids = [question.known.projects[j].id for j in question.at_once]
        place: dict[str, list[int]] = defaultdict(list)
        for k, one in enumerate(question.staged):
            place[one.whole.id].append(k)
        once: dict[str, list[int]] = defaultdict(list)
        for column, project_id in enumerate(ids):
            once[project_id].append(column)
        for bonus in question.bonuses:
            named = frozenset().union(*bonus.groups)
            gates = [k for i in sorted(named & place.keys()) for k in place[i]]
            for s, outcome in enumerate(self.outcomes):
                columns = {i: list(once[i]) for i in named if i in once}
                for k in gates:
                    if k in outcome.passing:
                        columns[question.staged[k].whole.id].append(self.scaled_up[s, k])
                own = len(self.costs)
                known = {i: tuple(each) for i, each in columns.items()}
                made = bonus_rows(bonus.worth, bonus.groups, own, known)
                if made is not None:
                    self.costs.append((outcome.weight if gates else self.weight) * bonus.worth)
                    for row in made:
                        self._keep(row)
                if not gates:
                    break

    def _keep(self, row: Row, always: bool = False) -> None:
        if always or self._most(row) > row.limit:
            self.rows.setdefault((row.columns, row.coefficients, row.limit), row)

    def _most(self, row: Row) -> int:
        """The largest left-hand side within the columns' bounds."""
        ends = (self.spans.get(j, (0, 1)) for j in row.columns)
        return sum(
            value * (high if value > 0 else low)
            for value, (low, high) in zip(row.coefficients, ends, strict=True)
        )


def _plain(row: Row, entries: Mapping[int, int]) -> Row:
    """The row over other columns, its limit as it is: these need not be whole, so none is rounded."""
    return Row(row.rules, row.label, tuple(entries), tuple(entries.values()), row.limit)


def _parts(
    row: Row, question: StagedQuestion, place: Mapping[int, int]
) -> tuple[dict[int, int], dict[int, int]]:
    """What a row takes of each column before the gates, and more of each seed that is scaled up."""
    entries = dict(zip(row.columns, row.coefficients, strict=True))
    before = {place[j]: value for j, value in entries.items() if j in place}
    more = {}
    for k, (stopped, grown) in enumerate(zip(question.stopped, question.grown, strict=True)):
        if own := entries.get(stopped, 0):
            before[len(place) + k] = own
        if change := entries.get(grown, 0) - own:
            more[k] = change
    return before, more
