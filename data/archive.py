"""A look into a workbook's parts before anything opens it: bombs of size, of entities and of cells."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

from data.table import MOST_CELLS
from portfolio.errors import InputError, Problem

MOST_UNFOLDED = 150_000_000
MOST_PARTS = 5_000

_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# A cell's or a row's place: r="B7" or r="7". A reader sets aside room up to the furthest of them.
_PLACE = re.compile(rb"(?<![\w:])r\s*=\s*[\"']\s*([A-Za-z]{0,8})([0-9]{0,12})")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PIECE = 4_000_000
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
_DAMAGED = "This workbook is damaged or locked. Save it again, without a password."


def refused(remedy: str) -> InputError:
    """The one error for a file that is not opened."""
    return InputError((Problem("file", "", remedy),))


def check_archive(content: bytes) -> None:
    """Raise InputError unless every part of a zipped workbook is harmless.

    Sizes are checked as declared and then by unfolding each part, since a declaration may lie.
    Document types and entities are refused: no spreadsheet writes any. A sheet may not reach
    further than `MOST_CELLS`, because two cells at its far corners would take half a terabyte.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            for part in parts:
                _check_part(part.filename, archive.read(part))
    except _DAMAGES:
        raise refused(_DAMAGED) from None


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if total > MOST_UNFOLDED or len(parts) > MOST_PARTS:
        raise refused(
            f"This file would unfold to {total / 1e6:,.0f} MB in {len(parts):,} parts; the most is "
            f"{MOST_UNFOLDED / 1e6:,.0f} MB in {MOST_PARTS:,}. Save the list alone in a new workbook."
        )
    if any(part.filename == "xl/workbook.bin" for part in parts):
        raise refused("This is a binary workbook. Save it as .xlsx.")


def _check_part(name: str, text: bytes) -> None:
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    if _DECLARATION.search(text.replace(b"\0", b"")):
        raise refused(
            "This workbook declares XML entities, which no spreadsheet does. Save it again."
        )
    if name == "content.xml":
        rows, columns = _reach_of_ods(text)
    elif name.startswith("xl/worksheets/"):
        rows, columns = _reach_of_xlsx(text)
    else:
        return
    if rows * columns > MOST_CELLS:
        raise refused(
            f"A sheet reaches to row {rows:,} and column {columns:,}; the most is {MOST_CELLS:,} "
            "cells. Copy the list alone into a new workbook."
        )


def _reach_of_xlsx(text: bytes) -> tuple[int, int]:
    """The furthest row and column; cells that do not say where they stand count as one each."""
    row = column = unplaced = rows = 0
    for piece in _pieces(text):
        places = set(_PLACE.findall(piece))
        row = max(row, max((int(number) for _, number in places if number), default=0))
        column = max(column, max((_column(name) for name in {n for n, _ in places}), default=0))
        rows += piece.count(b"<row") + piece.count(b":row")
        unplaced += 0 if column else len(_CELL.findall(piece))
    return max(row, rows), max(column, unplaced)


def _pieces(text: bytes) -> Iterator[bytes]:
    """The text in pieces that cut no tag in two."""
    start = 0
    while start < len(text):
        end = text.rfind(b"<", start + 1, start + _PIECE)
        if end == -1:
            end = text.find(b"<", start + _PIECE)
        if end == -1 or start + _PIECE >= len(text):
            end = len(text)
        yield text[start:end]
        start = end


def _column(name: bytes) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + letter - 64
    return number


def _reach_of_ods(text: bytes) -> tuple[int, int]:
    """The furthest row and column with content, of all sheets; repeats count in full."""
    reach = _OdsReach()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reach.start
    parser.EndElementHandler = reach.end
    parser.Parse(text, True)
    return reach.rows, reach.columns


class _OdsReach:
    """Follows the rows and cells of an OpenDocument sheet."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0
        self._repeat = 1
        self._width = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""
        if name == "table:table":
            self._row = 0
        elif name == "table:table-row":
            self._column = self._width = 0
            self._repeat = int(attributes.get("table:number-rows-repeated", "1"))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._column += int(attributes.get("table:number-columns-repeated", "1"))
            if any(key.startswith("office:") for key in attributes):
                self._width = self._column
        elif name == "text:p":
            self._width = self._column

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name == "table:table-row":
            self._row += self._repeat
            if self._width:
                self.rows = max(self.rows, self._row)
                self.columns = max(self.columns, self._width)
