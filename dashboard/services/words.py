"""Numbers, dates and worth as screens and commands say them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from portfolio.scoring.value import Unit
from portfolio.wording import MINUS, MONTHS, NO_BREAK, money, percent

# Told here too, so that screens find all words in one place.
from portfolio.wording import day as day
from portfolio.wording import symbol as symbol

Mark = Callable[[str], str]
"""Sets a user's text off inside a sentence and makes it safe where the sentence is read."""

MICRO_PER_CENT = 10_000
# Below so many cents, a sentence names money in steps of so many.
_STEPS = ((100_000, 1), (100_000_000, 100), (100_000_000_000, 1_000_000), (10**40, 10**9))
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def short_money(cents: int | Fraction, currency: str) -> str:
    """Money for a figure or an axis, at most about eight signs.

    >>> short_money(200_000_000, "EUR"), short_money(18_000_000, "EUR"), short_money(-50, "EUR")
    ('€2.00\\xa0m', '€180,000', '€0')
    """
    units = round(abs(Fraction(cents)) / 100)
    sign = MINUS if cents < 0 and units else ""
    if units >= 1_000_000_000:
        text = f"{units / 1e9:,.2f}{NO_BREAK}bn"
    elif units >= 1_000_000:
        text = f"{units / 1e6:,.2f}{NO_BREAK}m"
    else:
        text = f"{units:,}"
    return f"{sign}{symbol(currency)}{text}"


def micro_to_cents(micro: int) -> int:
    """Cents of a worth in millionths of a currency unit, halves to even."""
    return round(Fraction(micro, MICRO_PER_CENT))


def worth(micro: int, unit: Unit, currency: str) -> str:
    """A worth for a sentence: money, points, or the list's own benefit.

    >>> worth(6_860_000_000_000, "money", "EUR"), worth(412_500_000, "points", "EUR")
    ('€6.86\\xa0million', '412.5 points')
    """
    if unit == "money":
        return money(whole_money(micro_to_cents(micro)), currency)
    return f"{number(Fraction(micro, 1_000_000))} {'points' if unit == 'points' else 'in benefit'}"


def short_worth(micro: int, unit: Unit, currency: str) -> str:
    """A worth for a figure."""
    if unit == "money":
        return short_money(micro_to_cents(micro), currency)
    return number(Fraction(micro, 1_000_000))


def signed(amount: str, change: int) -> str:
    """A change for a figure: its amount under its sign, "" where nothing changed.

    >>> signed("€5", 500), signed("€5", -500), signed("€0", 0)
    ('+€5', '−€5', '')
    """
    if change == 0:
        return ""
    return f"{'+' if change > 0 else MINUS}{amount}"


def money_beyond(cents: int, currency: str, *, up: bool) -> str:
    """Money that a sentence names as a threshold: never rounded to the side where it is not met.

    >>> money_beyond(427_400_001, "EUR", up=True), money_beyond(4_406_201, "EUR", up=False)
    ('€4.28\\xa0million', '€44,062')
    """
    step = next(step for most, step in _STEPS if abs(cents) < most)
    whole = cents // step * step
    return money(whole + step if up and whole < cents else whole, currency)


def worth_beyond(micro: int, unit: Unit, currency: str, *, up: bool) -> str:
    """The same for a worth.

    >>> worth_beyond(7_250_000, "benefit", "", up=True)
    '7.3 in benefit'
    """
    if unit == "money":
        cents = -(-micro // MICRO_PER_CENT) if up else micro // MICRO_PER_CENT
        return money_beyond(cents, currency, up=up)
    step = 1_000_000 if abs(micro) >= 1_000_000_000 else 100_000
    whole = micro // step * step
    return worth(whole + step if up and whole < micro else whole, unit, currency)


def percent_beyond(share: float, *, up: bool) -> str:
    """The same for a share, in tenths of a percent; noise of floats is no reason to round on."""
    tenths = share * 1_000
    return percent((ceil(tenths - 1e-9) if up else floor(tenths + 1e-9)) / 1_000)


def whole_money(cents: int) -> int:
    """Cents rounded to whole currency units when there is at least one: readers want no cents."""
    return round(cents, -2) if abs(cents) >= 100 else cents


def number(amount: Fraction | Decimal | float) -> str:
    """A number with at most one decimal, and none from a thousand on.

    >>> number(412.5), number(3), number(12345.6), number(-0.04)
    ('412.5', '3', '12,346', '0')
    """
    value = float(amount)
    text = f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:,.1f}".removesuffix(".0")
    return text.replace("-", MINUS) if text not in ("-0", "-0.0") else "0"


def whole_percent(share: Fraction | float) -> str:
    """A share as whole percent.

    >>> whole_percent(0.172)
    '17\\xa0%'
    """
    return f"{round(float(share) * 100):,}{NO_BREAK}%"


def round_step(cents: int | None) -> int:
    """A handy step in whole units for an amount: about a hundredth of it, 1, 2 or 5 with noughts.

    >>> round_step(200_000_000), round_step(123_00), round_step(None)
    (20000, 1, 10000)
    """
    if cents is None:
        return 10_000
    target = max(cents // 10_000, 1)
    power = int("1".ljust(len(str(target)), "0"))
    return max(m * power for m in (1, 2, 5) if m * power <= target)


def number_word(count: int) -> str:
    """A small number as a word that may begin a sentence, larger ones in digits.

    >>> number_word(4), number_word(22)
    ('Four', '22')
    """
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def weekday(when: date, today: date | None = None) -> str:
    """A date with its day of the week.

    >>> weekday(date(2026, 12, 3), date(2026, 11, 24))
    'Thursday, 3 December'
    """
    return f"{when:%A}, {day(when, today)}"


def short_day(when: date) -> str:
    """A date for a table.

    >>> short_day(date(2026, 12, 3))
    '3 Dec 2026'
    """
    return f"{when.day} {MONTHS[when.month - 1][:3]} {when.year}"


def recent_day(when: date, today: date) -> str:
    """A past date: today, yesterday, days ago under a week, else the date.

    >>> recent_day(date(2026, 11, 23), date(2026, 11, 24))
    'Yesterday'
    """
    days = (today - when).days
    if days == 0:
        return "Today"
    if days == 1:
        return "Yesterday"
    if 1 < days < 7:
        return f"{days} days ago"
    return short_day(when)


def due(when: date, today: date) -> str:
    """How far a date is off, as a short sentence.

    >>> due(date(2026, 12, 3), date(2026, 11, 24)), due(date(2026, 11, 24), date(2026, 11, 24))
    ('Due in 9 days.', 'Due today.')
    """
    days = (when - today).days
    if days < 0:
        return f"Was due on {day(when, today)}."
    return "Due today." if days == 0 else f"Due in {days} day{'' if days == 1 else 's'}."


def chance(probability: float | None) -> str:
    """A chance in cases.

    >>> chance(0.38), chance(None)
    ('38 of 100', 'not known')
    """
    return "not known" if probability is None else f"{round(probability * 100)} of 100"
