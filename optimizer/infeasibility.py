"""No mix meets all rules: the smallest sets of rules that cannot hold together, and ways out."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import NamedTuple

from optimizer.clashes import Hunt
from optimizer.options import Listener, Options, Watch
from optimizer.repairs import Repair, repairs
from optimizer.validate import check
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules

DEFAULT = Options()
SHARE_FOR_RULES = 0.6


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
    """

    rules: tuple[ClashRule, ...]
    repairs: tuple[Repair, ...]
    proven: bool
    undecided: tuple[str, ...] = ()
    others: tuple[Clash, ...] = ()
    complete: bool = True

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
    first = Watch(replace(options, time_limit=options.time_limit * SHARE_FOR_RULES), None, cancel)
    cores, complete = Hunt(pool, scenario, first).clashes()
    if not cores:
        return None
    in_any = frozenset[str]().union(*(core.names for core in cores))
    whole = sum(len(core.names) for core in cores)
    found: list[Clash] = []
    done = 0
    for core in cores:
        rules = [rule for rule in active_rules(scenario) if rule.id in core.names]
        aside = in_any - core.names
        made, undecided = repairs(pool, scenario, rules, watch, aside, done, whole)
        named = tuple(ClashRule(rule.id, sentence(rule, pool, scenario)) for rule in rules)
        found.append(Clash(named, made, core.proven, undecided))
        done += len(rules)
    return replace(found[0], others=tuple(found[1:]), complete=complete)
