"""Funders as a table of envelopes and as the fields of a form, and the funders that these make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isfinite

from data.text import free_id
from portfolio.errors import InputError, Problem
from portfolio.funding.classes import CLASS_WORDS, CLASSES
from portfolio.funding.sources import EVERY_CLASS, Rate, Source
from portfolio.organization import HelixRole
from portfolio.pool import Pool
from portfolio.project import Scope
from portfolio.scenario import Scenario
from portfolio.units import to_cents
from portfolio.wording import listed, percent

MOST_UNITS = 10**13
LONGEST = 300
RATE_WORDS = {
    "small": "small firms",
    "mid": "mid-sized firms",
    "large": "large firms",
    "academia": "research and teaching",
    "public": "public bodies",
    "other": "anybody else",
    EVERY_CLASS: "all without a rate of their own",
}
"""Classes of lead, as heads of the fields of their rates."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a form holds of a funder, its envelope apart.

    `rates` are pairs of a class of lead and per cent of the cost, `fee` per cent of the money.
    """

    name: str = ""
    carry_over: bool = False
    public: bool = True
    themes: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    lead_roles: tuple[str, ...] = ()
    note: str = ""
    rates: tuple[tuple[str, float], ...] = ()
    fee: float = 0.0


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
        rates=tuple((rate.lead, _per_cent(rate.share)) for rate in source.rates),
        fee=_per_cent(source.fee),
    )


def build(source_id: str, told: Fields, budgets: tuple[int, ...], taken: Sequence[str]) -> Source:
    """The funder of a filled-in form; InputError with everything that is wrong with it.

    `taken` are the names of the others.
    """
    name = told.name.strip()[:LONGEST]
    problems = []
    if not name:
        problems.append(Problem("Name", "", "Give the funder a name."))
    if name in taken:
        problems.append(Problem("Name", name, "Another funder has this name. Choose another."))
    problems += [
        Problem(f"Rate for {RATE_WORDS[lead]}", f"{rate:g}", "Write a number from 0 to 100.")
        for lead, rate in told.rates
        if not 0 <= rate <= 100
    ]
    if not 0 <= told.fee < 100:
        remedy = "Write a number from 0 to below 100: something has to be left for projects."
        problems.append(Problem("Kept for administration", f"{told.fee:g}", remedy))
    if problems:
        raise InputError(tuple(problems))
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
        rates=tuple(Rate(lead, _share(rate)) for lead, rate in told.rates),
        fee=_share(told.fee),
    )


def rate_words(source: Source) -> str:
    """What it pays at most of a project's cost, as a clause; "" where nothing limits it."""
    told = {rate.lead: rate.share for rate in source.rates}
    parts = [
        f"{percent(share)} where {CLASS_WORDS[lead]} leads"
        for lead in CLASSES
        if (share := told.get(lead)) is not None
    ]
    rest = told.get(EVERY_CLASS)
    if rest is not None:
        parts.append(f"{percent(rest)} {'otherwise' if parts else 'whoever leads'}")
    return listed(parts) if parts else ""


def says(source: Source) -> str:
    """A funder's conditions as sentences."""
    parts = [f"themes {', '.join(source.themes)}"] if source.themes else []
    if source.scopes:
        parts.append(f"scopes {', '.join(scope.value for scope in source.scopes)}")
    if source.lead_roles:
        parts.append(f"leads from {', '.join(role.value for role in source.lead_roles)}")
    said = [f"It pays only for {'; '.join(parts)}." if parts else "It pays for anything."]
    if rates := rate_words(source):
        said.append(f"Of what a project costs in a period it pays at most {rates}.")
    if source.fee:
        said.append(f"It keeps {percent(source.fee)} of its money for administration.")
    said.append(
        "Unspent money may be spent later."
        if source.carry_over
        else "Money not spent in its period goes back."
    )
    return " ".join([*said, source.note]).strip()


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
        sources[place] = replace(source, budgets=tuple(budgets))
    return tuple(sources), tuple(problems)


def _per_cent(share: Decimal) -> float:
    return float(share * 100)


def _share(per_cent: float) -> Decimal:
    return (Decimal(str(per_cent)) / 100).normalize()


def _cents(amount: object) -> int | None:
    if amount is None:
        return 0
    if isinstance(amount, bool) or not isinstance(amount, (int, float)) or not isfinite(amount):
        return None
    return to_cents(Decimal(str(amount))) if 0 <= amount <= MOST_UNITS else None
