"""Every way in for a project that is out: the least change of each kind, and the cheapest of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, get_args

from optimizer.dial import Dial
from optimizer.duel import Duel, Verdict
from optimizer.explain import DEFAULT, Standing
from optimizer.funding import held_sources
from optimizer.least import Least, Nothing, RuleWalk, Way, least_money, least_steps
from optimizer.least_cost import at_cost, least_cut
from optimizer.least_payoff import at_payoff, at_worth, least_payoff
from optimizer.loosening import LooserFloor, looser
from optimizer.loosening_conditions import LooserCondition, looser_conditions
from optimizer.looser_counts import LooserCount, LooserTotal
from optimizer.options import Listener, Options, Watch
from optimizer.search import Mix, Question
from portfolio.errors import EngineError, NotFoundError
from portfolio.funding.rules import (
    Admission,
    AtMostOf,
    Capacity,
    DeMinimis,
    LeaderLoad,
    Limit,
    Rule,
    SourceBudget,
    TotalBudget,
    WorthRule,
)
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules, without
from portfolio.scoring.value import MICRO
from portfolio.scoring.worth import mix_value
from portfolio.selection import Choice, Selection

Kind = Literal["payoff", "cost", "budget", "source", "rule"]
KINDS = get_args(Kind)
WAY_IN = 3
"""So many routes are the cheapest ones, told first."""


@dataclass(frozen=True, slots=True)
class Route:
    """The least change of one thing alone after which a best mix holds the project.

    `kind` says what changes, `of` is the id of the source or the rule, "" for the others:

    - payoff: its payoff given success where the worth follows from it, else its own worth;
    - cost: its whole cost, its grant in proportion;
    - budget: money in all, in the proportions agreed; source: one source, its periods as agreed;
    - rule: a bound, an amount or a count; or the rule switched off where it has no number.

    `now` and `then` are what stands and what is needed, `change` the distance between them, 0 or
    more, in `unit`: "cents", "points", "benefit", "share" (0 to 1), "projects" or a resource's name;
    all None for a rule switched off. A capacity has its periods added up in `now` and `then`; its
    change is for each. `words` is a rule's change in a few words.

    `exact`: no smaller change is enough, for certain. That this one is, is certain always. `mix` is
    then the best mix with the project; `enters` and `leaves` tell it from the mix that stands.
    `others_lose` (millionths) is how much less the other projects are worth in it, as estimated now.
    """

    kind: Kind
    of: str
    change: Fraction | None
    unit: str
    now: Fraction | None
    then: Fraction | None
    exact: bool
    mix: tuple[Choice, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    others_lose: int
    words: str = ""

    @property
    def relative(self) -> Fraction | None:
        """The change as a share of what stands; 1 for a rule switched off, None where nothing stands."""
        if self.now is None or self.then is None:
            return Fraction(1)
        return abs(self.then - self.now) / self.now if self.now > 0 else None


@dataclass(frozen=True, slots=True)
class Lever:
    """Something that could change: a kind of route and what it is of."""

    kind: Kind
    of: str = ""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What would bring a project in, the cheapest route first.

    `inside`: it is in the mix that stands; `tied`: it is out, but a best mix holds it as things are.
    No routes then. The routes are ranked by `Route.relative`, so that euros, shares and counts can
    be compared; those without it come last, and ties keep the order of `Kind` and of the scenario.
    `helpless` are levers of which no change alone brings it in, for certain; `undecided` those of
    which that was not settled in time.
    """

    project: str
    inside: bool
    tied: bool
    routes: tuple[Route, ...] = ()
    helpless: tuple[Lever, ...] = ()
    undecided: tuple[Lever, ...] = ()

    @property
    def cheapest(self) -> tuple[Route, ...]:
        """The three routes with the smallest relative change."""
        return self.routes[:WAY_IN]


def why_not(
    pool: Pool,
    scenario: Scenario,
    base: Selection,
    project_id: str,
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> WhyNot:
    """The least change of payoff, cost, money, each source and each rule that brings a project in.

    Each alone, all else the same. The time is shared out evenly over what is left to look at; what
    was found is returned when it is up or `cancel` is set. Raises NotFoundError for an id that is
    no candidate's, and as `explain.rule_prices`.
    """
    standing = Standing(pool, scenario, base, options, progress, cancel)
    if project_id not in {project.id for project in pool.candidates}:
        raise NotFoundError(f"“{project_id}” is no proposal a mix can hold.")
    if project_id in base.ids:
        return WhyNot(project_id, inside=True, tied=False)
    return _Inquiry(standing, base, project_id, cancel).answer()


class _Inquiry:
    """One project's way in, lever by lever."""

    def __init__(
        self,
        standing: Standing,
        base: Selection,
        project_id: str,
        cancel: threading.Event | None,
    ) -> None:
        self._standing = standing
        self._scenario = standing.scenario
        self._pool = standing.pool
        self._project = standing.pool.project(project_id)
        self._base = base
        self._inside = base.ids
        self._cancel = cancel

    def answer(self) -> WhyNot:
        """Pull one lever after the other."""
        watch = self._standing.watch
        levers = list(self._levers())
        watch.part(0, len(levers) + 1)
        present = self._duel(2).both(self._scenario)
        name = self._project.id
        if present.inside:
            return WhyNot(name, inside=False, tied=True)
        routes: list[Route] = []
        helpless: list[Lever] = []
        undecided: list[Lever] = []
        for done, (lever, pull) in enumerate(levers, start=1):
            watch.part(done, len(levers) + 1)
            if watch.over:
                # No more questions are written down, which takes time too.
                undecided.append(lever)
                continue
            found = pull(self._duel(len(levers) + 1 - done), present)
            if isinstance(found, Route):
                routes.append(found)
            else:
                (helpless if found.proven else undecided).append(lever)
        watch.part(len(levers) + 1, len(levers) + 1)
        routes.sort(key=_rank)
        return WhyNot(name, False, False, tuple(routes), tuple(helpless), tuple(undecided))

    def _levers(self) -> Iterator[tuple[Lever, Callable[[Duel, Verdict], Route | Nothing]]]:
        """What could change; what takes longest comes last and has all the time left over."""
        if self._scenario.objective.aim != "blend":
            yield Lever("payoff"), self._payoff
        rules = active_rules(self._scenario)
        totals = sum(isinstance(rule, TotalBudget) for rule in rules)
        for rule in rules:
            # A total that is all the money there is moves with the budget already.
            same = isinstance(rule, TotalBudget) and totals == 1 and not self._scenario.sources
            if not same and not isinstance(rule, SourceBudget | WorthRule):
                yield Lever("rule", rule.id), self._rule(rule)
        if self._project.cost > 0:
            yield Lever("cost"), self._cost
        if self._scenario.money is not None:
            yield Lever("budget"), self._money(Dial(self._scenario))
        held = held_sources(self._scenario)
        for source in self._scenario.sources:
            if source.id in held:
                yield Lever("source", source.id), self._money(Dial(self._scenario, source.id))

    def _duel(self, left: int) -> Duel:
        """The project against the others, within an even share of the time for what is left."""
        watch = self._standing.watch
        share = replace(watch.options, time_limit=watch.left / left)
        question = self._standing.question
        return Duel(question, self._project.id, Watch(share, None, self._cancel))

    def _route(
        self, lever: Lever, duel: Duel, asked: Question, exact: bool, **what: object
    ) -> Route | Nothing:
        """The route with the mix that it leads to: the first of the best ones with the project."""
        mix = duel.best(asked, ties=True).mix
        if mix is None:
            return Nothing(proven=False)
        ids, choices = asked.facts.ids(mix), asked.facts.choices(mix)
        others = [choice for choice in choices if choice.project != self._project.id]
        lost = (self._base.value or 0) - mix_value(self._pool, self._scenario, others)
        fields: dict[str, object] = {"change": None, "unit": "", "now": None, "then": None, **what}
        return Route(
            kind=lever.kind,
            of=lever.of,
            exact=exact,
            mix=choices,
            enters=tuple(i for i in ids if i not in self._inside),
            leaves=tuple(i for i in self._inside if i not in ids),
            others_lose=lost,
            **fields,  # type: ignore[arg-type]
        )

    def _payoff(self, duel: Duel, present: Verdict) -> Route | Nothing:
        found = least_payoff(duel, present)
        if isinstance(found, Nothing):
            return found
        if found.estimate:
            pool = at_payoff(self._pool, self._project.id, int(found.then))
            changed = Duel(Question.of(pool, self._scenario), self._project.id, duel.watch)
            asked = changed.having(self._scenario)
        elif found.unit != "cents":
            asked = at_worth(duel, int(found.then * MICRO))
        else:
            asked = duel.having(self._scenario)
        return self._route(
            Lever("payoff"),
            duel,
            asked,
            found.exact,
            change=found.then - found.now,
            unit=found.unit,
            now=found.now,
            then=found.then,
            words="payoff" if found.estimate else "",
        )

    def _cost(self, duel: Duel, present: Verdict) -> Route | Nothing:
        found = least_cut(duel, present.lacking)
        if isinstance(found, Nothing):
            return found
        cost = self._project.cost
        pool = at_cost(self._pool, self._project.id, cost - found.steps)
        cheap = Duel(Question.of(pool, self._scenario), self._project.id, duel.watch)
        return self._route(
            Lever("cost"),
            cheap,
            cheap.having(self._scenario),
            found.exact,
            change=Fraction(found.steps),
            unit="cents",
            now=Fraction(cost),
            then=Fraction(cost - found.steps),
        )

    def _money(self, dial: Dial) -> Callable[[Duel, Verdict], Route | Nothing]:
        lever = Lever("source", dial.source) if dial.source else Lever("budget")

        def pull(duel: Duel, _: Verdict) -> Route | Nothing:
            now = dial.present or 0
            found = least_money(duel, dial)
            if isinstance(found, Nothing):
                return found
            return self._route(
                lever,
                duel,
                duel.having(dial.under(found.steps)),
                found.exact,
                change=Fraction(found.steps - now),
                unit="cents",
                now=Fraction(now),
                then=Fraction(found.steps),
            )

        return pull

    def _rule(self, rule: Rule) -> Callable[[Duel, Verdict], Route | Nothing]:
        def pull(duel: Duel, present: Verdict) -> Route | Nothing:
            match rule:
                case Limit() | Capacity():
                    ways: list[Way] = [*looser(rule, self._pool)]
                case Admission() | DeMinimis() | LeaderLoad():
                    ways = [*looser_conditions(rule, self._scenario.on)]
                case TotalBudget():
                    ways = [LooserTotal(rule)]
                case AtMostOf():
                    ways = [LooserCount(rule)]
                case _:
                    ways = []
            if not ways:
                return self._off(duel, rule)
            return self._loosened(duel, present, rule, ways)

        return pull

    def _off(self, duel: Duel, rule: Rule) -> Route | Nothing:
        scenario = without(self._scenario, rule.id)
        inside = duel.verdict(scenario).inside
        if not inside:
            return Nothing(proven=inside is False)
        return self._route(Lever("rule", rule.id), duel, duel.having(scenario), exact=True)

    def _loosened(
        self, duel: Duel, present: Verdict, rule: Rule, ways: list[Way]
    ) -> Route | Nothing:
        """Of the ways to loosen a rule (a limit has one a bound) the one that moves least."""
        lacking = present.lacking
        known: tuple[Mix, int] | None = None
        if lacking.mix is not None and lacking.value is not None:
            known = lacking.mix, lacking.value
        found: list[tuple[Way, Least]] = []
        settled = True
        for way in ways:
            least = least_steps(RuleWalk(duel, self._scenario, way), duel, 1, known)
            if isinstance(least, Least):
                found.append((way, least))
            else:
                settled = settled and least.proven
        if not found:
            # Both bounds may be in the way, or a measure that nobody knows.
            alone = len(ways) == 1 and not isinstance(rule, Admission)
            return Nothing(settled) if alone or not settled else self._off(duel, rule)
        way, least = min(found, key=lambda pair: pair[0].moved(pair[1].steps))
        walk = RuleWalk(duel, self._scenario, way)
        moved = way.moved(least.steps)
        now = _stands(rule, way)
        return self._route(
            Lever("rule", rule.id),
            duel,
            duel.having(walk.scenario(least.steps)),
            least.exact and settled,
            change=moved,
            unit=way.unit,
            now=now,
            then=_after(rule, way, moved, now),
            words=way.change(least.steps, self._pool),
        )


def _rank(route: Route) -> tuple[bool, Fraction, int]:
    return route.relative is None, route.relative or Fraction(0), KINDS.index(route.kind)


def _stands(rule: Rule, way: Way) -> Fraction:
    """The number that a way of loosening moves, as it stands."""
    match rule:
        case TotalBudget():
            return Fraction(rule.limit)
        case AtMostOf():
            return Fraction(rule.count)
        case Capacity():
            return Fraction(sum(rule.amounts))
        case DeMinimis():
            return Fraction(rule.ceiling)
        case LeaderLoad():
            return Fraction(rule.at_most)
        case Limit() | Admission():
            bound = rule.at_least if _down(way) else rule.at_most
            return Fraction(bound or 0)
    raise EngineError(f"The rule “{rule.id}” has no number.")


def _after(rule: Rule, way: Way, moved: Fraction, now: Fraction) -> Fraction:
    if isinstance(rule, Capacity):
        return now + moved * len(rule.amounts)
    return now - moved if _down(way) else now + moved


def _down(way: Way) -> bool:
    """Whether a lower bound comes down."""
    return isinstance(way, LooserFloor) or (isinstance(way, LooserCondition) and not way.upper)
