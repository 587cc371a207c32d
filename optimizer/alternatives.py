"""The k best mixes that differ from one another by at least so many projects."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from optimizer.objective import apart as apart_from
from optimizer.optimize import DEFAULT, selected
from optimizer.options import Listener, Options, Watch
from optimizer.search import Question, Search
from optimizer.validate import check
from portfolio.errors import InputError, Problem
from portfolio.pool import Pool
from portfolio.scenario import Scenario
from portfolio.selection import Selection, Status
from portfolio.wording import count

MOST = 50


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Mixes in order: the best, then each the best of those `apart` projects from all before it.

    Two mixes are as far apart as there are projects in one of them alone. A selection's bound is
    that of its own place: no mix far enough from those before it is worth more. `exhausted`: it
    is proven that there is no further one.
    """

    selections: tuple[Selection, ...]
    apart: int
    exhausted: bool

    @property
    def shared(self) -> frozenset[str]:
        """Ids of the projects that every mix holds."""
        return frozenset.intersection(*self._sets) if self._sets else frozenset()

    @property
    def differing(self) -> frozenset[str]:
        """Ids of the projects that some mixes hold and others do not."""
        return frozenset().union(*self._sets) - self.shared

    def change(self, place: int) -> tuple[frozenset[str], frozenset[str]]:
        """Ids that the mix at a place has and the best one lacks, and the other way round."""
        best, mix = self._sets[0], self._sets[place]
        return mix - best, best - mix

    @property
    def _sets(self) -> list[frozenset[str]]:
        return [frozenset(selection.ids) for selection in self.selections]


def alternatives(
    pool: Pool,
    scenario: Scenario,
    options: Options = DEFAULT,
    *,
    k: int = 5,
    apart: int = 1,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> Alternatives:
    """The best `k` mixes of which any two differ by `apart` projects at least.

    Each is found by solving again under a row for each one before it, so the first is the best mix
    of `optimize` without its `stay_close`, and each is proven best of what is left or says that it
    is not. Ties as in `optimize`. The time limit holds for all of them together; what was found
    when it ends is kept. No mix at all: one selection that says so.

    Raises InputError with every problem of the question, for k outside 1 to 50, and for `apart`
    below 1.
    """
    _check(k, apart)
    scenario = replace(scenario, stay_close=None)
    check(pool, scenario, options)
    watch = Watch(options, progress, cancel)
    question = Question.of(pool, scenario)
    found: list[Selection] = []
    while len(found) < k and not (found and watch.over):
        watch.part(len(found), k)
        best = Search(question, watch).best(gap=options.gap)
        if best.mix is None:
            none_at_all = () if found else (selected(question, best, watch),)
            return Alternatives((*found, *none_at_all), apart, exhausted=best.proven)
        selection = selected(question, best, watch)
        found.append(selection if not found else replace(selection, message=_message(selection)))
        question.rows.append(apart_from(best.mix, question.facts, apart))
    watch.part(len(found), k)
    return Alternatives(tuple(found), apart, exhausted=False)


def _message(selection: Selection) -> str:
    if selection.status is Status.OPTIMAL:
        return "Proven best of the mixes that differ enough from those before it."
    return "Good, not proven best of the mixes that differ enough from those before it."


def _check(k: int, apart: int) -> None:
    problems = []
    if not 1 <= k <= MOST:
        text = f"{count(k, 'mix', 'mixes')} cannot be looked for. Ask for 1 to {MOST}."
        problems.append(Problem("k", str(k), text))
    if apart < 1:
        text = "Two mixes that differ by nothing are the same. Ask for 1 or more."
        problems.append(Problem("apart", str(apart), text))
    if problems:
        raise InputError(tuple(problems))
