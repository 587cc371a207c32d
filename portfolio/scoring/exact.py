"""Numbers as they were written, for sums that do not depend on the order of the input."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache


def exact(number: float | int | Decimal | Fraction) -> Fraction:
    """The number as its shortest decimal says, without the binary noise of floats.

    Raises ValueError on NaN and infinity.

    >>> exact(0.1) + exact(0.2) == exact(0.3)
    True
    """
    return _of_float(number) if isinstance(number, float) else Fraction(number)


@lru_cache(maxsize=10_000)
def _of_float(number: float) -> Fraction:
    return Fraction(repr(number))
