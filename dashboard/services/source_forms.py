"""Funders as a table of envelopes and as the fields of a form, and the funders that these make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from data.text import free_id
from portfolio.errors import InputError, Problem
from portfolio.funding.sources import Source
from portfolio.organization import HelixRole
from portfolio.pool import Pool
from portfolio.project import Scope
from portfolio.scenario import Scenario
from portfolio.units import to_cents

MOST_UNITS = 10**13
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Fields:
    """What a form holds of a funder, its envelope apart."""

    name: str = ""
    carry_over: bool = False
    public: bool = True
    themes: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    lead_roles: tuple[str, ...] = ()
    note: str = ""


def fields_of(source: Source) -> Fields:
    """The fields of a funder that stands."""
    return Fields(
        name=source.name,
        carry_over=source.carry_over,
        public=source.public,
        themes=source.themes,
        scopes=tuple(scope.value for scope in source.scopes),
        lead_roles=tuple(role.value for role in source.lead_roles),
        note=source.note,
    )


def build(source_id: str, told: Fields, budgets: tuple[int, ...], taken: Sequence[str]) -> Source:
    """The funder of a filled-in form. `taken` are the names of the others."""
    name = told.name.strip()[:LONGEST]
    if not name:
        raise InputError((Problem("Name", "", "Give the funder a name."),))
    if name in taken:
        raise InputError((Problem("Name", name, "Another funder has this name. Choose another."),))
    return Source(
        id=source_id,
        name=name,
        budgets=budgets,
        carry_over=told.carry_over,
        public=told.public,
        themes=told.themes,
        scopes=tuple(Scope(each) for each in told.scopes),
        lead_roles=tuple(HelixRole(each) for each in told.lead_roles),
        note=told.note.strip()[:LONGEST],
    )


def new_id(scenario: Scenario) -> str:
    """An id that no funder has."""
    return free_id("funder", {source.id for source in scenario.sources})


def labels(pool: Pool) -> tuple[str, ...]:
    """The periods as column heads."""
    calendar = pool.cluster.calendar
    return tuple(calendar.label(period) for period in range(calendar.count))


def with_envelopes(
    pool: Pool, draft: Scenario, written: Mapping[int, Mapping[str, object]]
) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """The draft's funders with amounts written anew, by place and period; and what is wrong."""
    heads = labels(pool)
    problems: list[Problem] = []
    sources = list(draft.sources)
    for place, row in written.items():
        if not 0 <= place < len(sources):
            continue
        source = sources[place]
        budgets = [*source.budgets, *[0] * len(heads)][: len(heads)]
        for head, amount in row.items():
            if head not in heads:
                continue
            cents = _cents(amount)
            if cents is None:
                remedy = "Write an amount, not below zero."
                problems.append(Problem(f"{source.name}, {head}", str(amount)[:80], remedy))
            else:
                budgets[heads.index(head)] = cents
        sources[place] = _with_budgets(source, tuple(budgets))
    return tuple(sources), tuple(problems)


def _with_budgets(source: Source, budgets: tuple[int, ...]) -> Source:
    return build(source.id, fields_of(source), budgets, ())


def _cents(amount: object) -> int | None:
    if amount is None:
        return 0
    if isinstance(amount, bool) or not isinstance(amount, (int, float)) or not isfinite(amount):
        return None
    return to_cents(Decimal(str(amount))) if 0 <= amount <= MOST_UNITS else None
