"""Suggestions: which column feeds which field, judged by its header and by what its cells look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from data.fields import FieldSpec, fields_of
from data.guess import bare_header
from data.mapping import NO_MULTIPLIER, FieldMap, Mapping
from data.parse_date import NotRead
from data.parse_number import read_money
from data.read_cell import read_cell
from data.table import Table, TableGuess
from data.text import plain

_SAMPLE = 200
_GOOD = 60.0
# A header that is a field's own name is taken at its word, whatever stands below it; but not for
# fields of a fixed set, where a column of other words would only be a column of complaints.
_EXACT = 95.0
_FIXED = ("choice", "yes or no", "chance")
_LISTS = ("organizations", "names")
_CODES = "GBP|EUR|USD|DKK|SEK|NOK|PLN|CHF|CZK|HUF|RON|BGN|ISK|CAD|AUD|NZD|JPY|CNY|INR|ZAR|TRY|UAH"
_CODE = re.compile(rf"\b[TMk]?({_CODES})\b")
_SIGNS = (("£", "GBP"), ("€", "EUR"), ("$", "USD"))
_UNITS = (
    (Decimal(1_000_000_000), re.compile(r"[£€$]\s?bn\b|\bbillions?\b|\bmrd\b", re.IGNORECASE)),
    (
        Decimal(1_000_000),
        re.compile(
            r"[£€$]\s?m\b|\bmillions?\b|[£€$]\s?millions?|\bmio\b|\bmln\b|\bm(?:eur|gbp|dkk|€)",
            re.IGNORECASE,
        ),
    ),
    (
        Decimal(1_000),
        re.compile(
            r"[£€$]\s?k\b|\bthousands?\b|\btsd\b|\bteur\b|\bt€|\bk(?:eur|€)|\b000s?\b|'000",
            re.IGNORECASE,
        ),
    ),
)
# Above this, amounts under a header in millions are taken to be whole units after all.
_UNLIKELY = 1_000_000


def suggest_mapping(table: Table) -> Mapping:
    """A mapping for a table that nobody has seen before; every part of it may be changed."""
    pairs = sorted(
        (
            (-score, order, place)
            for order, spec in enumerate(fields_of("project").values())
            for place, header in enumerate(table.header)
            if (score := _score(spec, header, table)) >= _GOOD
        ),
    )
    taken: dict[int, int] = {}
    for _, order, place in pairs:
        if order not in taken and place not in taken.values():
            taken[order] = place
    specs = list(fields_of("project").values())
    entries = tuple(_entry(specs[k], table.header[taken[k]], table) for k in sorted(taken))
    return Mapping(entries, guess_currency(table))


@cache
def _words(spec: FieldSpec) -> tuple[str, ...]:
    """What the field goes by, its own label first."""
    return tuple(dict.fromkeys(plain(word) for word in (spec.label, spec.name, *spec.aliases)))


def _score(spec: FieldSpec, header: str, table: Table) -> float:
    words = max(_likeness(spec, plain(header)), _likeness(spec, bare_header(header)) - 2)
    if words < _GOOD:
        return 0.0
    floor = 0.65 if words >= _EXACT and spec.type not in _FIXED else 0.3
    return words * (floor + (1 - floor) * _fit(spec, header, table))


def _likeness(spec: FieldSpec, header: str) -> float:
    """100 for the label itself, a little less for its other names, less when there are more words."""
    best = 0.0
    for rank, word in enumerate(_words(spec)):
        if header == word:
            return 100.0 - min(rank, 10) * 0.2
        if len(word) > 3 and f" {word} " in f" {header} ":
            best = max(best, 55.0 + 40.0 * len(word) / len(header))
    return best


def _fit(spec: FieldSpec, header: str, table: Table) -> float:
    """The share of the filled cells that can be read as the field; 1 when there are none."""
    cells = [cell for cell in table.column(header)[:_SAMPLE] if cell]
    if not cells:
        return 0.5
    if spec.name == "id":
        return float(len(set(cells)) == len(cells))
    entry = FieldMap(spec.name, separator=_separator(spec, cells))
    read = sum(not isinstance(read_cell(spec, entry, cell, table.guess), NotRead) for cell in cells)
    return read / len(cells)


def _entry(spec: FieldSpec, header: str, table: Table) -> FieldMap:
    cells = [cell for cell in table.column(header)[:_SAMPLE] if cell]
    multiplier = (
        guess_multiplier(header, cells, table.guess) if spec.type == "money" else NO_MULTIPLIER
    )
    return FieldMap(spec.name, (header,), multiplier=multiplier, separator=_separator(spec, cells))


def guess_multiplier(header: str, cells: Iterable[str], guess: TableGuess) -> Decimal:
    """What makes currency units of amounts under a header; 1 when they are too large to be millions."""
    unit = next((value for value, words in _UNITS if words.search(header)), NO_MULTIPLIER)
    read = (read_money(cell, guess.decimal or ".") for cell in cells)
    amounts = sorted(abs(amount) for amount in read if isinstance(amount, Decimal))
    if amounts and amounts[len(amounts) // 2] * unit > _UNLIKELY * unit:
        return NO_MULTIPLIER
    return unit


def guess_currency(table: Table) -> str:
    """The currency that most cells and headers name; "" when none does."""
    texts = [
        *table.header,
        *(cell for row in table.rows[:_SAMPLE] for cell in row if len(cell) < 30),
    ]
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_CODE.findall(text))
        counts.update(code for sign, code in _SIGNS if sign in text)
    return max(counts, key=lambda code: (counts[code], code), default="")


def _separator(spec: FieldSpec, cells: list[str]) -> str:
    if spec.type not in _LISTS:
        return ""
    counts = {mark: sum(mark in cell for cell in cells) for mark in (";", "|", "\n", ", ")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ";"
