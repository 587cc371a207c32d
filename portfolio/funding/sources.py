"""A funding source: a funder's envelope by period and what it may pay for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portfolio.organization import HelixRole
from portfolio.project import Scope
from portfolio.units import scale


@dataclass(frozen=True, slots=True)
class Source:
    """A funder's envelope. `budgets` are cents by period, shape `(calendar.count,)`.

    `carry_over`: money not spent in a period may be spent in any later one. The tuples `themes`,
    `scopes` and `lead_roles` restrict what it pays for; empty means no restriction.
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

    @property
    def total(self) -> int:
        """Cents over the whole horizon."""
        return sum(self.budgets)

    def scaled(self, total: int) -> Source:
        """The same envelope with `total` cents in all, spread over the periods as before."""
        return replace(self, budgets=scale(self.budgets, total))
