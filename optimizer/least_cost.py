"""The least that a project has to become cheaper until a best mix holds it, jumps included.

At another cost the project asks for a grant in proportion, spread over the periods as before, and its
own worth changes with its cost where its worth counts the cost (ECV does). The best mix without it
stays the same, worth v. Cheaper is not always easier: a smaller grant can fail a rule that asks for
at least so much money of a kind, a source with a rate pays less of a smaller cost, and parts are
rounded to whole cents. So nothing is supposed to grow with the cut. A span of costs is ruled out
when even a project that is in every row as light as it is anywhere in the span, and worth the most
that it is there, is in no mix worth v.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from optimizer.constraints import admission, capacity, limits
from optimizer.duel import Duel
from optimizer.facts import Facts, facts
from optimizer.least import Least, Nothing
from optimizer.model import Row
from optimizer.objective import worths
from optimizer.search import Found, Mix, Question
from portfolio.feasibility import feasible
from portfolio.funding.rules import Admission, Capacity, Limit, Rule
from portfolio.pool import Pool
from portfolio.project import Project, Version
from portfolio.scenario import Scenario, active_rules, without
from portfolio.scoring.classes import ATTRIBUTES
from portfolio.scoring.deductions import deducting
from portfolio.scoring.value import variant_values
from portfolio.scoring.worth import mix_value
from portfolio.selection import Choice
from portfolio.variants import parts

APART_FROM_COST = frozenset(
    ("judged", "benefit", "chance of success", "duration", "months to payoff", "partners")
)
"""Measures of a criterion that a cost does not move."""


FINE = 10**6
"""A version's part of the cost is written down in so many steps a cent."""
MOST_SPANS = 400
"""So many spans of costs are looked at."""


def cheaper(project: Project, cost: int) -> Project:
    """The project at another cost, its grant and its versions in proportion, rounded down to cents."""
    versions = tuple(
        replace(
            version,
            cost=version.cost * cost // project.cost,
            grant=version.grant * cost // project.cost,
        )
        for version in project.versions
    )
    grant = project.grant * cost // project.cost
    return replace(project, cost=cost, grant=grant, versions=versions)


def at_cost(pool: Pool, project_id: str, cost: int) -> Pool:
    """The pool with one project at another cost."""
    return _with(pool, cheaper(pool.project(project_id), cost))


def least_cut(duel: Duel, lacking: Found) -> Least | Nothing:
    """The fewest cents that the project has to cost less so that a best mix holds it.

    `lacking` is the best mix without it. Versions and parts become cheaper in proportion. Not exact
    where scores count the cost; in a blend, where the worth of all others depends on it; where something
    is taken off for what could go wrong; and where a
    grant with versions, parts or rates is spent by a profile of three periods or more. Then the cut
    is halved until a cent less is too little, and a smaller one may do.
    """
    pool, scenario = duel.question.facts.pool, duel.question.facts.scenario
    project = pool.project(duel.project)
    if project.cost <= 0:
        return Nothing(proven=True)
    if not (_grows_evenly(project, scenario) and _stands_by_itself(pool, scenario)):
        return _halved(duel, project)
    if lacking.value is None or not lacking.proven:
        return Nothing(proven=False)
    return _Costs(duel, project, lacking.value).highest()


def _grows_evenly(project: Project, scenario: Scenario) -> bool:
    """Whether each part of a grant and of a cost that matters never shrinks as the whole grows.

    Even parts, and two parts by largest remainder, do not; of three or more one can.
    """
    rates = any(source.rates for source in scenario.sources)
    several = bool(project.versions) or project.least_share is not None
    return not _by_profile(project) or not (rates or several)


def _by_profile(project: Project) -> bool:
    return sum(project.spend) > 0 and len(project.spend) > 2


def _stands_by_itself(pool: Pool, scenario: Scenario) -> bool:
    """Whether a project's cost moves its own worth alone, and never down as it falls."""
    aim = scenario.objective.aim
    if deducting(scenario):
        return False
    if aim in ("payoff", "benefit"):
        return True
    if aim == "blend" and scenario.objective.method == "ecv":
        return False
    return all(criterion.measure in APART_FROM_COST for criterion in pool.criteria)


def _halved(duel: Duel, project: Project) -> Least | Nothing:
    """A cut that brings it in and of which a cent less does not."""
    if not _inside(duel, 0):
        return Nothing(proven=False)
    low, high = 0, project.cost
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _inside(duel, middle) else (low, middle)
        if duel.watch.over:
            break
    return Least(project.cost - low, exact=False)


def _inside(duel: Duel, cost: int) -> bool:
    """Whether a best mix holds the project at another cost, for certain."""
    scenario = duel.question.facts.scenario
    pool = at_cost(duel.question.facts.pool, duel.project, cost)
    other = Duel(Question.of(pool, scenario), duel.project, duel.watch)
    return other.verdict(scenario).inside is True


class _Costs:
    """The highest cost at which some mix with the project is worth `least`."""

    def __init__(self, duel: Duel, project: Project, least: int) -> None:
        self._duel = duel
        self._project = project
        self._name = project.id
        self._least = least
        self._pool = duel.question.facts.pool
        self._scenario = duel.question.facts.scenario
        self._forced = duel.having(self._scenario).facts.scenario
        self._own = [rule for rule in active_rules(self._scenario) if _weighs(rule)]
        self._rest = self._forced
        for rule in self._own:
            self._rest = without(self._rest, rule.id)

    def highest(self) -> Least | Nothing:
        """By spans, the highest first; what mixes show to be enough rules out all below."""
        spans = [(0, self._project.cost - 1)]
        best, exact = -1, True
        for _ in range(MOST_SPANS):
            if not spans:
                break
            low, high = spans.pop()
            low = max(low, best + 1)
            if low > high:
                continue
            mix, proven = self._duel.worth(self._lightest(low, high), self._least)
            if mix is None:
                exact = exact and proven
                continue
            fits = self._fitting(mix, low, high)
            if fits is not None:
                best = fits
                spans.append((low, high))
            elif low < high:
                middle = (low + high) // 2
                spans += [(low, middle), (middle + 1, high)]
        exact = exact and all(high <= best for _, high in spans)
        return Nothing(exact) if best < 0 else Least(self._project.cost - best, exact)

    def _lightest(self, low: int, high: int) -> Question:
        """The question with the project as light and as worthy as anywhere from low to high.

        At a single cost it is the question itself.
        """
        dear, cheap = (at_cost(self._pool, self._name, cost) for cost in (high, low))
        if low == high:
            return Question.of(cheap, self._forced)
        known = facts(cheap, self._forced)
        lean = facts(_with(cheap, _lean(self._project, low)), self._forced)
        paid = facts(_with(cheap, _paid(self._project, low, high)), self._rest)
        question = Question(paid, self._worth(known, lean))
        for rule in self._own:
            if isinstance(rule, Limit):
                question.rows += self._share_rows(rule, known, facts(dear, self._forced))
            elif isinstance(rule, Admission):
                question.rows += self._condition_rows(rule, known, facts(dear, self._forced))
            elif isinstance(rule, Capacity):
                question.rows += capacity(rule, lean)
        return question

    def _worth(self, known: Facts, lean: Facts) -> tuple[int, ...]:
        """The most that each way is worth: at the lowest cost, with least of what hangs on it."""
        worth = list(worths(known))
        own = known.columns_of[self._name]
        runs = [replace(lean.projects[j], cost=known.projects[j].cost) for j in own]
        lightest = [
            replace(lean.variants[j], project=run) for j, run in zip(own, runs, strict=True)
        ]
        values = variant_values(known.pool, self._scenario.objective, lightest)
        for column, value in zip(own, values, strict=True):
            worth[column] = value
        return tuple(worth)

    def _share_rows(self, rule: Limit, cheap: Facts, dear: Facts) -> list[Row]:
        """The rows of a limit on money, each with the grant that is easier on it.

        A row is linear in the grant: what its own class may have at most, and what another class has
        to have at least, is easier with less; the other way round with more.
        """
        own = ATTRIBUTES[rule.attribute](self._project)
        made = []
        for half, caps in (
            (replace(rule, at_least=None), True),
            (replace(rule, at_most=None), False),
        ):
            for light, heavy in zip(limits(half, cheap), limits(half, dear), strict=True):
                ours = rule.attribute == "all" or light.label == own
                made.append(light if ours == caps else heavy)
        return made

    def _condition_rows(self, rule: Admission, cheap: Facts, dear: Facts) -> list[Row]:
        """The rows of a condition on cost or grant, as at the cost that is easier on it.

        What has to be at least so much is easier with more, what may be at most with less. The share
        of the cost that is asked for stays what it is but for rounding to cents, of both.
        """
        made = [
            *admission(replace(rule, at_most=None), dear),
            *admission(replace(rule, at_least=None), cheap),
        ]
        if rule.measure != "grant share":
            return made
        others = [row for row in made if row.label != self._name]
        mine = [row for row in made if row.label == self._name]
        return [*others, *(row for row in mine if self._surely(rule, row.columns[0], cheap))]

    def _surely(self, rule: Admission, column: int, cheap: Facts) -> bool:
        """Whether a way misses a condition on the share that is asked for at every cost from here on."""
        run = cheap.projects[column]
        most = Fraction(run.grant + 2, max(run.cost - 1, 1))
        least = Fraction(max(run.grant - 2, 0), run.cost + 1)
        short = rule.at_least is not None and most < rule.at_least
        over = rule.at_most is not None and least > rule.at_most
        return short or over

    def _fitting(self, mix: Mix, low: int, high: int) -> int | None:
        """A cost from low to high, as high as halving finds one, at which the mix will do."""
        picks = self._duel.question.facts.choices(mix)
        if self._fits(picks, high):
            return high
        if low == high or not self._fits(picks, low):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._fits(picks, middle) else (low, middle)
        return low

    def _fits(self, picks: Sequence[Choice], cost: int) -> bool:
        """Whether projects are allowed at a cost and worth enough there, by the plain rules."""
        pool = at_cost(self._pool, self._project.id, cost)
        worth = mix_value(pool, self._scenario, picks)
        return worth >= self._least and feasible(pool, self._scenario, picks)


def _weighs(rule: Rule) -> bool:
    """Whether a rule looks at what a cost moves in another way than that less is lighter."""
    match rule:
        case Limit():
            return rule.measure in ("money share", "money")
        case Admission():
            return rule.measure in ("cost", "grant", "grant share")
        case _:
            return isinstance(rule, Capacity)


def _paid(project: Project, low: int, high: int) -> Project:
    """The project that asks for what it does at a low cost, where rates go by a high one."""
    cheap, dear = (cheaper(project, cost) for cost in (low, high))
    sizes = zip(_sizes(cheap), _sizes(dear), strict=True)
    versions = tuple(replace(small, cost=large.cost) for small, large in sizes)
    light = replace(_rounded_down(cheap), versions=versions, least_share=None)
    return replace(light, cost=high)


def _lean(project: Project, low: int) -> Project:
    """The project with each other version's part of the cost as small as at no cost from `low` on.

    Launch, spending and resources of a version go by its cost over that of the project as proposed,
    both in whole cents: at most a cent of the latter less than it says.
    """
    cheap = cheaper(project, low)
    sizes = [Fraction(version.cost, project.cost) for version in project.versions]
    sizes += [Fraction(part.worth) for part in parts(project)]
    whole = project.cost * FINE
    versions = tuple(
        replace(version, cost=int(max(size - Fraction(1, max(low, 1)), Fraction(0)) * whole))
        for version, size in zip(_sizes(cheap), sizes, strict=True)
    )
    return replace(cheap, cost=whole, versions=versions, least_share=None)


def _sizes(project: Project) -> tuple[Version, ...]:
    """All versions and parts of a project."""
    return (*project.versions, *parts(project))


def _rounded_down(project: Project) -> Project:
    """Where a profile spends it, each part of the grant rounded down to whole cents.

    So much it is at no higher cost less.
    """
    if not _by_profile(project):
        return project
    whole = sum(project.spend)
    shares = tuple(project.grant * part // whole for part in project.spend)
    return replace(project, grant=sum(shares), spend=shares)


def _with(pool: Pool, project: Project) -> Pool:
    others = (one for one in pool.projects if one.id != project.id)
    return replace(pool, projects=(*others, project))
