"""A draft of the standing question: changed rules and funders that wait to be saved, and their effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dashboard.services import decisions, words
from dashboard.services.merging import Merged
from dashboard.services.mix import Answered, no_mix
from dashboard.services.rule_forms import said
from optimizer.validate import check
from portfolio.errors import InputError, Problem
from portfolio.funding.rules import Rule
from portfolio.funding.sources import Source
from portfolio.pool import Pool
from portfolio.scenario import Scenario, all_rules, source_budget_id, with_rules
from portfolio.scoring import value
from portfolio.selection import Status
from portfolio.wording import money

MOST_TOLD = 3


def switched(draft: Scenario, rule_id: str, on: bool) -> Scenario:
    """The draft with a rule switched on or off."""
    off = set(draft.off)
    return replace(draft, off=tuple(sorted(off - {rule_id} if on else off | {rule_id})))


def with_rule(draft: Scenario, rule: Rule) -> Scenario:
    """The draft with a rule added, or put in the place of the one of the same id."""
    if all(each.id != rule.id for each in draft.rules):
        return with_rules(draft, rule)
    rules = tuple(rule if each.id == rule.id else each for each in draft.rules)
    return replace(draft, rules=rules)


def without_rule(draft: Scenario, rule_id: str) -> Scenario:
    """The draft without a rule."""
    rules = tuple(each for each in draft.rules if each.id != rule_id)
    return replace(draft, rules=rules, off=tuple(each for each in draft.off if each != rule_id))


def with_source(draft: Scenario, source: Source) -> Scenario:
    """The draft with a funder added, or put in the place of the one of the same id."""
    if all(each.id != source.id for each in draft.sources):
        return replace(draft, sources=(*draft.sources, source))
    sources = tuple(source if each.id == source.id else each for each in draft.sources)
    return replace(draft, sources=sources)


def without_source(draft: Scenario, source_id: str) -> Scenario:
    """The draft without a funder."""
    gone = source_budget_id(source_id)
    return replace(
        draft,
        sources=tuple(each for each in draft.sources if each.id != source_id),
        off=tuple(each for each in draft.off if each != gone),
    )


def problems(pool: Pool, draft: Scenario) -> tuple[Problem, ...]:
    """What keeps the draft from being asked."""
    try:
        check(pool, draft)
    except InputError as error:
        return error.problems
    return ()


def differences(pool: Pool, standing: Scenario, draft: Scenario) -> tuple[str, ...]:
    """What a draft changes, a sentence each, in the order of the rules."""
    return (*_funders(pool, standing, draft), *_rules(pool, standing, draft))


def meanwhile(pool: Pool, draft: Merged) -> str:
    """That somebody else changed the question too, and where both changed the same part."""
    began = "Somebody else has changed the rules or funders since you began."
    if not draft.both:
        return f"{began} Their changes are kept; saving adds yours."
    told = [
        part.name if isinstance(part, Source) else said(part, pool, draft.scenario)
        for part in draft.both
    ]
    return (
        f"{began} Their changes are kept, except where both of you changed the same: "
        f"{'; '.join(told[:MOST_TOLD])}{'; …' if len(told) > MOST_TOLD else ''}. "
        "Saving puts yours in place of theirs there."
    )


def effect(before: Answered, after: Answered, mark: words.Mark) -> tuple[str, str]:
    """What the draft does to the mix: one bold sentence and one plain one."""
    pool = after.pool
    if not after.selection.status.has_mix:
        proven = after.selection.status is Status.INFEASIBLE
        where = "The rules that clash stand in Mix." if proven else ""
        return f"With these changes {no_mix(after.selection)}.", where
    if not before.selection.status.has_mix:
        return "With these changes there is a mix; without them there is none.", ""
    who = decisions.mix_change(before.as_chosen, after.as_chosen, mark)
    if before.scenario.objective != after.scenario.objective:
        return who, "The two aim for different things, so their worth cannot be compared."
    gained = (after.selection.value or 0) - (before.selection.value or 0)
    unit = value.unit(after.scenario.objective)
    amount = words.worth(abs(gained), unit, pool.cluster.currency)
    spent = after.selection.spend - before.selection.spend
    more = "" if spent == 0 else f" It spends {_signed(spent, pool.cluster.currency)}."
    if gained == 0:
        return who, f"The mix is worth the same.{more}"
    return who, f"The mix is worth {amount} {'more' if gained > 0 else 'less'}.{more}"


def _signed(cents: int, currency: str) -> str:
    return f"{money(abs(cents), currency)} {'more' if cents > 0 else 'less'}"


def _rules(pool: Pool, standing: Scenario, draft: Scenario) -> Iterable[str]:
    old = {rule.id: rule for rule in all_rules(standing)}
    new = {rule.id: rule for rule in all_rules(draft)}
    for rule_id, rule in new.items():
        words_now = said(rule, pool, draft)
        if rule_id not in old:
            yield f"New: {words_now}."
        elif old[rule_id] != rule:
            yield f"Changed: {said(old[rule_id], pool, standing)}, now: {words_now}."
        if (rule_id in draft.off) != (rule_id in standing.off):
            yield f"Switched {'off' if rule_id in draft.off else 'on'}: {words_now}."
    for rule_id, rule in old.items():
        if rule_id not in new:
            yield f"Gone: {said(rule, pool, standing)}."


def _funders(pool: Pool, standing: Scenario, draft: Scenario) -> Iterable[str]:
    currency = pool.cluster.currency
    old = {source.id: source for source in standing.sources}
    for source in draft.sources:
        before = old.get(source.id)
        if before is None or before == source:
            continue
        if before.total != source.total:
            amounts = f"{money(before.total, currency)}, now {money(source.total, currency)}"
            yield f"{source.name}: {amounts}."
        else:
            yield f"Changed: {source.name}."
