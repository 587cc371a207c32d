"""Which rules no mix meets together: the fewest that clash, and what clashes beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import NamedTuple

from optimizer import solver
from optimizer.facts import facts
from optimizer.model import Program, Row
from optimizer.options import Watch
from optimizer.search import Found, Question, Search
from portfolio.feasibility import feasible
from portfolio.funding.allocation import allocate
from portfolio.funding.rules import CoFunding, Eligibility, SourceBudget, WorthRule
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules

Names = frozenset[str]


class Core(NamedTuple):
    """Ids of rules that no mix meets together. `proven`: where they were sought no fewer clash."""

    names: Names
    proven: bool


class Hunt:
    """The hunt for smallest clashes by implicit hitting sets (Ignatiev et al., CP 2015).

    A mix that meets some rules and no more proves that every clash has one of the rules it breaks.
    So a smallest set that hits all these is no larger than a smallest clash, and is one as soon as
    no mix meets it.
    """

    def __init__(self, pool: Pool, scenario: Scenario, watch: Watch) -> None:
        self._pool = pool
        self._scenario = scenario
        self._watch = watch
        self._facts = facts(pool, scenario)
        # What is about worth forbids nothing.
        forbidding = (r for r in active_rules(scenario) if not isinstance(r, WorthRule))
        self._rules = {rule.id: rule for rule in forbidding}
        self._broken: list[Names] = []
        self._clashing: list[Names] = []
        self._cores: dict[Names, Core] = {}

    def clashes(self) -> tuple[tuple[Core, ...], bool]:
        """Clashes, the first with the fewest rules of all, and whether none is missing for time.

        () where some mix meets all rules, or where that was not settled in time. A chain of
        clashes goes first: each is a smallest one of the rules that are in none before it, until
        all that are left can be met. Where no rule of one of them is a way out alone, the others
        set aside, the clashes that see to that follow: each shares a rule with it.
        """
        every = frozenset(self._rules)
        if self._can_hold(every) is not False:
            return (), False
        chain, complete = self._chain(every)
        if not complete:
            return tuple(chain), False
        found = dict.fromkeys(chain)
        for core in chain:
            others = frozenset[str]().union(*(other.names for other in chain if other != core))
            behind = self._behind(core, every - others)
            complete = complete and behind is not None
            found.update(dict.fromkeys(behind or ()))
        return tuple(found), complete

    def smallest(self) -> Core | None:
        """The fewest rules that clash; None where none do, or that was not settled in time."""
        every = frozenset(self._rules)
        return self._smallest(every) if self._can_hold(every) is False else None

    def sets(self, known: Collection[Core], most: int) -> tuple[tuple[Names, ...], bool]:
        """All sets of rules that clash and of which no part does, up to `most`, the smallest first.

        `known` are clashes that were met with already. Beside them, whether every set is among them.
        The fewest rules that hit whatever a mix was seen to break, and that hold no set known so far,
        are a further one as soon as no mix meets them: whatever clashes in them would be as good a
        hit, and is all of them.
        """
        found = [core.names for core in known if core.proven]
        every = frozenset(self._rules)
        while len(found) <= most:
            hit, none_left = self._next_hit(every, found)
            if hit is None:
                return self._in_order(found), none_left
            asked = self._ask(hit)
            if asked.impossible:
                found.append(hit)
            elif asked.mix is None:
                break
            else:
                self._broken.append(every - self._grown(hit, every, asked))
        return self._in_order(found)[:most], False

    def _in_order(self, found: Collection[Names]) -> tuple[Names, ...]:
        """The smallest first, then in the order of the rules."""
        places = {name: place for place, name in enumerate(self._rules)}

        def rank(names: Names) -> tuple[int, list[int]]:
            return len(names), sorted(places[name] for name in names)

        return tuple(sorted(found, key=rank))

    def _chain(self, every: Names) -> tuple[list[Core], bool]:
        """Clashes that share no rule, given that there is one, and whether the rest can be met.

        Of several smallest ones, one that leaves another clash beside it goes first, if one is met
        with.
        """
        chain: list[Core] = []
        rest = every
        holds: bool | None = False
        while holds is False:
            core = self._smallest(rest)
            if self._can_hold(rest - core.names) is True:
                core = self._leaving_another(core, rest)
            chain.append(core)
            rest -= core.names
            holds = self._can_hold(rest)
        return chain, holds is True

    def _leaving_another(self, core: Core, among: Names) -> Core:
        """A clash as small as this one beside which others of these rules clash, else this one."""
        for other in self._behind(core, among) or ():
            same_size = other.proven and len(other.names) == len(core.names)
            if same_size and self._can_hold(among - other.names) is False:
                return Core(other.names, core.proven)
        return core

    def _behind(self, core: Core, among: Names) -> list[Core] | None:
        """For each rule of a clash, a clash among these rules that stays without it.

        None of them where one of its rules is a way out alone; None where that was not settled in
        time.
        """
        names = [name for name in self._rules if name in core.names]
        settled = True
        for name in names:
            holds = self._can_hold(among - {name})
            if holds:
                return []
            settled = settled and holds is False
        if not settled:
            return None
        found: list[Core] = []
        for name in names:
            if all(name in other.names for other in found):
                found.append(self._smallest(among - {name}))
        return found

    def _can_hold(self, names: Names) -> bool | None:
        """Whether some mix meets these rules; None when it was not settled in time."""
        if any(not broken & names for broken in self._broken):
            return True
        if any(clash <= names for clash in self._clashing):
            return False
        found = self._ask(names)
        if found.mix is not None:
            self._broken.append(frozenset(self._rules) - self._met(names, found))
            return True
        if not found.impossible:
            return None
        self._clashing.append(names)
        return False

    def _smallest(self, among: Names) -> Core:
        """The fewest of these rules that clash, given that they do."""
        if among not in self._cores:
            self._cores[among] = self._sought(among)
        return self._cores[among]

    def _sought(self, among: Names) -> Core:
        core = self._by_deletion(among)
        while not self._watch.over:
            hit = self._smallest_hit(among)
            if hit is None:
                break
            if len(hit) >= len(core):
                return Core(core, True)
            found = self._ask(hit)
            if found.impossible:
                self._clashing.append(hit)
                return Core(hit, True)
            if found.mix is None:
                break
            self._broken.append(frozenset(self._rules) - self._grown(hit, among, found))
        return Core(core, False)

    def _by_deletion(self, among: Names) -> Names:
        """A clash in which no rule is idle: leave out each rule without which the rest clash."""
        core = among
        for name in self._rules:
            if name not in core or any(broken & core == {name} for broken in self._broken):
                continue
            if self._can_hold(core - {name}) is False:
                core -= {name}
        return core

    def _ask(self, names: Collection[str]) -> Found:
        """A mix that meets these rules, all others switched off."""
        question = Question.whether(self._facts.under(self._only(names)))
        return Search(question, self._watch).best(ties=False)

    def _only(self, names: Collection[str]) -> Scenario:
        off = {*self._scenario.off, *(name for name in self._rules if name not in names)}
        return replace(self._scenario, off=tuple(sorted(off)))

    def _grown(self, names: Names, among: Names, found: Found) -> Names:
        """Rules that a mix meets together with `names`, as many as can be added one by one."""
        met = self._met(names, found)
        for name in self._rules:
            if name in met or name not in among:
                continue
            more = self._ask(met | {name})
            if more.mix is not None:
                met = self._met(met | {name}, more)
        return met

    def _met(self, names: Names, found: Found) -> Names:
        """`names`, which the mix is known to meet, and all others that it meets beside them."""
        chosen = self._facts.choices(found.mix or ())
        met = set(names)
        for name, rule in self._rules.items():
            if name in met:
                continue
            if isinstance(rule, SourceBudget | Eligibility | CoFunding):
                only = self._only({*met, name})
                meets = allocate(self._pool, only, chosen).shortage is None
            else:
                alone = replace(self._scenario, sources=(), rules=(rule,), off=())
                meets = feasible(self._pool, alone, chosen)
            if meets:
                met.add(name)
        return frozenset(met)

    def _smallest_hit(self, among: Names) -> Names | None:
        """The fewest of `among` with one of each set in `_broken`; None when time ran out."""
        return self._next_hit(among, ())[0]

    def _next_hit(self, among: Names, known: Collection[Names]) -> tuple[Names | None, bool]:
        """The same that holds none of the sets known; None for none, and whether that is certain."""
        names = tuple(name for name in self._rules if name in among)
        rows = (*self._rows(names), *_without(known, names))
        size = len(names)
        program = Program((-1,) * size, rows, (0,) * size, (1,) * size, (True,) * size)
        outcome = solver.solve(program, self._watch)
        if outcome.answer != "proven" or outcome.x is None:
            return None, outcome.answer == "infeasible"
        return frozenset(name for name, x in zip(names, outcome.x, strict=True) if x), False

    def _rows(self, names: tuple[str, ...]) -> Iterator[Row]:
        for broken in self._broken:
            columns = tuple(k for k, name in enumerate(names) if name in broken)
            yield Row((), "hit", columns, (-1,) * len(columns), -1)


def _without(known: Collection[Names], names: tuple[str, ...]) -> Iterator[Row]:
    """Not all rules of any set that is known."""
    for one in known:
        columns = tuple(k for k, name in enumerate(names) if name in one)
        yield Row((), "known", columns, (1,) * len(columns), len(columns) - 1)
