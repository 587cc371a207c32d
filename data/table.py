"""A file as a table of text, with every guess that was made in reading it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from data.parse_date import DateOrder
from data.parse_number import DecimalMark

Orientation = Literal["rows", "columns"]
ENCODINGS = (
    "utf-8", "cp1252", "latin-1", "utf-16", "cp1250", "iso-8859-2", "iso-8859-15", "cp1251",
    "cp1253", "cp1254", "mac-roman",
)  # fmt: skip
SEPARATORS = (",", ";", "\t", "|")
MOST_COLUMNS = 2_000
MOST_CELLS = 5_000_000


@dataclass(frozen=True, slots=True)
class TableGuess:
    """How a file is to be read; None stands for “guess”.

    `sheet` names a sheet of a workbook. `orientation` "columns" means that each project is a
    column. `header_row` counts from 1 in the file as its own program shows it; when projects are
    columns it is the column that holds the headers. `first_row` is the first row (or column) of
    projects, the one after the headers unless said otherwise. `decimal` is the decimal mark.
    `date_order` says whether 03/04/2026 begins with the day or the month; it stays None when the
    file does not tell, and then such dates are asked for.
    """

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    orientation: Orientation | None = None
    header_row: int | None = None
    first_row: int | None = None
    decimal: DecimalMark | None = None
    date_order: DateOrder | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A guess that the file does not settle: what is asked, and what each answer makes of it.

    `about` is the name of a field of `TableGuess`; `answers` are pairs of its value and words.
    """

    about: str
    text: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under headers that are told apart; one row a project, whatever the file's way.

    `numbers` holds the number of each row in the file (of its column, when projects are columns);
    `header_numbers` the number of each header in the other direction. `guess` is how the file was
    read, filled in; `questions` are the guesses that the file leaves open; `sheets` are the names
    to choose from. `long_rows` are the numbers of rows with more cells than there are headers.
    `taken_out` are the cells that lost control characters, as (number of the row, place of the
    header). `notes` says what was put right in reading.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    header_numbers: tuple[int, ...]
    guess: TableGuess
    questions: tuple[Question, ...] = ()
    sheets: tuple[str, ...] = ()
    long_rows: tuple[int, ...] = ()
    taken_out: frozenset[tuple[int, int]] = frozenset()
    notes: tuple[str, ...] = ()
    filename: str = ""
    _place: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the headers."""
        object.__setattr__(self, "_place", {name: k for k, name in enumerate(self.header)})

    def place(self, header: str) -> int | None:
        """The position of a header, None when the table has none of that name."""
        return self._place.get(header)

    def column(self, header: str) -> tuple[str, ...]:
        """The cells under a header; empty text for every row when there is no such header."""
        place = self._place.get(header)
        if place is None:
            return ("",) * len(self.rows)
        return tuple(row[place] for row in self.rows)


def letters(number: int) -> str:
    """A column's number as a spreadsheet shows it: 1 is A, 27 is AA."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def told_apart(names: list[str], numbers: list[int]) -> tuple[str, ...]:
    """Headers made distinct: a second “rating” becomes “rating (2)”, an empty one “Column C”."""
    seen: set[str] = set()
    apart = []
    for name, number in zip(names, numbers, strict=True):
        base = name or f"Column {letters(number)}"
        label, count = base, 1
        while label in seen:
            count += 1
            label = f"{base} ({count})"
        seen.add(label)
        apart.append(label)
    return tuple(apart)
