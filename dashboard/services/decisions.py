"""Decisions on record: find them, ask them again, set two side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date

import optimizer
from dashboard.services import words
from dashboard.services.mix import no_mix
from data.store import Store
from optimizer import Options
from portfolio.decision import Decision
from portfolio.errors import NotFoundError
from portfolio.feasibility import violations
from portfolio.funding.rules import Rule, TotalBudget
from portfolio.pool import Pool
from portfolio.scenario import Scenario, active_rules
from portfolio.scoring import value
from portfolio.selection import Selection, Status
from portfolio.wording import count, listed, money


def find(store: Store, cluster_id: str, record: str) -> Decision | None:
    """The cluster's decision with this number, None when there is none."""
    if not record.isdecimal() or len(record) > 18:
        return None
    try:
        decision = store.decision(int(record))
    except NotFoundError:
        return None
    return decision if decision.cluster == cluster_id else None


def latest(store: Store, cluster_id: str) -> Decision | None:
    """The cluster's newest decision, None when nothing was decided yet."""
    return max(store.decisions(cluster_id), key=lambda decision: decision.id, default=None)


def made_on(decision: Decision) -> date:
    """The day of the decision, in UTC."""
    return decision.at.astimezone(UTC).date()


def question_words(decision: Decision, currency: str) -> str:
    """What was asked, in one sentence."""
    scenario = decision.scenario
    aim = {
        "payoff": "the highest expected payoff",
        "score": "the highest score",
        "blend": "payoff and score together",
        "benefit": "the most benefit",
    }[scenario.objective.aim]
    limit = "" if scenario.money is None else f" for {money(scenario.money, currency)}"
    rules = len(active_rules(scenario))
    return f"The mix with {aim}{limit}, within {count(rules, 'rule')}."


def answer_words(decision: Decision, currency: str) -> str:
    """What was answered, in one sentence."""
    selection = decision.selection
    if not selection.status.has_mix:
        return f"There was none: {no_mix(selection)}."
    start = f"{count(len(selection.chosen), 'proposal')} for {money(selection.spend, currency)}"
    if selection.value is None:
        return f"{start}."
    worth = words.worth(selection.value, value.unit(decision.scenario.objective), currency)
    return f"{start}, worth {worth}."


@dataclass(frozen=True, slots=True)
class Replay:
    """A decision asked again, on its own data and on today's.

    `then` is the answer on the pool as it was, `now` on today's (None when nothing of it changed).
    """

    decision: Decision
    then: Selection
    now: Selection | None
    now_pool: Pool | None


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
    if decision.pool is None:
        raise NotFoundError("This record does not hold the data it was made on.")
    then = optimizer.optimize(
        decision.pool, decision.scenario, options, progress=report, cancel=cancel
    )
    if pool_fingerprint == decision.pool_fingerprint:
        return Replay(decision, then, None, None)
    now = optimizer.optimize(pool, decision.scenario, options, progress=report, cancel=cancel)
    return Replay(decision, then, now, pool)


def same_answer(one: Selection, other: Selection) -> bool:
    """Whether two answers hold the same projects and are known equally well."""
    return sorted(one.ids) == sorted(other.ids) and one.status == other.status


def replay_words(found: Replay, mark: words.Mark) -> tuple[str, str]:
    """What asking again showed: one bold sentence, and what today's data changes."""
    decision = found.decision
    when = words.day(made_on(decision))
    if same_answer(found.then, decision.selection):
        bold = f"Same question, same answer as on {when}."
    elif found.then.status is not Status.OPTIMAL:
        bold = "The search ended before the answer was proven, so it shows nothing. Ask again."
    else:
        names = mix_change(decision.pool, decision.selection.ids, found.then.ids, mark)
        bold = f"The same question has another answer than on {when}: {names}"
    if found.now is None or found.now_pool is None:
        return bold, "The data is what it was then."
    if not found.now.status.has_mix:
        return bold, f"The data has changed since. Asked today, {no_mix(found.now)}."
    if sorted(found.now.ids) == sorted(decision.selection.ids):
        return bold, "The data has changed since, and the answer would be the same today."
    names = mix_change(found.now_pool, decision.selection.ids, found.now.ids, mark, decision.pool)
    return bold, f"The data has changed since. Asked today, {names[0].lower()}{names[1:]}"


def mix_change(
    pool: Pool | None,
    before: tuple[str, ...],
    after: tuple[str, ...],
    mark: words.Mark,
    old_pool: Pool | None = None,
) -> str:
    """Who enters and who leaves, as a sentence."""
    enters = [mark(_name(pool, old_pool, i)) for i in sorted(set(after) - set(before))]
    leaves = [mark(_name(old_pool or pool, pool, i)) for i in sorted(set(before) - set(after))]
    if not enters and not leaves:
        return "Nothing enters or leaves."
    parts = []
    if enters:
        parts.append(f"{listed(enters)} {'enters' if len(enters) == 1 else 'enter'}")
    if leaves:
        parts.append(f"{listed(leaves)} {'leaves' if len(leaves) == 1 else 'leave'}")
    return f"{', and '.join(parts)}."


@dataclass(frozen=True, slots=True)
class Difference:
    """Two decisions side by side: ids that enter and leave from the first to the second.

    `money` is the change of spend in cents; `worth` that of value in millionths, None when the
    two aim for different things or one has no mix.
    """

    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    stays: tuple[str, ...]
    money: int
    worth: int | None
    questions_differ: tuple[str, ...]


def compare(one: Decision, other: Decision) -> Difference:
    """What changed from one decision to another."""
    before, after = set(one.selection.ids), set(other.selection.ids)
    worth = None
    if one.scenario.objective == other.scenario.objective:
        values = (one.selection.value, other.selection.value)
        if values[0] is not None and values[1] is not None:
            worth = values[1] - values[0]
    return Difference(
        enters=tuple(sorted(after - before)),
        leaves=tuple(sorted(before - after)),
        stays=tuple(sorted(before & after)),
        money=other.selection.spend - one.selection.spend,
        worth=worth,
        questions_differ=tuple(_question_differences(one.scenario, other.scenario)),
    )


def name_in(pool: Pool, project_id: str) -> str:
    """A project's name in a pool, its id where the pool lacks it."""
    return _name(pool, None, project_id)


def grant_in(pool: Pool, project_id: str) -> int | None:
    """A project's grant in cents in a pool, None where the pool lacks it."""
    try:
        return pool.project(project_id).grant
    except NotFoundError:
        return None


def holds_today(decision: Decision, pool: Pool) -> tuple[str, ...]:
    """Why a decided mix no longer stands on today's data: broken rules, proposals gone."""
    return tuple(
        violation.message for violation in violations(pool, decision.scenario, decision.selection)
    )


def _question_differences(one: Scenario, other: Scenario) -> list[str]:
    found = []
    if one.money != other.money:
        found.append("the money")
    if one.objective != other.objective:
        found.append("the aim")
    if _rules(one) != _rules(other):
        found.append("the rules")
    return found


def _rules(scenario: Scenario) -> set[Rule]:
    """The rules that count, but for those that only say how much money there is."""
    return {rule for rule in active_rules(scenario) if not isinstance(rule, TotalBudget)}


def _name(pool: Pool | None, fallback: Pool | None, project_id: str) -> str:
    for place in (pool, fallback):
        if place is not None:
            try:
                return place.project(project_id).name or project_id
            except NotFoundError:
                continue
    return project_id
