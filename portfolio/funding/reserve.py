"""What a mix would cost if its largest overruns came together."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from portfolio.funding.rules import CostReserve


def overrun(rule: CostReserve, grant: int) -> int:
    """Cents by which a grant may be overrun, rounded up."""
    return ceil(grant * Fraction(rule.overrun))


def at_worst(rule: CostReserve, grants: Iterable[int]) -> int:
    """Cents of a mix with these grants when as many projects as the rule says are overrun most.

    >>> from decimal import Decimal
    >>> at_worst(CostReserve(id="", limit=0, overrun=Decimal("0.5"), projects=2), [10, 40, 20])
    100
    """
    asked = list(grants)
    overruns = sorted((overrun(rule, grant) for grant in asked), reverse=True)
    return sum(asked) + sum(overruns[: rule.projects])
