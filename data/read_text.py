"""Separated text as rows of cells: its encoding, its separator, and what a hostile one may try."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable
from io import StringIO
from itertools import islice

from data.table import ENCODINGS, MOST_CELLS, MOST_COLUMNS, SEPARATORS
from data.text import hidden
from portfolio.errors import InputError, Problem

Grid = list[list[str]]

_END = "\x1eend of the file\x1e"
_SAMPLE = 200_000
# In a text shorter than this a few stray control characters are no sign of anything.
_FEW = 400
_OTHER = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!doctype|<html|<table|\{|\[\s*\{|%PDF)", re.I)
_SAMPLE_ROWS = 200
# What `data.export` puts before a text that a spreadsheet would otherwise run as a formula.
_ESCAPED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def decoded(content: bytes, encoding: str | None) -> tuple[str, str]:
    """The text of a file, not cleaned yet, and the encoding it was read with.

    Unless told: a byte order mark decides; else UTF-8 when every byte agrees, then Windows Western
    (cp1252), and Latin-1 as the last resort, since it takes any byte. Raises InputError when the
    file is no text, or not in the encoding that was told.
    """
    if encoding is not None:
        return _as_told(content, encoding), encoding
    if _OTHER.match(content):
        raise _refused("This is a web page or a data file. Save the list as CSV or as .xlsx.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _as_told(content, "utf-16"), "utf-16"
    for name in ("utf-8", "cp1252"):
        try:
            return _legible(content.decode("utf-8-sig" if name == "utf-8" else name)), name
        except UnicodeDecodeError:
            continue
    return _legible(content.decode("latin-1")), "latin-1"


def _as_told(content: bytes, encoding: str) -> str:
    if encoding not in ENCODINGS:
        raise _refused(f"Choose an encoding from {', '.join(ENCODINGS)}.", "encoding", encoding)
    try:
        return _legible(content.decode("utf-8-sig" if encoding == "utf-8" else encoding))
    except UnicodeDecodeError as error:
        remedy = f"Byte {error.start + 1:,} of the file does not fit it. Choose another encoding."
        raise _refused(remedy, "encoding", encoding) from None


def _legible(text: str) -> str:
    """The text, unless it has so many control characters that it is a program's own bytes."""
    sample = text[:_SAMPLE]
    if hidden(sample) * 100 > max(len(sample), _FEW):
        raise _refused(
            "This file is not a text file. Save the list as CSV or as an Excel workbook."
        )
    return text


def best_separator(text: str) -> str:
    """The separator under which most records have the same number of cells, the more the better."""
    sample = text[:_SAMPLE]
    scores = {separator: _evenness(sample, separator) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: scores[separator])


def _evenness(sample: str, separator: str) -> float:
    try:
        records = list(
            islice(csv.reader(StringIO(sample, newline=""), delimiter=separator), _SAMPLE_ROWS)
        )
    except csv.Error:
        return 0.0
    widths = Counter(len(record) for record in records if any(cell.strip() for cell in record))
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (width - 1) * count / widths.total()


def split(text: str, separator: str) -> Grid:
    """The records of the text, blank ones included, so that their numbers are the file's own.

    Raises InputError when a quotation mark is opened and never closed: the rest of the file would
    silently be one cell.
    """
    if separator not in SEPARATORS:
        raise _refused(
            "Choose a comma, a semicolon, a tab or a vertical bar.", "separator", separator
        )
    grid: Grid = []
    reader = csv.reader(StringIO(f"{text.rstrip()}\n{_END}\n", newline=""), delimiter=separator)
    cells = 0
    try:
        for record in reader:
            cells += len(record)
            if len(record) > MOST_COLUMNS or cells > MOST_CELLS:
                raise _refused(_too_large(len(record)), "file", "", len(grid) + 1)
            grid.append(record)
    except csv.Error as error:
        most = f"{csv.field_size_limit():,}"
        long = "field limit" in str(error)
        remedy = (
            f"A cell here has more than {most} characters. Look for a quotation mark that is not closed."
            if long
            else "This row cannot be taken apart into cells. Save the file as CSV again."
        )
        raise _refused(remedy, "file", "", len(grid) + 1) from None
    if not grid or grid[-1] != [_END]:
        remedy = "A quotation mark is opened here and never closed. Close it, or take it away."
        raise _refused(remedy, "file", "", max(len(grid), 1))
    return [[_unescaped(cell) for cell in record] for record in grid[:-1]]


def cells_cleaned(text: str, separator: str, grid: Grid) -> frozenset[tuple[int, int]]:
    """Where in the grid of a text control characters were taken out: (row, cell), both from 0.

    Empty where they change how the text is taken apart, since no place can be named then.
    """
    try:
        as_it_was = split(text, separator)
    except InputError:
        return frozenset()
    if list(map(len, as_it_was)) != list(map(len, grid)):
        return frozenset()
    return hidden_in(as_it_was)


def hidden_in(grid: Iterable[Iterable[object]]) -> frozenset[tuple[int, int]]:
    """Where a grid holds control characters: (row, cell), both from 0."""
    return frozenset(
        (k, j)
        for k, row in enumerate(grid)
        for j, cell in enumerate(row)
        if isinstance(cell, str) and not cell.isprintable() and hidden(cell)
    )


def _too_large(width: int) -> str:
    if width > MOST_COLUMNS:
        return f"This row has {width:,} columns; the most is {MOST_COLUMNS:,}."
    return f"This file has more than {MOST_CELLS:,} cells. Copy the list alone into a new file."


def _unescaped(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _ESCAPED.match(cell) else cell


def _refused(
    remedy: str, name: str = "file", value: str = "", row: int | None = None
) -> InputError:
    return InputError((Problem(name, value, remedy, row),))
