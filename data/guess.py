"""Guesses about a grid of cells: where its headers are, which way it lies, how it writes numbers and days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

from data.fields import fields_of
from data.parse_date import NUMERIC, DateOrder, in_words, month_of, read_date
from data.parse_number import DecimalMark
from data.read_text import Grid
from data.table import Orientation, Question
from data.text import plain

_LOOK_ROWS = 25
_LOOK_CELLS = 60
_AMOUNT = re.compile(
    r"[-+(−]?\s*[£€$¥]?\s*[-−]?(?:[A-Z]{3} )?\d[\d.,'’\u00a0\u202f ]*\s*(?:[£€$¥%]|kr\.?|[A-Z]{3})?\)?"
)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}.*|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_DIGITS = re.compile(r"\d[\d.,]*\d")
_UNIT = re.compile(r"\([^)]*\)|[£€$¥]\s?(?:m|bn|k)?\b|[£€$¥]|\bin mio\b|\bin teur\b", re.IGNORECASE)


@cache
def _known() -> frozenset[str]:
    """The words that headers are known by, of every field."""
    specs = fields_of("project").values()
    return frozenset(plain(word) for s in specs for word in (s.name, s.label, *s.aliases))


@lru_cache(maxsize=10_000)
def bare_header(header: str) -> str:
    """A header's plain words without what stands in parentheses and without its unit."""
    return plain(_UNIT.sub(" ", header))


def is_known(header: str) -> bool:
    """Whether a header is one of the words that some field goes by."""
    return plain(header) in _known() or bare_header(header) in _known()


@lru_cache(maxsize=50_000)
def kind(cell: str) -> str:
    """What a cell looks like: "" empty, "number", "date" or "text"."""
    text = cell.strip()
    if not text:
        return ""
    if _DATE.fullmatch(text) or (any(c.isdigit() for c in text) and _names_month(text)):
        return "date"
    return "number" if _AMOUNT.fullmatch(text) else "text"


def _names_month(text: str) -> bool:
    words = plain(text).split()
    return len(words) <= 3 and any(month_of(word) for word in words)


def guess_orientation(grid: Grid) -> Orientation:
    """Whether projects are rows or columns: where known headers stand and which lines are of a kind."""
    height, width = len(grid), max(map(len, grid), default=0)
    if height < 2 or width < 3:
        return "rows"
    turned = turn([row[:_LOOK_CELLS] for row in grid[:_LOOK_CELLS]])
    along = _likeness(grid[:_LOOK_CELLS])
    across = _likeness(turned)
    return "columns" if across > along + 0.15 else "rows"


def _likeness(grid: Grid) -> float:
    """How much a grid looks like one row a project: known headers first, then columns of a kind."""
    place = guess_header(grid)
    header = [cell for cell in grid[place] if cell.strip()]
    if not header:
        return 0.0
    known = sum(map(is_known, header)) / len(header)
    columns = turn([row[:_LOOK_CELLS] for row in grid[place + 1 :]])
    alike = [_alike(column) for column in columns if any(cell.strip() for cell in column)]
    return known + (sum(alike) / len(alike) if alike else 0.0)


def _alike(column: list[str]) -> float:
    kinds = [k for cell in column if (k := kind(cell))]
    return max(kinds.count(k) for k in set(kinds)) / len(kinds)


def guess_header(grid: Grid) -> int:
    """The place of the header row: well filled, words rather than numbers, known words best of all."""
    look = grid[:_LOOK_ROWS]
    width = max((_filled(row) for row in grid[: _LOOK_ROWS * 4]), default=0)
    best, best_score = 0, -1.0
    for place, row in enumerate(look):
        cells = [cell for cell in row if cell.strip()]
        if not cells or len(cells) * 2 < width:
            continue
        words = sum(kind(cell) == "text" for cell in cells) / len(cells)
        known = sum(map(is_known, cells)) / len(cells)
        distinct = len(set(cells)) / len(cells)
        score = words + 2 * known + distinct + len(cells) / width - 0.1 * place
        if score > best_score:
            best, best_score = place, score
    return best


def _filled(row: Iterable[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def turn(grid: Grid) -> Grid:
    """Rows as columns; short rows are filled with empty cells."""
    width = max(map(len, grid), default=0)
    return [
        list(column)
        for column in zip(*([*row, *[""] * (width - len(row))] for row in grid), strict=True)
    ]


def guess_decimal(cells: Iterable[str]) -> tuple[DecimalMark, Question | None]:
    """The decimal mark, and the question when only groups of three digits speak of it."""
    votes = {".": 0, ",": 0}
    open_cells: dict[str, list[str]] = {".": [], ",": []}
    for cell in cells:
        text = cell.strip()
        if not _AMOUNT.fullmatch(text) or _DATE.fullmatch(text):
            continue
        match = _DIGITS.search(text)
        if not match:
            continue
        says, certain = _mark_of(match.group())
        if certain:
            votes[says] += 1
        elif says:
            open_cells[says].append(text)
    if votes["."] or votes[","]:
        return ("," if votes[","] > votes["."] else "."), None
    # Only cells like 12,000 or 12.000 are left: read as thousands, and asked.
    if open_cells[","]:
        return ".", _decimal_question(open_cells[","][0])
    if len(open_cells["."]) > 1:
        return ",", _decimal_question(open_cells["."][0])
    return ".", _decimal_question(open_cells["."][0]) if open_cells["."] else None


def _mark_of(digits: str) -> tuple[str, bool]:
    """The decimal mark that a number shows, and whether that is certain; "" for none.

    Of an uncertain number (12,000) the mark that groups or divides its digits is given.
    """
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return ("." if digits.rfind(".") > digits.rfind(",") else ","), True
    if not points and not commas:
        return "", False
    mark, other = (".", ",") if points else (",", ".")
    if points + commas > 1:
        return other, True
    head, tail = digits.split(mark)
    if len(tail) != 3 or len(head) > 3 or head == "0":
        return mark, True
    return mark, False


def _decimal_question(example: str) -> Question:
    digits = _DIGITS.search(example)
    shown = digits.group() if digits else example
    whole = re.sub(r"[.,]", "", shown)
    part = re.sub(r"[.,]", ".", shown)
    separator = "." if "." in shown else ","
    grouped, divided = (".", ",") if separator == "," else (",", ".")
    return Question(
        "decimal",
        f"{shown} is:",
        ((grouped, f"{int(whole):,}"), (divided, f"{part}, less than a thousand")),
    )


def guess_date_order(cells: Iterable[str]) -> tuple[DateOrder | None, Question | None]:
    """Whether dates begin with the day or the month, and the question when the file does not tell."""
    day = month = points = 0
    example = ""
    for cell in cells:
        match = NUMERIC.fullmatch(cell.strip())
        if not match:
            continue
        first, second = int(match.group(1)), int(match.group(3))
        day += first > 12 >= second
        month += second > 12 >= first
        points += match.group(2) == "."
        if first <= 12 and second <= 12 and first != second and not example:
            example = match.group()
    if day and not month:
        return "day", None
    if month and not day:
        return "month", None
    if points and not month:
        # Where days are written with full stops, nobody begins with the month.
        return "day", None
    return None, _date_question(example) if example else None


def _date_question(example: str) -> Question:
    orders: tuple[DateOrder, ...] = ("day", "month")
    days = ((order, read_date(example, order)) for order in orders)
    answers = tuple((order, in_words(day)) for order, day in days if isinstance(day, date))
    return Question("date_order", f"{example} is:", answers)
