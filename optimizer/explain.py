"""Why a mix is as it is: what each rule costs, and what putting a project in or out would cost.

Every number is the difference between two exact answers: the question asked again with one thing
changed, and the mix that stands.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from optimizer.clashes import Hunt
from optimizer.duel import forcing
from optimizer.options import Listener, Options, Watch
from optimizer.search import Found, Mix, Question, Search
from optimizer.validate import check
from portfolio.errors import InputError, Problem
from portfolio.funding.rules import Rule, WorthRule
from portfolio.funding.sentences import sentence
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules, with_rules, without
from portfolio.selection import Choice, Selection, Status

DEFAULT = Options()
NOTHING = Found(None, None, None, proven=False)
"""What is known when the time is up: to write one more question down takes time as well."""


@dataclass(frozen=True, slots=True)
class RulePrice:
    """V*(rule off) − V*, in millionths, and how the mix would change.

    `price` None: nothing was found in time. Not `proven`: the difference between the best mixes
    found so far, on either side of which the true price may lie.
    """

    rule: str
    sentence: str
    price: int | None
    proven: bool
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForcedCost:
    """V* − V*(project in) for a project that is out, V* − V*(project out) for one that is in.

    In millionths. `cost` None with `proven`: no mix that meets the rules holds it (or: does
    without it), and the rules in `clash` see to that. Not `proven`: the difference between the best
    mixes found so far, below zero where a better mix turned up, or nothing was found in time.
    `held` is the mix that stands, `instead` the one with the project turned round, as chosen.
    """

    project: str
    inside: bool
    cost: int | None
    proven: bool
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    clash: tuple[str, ...] = ()
    held: tuple[Choice, ...] = ()
    instead: tuple[Choice, ...] = ()


class Standing:
    """A mix that stands, and its question, to be asked again with one thing changed."""

    def __init__(
        self,
        pool: Pool,
        scenario: Scenario,
        base: Selection,
        options: Options,
        progress: Listener | None,
        cancel: threading.Event | None,
    ) -> None:
        check(pool, scenario, options)
        self.pool = pool
        self.scenario = replace(scenario, stay_close=None)
        self.watch = Watch(options, progress, cancel)
        self.cancel = cancel
        self.question = Question.of(pool, self.scenario)
        self.mix: Mix = standing_mix(self.question, base)
        self.proven = base.status is Status.OPTIMAL
        # A mix that stays close to an agreed one may be worth less than the best there is.
        own = self.question.value(self.mix)
        close = self.proven and scenario.stay_close is not None and base.bound is not None
        self.value = max(base.bound or own, own) if close else own

    def ask(self, question: Question) -> Found:
        """The best mix under another question."""
        return Search(question, self.watch.silent()).best([self.mix], ties=False)

    def turned(self, question: Question, project_id: str, *, inside: bool) -> Found:
        """The best mix with a project in, in one way or another, or out."""
        columns = self.question.facts.columns_of[project_id]
        without = self.mix - frozenset(columns)
        if not inside:
            fixed = dict.fromkeys(columns, 0)
            return Search(question, self.watch.silent(), fixed).best([without], ties=False)
        starts = [without | {column} for column in columns]
        if len(columns) == 1:
            fixed = {columns[0]: 1}
            return Search(question, self.watch.silent(), fixed).best(starts, ties=False)
        asked = question.holding(project_id)
        return Search(asked, self.watch.silent()).best(starts, ties=False)

    def changes(self, mix: Mix) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids that enter and ids that leave, from the standing mix to another."""
        ids = self.question.facts.ids
        then, now = ids(mix), ids(self.mix)
        return tuple(i for i in then if i not in now), tuple(i for i in now if i not in then)


def standing_mix(question: Question, base: Selection) -> Mix:
    """The mix of a base as columns; InputError when it is no answer to this question."""
    known = {one.choice for one in question.facts.variants}
    strange = not base.status.has_mix or not known.issuperset(base.chosen)
    mix: Mix = frozenset() if strange else question.facts.mix(base.chosen)
    if strange or base.value != question.value(mix) or not question.allows(mix):
        remedy = "It does not answer this question. Find the best mix first, then ask why."
        raise InputError((Problem("Mix", base.status, remedy),))
    return mix


def rule_prices(
    pool: Pool,
    scenario: Scenario,
    base: Selection,
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> tuple[RulePrice, ...]:
    """What each active rule costs, dearest first, then in the order of the scenario.

    Synergies and new ties, which only add, are left out.

    Raises InputError for a question with faults, or a base without a mix.
    """
    standing = Standing(pool, scenario, base, options, progress, cancel)
    rules = [rule for rule in active_rules(standing.scenario) if _forbids(rule)]
    prices = []
    for done, rule in enumerate(rules):
        standing.watch.part(done, len(rules))
        words = sentence(rule, pool, scenario)
        found = NOTHING
        if not standing.watch.over:
            found = standing.ask(standing.question.under(without(standing.scenario, rule.id)))
        prices.append(_price(standing, rule.id, words, found))
    standing.watch.part(len(rules), len(rules))
    return tuple(sorted(prices, key=lambda price: -1 if price.price is None else -price.price))


def _forbids(rule: Rule) -> bool:
    """Whether a rule can cost anything; those on worth say what the mix is worth."""
    return not isinstance(rule, WorthRule)


def _price(standing: Standing, rule: str, words: str, found: Found) -> RulePrice:
    if found.mix is None or found.value is None:
        return RulePrice(rule, words, None, proven=False)
    price = max(found.value - standing.value, 0)
    enters, leaves = standing.changes(found.mix) if price else ((), ())
    return RulePrice(rule, words, price, found.proven and standing.proven, enters, leaves)


def forced_costs(
    pool: Pool,
    scenario: Scenario,
    base: Selection,
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> dict[str, ForcedCost]:
    """What putting each candidate in or out would cost, by id. Raises as `rule_prices`."""
    standing = Standing(pool, scenario, base, options, progress, cancel)
    ids = [project.id for project in pool.candidates]
    costs = {}
    for done, project_id in enumerate(ids):
        standing.watch.part(done, len(ids))
        costs[project_id] = forced_cost(standing, project_id)
    standing.watch.part(len(ids), len(ids))
    return costs


def forced_cost(standing: Standing, project_id: str) -> ForcedCost:
    """What turning one project round would cost."""
    columns = standing.question.facts.columns_of[project_id]
    inside = not standing.mix.isdisjoint(columns)
    found = NOTHING
    if not standing.watch.over:
        found = standing.turned(standing.question, project_id, inside=not inside)
    if found.impossible:
        rules = _shut(standing, project_id, inside)
        return ForcedCost(project_id, inside, None, proven=True, clash=rules)
    if found.mix is None or found.value is None:
        return ForcedCost(project_id, inside, None, proven=False)
    cost = standing.value - found.value
    enters, leaves = standing.changes(found.mix)
    choices = standing.question.facts.choices
    return ForcedCost(
        project_id,
        inside,
        cost,
        found.proven and standing.proven,
        enters,
        leaves,
        held=choices(standing.mix),
        instead=choices(found.mix),
    )


def _shut(standing: Standing, project_id: str, inside: bool) -> tuple[str, ...]:
    """Ids of the fewest rules that keep the project where it is."""
    turned = forcing(standing.scenario, project_id, inside=not inside)
    asked = with_rules(standing.scenario, turned)
    limit = replace(standing.watch.options, time_limit=max(standing.watch.left, 0.1))
    core = Hunt(standing.pool, asked, Watch(limit, None, standing.cancel)).smallest()
    if core is None:
        return ()
    return tuple(rule.id for rule in active_rules(standing.scenario) if rule.id in core.names)
