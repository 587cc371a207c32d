"""Money in integer cents, and the cluster's own calendar of periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

CENTS = Decimal(100)


def to_cents(amount: Decimal | int | str) -> int:
    """Integer cents of an exact amount in currency units, halves to even.

    Floats are not taken: 0.1 is not a tenth. Raises `decimal.InvalidOperation` on text that is
    no number, `ValueError` on NaN or infinity.

    >>> to_cents("1234.565"), to_cents(Decimal("-0.01")), to_cents(5)
    (123456, -1, 500)
    """
    exact = Decimal(amount)
    if not exact.is_finite():
        raise ValueError(f"{amount} is not an amount of money")
    return int((exact * CENTS).to_integral_value(rounding=ROUND_HALF_EVEN))


def from_cents(cents: int) -> Decimal:
    """The exact amount in currency units.

    >>> from_cents(123450)
    Decimal('1234.50')
    """
    return (Decimal(cents) / CENTS).quantize(Decimal("0.01"))


def spread(total: int, parts: int) -> tuple[int, ...]:
    """`total` cents over `parts` equal shares that sum to it exactly, larger shares first.

    >>> spread(100, 3)
    (34, 33, 33)
    """
    share, rest = divmod(total, parts)
    return tuple(share + 1 if k < rest else share for k in range(parts))


def scale(amounts: tuple[int, ...], total: int) -> tuple[int, ...]:
    """`amounts` scaled in proportion so that they sum to `total` exactly (largest remainder).

    Ties in the remainder go to the earlier amount. All zero: the total is spread evenly.

    >>> scale((90, 80, 30), 100)
    (45, 40, 15)
    >>> scale((1, 1, 1), 100)
    (34, 33, 33)
    """
    whole = sum(amounts)
    if whole == 0:
        return spread(total, len(amounts)) if amounts else ()
    floors = [amount * total // whole for amount in amounts]
    by_remainder = sorted(range(len(amounts)), key=lambda k: (-(amounts[k] * total % whole), k))
    for k in by_remainder[: total - sum(floors)]:
        floors[k] += 1
    return tuple(floors)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The cluster's periods: `count` periods of `months` months each from `start` on.

    `months` is 3 (quarters), 6 (half-years) or 12 (years), or any other whole number.
    """

    start: date
    months: int
    count: int

    def first_day(self, period: int) -> date:
        """First day of a period; `period == count` gives the day after the horizon."""
        month = self.start.month - 1 + period * self.months
        return date(self.start.year + month // 12, month % 12 + 1, 1)

    def last_day(self, period: int) -> date:
        """Last day of a period."""
        return self.first_day(period + 1) - timedelta(days=1)

    def index(self, day: date) -> int:
        """The period that holds a day; below 0 or at least `count` outside the horizon.

        >>> half_years = Calendar(date(2027, 1, 1), 6, 8)
        >>> half_years.index(date(2027, 7, 1)), half_years.index(date(2026, 12, 31))
        (1, -1)
        """
        months = (day.year - self.start.year) * 12 + day.month - self.start.month
        return months // self.months

    def clamp(self, day: date) -> int:
        """The period that holds a day, the first or last one for days outside the horizon."""
        return min(max(self.index(day), 0), self.count - 1)

    def label(self, period: int) -> str:
        """The period's name: 2027, 2027 H1, 2027 Q3, or its month.

        >>> Calendar(date(2027, 1, 1), 6, 8).label(1)
        '2027 H2'
        """
        first = self.first_day(period)
        if self.months == 12 and first.month == 1:
            return str(first.year)
        if self.months == 6 and first.month in (1, 7):
            return f"{first.year} H{first.month // 6 + 1}"
        if self.months == 3 and first.month in (1, 4, 7, 10):
            return f"{first.year} Q{first.month // 3 + 1}"
        return f"{first.year}-{first.month:02d}"
