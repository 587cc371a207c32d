"""A decision on record asked again, of its own data and of today's, and what that shows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import optimizer
from dashboard.services import words
from dashboard.services.chosen import Mix, same
from dashboard.services.decisions import made_on, mix_change, mix_of
from dashboard.services.mix import no_mix
from optimizer import Options
from portfolio.decision import Decision
from portfolio.errors import NotFoundError
from portfolio.pool import Pool
from portfolio.selection import Selection, Status

NOTHING_SHOWN = "The search ended before the answer was proven, so it shows nothing. Ask again."
CHANGED = "The data has changed since."


@dataclass(frozen=True, slots=True)
class Replay:
    """A decision asked again, on its own data and on today's.

    `then` is the answer on the pool as it was, `now` on today's (None when nothing of it changed).
    """

    decision: Decision
    then: Selection
    now: Selection | None
    now_pool: Pool | None

    @property
    def own_pool(self) -> Pool:
        """The data that the decision was made on."""
        return _own_pool(self.decision)


def replay(
    decision: Decision,
    pool: Pool,
    pool_fingerprint: str,
    options: Options,
    report: Callable[[object], None],
    cancel: threading.Event,
) -> Replay:
    """Ask the same question again: of the data as it was, and of today's where it has changed.

    `decision` comes with its pool.
    """
    then = optimizer.optimize(
        _own_pool(decision), decision.scenario, options, progress=report, cancel=cancel
    )
    if pool_fingerprint == decision.pool_fingerprint:
        return Replay(decision, then, None, None)
    now = optimizer.optimize(pool, decision.scenario, options, progress=report, cancel=cancel)
    return Replay(decision, then, now, pool)


def _own_pool(decision: Decision) -> Pool:
    if decision.pool is None:
        raise NotFoundError("This record does not hold the data it was made on.")
    return decision.pool


def replay_words(found: Replay, mark: words.Mark) -> tuple[str, str]:
    """What asking again showed: one bold sentence, and what today's data changes."""
    bold = _on_its_own_data(found, mark)
    if found.now is None or found.now_pool is None:
        return bold, "The data is what it was then."
    return bold, f"{CHANGED} {_on_todays(found, found.now, found.now_pool, mark)}"


def same_mix(decision: Decision, other: Selection, pool: Pool) -> bool:
    """Whether an answer on a pool holds what was decided, or both no mix.

    The same projects, each in the same version and from the same period; how well known each
    answer is is not asked.
    """
    record = decision.selection
    if record.status.has_mix != other.status.has_mix:
        return False
    return same(mix_of(decision, pool), Mix(pool, other.chosen))


def _on_its_own_data(found: Replay, mark: words.Mark) -> str:
    record, then = found.decision.selection, found.then
    when = words.day(made_on(found.decision))
    if same_mix(found.decision, then, found.own_pool):
        return _again(record.status, then.status, when)
    if not _proven(then) and not _better(found):
        return NOTHING_SHOWN
    if not then.status.has_mix:
        return f"The same question has another answer than on {when}: {no_mix(then)}."
    pool = found.own_pool
    names = mix_change(mix_of(found.decision, pool), Mix(pool, then.chosen), mark)
    if not record.status.has_mix and not _proven(record):
        return f"On {when} no mix was found in time; now there is one: {names}"
    if not _better(found):
        return f"The same question has another answer than on {when}: {names}"
    proof = "proven best" if _proven(then) else "not proven best either"
    return f"A better mix than on {when} was found, {proof}: {names}"


def _again(record: Status, then: Status, when: str) -> str:
    """The same mix, or none, again; the proof told apart."""
    match record, then:
        case (Status.OPTIMAL, Status.OPTIMAL) | (Status.INFEASIBLE, Status.INFEASIBLE):
            return f"Same question, same answer as on {when}."
        case (Status.FEASIBLE, Status.OPTIMAL):
            return f"Same question, same mix as on {when}: then the best found, now proven best."
        case (Status.OPTIMAL, Status.FEASIBLE):
            return (
                f"Same question, same mix as on {when}: then proven best; "
                "this search ended before its own proof."
            )
        case (Status.FEASIBLE, Status.FEASIBLE):
            return f"Same question, same mix as on {when}; it is still not proven best."
        case (_, Status.INFEASIBLE):
            return f"On {when} no mix was found in time; now it is proven that there is none."
        case _:
            return NOTHING_SHOWN


def _on_todays(found: Replay, now: Selection, pool: Pool, mark: words.Mark) -> str:
    record = found.decision.selection
    if not now.status.has_mix:
        return f"Asked today, {no_mix(now)}."
    names = mix_change(mix_of(found.decision, pool), Mix(pool, now.chosen), mark)
    if same_mix(found.decision, now, pool):
        if not _proven(now):
            return "Asked today, the best mix found is the same, not proven best."
        if not _proven(record):
            return "Asked today, the same mix is proven best."
        return "The answer would be the same today."
    if not record.status.has_mix:
        proof = "" if _proven(now) else ", not proven best"
        return f"Asked today, there is a mix{proof}: {names}"
    if not _proven(now):
        return f"Asked today, the best mix found is another, not proven best: {names}"
    return f"Asked today, {names}"


def _proven(selection: Selection) -> bool:
    return selection.status in (Status.OPTIMAL, Status.INFEASIBLE)


def _better(found: Replay) -> bool:
    """Whether the mix found now is worth more than one that was not proven best.

    Where a mix stays close to another, worth is not what is compared.
    """
    record, then = found.decision.selection, found.then
    if record.status is not Status.FEASIBLE or found.decision.scenario.stay_close is not None:
        return False
    return (then.value or 0) > (record.value or 0) if then.status.has_mix else False
