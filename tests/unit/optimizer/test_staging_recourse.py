"""Scale-ups of one plan: what is said in a moment, and what is left open without time or proof."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from optimizer import Options, staging_recourse, staging_sets
from optimizer.options import Watch
from optimizer.staging_question import StagedQuestion
from optimizer.staging_recourse import First, Recourse, ScaleUps
from optimizer.staging_search import StagedSearch
from optimizer.tree import Grown
from portfolio.funding.rules import Synergy
from tests.support.staging_pools import staging_question

NOTHING = First(frozenset(), frozenset())


def question_of(number: int) -> StagedQuestion:
    """A small question without what is earned together."""
    pool, scenario = staging_question(number)
    rules = tuple(rule for rule in scenario.rules if not isinstance(rule, Synergy))
    return StagedQuestion.of(pool, replace(scenario, rules=rules))


def planted(question: StagedQuestion) -> First:
    """The first start of each project with a gate, planted."""
    own = {one.whole.id: k for k, one in reversed(list(enumerate(question.staged)))}
    return First(frozenset(), frozenset(own.values()))


def subsets(seeds: frozenset[int]) -> list[frozenset[int]]:
    """All sets of them."""
    found: list[frozenset[int]] = [frozenset()]
    for k in sorted(seeds):
        found += [one | {k} for one in found]
    return found


def test_what_is_said_in_a_moment_is_never_more_than_the_best_and_often_is_the_best() -> None:
    compared = equal = 0
    for number in range(300):
        question = question_of(number)
        first = planted(question)
        outcomes = subsets(first.seeds)
        recourse = Recourse(question)
        passing = np.zeros((len(outcomes), len(question.staged)), dtype=np.bool_)
        for s, passed in enumerate(outcomes):
            passing[s, list(passed)] = True
        weights = np.arange(1.0, len(outcomes) + 1)
        found = recourse.best(first, outcomes)
        said = recourse.quick(first, passing, weights)
        if said is None or question.known.unwritten or not question.payable:
            continue
        assert None not in found
        worths = [0 if one is None else one.worth for one in found]
        best = sum(int(w) * worth for w, worth in zip(weights, worths, strict=True))
        assert said <= best + 1e-9 * abs(best)
        compared += 1
        equal += abs(said - best) <= 1e-9 * abs(best)
    assert compared >= 100
    assert equal >= compared * 0.9


def with_seeds() -> tuple[StagedQuestion, First, list[frozenset[int]]]:
    """A question and a plan whose best scale-ups are some in one outcome and none in the other.

    To plant nothing is allowed too.
    """
    for number in range(100):
        question = question_of(number)
        first = planted(question)
        outcomes = [first.seeds, frozenset[int]()]
        found = Recourse(question).best(first, outcomes)
        found += Recourse(question).best(NOTHING, outcomes)
        if all(found) and found[0] is not None and found[0].scaled_up:
            return question, first, outcomes
    raise AssertionError


def test_after_cancel_only_a_plan_without_scale_ups_is_worked_out() -> None:
    question, first, outcomes = with_seeds()
    cancel = Event()
    recourse = Recourse(question, Watch(Options(), None, cancel))
    assert len(recourse.best(first, outcomes)) == 2
    cancel.set()
    assert recourse.best(first, outcomes) == []
    assert recourse.best(first, outcomes[::-1]) == [
        ScaleUps(_stopped(question, first), frozenset())
    ]
    assert len(recourse.best(NOTHING, outcomes)) == 2


def _stopped(question: StagedQuestion, first: First) -> int:
    return sum(question.ends[k].stopped for k in first.seeds)


def test_scale_ups_that_are_not_proven_are_not_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unfinished:
        """A tree that was given up with the empty set in hand."""

        def __init__(self, *asked: object) -> None:
            pass

        def grow(self, start: object, work: int, *, ties: bool) -> Grown:
            return Grown(frozenset(), False, False)

    question, first, outcomes = with_seeds()
    (best, _) = Recourse(question).best(first, outcomes)
    monkeypatch.setattr(staging_sets, "MOST", 0)
    monkeypatch.setattr(staging_recourse, "Tree", Unfinished)
    # The solver proves what the tree did not.
    (proven,) = Recourse(question).best(first, outcomes[:1])
    assert best is not None
    assert proven is not None
    assert proven.worth == best.worth
    outcome = staging_recourse.solver.Outcome("found", (0,) * len(first.seeds))
    monkeypatch.setattr(staging_recourse.solver, "solve", lambda *_, **__: outcome)
    assert Recourse(question).best(first, outcomes[:1]) == []
    # In the search such a plan is left open, and the one that was worked out is kept.
    weighed = [(passed, 1) for passed in outcomes]
    search = StagedSearch(question, weighed, Watch(Options(time_limit=5)))
    search._judge(NOTHING)
    search._judge(first)
    assert search._best == NOTHING
    assert search._value == 0
