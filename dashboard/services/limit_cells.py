"""Limits as a form shows them and as a rule holds them: per cent for shares, whole units for cents."""

from __future__ import annotations

from decimal import Decimal

from portfolio.units import to_cents


def shown(limit: Decimal | None, unit: str) -> float | None:
    """A limit of a rule as the form shows it.

    >>> shown(Decimal("0.3"), "share"), shown(Decimal(12345), "cents"), shown(None, "months")
    (30.0, 123.45, None)
    """
    if limit is None:
        return None
    match unit:
        case "cents":
            return float(limit / 100)
        case "share":
            return float(limit * 100)
        case _:
            return float(limit)


def held(limit: float | None, unit: str) -> Decimal | None:
    """A limit of the form as the rule holds it; counts are rounded to whole ones."""
    if limit is None:
        return None
    exact = Decimal(str(limit))
    match unit:
        case "cents":
            return Decimal(to_cents(exact))
        case "share":
            return exact / 100
        case _:
            return exact.to_integral_value()
