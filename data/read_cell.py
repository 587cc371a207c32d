"""One cell as the value of one field: the type of the field decides how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from data.fields import FieldSpec
from data.mapping import FieldMap
from data.parse_date import NotRead, read_date
from data.parse_number import DecimalMark, read_chance, read_money, read_number
from data.table import TableGuess
from data.text import one_line, parted, plain
from data.versions import read_versions
from portfolio.project import CashYear, ResourceNeed, Version
from portfolio.units import to_cents

Value = (
    str | int | float | bool | date | Decimal | tuple[str, ...] | tuple[int, ...]
    | tuple[ResourceNeed, ...] | tuple[CashYear, ...] | tuple[Version, ...]
)  # fmt: skip

_YES = {"yes", "y", "true", "1", "x", "ja", "oui", "si", "kylla", "tak", "sim", "j"}
_NO = {"no", "n", "false", "0", "nej", "nein", "non", "ei", "nie", "nao", "nee"}
_NOT_KNOWN = {
    "", "na", "n a", "nil", "none", "null", "tbc", "tbd", "to be confirmed", "to be determined",
    "unknown", "not known", "not available", "not applicable", "ukendt", "unbekannt", "k a", "x x",
}  # fmt: skip
_LONG = {"summary", "lesson", "reason"}
_MOST_CENTS = 10**15
_MOST_SHORT, _MOST_LONG = 500, 30_000
_NEVER_BELOW_ZERO = {"cost", "grant", "launch_cost", "spent", "spent_in_the_end", "first_grant"}
_LAST_DAY = {"end", "forecast_end", "closed_on", "latest_start"}


def says_nothing(cell: str) -> bool:
    """Whether a cell is empty or says in a word that the value is not known (n/a, TBC, –, ?)."""
    if not cell:
        return True
    return len(cell) < 18 and not cell[0].isdigit() and plain(cell) in _NOT_KNOWN


def read_cell(spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess) -> Value | NotRead:
    """The value of a filled cell, or why it cannot be read. Money comes in cents."""
    if entry.values:
        cell, known = _translated(entry, cell)
        if entry.strict and not known:
            return NotRead(f"Write one of {_listed(what for what, _ in entry.values)}.")
    return READERS[spec.type](spec, entry, cell, guess)


def _translated(entry: FieldMap, cell: str) -> tuple[str, bool]:
    found = _value_map(entry.values).get(plain(cell))
    return (cell, False) if found is None else (found, True)


@cache
def _value_map(values: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {plain(told): meant for told, meant in values}


def _text(spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess) -> str | NotRead:
    long = spec.name in _LONG
    most = _MOST_LONG if long else _MOST_SHORT
    if len(cell) > most:
        return NotRead(f"This text has {len(cell):,} characters; the most is {most:,}. Shorten it.")
    return cell if long else one_line(cell)


def _choice(spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess) -> str | NotRead:
    found = _choices(spec).get(plain(cell))
    return found or NotRead(f"Write one of {_listed(choice.value for choice in spec.choices)}.")


@cache
def _choices(spec: FieldSpec) -> dict[str, str]:
    return {
        plain(word): choice.value
        for choice in spec.choices
        for word in (choice.value, *choice.aliases)
    }


def _yes_or_no(spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess) -> bool | NotRead:
    word = plain(cell)
    if word in _YES or word in _NO:
        return word in _YES
    return NotRead("Write yes or no.")


def _money(spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess) -> int | NotRead:
    cents = _cents(cell, guess.decimal or ".", entry.multiplier)
    if isinstance(cents, int) and cents < 0 and spec.name in _NEVER_BELOW_ZERO:
        return NotRead(f"{spec.label} is never below zero. Write an amount of 0 or more.")
    return cents


@lru_cache(maxsize=50_000)
def _cents(cell: str, mark: DecimalMark, multiplier: Decimal) -> int | NotRead:
    amount = read_money(cell, mark)
    if isinstance(amount, NotRead):
        return amount
    cents = to_cents(amount * multiplier)
    if abs(cents) > _MOST_CENTS:
        return NotRead("This is more than ten million million. Look at the unit of the column.")
    return cents


def _number(spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess) -> float | NotRead:
    number = read_number(cell, guess.decimal or ".")
    return number if isinstance(number, NotRead) else float(number * entry.multiplier)


def _whole(spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess) -> int | NotRead:
    number = read_number(cell, guess.decimal or ".")
    if isinstance(number, NotRead) or number != number.to_integral_value() or number < 0:
        return NotRead("This is not a whole number. Write digits alone, as 12.")
    return int(number)


def _chance(spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess) -> float | NotRead:
    return read_chance(cell, guess.decimal or ".")


def _date(spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess) -> date | NotRead:
    side = "last" if spec.name in _LAST_DAY else "first"
    return read_date(cell, guess.date_order, "last" if side == "last" else "first")


def _names(spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parted(cell, entry.separator)))


def _moneys(
    spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess
) -> tuple[int, ...] | NotRead:
    read = [_money(spec, entry, item, guess) for item in parted(cell, ";")]
    wrong = next((item for item in read if isinstance(item, NotRead)), None)
    return wrong or tuple(item for item in read if not isinstance(item, NotRead))


def _amounts(
    spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess
) -> tuple[ResourceNeed, ...] | NotRead:
    needs = []
    for item in parted(cell, ";"):
        name, _, amount = item.rpartition(":")
        number = read_number(amount.strip(), guess.decimal or ".")
        if isinstance(number, NotRead) or not name.strip():
            return NotRead("Write names and amounts, as staff days: 120; berth weeks: 3.")
        needs.append(ResourceNeed(name.strip(), number))
    return tuple(needs)


def _cash(
    spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess
) -> tuple[CashYear, ...] | NotRead:
    years = []
    for item in parted(cell, ";"):
        year, _, rest = item.partition(":")
        amount, _, chance = rest.partition("@")
        cents = _money(spec, entry, amount.strip(), guess)
        p_pass = _chance(spec, entry, chance.strip(), guess) if chance.strip() else 1.0
        if (
            not year.strip().isdecimal()
            or isinstance(cents, NotRead)
            or isinstance(p_pass, NotRead)
        ):
            return NotRead(
                "Write years and amounts, as 0: -1000000; 1: -2000000 @ 0.6; 2: 3000000."
            )
        years.append(CashYear(int(year), cents, p_pass))
    return tuple(years)


def _share(spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess) -> Decimal | NotRead:
    number = read_chance(cell, guess.decimal or ".")
    if isinstance(number, NotRead):
        return NotRead("This is not a share. Write a number from 0 to 1, or 0 % to 100 %.")
    return Decimal(repr(number))


def _versions(
    spec: FieldSpec, entry: FieldMap, cell: str, guess: TableGuess
) -> tuple[Version, ...] | NotRead:
    """Versions; grants that are left out wait until the project's own is known."""

    def money(text: str) -> int | NotRead:
        return _money(spec, entry, text, guess)

    return read_versions(cell, money, guess.decimal or ".")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


Reader = Callable[[FieldSpec, FieldMap, str, TableGuess], Value | NotRead]
READERS: dict[str, Reader] = {
    "text": _text,
    "organization": _text,
    "choice": _choice,
    "yes or no": _yes_or_no,
    "money": _money,
    "number": _number,
    "whole number": _whole,
    "chance": _chance,
    "date": _date,
    "organizations": _names,
    "names": _names,
    "amounts of money": _moneys,
    "amounts": _amounts,
    "cash": _cash,
    "share": _share,
    "versions": _versions,
}
