"""The best mix for a scenario, with its value, proof, payments and rules, re-checked in cents."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from optimizer.options import Listener, Options, Watch
from optimizer.search import Found, Mix, Question, Search
from optimizer.validate import check
from optimizer.words import amount
from portfolio.errors import EngineError
from portfolio.feasibility import checks, violations
from portfolio.funding.allocation import allocate
from portfolio.pool import Pool
from portfolio.scenario import Scenario, StayClose, active_rules
from portfolio.selection import Selection, Status
from portfolio.wording import count, percent

DEFAULT = Options()


def optimize(
    pool: Pool,
    scenario: Scenario,
    options: Options = DEFAULT,
    *,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> Selection:
    """The best mix that meets every active rule and can be paid.

    Most value by the scenario's objective, then least spend, then the order of ids, so that the
    same question always has the same answer. With `stay_close`: of all mixes within its loss of
    the best, the one with fewest changes from what was agreed, then as above.

    `progress` is called now and then on the caller's thread. Setting `cancel` ends the search
    within moments and keeps the best mix so far. Raises InputError with every problem of the
    question, EngineError when an answer fails its re-check.
    """
    check(pool, scenario, options)
    watch = Watch(options, progress, cancel)
    question = Question.of(pool, scenario)
    # To check the answer takes about as long as to write the question down, or a little longer
    # beside other work; and the search may end a moment late.
    watch.keep(2 * watch.seconds)
    found = answer(question, watch, gap=options.gap)
    selection = selected(question, found, watch)
    watch.tell(selection.value, selection.bound, at_once=True)
    return selection


def answer(
    question: Question, watch: Watch, known: Iterable[Mix] = (), *, gap: float = 0.0
) -> Found:
    """What is found for a question, staying close to what was agreed where the scenario asks so."""
    stay_close = question.facts.scenario.stay_close
    search = Search(question, watch)
    best = search.best(known, gap=gap, ties=stay_close is None, aloud=True)
    if stay_close is None or best.mix is None or best.value is None:
        return best
    least = within(best.value, stay_close)
    close = search.closest(stay_close.agreed, least, best.mix)
    return Found(close.mix, close.value, best.bound, best.proven and close.proven)


def within(value: int, stay_close: StayClose) -> int:
    """The least value that is within the stated loss of the best."""
    return ceil(value - Fraction(stay_close.loss) * abs(value))


def selected(question: Question, found: Found, watch: Watch) -> Selection:
    """The answer as a selection, re-checked in cents by the plain-Python rules.

    Raises EngineError when the re-check finds anything wrong: such an answer is never shown.
    """
    pool, scenario = question.facts.pool, question.facts.scenario
    if found.mix is None:
        status = Status.INFEASIBLE if found.proven else Status.NO_SOLUTION_FOUND
        words = _no_mix(scenario, watch) if not found.proven else _impossible(scenario)
        return Selection(status, bound=found.bound, seconds=watch.seconds, message=words)
    chosen = question.facts.choices(found.mix)
    allocation = allocate(pool, scenario, chosen)
    value = question.value(question.facts.whole(found.mix))
    bound = found.bound
    standing = checks(pool, scenario, chosen, allocation.payments)
    selection = Selection(
        Status.OPTIMAL if found.proven else Status.FEASIBLE,
        chosen,
        value,
        bound,
        question.facts.spend(found.mix),
        allocation.payments,
        standing,
        watch.seconds,
        _message(question, found, value),
    )
    faults = [fault.message for fault in violations(pool, scenario, selection, standing)]
    if value != found.value or (bound is not None and bound < value):
        faults.append("The value does not add up.")
    if faults:
        raise EngineError(f"The answer failed its re-check and is withheld. {' '.join(faults)}")
    return selection


def _impossible(scenario: Scenario) -> str:
    rules = len(active_rules(scenario))
    return f"No mix meets {f'all {rules} rules' if rules > 1 else 'the rule'}."


def _no_mix(scenario: Scenario, watch: Watch) -> str:
    if watch.cancelled:
        return "Stopped before a mix was found; one may exist."
    if not watch.over:
        return "None found; one may exist."
    seconds = count(round(watch.seconds), "second")
    return f"None found in {seconds}; one may exist."


def _message(question: Question, found: Found, value: int) -> str:
    scenario = question.facts.scenario
    if found.proven and scenario.stay_close is None:
        return "Proven best."
    if found.proven:
        loss = percent(scenario.stay_close.loss) if scenario.stay_close else ""
        return f"Proven: no mix within {loss} of the best has fewer changes."
    if found.bound is None:
        return "Good, not proven best."
    missing = amount(found.bound - value, question.facts.pool, scenario.objective)
    return f"Good, not proven best: at most {missing} could be missing."
