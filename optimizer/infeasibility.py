"""No mix meets all rules: the smallest sets of rules that cannot hold together, and ways out."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizer.clashes import Hunt
from optimizer.options import Listener, Options, Watch
from optimizer.repairs import Repair, repairs
from optimizer.search import Question, Search
from optimizer.validate import check
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules

DEFAULT = Options()
SHARE_FOR_RULES = 0.5
SHARE_FOR_REPAIRS = 0.6
"""Of the time clashes take this share at most, of what is left repairs, then come their prices."""
MOST_SETS = 10


class ClashRule(NamedTuple):
    """A rule that has a part in a clash, with its sentence."""

    id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules that no mix meets together, in the order of the scenario.

    Without any one of them the others can be met, unless time ran out. `proven`: no smaller set
    of rules clashes (for one of `others`: of the rules that it was sought among). `repairs` has
    one entry for each rule of which a change alone helps; of those in `undecided` it was not
    settled in time whether one does.

    `others` are further clashes, to be solved as well. Two clashes share a rule only where the
    rules of one clash in turn with others, so that no change of one of them alone helps while those
    stand. The repairs of each clash set aside the rules that are only in others. So a clash without
    repairs shares a rule with another. `complete`: all rules that are in none of these clashes can
    be met together, and no clash in turn is missing; without it time ran out.

    `sets` are all sets of rules that no mix meets together and of which each part can be met, the
    smallest first, ten at most; with `all_sets` there is no other. They may overlap, and a change
    that ends one need not end another: the clashes above are what has to be solved, these are why.
    """

    rules: tuple[ClashRule, ...]
    repairs: tuple[Repair, ...]
    proven: bool
    undecided: tuple[str, ...] = ()
    others: tuple[Clash, ...] = ()
    complete: bool = True
    sets: tuple[tuple[ClashRule, ...], ...] = ()
    all_sets: bool = False

    @property
    def each(self) -> tuple[Clash, ...]:
        """This clash and the further ones."""
        return (self, *self.others)


def clash(
    pool: Pool,
    scenario: Scenario,
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> Clash | None:
    """The smallest set of active rules that no mix meets, the smallest change of each, and more.

    Further clashes are in its `others`. None when some mix meets all rules, or when time ran out
    before it was certain that none does. Part of the time is kept for the repairs. Raises
    InputError with every problem of the question.
    """
    check(pool, scenario, options)
    watch = Watch(options, progress, cancel)
    hunt = Hunt(pool, scenario, watch.within(SHARE_FOR_RULES).silent())
    cores, complete = hunt.clashes()
    if not cores:
        return None
    sets, all_sets = hunt.sets(cores, MOST_SETS)
    in_any = frozenset[str]().union(*(core.names for core in cores))
    whole = sum(len(core.names) for core in cores)
    named = {
        rule.id: ClashRule(rule.id, sentence(rule, pool, scenario))
        for rule in active_rules(scenario)
    }
    mending = watch.within(SHARE_FOR_REPAIRS)
    found: list[Clash] = []
    done = 0
    for core in cores:
        rules = [rule for rule in active_rules(scenario) if rule.id in core.names]
        aside = in_any - core.names
        made, undecided = repairs(pool, scenario, rules, mending, aside, done, whole)
        found.append(Clash(tuple(named[rule.id] for rule in rules), made, core.proven, undecided))
        done += len(rules)
    priced = [replace(one, repairs=_priced(pool, scenario, one, in_any, watch)) for one in found]
    told = tuple(tuple(named[i] for i in named if i in one) for one in sets)
    return replace(
        priced[0], others=tuple(priced[1:]), complete=complete, sets=told, all_sets=all_sets
    )


def _priced(
    pool: Pool, scenario: Scenario, clash: Clash, in_any: Collection[str], watch: Watch
) -> tuple[Repair, ...]:
    """The repairs of a clash with what the best mix is worth after each.

    The rules of other clashes are set aside, as they are for the repairs.
    """
    names = {rule.id for rule in clash.rules}
    aside = set(in_any) - names
    free = _worth(pool, _off(scenario, names | aside), watch) if clash.repairs else None
    made = []
    for repair in clash.repairs:
        value = _worth(pool, _off(repair.scenario, aside), watch)
        price = None if value is None or free is None else max(free - value, 0)
        made.append(replace(repair, value=value, price=price))
    return tuple(made)


def _off(scenario: Scenario, names: Collection[str]) -> Scenario:
    """The question with these rules switched off, and free of what was agreed before."""
    return replace(scenario, off=tuple(sorted({*scenario.off, *names})), stay_close=None)


def _worth(pool: Pool, scenario: Scenario, watch: Watch) -> int | None:
    """What the best mix is worth; None where that was not proven in time."""
    found = Search(Question.of(pool, scenario), watch.silent()).best(ties=False)
    return found.value if found.proven else None
