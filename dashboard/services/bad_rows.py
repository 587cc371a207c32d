"""The rows of a list that need a person: told apart from the good ones, and as a file to correct."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from data.export import inert
from data.importer import Table
from data.table import letters
from portfolio.errors import Problem

_COLUMN = re.compile(r"\(column ([A-Z]+)\)$")


def numbers_of(table: Table, problems: Iterable[Problem]) -> dict[int, tuple[Problem, ...]]:
    """The problems of each project's row, by its number in the file.

    Where each project is a column, that number is its column's, which a problem's field names.
    """
    by_letters = {letters(number): number for number in table.numbers}
    found: dict[int, list[Problem]] = defaultdict(list)
    known = set(table.numbers)
    for problem in problems:
        if table.guess.orientation == "columns":
            match = _COLUMN.search(problem.field)
            number = by_letters.get(match.group(1)) if match else None
        else:
            number = problem.row
        if number in known:
            found[number].append(problem)
    return {number: tuple(own) for number, own in found.items()}


def without(table: Table, numbers: Iterable[int]) -> Table:
    """The table without some of its projects' rows."""
    gone = set(numbers)
    kept = [k for k, number in enumerate(table.numbers) if number not in gone]
    return replace(
        table,
        rows=tuple(table.rows[k] for k in kept),
        numbers=tuple(table.numbers[k] for k in kept),
    )


def to_correct(table: Table, problems: Iterable[Problem]) -> bytes:
    """The rows with problems as CSV, each with its number and what to do; no cell is a formula."""
    own = numbers_of(table, problems)
    text = io.StringIO(newline="")
    write = csv.writer(text).writerow
    write(("Row", "What to do", *(inert(header) for header in table.header)))
    for number, row in zip(table.numbers, table.rows, strict=True):
        if number in own:
            advice = " ".join(f"{each.field}: {each.remedy}" for each in own[number])
            write((number, inert(advice), *(inert(cell) for cell in row)))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def report(problems: Iterable[Problem]) -> bytes:
    """Every problem as CSV: row, column, what it says, what to do."""
    text = io.StringIO(newline="")
    write = csv.writer(text).writerow
    write(("Row", "Column", "What it says", "What to do"))
    for each in problems:
        row = "" if each.row is None else each.row
        write((row, inert(each.field), inert(each.value), inert(each.remedy)))
    return b"\xef\xbb\xbf" + text.getvalue().encode()
