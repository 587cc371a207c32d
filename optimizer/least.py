"""The least change after which a best mix holds a project, jumps included.

A change is counted in whole steps: cents, projects, tenths of a percent. V_with(s) and V_without(s)
are the best values after s steps, with the project and without it. Both climb in steps, so that a
project may come in, go out and come in again; halving would miss the first time. Instead: as long as
some mix without the project stays allowed and is worth v, no number of steps with V_with(s) < v
brings it in. So the next number to look at is the smallest with V_with(s) ≥ v. If V_without is higher
there, v is raised to it, and so on. Each number passed over is proven to be too small.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from optimizer.climb import Climb
from optimizer.dial import Dial
from optimizer.duel import Duel, Verdict
from optimizer.ladder import Ladder
from optimizer.search import Found, Mix
from portfolio.funding.rules import Rule
from portfolio.pool import Pool
from portfolio.scenario import Scenario, with_rules, without
from portfolio.variants import Pick

MOST_ROUNDS = 40
"""After so many numbers were looked at, twice as many more are passed over unproven each time."""
MOST_CENTS = 2_000
"""So many totals that may not pay a mix are looked at one by one, for roundings to whole cents."""

GUESSES = 5
"""So many totals are tried, each with twice as much more, before the least is looked for."""

Proven = tuple[int | None, bool]
"""The smallest number of steps, None for none, and whether that is proven."""


@dataclass(frozen=True, slots=True)
class Least:
    """So many steps bring the project in, for certain. `exact`: no fewer do, for certain."""

    steps: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """No number of steps was found. `proven`: there is none."""

    proven: bool


class Walk(Protocol):
    """A scenario after any number of steps of one change."""

    def scenario(self, steps: int) -> Scenario:
        """The scenario after so many steps."""

    def having(self, low: int, least: int | None) -> Proven:
        """The smallest number from `low` on with a mix that has the project and is worth `least`."""

    def losing(self, mix: Mix, begin: int, end: int) -> Proven:
        """The smallest number from begin to end that forbids a mix allowed before."""


def least_steps(walk: Walk, duel: Duel, low: int, known: tuple[Mix, int] | None) -> Least | Nothing:
    """The fewest steps, from `low` on, after which a best mix holds the project.

    `known`: a mix without it and what it is worth, allowed at `low` where it is allowed at all.
    """
    first, exact = low, True
    if known is None:
        verdict = duel.verdict(walk.scenario(low))
        if verdict.inside:
            return Least(low, exact)
        known = _better(known, verdict)
    for rounds in range(1, 10 * MOST_ROUNDS):
        steps, proven = walk.having(low, None if known is None else known[1])
        if not proven:
            return Nothing(proven=False)
        if known is not None and (steps is None or steps > low):
            lost, settled = walk.losing(known[0], low, -1 if steps is None else steps - 1)
            steps, exact = (steps if lost is None else lost), exact and settled
        if steps is None:
            return Nothing(exact)
        verdict = duel.verdict(walk.scenario(steps))
        if verdict.inside:
            return Least(steps, exact)
        exact = exact and verdict.inside is not None
        known = _better(known, verdict)
        low = steps + 1
        if rounds >= MOST_ROUNDS:
            low, exact = low + (low - first), False
        if duel.watch.over:
            break
    return Nothing(proven=False)


def _better(known: tuple[Mix, int] | None, verdict: Verdict) -> tuple[Mix, int] | None:
    """Of two mixes without the project the one worth more."""
    lacking = verdict.lacking
    if lacking.mix is None or lacking.value is None or (known and known[1] >= lacking.value):
        return known
    return lacking.mix, lacking.value


class Way(Protocol):
    """One way to loosen a rule in steps, as `loosening` and its neighbors have them."""

    @property
    def rule(self) -> Rule:
        """The rule as it stands."""

    @property
    def unit(self) -> str:
        """What it is counted in."""

    @property
    def freed(self) -> Rule | None:
        """The rule when it forbids nothing on this side; None when nothing is left of it."""

    def by(self, steps: int) -> Rule | None:
        """The rule so many steps looser; None when nothing is left of it."""

    def needed(self, pool: Pool, picks: Sequence[Pick]) -> int:
        """The fewest steps after which these projects keep to it."""

    def moved(self, steps: int) -> Fraction:
        """How far it moves."""

    def change(self, steps: int, pool: Pool) -> str:
        """The change in a few words."""


def _below(found: Found, value: int) -> bool:
    """Whether the best mix is worth less, for certain."""
    bound = found.value if found.proven else found.bound
    return bound is not None and bound < value


class RuleWalk:
    """One rule loosened step by step, all others as they are.

    Each step allows all that was allowed before it, so the fewest steps for a mix worth so much are
    found by halving.
    """

    def __init__(self, duel: Duel, scenario: Scenario, way: Way) -> None:
        self._duel = duel
        self._scenario = scenario
        self._way = way

    def scenario(self, steps: int) -> Scenario:
        """The scenario with the rule so much looser."""
        rule = self._way.by(steps)
        return without(self._scenario, self._way.rule.id) if rule is None else self._with(rule)

    def having(self, low: int, least: int | None) -> Proven:
        """By halving between what is too little and what a mix needs."""
        freed = self._way.freed
        free = without(self._scenario, self._way.rule.id) if freed is None else self._with(freed)
        mix, proven = self._duel.worth(self._duel.having(free), least)
        if mix is None:
            return None, proven
        enough, short = max(self._needed(mix), low), low - 1
        while enough - short > 1:
            middle = (enough + short) // 2
            mix, proven = self._duel.worth(self._duel.having(self.scenario(middle)), least)
            if mix is not None:
                enough = min(max(self._needed(mix), low), middle)
            elif proven:
                short = middle
            else:
                return None, False
        return enough, True

    def losing(self, mix: Mix, begin: int, end: int) -> Proven:
        """None: what is allowed stays so."""
        return None, True

    def _needed(self, mix: Mix) -> int:
        known = self._duel.question.facts
        return self._way.needed(known.pool, known.choices(mix))

    def _with(self, rule: Rule) -> Scenario:
        return with_rules(self._scenario, rule)


class MoneyWalk:
    """Money in all, or of one source, cent by cent."""

    def __init__(self, duel: Duel, dial: Dial) -> None:
        self._dial = dial
        forced = duel.having(dial.scenario).facts.scenario
        ladder = Ladder(duel.question.facts.pool, forced, dial.source)
        self._climb = Climb(ladder, duel.watch)
        self._duel = duel
        self._most: Found | None = None

    def scenario(self, steps: int) -> Scenario:
        """The scenario with so many cents, not more."""
        return self._dial.under(steps)

    def having(self, low: int, least: int | None) -> Proven:
        """By the climb from step to step of the mixes that hold the project.

        Where all the money that could be of use is not enough, there is no need to climb.
        """
        most = self._at_most()
        if most.impossible or (least is not None and _below(most, least)):
            return None, True
        return self._climb.first(low, None if least is None else least - 1)

    def guesses(self, now: int) -> Iterator[int]:
        """Totals that may be enough: what the project asks for more, twice as much, and so on.

        Money for everything comes last. None of them where all the money that could be of use buys
        no mix with the project.
        """
        known = self._duel.question.facts
        more = max(known.pool.project(self._duel.project).grant, 1)
        if self._at_most().mix is not None:
            yield from (now + (more << k) for k in range(GUESSES))
            yield now + sum(known.grants)

    def _at_most(self) -> Found:
        """The best mix with the project and all the money that could be of use."""
        if self._most is None:
            rich = self._dial.under(self._climb.enough)
            self._most = self._duel.best(self._duel.having(rich))
        return self._most

    def losing(self, mix: Mix, begin: int, end: int) -> Proven:
        """A total whose roundings leave an envelope a cent short."""
        last = max(self._climb.enough, begin) if end < begin else end
        return self._climb.spans.first_without(mix, begin, last, MOST_CENTS)


def least_money(duel: Duel, dial: Dial) -> Least | Nothing:
    """The least total above the present one with which a best mix holds the project, in cents.

    A total that is enough is tried for first, so that there is an answer when time runs out.
    """
    now = dial.present or 0
    walk = MoneyWalk(duel, dial)
    surely = next((total for total in walk.guesses(now) if _inside(duel, dial, total)), None)
    found = least_steps(walk, duel, now + 1, None)
    if isinstance(found, Nothing) and not found.proven and surely is not None:
        return Least(surely, exact=False)
    return found


def _inside(duel: Duel, dial: Dial, total: int) -> bool:
    return duel.verdict(dial.under(total)).inside is True
