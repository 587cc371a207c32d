"""No mix meets all rules: the smallest set of rules that cannot hold together, and ways out."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizer import solver
from optimizer.constraints import facts
from optimizer.model import Program, Row
from optimizer.options import Listener, Options, Watch
from optimizer.repairs import Repair, repairs
from optimizer.search import Found, Question, Search
from optimizer.validate import check
from portfolio.feasibility import feasible
from portfolio.funding.allocation import allocate
from portfolio.funding.rules import Eligibility, SourceBudget
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules

DEFAULT = Options()
SHARE_FOR_RULES = 0.6

Names = frozenset[str]


class ClashRule(NamedTuple):
    """A rule that has a part in a clash, with its sentence."""

    id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules that no mix meets together, in the order of the scenario.

    Without any one of them the others can be met, unless time ran out. `proven`: no smaller set
    of rules clashes. `repairs` has one entry for each rule of which a change alone helps;
    of those in `undecided` it was not settled in time whether one does.
    """

    rules: tuple[ClashRule, ...]
    repairs: tuple[Repair, ...]
    proven: bool
    undecided: tuple[str, ...] = ()


def clash(
    pool: Pool,
    scenario: Scenario,
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> Clash | None:
    """The smallest set of active rules that no mix meets, and the smallest change of each.

    None when some mix meets all rules, or when time ran out before it was certain that none does.
    Part of the time is kept for the repairs. Raises InputError with every problem of the question.
    """
    check(pool, scenario, options)
    watch = Watch(options, progress, cancel)
    first = Watch(replace(options, time_limit=options.time_limit * SHARE_FOR_RULES), None, cancel)
    found = _Hunt(pool, scenario, first).smallest()
    if found is None:
        return None
    names, proven = found
    rules = [rule for rule in active_rules(scenario) if rule.id in names]
    made, undecided = repairs(pool, scenario, rules, watch)
    return Clash(
        tuple(ClashRule(rule.id, sentence(rule, pool, scenario)) for rule in rules),
        made,
        proven,
        undecided,
    )


class _Hunt:
    """The hunt for a smallest clash by implicit hitting sets (Ignatiev et al., CP 2015).

    A mix that meets some rules and no more proves that every clash has one of the rules it breaks.
    So a smallest set that hits all these is no larger than a smallest clash, and is one as soon as
    no mix meets it.
    """

    def __init__(self, pool: Pool, scenario: Scenario, watch: Watch) -> None:
        self._pool = pool
        self._scenario = scenario
        self._watch = watch
        self._facts = facts(pool, scenario)
        self._rules = {rule.id: rule for rule in active_rules(scenario)}
        self._broken: list[Names] = []

    def smallest(self) -> tuple[Names, bool] | None:
        """The clash and whether it is proven smallest; None when all rules can be met."""
        if not self._ask(self._rules).impossible:
            return None
        core = self._by_deletion()
        while not self._watch.over:
            hit = self._smallest_hit()
            if hit is None:
                break
            if len(hit) >= len(core):
                return core, True
            found = self._ask(hit)
            if found.impossible:
                return hit, True
            if found.mix is None:
                break
            self._broken.append(frozenset(self._rules) - self._grown(hit, found))
        return core, False

    def _by_deletion(self) -> Names:
        """A clash in which no rule is idle: leave out each rule without which the rest clash."""
        core = frozenset(self._rules)
        for name in self._rules:
            if name not in core or any(broken & core == {name} for broken in self._broken):
                continue
            found = self._ask(core - {name})
            if found.impossible:
                core -= {name}
            elif found.mix is not None:
                self._broken.append(frozenset(self._rules) - self._met(core - {name}, found))
        return core

    def _ask(self, names: Collection[str]) -> Found:
        """A mix that meets these rules, all others switched off."""
        question = Question(self._facts.under(self._only(names)), (0,) * len(self._facts.projects))
        return Search(question, self._watch).best(ties=False)

    def _only(self, names: Collection[str]) -> Scenario:
        off = {*self._scenario.off, *(name for name in self._rules if name not in names)}
        return replace(self._scenario, off=tuple(sorted(off)))

    def _grown(self, names: Names, found: Found) -> Names:
        """Rules that a mix meets together with `names`, as many as can be added one by one."""
        met = self._met(names, found)
        for name in self._rules:
            if name in met:
                continue
            more = self._ask(met | {name})
            if more.mix is not None:
                met = self._met(met | {name}, more)
        return met

    def _met(self, names: Names, found: Found) -> Names:
        """`names`, which the mix is known to meet, and all others that it meets beside them."""
        ids = self._facts.ids(found.mix or ())
        met = set(names)
        for name, rule in self._rules.items():
            if name in met:
                continue
            if isinstance(rule, SourceBudget | Eligibility):
                only = self._only({*met, name})
                meets = allocate(self._pool, only, ids).shortage is None
            else:
                alone = replace(self._scenario, sources=(), rules=(rule,), off=())
                meets = feasible(self._pool, alone, ids)
            if meets:
                met.add(name)
        return frozenset(met)

    def _smallest_hit(self) -> Names | None:
        """The fewest rules with one of each set in `_broken`; None when time ran out."""
        names = tuple(self._rules)
        rows = tuple(self._rows(names))
        size = len(names)
        program = Program((-1,) * size, rows, (0,) * size, (1,) * size, (True,) * size)
        outcome = solver.solve(program, self._watch)
        if outcome.answer != "proven" or outcome.x is None:
            return None
        return frozenset(name for name, x in zip(names, outcome.x, strict=True) if x)

    def _rows(self, names: tuple[str, ...]) -> Iterator[Row]:
        for broken in self._broken:
            columns = tuple(k for k, name in enumerate(names) if name in broken)
            yield Row((), "hit", columns, (-1,) * len(columns), -1)
