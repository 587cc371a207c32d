"""The question of a command, answered; where no mix meets all rules, with the rules that clash."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import optimizer
from dashboard.cli.asking import Asked, stopping
from dashboard.cli.progress import progress_line
from dashboard.services import mix
from dashboard.services.mix import Answered
from optimizer import Clash
from portfolio.errors import EngineError
from portfolio.selection import Status


@dataclass(frozen=True, slots=True)
class Solved:
    """An answer, and the rules that clash where there can be no mix."""

    answered: Answered
    clash: Clash | None


def best(asked: Asked) -> Answered:
    """The best mix alone. Ctrl-C ends the search with the best so far.

    Raises EngineError when the fault is ours.
    """
    with (
        stopping() as stop,
        progress_line(mix.progress_words(asked.pool, asked.scenario)) as listen,
    ):
        return _best(asked, listen, stop)


def solve(asked: Asked) -> Solved:
    """The best mix, or the rules that clash. Ctrl-C ends the search with the best so far.

    Raises EngineError when the fault is ours.
    """
    with (
        stopping() as stop,
        progress_line(mix.progress_words(asked.pool, asked.scenario)) as listen,
    ):
        answered = _best(asked, listen, stop)
        if answered.selection.status is not Status.INFEASIBLE:
            return Solved(answered, None)
        clash = optimizer.clash(
            asked.pool, asked.scenario, asked.options, progress=listen, cancel=stop
        )
    return Solved(answered, clash)


def _best(asked: Asked, listen: mix.Report, stop: threading.Event) -> Answered:
    answered = mix.find(asked.pool, asked.scenario, asked.options, listen, stop)
    status = answered.selection.status
    if status in (Status.ERROR, Status.UNBOUNDED):
        raise EngineError(answered.selection.message or f"The search ended as {status}.")
    return answered
