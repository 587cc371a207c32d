"""How many seeds to plant, and what to keep back for those that pass their gate."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt

from optimizer.options import Listener, Options, Watch
from optimizer.search import Found, Question, Search
from optimizer.staging_question import StagedQuestion, unasked
from optimizer.staging_recourse import First, Recourse, ScaleUps
from optimizer.staging_search import FoundPlan, StagedSearch
from optimizer.validate import check
from portfolio.errors import EngineError, InputError, Problem
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Choice, Status
from portfolio.staging.first_stages import Assumed, first_stages, with_first_stages
from portfolio.staging.gates import Luck, Outcomes, drawn, gates, with_nobody
from portfolio.staging.gates import check as check_luck
from portfolio.staging.plan import Plan, holds

FEWEST, FRESH = 100, 1_000
"""Outcomes that a plan is tried on after it was chosen, none of which it was chosen by: as many as
the time allows between the two."""
AT_ONCE, FRESHLY = 0.2, 0.2
"""Shares of the time for the best mix without gates, and kept for the trial."""
NINETY_FIVE = 1.96
"""Standard errors to either side that hold 95 of 100 normal cases."""
DEFAULT = Options()
USUAL = Luck()


@dataclass(frozen=True, slots=True)
class Seed:
    """A seed of the plan. Money in cents; shares of the outcomes.

    `passes` in so many it passes its gate, `scaled_up` in so many it goes on.
    """

    project: str
    start: int | None
    chance: float
    periods: int
    first: int
    rest: int
    passes: Fraction
    scaled_up: Fraction

    @property
    def choice(self) -> Choice:
        """Which project, from when on."""
        return Choice(self.project, None, self.start)


@dataclass(frozen=True, slots=True)
class Trial:
    """The plan on fresh outcomes: worth in millionths, exact for them, and its standard error.

    `p5`, `p50` and `p95` are what 5, 50 and 95 of 100 outcomes do not pass.
    """

    outcomes: int
    mean: Fraction
    error: float
    p5: int
    p50: int
    p95: int


@dataclass(frozen=True, slots=True)
class AtOnce:
    """The best mix of the same question without gates, under the same chances."""

    status: Status
    chosen: tuple[Choice, ...]
    value: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class Spent:
    """Cents of a period: for first stages, for projects funded at once, and the most for scale-ups."""

    planted: int
    at_once: int
    kept_back: int


@dataclass(frozen=True, slots=True)
class Stages:
    """The best plan in two stages. Worth in millionths, expected; money in cents.

    `value` and `bound` are over `outcomes` ways in which the gates may turn out: all of them with
    their exact chances where `counted`, else drawn ones, and then `trial` says how the plan does on
    others. Rules are kept in every outcome, drawn or not. `planted` and `spent_at_once` are granted
    before any gate. Over the outcomes that the plan was chosen by, `kept_back` is the most that
    scale-ups take in one, `used` what they take on average; `periods` has each by itself, and
    `numbers` the share of them in which so many seeds are scaled up. `staged` counts the projects
    with a first stage. OPTIMAL: no plan is better over these outcomes.
    """

    status: Status
    at_once: AtOnce
    outcomes: int
    counted: bool
    staged: int
    seconds: float
    plan: Plan | None = None
    seeds: tuple[Seed, ...] = ()
    value: Fraction | None = None
    bound: Fraction | None = None
    planted: int = 0
    spent_at_once: int = 0
    kept_back: int = 0
    periods: tuple[Spent, ...] = ()
    used: Fraction = Fraction(0)
    numbers: tuple[Fraction, ...] = ()
    trial: Trial | None = None

    @property
    def gap(self) -> float | None:
        """(bound − value) / |value|, a decimal; None when not known."""
        if self.value is None or self.bound is None:
            return None
        return float((self.bound - self.value) / (abs(self.value) or 1))

    @property
    def scaled_up(self) -> Fraction:
        """How many seeds are scaled up on average."""
        return sum((k * share for k, share in enumerate(self.numbers)), Fraction(0))

    @property
    def staging(self) -> Fraction | None:
        """What the plan is worth more than the best mix without gates; None without one of them."""
        if self.value is None or self.at_once.value is None:
            return None
        return self.value - self.at_once.value

    @property
    def expected(self) -> Fraction | None:
        """What the plan is worth on average: exact where all outcomes were counted, else on fresh ones.

        None where there was no time to try any.
        """
        if self.counted:
            return self.value
        return None if self.trial is None else self.trial.mean

    @property
    def gain(self) -> tuple[Fraction, Fraction, Fraction] | None:
        """What staging adds on fresh outcomes: the least, the mean and the most of 95 of 100 cases.

        Exact where all outcomes were counted. None where there is no plan, or no mix without gates.
        """
        if self.expected is None or self.at_once.value is None:
            return None
        mean = self.expected - self.at_once.value
        off = Fraction(0) if self.trial is None else Fraction(NINETY_FIVE * self.trial.error)
        return mean - off, mean, mean + off


def stages(
    pool: Pool,
    scenario: Scenario,
    assumed: Assumed | None = None,
    luck: Luck = USUAL,
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> Stages:
    """The plan that is worth most on average over what the gates may say.

    Projects are funded at once, or planted with their first stage; where they pass, they may be
    scaled up. Every rule holds in every outcome (`portfolio.staging.plan`), drawn or not: that in
    which nobody passes is always looked at. `assumed` gives a first stage to proposals that state
    none. A plan that never stops anything is among those looked at,
    so that the best is worth no less than the best mix without gates that was found.

    Raises InputError with every problem of the question, EngineError when an answer fails its
    re-check. Setting `cancel` keeps the best plan so far.
    """
    asked = replace(scenario, stay_close=None)
    with_stages = _checked(pool, asked, assumed, luck, options)
    watch = Watch(options, progress, cancel)
    question = StagedQuestion.of(with_stages, asked)
    outcomes = with_nobody(gates(question.gated, luck), question.gated)
    without = _at_once(question, watch.within(AT_ONCE))
    if not outcomes.counted:
        watch.keep(watch.left * FRESHLY)
    search = StagedSearch(question, _weighed(question, outcomes), watch)
    found = search.best(_starts(question, without), options.gap)
    return _answer(question, outcomes, luck, without, found, watch, options.time_limit)


def _checked(
    pool: Pool, scenario: Scenario, assumed: Assumed | None, luck: Luck, options: Options
) -> Pool:
    """The pool with its first stages; raises InputError with all problems at once."""
    problems: list[Problem] = []
    made = pool
    try:
        check(pool, scenario, options)
    except InputError as error:
        problems += error.problems
    problems += unasked(scenario)
    try:
        check_luck(luck)
    except InputError as error:
        problems += error.problems
    try:
        made = with_first_stages(pool, first_stages(pool, assumed))
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(tuple(problems))
    return made


def _at_once(question: StagedQuestion, watch: Watch) -> Found:
    """The best mix without gates, over the same worths."""
    plain = Question.of(question.pool, question.scenario)
    worth = tuple(question.worth[j] for j in question.at_once)
    plain = plain.priced(worth + plain.worth[len(worth) :])
    return Search(plain, watch).best()


def _starts(question: StagedQuestion, without: Found) -> list[First]:
    if without.mix is None:
        return [First(frozenset(), frozenset())]
    own = frozenset(question.at_once[j] for j in without.mix if j < len(question.at_once))
    return [First(own, frozenset()), First(frozenset(), frozenset())]


def _weighed(question: StagedQuestion, outcomes: Outcomes) -> list[tuple[frozenset[int], int]]:
    return [
        (frozenset(k for k, one in enumerate(question.staged) if one.whole.id in passed), weight)
        for passed, weight in zip(outcomes.passed, outcomes.weights, strict=True)
    ]


def _answer(
    question: StagedQuestion,
    outcomes: Outcomes,
    luck: Luck,
    without: Found,
    found: FoundPlan,
    watch: Watch,
    until: float,
) -> Stages:
    at_once = _without(question, without)
    whole = outcomes.whole
    bound = None if found.bound is None else Fraction(found.bound, whole)
    number = len(outcomes.passed) if outcomes.counted else whole
    if found.first is None or found.value is None:
        status = Status.INFEASIBLE if found.proven else Status.NO_SOLUTION_FOUND
        return Stages(
            status=status,
            bound=bound,
            at_once=at_once,
            outcomes=number,
            counted=outcomes.counted,
            staged=len(question.gated),
            seconds=watch.seconds,
        )
    first, seconds = found.first, found.seconds
    _recheck(question, outcomes, first, seconds, found.value)
    ways = question.known.variants
    rests = {k: question.staged[k].rest for k in first.seeds}
    spent = [sum(rests[k] for k in one.scaled_up) for one in seconds]
    weighed = list(zip(seconds, outcomes.weights, strict=True))
    return Stages(
        status=Status.OPTIMAL if found.proven else Status.FEASIBLE,
        seconds=watch.seconds,
        plan=question.plan(Recourse(question).mix(first, ())),
        seeds=_seeds(question, outcomes, first, seconds),
        value=Fraction(found.value, whole),
        bound=bound,
        at_once=at_once,
        outcomes=number,
        counted=outcomes.counted,
        staged=len(question.gated),
        planted=sum(question.staged[k].stage.grant for k in first.seeds),
        spent_at_once=sum(ways[j].project.grant for j in first.at_once),
        kept_back=max(spent, default=0),
        periods=_periods(question, first, seconds),
        used=sum(
            (Fraction(w * s, whole) for s, w in zip(spent, outcomes.weights, strict=True)),
            Fraction(0),
        ),
        numbers=tuple(
            sum((Fraction(w, whole) for one, w in weighed if len(one.scaled_up) == k), Fraction(0))
            for k in range(max(len(one.scaled_up) for one in seconds) + 1)
        ),
        trial=None if outcomes.counted else _trial(question, luck, first, watch, until),
    )


def _seeds(
    question: StagedQuestion, outcomes: Outcomes, first: First, seconds: Sequence[ScaleUps]
) -> tuple[Seed, ...]:
    made = []
    for k in sorted(first.seeds):
        one = question.staged[k]
        passes = [one.whole.id in passed for passed in outcomes.passed]
        up = [k in second.scaled_up for second in seconds]
        shares = [
            Fraction(
                sum(w for w, so in zip(outcomes.weights, each, strict=True) if so), outcomes.whole
            )
            for each in (passes, up)
        ]
        stage = one.stage
        made.append(
            Seed(
                project=one.whole.id,
                start=one.choice.start,
                chance=stage.chance,
                periods=stage.periods,
                first=stage.grant,
                rest=one.rest,
                passes=shares[0],
                scaled_up=shares[1],
            )
        )
    return tuple(made)


def _periods(
    question: StagedQuestion, first: First, seconds: Sequence[ScaleUps]
) -> tuple[Spent, ...]:
    by_period = question.known.by_period
    stopped, grown = question.stopped, question.grown
    return tuple(
        Spent(
            planted=sum(by_period[stopped[k]][t] for k in first.seeds),
            at_once=sum(by_period[j][t] for j in first.at_once),
            kept_back=max(
                sum(by_period[grown[k]][t] - by_period[stopped[k]][t] for k in one.scaled_up)
                for one in seconds
            ),
        )
        for t in range(question.known.calendar.count)
    )


def _without(question: StagedQuestion, found: Found) -> AtOnce:
    if found.mix is None:
        status = Status.INFEASIBLE if found.proven else Status.NO_SOLUTION_FOUND
        return AtOnce(status, (), None, found.bound)
    ways = question.known.variants
    own = [question.at_once[j] for j in sorted(found.mix) if j < len(question.at_once)]
    status = Status.OPTIMAL if found.proven else Status.FEASIBLE
    return AtOnce(status, tuple(ways[j].choice for j in own), found.value, found.bound)


def _recheck(
    question: StagedQuestion,
    outcomes: Outcomes,
    first: First,
    seconds: Sequence[ScaleUps],
    value: int,
) -> None:
    """Every outcome by the plain-Python rules; raises EngineError where one does not hold."""
    staged = {one.choice: one for one in question.staged}
    recourse = Recourse(question)
    plan = question.plan(recourse.mix(first, ()))
    seen: set[frozenset[int]] = set()
    total = 0
    for passed, weight, second in zip(outcomes.passed, outcomes.weights, seconds, strict=True):
        up = {question.staged[k].whole.id for k in second.scaled_up}
        total += weight * question.value(recourse.mix(first, second.scaled_up))
        sound = up <= passed & {seed.project for seed in plan.seeds}
        if second.scaled_up not in seen:
            seen.add(second.scaled_up)
            sound = sound and holds(question.pool, question.scenario, staged, plan, up)
        if not sound:
            raise EngineError("The plan failed its re-check and is withheld.")
    if total != value:
        raise EngineError("The plan failed its re-check and is withheld. Its worth is another.")


def _trial(
    question: StagedQuestion, luck: Luck, first: First, watch: Watch, until: float
) -> Trial | None:
    """The plan on outcomes that it was not chosen by, as many as time allows; None for too few.

    Raises EngineError where one of them allows no scale-ups: where nobody passes some were allowed,
    and these are in every outcome.
    """
    watch.options = replace(watch.options, time_limit=until)
    recourse = Recourse(question, watch)

    def tried(number: int) -> list[int]:
        """Worths in so many outcomes; none where the best of each could not be worked out."""
        outcomes = drawn(question.gated, replace(luck, outcomes=number), "fresh gate")
        weighed = _weighed(question, outcomes)
        seconds = recourse.best(first, [passed for passed, _ in weighed])
        if len(seconds) < len(weighed):
            return []
        worths: list[int] = []
        for weight, second in zip(outcomes.weights, seconds, strict=True):
            if second is None:
                raise EngineError("The plan failed its re-check and is withheld.")
            worths += [second.worth] * weight
        return sorted(worths)

    began = watch.seconds
    worths = tried(FEWEST)
    each = max(watch.seconds - began, 1e-6) / FEWEST
    number = min(FRESH, int(watch.left / each))
    if worths and number > FEWEST:
        worths = tried(number) or worths
    if not worths:
        return None
    mean = Fraction(sum(worths), len(worths))
    variance = sum((float(worth - mean)) ** 2 for worth in worths) / max(len(worths) - 1, 1)
    p5, p50, p95 = (worths[-(-len(worths) * p // 100) - 1] for p in (5, 50, 95))
    return Trial(len(worths), mean, sqrt(variance / len(worths)), p5, p50, p95)
