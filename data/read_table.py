"""A file's bytes as a table: every guess is made here, and any of them may be told instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain

from data.guess import (
    guess_date_order,
    guess_decimal,
    guess_header,
    guess_orientation,
    is_known,
    turn,
)
from data.parse_number import DecimalMark
from data.read_excel import Workbook, as_text, is_workbook, texts_only
from data.read_text import Grid, best_separator, cells_cleaned, decoded, hidden_in, split
from data.table import MOST_COLUMNS, Question, Table, TableGuess, told_apart
from data.text import cleaned, hidden, one_line
from portfolio.errors import InputError, Problem

TAKEN_OUT = "Characters that no screen shows were taken out of this list."
MOST_BYTES = 50_000_000
MOST_ROWS = 200_000
_LOOK_ROWS = 2_000


def read_table(content: bytes, filename: str, guesses: TableGuess | None = None) -> Table:
    """The table in a CSV file or a workbook, read by `guesses` and by own guesses where they are None.

    `filename` is only shown, never opened. Raises InputError when there is no table to be had:
    an empty file, one beyond all measure, headers without rows, a guess that does not fit.
    """
    return table_of(opened(content), filename, guesses)


def opened(content: bytes) -> bytes | Workbook:
    """A workbook that was found harmless, else the bytes of a text; for reading more than once."""
    if not content.strip():
        raise _refused("This file is empty. Choose a file with a header row and a row a project.")
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1e6:,.0f} MB"
        raise _refused(f"This file is {size}; the most is {MOST_BYTES / 1e6:,.0f}.")
    return Workbook(content) if is_workbook(content) else content


def table_of(source: bytes | Workbook, filename: str, guesses: TableGuess | None = None) -> Table:
    """The table in an opened file, as `read_table` gives it."""
    told = guesses or TableGuess()
    if isinstance(source, Workbook):
        return replace(_from_workbook(source, told), filename=filename, sheets=source.sheets)
    raw, encoding = decoded(source, told.encoding)
    text = cleaned(raw)
    separator = told.separator or best_separator(text)
    grid = split(text, separator)
    known = replace(told, encoding=encoding, separator=separator, sheet=None)
    notes: tuple[str, ...] = ()
    if encoding == "latin-1" and told.encoding is None:
        notes = ("Some letters in this file are of no known encoding and may be shown wrong.",)
    taken_out: frozenset[tuple[int, int]] = frozenset()
    if hidden(raw):
        notes = (*notes, TAKEN_OUT)
        taken_out = cells_cleaned(raw, separator, grid)
    look = grid[:_LOOK_ROWS]
    table = _table(look, look, lambda _: grid, known, taken_out)
    return replace(table, filename=filename, notes=notes)


def _from_workbook(book: Workbook, told: TableGuess) -> Table:
    sheet = told.sheet or _best_sheet(book)
    if sheet not in book.sheets:
        raise _refused(f"Choose a sheet from {', '.join(book.sheets)}.", "sheet", sheet)
    cells = book.rows(sheet)
    look = cells[:_LOOK_ROWS]
    known = replace(told, encoding=None, separator=None, sheet=sheet)
    taken_out = hidden_in(cells)
    table = _table(
        texts_only(look), as_text(look, "."), lambda mark: as_text(cells, mark), known, taken_out
    )
    return replace(table, notes=(TAKEN_OUT,)) if taken_out else table


def _best_sheet(book: Workbook) -> str:
    """The sheet whose headers are best known; the first one among equals."""
    if len(book.sheets) == 1:
        return book.sheets[0]

    def known(sheet: str) -> int:
        grid = as_text(book.rows(sheet)[:_LOOK_ROWS], ".")
        if not grid:
            return -1
        header = grid[guess_header(grid)]
        return sum(map(is_known, header)) + (sheet.casefold() == "projects")

    return max(book.sheets, key=known)


def _table(
    words: Grid,
    shape: Grid,
    written: Callable[[DecimalMark], Grid],
    told: TableGuess,
    taken_out: frozenset[tuple[int, int]],
) -> Table:
    """The table of a grid, guessed at by its first rows.

    `words` says how the file writes numbers, `shape` where things are; `written` gives the whole
    grid with a decimal mark; `taken_out` are the cells of it that lost control characters.
    """
    questions: list[Question] = []
    decimal = told.decimal
    if decimal is None:
        decimal, question = guess_decimal(chain.from_iterable(words))
        questions += [question] if question else []
    date_order = told.date_order
    if date_order is None:
        date_order, question = guess_date_order(chain.from_iterable(shape))
        questions += [question] if question else []
    grid = _checked(written(decimal))
    orientation = told.orientation or guess_orientation(shape)
    if orientation == "columns":
        grid, shape = turn(grid), turn(shape)
        taken_out = frozenset((j, k) for k, j in taken_out)
    place = guess_header(shape) if told.header_row is None else told.header_row - 1
    if not 0 <= place < len(grid):
        raise _refused(f"Choose a row from 1 to {len(grid):,}.", "header row", str(place + 1))
    first = max(told.first_row or place + 2, 1)
    guess = replace(
        told,
        decimal=decimal,
        date_order=date_order,
        orientation=orientation,
        header_row=place + 1,
        first_row=first,
    )
    table = _cut(grid, guess, place, first - 1, tuple(questions))
    places = {number - 1: place for place, number in enumerate(table.header_numbers)}
    return replace(
        table, taken_out=frozenset((k + 1, places[j]) for k, j in taken_out if j in places)
    )


def _cut(
    grid: Grid, guess: TableGuess, place: int, first: int, questions: tuple[Question, ...]
) -> Table:
    """The rows under the headers; blank rows and columns that are wholly blank are left out."""
    numbered = [(k + 1, row) for k, row in enumerate(grid[first:], start=first)]
    kept = [(number, row) for number, row in numbered if any(cell.strip() for cell in row)]
    if not kept:
        raise _refused("This file has headers but no row below them. Choose another header row.")
    width = max(len(grid[place]), *(len(row) for _, row in kept))
    header = [one_line(cell) for cell in grid[place]] + [""] * (width - len(grid[place]))
    filled = [
        k
        for k in range(width)
        if header[k] or any(k < len(row) and row[k].strip() for _, row in kept)
    ]
    numbers = [k + 1 for k in filled]
    heads = max((k + 1 for k, name in enumerate(grid[place]) if name.strip()), default=0)
    return Table(
        header=told_apart([header[k] for k in filled], numbers),
        rows=tuple(
            tuple(row[k].strip() if k < len(row) else "" for k in filled) for _, row in kept
        ),
        numbers=tuple(number for number, _ in kept),
        header_numbers=tuple(numbers),
        guess=guess,
        questions=questions,
        long_rows=tuple(n for n, row in kept if any(cell.strip() for cell in row[heads:])),
    )


def _checked(grid: Grid) -> Grid:
    width = max(map(len, grid), default=0)
    if width > MOST_COLUMNS:
        raise _refused(f"This table has {width:,} columns; the most is {MOST_COLUMNS:,}.")
    if len(grid) > MOST_ROWS:
        raise _refused(f"This table has {len(grid):,} rows; the most is {MOST_ROWS:,}.")
    if not any(cell.strip() for row in grid for cell in row):
        raise _refused("This table is empty. Choose a file with a header row and a row a project.")
    return grid


def _refused(remedy: str, name: str = "file", value: str = "") -> InputError:
    return InputError((Problem(name, value, remedy),))
