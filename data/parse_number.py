"""Amounts, numbers and chances as people write them, exact in either decimal convention."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from data.parse_date import NotRead

DecimalMark = Literal[".", ","]

MOST_UNITS = Decimal(10) ** 13
TOO_MUCH = f"This is more than {MOST_UNITS:,f}, the most that an amount can be."
_SIGNS = "£€$¥₤₺₽₹₴₩฿"
_CODES = (
    "AUD|BGN|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HUF|INR|ISK|JPY|NOK|NZD|PLN|RON|SEK|TRY|UAH|USD|ZAR"
    "|kr|zł|Kč|Ft|lei|Fr|sek|dkk|nok|eur|gbp|usd"
)
_MONEY_WORDS = re.compile(
    rf"^(?:[{_SIGNS}]|(?:{_CODES})\b\.?)\s*|\s*(?:[{_SIGNS}]|\b(?:{_CODES})\.?)$"
)
_SPACES = "\u00a0\u2007\u2009\u202f "
_GROUPERS = re.compile(rf"(?<=\d)[{_SPACES}'’](?=\d{{3}}(?!\d))")
_PLAIN = {
    ".": re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?"),
    ",": re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+)?(?:,\d*)?"),
}
_TIMES = {
    "k": 10**3, "t": 10**3, "tsd": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "mio": 10**6,
    "mill": 10**6, "million": 10**6, "millions": 10**6, "mrd": 10**9, "bn": 10**9, "b": 10**9,
    "billion": 10**9,
}  # fmt: skip
_SHORT = re.compile(
    rf"(.*\d)\s?({'|'.join(sorted(_TIMES, key=len, reverse=True))})\.?", re.IGNORECASE
)
_POWER = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_RANGE = re.compile(r".*\d\s*(?:-|–|to|bis|til)\s*\D?\d.*")


@lru_cache(maxsize=50_000)
def read_money(text: str, mark: DecimalMark) -> Decimal | NotRead:
    """The exact amount in currency units; a currency sign or code on either side is let go.

    `mark` is the decimal mark of the file; the other one, spaces and apostrophes may group
    thousands. Nothing else is guessed: 12k is not an amount.
    """
    shown = unicodedata.normalize("NFKC", text).strip()
    bare = _unsigned(shown)
    number = _exact(bare, mark)
    if number is None:
        return NotRead(_why_no_amount(bare, mark))
    if abs(number) > MOST_UNITS:
        return NotRead(TOO_MUCH)
    return number


def _beyond(power: str) -> bool:
    """Whether an amount in powers of ten is above the most, without working the power out."""
    digits, tens = re.split("[eE]", power.replace(",", "."))
    if len(tens) > 6:
        return not tens.startswith("-")
    return Decimal(f"{digits}e{tens}").copy_abs() > MOST_UNITS


def _unsigned(shown: str) -> str:
    """The text without its currency sign, parentheses turned into a minus."""
    inside = re.fullmatch(r"\((.*)\)", shown)
    bare = f"-{inside.group(1).strip()}" if inside else shown
    minus = ""
    if bare[:1] in "-−–" and len(bare) > 1:
        minus, bare = "-", bare[1:].strip()
    for _ in range(2):
        bare = _MONEY_WORDS.sub("", bare).strip()
    return minus + bare


def _exact(bare: str, mark: DecimalMark) -> Decimal | None:
    sign = -1 if bare[:1] in ("-", "−") else 1
    digits = _GROUPERS.sub("", bare.lstrip("+-−").strip())
    if not digits or not digits.isascii() or digits[-1:] in ".,":
        return None
    if not _PLAIN[mark].fullmatch(digits):
        return None
    other = "," if mark == "." else "."
    return sign * Decimal(digits.replace(other, "").replace(mark, "."))


def _why_no_amount(bare: str, mark: DecimalMark) -> str:
    if match := _SHORT.fullmatch(bare):
        number = _exact(match.group(1), mark)
        if number is not None:
            meant = _written(number * _TIMES[match.group(2).lower()], mark)
            return f"This is not an amount. Write {meant}."
    if _POWER.fullmatch(bare):
        if _beyond(bare):
            return TOO_MUCH
        return "A spreadsheet has rounded this amount. Write all its digits."
    if bare.endswith("%"):
        return "This is a share, not an amount. Write the amount in full."
    other: DecimalMark = "," if mark == "." else "."
    if _exact(bare, other) is not None:
        point = "point" if mark == "." else "comma"
        return (
            f"Amounts in this file have a decimal {point}. "
            "Write it so, or change the decimal mark of the file."
        )
    if _RANGE.fullmatch(bare):
        return "This is a range. Write one amount."
    return "This is not an amount. Write digits alone, as 12000."


def _written(number: Decimal, mark: DecimalMark) -> str:
    """The two ways to write an amount, as examples: 12000 or 12,000."""
    whole = number == number.to_integral_value()
    plain, grouped = (
        (f"{number:.0f}", f"{number:,.0f}") if whole else (f"{number:f}", f"{number:,f}")
    )
    if mark == ",":
        swap = str.maketrans(".,", ",.")
        plain, grouped = plain.translate(swap), grouped.translate(swap)
    return plain if plain == grouped else f"{plain} or {grouped}"


@lru_cache(maxsize=50_000)
def read_number(text: str, mark: DecimalMark) -> Decimal | NotRead:
    """An exact number without a unit."""
    number = _exact(unicodedata.normalize("NFKC", text).strip(), mark)
    if number is None:
        return NotRead("This is not a number. Write digits alone, as 12.5 or 12.")
    if abs(number) > MOST_UNITS:
        return NotRead(f"This is more than {MOST_UNITS:,f}, the most that a number can be.")
    return number


@lru_cache(maxsize=50_000)
def read_chance(text: str, mark: DecimalMark) -> float | NotRead:
    """A share from 0 to 1. With a % sign, or above 1, it is read as per cent."""
    bare = unicodedata.normalize("NFKC", text).strip()
    per_cent = bare.endswith("%")
    number = _exact(bare.removesuffix("%").strip(), mark)
    if number is None and not per_cent:
        # A chance below 1 has no thousands: both decimal marks say the same.
        number = (
            _exact(bare, "," if mark == "." else ".") if re.fullmatch(r"0[.,]\d+", bare) else None
        )
    if number is None or not 0 <= number <= 100:
        return NotRead("This is not a chance. Write a number from 0 to 1, or 0 % to 100 %.")
    return float(number / 100) if per_cent or number > 1 else float(number)
