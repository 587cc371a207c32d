"""Numbers and names as a good secretary would say them in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}
MINUS = "\u2212"
NO_BREAK = "\u00a0"
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""English, whatever language the machine speaks."""


def money(cents: int | Fraction, currency: str) -> str:
    """Money for a sentence: whole units, from a million on in millions.

    >>> money(200_000_000, "EUR"), money(18_000_000, "EUR"), money(-50, "GBP")
    ('€2.00\\xa0million', '€180,000', '−£0.50')
    >>> money(123_456_789_000_000, "DKK")
    'DKK\\xa01,234.57\\xa0billion'
    """
    whole = round(Fraction(cents))
    sign = MINUS if whole < 0 else ""
    units = Decimal(abs(whole)) / 100
    if units >= 1_000_000_000:
        text = f"{units / 1_000_000_000:,.2f} billion"
    elif units >= 1_000_000:
        text = f"{units / 1_000_000:,.2f} million"
    elif units == units.to_integral_value() or units >= 1_000:
        text = f"{units:,.0f}"
    else:
        text = f"{units:,.2f}"
    return f"{sign}{symbol(currency)}{text}".replace(" million", f"{NO_BREAK}million").replace(
        " billion", f"{NO_BREAK}billion"
    )


def exact_money(cents: int, currency: str) -> str:
    """Money with all its digits, cents only where there are any: for what has to be enough.

    >>> exact_money(123_456_789, "EUR"), exact_money(5_000_000, "EUR")
    ('€1,234,567.89', '€50,000')
    """
    sign = MINUS if cents < 0 else ""
    units, rest = divmod(abs(cents), 100)
    return f"{sign}{symbol(currency)}{units:,}" + (f".{rest:02}" if rest else "")


def symbol(currency: str) -> str:
    """The sign of a currency, or its code with a space.

    >>> symbol("EUR"), symbol("DKK"), symbol("")
    ('€', 'DKK\\xa0', '')
    """
    return SYMBOLS.get(currency, f"{currency}{NO_BREAK}" if currency else "")


def percent(share: Decimal | Fraction | float) -> str:
    """A share as percent, with at most one decimal.

    >>> percent(Decimal("0.30")), percent(0.385)
    ('30\\xa0%', '38.5\\xa0%')
    """
    text = f"{float(share) * 100:.1f}".removesuffix(".0")
    return f"{text}{NO_BREAK}%".replace("-", MINUS)


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count(1, "project"), count(3, "project")
    ('1 project', '3 projects')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Iterable[str], word: str = "and", most: int = 6) -> str:
    """Names as a list in a sentence, cut to `most`.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed("abcd", most=2)
    ('a, b and c', 'a', 'a, b and 2 more')
    """
    all_names = list(names)
    shown = all_names[:most] if len(all_names) > most else all_names
    if len(all_names) > most:
        shown = [*shown, f"{len(all_names) - most} more"]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {word} {shown[-1]}"


def of_hundred(chance: Decimal | Fraction | float) -> str:
    """A chance as cases of a hundred.

    >>> of_hundred(0.38), of_hundred(0.996), of_hundred(0)
    ('38 of 100', '99.6 of 100', '0 of 100')
    """
    return f"{float(chance) * 100:.1f}".removesuffix(".0") + " of 100"


def day(when: date, today: date | None = None) -> str:
    """A date for a sentence; the year is left out where it is that of `today`.

    >>> day(date(2026, 12, 3)), day(date(2026, 12, 3), date(2026, 11, 24))
    ('3 December 2026', '3 December')
    """
    text = f"{when.day} {MONTHS[when.month - 1]}"
    return text if today is not None and when.year == today.year else f"{text} {when.year}"
