"""Two people's changes of one standing question, brought together part by part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from data.text import free_id
from portfolio.funding.rules import Rule
from portfolio.funding.sources import Source
from portfolio.scenario import Scenario, all_rules, source_budget_id

Part = TypeVar("Part", bound=Rule | Source)
Trait = TypeVar("Trait")


@dataclass(frozen=True, slots=True)
class Merged:
    """The question with both people's changes.

    `both` are the funders and rules that both changed, each another way: there my change stands.
    `base` is what to hold the next change of mine against, so that these stay told.
    `moved`: they changed anything at all.
    """

    scenario: Scenario
    base: Scenario
    moved: bool = False
    both: tuple[Rule | Source, ...] = ()


def merged(base: Scenario, theirs: Scenario, mine: Scenario) -> Merged:
    """My changes since `base` on top of theirs.

    A rule or funder that I left as it was is theirs; one that both changed is mine and is told.
    What both added stands twice, mine under another id where the two chose the same.
    """
    mine = _told_apart(base, theirs, mine)
    rules, clashing_rules = _parts(base.rules, theirs.rules, mine.rules)
    sources, clashing_sources = _parts(base.sources, theirs.sources, mine.sources)
    scenario = replace(
        theirs,
        rules=rules,
        sources=sources,
        off=_off(base, theirs, mine),
        objective=_one(base, theirs, mine, lambda each: each.objective),
        name=_one(base, theirs, mine, lambda each: each.name),
        on=_one(base, theirs, mine, lambda each: each.on),
        stay_close=_one(base, theirs, mine, lambda each: each.stay_close),
    )
    standing = {rule.id for rule in all_rules(scenario)}
    scenario = replace(scenario, off=tuple(each for each in scenario.off if each in standing))
    next_base = replace(
        theirs,
        rules=_as_before(theirs.rules, base.rules, clashing_rules),
        sources=_as_before(theirs.sources, base.sources, clashing_sources),
    )
    return Merged(scenario, next_base, theirs != base, (*clashing_sources, *clashing_rules))


def _told_apart(base: Scenario, theirs: Scenario, mine: Scenario) -> Scenario:
    """Mine, with another id for each rule and funder that I added under one of their new ids."""
    rules = _new_ids(base.rules, theirs.rules, mine.rules)
    sources = _new_ids(base.sources, theirs.sources, mine.sources)
    moved = rules | {source_budget_id(old): source_budget_id(new) for old, new in sources.items()}
    return replace(
        mine,
        rules=tuple(replace(rule, id=rules.get(rule.id, rule.id)) for rule in mine.rules),
        sources=tuple(replace(each, id=sources.get(each.id, each.id)) for each in mine.sources),
        off=tuple(sorted(moved.get(each, each) for each in mine.off)),
    )


def _new_ids(base: Iterable[Part], theirs: Iterable[Part], mine: Iterable[Part]) -> dict[str, str]:
    known = {each.id for each in base}
    added = {each.id: each for each in theirs if each.id not in known}
    taken = {each.id for side in (base, theirs, mine) for each in side}
    found: dict[str, str] = {}
    for each in mine:
        if added.get(each.id, each) != each:
            found[each.id] = free_id(each.id, taken)
            taken.add(found[each.id])
    return found


def _parts(
    base: Iterable[Part], theirs: Iterable[Part], mine: Iterable[Part]
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The parts of both in their order and then mine; and those that both changed."""
    was = {each.id: each for each in base}
    they = {each.id: each for each in theirs}
    me = {each.id: each for each in mine}
    kept: list[Part] = []
    both: list[Part] = []
    for part_id in dict.fromkeys((*they, *me)):
        before, their, my = was.get(part_id), they.get(part_id), me.get(part_id)
        chosen = their if my == before else my
        if chosen is not None:
            kept.append(chosen)
        told = my or their
        if my != before and their != before and my != their and told is not None:
            both.append(told)
    return tuple(kept), tuple(both)


def _as_before(
    theirs: Iterable[Part], base: Iterable[Part], clashing: Collection[Part]
) -> tuple[Part, ...]:
    """Theirs, save that what both changed is as it was before."""
    names = {each.id for each in clashing}
    old = [each for each in base if each.id in names]
    return (*(each for each in theirs if each.id not in names), *old)


def _off(base: Scenario, theirs: Scenario, mine: Scenario) -> tuple[str, ...]:
    was, they, me = set(base.off), set(theirs.off), set(mine.off)
    return tuple(sorted((they | (me - was)) - (was - me)))


def _one(
    base: Scenario, theirs: Scenario, mine: Scenario, part: Callable[[Scenario], Trait]
) -> Trait:
    return part(theirs) if part(mine) == part(base) else part(mine)
