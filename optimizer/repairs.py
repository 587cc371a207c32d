"""The smallest change of one rule that lets some mix meet it and all the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from optimizer.extra_money import Extra
from optimizer.facts import Facts, facts
from optimizer.loosening import Looser, looser, smallest
from optimizer.loosening_conditions import Ceiling, LooserRule, looser_conditions
from optimizer.options import Watch
from optimizer.search import Found, Mix, Question, Search
from portfolio.errors import EngineError
from portfolio.feasibility import feasible
from portfolio.funding.needs import out_of_reach
from portfolio.funding.rules import (
    Admission,
    AtMostOf,
    Capacity,
    CoFunding,
    CostReserve,
    DeMinimis,
    Eligibility,
    LeaderLoad,
    Limit,
    LossLimit,
    Must,
    MustNot,
    Requires,
    Rule,
    SourceBudget,
    TotalBudget,
    WorthRule,
)
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.scenario import Scenario, with_rules, without
from portfolio.wording import exact_money, listed

EVERY_SOURCE = "Let every source pay for any project"
Loosened = Capacity | Limit | Admission | Ceiling


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of one rule alone after which some mix meets all rules.

    The rules of other clashes are left out of this: they need a change of their own.
    `sentence` is the rule's as it stands, `change` what to change, `amount` the size of the change
    in `unit`: "cents", "share" (0 to 1), "projects" or a resource's name; None and "" where the
    rule has no number. `scenario` is the question with the change made. `proven`: no smaller
    change is enough; without it time ran out. `value` (millionths) is what the best mix is worth
    after the change, and `price` how much less that is than without any rule of the clash; None
    where that was not found in time.
    """

    rule: str
    sentence: str
    change: str
    amount: Fraction | None
    unit: str
    scenario: Scenario
    proven: bool = True
    value: int | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True)
class _Way:
    """A change as a repairer finds it, with the mix that it allows."""

    change: str
    amount: Fraction | None
    unit: str
    scenario: Scenario
    mix: Mix
    proven: bool = True


def repairs(
    pool: Pool,
    scenario: Scenario,
    rules: Sequence[Rule],
    watch: Watch,
    aside: Collection[str] = (),
    before: int = 0,
    of: int | None = None,
) -> tuple[tuple[Repair, ...], tuple[str, ...]]:
    """The smallest change of each of these rules that is enough alone, all others as they are.

    Beside them the ids of rules of which it was not settled in time whether any change helps. The
    rules with ids in `aside` are switched off meanwhile. This is the work on parts `before` and on
    of `of` parts (all, by default).

    - Money in all: cents more. A source: cents more in all, its fee included, put into the latest
      periods that serve.
    - A limit: its lower bound down or its upper bound up, whichever moves less, or dropped where one
      alone does not help; shares in steps of 0.1 %, money by the cent.
    - A capacity: the same amount more in each period.
    - Projects that must be in, must stay out or are needed: fewest to take out of the rule. At most
      so many of some: how many more.
    - Aid to an undertaking, projects of a leader, overruns, losses, a condition on each project: as a
      limit.
    - Which source may pay for what, and up to which rate, has no one size: the rule is dropped.

    Rules of which no change helps are left out. Raises EngineError when a change fails its
    re-check.
    """
    parts = len(rules) if of is None else of
    narrowed = replace(scenario, off=tuple(sorted({*scenario.off, *aside})))
    workshop = _Workshop(pool, narrowed, watch)
    made = []
    undecided = []
    for done, rule in enumerate(rules):
        watch.part(before + done, parts)
        way = workshop.way(rule)
        if way is not None:
            repair = _repair(pool, narrowed, rule, way, workshop.known)
            made.append(replace(repair, scenario=_whole(scenario, repair.scenario, aside)))
        elif watch.over:
            undecided.append(rule.id)
    watch.part(before + len(rules), parts)
    return tuple(made), tuple(undecided)


def _whole(asked: Scenario, repaired: Scenario, aside: Collection[str]) -> Scenario:
    """The repaired question with the rules on again that were only set aside."""
    off = tuple(i for i in repaired.off if i not in aside or i in asked.off)
    return replace(repaired, off=off)


def _repair(pool: Pool, scenario: Scenario, rule: Rule, way: _Way, known: Facts) -> Repair:
    if not feasible(pool, way.scenario, known.choices(way.mix)):
        raise EngineError(f"A repair of the rule “{rule.id}” failed its re-check and is withheld.")
    words = sentence(rule, pool, scenario)
    return Repair(rule.id, words, way.change, way.amount, way.unit, way.scenario, way.proven)


class _Workshop:
    """Finds the smallest change of a rule by asking for mixes of a changed question."""

    def __init__(self, pool: Pool, scenario: Scenario, watch: Watch) -> None:
        self.pool = pool
        self.scenario = scenario
        self.watch = watch
        self.known = facts(pool, scenario)

    def way(self, rule: Rule) -> _Way | None:
        """The smallest change of a rule; None when the others cannot be met even without it."""
        if isinstance(rule, WorthRule):
            return None
        mix = self._search(self._question(without(self.scenario, rule.id))).mix
        if mix is None:
            return None
        match rule:
            case TotalBudget():
                return self._total_budget(rule)
            case SourceBudget():
                return self._source_budget(rule, mix)
            case Eligibility() | CoFunding():
                return self._dropped(rule, mix)
            case (
                Capacity()
                | Limit()
                | Admission()
                | DeMinimis()
                | LeaderLoad()
                | CostReserve()
                | LossLimit()
            ):
                return self._loosened(rule, mix)
            case Must() | MustNot() | Requires():
                return self._fewer(rule)
            case AtMostOf():
                return self._more_of(rule)

    def _question(self, scenario: Scenario, worth: tuple[int, ...] | None = None) -> Question:
        return Question(self.known.under(scenario), worth or (0,) * self.known.width)

    def _search(self, question: Question) -> Found:
        return Search(question, self.watch).best(ties=False)

    def _most(self, rule: Rule, worth: Sequence[int]) -> tuple[Mix, bool] | None:
        """Of all mixes that meet the other rules, the one worth most, and whether it is proven."""
        question = self._question(without(self.scenario, rule.id), tuple(worth))
        found = self._search(question)
        return None if found.mix is None else (found.mix, found.proven)

    def _with(self, rule: Rule) -> Scenario:
        """The question with a changed rule, in words that fit its new values."""
        return with_rules(self.scenario, replace(rule, sentence=""))

    def _total_budget(self, rule: TotalBudget) -> _Way | None:
        found = self._most(rule, [-grant for grant in self.known.grants])
        if found is None:
            return None
        mix, proven = found
        spend = self.known.spend(mix)
        more = spend - rule.limit
        change = f"{exact_money(more, self.pool.cluster.currency)} more in all"
        return _Way(
            change, Fraction(more), "cents", self._with(replace(rule, limit=spend)), mix, proven
        )

    def _source_budget(self, rule: SourceBudget, mix: Mix) -> _Way:
        extra = Extra(self.pool, self.scenario, rule.source)
        least = smallest(
            lambda cents: self._search(extra.question(self.known, cents)),
            lambda other: extra.needed(self.known.choices(other)),
            mix,
        )
        budgets = extra.budgets(self.known.choices(least.mix))
        # Of what a source keeps for administration there has to be more, too.
        repaired, amount = extra.with_budgets(budgets), Fraction(sum(budgets) - extra.source.total)
        return _Way(extra.words(budgets), amount, "cents", repaired, least.mix, least.proven)

    def _dropped(self, rule: Eligibility | CoFunding, mix: Mix) -> _Way:
        rates = isinstance(rule, CoFunding)
        change = "Let sources pay more than their rate" if rates else EVERY_SOURCE
        return _Way(change, None, "", without(self.scenario, rule.id), mix)

    def _loosened(self, rule: Loosened, mix: Mix) -> _Way:
        """Of the ways to loosen a rule (a limit has one a bound) the one that moves least.

        Where both bounds of a limit are in the way, or what a condition looks at is not known, the
        rule is dropped.
        """
        if isinstance(rule, Capacity | Limit):
            bounds: Sequence[Looser | LooserRule] = looser(rule, self.pool)
        else:
            bounds = looser_conditions(rule, self.scenario.on)
        ways = [self._by_steps(one, mix) for one in bounds]
        found = [way for way in ways if way is not None]
        if found:
            return min(found, key=lambda way: way.amount or 0)
        rest = without(self.scenario, rule.id)
        return _Way("Drop this rule", None, "", rest, mix, proven=not self.watch.over)

    def _by_steps(self, way: Looser | LooserRule, mix: Mix | None) -> _Way | None:
        if way.freed is not None:
            mix = self._search(self._question(self._with(way.freed))).mix
        if mix is None:
            return None
        least = smallest(
            lambda steps: self._search(self._question(self._changed(way, steps))),
            lambda other: way.needed(self.pool, self.known.choices(other)),
            mix,
        )
        return _Way(
            way.change(least.steps, self.pool),
            way.moved(least.steps),
            way.unit,
            self._changed(way, least.steps),
            least.mix,
            least.proven,
        )

    def _changed(self, way: Looser | LooserRule, steps: int) -> Scenario:
        rule = way.by(steps)
        return without(self.scenario, way.rule.id) if rule is None else self._with(rule)

    def _fewer(self, rule: Must | MustNot | Requires) -> _Way | None:
        """Fewest projects taken out of the rule."""
        named = self.known.columns(rule.needs if isinstance(rule, Requires) else rule.projects)
        sign = -1 if isinstance(rule, MustNot) else 1
        found = self._most(rule, [sign * (j in named) for j in range(self.known.width)])
        if found is None:
            return None
        mix, proven = found
        inside = set(self.known.ids(mix))
        about = self.known.ids(named)
        dropped = tuple(i for i in about if (i in inside) == isinstance(rule, MustNot))
        if isinstance(rule, Requires):
            dropped = (*dropped, *out_of_reach(rule, self.pool))
        names = listed((self.pool.project(i).name for i in dropped), most=len(dropped))
        match rule:
            case Must():
                kept = tuple(i for i in rule.projects if i not in dropped)
                changed: Rule = replace(rule, projects=kept)
                change = f"Do not insist on {names}"
            case MustNot():
                kept = tuple(i for i in rule.projects if i not in dropped)
                changed = replace(rule, projects=kept)
                change = f"Let {names} in"
            case Requires():
                kept = tuple(i for i in rule.needs if i not in dropped)
                changed = replace(rule, needs=kept)
                change = f"Let {self.pool.project(rule.project).name} do without {names}"
        repaired = self._with(changed) if kept else without(self.scenario, rule.id)
        return _Way(change, Fraction(len(dropped)), "projects", repaired, mix, proven)

    def _more_of(self, rule: AtMostOf) -> _Way | None:
        named = self.known.columns(rule.projects)
        found = self._most(rule, [-(j in named) for j in range(self.known.width)])
        if found is None:
            return None
        mix, proven = found
        held = len(named & mix)
        changed = replace(rule, count=held, sentence="")
        change = f"{sentence(changed, self.pool, self.scenario)} instead of {rule.count}"
        repaired = self._with(changed)
        return _Way(change, Fraction(held - rule.count), "projects", repaired, mix, proven)
