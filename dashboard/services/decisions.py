"""Decisions on record: find them, say what was asked and answered, set two side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date

from dashboard.services import chosen, question_differences, words
from dashboard.services.chosen import Mix
from dashboard.services.mix import Answered, missing, no_mix
from dashboard.services.question_differences import Posed, name_in
from data.store import Store
from portfolio.decision import Decision
from portfolio.errors import NotFoundError
from portfolio.feasibility import violations
from portfolio.pool import Pool
from portfolio.scenario import active_rules
from portfolio.scoring import value
from portfolio.selection import Status
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
    aim = question_differences.AIMS[scenario.objective.aim]
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


def proof_words(decision: Decision, pool: Pool) -> str:
    """That a mix was not proven best, and how much it may lack; "" for any other answer.

    `pool` serves where the record comes without its data.
    """
    if decision.selection.status is not Status.FEASIBLE:
        return ""
    answered = Answered(decision.pool or pool, decision.scenario, decision.selection)
    return f"The best found by then, not proven best{missing(answered)}."


def mix_change(before: Mix, after: Mix, mark: words.Mark) -> str:
    """Who enters, who leaves, and who stays in another version or from another period on."""
    changed = chosen.change_words(before, after, mark)
    who = _who(before, after, mark)
    return f"{who} {changed}".rstrip()


def _who(before: Mix, after: Mix, mark: words.Mark) -> str:
    enters = [mark(name_in(after.pool, i, before.pool)) for i in sorted(after.ids - before.ids)]
    leaves = [mark(name_in(before.pool, i, after.pool)) for i in sorted(before.ids - after.ids)]
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

    `changed` has those that stay otherwise than before, each with a clause that says how.
    `money` is the change of spend in cents; `worth` that of value in millionths, None when the
    two aim for different things (`aims_differ`) or one has no mix. `proof` says how well each
    answer was known where that differs or neither was proven. `questions` has a sentence for each
    thing that one asks and the other does not; `data_differs` whether they were asked of other data.
    """

    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    stays: tuple[str, ...]
    changed: Mapping[str, str]
    money: int
    worth: int | None
    aims_differ: bool
    proof: str
    questions: tuple[str, ...]
    data_differs: bool

    @property
    def same_mix(self) -> bool:
        """Whether the same projects are in both, each chosen alike."""
        return not (self.enters or self.leaves or self.changed)


def compare(one: Decision, other: Decision, pool: Pool) -> Difference:
    """What changed from an earlier decision to a later one. `pool` serves for data they lack."""
    one_mix, other_mix = mix_of(one, pool), mix_of(other, pool)
    before, after = one_mix.ids, other_mix.ids
    values = (one.selection.value, other.selection.value)
    aims_differ = one.scenario.objective != other.scenario.objective
    known = not aims_differ and values[0] is not None and values[1] is not None
    return Difference(
        enters=tuple(sorted(after - before)),
        leaves=tuple(sorted(before - after)),
        stays=tuple(sorted(before & after)),
        changed=chosen.changes(one_mix, other_mix),
        money=other.selection.spend - one.selection.spend,
        worth=(values[1] or 0) - (values[0] or 0) if known else None,
        aims_differ=aims_differ,
        proof=_proofs(one.selection.status, other.selection.status),
        questions=question_differences.differences(
            Posed(one.scenario, one.pool or pool), Posed(other.scenario, other.pool or pool)
        ),
        data_differs=one.pool_fingerprint != other.pool_fingerprint,
    )


_PROOF = {
    Status.OPTIMAL: "was proven best",
    Status.FEASIBLE: "was the best found by then, not proven best",
    Status.INFEASIBLE: "had no mix, proven so",
}


def _proofs(one: Status, other: Status) -> str:
    """How well the two answers were known; "" where both were proven best."""
    if one is other is Status.OPTIMAL:
        return ""
    found = [_PROOF.get(status, "had no mix in time") for status in (one, other)]
    if one is other:
        return f"Each of the two {found[0]}."
    return f"The earlier one {found[0]}, the later one {found[1]}."


def mix_of(decision: Decision, pool: Pool) -> Mix:
    """The mix that was decided. `pool` serves where the record comes without its data."""
    return Mix(decision.pool or pool, decision.selection.chosen)


def grants(mix: Mix) -> dict[str, int]:
    """What each project of a mix gets, in cents; those that its data lacks are left out."""
    return {i: project.grant for i, project in chosen.known(mix.pool, mix.chosen).items()}


def holds_today(decision: Decision, pool: Pool) -> tuple[str, ...]:
    """Why a decided mix no longer stands on today's data: broken rules, proposals gone."""
    today = replace(
        decision.selection, chosen=chosen.on_other_data(pool, decision.selection.chosen)
    )
    return tuple(violation.message for violation in violations(pool, decision.scenario, today))
