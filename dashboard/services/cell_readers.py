"""Edited cells read one by one: each as the project holds it, or refused with a remedy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import isfinite

from dashboard.services.cell_columns import BY_NAME, Cell, lead_words
from data.parse_date import NotRead
from data.parse_number import read_money
from data.versions import FORM, read_versions
from portfolio.pool import Pool
from portfolio.project import ProjectStatus, Scope
from portfolio.units import to_cents

MOST_UNITS = 10**13
LONGEST = 2_000
_REFUSED = object()
Refuse = Callable[[str, str], None]
"""Told a column's name and a remedy."""


def read(pool: Pool, name: str, cell: Cell, refuse: Refuse) -> object:
    """A cell as the project holds it; `refuse` is told when it cannot be read."""
    column = BY_NAME.get(name)
    value = _REFUSED if column is None else _READERS[column.kind](pool, name, cell)
    if value is _REFUSED:
        refuse(name, _REMEDIES["unknown" if column is None else column.kind])
        return None
    return value


def _text(pool: Pool, name: str, cell: Cell) -> object:
    text = "" if cell is None else str(cell).strip()
    return _REFUSED if len(text) > LONGEST or (name == "name" and not text) else text


def _choice(pool: Pool, name: str, cell: Cell) -> object:
    if name == "scope":
        return None if cell is None else next((s for s in Scope if s.value == cell), _REFUSED)
    return next((s for s in ProjectStatus if s.value == cell), _REFUSED)


def _lead(pool: Pool, name: str, cell: Cell) -> object:
    if cell is None or not str(cell).strip():
        return ""
    text = str(cell).strip()
    if pool.organization(text) is not None:
        return text
    return next((key for key, name in lead_words(pool).items() if name == text), _REFUSED)


def _money(pool: Pool, name: str, cell: Cell) -> object:
    if cell is None:
        return 0 if name == "launch_cost" else None
    number = _number(cell)
    if number is None or abs(number) > MOST_UNITS or (number < 0 and name in _NOT_NEGATIVE):
        return _REFUSED
    return to_cents(Decimal(str(cell)))


def _chance(pool: Pool, name: str, cell: Cell) -> object:
    if cell is None:
        return None
    number = _number(cell)
    return _REFUSED if number is None or not 0 <= number <= 100 else round(number / 100, 6)


def _part(pool: Pool, name: str, cell: Cell) -> object:
    if cell is None:
        return Decimal(0) if name == "waiting_loss" else None
    number = _number(cell)
    if number is None or not 0 <= number <= 100 or (number == 0 and name == "least_share"):
        return _REFUSED
    return Decimal(str(cell)) / 100


def _versions(pool: Pool, name: str, cell: Cell) -> object:
    """Versions, those without a grant still to be given one in proportion."""
    if cell is None or not str(cell).strip():
        return ()
    text = str(cell).strip()
    found = read_versions(text, _cents, ".") if len(text) <= LONGEST else NotRead("")
    return _REFUSED if isinstance(found, NotRead) else found


def _cents(text: str) -> int | NotRead:
    amount = read_money(text, ".")
    if isinstance(amount, NotRead):
        return amount
    return to_cents(amount) if 0 <= amount <= MOST_UNITS else NotRead("")


def _whole(pool: Pool, name: str, cell: Cell) -> object:
    if cell is None:
        return None
    number = _number(cell)
    if number is None or number != int(number) or not 0 <= number <= 1_200:
        return _REFUSED
    return int(number)


def _periods(pool: Pool, name: str, cell: Cell) -> object:
    if cell is None:
        return None
    number = _number(cell)
    if number is None or number != int(number) or not 1 <= number <= pool.cluster.calendar.count:
        return _REFUSED
    return int(number)


def _day(pool: Pool, name: str, cell: Cell) -> object:
    if cell is None:
        return None
    try:
        day = date.fromisoformat(str(cell)[:10])
    except ValueError:
        return _REFUSED
    return day if 1900 <= day.year <= 2200 else _REFUSED


def _flag(pool: Pool, name: str, cell: Cell) -> object:
    return bool(cell) if isinstance(cell, bool) or cell is None else _REFUSED


_NOT_NEGATIVE = frozenset({"cost", "grant", "launch_cost", "first_grant"})
_READERS: dict[str, Callable[[Pool, str, Cell], object]] = {
    "text": _text,
    "choice": _choice,
    "lead": _lead,
    "money": _money,
    "percent": _chance,
    "share": _part,
    "versions": _versions,
    "whole": _whole,
    "periods": _periods,
    "day": _day,
    "flag": _flag,
}
_REMEDIES = {
    "text": f"Write one to {LONGEST:,} signs.",
    "choice": "Choose one from the list.",
    "lead": "Choose an organization from the list.",
    "money": "Write an amount in whole units, not below zero.",
    "percent": "Write a number from 0 to 100.",
    "share": "Write a number from 0 to 100; a least share is above 0.",
    "versions": FORM,
    "whole": "Write a whole number of months, from 0 to 1,200.",
    "periods": "Write a whole number of periods, 1 or more, within the calendar.",
    "day": "Write a day between 1900 and 2200.",
    "flag": "Choose yes or no.",
    "unknown": "There is no such column.",
}


def _number(cell: Cell) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    return cell if isfinite(cell) else None
