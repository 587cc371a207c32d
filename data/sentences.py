"""What was changed, as one sentence for the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from portfolio.cluster import Cluster
from portfolio.errors import ClusterfolioError
from portfolio.funding.sentences import sentence as rule_sentence
from portfolio.pool import Pool
from portfolio.project import Project, ProjectStatus
from portfolio.scenario import Scenario, all_rules
from portfolio.scoring.criteria import Criterion
from portfolio.wording import count, day, listed, money

NOBODY = "Somebody"
MONEY_FIELDS = frozenset({"cost", "grant", "launch_cost"})
CHANCE_FIELDS = frozenset({"p_technical", "p_commercial"})
FIELD_WORDS = {
    "p_technical": "chance of technical success",
    "p_commercial": "chance of commercial success",
    "cost_known": "knowledge of the cost",
    "cash": "plan of cash flows",
    "spend": "spending by period",
    "resources": "resources",
    "sources": "sources that may pay",
    "closed_on": "day of closing",
}
MOVES = {
    (ProjectStatus.PROPOSAL, ProjectStatus.RUNNING): "started",
    (ProjectStatus.RUNNING, ProjectStatus.CLOSED): "closed",
    (ProjectStatus.PROPOSAL, ProjectStatus.CLOSED): "set aside",
    (ProjectStatus.CLOSED, ProjectStatus.RUNNING): "reopened",
}

Edit = tuple[Project | None, Project | None]


def projects_changed(who: str, edits: Sequence[Edit], currency: str) -> str:
    """“Anna changed the cost of Ice radar from €420,000 to €400,000.”, or how many."""
    if len(edits) == 1:
        return f"{who or NOBODY} {_project_changed(*edits[0], currency)}."
    names = [(after or before).name for before, after in edits if after or before]  # type: ignore[union-attr]
    return f"{who or NOBODY} changed {count(len(edits), 'project')}: {listed(names, most=3)}."


def _project_changed(before: Project | None, after: Project | None, currency: str) -> str:
    if before is None or after is None:
        name = (before or after).name  # type: ignore[union-attr]
        return f"added {name}" if before is None else f"removed {name}"
    move = MOVES.get((before.status, after.status))
    if move:
        return f"{move} {after.name}"
    if len(after.reports) > len(before.reports):
        return f"added a report on {after.name}"
    if before.name != after.name:
        return f"renamed {before.name} to {after.name}"
    changed = _changed_fields(before, after)
    if len(changed) > 1:
        words = listed((f"the {_field(name)}" for name in changed), most=4)
        return f"changed {words} of {after.name}"
    name = changed[0] if changed else "name"
    old = _value(name, getattr(before, name), currency)
    new = _value(name, getattr(after, name), currency)
    told = "" if old is None or new is None or old == new else f" from {old} to {new}"
    return f"changed the {_field(name)} of {after.name}{told}"


def _changed_fields(before: Any, after: Any) -> list[str]:
    return [f.name for f in fields(before) if getattr(before, f.name) != getattr(after, f.name)]


def _field(name: str) -> str:
    return FIELD_WORDS.get(name, name.replace("_", " "))


def _value(field: str, value: object, currency: str) -> str | None:
    """A value in words; None for what has too many parts for a sentence."""
    if value is None or value == "":
        return "not known"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and field in MONEY_FIELDS:
        return money(value, currency)
    if isinstance(value, float) and field in CHANCE_FIELDS:
        return f"{value * 100:.0f} in 100"
    if isinstance(value, (int, float)):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str) and len(value) <= 60:
        return f"“{value}”"
    return None


def import_taken(who: str, new: int, changed: int, organizations: int) -> str:
    """What an import brought."""
    parts = []
    if new:
        parts.append(count(new, "new project"))
    if changed:
        parts.append(count(changed, "changed project"))
    if organizations:
        parts.append(count(organizations, "organization"))
    return f"{who or NOBODY} imported {listed(parts)}."


def judged(who: str, pool_names: Sequence[str], judgements: int) -> str:
    """Who judged what. Levels are not said: they are private until the chair opens them."""
    times = count(judgements, "judgement")
    return f"{who or NOBODY} gave {times} on {listed(pool_names, most=3)}."


def scenario_changed(who: str, before: Scenario, after: Scenario, pool: Pool) -> str:
    """What is different in the standing question."""
    parts = [
        *_rules_switched(before, after, pool),
        *_rules_edited(before, after, pool),
        *_sources_edited(before, after, pool.cluster.currency),
    ]
    if before.objective != after.objective:
        parts.append("changed what the mix should have most of")
    if not parts:
        parts.append("changed the standing question")
    return f"{who or NOBODY} {listed(parts, most=3)}."


def _rules_switched(before: Scenario, after: Scenario, pool: Pool) -> list[str]:
    old, new = set(before.off), set(after.off)
    on = [f"switched on {_quoted(id, after, pool)}" for id in sorted(old - new)]
    return [*(f"switched off {_quoted(id, after, pool)}" for id in sorted(new - old)), *on]


def _rules_edited(before: Scenario, after: Scenario, pool: Pool) -> list[str]:
    old = {rule.id: rule for rule in before.rules}
    new = {rule.id: rule for rule in after.rules}
    changed = [id for id in new if id in old and old[id] != new[id]]
    return [
        *(f"added {_quoted(id, after, pool)}" for id in new if id not in old),
        *(f"removed {_quoted(id, before, pool)}" for id in old if id not in new),
        *(f"changed a rule to {_quoted(id, after, pool)}" for id in changed),
    ]


def _sources_edited(before: Scenario, after: Scenario, currency: str) -> list[str]:
    old = {source.id: source for source in before.sources}
    new = {source.id: source for source in after.sources}
    parts = [f"added the source {new[id].name}" for id in new if id not in old]
    parts += [f"removed the source {old[id].name}" for id in old if id not in new]
    for id in (id for id in new if id in old and old[id] != new[id]):
        if old[id].total != new[id].total:
            amounts = f"from {money(old[id].total, currency)} to {money(new[id].total, currency)}"
            parts.append(f"changed {new[id].name} {amounts}")
        else:
            parts.append(f"changed the source {new[id].name}")
    return parts


def _quoted(rule_id: str, scenario: Scenario, pool: Pool) -> str:
    rule = next((rule for rule in all_rules(scenario) if rule.id == rule_id), None)
    if rule is None:
        return f"the rule {rule_id}"
    try:
        return f"“{rule_sentence(rule, pool, scenario)}”"
    except (ClusterfolioError, LookupError, StopIteration):
        # A rule may speak of a project, source or class that is gone.
        return f"the rule {rule_id}"


def criteria_changed(who: str, before: Sequence[Criterion], after: Sequence[Criterion]) -> str:
    """What is different in the criteria."""
    old = {criterion.id: criterion for criterion in before}
    new = {criterion.id: criterion for criterion in after}
    parts = [f"added the criterion {new[id].name}" for id in new if id not in old]
    parts += [f"removed the criterion {old[id].name}" for id in old if id not in new]
    for id in (id for id in new if id in old and old[id] != new[id]):
        fields_changed = _changed_fields(old[id], new[id])
        what = f"the weight of {new[id].name}" if fields_changed == ["swing"] else new[id].name
        parts.append(f"changed {what}")
    return f"{who or NOBODY} {listed(parts, most=3) or 'put the criteria in another order'}."


def cluster_changed(who: str, before: Cluster, after: Cluster) -> str:
    """What is different in the cluster itself."""
    words = listed(f"the {_field(name)}" for name in _changed_fields(before, after))
    return f"{who or NOBODY} changed {words} of {after.name}."


def taken_back(who: str, sentence: str) -> str:
    """An undo, with what it undid."""
    return f"{who or NOBODY} took back: {sentence}"


def done_again(who: str, sentence: str) -> str:
    """The undo of an undo, with what it did again."""
    return f"{who or NOBODY} put back: {sentence}"
