"""A question with first stages as rows over three kinds of ways: at once, stopped, scaled up.

A way to fund a project is a column, as in `optimizer.facts`; a project with a first stage has two
more, one for each end. In an outcome of the gates a mix of these columns is what is funded, so that
every rule is written by `optimizer.constraints` and holds in every outcome.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from optimizer.constraints import admission, rows
from optimizer.facts import Facts, facts_of
from optimizer.funding import exact_from_the_start, shortage_row
from optimizer.lazy import broken_by
from optimizer.model import Row, at_most
from optimizer.objective import MOST, own_worths
from portfolio.errors import EngineError, InputError, Problem
from portfolio.funding.allocation import allocate
from portfolio.funding.needs import to_bring
from portfolio.funding.rules import Admission, Deducting, LossLimit, Requires
from portfolio.pool import Pool
from portfolio.project import Project
from portfolio.scenario import Scenario, active_rules, without
from portfolio.scoring.bonuses import Bonus, bonuses
from portfolio.selection import Choice
from portfolio.staging.plan import Plan, funded
from portfolio.staging.staged import Staged, all_staged
from portfolio.staging.worth import Ends, ends, gated
from portfolio.variants import Variant, variants

Mix = frozenset[int]


@dataclass(slots=True)
class StagedQuestion:
    """Columns, worths and rows of a question over a pool whose projects state their first stages.

    `known` has a column for each way; `at_once` are those without a gate, with `worth` millionths
    each. Seed k is `staged[k]`, worth `ends[k]`, at the columns `stopped[k]` and `grown[k]`. `rows`
    are over the columns of `known` and grow as rules without rows are broken; `payable`: they admit
    nothing that cannot be paid. `read` is the pool with chances as the gates say.
    """

    known: Facts
    read: Pool
    staged: tuple[Staged, ...]
    ends: tuple[Ends, ...]
    at_once: tuple[int, ...]
    worth: dict[int, int]
    stopped: tuple[int, ...]
    grown: tuple[int, ...]
    bonuses: tuple[Bonus, ...]
    payable: bool
    rows: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, pool: Pool, scenario: Scenario) -> StagedQuestion:
        """The question that a scenario asks of a pool; raises InputError for what cannot be asked."""
        staged = all_staged(pool)
        by_id: dict[str, list[Staged]] = {}
        for one in staged:
            by_id.setdefault(one.whole.id, []).append(one)
        calendar = pool.cluster.calendar
        read = gated(pool, staged)
        ways: list[Variant] = []
        as_read: list[Variant] = []
        once: list[int] = []
        for project in pool.candidates:
            own = variants(project, calendar)
            once += range(len(ways), len(ways) + len(own))
            as_read += variants(read.project(project.id), calendar)
            ways += own
            ways += [way for one in by_id.get(project.id, []) for way in one.ways]
        known = replace(facts_of(pool, scenario, tuple(ways)), bonuses=())
        worth = own_worths(replace(known, pool=read, variants=tuple(as_read)), scenario.objective)
        place = {one.choice: j for j, one in enumerate(ways)}
        both = [tuple(place[way.choice] for way in one.ways) for one in staged]
        made = cls(
            known,
            read,
            staged,
            ends(read, scenario.objective, staged),
            tuple(once),
            dict(zip(once, worth, strict=True)),
            tuple(stopped for stopped, _ in both),
            tuple(grown for _, grown in both),
            bonuses(pool, scenario),
            not scenario.sources or exact_from_the_start(known),
        )
        made._check_worths()
        made.rows += made._written()
        return made

    @property
    def pool(self) -> Pool:
        """The pool."""
        return self.known.pool

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.known.scenario

    @property
    def gated(self) -> tuple[Project, ...]:
        """The projects that have a gate, in order of id."""
        return tuple(one for one in self.pool.candidates if one.first_stage is not None)

    def going_on(self, project_id: str) -> list[int]:
        """The columns in which a project goes on: all but the one that is stopped."""
        stopped = set(self.stopped)
        return [j for j in self.known.columns_of.get(project_id, ()) if j not in stopped]

    def value(self, mix: Collection[int]) -> int:
        """What a mix is worth in its outcome, in millionths, with what its projects earn together."""
        worth = sum(self.worth.get(j, 0) for j in mix)
        on = {self.known.projects[j].id for j in mix if j in self.worth}
        for k, (stopped, grown) in enumerate(zip(self.stopped, self.grown, strict=True)):
            if grown in mix:
                worth += self.ends[k].scaled_up
                on.add(self.staged[k].whole.id)
            elif stopped in mix:
                worth += self.ends[k].stopped
        return worth + sum(bonus.worth for bonus in self.bonuses if bonus.earned(on))

    def broken(self, mix: Mix) -> Row | None:
        """A row that a mix breaks and every allowed one meets; None when it is allowed."""
        for row in self.rows:
            if not row.holds(mix):
                return row
        return self.beyond(mix)

    def beyond(self, mix: Mix) -> Row | None:
        """The same of rules that are not written down as rows."""
        row = broken_by(self.known, mix)
        if row is not None or self.payable:
            return row
        here = self.plan(mix)
        up = {self.staged[k].whole.id for k, grown in enumerate(self.grown) if grown in mix}
        pool = funded(self.pool, {one.choice: one for one in self.staged}, here, up)
        chosen = (*here.at_once, *(Choice(seed.project) for seed in here.seeds))
        shortage = allocate(pool, self.scenario, chosen).shortage
        if shortage is None:
            return None
        row = shortage_row(shortage, self.known)
        if row.holds(mix):
            raise EngineError("A mix that cannot be paid was not cut off.")
        return row

    def plan(self, mix: Collection[int]) -> Plan:
        """What a mix of columns stands for before the gates."""
        ways = self.known.variants
        both = zip(self.staged, self.stopped, self.grown, strict=True)
        return Plan(
            tuple(ways[j].choice for j in self.at_once if j in mix),
            tuple(one.choice for one, *ends in both if not set(ends).isdisjoint(mix)),
        )

    def _written(self) -> list[Row]:
        """The rows of every rule; conditions and needs as `portfolio.staging.plan` reads them."""
        scenario, known = self.scenario, self.known
        conditions = [rule for rule in active_rules(scenario) if isinstance(rule, Admission)]
        others = scenario
        for condition in conditions:
            others = without(others, condition.id)
        made = list(rows(replace(known, scenario=others)))
        end_of = dict(zip(self.grown, self.stopped, strict=True))
        for condition in conditions:
            shut = {row.columns[0] for row in admission(condition, known)} - set(self.stopped)
            shut |= {end_of[j] for j in shut if j in end_of}
            made += [at_most((condition.id,), "", {j: 1}, 0) for j in sorted(shut)]
        for rule in active_rules(scenario):
            if isinstance(rule, Requires):
                made += self._needs(rule)
        return made

    def _needs(self, rule: Requires) -> list[Row]:
        """What goes on needs what goes on: X_i − X_k ≤ 0 over the ways that are not stopped."""
        own = self.going_on(rule.project)
        return [
            at_most(
                (rule.id,),
                need,
                {**dict.fromkeys(own, 1), **dict.fromkeys(self.going_on(need), -1)},
                0,
            )
            for need in sorted(to_bring(rule, self.pool) - {rule.project})
            if own
        ]

    def _check_worths(self) -> None:
        remedy = "Its worth is too large to reckon with. Correct its payoff, cost or benefit."
        large = [
            one.whole.name
            for one, both in zip(self.staged, self.ends, strict=True)
            if max(abs(both.stopped), abs(both.scaled_up)) > MOST
        ]
        if large:
            raise InputError(tuple(Problem(name, "", remedy) for name in large))


def unasked(scenario: Scenario) -> tuple[Problem, ...]:
    """Why a question cannot be asked of seeds and scale-ups."""
    remedy = (
        "What may be lost, or fall short, is not known of seeds and scale-ups. Switch this rule off "
        "to ask about them."
    )
    return tuple(
        Problem(f"rule {rule.id}", "", remedy)
        for rule in active_rules(scenario)
        if isinstance(rule, LossLimit | Deducting)
    )
