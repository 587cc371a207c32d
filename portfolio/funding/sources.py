"""A funding source: a funder's envelope by period and what it may pay for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from portfolio.organization import HelixRole
from portfolio.project import Scope
from portfolio.units import scale

EVERY_CLASS = "*"


@dataclass(frozen=True, slots=True)
class Rate:
    """The largest share of a project's cost that a source pays, by class of the lead organization.

    `lead` is one of `portfolio.funding.classes.CLASSES`, or "*" for every class that has no rate
    of its own.
    """

    lead: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class Source:
    """A funder's envelope. `budgets` are cents by period, shape `(calendar.count,)`.

    `carry_over`: money not spent in a period may be spent in any later one. The tuples `themes`,
    `scopes` and `lead_roles` restrict what it pays for; empty means no restriction. `rates` limit
    its share of what a project spends in a period; a class without a rate has no limit. `fee` is
    the share of each budget that is kept for administration and pays no project.
    """

    id: str
    name: str
    budgets: tuple[int, ...]
    carry_over: bool = False
    public: bool = True
    themes: tuple[str, ...] = ()
    scopes: tuple[Scope, ...] = ()
    lead_roles: tuple[HelixRole, ...] = ()
    note: str = ""
    rates: tuple[Rate, ...] = ()
    fee: Decimal = Decimal(0)

    @property
    def payable(self) -> tuple[int, ...]:
        """Cents by period that can go to projects: the budgets less the fee, rounded down."""
        if not self.fee:
            return self.budgets
        return tuple(floor(budget * (1 - Fraction(self.fee))) for budget in self.budgets)

    def gross(self, cents: int) -> int:
        """The least budget of which so many cents can go to projects."""
        return ceil(cents / (1 - Fraction(self.fee))) if self.fee else cents

    def rate(self, lead: str) -> Decimal:
        """The largest share of a project's cost that it pays for a class of lead; 1 for no limit."""
        shares = {rate.lead: rate.share for rate in self.rates}
        return shares.get(lead, shares.get(EVERY_CLASS, Decimal(1)))

    @property
    def total(self) -> int:
        """Cents over the whole horizon."""
        return sum(self.budgets)

    def scaled(self, total: int) -> Source:
        """The same envelope with `total` cents in all, spread over the periods as before."""
        return replace(self, budgets=scale(self.budgets, total))
