"""Two people's changes of one standing question, brought together part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from portfolio.funding.rules import Rule
from portfolio.funding.sources import Source
from portfolio.scenario import Scenario, all_rules

Part = TypeVar("Part", bound=Rule | Source)


@dataclass(frozen=True, slots=True)
class Merged:
    """The question with both people's changes.

    `both` are the funders and rules that both changed, each another way: there my change stands.
    `moved`: they changed anything at all.
    """

    scenario: Scenario
    moved: bool = False
    both: tuple[Rule | Source, ...] = ()


def merged(base: Scenario, theirs: Scenario, mine: Scenario) -> Merged:
    """My changes since `base` on top of theirs.

    A rule or funder that I left as it was is theirs; one that both changed is mine and is named.
    """
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
    return Merged(scenario, theirs != base, (*clashing_sources, *clashing_rules))


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
        if my != before and their != before and my != their:
            both += [part for part in (my, their) if part is not None][:1]
    return tuple(kept), tuple(both)


def _off(base: Scenario, theirs: Scenario, mine: Scenario) -> tuple[str, ...]:
    was, they, me = set(base.off), set(theirs.off), set(mine.off)
    return tuple(sorted((they | (me - was)) - (was - me)))


T = TypeVar("T")


def _one(base: Scenario, theirs: Scenario, mine: Scenario, part: Callable[[Scenario], T]) -> T:
    return part(theirs) if part(mine) == part(base) else part(mine)
